"""Geometries, symbols and letters as matplotlib artists, all in millimetres."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.style import KINDS
from bordermap.symbols import BADGES, GLYPHS, SIZE, path_rings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordermap.style import AreaStyle, LineStyle
    from bordermap.table import Kind

    Floats = NDArray[np.float64]

__all__ = ["MM_PER_PT", "PT_PER_PX", "area", "fill", "outline", "stroke", "symbol", "text"]

MM_PER_PT = 25.4 / 72
# The style's pixels are CSS pixels, 96 an inch.
PT_PER_PX = 0.75


def outline(shapes: Any) -> Any:
    """Return one compound path of polygons, holes turned the other way round."""
    import shapely
    from matplotlib.path import Path

    polygons = [p for p in shapely.get_parts(shapes) if p.geom_type == "Polygon"]
    rings: list[Floats] = []
    for polygon in shapely.orient_polygons(np.array(polygons, dtype=object)):
        rings += [shapely.get_coordinates(r) for r in (polygon.exterior, *polygon.interiors)]
    if not rings:
        return Path(np.zeros((0, 2)))
    codes = [np.full(len(r), Path.LINETO, dtype=Path.code_type) for r in rings]
    for code in codes:
        code[0], code[-1] = Path.MOVETO, Path.CLOSEPOLY
    return Path(np.vstack(rings), np.concatenate(codes))


def fill(axes: Any, shapes: Any, colour: Any, *, zorder: float, **style: Any) -> Any:
    """Fill polygons in one colour and return the artist."""
    from matplotlib.patches import PathPatch

    patch = PathPatch(outline(shapes), facecolor=colour, zorder=zorder, **{"lw": 0, **style})
    axes.add_patch(patch)
    return patch


def stroke(axes: Any, shapes: Any, style: LineStyle, *, zorder: float, **more: Any) -> None:
    """Draw lines with a width and dashes of the shared style."""
    import shapely
    from matplotlib.collections import LineCollection

    parts = shapely.get_parts(shapely.get_parts(shapes))
    chains = [shapely.get_coordinates(p) for p in parts if p.geom_type == "LineString"]
    if not chains:
        return
    dashes = (0, style.dash) if style.dash else "solid"
    axes.add_collection(
        LineCollection(
            chains,
            **{
                "colors": style.colour,
                "linewidths": style.width * PT_PER_PX,
                "linestyles": dashes,
                "capstyle": "round" if not style.dash else "butt",
                "joinstyle": "round",
                "zorder": zorder,
                **more,
            },
        )
    )


def area(axes: Any, shapes: Any, style: AreaStyle, *, zorder: float) -> None:
    """Draw polygons filled, hatched and outlined in the shared style."""
    from matplotlib.collections import LineCollection
    from matplotlib.colors import to_rgba

    patch = fill(
        axes,
        shapes,
        to_rgba(style.fill, style.fill_opacity),
        zorder=zorder,
        edgecolor=style.stroke,
        lw=style.stroke_width * PT_PER_PX,
        linestyle=(0, style.dash) if style.dash else "solid",
    )
    if style.hatch:
        # matplotlib's own hatching depends on the resolution; these are lines on paper.
        step = style.hatch * PT_PER_PX * MM_PER_PT * np.sqrt(2)
        x0, y0, x1, y1 = patch.get_path().get_extents().extents
        starts = np.arange(np.floor((x0 - (y1 - y0)) / step) * step, x1, step)
        lines = [[(x, y0), (x + (y1 - y0), y1)] for x in starts]
        hatching = LineCollection(
            lines, colors=to_rgba(style.stroke, 0.7), linewidths=0.4, zorder=zorder + 0.01
        )
        axes.add_collection(hatching)
        hatching.set_clip_path(patch)


@functools.cache
def _drawn(path: str) -> Any:
    """Return the area that a symbol's path fills by the even-odd rule, y upwards from its middle.

    Renderers fill by the nonzero rule, so the rings are combined here.
    """
    import shapely

    filled: Any = shapely.Polygon()
    for ring in path_rings(path):
        points: list[tuple[float, float]] = []
        for letter, numbers in ring:
            if letter == "C":
                points += _cubic(points[-1], numbers)
            else:
                points.append((numbers[0], numbers[1]))
        filled = shapely.symmetric_difference(filled, shapely.make_valid(shapely.Polygon(points)))
    half = SIZE / 2
    return shapely.transform(filled, lambda c: (c - half) * (1, -1) / SIZE)


def _cubic(start: tuple[float, float], numbers: tuple[float, ...]) -> list[tuple[float, float]]:
    t = np.linspace(0, 1, 13)[1:, None]
    a, (b, c, d) = np.array(start), np.array(numbers).reshape(3, 2)
    at = (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d
    return [(float(x), float(y)) for x, y in at]


def symbol(axes: Any, kind: Kind, x: float, y: float, size_mm: float, *, zorder: float) -> None:
    """Draw one kind's symbol, with a white edge that parts it from what lies beneath."""
    import shapely

    style = KINDS[kind]

    def placed(shape: Any) -> Any:
        return shapely.transform(shape, lambda c: c * size_mm + (x, y))

    badge = placed(_drawn(BADGES[style.badge]))
    fill(axes, badge, style.colour, zorder=zorder, edgecolor="#FFFFFF", lw=size_mm * 0.35)
    fill(axes, badge, style.colour, zorder=zorder + 0.01)
    fill(axes, placed(_drawn(GLYPHS[style.symbol])), "#FFFFFF", zorder=zorder + 0.02)


def text(axes: Any, x: float, y: float, words: str, **style: Any) -> Any:
    """Write words as they are: no part of them is read as a formula.

    ``halo`` names the colour of an edge around the letters.
    """
    from matplotlib.patheffects import withStroke

    halo = style.pop("halo", None)
    # Control characters have no shape; a line break stays one.
    shown = "".join(c if c == "\n" or c.isprintable() else " " for c in words)
    made = axes.text(x, y, shown, **{"parse_math": False, **style})
    if halo:
        made.set_path_effects(
            [withStroke(linewidth=style.get("fontsize", 7) * 0.28, foreground=halo)]
        )
    return made
