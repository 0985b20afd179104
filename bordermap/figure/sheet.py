"""The sheet of paper: title, map, legend and footer, laid out in millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.errors import InputError
from bordermap.figure import furniture, ink, marks, wording
from bordermap.figure.face import Face
from bordermap.figure.pen import Pen
from bordermap.figure.plane import Plane, Window, fitted, within_world
from bordermap.layers import build_layers, known_as_points
from bordermap.style import PALETTES

if TYPE_CHECKING:
    import geopandas as gpd

    from bordermap.line import DemarcationLine

__all__ = ["Sheet"]

_COLOURS = PALETTES["light"]
_MARGIN_MM = 3.0
# A map lower than this has no room for anything on it.
_LEAST_MAP_MM = 30.0


@dataclass(kw_only=True)
class Sheet:
    """Everything that one figure is made of."""

    incidents: gpd.GeoDataFrame
    line: DemarcationLine
    lang: str
    width_mm: float
    height_mm: float | None
    title: str
    credit: str | None

    @property
    def scale(self) -> float:
        """How much larger or smaller than in a newspaper's two columns letters are."""
        return float(min(max((self.width_mm / 180) ** 0.25, 0.85), 1.6))

    def drawn(self) -> Any:
        """Return the matplotlib figure."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.pen = Pen(families=_current_fonts())
        self.layers = build_layers(self.incidents, self.line)
        self._lay_out()
        figure = Figure(figsize=(self.width_mm / 25.4, self.full_mm / 25.4), facecolor="#FFFFFF")
        FigureCanvasAgg(figure)
        page = self._axes(figure, 0, 0, self.width_mm, self.full_mm)
        self._write_around(page)
        corner = (_MARGIN_MM, self.foot_mm)
        face = Face(
            plane=self.plane, marks=self.marks, layers=self.layers, basemap=self.basemap,
            line=self.line, pen=self.pen, lang=self.lang, scale=self.scale,
            symbol_mm=self.symbol_mm,
        )  # fmt: skip
        face.draw(
            lambda x, y, width, height: self._axes(
                figure, corner[0] + x, corner[1] + y, width, height
            )
        )
        return figure

    def _lay_out(self) -> None:
        """Give each part its room; the map takes the rest, or what suits it."""
        self.room_mm = self.width_mm - 2 * _MARGIN_MM
        # Many symbols are drawn smaller, down to what still can be told apart.
        shown = max(1, int(known_as_points(self.incidents).sum()))
        crowding = shown * 180.0 / self.width_mm / 40
        self.symbol_mm = 4.3 * self.scale * min(1.0, max(0.62, crowding**-0.25))
        self._head()
        bounds = marks.bounds_of(self.incidents, self.line)
        guess = fitted(bounds, width_mm=self.room_mm, height_mm=self.room_mm)
        height = self.room_mm * min(max(self._natural(bounds, guess), 0.55), 1.3)
        # What is on the map makes the legend, whose height makes the map: soon at rest.
        for _ in range(4):
            self.plane = fitted(bounds, width_mm=self.room_mm, height_mm=height)
            self.marks = marks.collected(
                self.layers, self.incidents, self.plane, size_mm=self.symbol_mm
            )
            self._foot()
            rest = None if self.height_mm is None else self.height_mm - self.head_mm - self.foot_mm
            if rest is None or rest == height:
                break
            height = rest
            if height < _LEAST_MAP_MM:
                needed = self.head_mm + self.foot_mm + _LEAST_MAP_MM
                raise InputError(
                    f"a figure {self.width_mm:g} mm wide needs {needed:.0f} mm of height for its "
                    f"words and a map, not {self.height_mm:g}"
                )
        self.full_mm = self.height_mm or self.head_mm + height + self.foot_mm

    @staticmethod
    def _natural(bounds: Window, plane: Plane) -> float:
        """Return how many times as high as wide the bounds are on paper."""
        (x0, y0), (x1, y1) = plane.mm(np.array([bounds[:2], bounds[2:]]))
        return float((y1 - y0) / (x1 - x0))

    def _head(self) -> None:
        scale = self.scale
        self.title_pt, self.sub_pt = 12.5 * scale, 7.4 * scale
        self.heading = self.pen.wrapped(self.title, self.title_pt, self.room_mm, weight="bold")
        self.sub = wording.subtitle(self.incidents, self.lang)
        self.head_mm = (
            _MARGIN_MM + self.pen.height_mm(self.heading, self.title_pt)
            + self.pen.height_mm(self.sub, self.sub_pt) + 1.2
        )  # fmt: skip

    def _foot(self) -> None:
        from bordermap.basemap import load_basemap

        scale = self.scale
        self.basemap = load_basemap(within_world(self.plane.window_wsen))
        self.legend = furniture.legend_of(
            self.layers, self.marks, self.plane, self.pen, lang=self.lang, scale=scale
        )
        self.beside_pt, self.small_pt = 6.2 * scale, 5.2 * scale
        note = wording.beside(self.marks, self.lang)
        self.beside = self.pen.wrapped(note, self.beside_pt, self.room_mm)
        said = wording.footer(self.line, self.basemap.attributions, self.credit, self.lang)
        self.small = "\n".join(self.pen.wrapped(s, self.small_pt, self.room_mm) for s in said)
        self.foot_mm = (
            2.2 + self.legend.height_mm + 1.6
            + (self.pen.height_mm(self.beside, self.beside_pt) + 1.0 if self.beside else 0.0)
            + self.pen.height_mm(self.small, self.small_pt) + _MARGIN_MM * 0.8
        )  # fmt: skip

    def _axes(self, figure: Any, left: float, bottom: float, width: float, height: float) -> Any:
        """Return axes whose units are millimetres from their lower left corner."""
        rectangle = (
            left / self.width_mm, bottom / self.full_mm,
            width / self.width_mm, height / self.full_mm,
        )  # fmt: skip
        axes = figure.add_axes(rectangle)
        axes.set_xlim(0, width)
        axes.set_ylim(0, height)
        axes.set_xticks([])
        axes.set_yticks([])
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.patch.set_visible(left > 0)
        return axes

    def _write_around(self, page: Any) -> None:
        left, y = _MARGIN_MM, self.full_mm - _MARGIN_MM
        ink.text(page, left, y, self.heading, fontsize=self.title_pt, weight="bold", va="top",
                 color=_COLOURS["text"], linespacing=1.15)  # fmt: skip
        y -= self.pen.height_mm(self.heading, self.title_pt)
        ink.text(page, left, y, self.sub, fontsize=self.sub_pt, va="top",
                 color=_COLOURS["text_quiet"])  # fmt: skip
        y = self.foot_mm - 2.2
        furniture.draw_legend(page, self.legend, top_mm=y, left_mm=left, scale=self.scale)
        y -= self.legend.height_mm + 1.6
        if self.beside:
            ink.text(page, left, y, self.beside, fontsize=self.beside_pt, va="top",
                     color=_COLOURS["text"], linespacing=1.2)  # fmt: skip
            y -= self.pen.height_mm(self.beside, self.beside_pt) + 1.0
        ink.text(page, left, y, self.small, fontsize=self.small_pt, va="top",
                 color=_COLOURS["text_quiet"], linespacing=1.2)  # fmt: skip


def _current_fonts() -> list[str]:
    import matplotlib as mpl

    return list(mpl.rcParams["font.family"])
