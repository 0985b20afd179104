"""CSV: safe to open in a spreadsheet, and the same table when read again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.tables.geojson import rounded
from bordermap.tables.tokens import in_order, iso_times, slices

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["csv_text", "incident_csv"]

_DECIMALS = 7
# Cells that a spreadsheet would take for a formula get a quote, which reading takes off
# again. A leading space gets one too: readers that skip blanks after a delimiter eat it.
_FORMULA = r"^('*[=+\-@\t\r ])"


def incident_csv(frame: gpd.GeoDataFrame) -> Iterator[str]:
    """Yield the table as CSV, in pieces, with ``lon``, ``lat`` of points and ``wkt`` of others."""
    import pandas as pd
    import shapely

    shapes = rounded(frame.geometry.to_numpy())
    point = shapely.get_type_id(shapes) == 0
    lon, lat = np.full(len(shapes), np.nan), np.full(len(shapes), np.nan)
    lon[point], lat[point] = shapely.get_x(shapes[point]), shapely.get_y(shapes[point])
    shapes[point] = None
    wkt: Any = shapely.to_wkt(shapes, rounding_precision=_DECIMALS)
    plain = in_order(frame)
    yield from _csv_pieces(plain.assign(lon=lon, lat=lat, wkt=pd.array(wkt, dtype="str")))


def csv_text(frame: pd.DataFrame) -> str:
    """Return a frame as CSV: days as ISO text, formulas guarded, unknown as an empty cell."""
    return "".join(_csv_pieces(frame))


def _csv_pieces(frame: pd.DataFrame) -> Iterator[str]:
    import pandas as pd

    # Whether times are days is told by all of them.
    times = {
        str(column): pd.Series(iso_times(values.to_numpy()), index=frame.index, dtype="str")
        for column, values in frame.items()
        if pd.api.types.is_datetime64_dtype(values.dtype)
    }
    for some in slices(len(frame)) if len(frame) else [slice(0)]:
        part = frame.iloc[some]
        text = {name: values.iloc[some] for name, values in times.items()}
        for column, values in part.items():
            if column not in text and not pd.api.types.is_numeric_dtype(values):
                known = values.astype("str").where(values.notna())
                text[str(column)] = known.str.replace(_FORMULA, r"'\1", regex=True)
        yield part.assign(**text).to_csv(index=False, lineterminator="\n", header=not some.start)
