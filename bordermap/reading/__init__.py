"""Tables from outside: CSV, JSON, GeoJSON and NDJSON become incident tables."""

from __future__ import annotations

import json
import re
from io import StringIO
from typing import TYPE_CHECKING, Any

from bordermap.errors import InputError, at
from bordermap.reading.records import Reading, as_reading
from bordermap.reading.source import FORMATS, Source, opened

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

__all__ = ["FORMATS", "Reading", "read_incidents", "read_source"]

# A CSV cell that our writer guarded against being taken for a formula.
_GUARDED = r"^'(?='*[=+\-@\t\r ])"


def read_incidents(
    path: str | Path,
    *,
    format: str | None = None,
) -> gpd.GeoDataFrame:
    """Return the incident table that a file holds, not yet located.

    Parameters
    ----------
    path
        CSV (any delimiter), JSON (a list of records), GeoJSON or NDJSON; ``-`` is
        standard input. UTF-8, UTF-16 with a byte order mark, or cp949.
    format
        One of ``csv, json, geojson, ndjson`` where the ending does not tell.

    Raises
    ------
    InputError
        With file, row, column, value and remedy.
    """
    return read_source(path, format=format).incidents


def read_source(
    path: str | Path,
    *,
    format: str | None = None,
    skip: bool = False,
) -> Reading:
    """Return a file's incidents and, with ``skip``, the rows that could not be read."""
    source = opened(path, format=format)
    if source.format == "csv":
        return as_reading(_csv(source), name=source.name, skip=skip)
    records = _lines(source) if source.format == "ndjson" else _records(source)
    raw, geometry = _flat(records, source.name)
    return as_reading(raw, name=source.name, geometry=geometry, skip=skip, first_row=1)


def _csv(source: Source) -> pd.DataFrame:
    import pandas as pd

    head = source.text.lstrip("\r\n").splitlines()[0]
    delimiter = max(",;\t|", key=head.count)
    try:
        raw = pd.read_csv(
            StringIO(source.text),
            sep=delimiter,
            dtype="str",
            keep_default_na=False,
            na_values=[""],
            index_col=False,
            skipinitialspace=True,
        )
    except pd.errors.ParserError as error:
        raise InputError(_parser_message(source.name, str(error))) from error
    raw = raw.dropna(how="all")
    if raw.empty:
        raise InputError(f"{source.name}: there is a header but no row; add rows")
    unguarded: pd.DataFrame = raw.apply(lambda cells: cells.str.replace(_GUARDED, "", regex=True))
    return unguarded


def _parser_message(name: str, message: str) -> str:
    found = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", message)
    if not found:
        return f"{name}: cannot be read as CSV: {message.splitlines()[-1]}"
    wanted, line, saw = found.groups()
    return (
        f"{at(name, row=int(line))}: {saw} cells where the header has {wanted}; "
        'quote cells that hold the delimiter ("a, b")'
    )


def _records(source: Source) -> list[Any]:
    try:
        value = json.loads(source.text)
    except (ValueError, RecursionError) as error:
        where = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise InputError(f"{source.name}{where}: is no valid JSON: {error}") from error
    if isinstance(value, dict):
        if value.get("type") == "FeatureCollection":
            _check_crs(value, source.name)
        lists = [value.get(k) for k in ("features", "records", "incidents")]
        value = next((v for v in lists if isinstance(v, list)), value)
    if not isinstance(value, list):
        raise InputError(f"{source.name}: holds no list of records; give [{{...}}, {{...}}]")
    if not value:
        raise InputError(f"{source.name}: holds no record")
    return value


def _check_crs(collection: dict[str, Any], name: str) -> None:
    crs = json.dumps(collection.get("crs") or "")
    if collection.get("crs") and not re.search(r"CRS84|4326", crs):
        raise InputError(f"{name}: is in another CRS than WGS84; convert it to EPSG:4326")


def _lines(source: Source) -> list[Any]:
    records = []
    # Not splitlines(): a text may hold line ends of other scripts, such as U+2028.
    for number, line in enumerate(source.text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            records.append(json.loads(line))
        except (ValueError, RecursionError) as error:
            raise InputError(f"{at(source.name, row=number)}: is no valid JSON: {error}") from error
    return records


def _flat(records: list[Any], name: str) -> tuple[pd.DataFrame, Any]:
    """Return the records' properties as a frame, and their geometries if they are features."""
    import numpy as np
    import pandas as pd
    import shapely

    for number, record in enumerate(records, start=1):
        if not isinstance(record, dict):
            raise InputError(f"{at(name, row=number)}: is no record; give {{...}}")
    if not any(r.get("type") == "Feature" for r in records):
        return pd.DataFrame.from_records(records), None
    raw = pd.DataFrame.from_records(
        [{"id": f.get("id"), **(f.get("properties") or {})} for f in records]
    )
    raw = raw if raw["id"].notna().any() else raw.drop(columns="id")
    texts = [json.dumps(f["geometry"]) if f.get("geometry") else None for f in records]
    try:
        shapes = shapely.from_geojson(np.array(texts, dtype=object))
    except shapely.errors.GEOSException as error:
        raise InputError(f"{name}: a geometry is no GeoJSON: {error}") from error
    w, s, e, n = shapely.bounds(shapes).T
    off = (w < -180) | (e > 180) | (s < -90) | (n > 90)
    if off.any():
        row = int(off.argmax())
        raise InputError(
            f"{at(name, row=row + 1, column='geometry')} reaches {w[row]:g}, {n[row]:g}; "
            "give longitude and latitude in degrees, longitude first"
        )
    return raw, shapes
