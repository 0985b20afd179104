"""GeoParquet that export wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bordermap.errors import InputError, MissingDataError
from bordermap.table import as_incidents

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

__all__ = ["read_geoparquet"]


def read_geoparquet(path: Path) -> gpd.GeoDataFrame | None:
    """Return the incidents of a GeoParquet file that export wrote; None if it is another's.

    Raises
    ------
    InputError
        The file is no Parquet, or broken.
    MissingDataError
        pyarrow is not installed.
    """
    import geopandas as gpd
    import pandas as pd
    import shapely

    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingDataError("GeoParquet needs: pip install 'bordermap[parquet]'") from error
    try:
        with pq.ParquetFile(path) as file:
            names = set(file.schema_arrow.names)
            is_geo = b"geo" in (file.metadata.metadata or {})
            if not is_geo or not {"id", "date_start", "geometry"} <= names:
                return None
            table = file.read()
        wkb = table.column("geometry").to_numpy()
        shapes = np.asarray(shapely.from_wkb(wkb), dtype=object)
    except (pa.ArrowException, shapely.errors.GEOSException) as error:
        raise InputError(f"{path}: is no GeoParquet, or broken: {error}") from error
    columns = {}
    for name in table.column_names:
        if name in {"geometry", "bbox"}:
            continue
        column = table.column(name)
        if pa.types.is_integer(column.type) and column.null_count:
            columns[name] = column.to_pandas(types_mapper={column.type: pd.Int64Dtype()}.get)
        elif pa.types.is_temporal(column.type):
            columns[name] = column.cast(pa.timestamp("s")).to_pandas()
        elif pa.types.is_boolean(column.type) and column.null_count:
            columns[name] = column.to_pandas(types_mapper={column.type: pd.BooleanDtype()}.get)
        else:
            columns[name] = column.to_pandas()
    frame = pd.DataFrame(columns)
    if {"lon", "lat"} <= names:
        lon, lat = frame.pop("lon").to_numpy(float), frame.pop("lat").to_numpy(float)
        vague = ~np.isnan(lon) & shapely.is_missing(shapes)
        shapes[vague] = shapely.points(lon[vague], lat[vague])
    geometry = gpd.GeoSeries(shapes, crs="EPSG:4326")
    return as_incidents(frame.assign(geometry=geometry), name=str(path))
