"""The journey: read, locate, site; and what it says at the end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bordermap.loading import line_of, load_all, region_of
from bordermap.table import AREA_PRECISIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import folium
    import geopandas as gpd
    import pandas as pd

    from bordermap.gazetteer import Gazetteer
    from bordermap.line import DemarcationLine
    from bordermap.online import OnlineGeocoder

__all__ = [
    "Summary",
    "credit_of",
    "load",
    "map",
    "read",
    "summarise",
    "write",
]


@dataclass(frozen=True, slots=True)
class Summary:
    """How many incidents were placed how well, and on which side."""

    incidents: int
    placed: int
    unplaced: int
    as_areas: int
    by_precision: dict[str, int]
    by_side: dict[str, int]
    unsure: int
    contradicting: int

    @property
    def is_clean(self) -> bool:
        """Whether every incident is placed, on a sure side, and contradicts nothing."""
        return not (self.unplaced or self.unsure or self.contradicting)


def load(
    *paths: str | Path | pd.DataFrame,
    line: str | None = None,
    format: str | None = None,
    online: str | OnlineGeocoder | None = None,
    user_agent: str | None = None,
) -> gpd.GeoDataFrame:
    """Return incidents read from files, located by the gazetteer and sited against the line.

    Parameters
    ----------
    paths
        CSV, JSON, GeoJSON or NDJSON files, ``-`` for standard input, or DataFrames of
        such columns; with none, the packaged seeds (June 2024 at the line between
        the two Koreas).
    line
        A packaged line's id or a file; see `bordermap.line.read_line`.
    format
        The files' format where their endings do not tell.
    online, user_agent
        A service to ask for places that the gazetteer lacks, and what names your
        application to it; or a `bordermap.online.OnlineGeocoder` of your own making.
        Without it nothing reaches the network.

    Raises
    ------
    InputError
        With file, row, column, value and remedy.
    OnlineError
        The service does not answer; what it answered is kept for the next run.
    """
    against = line_of(line)
    book: Callable[[Sequence[str], DemarcationLine], Gazetteer] | None = None
    if online is not None:
        from bordermap.gazetteer import Gazetteer
        from bordermap.online import OnlineGeocoder
        from bordermap.supplement import supplement

        service = (
            OnlineGeocoder(online, user_agent=user_agent or "", bbox_wsen=region_of(against))
            if isinstance(online, str)
            else online
        )

        def book(names: Sequence[str], _: DemarcationLine) -> Gazetteer:
            return supplement(Gazetteer.open(), names, online=service).gazetteer

    return load_all(paths, line=against, format=format, book=book).incidents


def read(path: str | Path | pd.DataFrame, *, format: str | None = None) -> gpd.GeoDataFrame:
    """Return the incident table that a file or a DataFrame holds, not located and not sited."""
    from bordermap.reading import read_incidents

    return read_incidents(path, format=format)


def write(
    incidents: gpd.GeoDataFrame,
    path: str | Path,
    *,
    format: str | None = None,
    profile: str | None = None,
    line: DemarcationLine | None = None,
    crossings: gpd.GeoDataFrame | None = None,
    title: str | None = None,
    lang: str = "en",
) -> None:
    """Write an incident table to a file, whole or not at all.

    Parameters
    ----------
    incidents
        A sited incident table, EPSG:4326.
    path
        The ending says how: ``.geojson`` (with a ``.qml`` beside it, so that QGIS
        shows it well), ``.ndjson``, ``.csv``, ``.gpkg`` (with a QGIS project inside),
        ``.qgz`` (a QGIS project and its ``.gpkg``), ``.kml`` or ``.kmz`` (Google Earth),
        ``.parquet`` (GeoParquet), ``.pmtiles`` (vector tiles).
    format
        The format where the ending does not tell: ``geojson``, ``gpkg``, ...
    profile
        For CSV: ``acled`` or ``ged``, the columns of those data sets.
    line
        The line to draw in QGIS and KML; by default the one that ``line_id`` names, or Korea's.
    crossings
        Events of `bordermap.find_crossings`, a layer of their own in QGIS.
    title, lang
        The map's title, and the language of labels in QGIS and KML, ``en`` or ``ko``.

    Raises
    ------
    InputError
        The ending names no format.
    OutputError
        The file cannot be written.
    """
    from bordermap import qgis, tables

    kind = format or qgis.WRITERS.get(Path(path).suffix.lower())
    if kind in qgis.WRITERS.values():
        make = qgis.write_qgz if kind == "qgz" else qgis.write_geopackage
        against = line or line_of(_line_id(incidents))
        make(incidents, path, line=against, crossings=crossings, title=title, lang=lang)
        return
    against = line or line_of(_line_id(incidents))
    tables.write_incidents(incidents, path, format=format, profile=profile, line=against,
                           title=title, lang=lang)  # fmt: skip
    if tables.format_of(path, format) == "geojson":
        qgis.write_qml(incidents, Path(path).with_suffix(".qml"))


def _line_id(incidents: gpd.GeoDataFrame) -> str | None:
    """Return the packaged line that the table was sited against; None for another, or several."""
    from bordermap.files import geodata_path

    ids = incidents["line_id"].dropna().unique() if "line_id" in incidents else []
    known = {path.stem for path in geodata_path("lines").glob("*.geojson")}
    return str(ids[0]) if len(ids) == 1 and ids[0] in known else None


def map(  # noqa: A001 - bm.map is what it is
    incidents: pd.DataFrame,
    *,
    title: str | None = None,
    line: DemarcationLine | None = None,
    lang: str = "en",
    credit: str | None = None,
) -> folium.Map:
    """Return a folium.Map of incidents, which shows itself in a notebook.

    Parameters
    ----------
    incidents
        An incident table, or any table that `load` takes; located and sited here if
        it is not yet.
    title, credit
        Words over and under the map.
    line
        The line to draw; Korea's by default.
    lang
        ``en`` or ``ko``: the language in which the map opens.
    """
    from bordermap.locate import locate
    from bordermap.site import site
    from bordermap.webmap import build_map

    against = line or line_of(None)
    if "date_start" not in incidents:
        incidents = read(incidents)
    if "precision" not in incidents:
        incidents = locate(incidents)
    if "side" not in incidents:
        incidents = site(incidents, line=against)
    return build_map(
        incidents, line=against, title=title, lang=lang, credit=credit_of(incidents, credit)
    )


def credit_of(incidents: gpd.GeoDataFrame, credit: str | None = None) -> str | None:
    """Return a line of credit that also names the online services that placed incidents."""
    services: list[str] = []
    if "place_attribution" in incidents:
        services = sorted(str(a) for a in incidents["place_attribution"].dropna().unique())
    return "; ".join([*([credit] if credit else []), *services]) or None


def summarise(incidents: gpd.GeoDataFrame) -> Summary:
    """Return the counts with which ``bordermap check`` ends."""
    placed = incidents.geometry.notna()

    def counts(column: str) -> dict[str, int]:
        found = incidents.loc[placed, column].value_counts()
        return {str(k): int(v) for k, v in sorted(found.items())}

    return Summary(
        incidents=len(incidents),
        placed=int(placed.sum()),
        unplaced=int((~placed).sum()),
        as_areas=int(incidents["precision"].isin([str(p) for p in AREA_PRECISIONS]).sum()),
        by_precision=counts("precision"),
        by_side=counts("side"),
        unsure=int((incidents["side"] == "unsure").sum()),
        contradicting=int((incidents["agrees"] == "contradicts").sum()),
    )
