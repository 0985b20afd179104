"""Geodesic and Cartesian functions on arrays: distances, discs, edges.

Longitude comes first and is in degrees, EPSG:4326; lengths are metres on the
WGS84 ellipsoid.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import shapely
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

__all__ = [
    "densified",
    "discs",
    "ecef",
    "geodesic_m",
    "geodesic_of_chord_m",
    "metres_per_degree",
    "point_to_edge",
    "polygon_area_m2",
    "repeats",
]

# WGS84: semi-major axis in metres and first eccentricity squared (NIMA TR8350.2).
_A_M = 6378137.0
_E2 = 0.0066943799901413165
# Chords up to here become geodesics by a series.
_SHORT_M = 100_000.0


def repeats(*columns: ArrayLike) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return which rows are the same in all columns of numbers, NaN being like NaN.

    Event tables name a town again and again: what is slow is done once for each
    distinct position.

    Parameters
    ----------
    columns
        Arrays of n numbers each.

    Returns
    -------
    The first row of each distinct combination, in order of occurrence; and for
    each of the n rows the number of its combination.

    Examples
    --------
    >>> first, number = repeats([127.0, 126.5, 127.0], [38.0, 37.5, 38.0])
    >>> first.tolist(), number.tolist()
    ([0, 1], [0, 1, 0])
    """
    import pandas as pd

    values = [np.asarray(c, float) for c in columns]
    mixed = np.zeros(len(values[0]), np.uint64)
    for column in values:
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) ^ pd.util.hash_array(column)
    number, distinct = pd.factorize(mixed)
    first = np.full(len(distinct), len(mixed), np.intp)
    first[number[::-1]] = np.arange(len(mixed))[::-1]
    if not all(np.array_equal(c[first][number], c, equal_nan=True) for c in values):
        # Two combinations share a hash, which a hostile table may arrange: sort instead.
        stacked = np.stack(values, axis=1)
        _, first, number = np.unique(stacked, axis=0, return_index=True, return_inverse=True)
    return first, number.reshape(-1)


def ecef(lon: ArrayLike, lat: ArrayLike) -> Floats:
    """Return Earth-centred Cartesian coordinates, metres, shape (n, 3).

    Straight distances between such points order and differ as geodesic ones
    do (0.05 m at 200 km), everywhere on Earth, without a projection.
    """
    phi, lam = np.radians(np.asarray(lat, float)), np.radians(np.asarray(lon, float))
    sin_phi, cos_phi = np.sin(phi), np.cos(phi)
    normal = _A_M / np.sqrt(1 - _E2 * sin_phi**2)
    x, y = normal * cos_phi * np.cos(lam), normal * cos_phi * np.sin(lam)
    return np.stack([x, y, normal * (1 - _E2) * sin_phi], axis=-1)


def metres_per_degree(lat: ArrayLike) -> tuple[Floats, Floats]:
    """Return the length in metres of one degree of longitude and of latitude at ``lat``."""
    phi = np.radians(np.asarray(lat, float))
    w2 = 1 - _E2 * np.sin(phi) ** 2
    east = np.cos(phi) * _A_M / np.sqrt(w2)
    north = _A_M * (1 - _E2) / w2**1.5
    return np.radians(east), np.radians(north)


@functools.cache
def _geod() -> Any:
    from pyproj import Geod

    return Geod(ellps="WGS84")


def geodesic_m(lon1: ArrayLike, lat1: ArrayLike, lon2: ArrayLike, lat2: ArrayLike) -> Floats:
    """Return the geodesic distance in metres between n pairs of points (Karney, 2013)."""
    pairs = np.broadcast_arrays(*(np.asarray(v, float) for v in (lon1, lat1, lon2, lat2)))
    _, _, distance_m = _geod().inv(*pairs)
    result: Floats = np.array(distance_m, dtype=np.float64)
    return result


def geodesic_of_chord_m(
    chord_m: Floats, lon1: Floats, lat1: Floats, lon2: Floats, lat2: Floats
) -> Floats:
    """Return geodesic distances in metres between n pairs of points whose chords are known.

    Up to 100 km the arc over the chord on a sphere of the ellipsoid's mean radius
    at the first point is right to 0.01 m and ten times as fast; farther pairs go
    through `geodesic_m`. NaN where a chord is NaN.
    """
    w2 = 1 - _E2 * np.sin(np.radians(lat1)) ** 2
    radius: Floats = _A_M * np.sqrt(1 - _E2) / w2
    square = (chord_m / radius) ** 2
    arc: Floats = chord_m * (1 + square / 24 + 3 * square**2 / 640)
    far = np.flatnonzero(chord_m > _SHORT_M)
    arc[far] = geodesic_m(lon1[far], lat1[far], lon2[far], lat2[far])
    return arc


