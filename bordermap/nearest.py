"""Which edge of a line lies nearest, for a million points a second, anywhere on Earth.

A quadtree over longitude and latitude keeps, for each of its leaves, the edges
that can be nearest to some point of the leaf: few, mostly one to six. A query
walks all points down the tree at once and measures those few. Nothing is
approximated but the Earth's curvature between chords (see `bordermap.geo.ecef`).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.geo import ecef, point_to_edge

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["EdgeIndex", "NearestEdges"]

_FEW = 5  # A leaf with no more candidate edges is not split.
_DEEPEST = 18  # So many halvings of the tree's square at most.
_MARGIN_DEG = 8.0  # The tree spans so much beyond the line; farther points go by vertices.
# Cells are split until they reach so far, plus a part of their distance from the line.
_FINEST_M, _FINE = 400.0, 0.03
# An edge that is nearer than a kept one by no more than this may be dropped, once a level.
_TIE_M, _TIE = 1e-3, 1e-8
_EARTH_M = 6_400_000.0  # Rounded up, so that cells are never taken for smaller than they are.
_CHUNK = 1 << 18  # Points handled at a time, so that temporary arrays stay in the cache.
_PAIRS = 1 << 21  # At most so many point-edge pairs are measured at a time without the tree.
_FEW_POINTS = 20_000  # For no more points, building the tree costs more than it saves.


@dataclass(frozen=True, slots=True)
class NearestEdges:
    """For n points: the nearest edge's number, where on it (0..1), and the chord in metres."""

    edge: Ints
    t: Floats
    chord_m: Floats


@dataclass(slots=True)
class _Tree:
    west: float  # the square's corner and side, degrees
    south: float
    side: float
    child: Ints  # number of the first of four children, -1 for a leaf
    first: Ints  # where a leaf's candidates begin in ``candidates``
    count: Ints
    candidates: Ints


