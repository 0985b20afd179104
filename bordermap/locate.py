"""Where incidents happened: names become places, areas stay areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.gazetteer import Context, Gazetteer
from bordermap.gazetteer.surroundings import read_context
from bordermap.geo import discs
from bordermap.table import Kind, Precision

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["locate", "place_shapes"]

# Kinds that happen at the line: among namesakes the one nearer to it is likelier.
_BORDER_KINDS = frozenset(
    {
        Kind.CROSSING, Kind.GUNFIRE, Kind.ARTILLERY, Kind.BALLOON, Kind.LEAFLET, Kind.LOUDSPEAKER,
        Kind.MINE, Kind.CONSTRUCTION, Kind.INFILTRATION, Kind.DEFECTION, Kind.DRONE,
    }
)  # fmt: skip
# A position given as coordinates without a word on its accuracy.
_INPUT_RADIUS_M = 100.0
_PLACE_COLUMNS = ("place_id", "place_name", "place_name_ko", "place_score", "place_alternatives")
_FLAGS = ("two_sides", "is_area")
# A name is open if its best place is less likely than this.
_SURE = 0.9
_NOTHING_SAID = Context()
_Near = tuple[tuple[float, float, str | None], ...]


def locate(incidents: Any, *, gazetteer: Gazetteer | None = None) -> Any:
    """Return the incidents with geometry, doubt and what their place was taken to be.

    A row that brings coordinates keeps them. A place known as an area (the
    DMZ, a province, a sea) gets its polygon or line, never a point; a name
    that both sides of the line bear and nothing decides gets the discs of
    both. A name that is not known gets no geometry.

    Parameters
    ----------
    incidents
        n incidents with the reported columns, EPSG:4326; without ``geometry`` all
        are located by ``place``. The rows of a Dask table are brought together by
        report, since places of one report tell its namesakes apart, and located
        part by part when it is computed.
    gazetteer
        Where to look; the packaged one by default.

    Returns
    -------
    The table with ``geometry``, ``radius_m`` (metres), ``precision``,
    ``place_id``, ``place_name``, ``place_name_ko``, ``place_source``,
    ``place_score`` and ``place_alternatives``; and ``place_attribution`` where
    the gazetteer holds answers of an online service.
    """
    if hasattr(incidents, "map_partitions"):
        return _by_report(incidents, gazetteer)
    if "geometry" not in incidents:
        incidents = _nowhere(incidents)
    book = gazetteer or Gazetteer.open()
    given = (incidents.geometry.notna() & ~incidents.geometry.is_empty).to_numpy()
    names = incidents["place"].where(~given) if "place" in incidents else _empty(incidents)
    # Most tables of events bring their coordinates: only the other rows are looked up.
    asked = names.notna()
    found = _geocoded(names[asked], incidents[asked], book)
    if len(found) < len(names):
        flags = {c: found[c].reindex(names.index, fill_value=False) for c in _FLAGS}
        found = found.reindex(names.index).assign(**flags)
    known = found["place_id"].notna().to_numpy()
    shapes = np.array(incidents.geometry.array, dtype=object)
    shapes[~given] = None
    shapes[known] = place_shapes(found[known], book)
    located = {
        "radius_m": found["radius_m"].where(~given, _given(incidents, "radius_m", _INPUT_RADIUS_M)),
        "precision": found["precision"].where(
            ~given, _given(incidents, "precision", Precision.EXACT.value)
        ),
        "place_source": _sources(given, found["place_id"]),
        **{c: found[c] for c in _PLACE_COLUMNS},
    }
    owners = _credits(book)
    # By the gazetteer, not by the rows, so that all parts of a table have the same columns.
    if owners or "place_attribution" in incidents:
        located["place_attribution"] = located["place_source"].map(owners).astype("str")
    # A place found earlier (a table that was exported) is kept with its geometry.
    for column in ("place_source", "place_attribution", *_PLACE_COLUMNS):
        if column in incidents:
            kept = incidents[column].notna() & given
            located[column] = located[column].where(~kept, incidents[column])
    import geopandas as gpd

    geometry = gpd.GeoSeries(shapes, index=incidents.index, crs="EPSG:4326")
    return incidents.assign(**located).set_geometry(geometry)


def _empty(incidents: gpd.GeoDataFrame) -> pd.Series:
    import pandas as pd

    return pd.Series(pd.NA, index=incidents.index, dtype="str")


def _sources(given: Any, place_ids: pd.Series) -> pd.Series:
    """Return where each position is from: the input, the gazetteer, or a service by its id."""
    import pandas as pd

    found = place_ids[~given]
    # Ids of an online place begin with its service's id and a colon.
    services = found.str.extract(r"^([a-z]+):", expand=False).fillna("gazetteer")
    codes, names = pd.factorize(services.where(found.notna()))
    number = np.zeros(len(given), np.intp)
    number[~given] = np.where(codes < 0, -1, codes + 1)
    known = pd.Series(["input", *names], dtype="str").array
    return pd.Series(known.take(number, allow_fill=True), index=place_ids.index)


def _credits(book: Gazetteer) -> dict[str, str]:
    """Return what the licence of each online service asks to show, by the service's id."""
    about = (a for a in book.index.about() if a.get("kind") == "online")
    return {a["id"]: a["attribution"] for a in about}


