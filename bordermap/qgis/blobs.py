"""Values as a GeoPackage stores them: geometries with their header, days, numbers, text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["declared_type", "geometry_blobs", "stored"]

_HEADER = [("magic", "S2"), ("version", "u1"), ("flags", "u1"), ("srs_id", "<i4")]
_POINT = np.dtype([*_HEADER, ("order", "u1"), ("type", "<u4"), ("x", "<f8"), ("y", "<f8")])
_SHAPE = np.dtype([*_HEADER, ("box", "<f8", (4,))])
_SRS = 4326
# Flags (GeoPackage 1.2, 2.1.3.1): bit 0 little-endian, bits 1-3 which envelope follows.
_LITTLE, _WITH_BOX = 0b1, 0b11


def geometry_blobs(shapes: NDArray[np.object_]) -> list[bytes]:
    """Return EPSG:4326 geometries, none of them missing, as GeoPackage binary, in 2D."""
    import shapely

    is_point = shapely.get_type_id(shapes) == 0
    if is_point.all():
        return _points(shapes)
    flat = shapely.force_2d(shapes)
    head = np.zeros(len(shapes), dtype=_SHAPE)
    head["magic"], head["flags"], head["srs_id"] = b"GP", _LITTLE | _WITH_BOX, _SRS
    w, s, e, n = shapely.bounds(flat).T
    head["box"] = np.stack([w, e, s, n], axis=1)  # the envelope's order: x, x, y, y
    wkb = shapely.to_wkb(flat, byte_order=1, flavor="iso").tolist()
    size = _SHAPE.itemsize
    raw = head.tobytes()
    return [raw[i * size : (i + 1) * size] + body for i, body in enumerate(wkb)]


def _points(points: NDArray[np.object_]) -> list[bytes]:
    import shapely

    rows = np.zeros(len(points), dtype=_POINT)
    rows["magic"], rows["flags"], rows["srs_id"] = b"GP", _LITTLE, _SRS
    rows["order"], rows["type"] = 1, 1
    rows["x"], rows["y"] = shapely.get_x(points), shapely.get_y(points)
    size, raw = _POINT.itemsize, rows.tobytes()
    return [raw[i : i + size] for i in range(0, len(raw), size)]


def declared_type(values: pd.Series) -> str:
    """Return the GeoPackage type of a column: DATE, DATETIME, BOOLEAN, INTEGER, REAL or TEXT."""
    import pandas as pd

    dtype: Any = values.dtype
    if pd.api.types.is_datetime64_any_dtype(dtype):
        return "DATE" if _are_days(values) else "DATETIME"
    for test, name in (
        (pd.api.types.is_bool_dtype, "BOOLEAN"),
        (pd.api.types.is_integer_dtype, "INTEGER"),
        (pd.api.types.is_float_dtype, "REAL"),
    ):
        if test(dtype):
            return name
    return "TEXT"


def stored(values: pd.Series, declared: str) -> list[Any]:
    """Return a column's values as SQLite takes them; unknown is None.

    Times are naive local times. They carry a Z all the same, for the format
    knows no other form and GDAL warns of any; QGIS takes them as they stand.
    """
    import pandas as pd

    if declared in {"DATE", "DATETIME"}:
        return _times(values, declared)
    known = values.notna().to_numpy(bool)
    if declared == "TEXT" and not isinstance(values.dtype, pd.StringDtype):
        cells = np.array([_text(v) if k else None for v, k in zip(values, known, strict=True)],
                         dtype=object)  # fmt: skip
    else:
        cells = values.to_numpy(object, copy=True)
        cells[~known] = None
        if declared == "BOOLEAN":
            cells[known] = cells[known].astype(int)
    return list(cells)


def _text(value: Any) -> str:
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _are_days(values: pd.Series) -> bool:
    known = values.dropna()
    # A column named for a moment is one, even if every moment is a midnight.
    return not str(values.name).endswith("_dt") and bool((known == known.dt.normalize()).all())


def _times(values: pd.Series, declared: str) -> list[Any]:
    naive = values.dt.tz_localize(None) if values.dt.tz is not None else values
    times = naive.to_numpy()
    unit = "D" if declared == "DATE" else "ms"
    text = np.datetime_as_string(times.astype(f"datetime64[{unit}]")).astype(object)
    if declared == "DATETIME":
        text += "Z"
    text[np.isnat(times)] = None
    return list(text)
