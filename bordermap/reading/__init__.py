"""Tables from outside become incident tables: delimited text, JSON, workbooks, known sources."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bordermap.errors import InputError
from bordermap.reading.ahead import parsed_ahead
from bordermap.reading.exported import EXPORTED, read_exported
from bordermap.reading.how import How, Merge
from bordermap.reading.records import as_reading, read_table
from bordermap.reading.result import Reading, Report
from bordermap.reading.source import FORMATS, Source, opened

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    import pandas as pd

    from bordermap.reading.raw import RawTable

__all__ = [
    "FORMATS",
    "How",
    "Merge",
    "Reading",
    "Report",
    "as_reading",
    "parsed_ahead",
    "raw_table",
    "read_incidents",
    "read_source",
]


def read_incidents(
    path: str | Path | pd.DataFrame,
    *,
    format: str | None = None,
    how: How | None = None,
) -> gpd.GeoDataFrame:
    """Return the incident table that a file holds, not yet located.

    Parameters
    ----------
    path
        CSV (any delimiter), JSON (a list of records), GeoJSON, NDJSON, an Excel
        workbook, or what ``bordermap export`` wrote; ``-`` is standard input. Text is
        UTF-8, UTF-16, cp949, or a Western encoding, which is told. A DataFrame is
        read as a file of the same columns would be.
    format
        One of ``csv, json, geojson, ndjson, xlsx`` where the ending does not tell.
    how
        What else is known of the file, and which repairs are allowed.

    Raises
    ------
    InputError
        With file, row, column, value and remedy.
    """
    return read_source(path, format=format, how=how).incidents


def read_source(
    path: str | Path | pd.DataFrame,
    *,
    format: str | None = None,
    skip: bool = False,
    how: How | None = None,
    parsed: Callable[[], RawTable] | None = None,
) -> Reading:
    """Return a file's incidents and, with ``skip``, the rows that could not be read.

    ``parsed`` is what `parsed_ahead` gives for the file; see `read_incidents` for the rest.
    """
    how = how or How()
    how = replace(how, format=format or how.format, skip=skip or how.skip)
    if parsed is not None:
        return read_table(parsed(), how)
    if not isinstance(path, str | Path):
        return _read_frame(path, how)
    if how.format is None and Path(path).suffix.lower() in EXPORTED:
        return read_exported(path)
    return read_table(raw_table(opened(path, format=how.format), how), how)


def _read_frame(frame: pd.DataFrame, how: How) -> Reading:
    """Return the incidents of a frame that its user made; rows are numbered from 0."""
    geometry = getattr(frame, "geometry", None) if hasattr(frame, "crs") else None
    if geometry is None:
        return as_reading(frame, name="table", first_row=0, how=how)
    if geometry.crs is None or geometry.crs.to_epsg() != 4326:
        raise InputError(f"table: geometry is in {geometry.crs}; use to_crs('EPSG:4326')")
    rows = frame.drop(columns=geometry.name)
    return as_reading(rows, name="table", geometry=geometry.to_numpy(), first_row=0, how=how)


def raw_table(source: Source, how: How) -> RawTable:
    """Return the table of an opened file as it stands, nothing read of its cells."""
    if source.format == "csv":
        from bordermap.reading.delimited import read_delimited
        from bordermap.reading.headers import header_of

        told = how.progress
        return read_delimited(
            source,
            header_of=lambda first: header_of(first, how.source),
            progress=(lambda share: told("reading", share)) if told else None,
        )
    if source.format == "xlsx":
        from bordermap.reading.workbook import read_workbook

        return read_workbook(source)
    from bordermap.reading.structured import read_structured

    return read_structured(source)
