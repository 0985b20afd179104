"""Where a path goes over the line: distances of its fixes, and meetings of its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from bordermap.line import DemarcationLine

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["last_over", "share_of_step", "signed_distance"]


def signed_distance(
    lon: ArrayLike, lat: ArrayLike, *, line: DemarcationLine
) -> tuple[Floats, Ints]:
    """Return metres to the line, positive left of it, and the nearest segment's row.

    Distances are chords of the ellipsoid: 0.01 m short of geodesics at 60 km.
    """
    import shapely

    x, y = np.asarray(lon, float), np.asarray(lat, float)
    nearest = line.edges.index.nearest(x, y)
    left = shapely.contains_xy(line.left_polygon, x, y)
    segment = np.where(nearest.edge >= 0, line.edges.segment_no[nearest.edge], -1)
    return np.where(left, nearest.chord_m, -nearest.chord_m), segment


def last_over(distance: Floats, after: Ints) -> Ints:
    """Return the row of the fix before the path last goes over the line."""
    turns = np.flatnonzero((distance[1:] > 0) != (distance[:-1] > 0))
    # Between two fixes on different sides there is at least one turn.
    last: Ints = turns[np.searchsorted(turns, after) - 1] if len(after) else turns[:0]
    return last


def share_of_step(start: Floats, step: Floats, distance: Floats, line: DemarcationLine) -> Floats:
    """Return how far along each step (0..1) it meets the line, the middle of several; or NaN."""
    import shapely

    if not len(start):
        return np.empty(0)
    ends = start + step
    pieces = shapely.linestrings(np.stack([start, ends], axis=1))
    chain = np.vstack([line.edges.start, line.edges.end[-1:]])
    edges = shapely.linestrings(np.stack([chain[:-1], chain[1:]], axis=1))
    tree = shapely.STRtree(np.atleast_1d(np.asarray(edges, object)))
    row, edge = tree.query(pieces, predicate="intersects")
    a, b = line.edges.start[edge] - start[row], line.edges.end[edge] - line.edges.start[edge]
    across = step[row, 0] * b[:, 1] - step[row, 1] * b[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]) / across
    # A step along an edge meets it everywhere; half-way is as good as any.
    t = np.clip(np.where(across == 0, 0.5, t), 0.0, 1.0)
    order = np.lexsort((t, row))
    row, t = row[order], t[order]
    number = np.bincount(row, minlength=len(start))
    begin = np.cumsum(number) - number
    share = np.full(len(start), np.nan)
    met = number > 0
    share[met] = t[(begin + number // 2)[met]]
    # Rounding can hide a meeting where a fix lies on the line itself. Otherwise the path went
    # round the line's end: a change of side, but no crossing.
    on_it = np.isnan(share) & (abs(distance) < 1.0)
    return np.where(on_it, 0.0, share)
