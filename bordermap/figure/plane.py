"""The map's plane: a Mercator projection measured in millimetres of paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.errors import InputError
from bordermap.geo import metres_per_degree

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Plane", "Window", "fitted", "within_world"]

Window = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

# First eccentricity of WGS84.
_E = 0.0818191908426215
# Mercator ends here; its square world is as tall as wide.
_LAT_MAX = 85.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """A window of the world on a sheet of paper, ``x`` right and ``y`` up, in millimetres.

    ``window_wsen`` is in degrees, ``mm_per_unit`` the paper's length of one
    radian of longitude.
    """

    window_wsen: Window
    width_mm: float
    height_mm: float
    mm_per_unit: float

    def mm(self, lon_lat: Floats) -> Floats:
        """Return millimetres from the lower left corner for longitudes and latitudes (n, 2)."""
        corner = _mercator(np.array([self.window_wsen[:2]]))
        return (_mercator(lon_lat) - corner) * self.mm_per_unit

    def on_paper(self, shapes: Any) -> Any:
        """Return geometries in millimetres."""
        import shapely

        return shapely.transform(shapes, self.mm)

    @property
    def lat(self) -> float:
        """The latitude of the window's middle, at which the scale is told."""
        return (self.window_wsen[1] + self.window_wsen[3]) / 2

    def mm_per_km(self, lat: float | None = None) -> float:
        """Return how long a kilometre is on paper at a latitude, by default the middle's."""
        east_m, _ = metres_per_degree(self.lat if lat is None else lat)
        return float(self.mm_per_unit * np.radians(1.0) / float(east_m) * 1000)


def fitted(bounds_wsen: Window, *, width_mm: float, height_mm: float) -> Plane:
    """Return the plane of this size that holds the bounds, centred.

    Raises
    ------
    InputError
        The bounds reach beyond 85 degrees north or south, where Mercator ends.
    """
    west, south, east, north = bounds_wsen
    if north > _LAT_MAX or south < -_LAT_MAX:
        raise InputError(f"a figure ends at {_LAT_MAX:g} degrees; the window reaches beyond")
    low, high = _mercator(np.array([[west, south], [east, north]]))
    mm_per_unit = min(width_mm / (high[0] - low[0]), height_mm / (high[1] - low[1]))
    middle = (low + high) / 2
    half = np.array([width_mm, height_mm]) / mm_per_unit / 2
    corners = _unproject(np.array([middle - half, middle + half]))
    window = (*(float(v) for v in corners[0]), *(float(v) for v in corners[1]))
    return Plane(
        window_wsen=(window[0], window[1], window[2], window[3]),
        width_mm=width_mm,
        height_mm=height_mm,
        mm_per_unit=mm_per_unit,
    )


def within_world(window: Window) -> Window:
    """Return the part of a window that is on the globe."""
    w, s, e, n = window
    return (max(w, -180.0), max(s, -90.0), min(e, 180.0), min(n, 90.0))


def _mercator(lon_lat: Floats) -> Floats:
    """Project to the ellipsoid's Mercator, radians (Snyder, 1987, eq. 7-7)."""
    lon, lat = np.radians(lon_lat[:, 0]), np.radians(lon_lat[:, 1])
    y = np.arcsinh(np.tan(lat)) - _E * np.arctanh(_E * np.sin(lat))
    return np.stack([lon, y], axis=-1)


def _unproject(xy: Floats) -> Floats:
    """Return longitude and latitude in degrees; five rounds are right to 1e-10."""
    lat = np.arctan(np.sinh(xy[:, 1]))
    for _ in range(5):
        lat = np.arctan(np.sinh(xy[:, 1] + _E * np.arctanh(_E * np.sin(lat))))
    found: Floats = np.degrees(np.stack([xy[:, 0], lat], axis=-1))
    return found
