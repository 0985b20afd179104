"""Incident tables as files: GeoJSON by RFC 7946, CSV, NDJSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.errors import InputError
from bordermap.files import written_whole
from bordermap.table import COLUMNS

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["WRITERS", "events_text", "incidents_text", "write_incidents", "write_text"]

WRITERS = {".geojson": "geojson", ".json": "geojson", ".csv": "csv", ".ndjson": "ndjson",
           ".geojsonl": "ndjson"}  # fmt: skip
"""What a file's ending says of the format to write."""

_DECIMALS = 7  # 0.01 m at the equator
# Cells that a spreadsheet would take for a formula get a quote, which reading takes off again.
_FORMULA = r"^('*[=+\-@\t\r])"


def write_incidents(
    incidents: gpd.GeoDataFrame,
    path: str | Path,
    *,
    format: str | None = None,
) -> None:
    """Write an incident table to a file, whole or not at all.

    Raises
    ------
    InputError
        Neither ``format`` nor the ending names a format that can be written.
    OutputError
        The file cannot be written.
    """
    write_text(incidents_text(incidents, format or _format_of(Path(path))), path)


def write_text(text: str, path: str | Path) -> None:
    """Write text to a file as UTF-8, whole or not at all."""
    with written_whole(path) as partial:
        # newline="": the CSV text has its own line ends, and bytes are the same everywhere.
        partial.write_text(text, encoding="utf-8", newline="")


def events_text(events: gpd.GeoDataFrame, format: str) -> str:
    """Return crossings as text in ``geojson`` or ``csv``; times in ISO 8601 without offset."""
    import pandas as pd

    times = {
        str(c): events[c].dt.strftime("%Y-%m-%dT%H:%M:%S.%f").str.slice(0, 23)
        for c in events
        if pd.api.types.is_datetime64_any_dtype(events[c])
    }
    plain = events.assign(**times)
    plain.insert(0, "id", [f"{t}-{n}" for t, n in zip(
        events["track_id"], events.groupby("track_id").cumcount() + 1, strict=True)])  # fmt: skip
    if format == "csv":
        return _csv(plain)
    return _collection(plain, _feature_texts(_properties(plain), plain))


def _format_of(path: Path) -> str:
    found = WRITERS.get(path.suffix.lower())
    if found is None:
        raise InputError(
            f'{path}: "{path.suffix}" is no format that can be written; '
            f"use one of {', '.join(sorted(WRITERS))}, or --format"
        )
    return found


def incidents_text(incidents: gpd.GeoDataFrame, format: str) -> str:
    """Return the table as text in ``geojson``, ``csv`` or ``ndjson``."""
    if format == "geojson":
        return _collection(incidents, _features(incidents))
    if format == "ndjson":
        return "".join(f"{line}\n" for line in _features(incidents))
    if format == "csv":
        return _csv(incidents)
    raise InputError(f'"{format}" is no format that can be written; use geojson, csv or ndjson')


def _properties(incidents: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the documented columns in order, then the rest; days as ISO text."""
    import pandas as pd

    frame = pd.DataFrame(incidents.drop(columns=incidents.geometry.name))
    order = [c for c in COLUMNS if c in frame] + [c for c in frame if c not in COLUMNS]
    frame = frame[order]
    days = {
        str(c): frame[c].dt.strftime("%Y-%m-%d")
        for c in frame
        if pd.api.types.is_datetime64_any_dtype(frame[c])
    }
    return frame.assign(**days)


def _half_open(incidents: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return the time slider's fields: from the first day's midnight to the last day's end."""
    import pandas as pd

    end = incidents["date_end"] + pd.Timedelta(days=1)
    return {
        "start_dt": incidents["date_start"].dt.strftime("%Y-%m-%dT%H:%M:%S"),
        "end_dt": end.dt.strftime("%Y-%m-%dT%H:%M:%S"),
    }


def _shapes(incidents: gpd.GeoDataFrame) -> Any:
    """Return geometries rounded to 7 decimals, outer rings counter-clockwise."""
    import shapely

    shapes = incidents.geometry.to_numpy().copy()
    known = ~shapely.is_missing(shapes)
    rounded = shapely.transform(shapes[known], lambda c: np.round(c, _DECIMALS))
    shapes[known] = shapely.orient_polygons(rounded)
    return shapes


def _features(incidents: gpd.GeoDataFrame) -> list[str]:
    return _feature_texts(_properties(incidents).assign(**_half_open(incidents)), incidents)


def _feature_texts(properties: pd.DataFrame, frame: gpd.GeoDataFrame) -> list[str]:
    """Return one GeoJSON feature a row, in one line each."""
    import shapely

    geometry = [text or "null" for text in shapely.to_geojson(_shapes(frame)).tolist()]
    lines = properties.to_json(orient="records", lines=True, force_ascii=False, double_precision=10)
    ids = [json.dumps(v, ensure_ascii=False) for v in frame["id"].tolist()]
    return [
        f'{{"type":"Feature","id":{i},"properties":{p},"geometry":{g}}}'
        for i, p, g in zip(ids, lines.splitlines(), geometry, strict=True)
    ]


def _collection(frame: gpd.GeoDataFrame, features: list[str]) -> str:
    import shapely

    shapes = _shapes(frame)
    known = shapes[~shapely.is_missing(shapes)]
    box = ""
    if len(known):
        bounds = (f"{v:.{_DECIMALS}f}" for v in shapely.total_bounds(known))
        box = f'"bbox":[{",".join(v.rstrip("0").rstrip(".") for v in bounds)}],'
    lines = ",\n".join(features)
    return f'{{"type":"FeatureCollection",{box}"features":[\n{lines}\n]}}\n'


def _csv(incidents: gpd.GeoDataFrame) -> str:
    import pandas as pd
    import shapely

    frame = _properties(incidents)
    shapes = _shapes(incidents)
    point = shapely.get_type_id(shapes) == 0
    lon, lat = np.full(len(shapes), np.nan), np.full(len(shapes), np.nan)
    lon[point], lat[point] = shapely.get_x(shapes[point]), shapely.get_y(shapes[point])
    wkt = shapely.to_wkt(np.where(point, None, shapes), rounding_precision=_DECIMALS)
    frame = frame.assign(lon=lon, lat=lat, wkt=pd.Series(wkt, index=frame.index, dtype=object))
    text = {
        str(c): frame[c]
        .astype("str")
        .where(frame[c].notna())
        .str.replace(_FORMULA, r"'\1", regex=True)
        for c in frame
        if not pd.api.types.is_numeric_dtype(frame[c])
    }
    return frame.assign(**text).to_csv(index=False, lineterminator="\n")