def discs(
    lon: ArrayLike, lat: ArrayLike, radius_m: ArrayLike, *, vertices: int = 64
) -> NDArray[np.object_]:
    """Return n polygons whose rings lie ``radius_m`` from their centre, along the ground.

    Parameters
    ----------
    lon, lat
        Centres, n values each.
    radius_m
        One radius for all, or n; positive.
    vertices
        How many vertices a ring has; 64 make an area 0.16 % too small.
    """
    import shapely

    lon, lat, radius = (np.atleast_1d(np.asarray(v, float)) for v in (lon, lat, radius_m))
    lon, lat, radius = np.broadcast_arrays(lon, lat, radius)
    # Counter-clockwise, as RFC 7946 wants outer rings.
    azimuth = -np.linspace(0.0, 360.0, vertices, endpoint=False)
    n = len(lon)
    x, y, _ = _geod().fwd(
        np.repeat(lon, vertices),
        np.repeat(lat, vertices),
        np.tile(azimuth, n),
        np.repeat(radius, vertices),
    )
    rings = np.stack([x, y], axis=-1).reshape(n, vertices, 2)
    closed = np.concatenate([rings, rings[:, :1]], axis=1)
    return np.asarray(shapely.polygons(shapely.linearrings(closed)), dtype=object)


def densified(vertices: Floats, *, longest_m: float) -> tuple[Floats, NDArray[np.intp]]:
    """Return a chain with edges of at most ``longest_m``, and each edge's old edge number.

    The new vertices lie on the old edges, which are straight in degrees.

    Parameters
    ----------
    vertices
        Longitude and latitude, shape (n, 2).
    longest_m
        The longest edge wanted, metres.
    """
    a, b = vertices[:-1], vertices[1:]
    east, north = metres_per_degree((a[:, 1] + b[:, 1]) / 2)
    length = np.hypot((b[:, 0] - a[:, 0]) * east, (b[:, 1] - a[:, 1]) * north)
    pieces = np.maximum(np.ceil(length / longest_m).astype(int), 1)
    old = np.repeat(np.arange(len(a)), pieces)
    first = np.cumsum(pieces) - pieces
    t = (np.arange(len(old)) - first[old]) / pieces[old]
    inner = a[old] + t[:, None] * (b - a)[old]
    return np.vstack([inner, vertices[-1:]]), old


def point_to_edge(points: Floats, start: Floats, along: Floats) -> tuple[Floats, Floats]:
    """Return squared distance and parameter of the nearest point, pair by pair.

    Parameters
    ----------
    points
        Cartesian points, metres, shape (n, 3).
    start, along
        An edge's first point and its vector to the last, shape (n, 3) each.

    Returns
    -------
    Squared distance in square metres, and where on the edge: 0 start to 1 end.
    """
    offset = points - start
    length2 = np.einsum("ij,ij->i", along, along)
    t = np.einsum("ij,ij->i", offset, along) / np.where(length2 > 0, length2, 1.0)
    np.clip(t, 0.0, 1.0, out=t)
    offset -= t[:, None] * along
    return np.einsum("ij,ij->i", offset, offset), t


def polygon_area_m2(geometries: Sequence[shapely.Geometry] | NDArray[np.object_]) -> Floats:
    """Return areas in square metres, with edges straight in degrees.

    A cylindrical equal-area projection keeps such edges nearly straight: within
    1 part in 10,000 of the ellipsoid's area for shapes of up to a few degrees.
    """
    import shapely

    def project(coordinates: Floats) -> Floats:
        sin_phi = np.sin(np.radians(coordinates[:, 1]))
        e = np.sqrt(_E2)
        # Authalic ordinate, Snyder (1987), eq. 3-12.
        q = (1 - _E2) * (
            sin_phi / (1 - _E2 * sin_phi**2)
            - np.log((1 - e * sin_phi) / (1 + e * sin_phi)) / (2 * e)
        )
        return np.stack([np.radians(coordinates[:, 0]) * _A_M, q / 2 * _A_M], axis=-1)

    return np.asarray(shapely.area(shapely.transform(np.asarray(geometries, object), project)))
