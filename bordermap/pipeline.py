"""The journey: read, locate, site; and what it says at the end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bordermap.files import seeds_path
from bordermap.table import AREA_PRECISIONS, COLUMNS, Stage, sort_incidents

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    import folium
    import geopandas as gpd
    import pandas as pd

    from bordermap.gazetteer import Gazetteer
    from bordermap.line import DemarcationLine
    from bordermap.online import OnlineGeocoder
    from bordermap.reading import How, Report

__all__ = [
    "Loaded",
    "Summary",
    "credit_of",
    "line_of",
    "load",
    "load_all",
    "map",
    "read",
    "region_of",
    "summarise",
    "write",
]


# What locating rows that bring a position, siting and sorting look at.
_STAGES_READ = frozenset(
    {"id", "date_start", "date_end", "claim", "direction",
     *(c.name for c in COLUMNS.values() if c.stage is Stage.LOCATED)}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loaded:
    """Incidents read, located and sited; and the rows that could not be read."""

    incidents: gpd.GeoDataFrame
    rejects: pd.DataFrame
    reports: tuple[Report, ...]

    @property
    def rows_read(self) -> int:
        """Rows of all files: those kept, merged and rejected together."""
        return sum(r.read for r in self.reports)


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


def line_of(name: str | None) -> DemarcationLine:
    """Return a packaged line by its id, or a user's by its path; Korea's for None."""
    from bordermap.line import load_line, read_line

    if name is None:
        return load_line()
    is_path = Path(name).suffix.lower() in {".geojson", ".json", ".gpkg"} or Path(name).is_file()
    return read_line(name) if is_path else load_line(name)


def region_of(line: DemarcationLine) -> tuple[float, float, float, float]:
    """Return the region in which a line's places lie: west, south, east, north in degrees."""
    west, south, east, north = (float(v) for v in line.segments.total_bounds)
    around = 2.0
    return (
        max(west - around, -180.0),
        max(south - around, -90.0),
        min(east + around, 180.0),
        min(north + around, 90.0),
    )


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
    book: Callable[[Sequence[str]], Gazetteer] | None = None
    if online is not None:
        from bordermap.gazetteer import Gazetteer
        from bordermap.online import OnlineGeocoder
        from bordermap.supplement import supplement

        service = (
            OnlineGeocoder(online, user_agent=user_agent or "", bbox_wsen=region_of(against))
            if isinstance(online, str)
            else online
        )

        def book(names: Sequence[str]) -> Gazetteer:
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


def load_all(
    paths: Sequence[str | Path | pd.DataFrame],
    *,
    line: DemarcationLine,
    format: str | None = None,
    skip: bool = False,
    how: How | None = None,
    book: Callable[[Sequence[str]], Gazetteer] | None = None,
    only: Collection[str] | None = None,
) -> Loaded:
    """Return the incidents of all files in one sited table, and the rows set aside.

    Parameters
    ----------
    paths, line, format
        See `load`.
    skip
        Set bad rows aside instead of stopping at the first.
    how
        What else the user said of the files; positions are expected in the line's region.
    book
        Makes the gazetteer for the places that are to be located; the packaged
        one and the user's by default.
    only
        The columns that the caller will look at, where those are not all; others may
        be missing or empty.
    """
    import geopandas as gpd
    import pandas as pd

    from bordermap.locate import locate
    from bordermap.reading import How, read_source
    from bordermap.site import site

    how = how or How()
    tell = how.progress or (lambda *_: None)
    how = replace(how, region_wsen=how.region_wsen or region_of(line))
    if only is not None:
        how = replace(how, only=_STAGES_READ.union(only))
    readings = [
        read_source(path, format=format, skip=skip, how=how)
        for path in (paths or [seeds_path("june_2024.json")])
    ]
    merged = readings[0].incidents
    if len(readings) > 1:
        tables = [r.incidents for r in readings]
        merged = gpd.GeoDataFrame(pd.concat(tables, ignore_index=True), crs="EPSG:4326")
    rejects = [r.rejects.assign(reject_file=r.name) for r in readings]
    reports = tuple(r.report for r in readings)
    del readings
    if merged.empty:
        # Every row is set aside: there is nothing to locate, and the caller has the rejects.
        return Loaded(merged, pd.concat(rejects, ignore_index=True), reports)
    tell("locating", 0.0)
    gazetteer = book(_places(merged)) if book else None
    located = locate(_with_unique_ids(merged), gazetteer=gazetteer)
    tell("siting", 0.0)
    sited = site(located, line=line)
    tell("siting", 1.0)
    return Loaded(
        incidents=sort_incidents(sited),
        rejects=pd.concat(rejects, ignore_index=True),
        reports=reports,
    )


def _places(incidents: gpd.GeoDataFrame) -> list[str]:
    """Return the places of incidents without coordinates, as written, each once."""
    without = incidents[incidents.geometry.isna() | incidents.geometry.is_empty]
    return [str(p) for p in without["place"].dropna().unique()]


def _with_unique_ids(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the table with ``-2``, ``-3``, ... behind ids that occur again; no row is dropped."""
    if bool(incidents["id"].is_unique):
        return incidents
    nth = incidents.groupby("id").cumcount() + 1
    suffix = ("-" + nth.astype("str")).where(nth > 1, "")
    return incidents.assign(id=incidents["id"] + suffix)


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
