"""Tracks from outside: GPX, GeoJSON lines with times, CSV of positions, GeoParquet."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bordermap.errors import InputError, MissingDataError, at
from bordermap.reading.limits import MAX_JSON_BYTES

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["fixes_of", "named_columns", "read_fixes"]

# What AIS and logger files call their columns, lower-cased.
_TRACK = ("track_id", "mmsi", "id", "vessel_id", "ship_id", "trackid", "track", "name")
_TIME = ("time", "timestamp", "basedatetime", "datetime", "date_time", "t", "date", "time_utc")
_LON = ("lon", "longitude", "lng", "long", "x")
_LAT = ("lat", "latitude", "y")
_ACCURACY = ("accuracy_m", "accuracy", "hdop_m", "radius_m")


def read_fixes(path: str | Path) -> pd.DataFrame:
    """Return ``track_id, time, lon, lat`` and, where given, ``accuracy_m`` of a file of tracks.

    Times with a UTC offset are turned to UTC; others are taken as they are.

    Raises
    ------
    InputError
        The file holds no tracks with times; the message says where.
    """
    name, ending = str(path), Path(path).suffix.lower()
    if name != "-" and not Path(path).exists():
        raise InputError(f"{name}: no such file")
    if ending == ".gpx":
        return _gpx(Path(path))
    if ending in {".parquet", ".geoparquet"}:
        return fixes_of(_parquet(Path(path)), name)
    if ending in {".geojson", ".json"}:
        return _geojson(Path(path))
    return fixes_of(_delimited(path), name)


def _delimited(path: str | Path) -> pd.DataFrame:
    """Return the table with the columns that hold nothing but numbers as numbers."""
    import pandas as pd

    from bordermap.reading.delimited import read_delimited
    from bordermap.reading.source import opened

    table = read_delimited(opened(path, format="csv"))
    if table.ragged:
        row = table.ragged[0]
        raise InputError(
            f"{at(table.name, row=int(table.numbers[row.row]))}: {row.cells} cells where the "
            f'header has {len(table.frame.columns)}; quote cells that hold the delimiter ("a, b")'
        )
    columns = {}
    for column, cells in table.frame.items():
        as_numbers = pd.to_numeric(cells, errors="coerce")
        columns[column] = as_numbers if bool((as_numbers.isna() == cells.isna()).all()) else cells
    return pd.DataFrame(columns)


def _gpx(path: Path) -> pd.DataFrame:
    import geopandas as gpd
    import pandas as pd
    from pyogrio.errors import DataLayerError, DataSourceError

    _check_xml(path)
    try:
        points = gpd.read_file(path, layer="track_points")
    except (DataSourceError, DataLayerError, RuntimeError, ValueError) as error:
        reason = " ".join(str(error).split())[:300]
        raise InputError(f"{path}: cannot be read as GPX: {reason}") from error
    if points.empty:
        raise InputError(f"{path}: holds no track points")
    track = points["track_fid"].astype("str")
    if points["track_fid"].nunique() == 1:
        track = pd.Series(path.stem, index=points.index)
    return _checked(
        pd.DataFrame(
            {
                "track_id": track,
                "time": points["time"],
                "lon": points.geometry.x,
                "lat": points.geometry.y,
            }
        ),
        str(path),
    )


def _parquet(path: Path) -> pd.DataFrame:
    try:
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingDataError("GeoParquet needs: pip install 'bordermap[parquet]'") from error
    import pandas as pd

    return pd.DataFrame(pq.read_table(path).to_pandas())


def _check_xml(path: Path) -> None:
    """Refuse XML that is too large or declares entities, which may unfold without end."""
    from bordermap.reading.source import opened

    data = opened(path, format="xml").data
    if len(data) > MAX_JSON_BYTES:
        raise InputError(f"{path}: is larger than {MAX_JSON_BYTES // 1024**2} MB; split it")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\x00" in data:
        raise InputError(f"{path}: cannot be read as GPX: declares a DOCTYPE, or is not UTF-8")


def _geojson(path: Path) -> pd.DataFrame:
    """Read LineStrings whose ``coordTimes`` or ``times`` give a time for each position."""
    import pandas as pd

    from bordermap.reading.source import opened
    from bordermap.reading.structured import parsed_json

    value = parsed_json(opened(path, format="geojson").text, str(path))
    features = value.get("features", [value]) if isinstance(value, dict) else []
    parts = []
    for number, feature in enumerate(features if isinstance(features, list) else [], start=1):
        part = _track_of(feature, at(path, row=number), number)
        if part is not None:
            parts.append(part)
    if not parts:
        raise InputError(f"{path}: holds no LineString with times")
    return _checked(pd.concat(parts, ignore_index=True), str(path))


def _track_of(feature: Any, where: str, number: int) -> pd.DataFrame | None:
    """Return one feature's positions; None where it is no LineString."""
    import pandas as pd

    feature = feature if isinstance(feature, dict) else {}
    properties = feature.get("properties") or {}
    geometry = feature.get("geometry") or {}
    if not isinstance(properties, dict) or not isinstance(geometry, dict):
        raise InputError(f"{where}: properties and geometry are no objects; give {{...}}")
    if geometry.get("type") != "LineString":
        return None
    times = _times_of(properties)
    found = geometry.get("coordinates")
    coordinates = found if isinstance(found, list) else []
    if not coordinates or times is None or len(times) != len(coordinates):
        raise InputError(
            f"{where}: {len(coordinates)} positions need as many times; "
            'give them in properties as "coordTimes"'
        )
    if not all(isinstance(c, list) and len(c) >= 2 for c in coordinates):
        raise InputError(f"{where}: a position is no [longitude, latitude]")
    lon, lat = zip(*(c[:2] for c in coordinates), strict=True)
    track = properties.get("track_id", feature.get("id", properties.get("name", number)))
    return pd.DataFrame({"track_id": str(track), "time": times, "lon": lon, "lat": lat})


