"""The face of the map: all that is drawn inside its frame, bottom to top."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bordermap.figure import furniture, ground, ink, names
from bordermap.figure.lettering import DOT_MM, around, free_spot, placed
from bordermap.layers import Group
from bordermap.style import PALETTES, UNCERTAINTY, AreaStyle, LineStyle

if TYPE_CHECKING:
    from collections.abc import Callable

    from bordermap.basemap import Basemap
    from bordermap.figure.lettering import Box, Label
    from bordermap.figure.marks import Marks
    from bordermap.figure.pen import Pen
    from bordermap.figure.plane import Plane
    from bordermap.layers import Layer
    from bordermap.line import DemarcationLine

__all__ = ["Face"]

_COLOURS = PALETTES["light"]


@dataclass(frozen=True, kw_only=True)
class Face:
    """What is drawn in the map's frame, and how large."""

    plane: Plane
    marks: Marks
    layers: tuple[Layer, ...]
    basemap: Basemap
    line: DemarcationLine
    pen: Pen
    lang: str
    scale: float
    symbol_mm: float

    def draw(self, axes_at: Callable[[float, float, float, float], Any]) -> None:
        """Draw all; ``axes_at`` makes axes at left, bottom, width, height on the map."""
        plane = self.plane
        axes = axes_at(0, 0, plane.width_mm, plane.height_mm)
        ground.draw_ground(axes, self.basemap, plane, line=self.line)
        self._draw_layers(axes)
        marked = [*self._line_points(), *((s.place_x, s.place_y) for s in self.marks.signs)]
        taken = self._draw_inset(axes_at)
        scale_bar = furniture.draw_scale(
            axes, plane, self.pen, lang=self.lang, scale=self.scale, marked=marked, taken=taken
        )
        taken.append(scale_bar)
        taken += self._draw_signs(axes)
        self._draw_plates(axes, taken)
        self._draw_labels(axes, taken)
        for spine in axes.spines.values():
            spine.set(visible=True, color=_COLOURS["rule"], linewidth=0.6)

    def _draw_layers(self, axes: Any) -> None:
        for layer in self.layers:
            shapes = self.plane.on_paper(layer.frame.geometry.to_numpy())
            if layer.group is Group.ZONES and isinstance(layer.style, AreaStyle):
                ink.area(axes, shapes, layer.style, zorder=2)
            elif layer.group is Group.LINE and isinstance(layer.style, LineStyle):
                around = replace(layer.style, colour=_COLOURS["halo"], dash=())
                ink.stroke(axes, shapes, around, zorder=4, linewidths=around.width * 1.15)
                ink.stroke(axes, shapes, layer.style, zorder=4.1)
        if self.marks.discs is not None:
            ink.area(axes, self.marks.discs, UNCERTAINTY, zorder=3)
        for region in self.marks.regions:
            furniture.draw_region(axes, region)

    def _frame(self, inset: float = 0.8) -> Box:
        return (inset, inset, self.plane.width_mm - inset, self.plane.height_mm - inset)

    def _draw_inset(self, axes_at: Callable[[float, float, float, float], Any]) -> list[Box]:
        window = ground.inset_window(self.plane, self.line)
        plane = self.plane
        size = min(0.21 * plane.width_mm, 0.34 * plane.height_mm)
        if window is None or size < 14:
            return []
        gap = 1.2
        corners = [
            (plane.width_mm - size - gap, plane.height_mm - size - gap),
            (gap, plane.height_mm - size - gap),
            (plane.width_mm - size - gap, gap),
            (gap, gap),
        ]
        # A symbol beneath the inset weighs more than a stretch of the line.
        places = [(s.place_x, s.place_y, 10) for s in self.marks.signs]
        places += [(x, y, 1) for x, y in self._line_points()]

        def crowd(corner: tuple[float, float]) -> int:
            x, y = corner
            return sum(
                weight * (x - 3 < px < x + size + 3 and y - 3 < py < y + size + 3)
                for px, py, weight in places
            )

        x, y = min(corners, key=crowd)
        axes = axes_at(x, y, size, size)
        ground.draw_inset(axes, window, plane, line=self.line, size_mm=size)
        for spine in axes.spines.values():
            spine.set(visible=True, color="#FFFFFF", linewidth=1.6)
        return [(x - 1, y - 1, x + size + 1, y + size + 1)]

    def _draw_signs(self, axes: Any) -> list[Box]:
        size = self.symbol_mm
        boxes: list[Box] = []
        for sign in self.marks.signs:
            if ((sign.x - sign.place_x) ** 2 + (sign.y - sign.place_y) ** 2) ** 0.5 > size * 0.45:
                axes.plot([sign.place_x, sign.x], [sign.place_y, sign.y], color=_COLOURS["text"],
                          lw=0.5, zorder=6.4)  # fmt: skip
                axes.plot([sign.place_x], [sign.place_y], marker="o", ms=1.6,
                          mfc=_COLOURS["text"], mew=0, zorder=6.4)  # fmt: skip
                boxes.append(around(sign.place_x, sign.place_y, DOT_MM))
            boxes.append(around(sign.x, sign.y, size / 2))
        for number, sign in enumerate(self.marks.signs):
            base = 6.5 + number * 1e-3
            ink.symbol(axes, sign.kind, sign.x, sign.y, size, zorder=base)
            if sign.count > 1:
                ink.text(
                    axes, sign.x + size * 0.36, sign.y + size * 0.36, str(sign.count),
                    fontsize=5.8 * self.scale, weight="bold", color=_COLOURS["text"],
                    halo="#FFFFFF", zorder=base + 1e-4,
                )  # fmt: skip
        return boxes

    def _draw_plates(self, axes: Any, taken: list[Box]) -> None:
        near_line = [(x - 1.5, y - 1.5, x + 1.5, y + 1.5) for x, y in self._line_points()]
        ordered = sorted(self.marks.regions, key=lambda r: (-r.kinds.total(), r.names))
        for region in ordered:
            plate = furniture.Plate.of(region, self.pen, lang=self.lang, scale=self.scale)
            spot = free_spot(
                plate.anchor(), (plate.width_mm, plate.height_mm), taken=taken,
                avoid=near_line, frame=self._frame(1.2),
            )  # fmt: skip
            if spot is None:
                self.marks.too_wide[region.names] += region.kinds.total()
                continue
            furniture.draw_plate(axes, plate, self.pen, *spot)
            x, y = spot
            w, h = plate.width_mm / 2 + 0.6, plate.height_mm / 2 + 0.6
            taken.append((x - w, y - h, x + w, y + h))

    def _line_points(self) -> list[tuple[float, float]]:
        """Return points along what the map shows of the line, one every 1.5 mm."""
        import shapely

        seen = shapely.clip_by_rect(self.line.segments.union_all(), *self.plane.window_wsen)
        return _along(self.plane.on_paper(shapely.get_parts(seen)), 1.5)

    def _draw_labels(self, axes: Any, taken: list[Box]) -> None:
        scale, lang, plane = self.scale, self.lang, self.plane
        incident = names.sign_labels(self.marks, lang=lang, size_mm=self.symbol_mm, scale=scale)
        quiet = names.ground_labels(self.basemap, plane, lang=lang, scale=scale)
        said = {r.names[lang == "ko"] for r in self.marks.regions}
        divide = [
            label
            for label in names.divide_labels(self.layers, plane, lang=lang, scale=scale)
            if label.words not in said
        ]
        said |= {label.words for label in incident}
        covers = list(taken)
        taken += [(x - 0.5, y - 0.5, x + 0.5, y + 0.5) for x, y in self._line_points()]
        most = int(plane.width_mm * plane.height_mm / 220)
        first = [
            *incident,
            *divide,
            *names.country_labels(self.basemap, plane, quiet, lang=lang, scale=scale),
        ]
        left, bottom, right, top = self._frame(1.5)
        quiet = [
            label
            for label in quiet
            if label.words not in said
            and not (label.dot and not (left < label.x < right and bottom < label.y < top))
        ]
        dots = [around(label.x, label.y, DOT_MM) for label in quiet if label.dot]
        for group, number in ((first, len(first)), (quiet, most)):
            for done in placed(
                group, taken=taken, covers=covers, frame=self._frame(), size_of=self._size_of,
                most=number, avoid=dots,
            ):  # fmt: skip
                self._write_label(axes, done.label, done.x, done.y)

    def _size_of(self, label: Label) -> tuple[float, float]:
        width = self.pen.width_mm(label.words, label.size_pt, weight=label.weight)
        return width, label.size_pt * ink.MM_PER_PT * 1.05

    def _write_label(self, axes: Any, label: Label, x: float, y: float) -> None:
        ink.text(
            axes, x, y, label.words, fontsize=label.size_pt, weight=label.weight,
            style="italic" if label.italic else "normal", ha="center", va="center",
            color=label.colour, halo=_COLOURS["halo"], zorder=7,
        )  # fmt: skip
        if label.dot:
            capital = label.dot == "capital"
            axes.plot(
                [label.x], [label.y], marker="s" if capital else "o", zorder=5,
                ms=(2.6 if capital else 2.0) * self.scale,
                mfc=label.colour if capital else "#FFFFFF", mec=_COLOURS["text_quiet"], mew=0.5,
            )  # fmt: skip


def _along(shapes: Any, step_mm: float) -> list[tuple[float, float]]:
    """Return points along lines, one every few millimetres."""
    import numpy as np
    import shapely

    found: list[tuple[float, float]] = []
    for part in shapely.get_parts(shapes):
        at = shapely.line_interpolate_point(part, np.arange(0, part.length, step_mm))
        found += [(float(x), float(y)) for x, y in shapely.get_coordinates(at)]
    return found
