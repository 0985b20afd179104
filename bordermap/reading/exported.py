"""Files that ``bordermap export`` wrote for other programs, read back to the same table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bordermap.errors import InputError
from bordermap.reading.result import Reading

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["EXPORTED", "read_exported"]

EXPORTED = {
    ".gpkg": "geopackage", ".qgz": "geopackage", ".kml": "kml", ".kmz": "kml",
    ".parquet": "geoparquet", ".geoparquet": "geoparquet",
}  # fmt: skip
"""What a file's ending says of its kind."""


def read_exported(path: str | Path) -> Reading:
    """Return the incidents of a file that export wrote, as they were, sited columns included.

    A ``.qgz`` stands for the GeoPackage of the same name beside it.

    Raises
    ------
    InputError
        There is no such file, it is broken, or holds no table of ours.
    """
    import pandas as pd

    file = Path(path)
    if not file.exists():
        raise InputError(f"{path}: no such file")
    found = _incidents(file, EXPORTED[file.suffix.lower()])
    if found is None:
        raise InputError(
            f"{path}: holds no incidents that bordermap export wrote; save the layer as GeoJSON"
        )
    return Reading(str(path), found, pd.DataFrame(), len(found))


def _incidents(file: Path, kind: str) -> gpd.GeoDataFrame | None:
    if kind == "geopackage":
        from bordermap.reading.geopackage import read_geopackage

        package = file.with_suffix(".gpkg")
        if not package.exists():
            raise InputError(f"{file}: its data is not beside it; put {package.name} there")
        return read_geopackage(package)
    if kind == "kml":
        from bordermap.reading.kml import read_kml

        return read_kml(file)
    from bordermap.reading.geoparquet import read_geoparquet

    return read_geoparquet(file)
