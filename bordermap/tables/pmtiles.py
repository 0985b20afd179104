"""PMTiles: vector tiles of all incidents with a place, in one file for web maps.

GDAL writes them, which pyogrio brings along.
https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bordermap.errors import InputError, MissingDataError, OutputError
from bordermap.files import written_whole
from bordermap.layers import without_vague_points

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["COLUMNS", "MAX_ZOOM", "MIN_ZOOM", "write_pmtiles"]

COLUMNS = (
    "id", "title", "kind", "date_start", "date_end", "date_precision", "place_name",
    "place_name_ko", "radius_m", "precision", "side", "p_north", "distance_m", "zone",
    "source_url",
)  # fmt: skip
"""What a tile tells of an incident."""

MIN_ZOOM, MAX_ZOOM = 4, 10
"""Tiles of these zooms are written; on the last, points lie on a grid of 10 m."""


def write_pmtiles(
    incidents: gpd.GeoDataFrame, path: str | Path, *, title: str | None = None
) -> None:
    """Write the incidents that have a place as vector tiles, whole or not at all.

    Each tile holds all incidents in it in one layer, ``incidents``; none is
    thinned out. Those known to an area keep it, cut at the tiles' edges.

    Parameters
    ----------
    incidents
        An incident table, EPSG:4326.
    path
        The file.
    title
        The tiles' name.

    Raises
    ------
    InputError
        No incident has a place.
    MissingDataError
        pyogrio's GDAL cannot write PMTiles.
    OutputError
        The file cannot be written.
    """
    import pyogrio

    if "w" not in pyogrio.list_drivers().get("PMTiles", ""):
        raise MissingDataError(
            f"{path}: PMTiles need GDAL 3.8 or later with SQLite; pyogrio's wheels bring it: "
            "pip install --force-reinstall pyogrio"
        )
    frame = without_vague_points(incidents)
    frame = frame[frame.geometry.notna() & ~frame.geometry.is_empty].sort_values("id")
    if frame.empty:
        raise InputError(f"{path}: no incident has a place, so there is nothing to tile")
    frame = frame[[c for c in COLUMNS if c in frame] + [frame.geometry.name]].copy()
    for name in ("date_start", "date_end"):  # tiles have no dates
        frame[name] = frame[name].dt.strftime("%Y-%m-%d").astype("str")
    with written_whole(path) as partial:
        partial.unlink()  # GDAL makes its own
        try:
            pyogrio.write_dataframe(
                frame, partial, driver="PMTiles", layer="incidents",
                NAME=title or "incidents", MINZOOM=MIN_ZOOM, MAXZOOM=MAX_ZOOM,
                # Without these GDAL drops what a tile has too much of.
                MAX_SIZE=2**31 - 1, MAX_FEATURES=len(frame) + 1,
            )  # fmt: skip
        except pyogrio.errors.DataSourceError as error:
            raise OutputError(f"{path}: cannot be written: {error}") from error
