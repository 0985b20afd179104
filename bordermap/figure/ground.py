"""The quiet base map beneath the incidents, and the small map that says where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.figure import ink
from bordermap.figure.plane import fitted, within_world
from bordermap.style import PALETTES, LineStyle

if TYPE_CHECKING:
    from bordermap.basemap import Basemap
    from bordermap.figure.plane import Plane, Window
    from bordermap.line import DemarcationLine

__all__ = ["draw_ground", "draw_inset", "inset_window"]

# What is finer than this on paper is not drawn.
_FINEST_MM = 0.06
_COLOURS = PALETTES["light"]


def draw_ground(axes: Any, basemap: Basemap, plane: Plane, *, line: DemarcationLine) -> None:
    """Draw sea, land, water and boundaries."""
    axes.set_facecolor(_COLOURS["sea"])
    _land(axes, basemap, plane, line)
    lakes = _simple(basemap.lakes.geometry.to_numpy(), plane)
    ink.fill(axes, lakes, _COLOURS["lake"], zorder=1.1, edgecolor=_COLOURS["coast"], lw=0.25)
    for rank, rivers in basemap.rivers.groupby("rank"):
        style = LineStyle(colour=_COLOURS["river"], width={1: 1.1, 2: 0.8}.get(int(rank), 0.55))
        ink.stroke(axes, _simple(rivers.geometry.to_numpy(), plane), style, zorder=1.2)
    shores = _simple(basemap.coast.geometry.to_numpy(), plane)
    ink.stroke(axes, shores, LineStyle(colour=_COLOURS["coast"], width=0.5), zorder=1.3)
    looks = {
        "province": LineStyle(colour=_COLOURS["province"], width=0.7, dash=(3, 2)),
        "county": LineStyle(colour=_COLOURS["county"], width=0.5),
        "country": LineStyle(colour=_COLOURS["country"], width=0.9, dash=(6, 1.5, 1, 1.5)),
    }
    for kind, rows in basemap.boundaries.groupby("kind"):
        edges = _simple(rows.geometry.to_numpy(), plane)
        ink.stroke(axes, edges, looks.get(str(kind), looks["county"]), zorder=1.4)


def _land(axes: Any, basemap: Basemap, plane: Plane, line: DemarcationLine) -> None:
    """Fill the countries that the line divides, and the others a shade darker."""
    import shapely

    near = line.segments.union_all().buffer(0.05)
    land = basemap.land
    at_line = set(land.loc[land.intersects(near), "iso"])
    for is_near, colour in ((False, "land_other"), (True, "land")):
        rows = land[land["iso"].isin(at_line) == is_near]
        if len(rows):
            # Joined first: a renderer shows a hair of sea between two fills that touch.
            whole = shapely.union_all(rows.geometry.to_numpy())
            ink.fill(axes, _simple(np.array([whole]), plane), _COLOURS[colour], zorder=1)


def _simple(shapes: Any, plane: Plane) -> Any:
    """Return shapes on paper, without what is too fine to print."""
    import shapely

    if not len(shapes):
        return shapes
    return shapely.simplify(plane.on_paper(shapes), _FINEST_MM)


def inset_window(plane: Plane, line: DemarcationLine) -> Window | None:
    """Return the region to show around the map, or None where the map is wide itself."""
    w, s, e, n = plane.window_wsen
    lw, ls, le, ln = line.window_wsen
    w, s, e, n = min(w, lw), min(s, ls), max(e, le), max(n, ln)
    margin = max(0.45 * max(e - w, n - s), 1.0)
    if plane.window_wsen[2] - plane.window_wsen[0] > 0.55 * (e - w + 2 * margin):
        return None
    return (max(w - margin, -180.0), max(s - margin, -80.0), min(e + margin, 180.0),
            min(n + margin, 80.0))  # fmt: skip


def draw_inset(
    axes: Any, window: Window, plane: Plane, *, line: DemarcationLine, size_mm: float
) -> None:
    """Draw the region in small, with a frame around what the map shows."""
    import shapely

    from bordermap.basemap import load_basemap

    small = fitted(window, width_mm=size_mm, height_mm=size_mm)
    land = shapely.union_all(load_basemap(within_world(small.window_wsen)).land.geometry)
    axes.set_facecolor(_COLOURS["sea"])
    on_paper = shapely.simplify(small.on_paper(land), 0.12)
    ink.fill(axes, on_paper, _COLOURS["land_other"], zorder=1, edgecolor=_COLOURS["coast"], lw=0.2)
    divide = shapely.simplify(small.on_paper(line.segments.union_all()), 0.05)
    ink.stroke(axes, divide, LineStyle(colour=_COLOURS["line"], width=0.8), zorder=2)
    frame = small.on_paper(shapely.box(*plane.window_wsen))
    ink.fill(axes, frame, "none", zorder=3, edgecolor=_COLOURS["accent"], lw=0.9)
    axes.set_xlim(0, size_mm)
    axes.set_ylim(0, size_mm)
