"""The incident table as layers: spots, areas, bands, discs of doubt, and those without a place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.layers import (
    GROUP_NAMES,
    Group,
    Layer,
    known_as_areas,
    known_as_points,
    time_span,
    unplaced,
)
from bordermap.qgis import incident_looks as looks
from bordermap.qgis.content import About, Content, Drawn, both_names
from bordermap.qgis.feature_table import feature_table
from bordermap.qgis.geopackage import FeatureTable
from bordermap.table import COLUMNS

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from bordermap.qgis.looks import Look

__all__ = ["about_incidents", "incident_contents", "time_range"]

# Sorts of shapes and the tables that hold them; names by shapely's type ids.
_POLYGONS, _LINES, _MULTIPOINTS, _COLLECTIONS = (3, 6), (1, 2, 5), (4,), (7,)
_NO_DATE = ("no date", "날짜 미상")
_DATED_SQL, _UNDATED_SQL = '"start_dt" IS NOT NULL', '"start_dt" IS NULL'
# With more points than this, labels appear on zooming in.
_CROWDED = 5_000


def about_incidents(line_about: About) -> About:
    """Return where positions come from: the gazetteer, else the table's own coordinates."""
    import tomllib

    from bordermap.files import geodata_path

    with geodata_path("SOURCES.toml").open("rb") as file:
        gazetteer = tomllib.load(file)["gazetteer.sqlite"]
    return About(
        source="Incidents as reported by the sources in the columns source_title and source_url; "
        f"places without coordinates: {gazetteer['origin']}; sides: {line_about.source}",
        licence=f"positions from the gazetteer: {gazetteer['licence']}; reports: their sources'",
        attribution=f"{gazetteer['attribution']}; {line_about.attribution}",
    )


def time_range(incidents: gpd.GeoDataFrame) -> tuple[str, str] | None:
    """Return the first and the last moment of a table, half-open, ISO; None without dates."""
    start, end = time_span(incidents)
    known = ~np.isnat(start)
    if not known.any():
        return None
    return str(start[known].min()), str(end[known].max())


def incident_contents(
    frame: gpd.GeoDataFrame, discs: Layer | None, about: About
) -> dict[str, Content]:
    """Return the tables that together hold every incident, by name.

    Parameters
    ----------
    frame
        Incidents without vague points, see `bordermap.layers.without_vague_points`.
    discs
        The layer of doubt; None where there is none to draw, or too many to store.
    about
        Where the incidents come from.
    """
    columns = _columns(frame)
    shapes = frame.geometry.to_numpy()
    maker = _Maker(columns, shapes, time_range(frame), about)
    spots = known_as_points(frame).to_numpy(bool)
    found = [
        maker.points(spots, has_discs=discs is None),
        *maker.shaped(known_as_areas(frame).to_numpy(bool)),
        maker.without_place(unplaced(frame).to_numpy(bool)),
    ]
    if discs is not None:
        found.append(maker.discs(discs, columns.index.get_indexer(discs.frame.index)))
    return {content.table.name: content for content in found}


