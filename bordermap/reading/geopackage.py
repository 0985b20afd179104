"""GeoPackages that export wrote: its incident tables, put together again."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.errors import InputError
from bordermap.table import as_incidents

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["read_geopackage"]

# The tables that together hold every incident.
_TABLES = ("incidents", "areas", "bands", "spots", "mixed_areas", "unplaced")
# Envelopes that may follow the header, by the flags' bits 1 to 3 (2.1.3.1).
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)


def read_geopackage(path: Path) -> gpd.GeoDataFrame | None:
    """Return the incidents of a package that export wrote; None if it is somebody else's.

    Raises
    ------
    InputError
        The file is no GeoPackage, or broken.
    """
    import geopandas as gpd
    import pandas as pd

    try:
        # immutable: no lock and no side file, also from a folder that cannot be written.
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error as error:
        raise InputError(f"{path}: cannot be opened: {error}") from error
    try:
        listed = {name for (name,) in db.execute("SELECT table_name FROM gpkg_contents")}
        if not {"incidents", "unplaced"} <= listed:
            return None
        frames = [_table(db, name) for name in _TABLES if name in listed]
    except sqlite3.Error as error:
        raise InputError(f"{path}: is no GeoPackage, or broken: {error}") from error
    except (IndexError, ValueError) as error:
        raise InputError(f"{path}: a geometry is broken: {error}") from error
    finally:
        db.close()
    if not {"id", "date_start"} <= set(frames[0].columns):
        return None
    stacked = pd.concat([f for f in frames if len(f)] or frames[:1], ignore_index=True)
    shapes = gpd.GeoSeries(stacked["geometry"].to_numpy(object), crs="EPSG:4326")
    return as_incidents(stacked.assign(geometry=shapes), name=str(path))


def _table(db: sqlite3.Connection, name: str) -> pd.DataFrame:
    """Return one table's rows with their types; geometries in ``geometry``."""
    import pandas as pd

    rows = db.execute(f'PRAGMA table_info("{name}")').fetchall()
    types = {str(row[1]): str(row[2]) for row in rows}
    db.text_factory = str
    cells = db.execute(f'SELECT * FROM "{name}" ORDER BY fid').fetchall()  # noqa: S608
    columns = dict(
        zip(types, zip(*cells, strict=True) if cells else [()] * len(types), strict=True)
    )
    frame = {
        column: _typed(pd.Series(values, dtype=object), types[column])
        for column, values in columns.items()
        if column not in {"fid", "geom", "start_dt", "end_dt"}
    }
    if "geom" in columns:
        shapes = _shapes(columns["geom"], is_multiple=types["geom"].startswith("MULTI"))
    else:
        shapes = _vague_points(frame, len(cells))
    return pd.DataFrame(frame).assign(geometry=pd.Series(shapes, dtype=object))


def _typed(values: pd.Series, declared: str) -> pd.Series:
    import pandas as pd

    missing = bool(values.isna().any())
    if declared in {"DATE", "DATETIME"}:
        times = pd.to_datetime(values, format="ISO8601", utc=True).dt.tz_localize(None)
        return times.astype("datetime64[s]")
    if declared == "INTEGER":
        return values.astype("Int64" if missing else "int64")
    if declared == "BOOLEAN":
        return values.astype("boolean" if missing else "bool")
    return values.astype("float64" if declared == "REAL" else "str")


def _shapes(blobs: tuple[bytes, ...], *, is_multiple: bool) -> NDArray[np.object_]:
    """Return shapes; those of one part in a layer of multiple ones are single again."""
    import shapely

    wkb = [blob[8 + _ENVELOPE_BYTES[(blob[3] >> 1) & 7] :] for blob in blobs]
    shapes = np.asarray(shapely.from_wkb(np.array(wkb, dtype=object)), dtype=object)
    if is_multiple:
        single = shapely.get_num_geometries(shapes) == 1
        shapes[single] = shapely.get_geometry(shapes[single], 0)
    return shapes


def _vague_points(frame: dict[str, Any], count: int) -> NDArray[np.object_]:
    """Return the points that stand for areas, kept as coordinates beside the map."""
    import shapely

    shapes = np.full(count, None, dtype=object)
    if {"lon", "lat"} <= frame.keys():
        lon, lat = (frame.pop(c).to_numpy(float) for c in ("lon", "lat"))
        known = ~np.isnan(lon)
        shapes[known] = shapely.points(lon[known], lat[known])
    return shapes