class EdgeIndex:
    """The nearest edge to points, among edges given by their ends.

    Parameters
    ----------
    start, end
        Longitude and latitude in degrees, shape (m, 2) each. Edges are taken
        as straight chords, so cut long ones first (1 km sags by 0.02 m).
    """

    def __init__(self, start: Floats, end: Floats) -> None:
        self._start = ecef(start[:, 0], start[:, 1])
        self._along = ecef(end[:, 0], end[:, 1]) - self._start
        self._bounds = (*start.min(axis=0), *start.max(axis=0))
        self._tree: _Tree | None = None

    def nearest(self, lon: ArrayLike, lat: ArrayLike) -> NearestEdges:
        """Return the nearest edge to each of n points; -1 and NaN where a point is NaN.

        Distances are right to 0.02 m within 300 km of the edges, and to 2 parts
        in a million beyond.
        """
        x, y = np.asarray(lon, float), np.asarray(lat, float)
        n = len(x)
        found = NearestEdges(np.full(n, -1), np.full(n, np.nan), np.full(n, np.nan))
        if n > _FEW_POINTS and self._tree is None:
            self._tree = _grown(self._start, self._along, self._bounds)
        for begin in range(0, n, _CHUNK):
            part = slice(begin, begin + _CHUNK)
            rows = begin + np.flatnonzero(np.isfinite(x[part]) & np.isfinite(y[part]))
            inside = self._inside(x[rows], y[rows])
            for some, measure in ((rows[inside], self._few), (rows[~inside], self._far)):
                best = measure(x[some], y[some])
                found.edge[some], found.t[some] = best.edge, best.t
                found.chord_m[some] = best.chord_m
        return found

    def _inside(self, lon: Floats, lat: Floats) -> NDArray[np.bool_]:
        tree = self._tree
        if tree is None:
            return np.zeros(len(lon), bool)
        return (((lon - tree.west) % 360.0) < tree.side) & (
            (lat >= tree.south) & (lat < tree.south + tree.side)
        )

    def _all(self, lon: Floats, lat: Floats) -> NearestEdges:
        """Measure the edges of every run that may hold the nearest; needs no tree."""
        n = len(lon)
        found = NearestEdges(np.empty(n, np.int64), np.empty(n), np.empty(n))
        first, count, centre, reach = self._runs
        step = max(_PAIRS // len(self._start), 1)
        for begin in range(0, n, step):
            part = slice(begin, begin + step)
            points = ecef(lon[part], lat[part])
            away = np.linalg.norm(points[:, None] - centre, axis=2)
            farthest = (away + reach).min(axis=1)
            point, run = np.nonzero(away - reach <= farthest[:, None] + _TIE_M)
            pairs = np.repeat(point, count[run])
            ends = np.cumsum(count[run])
            edge = np.arange(len(pairs)) + np.repeat(first[run] + count[run] - ends, count[run])
            d2, t = point_to_edge(points[pairs], self._start[edge], self._along[edge])
            rows = np.arange(len(points))
            lowest = np.minimum.reduceat(d2, np.searchsorted(pairs, rows))
            # Of two edges equally near, the one with the lower number, which comes first.
            at_lowest = np.flatnonzero(d2 == lowest[pairs])
            best = at_lowest[np.searchsorted(pairs[at_lowest], rows)]
            found.edge[part], found.t[part] = edge[best], t[best]
            found.chord_m[part] = np.sqrt(d2[best])
        return found

    @functools.cached_property
    def _runs(self) -> tuple[Ints, Ints, Floats, Floats]:
        """Edges that follow on each other: first, count, centre, and metres that hold them."""
        m = len(self._start)
        first = np.arange(0, m, max(round(m**0.5), 1))
        count = np.diff(np.append(first, m))
        middle = self._start + self._along / 2
        centre = np.add.reduceat(middle, first) / count[:, None]
        out = np.linalg.norm(middle - np.repeat(centre, count, axis=0), axis=1)
        out += np.linalg.norm(self._along, axis=1) / 2
        return first, count, centre, np.maximum.reduceat(out, first)

    def _far(self, lon: Floats, lat: Floats) -> NearestEdges:
        """Measure the two edges at the nearest vertex.

        Edges are at most 1 km long, so from 800 km away the line is nearer than
        that vertex by no more than 500^2 / (2 * 800,000) m, 0.16 m.
        """
        if self._tree is None:
            return self._all(lon, lat)
        points = ecef(lon, lat)
        _, vertex = self._vertices.query(points)
        last = len(self._start) - 1
        edge = np.minimum(vertex, last)
        d2, t = point_to_edge(points, self._start[edge], self._along[edge])
        before = np.maximum(vertex - 1, 0)
        d2_b, t_b = point_to_edge(points, self._start[before], self._along[before])
        closer = (d2_b < d2) | ((d2_b == d2) & (before < edge))
        return NearestEdges(
            np.where(closer, before, edge),
            np.where(closer, t_b, t),
            np.sqrt(np.where(closer, d2_b, d2)),
        )

    @functools.cached_property
    def _vertices(self) -> Any:
        """A tree of the edges' first points and the end of the last."""
        from scipy.spatial import KDTree

        return KDTree(np.vstack([self._start, self._start[-1:] + self._along[-1:]]))

    def _few(self, lon: Floats, lat: Floats) -> NearestEdges:
        tree = self._tree
        if tree is None or not len(lon):
            return self._all(lon, lat)
        points = ecef(lon, lat)
        leaf = _leaf_of(tree, lon, lat)
        n = len(points)
        edge = tree.candidates[tree.first[leaf]]
        d2, t = point_to_edge(points, self._start[edge], self._along[edge])
        rows = np.arange(n)
        for k in range(1, int(tree.count[leaf].max(initial=0))):
            rows = rows[tree.count[leaf[rows]] > k]
            other = tree.candidates[tree.first[leaf[rows]] + k]
            d2_k, t_k = point_to_edge(points[rows], self._start[other], self._along[other])
            # Of two edges equally near, the one with the lower number, whatever the leaf's order.
            closer = (d2_k < d2[rows]) | ((d2_k == d2[rows]) & (other < edge[rows]))
            won = rows[closer]
            edge[won], d2[won], t[won] = other[closer], d2_k[closer], t_k[closer]
        return NearestEdges(edge, t, np.sqrt(d2))


def _leaf_of(tree: _Tree, lon: Floats, lat: Floats) -> Ints:
    # Both axes as whole numbers of the deepest cells.
    scale = (1 << _DEEPEST) / tree.side
    top = (1 << _DEEPEST) - 1
    x = (((lon - tree.west) % 360.0) * scale).astype(np.int64).clip(0, top)
    y = ((lat - tree.south) * scale).astype(np.int64).clip(0, top)
    node = np.zeros(len(lon), np.int64)
    rows = np.arange(len(lon))
    for level in range(_DEEPEST):
        first_child = tree.child[node[rows]]
        inner = first_child >= 0
        if not inner.any():
            break
        rows = rows[inner]
        bit = _DEEPEST - 1 - level
        quadrant = ((x[rows] >> bit) & 1) + 2 * ((y[rows] >> bit) & 1)
        node[rows] = first_child[inner] + quadrant
    return node


def _grown(start: Floats, along: Floats, bounds: tuple[float, float, float, float]) -> _Tree:
    """Build the tree level by level, all nodes of a level at once."""
    side = max(bounds[2] - bounds[0], bounds[3] - bounds[1]) + 2 * _MARGIN_DEG
    corner = (bounds[0] + bounds[2] - side) / 2, (bounds[1] + bounds[3] - side) / 2
    child: list[Ints] = []
    first: list[Ints] = []
    count: list[Ints] = []
    leaves: list[Ints] = []
    made, stored = 0, 0
    west, south, size = np.array([corner[0]]), np.array([corner[1]]), side
    owner = np.zeros(len(start), np.int64)
    edge = np.arange(len(start))
    for level in range(_DEEPEST + 1):
        nodes = len(west)
        owner, edge, wide = _pruned(west, south, size, owner, edge, start, along)
        number = np.bincount(owner, minlength=nodes)
        # A node with no cell on Earth (beyond a pole) keeps one edge, so that it stays a leaf.
        split = (number > _FEW) & (south < 90) & (south + size > -90)
        split &= wide & (level < _DEEPEST)
        here = np.full(nodes, -1)
        here[split] = made + nodes + 4 * np.arange(int(split.sum()))
        child.append(here)
        is_leaf = ~split[owner]
        begin = np.cumsum(np.where(split, 0, number)) - np.where(split, 0, number)
        first.append(np.where(split, 0, stored + begin))
        count.append(np.where(split, 0, number))
        leaves.append(edge[is_leaf])
        stored += int(is_leaf.sum())
        made += nodes
        if not split.any():
            break
        owner, edge = owner[~is_leaf], edge[~is_leaf]
        owner = (np.cumsum(split) - 1)[owner]
        size /= 2
        quadrants = np.arange(4)
        west = (west[split][:, None] + (quadrants % 2) * size).ravel()
        south = (south[split][:, None] + (quadrants // 2) * size).ravel()
        owner = (owner[:, None] * 4 + quadrants).ravel()
        edge = np.repeat(edge, 4)
        order = np.argsort(owner, kind="stable")
        owner, edge = owner[order], edge[order]
    parts = (np.concatenate(part) for part in (child, first, count, leaves))
    return _Tree(*corner, side, *parts)


def _pruned(
    west: Floats, south: Floats, size: float, owner: Ints, edge: Ints, start: Floats, along: Floats
) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """Return the (node, edge) pairs in which the edge can be nearest to a point of the node.

    The distance to an edge is a convex function, so over a cell it lies above its
    tangent plane at the centre and under the interpolation of its values at the
    corners. Edge e is never nearest where, at every corner, the plane of e is above
    the value of some one other edge f. Cells bulge with the Earth by r^2 / 2R.
    """
    centre, corners, reach = _cells(west, south, size)
    d2, t = point_to_edge(centre[owner], start[edge], along[edge])
    d = np.sqrt(d2)
    slope = centre[owner] - start[edge] - t[:, None] * along[edge]
    slope /= np.maximum(d, 1e-9)[:, None]
    plane = [d + np.einsum("ij,ij->i", slope, (c - centre)[owner]) for c in corners]
    nodes = np.arange(len(west))
    begins = np.searchsorted(owner, nodes)
    nearest = np.minimum.reduceat(d, begins)
    # Height of the bulge times how steeply the two lines of sight can differ against it.
    tilt = 1.5 * (nearest + reach) / (2 * _EARTH_M) + 2 * reach / np.maximum(nearest, 1e-9)
    slack = reach**2 / _EARTH_M * np.minimum(1.0, tilt) - (_TIE_M + _TIE * nearest)
    keep = np.ones(len(owner), bool)
    rivals = np.zeros(len(owner), bool)
    for guess in (d, *plane):
        lowest = np.minimum.reduceat(guess, begins)
        at_lowest = np.flatnonzero(guess == lowest[owner])
        chosen = at_lowest[np.searchsorted(owner[at_lowest], nodes)]
        rivals[chosen] = True
        rival = edge[chosen]
        values = [np.sqrt(point_to_edge(c, start[rival], along[rival])[0]) for c in corners]
        beaten = np.ones(len(owner), bool)
        for height, value in zip(plane, values, strict=True):
            beaten &= height > (value + slack)[owner]
        keep &= ~beaten
    keep |= rivals
    return owner[keep], edge[keep], reach > _FINEST_M + _FINE * nearest


def _cells(west: Floats, south: Floats, size: float) -> tuple[Floats, list[Floats], Floats]:
    """Return the cells' centres, their four corners, and metres from centre to farthest point."""
    low, high = np.clip(south, -90, 90), np.clip(south + size, -90, 90)
    centre = ecef(west + size / 2, (low + high) / 2)
    corners = [ecef(west + dx, lat) for dx in (0.0, size) for lat in (low, high)]
    widest = np.where((low <= 0) & (high >= 0), 0.0, np.minimum(abs(low), abs(high)))
    reach = np.radians(size / 2) * np.hypot(1.0, np.cos(np.radians(widest))) * _EARTH_M
    return centre, corners, reach