def _columns(frame: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the attributes of every incident table, the documented ones first."""
    import pandas as pd

    plain = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    order = [c for c in COLUMNS if c in plain] + [c for c in plain if c not in COLUMNS]
    start, end = time_span(frame)
    return plain[order].assign(start_dt=start, end_dt=end)


def _without_vague(columns: pd.DataFrame) -> pd.DataFrame:
    """Return the columns without the coordinates that only vague points have."""
    empty = [c for c in ("lon", "lat") if c in columns and columns[c].isna().all()]
    return columns.drop(columns=empty)


class _Maker:
    """Makes the contents of one incident table."""

    def __init__(
        self, columns: pd.DataFrame, shapes: Any, times: tuple[str, str] | None, about: About
    ) -> None:
        self.columns, self.shapes, self.times, self.about = columns, shapes, times, about
        self.kinds = columns["kind"].fillna("other").to_numpy(object)
        self.undated = np.isnat(columns["start_dt"].to_numpy())

    def points(self, rows: NDArray[np.bool_], *, has_discs: bool) -> Content:
        crowded = 1_500_000 if rows.sum() > _CROWDED else 0

        def look(**options: Any) -> Look:
            return looks.points(
                self._kinds(rows), has_discs=has_discs, labels_from=crowded, **options
            )

        names = ("Incidents", "사건")
        return self._made("incidents", names, Group.INCIDENTS, rows, look,
                          "Incidents whose place is known to a spot")  # fmt: skip

    def shaped(self, rows: NDArray[np.bool_]) -> list[Content]:
        import shapely

        ids = shapely.get_type_id(self.shapes)
        made = []
        for name, names, types, look in (
            ("areas", ("Areas", "지역 단위"), _POLYGONS, looks.areas),
            ("bands", ("Along lines", "선 단위"), _LINES, looks.bands),
            ("spots", ("Several spots", "여러 지점"), _MULTIPOINTS, looks.points),
            ("mixed_areas", ("Mixed shapes", "혼합 도형"), _COLLECTIONS, looks.areas),
        ):
            inside = rows & np.isin(ids, types)
            if not inside.any():
                continue
            kinds = self._kinds(inside)
            content = self._made(
                name, names, Group.AREAS, inside,
                lambda look=look, kinds=kinds, **options: look(kinds, **options),
                "Incidents known only to an area or a line, never to a spot",
            )  # fmt: skip
            # QGIS draws no collections: the table is in the file, not in the project.
            made.append(replace(content, drawn=()) if types == _COLLECTIONS else content)
        return made

    def discs(self, layer: Layer, rows: NDArray[np.intp]) -> Content:
        names = ("Uncertainty", "위치 오차")
        span = self.columns[["start_dt", "end_dt"]].iloc[rows].reset_index(drop=True)
        attributes = layer.frame.drop(columns=layer.frame.geometry.name).reset_index(drop=True)
        columns = attributes.assign(**{str(c): span[c] for c in span})
        table = feature_table(
            "uncertainty",
            both_names(*names),
            "Discs that hold the true spot with 95 % probability",
            columns,
            layer.frame.geometry.to_numpy(),
        )
        undated = np.isnat(columns["start_dt"].to_numpy())
        drawn = self._drawn("uncertainty", names, undated, looks.uncertainty)
        return Content(table=table, group=GROUP_NAMES[Group.UNCERTAINTY], look=looks.uncertainty(),
                       about=self.about, drawn=drawn)  # fmt: skip

    def without_place(self, rows: NDArray[np.bool_]) -> Content:
        names = ("Without a place", "위치 미상")
        table = FeatureTable(
            name="unplaced", title=both_names(*names), columns=self.columns[rows], shapes=None,
            description="Incidents without a place, or known to a point that stands for an area",
        )  # fmt: skip
        look = looks.table()
        drawn = Drawn(key="unplaced", name_en=names[0], name_ko=names[1], look=look)
        return Content(table=table, group=None, look=look, about=self.about, drawn=(drawn,))

    def _kinds(self, rows: NDArray[np.bool_]) -> list[str]:
        return sorted(set(self.kinds[rows].tolist()))

    def _made(
        self, name: str, names: tuple[str, str], group: Group, rows: NDArray[np.bool_], look: Any,
        words: str,
    ) -> Content:  # fmt: skip
        columns = _without_vague(self.columns if rows.all() else self.columns[rows])
        table = feature_table(name, both_names(*names), words, columns, self.shapes[rows])
        drawn = self._drawn(name, names, self.undated[rows], look)
        if table.geometry_type == "GEOMETRY":
            drawn = tuple(replace(d, sort=d.look.layer_type) for d in drawn)
        return Content(
            table=table, group=GROUP_NAMES[group], look=look(), about=self.about, drawn=drawn
        )

    def _drawn(
        self, key: str, names: tuple[str, str], undated: NDArray[np.bool_], look: Any
    ) -> tuple[Drawn, ...]:
        """Return the layer, or two: undated rows apart, since the slider never hides them."""
        dated = Drawn(key=key, name_en=names[0], name_ko=names[1], look=look())
        if not undated.any():
            return (dated,)
        when = looks.within(*self.times) if self.times else "true"
        apart = Drawn(
            key=f"{key}_undated", subset=_UNDATED_SQL, look=look(when=when, timed=False),
            name_en=f"{names[0]}, {_NO_DATE[0]}", name_ko=f"{names[1]}, {_NO_DATE[1]}",
        )  # fmt: skip
        return (apart,) if undated.all() else (apart, replace(dated, subset=_DATED_SQL))
