"""GeoParquet 1.1: rows in Hilbert order, with boxes, so that readers skip what is far away.

https://geoparquet.org/releases/v1.1.0/
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.errors import MissingDataError
from bordermap.files import written_whole
from bordermap.layers import without_vague_points
from bordermap.tables.tokens import in_order

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

__all__ = ["write_geoparquet"]

_ROWS_IN_GROUP = 100_000
# The Hilbert curve's cells along each side: 2 to this power; the most that geopandas has.
_HILBERT_LEVEL = 16
# What readers skip row groups by; statistics of every column cost a tenth of the time.
_SKIPPABLE = ["date_start", "date_end", "kind", "side",
              "bbox.xmin", "bbox.ymin", "bbox.xmax", "bbox.ymax"]  # fmt: skip
# By shapely's type ids.
_TYPES = ("Point", "LineString", "LineString", "Polygon", "MultiPoint", "MultiLineString",
          "MultiPolygon", "GeometryCollection")  # fmt: skip


def write_geoparquet(incidents: gpd.GeoDataFrame, path: str | Path) -> None:
    """Write an incident table as GeoParquet, whole or not at all.

    Days are dates, texts strings, the geometry WKB in EPSG:4326 with a ``bbox``
    column; rows without a place come last.

    Raises
    ------
    MissingDataError
        pyarrow is not installed.
    OutputError
        The file cannot be written.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingDataError("GeoParquet needs: pip install 'bordermap[parquet]'") from error
    import shapely

    frame = without_vague_points(incidents)
    shapes = frame.geometry.to_numpy()
    bounds = shapely.bounds(shapes)
    order = _hilbert_order(shapes, bounds)
    plain = in_order(frame)
    # Arrow works outside Python's lock: columns go side by side.
    with ThreadPoolExecutor() as pool:
        arrays = list(pool.map(lambda c: _arrow(plain[c], order), plain.columns))
    columns: dict[str, Any] = dict(zip(map(str, plain.columns), arrays, strict=True))
    columns["geometry"] = _wkb(shapes, bounds, order)
    columns["bbox"] = _boxes(bounds[order])
    table = pa.table(columns)
    repeating = [name for name, array in columns.items() if pa.types.is_dictionary(array.type)]
    # Without Arrow's own schema, dictionaries come back as the strings they are.
    with (
        written_whole(path) as partial,
        pq.ParquetWriter(
            partial, table.schema, compression=_packing(table), store_schema=False,
            use_dictionary=repeating, write_statistics=_SKIPPABLE,
        ) as writer,
    ):  # fmt: skip
        writer.write_table(table, row_group_size=_ROWS_IN_GROUP)
        writer.add_key_value_metadata({"geo": json.dumps(_geo(shapes))})


def _packing(table: Any) -> dict[str, str]:
    """Return how each column is compressed: not at all where that saves nothing, in numbers."""
    import pyarrow as pa

    found = {f"bbox.{side}": "NONE" for side in ("xmin", "ymin", "xmax", "ymax")}
    for name in table.column_names:
        kind = table.schema.field(name).type
        plain = pa.types.is_floating(kind) or name == "geometry"
        if name != "bbox":
            found[name] = "NONE" if plain else "SNAPPY"
    return found


def _arrow(values: Any, order: NDArray[np.intp]) -> Any:
    """Return a column in the new order; texts as dictionaries, which sort and write faster."""
    import pandas as pd
    import pyarrow as pa

    dtype: Any = values.dtype
    if pd.api.types.is_datetime64_dtype(dtype):
        days = values.to_numpy()
        if bool((days == days.astype("datetime64[D]"))[~np.isnat(days)].all()):
            return pa.array(days.astype("datetime64[D]")[order])
        return pa.array(days[order])
    if isinstance(dtype, pd.StringDtype):
        array = pa.array(values, pa.large_string())
        joined = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
        if joined.null_count == len(joined):
            return joined
        sample = joined[:: max(len(joined) // 1000, 1)]
        repeats = len(sample.unique()) < len(sample) / 2
        return (joined.dictionary_encode() if repeats else joined).take(pa.array(order))
    if values.dtype == object:
        known = values.notna()
        text = [_text(v) if k else None for v, k in zip(values, known, strict=True)]
        return pa.array(text, pa.large_string()).take(pa.array(order))
    return pa.array(values, from_pandas=True).take(pa.array(order))


def _text(value: Any) -> str:
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _hilbert_order(shapes: NDArray[np.object_], bounds: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return the rows along a Hilbert curve through their middles; those without a place last."""
    import geopandas as gpd

    known = ~np.isnan(bounds).any(axis=1)
    along = np.full(len(bounds), np.iinfo(np.int64).max, dtype=np.int64)
    if known.any():
        along[known] = gpd.GeoSeries(shapes[known]).hilbert_distance(level=_HILBERT_LEVEL)
    return np.argsort(along, kind="stable")


def _wkb(shapes: NDArray[np.object_], bounds: NDArray[np.float64], order: NDArray[np.intp]) -> Any:
    """Return shapes in an order as WKB; of points alone the bounds say where they are."""
    import pyarrow as pa
    import shapely

    if not len(shapes) or not (shapely.get_type_id(shapes) == 0).all():
        return pa.array(shapely.to_wkb(shapes[order], flavor="iso"), pa.binary())
    rows = np.zeros(len(shapes), dtype=[("order", "u1"), ("type", "<u4"), ("xy", "<f8", (2,))])
    rows["order"], rows["type"] = 1, 1
    rows["xy"] = bounds[order, :2]
    offsets = np.arange(len(shapes) + 1, dtype=np.int64) * rows.dtype.itemsize
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(rows.tobytes())]
    return pa.Array.from_buffers(pa.large_binary(), len(shapes), buffers)


def _boxes(bounds: NDArray[np.float64]) -> Any:
    import pyarrow as pa

    known = ~np.isnan(bounds).any(axis=1)
    near = bounds.astype(np.float32)
    # Half the size; rounded outwards, or a box would miss what it holds.
    down = np.nextafter(near, np.float32(-np.inf))
    up = np.nextafter(near, np.float32(np.inf))
    sides = [*np.where(near > bounds, down, near).T[:2], *np.where(near < bounds, up, near).T[2:]]
    return pa.StructArray.from_arrays(
        [pa.array(np.ascontiguousarray(side), from_pandas=True) for side in sides],
        names=["xmin", "ymin", "xmax", "ymax"],
        mask=pa.array(~known),
    )


def _geo(shapes: NDArray[np.object_]) -> dict[str, Any]:
    """Return the file's geo metadata."""
    import shapely
    from pyproj import CRS

    present = np.unique(shapely.get_type_id(shapes))
    covering = {side: ["bbox", side] for side in ("xmin", "ymin", "xmax", "ymax")}
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted(_TYPES[int(i)] for i in present if i >= 0),
        "crs": CRS(4326).to_json_dict(),
        "covering": {"bbox": covering},
    }
    total = shapely.total_bounds(shapes)
    if not np.isnan(total).any():
        column["bbox"] = total.tolist()
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
