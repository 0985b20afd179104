"""The offline base map: land, water, boundaries and labels to draw beneath incidents.

It is a picture to find one's way by, not a statement: the country of a piece of
land is the one that its source files it under, and no incident is sited by it.
The lines of `bordermap.line` are left out of its boundaries; a map draws them itself.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bordermap.errors import InputError
from bordermap.files import geodata_path

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Basemap", "load_basemap"]

LAYERS = ("land", "coast", "lakes", "rivers", "boundaries", "labels")


@dataclass(frozen=True, kw_only=True, eq=False)
class Basemap:
    """What lies beneath a map in one window; all frames EPSG:4326 and clipped to it.

    Attributes
    ----------
    land
        Polygons by country: ``iso`` (three letters), ``name_en``, ``name_ko``.
        Neighbours share the very same edge, so strokes belong to `coast`,
        and a fill needs none; see `coast`.
    coast
        The shores of ``land`` as lines, without the edges that countries share
        and without the window's frame.
    lakes
        Polygons with a ``rank``, 1 the largest.
    rivers
        Lines with a ``rank``, 1 the longest.
    boundaries
        Lines with a ``kind``: ``country``, ``province`` or ``county``.
    labels
        Points: ``name_en``, ``name_ko``, ``kind`` (``country``, ``capital``,
        ``city``, ``town``, ``village``, ``province``, ``sea``, ``island``) and
        ``rank``, 1 the most important; the most important first.
    window_wsen
        West, south, east, north in degrees.
    attributions
        What a map that shows this must say.
    """

    land: gpd.GeoDataFrame
    coast: gpd.GeoDataFrame
    lakes: gpd.GeoDataFrame
    rivers: gpd.GeoDataFrame
    boundaries: gpd.GeoDataFrame
    labels: gpd.GeoDataFrame
    window_wsen: tuple[float, float, float, float]
    attributions: tuple[str, ...]


def load_basemap(window_wsen: tuple[float, float, float, float]) -> Basemap:
    """Return the packaged base map in a window.

    Near the packaged lines it is drawn from detailed land, elsewhere from
    Natural Earth at 1:10 million and 1:50 million.

    Parameters
    ----------
    window_wsen
        West, south, east, north in degrees, EPSG:4326; must not cross the
        antimeridian.

    Raises
    ------
    InputError
        The window has no extent or leaves the globe.

    Examples
    --------
    >>> basemap = load_basemap((126.0, 37.0, 128.0, 39.0))
    >>> sorted(set(basemap.land["iso"]))
    ['KOR', 'PRK']
    """
    west, south, east, north = (float(v) for v in window_wsen)
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise InputError(
            f"window {west:g},{south:g},{east:g},{north:g}: give west, south, east, north in "
            "degrees, west below east and south below north"
        )
    window = (west, south, east, north)
    frames = {name: _clipped(name, window) for name in LAYERS}
    frames["labels"] = frames["labels"].sort_values("rank", kind="stable", ignore_index=True)
    return Basemap(
        **frames,
        window_wsen=window,
        attributions=_attributions(),
    )


def _clipped(name: str, window: tuple[float, float, float, float]) -> gpd.GeoDataFrame:
    """Return the rows of a layer that reach into the window, cut at its frame."""
    import geopandas as gpd
    import shapely

    frame = gpd.read_file(geodata_path(f"basemap/{name}.fgb"), bbox=window, engine="pyogrio")
    shapes = shapely.clip_by_rect(frame.geometry.to_numpy(), *window)
    wanted = shapely.get_dimensions(frame.geometry.to_numpy()) == shapely.get_dimensions(shapes)
    kept = frame.loc[wanted & ~shapely.is_empty(shapes)]
    return kept.set_geometry(list(shapes[kept.index]), crs="EPSG:4326").reset_index(drop=True)


@functools.cache
def _attributions() -> tuple[str, ...]:
    import tomllib

    with geodata_path("SOURCES.toml").open("rb") as file:
        sources = tomllib.load(file)
    said = [sources[f"basemap/{name}.fgb"]["attribution"] for name in LAYERS]
    parts = [part.strip() for text in said for part in text.split(";") if part.strip()]
    return tuple(dict.fromkeys(parts))
