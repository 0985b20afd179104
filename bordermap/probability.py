"""How much of a Gaussian position lies inside a polygon: exact, edge by edge.

The mass of a circular Gaussian over a polygon is a sum over its edges of
Owen's T function (Owen 1956; DiDonato and Hageman 1982 for polygons): an edge
at distance h, seen between the tangents a and b, takes T(h, b) - T(h, a) from
the winding number. Edges beyond `_REACH` sigmas take less than a millionth and
are left out, so the cost is that of the few edges near each point. For one
straight line this is Phi(d / sigma).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bordermap.geo import metres_per_degree

if TYPE_CHECKING:
    import shapely
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["RADIUS_SIGMAS", "WIDTH_SIGMAS", "PolygonMass", "sigma_m"]

RADIUS_SIGMAS = 2.447746830680816
"""A circle of so many sigmas holds 95 % of a circular Gaussian: sqrt(-2 ln 0.05)."""

WIDTH_SIGMAS = 1.959963984540054
"""A band of so many sigmas to each side holds 95 % of a Gaussian across a line."""

_REACH = 5.0
_CHUNK = 50_000  # Points handled at a time: bounds the memory of point-edge pairs.


def sigma_m(radius_m: Floats, accuracy_m: Floats) -> Floats:
    """Return the standard deviation in metres of a position against a line.

    Parameters
    ----------
    radius_m
        Metres that hold the true spot with 95 % probability; NaN counts as 0.
    accuracy_m
        The line's own accuracy across it, metres at 95 %.
    """
    return np.hypot(np.nan_to_num(radius_m) / RADIUS_SIGMAS, accuracy_m / WIDTH_SIGMAS)


class PolygonMass:
    """The probability that positions with doubt lie inside one polygon.

    Parameters
    ----------
    polygon
        A Polygon or MultiPolygon in EPSG:4326.
    """

    def __init__(self, polygon: shapely.Geometry) -> None:
        import shapely

        self._polygon = shapely.orient_polygons(polygon)
        shapely.prepare(self._polygon)
        self._levels: dict[float, _Edges] = {}

    def __call__(self, lon: Floats, lat: Floats, sigma: Floats) -> Floats:
        """Return n probabilities for n positions.

        Parameters
        ----------
        lon, lat
            Degrees, EPSG:4326, n finite values each.
        sigma
            Standard deviation of each position, metres; 0 gives 0 or 1.
        """
        import shapely

        result = shapely.contains_xy(self._polygon, lon, lat).astype(float)
        # A shape simplified by a hundredth of sigma moves a probability by at most 0.004.
        finest = np.array([0.0, *_TOLERANCES_M])
        level = np.searchsorted(finest * 100, sigma, side="right") - 1
        for number in np.unique(level[sigma > 0]):
            rows = np.flatnonzero((level == number) & (sigma > 0))
            edges = self._level(float(finest[number]))
            for begin in range(0, len(rows), _CHUNK):
                some = rows[begin : begin + _CHUNK]
                result[some] = edges.mass(lon[some], lat[some], sigma[some])
        return result

    def _level(self, tolerance_m: float) -> _Edges:
        if tolerance_m not in self._levels:
            self._levels[tolerance_m] = _Edges(_simplified(self._polygon, tolerance_m))
        return self._levels[tolerance_m]


_TOLERANCES_M = (10.0, 50.0, 500.0, 5000.0)


def _simplified(polygon: shapely.Geometry, tolerance_m: float) -> shapely.Geometry:
    import shapely

    if tolerance_m == 0:
        return polygon
    east, north = metres_per_degree(shapely.get_coordinates(polygon)[:, 1].mean())
    scale = np.array([float(east), float(north)])
    flat = shapely.transform(polygon, lambda c: c * scale)
    coarse = shapely.simplify(flat, tolerance_m, preserve_topology=True)
    return shapely.orient_polygons(shapely.transform(coarse, lambda c: c / scale))


class _Edges:
    """The directed edges of a polygon, its inside on their left."""

    def __init__(self, polygon: shapely.Geometry) -> None:
        import shapely

        self._polygon = polygon
        shapely.prepare(polygon)
        rings = shapely.get_rings(polygon)
        coordinates, ring = shapely.get_coordinates(rings, return_index=True)
        same = ring[1:] == ring[:-1]
        self._a, self._b = coordinates[:-1][same], coordinates[1:][same]
        lines = shapely.linestrings(np.stack([self._a, self._b], axis=1))
        self._tree = shapely.STRtree(np.atleast_1d(np.asarray(lines, object)))

    def mass(self, lon: Floats, lat: Floats, sigma: Floats) -> Floats:
        import shapely
        from scipy.special import owens_t

        east, north = metres_per_degree(lat)
        dx, dy = _REACH * sigma / east, _REACH * sigma / north
        row, edge = self._tree.query(shapely.box(lon - dx, lat - dy, lon + dx, lat + dy))
        # Local plane at the point, in sigmas.
        scale_x, scale_y = (east / sigma)[row], (north / sigma)[row]
        ax, ay = (self._a[edge, 0] - lon[row]) * scale_x, (self._a[edge, 1] - lat[row]) * scale_y
        bx, by = (self._b[edge, 0] - lon[row]) * scale_x, (self._b[edge, 1] - lat[row]) * scale_y
        ux, uy = bx - ax, by - ay
        length = np.hypot(ux, uy)
        ux, uy = ux / length, uy / length
        # Positive where the point lies left of the edge.
        h = ax * uy - ay * ux
        near = abs(h) < _REACH
        row, h = row[near], h[near]
        along = [(x * ux + y * uy)[near] for x, y in ((ax, ay), (bx, by))]
        distance = np.maximum(abs(h), 1e-12)
        taken = owens_t(distance, along[1] / distance) - owens_t(distance, along[0] / distance)
        lost = np.bincount(row, np.where(h > 0, -taken, taken), minlength=len(lon))
        p = shapely.contains_xy(self._polygon, lon, lat) + lost
        # A point within rounding of an edge may be taken for inside by one test and outside by
        # the other; then the sum is off by the winding number, exactly 1.
        p = np.where(p < -0.25, p + 1, np.where(p > 1.25, p - 1, p))
        return np.clip(p, 0.0, 1.0)
