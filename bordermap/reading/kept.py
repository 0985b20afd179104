"""The rows that are kept, in the order of an incident table, and the columns that are asked for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.ordering import incident_order
from bordermap.reading.distinct import as_text

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["in_order", "leave_out", "with_geometry"]

_WIDE_BYTES = 1 << 27


def leave_out(
    columns: dict[str, Any], shapes: NDArray[Any], keep: NDArray[np.intp],
    only: frozenset[str] | None,
) -> None:  # fmt: skip
    """Let go of the columns that nobody will look at."""
    import shapely

    if only is None or "id" not in columns or bool(shapely.is_missing(shapes[keep]).any()):
        return
    if bool(columns["id"].iloc[keep].isna().any()):
        return
    for column in set(columns) - only:
        del columns[column]


def in_order(
    columns: dict[str, Any], shapes: Any, keep: NDArray[np.intp]
) -> tuple[dict[str, Any], Any, pd.RangeIndex]:
    """Return the kept rows, in the order of an incident table where their ids are known."""
    import pandas as pd

    rows = len(shapes)
    if "id" in columns and bool(columns["id"].notna().all()):
        days, ids = columns["date_start"], columns["id"]
        chosen = pd.DataFrame({"date_start": days, "id": ids}, index=days.index).iloc[keep]
        keep = keep[incident_order(chosen)]
    index = pd.RangeIndex(len(keep))
    moved = len(keep) < rows or bool((keep != np.arange(rows)).any())

    def put(column: str) -> None:
        if not isinstance(columns[column], str):
            values = pd.Series(columns[column])
            columns[column] = as_text(values.take(keep).set_axis(index) if moved else values)

    # Arrow takes without Python's lock: two columns at a time, but those of much text alone.
    wide = {c for c, v in columns.items() if getattr(v, "nbytes", 0) > _WIDE_BYTES}
    for column in sorted(wide):
        put(column)
    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(put, [c for c in columns if c not in wide]))
    return columns, shapes[keep] if moved else shapes, index


def with_geometry(columns: dict[str, Any], shapes: Any, index: pd.Index) -> gpd.GeoDataFrame:
    """Return the columns and geometries as one table, EPSG:4326."""
    import geopandas as gpd
    import pandas as pd

    table = pd.DataFrame(columns, index=index)
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(shapes, index=index), crs=4326)
