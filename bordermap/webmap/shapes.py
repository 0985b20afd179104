"""Lines and polygons as differences between neighbouring vertices, in a few bytes each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.webmap.packing import Pack, varints

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

__all__ = ["STEP_DEG", "add_shapes", "anchors"]

STEP_DEG = 1e-5
"""Vertices lie on a grid of this many degrees: 1.1 m of latitude."""

_POLYGONAL = (3, 6)


def add_shapes(
    pack: Pack, name: str, geometries: Sequence[Any], *, step_deg: float = STEP_DEG
) -> None:
    """Add lines and polygons to a pack, rounded to a grid; their holes are rings like others.

    Parameters
    ----------
    pack
        Where to.
    name
        The arrays' first word: ``NAME.rings`` (rings of each geometry),
        ``NAME.closed`` (1 for polygons), ``NAME.sizes`` (vertices of each
        ring), ``NAME.steps`` (differences, longitude and latitude in turn).
    geometries
        EPSG:4326; points and empty ones have no rings.
    step_deg
        The grid in degrees.
    """
    import shapely

    rings_of, closed, sizes, steps = [], [], [], []
    for geometry in geometries:
        polygonal = shapely.get_type_id(geometry) in _POLYGONAL
        rings = [r for r in (_on_grid(r, step_deg) for r in _rings(geometry)) if len(r) > 1]
        rings_of.append(len(rings))
        closed.append(int(polygonal))
        sizes += [len(r) for r in rings]
        steps += [np.diff(r, axis=0, prepend=0).ravel() for r in rings]
    pack.add(f"{name}.rings", np.asarray(rings_of, dtype="u4"), "u4")
    pack.add(f"{name}.closed", np.asarray(closed, dtype="u1"), "u1")
    pack.add(f"{name}.sizes", np.asarray(sizes, dtype="u4"), "u4")
    flat = np.concatenate(steps) if steps else np.zeros(0, dtype=np.int64)
    pack.add(f"{name}.steps", varints(flat), "u1")
    pack.facts.setdefault("step", {})[name] = step_deg


def anchors(geometries: Iterable[Any]) -> NDArray[np.float64]:
    """Return a spot inside each geometry where its name may stand: longitude, latitude.

    The pole of a polygon's largest part, the middle of a line.
    """
    import shapely

    spots = [_anchor(g) for g in geometries]
    return np.array([shapely.get_coordinates(s)[0] for s in spots]).reshape(-1, 2)


def _anchor(geometry: Any) -> Any:
    import shapely

    if shapely.get_type_id(geometry) in _POLYGONAL:
        parts = shapely.get_parts(geometry)
        largest = parts[int(np.argmax(shapely.area(parts)))]
        return shapely.point_on_surface(largest)
    if geometry.length == 0:
        return shapely.point_on_surface(geometry)
    lines = shapely.get_parts(geometry)
    longest = lines[int(np.argmax(shapely.length(lines)))]
    return shapely.line_interpolate_point(longest, 0.5, normalized=True)


def _rings(geometry: Any) -> list[NDArray[np.float64]]:
    import shapely

    found = []
    for part in shapely.get_parts(geometry):
        if shapely.get_type_id(part) == 7:  # a collection inside a collection
            found += _rings(part)
        elif shapely.get_type_id(part) == 3:
            found += [shapely.get_coordinates(r) for r in shapely.get_rings(part)]
        elif shapely.get_type_id(part) in (1, 2):
            found.append(shapely.get_coordinates(part))
    return found


def _on_grid(coordinates: NDArray[np.float64], step_deg: float) -> NDArray[np.int64]:
    """Return vertices as whole steps, without those that fall on the one before."""
    grid = np.round(coordinates / step_deg).astype(np.int64)
    moved = np.concatenate([[True], (np.diff(grid, axis=0) != 0).any(axis=1)])
    kept: NDArray[np.int64] = grid[moved]
    return kept