def _times_of(properties: dict[str, Any]) -> list[Any] | None:
    for key in ("coordTimes", "times", "coordinateProperties"):
        found = properties.get(key)
        if isinstance(found, dict):
            found = found.get("times")
        if isinstance(found, list):
            return found
    return None


def named_columns(columns: Iterable[object]) -> dict[str, Any]:
    """Return which column holds ``track_id, time, lon, lat, accuracy_m``, by the usual names."""
    lower = {str(c).strip().lower(): c for c in columns}
    found: dict[str, Any] = {}
    for name, usual in (("track_id", _TRACK), ("time", _TIME), ("lon", _LON), ("lat", _LAT),
                        ("accuracy_m", _ACCURACY)):  # fmt: skip
        known = [lower[n] for n in usual if n in lower]
        if known:
            found[name] = known[0]
    return found


def fixes_of(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the columns of `read_fixes` of a table of positions, by whichever name it has them.

    Parameters
    ----------
    frame
        Rows with a time, and longitude and latitude or points in ``geometry`` (WKB).
    name
        What an error calls the table, and its rows' track where no column tells.

    Raises
    ------
    InputError
        A column is missing, or a cell is no time or no degree.
    """
    import pandas as pd

    found = named_columns(frame.columns)
    if "lon" not in found and "geometry" in frame:
        import shapely

        points = shapely.from_wkb(frame["geometry"].to_numpy(object))
        frame = frame.assign(lon=shapely.get_x(points), lat=shapely.get_y(points))
        found |= {"lon": "lon", "lat": "lat"}
    missing = [c for c in ("time", "lon", "lat") if c not in found]
    if missing:
        there = ", ".join(str(c) for c in frame.columns)
        raise InputError(f"{at(name, row=1)}: no column {missing[0]}; there are {there}")
    columns: dict[Any, Any] = {
        "track_id": frame[found["track_id"]] if "track_id" in found else Path(name).stem,
        **{c: frame[found[c]] for c in ("time", "lon", "lat", "accuracy_m") if c in found},
    }
    return _checked(pd.DataFrame(columns), name)


def _checked(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    import pandas as pd

    times = frame["time"]
    if not pd.api.types.is_datetime64_any_dtype(times):
        if pd.api.types.is_numeric_dtype(times):
            # Seconds since 1970 reach 1e11 in the year 5138: what is larger counts milliseconds.
            seconds = times / 1000 if float(times.abs().max()) > 1e11 else times
            read = pd.to_datetime(seconds, unit="s", errors="coerce")
        else:
            read = pd.to_datetime(times, format="ISO8601", utc=True, errors="coerce")
        wrong = read.isna() & times.notna()
        if bool(wrong.any()):
            row = int(wrong.to_numpy().argmax())
            where = at(name, row=row + 2, column="time", value=times.iloc[row])
            raise InputError(f"{where} is not a time; write it as 2024-06-20T11:00:00")
        times = read
    if times.dt.tz is not None:
        times = times.dt.tz_convert("UTC").dt.tz_localize(None)
    result = frame.assign(time=times)
    for column, limit in (("lon", 180), ("lat", 90)):
        values = pd.to_numeric(result[column], errors="coerce")
        wrong = values.isna() & result[column].notna() | (values.abs() > limit)
        if bool(wrong.any()):
            row = int(wrong.to_numpy().argmax())
            where = at(name, row=row + 2, column=column, value=result[column].iloc[row])
            raise InputError(f"{where} is not degrees up to {limit}; is it swapped or in metres?")
        result[column] = values
    if "accuracy_m" in result:
        result["accuracy_m"] = pd.to_numeric(result["accuracy_m"], errors="coerce")
    return result