def _given(incidents: gpd.GeoDataFrame, column: str, default: Any) -> Any:
    if column not in incidents:
        return default
    return incidents[column].where(incidents[column].notna(), default)


def _geocoded(names: pd.Series, incidents: gpd.GeoDataFrame, book: Gazetteer) -> pd.DataFrame:
    """Return what the names mean; those with namesakes are read again among their report."""
    border = _is_border(incidents)
    first = book.geocode_column(names, contexts=[Context(is_border=b) for b in border])
    open_rows = first["two_sides"] | first["place_alternatives"].notna()
    near = _places_of_report(incidents, first, open_rows)
    said = _said_of_names(names, incidents, first, book)
    contexts = {
        i: replace(said.get(i, _NOTHING_SAID), is_border=border[i], near=near[i])
        for i, is_open in enumerate(open_rows)
        if is_open and (near[i] or i in said)
    }
    if not contexts:
        return first
    again = list(contexts)
    second = book.geocode_column(names.iloc[again], contexts=list(contexts.values()))
    first = first.reset_index(drop=True)
    first.loc[again] = second.set_axis(again, axis=0)
    return first.set_axis(names.index, axis=0)


def _said_of_names(
    names: pd.Series, incidents: gpd.GeoDataFrame, found: pd.DataFrame, book: Gazetteer
) -> dict[int, Context]:
    """Return by row what its prose says of a name that is still open: country, larger place."""
    prose = [c for c in ("title", "summary", "quote") if c in incidents]
    is_open = (found["two_sides"] | (found["place_score"] < _SURE)).to_numpy(bool)
    said: dict[int, Context] = {}
    if not prose or not is_open.any():
        return said
    texts = incidents[prose].astype("str").fillna("")
    for i in np.flatnonzero(is_open).tolist():
        text = ". ".join(texts.iloc[i])
        context = read_context(text, names.iloc[i], book, with_neighbours=False)
        if context != _NOTHING_SAID:
            said[i] = context
    return said


def _is_border(incidents: gpd.GeoDataFrame) -> list[bool]:
    if "kind" not in incidents:
        return [False] * len(incidents)
    return [bool(b) for b in incidents["kind"].isin([k.value for k in _BORDER_KINDS])]


def _places_of_report(
    incidents: gpd.GeoDataFrame, found: pd.DataFrame, open_rows: pd.Series
) -> Sequence[_Near]:
    """Return for each row the settled places of the same report."""
    columns = _report_columns(incidents)
    nothing: _Near = ()
    if not columns:
        return [nothing] * len(incidents)
    source = incidents[columns].astype("str").fillna("")
    report = source[columns[0]].str.cat([source[c] for c in columns[1:]], sep="\n")
    # A large area says little about where its namesakes' neighbours lie.
    settled = (
        found["place_id"].notna() & ~open_rows & ~found["is_area"] & (report.str.strip() != "")
    )
    spots = (
        found.loc[settled, ["lon", "lat", "country"]]
        .assign(report=report[settled])
        .drop_duplicates()
    )
    by_report = {
        key: tuple(zip(group["lon"], group["lat"], group["country"], strict=True))
        for key, group in spots.groupby("report", sort=True)
    }
    return [by_report.get(key, nothing) for key in report]


def _report_columns(incidents: Any) -> list[str]:
    return [c for c in ("source_url", "source_title", "source_date") if c in incidents.columns]


def _by_report(incidents: Any, gazetteer: Gazetteer | None) -> Any:
    """Return the lazy table of a Dask table's incidents, each report's rows in one part."""
    meta = locate(incidents._meta, gazetteer=gazetteer)
    columns = _report_columns(incidents)
    together = incidents.shuffle(columns) if columns else incidents
    return together.map_partitions(locate, gazetteer=gazetteer, meta=meta)


def _nowhere(rows: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the rows with a geometry that none of them has."""
    import geopandas as gpd

    nowhere = gpd.GeoSeries([None] * len(rows), index=rows.index, crs="EPSG:4326")
    return gpd.GeoDataFrame(rows, geometry=nowhere)


def place_shapes(found: pd.DataFrame, book: Gazetteer) -> list[Any]:
    """Return a geometry for each row that `Gazetteer.geocode_column` found a place for.

    A point in EPSG:4326, or for an area (``is_area``) its own shape or disc;
    for a name of both sides the two together.
    """
    import shapely

    by_place: dict[str, Any] = {}
    for place_id, radius_m in (
        found.loc[found["is_area"], ["place_id", "radius_m"]].drop_duplicates("place_id")
    ).itertuples(index=False):
        by_place[place_id] = shapely.union_all(
            [_area(book, part, radius_m) for part in place_id.split("|")]
        )
    points: Any = shapely.points(found["lon"].to_numpy(float), found["lat"].to_numpy(float))
    areas = [by_place.get(place_id) for place_id in found["place_id"]]
    return [
        area if is_area else point
        for area, point, is_area in zip(areas, points, found["is_area"], strict=True)
    ]


def _area(book: Gazetteer, place_id: str, radius_m: float) -> Any:
    shape = book.geometry(place_id)
    if shape is not None:
        return shape
    place = book.place(place_id)
    if place is None:
        raise LookupError(place_id)
    return discs(place.lon, place.lat, radius_m if radius_m > 0 else place.radius_m)[0]
