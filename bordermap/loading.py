"""From files to one sited table: read, located, sited, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bordermap.files import seeds_path
from bordermap.ordering import sort_incidents
from bordermap.table import COLUMNS, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    import geopandas as gpd
    import pandas as pd

    from bordermap.gazetteer import Gazetteer
    from bordermap.line import DemarcationLine
    from bordermap.reading import How, Report

__all__ = ["Loaded", "line_of", "load_all", "region_of"]

# What locating rows that bring a position, siting and sorting look at.
_STAGES_READ = frozenset(
    {"id", "date_start", "date_end", "claim", "direction",
     *(c.name for c in COLUMNS.values() if c.stage is Stage.LOCATED)}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loaded:
    """Incidents read, located and sited against a line; and the rows that could not be read."""

    incidents: gpd.GeoDataFrame
    rejects: pd.DataFrame
    reports: tuple[Report, ...]
    line: DemarcationLine


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


def load_all(
    paths: Sequence[str | Path | pd.DataFrame],
    *,
    line: DemarcationLine | Callable[[], DemarcationLine],
    format: str | None = None,
    skip: bool = False,
    how: How | None = None,
    book: Callable[[Sequence[str], DemarcationLine], Gazetteer] | None = None,
    only: Collection[str] | None = None,
) -> Loaded:
    """Return the incidents of all files in one sited table, and the rows set aside.

    Parameters
    ----------
    paths, format
        See `bordermap.pipeline.load`.
    line
        What to check against, or what makes it: it is loaded while a large file is parsed.
    skip
        Set bad rows aside instead of stopping at the first.
    how
        What else the user said of the files; positions are expected in the line's region.
    book
        Makes the gazetteer for the places that are to be located, given the line; the
        packaged one and the user's by default.
    only
        The columns that the caller will look at, where those are not all; others may
        be missing or empty.
    """
    from bordermap.reading import How, parsed_ahead, read_source

    how = how or How()
    how = replace(how, format=format or how.format, skip=skip or how.skip)
    tell = how.progress or (lambda *_: None)
    if only is not None:
        how = replace(how, only=_STAGES_READ.union(only))
    first, *others = paths or [seeds_path("june_2024.json")]
    with parsed_ahead(first, how) as parsed:
        import geopandas as gpd
        import pandas as pd

        if parsed:
            # Siting many rows takes it; for few it need not be there.
            import scipy.special  # noqa: F401
        from bordermap.locate import locate
        from bordermap.site import site

        against = line() if callable(line) else line
    how = replace(how, region_wsen=how.region_wsen or region_of(against))
    readings = [read_source(first, how=how, parsed=parsed)]
    readings += [read_source(path, how=how) for path in others]
    merged = readings[0].incidents
    if len(readings) > 1:
        tables = [r.incidents for r in readings]
        merged = gpd.GeoDataFrame(pd.concat(tables, ignore_index=True), crs="EPSG:4326")
    rejects = [r.rejects.assign(reject_file=r.name) for r in readings]
    unique = len(readings) == 1 and readings[0].has_unique_ids
    reports = tuple(r.report for r in readings)
    del readings
    if merged.empty:
        # Every row is set aside: there is nothing to locate, and the caller has the rejects.
        return Loaded(merged, pd.concat(rejects, ignore_index=True), reports, against)
    tell("locating", 0.0)
    gazetteer = book(_places(merged), against) if book else None
    if not unique:
        merged = _with_unique_ids(merged)
    located = locate(merged, gazetteer=gazetteer)
    tell("siting", 0.0)
    sited = site(located, line=against)
    tell("siting", 1.0)
    return Loaded(
        incidents=sort_incidents(sited),
        rejects=pd.concat(rejects, ignore_index=True),
        reports=reports,
        line=against,
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
