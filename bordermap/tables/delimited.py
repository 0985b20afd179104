"""CSV: safe to open in a spreadsheet, and the same table when read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.tables.geojson import rounded
from bordermap.tables.tokens import in_order, iso_times

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["csv_text", "incident_csv"]

_DECIMALS = 7
# Cells that a spreadsheet would take for a formula get a quote, which reading takes off
# again. A leading space gets one too: readers that skip blanks after a delimiter eat it.
_FORMULA = r"^('*[=+\-@\t\r ])"


def incident_csv(frame: gpd.GeoDataFrame) -> str:
    """Return the table as CSV with ``lon`` and ``lat`` of points and ``wkt`` of other shapes."""
    import pandas as pd
    import shapely

    shapes = rounded(frame.geometry.to_numpy())
    point = shapely.get_type_id(shapes) == 0
    lon, lat = np.full(len(shapes), np.nan), np.full(len(shapes), np.nan)
    lon[point], lat[point] = shapely.get_x(shapes[point]), shapely.get_y(shapes[point])
    others = shapes.copy()
    others[point] = None
    wkt: Any = shapely.to_wkt(others, rounding_precision=_DECIMALS)
    plain = in_order(frame)
    return csv_text(plain.assign(lon=lon, lat=lat, wkt=pd.array(wkt, dtype="str")))


def csv_text(frame: pd.DataFrame) -> str:
    """Return a frame as CSV: days as ISO text, formulas guarded, unknown as an empty cell."""
    import pandas as pd

    text = {}
    for column in frame:
        values = frame[column]
        if pd.api.types.is_datetime64_dtype(values.dtype):
            text[column] = pd.Series(iso_times(values.to_numpy()), index=frame.index, dtype="str")
        elif not pd.api.types.is_numeric_dtype(values):
            known = values.astype("str").where(values.notna())
            text[column] = known.str.replace(_FORMULA, r"'\1", regex=True)
    return frame.assign(**{str(c): v for c, v in text.items()}).to_csv(
        index=False, lineterminator="\n"
    )
