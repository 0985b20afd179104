"""What stands around and upon the map: legend, plates of areas, scale bar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bordermap.figure import ink
from bordermap.figure.lettering import overlaps
from bordermap.figure.wording import WORDS
from bordermap.layers import Group
from bordermap.style import (
    AREA,
    KINDS,
    PALETTES,
    UNCERTAINTY,
    AreaStyle,
    KindStyle,
    LineStyle,
)

if TYPE_CHECKING:
    from bordermap.figure.lettering import Box
    from bordermap.figure.marks import Marks, Region
    from bordermap.figure.pen import Pen
    from bordermap.figure.plane import Plane
    from bordermap.layers import Layer
    from bordermap.table import Kind

__all__ = ["Entry", "Legend", "Plate", "draw_legend", "draw_plate", "draw_scale", "legend_of"]

_COLOURS = PALETTES["light"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the legend: what is drawn beside its words."""

    look: Kind | LineStyle | AreaStyle
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """Entries in columns, and the room they take."""

    columns: list[list[Entry]]
    column_mm: float
    row_mm: float
    size_pt: float

    @property
    def height_mm(self) -> float:
        """How tall it is."""
        return max((len(c) for c in self.columns), default=0) * self.row_mm


def legend_of(
    layers: tuple[Layer, ...], marks: Marks, plane: Plane, pen: Pen, *, lang: str, scale: float
) -> Legend:
    """Return the legend of what the map shows, in as many columns as find room."""
    ko = lang == "ko"
    counts = marks.kinds
    entries = [
        Entry(look=kind, words=f"{style.label_ko if ko else style.label_en}  {counts[kind]}")
        for kind, style in KINDS.items()
        if counts[kind]
    ]
    entries += _of_line(layers, plane, ko)
    if marks.discs is not None:
        entries.append(Entry(look=UNCERTAINTY, words=WORDS["uncertainty"][ko]))
    if marks.regions:
        entries.append(Entry(look=AREA, words=WORDS["area"][ko]))
    size_pt = 6.4 * scale
    swatch = 6.5 * scale
    widest = max(pen.width_mm(e.words, size_pt) for e in entries) + swatch + 3
    number = max(1, min(len(entries), int(plane.width_mm // widest)))
    rows = -(-len(entries) // number)
    columns = [entries[i : i + rows] for i in range(0, len(entries), rows)]
    return Legend(
        columns=columns,
        column_mm=plane.width_mm / len(columns),
        row_mm=3.9 * scale,
        size_pt=size_pt,
    )


def _of_line(layers: tuple[Layer, ...], plane: Plane, ko: bool) -> list[Entry]:
    """Return segments and zones that the map shows; halves of one zone are one entry."""
    import shapely

    window = shapely.box(*plane.window_wsen)
    found: dict[tuple[Group, str], Entry] = {}
    for layer in layers:
        if layer.group not in (Group.LINE, Group.ZONES) or isinstance(layer.style, KindStyle):
            continue
        if layer.frame.intersects(window).any():
            name = layer.name_ko if ko else layer.name_en
            if layer.group is Group.ZONES:
                name = name.split(",")[0].split(" (")[0]
            found.setdefault((layer.group, name), Entry(look=layer.style, words=name))
    # The line comes before its zones.
    return sorted(found.values(), key=lambda e: isinstance(e.look, AreaStyle))


def draw_legend(axes: Any, legend: Legend, *, top_mm: float, left_mm: float, scale: float) -> None:
    """Draw the legend downwards from a height on the sheet."""
    for number, column in enumerate(legend.columns):
        x = left_mm + number * legend.column_mm
        for row, entry in enumerate(column):
            y = top_mm - (row + 0.5) * legend.row_mm
            _swatch(axes, entry.look, x, y, scale)
            ink.text(
                axes, x + 6.2 * scale, y, entry.words, fontsize=legend.size_pt,
                va="center_baseline", color=_COLOURS["text"],
            )  # fmt: skip


def _swatch(
    axes: Any, look: Kind | LineStyle | AreaStyle, x: float, y: float, scale: float
) -> None:
    import shapely

    if isinstance(look, LineStyle):
        ink.stroke(axes, [shapely.LineString([(x, y), (x + 5 * scale, y)])], look, zorder=5)
    elif isinstance(look, AreaStyle):
        width, height = 2.5 * scale, 1.2 * scale
        middle = (x + width, y)
        if look is UNCERTAINTY:
            shape = shapely.Point(middle).buffer(1.5 * scale)
        else:
            shape = shapely.box(x, y - height, x + 2 * width, y + height)
        ink.area(axes, [shape], look, zorder=5)
    else:
        ink.symbol(axes, look, x + 2.5 * scale, y, 3.1 * scale, zorder=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plate:
    """The sign of an area on the map: its name over the kinds known to it."""

    region: Region
    name: str
    size_pt: float
    symbol_mm: float
    width_mm: float
    height_mm: float

    @classmethod
    def of(cls, region: Region, pen: Pen, *, lang: str, scale: float) -> Plate:
        """Return the plate of a region, measured."""
        size_pt, symbol_mm = 6.4 * scale, 3.1 * scale
        name = pen.wrapped(region.names[lang == "ko"], size_pt, 32 * scale, weight="bold")
        cells = [cls._cell_mm(pen, n, symbol_mm, size_pt) for n in region.kinds.values()]
        # More than five kinds go on: the plate is then as wide as they are.
        width = max(pen.width_mm(name, size_pt, weight="bold"), sum(cells)) + 2.4 * scale
        height = pen.height_mm(name, size_pt) + symbol_mm * 1.15 + 1.6 * scale
        return cls(
            region=region, name=name, size_pt=size_pt, symbol_mm=symbol_mm,
            width_mm=width, height_mm=height,
        )  # fmt: skip

    @staticmethod
    def _cell_mm(pen: Pen, count: int, symbol_mm: float, size_pt: float) -> float:
        return symbol_mm * 1.2 + (pen.width_mm(f"{count} ", size_pt) if count > 1 else 0.0)

    def anchor(self) -> tuple[float, float]:
        """Return the point of the area that a plate hangs from."""
        import shapely

        shape = self.region.shape
        if shape.geom_type.endswith("LineString"):
            longest = max(shapely.get_parts(shape), key=lambda p: p.length)
            point = longest.interpolate(0.5, normalized=True)
        else:
            point = shape.representative_point()
        return float(point.x), float(point.y)


def draw_plate(axes: Any, plate: Plate, pen: Pen, x: float, y: float) -> None:
    """Draw a plate around a middle, with a thin way to its area."""
    from matplotlib.patches import FancyBboxPatch

    ax, ay = plate.anchor()
    left, bottom = x - plate.width_mm / 2, y - plate.height_mm / 2
    axes.plot([ax, x], [ay, y], color=AREA.stroke, lw=0.6, zorder=6.0, solid_capstyle="round")
    axes.plot([ax], [ay], marker="o", ms=1.8, mfc=AREA.stroke, mew=0, zorder=6.0)
    axes.add_patch(
        FancyBboxPatch(
            (left, bottom), plate.width_mm, plate.height_mm,
            boxstyle="round,pad=0,rounding_size=0.7", fc="#FFFFFF", ec=AREA.stroke, lw=0.5,
            zorder=6.1,
        )
    )  # fmt: skip
    top = bottom + plate.height_mm - plate.size_pt * ink.MM_PER_PT * 0.3
    ink.text(
        axes, x, top, plate.name, fontsize=plate.size_pt, weight="bold", ha="center", va="top",
        color=_COLOURS["text"], zorder=6.3, linespacing=1.1,
    )  # fmt: skip
    cells = [
        plate._cell_mm(pen, n, plate.symbol_mm, plate.size_pt) for n in plate.region.kinds.values()
    ]
    at = x - sum(cells) / 2
    row = bottom + plate.symbol_mm * 0.62 + 0.4
    for (kind, count), cell in zip(plate.region.kinds.items(), cells, strict=True):
        ink.symbol(axes, kind, at + plate.symbol_mm * 0.6, row, plate.symbol_mm, zorder=6.3)
        if count > 1:
            ink.text(
                axes, at + plate.symbol_mm * 1.22, row, str(count), fontsize=plate.size_pt * 0.95,
                va="center_baseline", color=_COLOURS["text"], zorder=6.3,
            )  # fmt: skip
        at += cell


def draw_scale(
    axes: Any, plane: Plane, pen: Pen, *, lang: str, scale: float,
    marked: list[tuple[float, float]], taken: list[Box],
) -> Box:  # fmt: skip
    """Draw a scale bar true at the map's middle latitude, and return its box.

    It stands in the lower corner that is not ``taken`` and in which fewer of the
    ``marked`` points lie.
    """
    mm_per_km = plane.mm_per_km()
    room = plane.width_mm * 0.24 / mm_per_km
    km = max(s * 10.0**p for p in range(-2, 5) for s in (1, 2, 5) if s * 10.0**p <= room)
    degrees = f"{abs(plane.lat):.0f}°{'N' if plane.lat >= 0 else 'S'}"
    words = f"{km:g} km · {WORDS['at_lat'][lang == 'ko'].format(lat=degrees)}"
    size = 5.6 * scale
    length, y = km * mm_per_km, 3.2 * scale
    wide, high = max(length, pen.width_mm(words, size)) + 4.0 * scale, y + 5.0 * scale

    def crowd(left: float) -> int:
        if any(overlaps((left, 0.0, left + wide, high), box) for box in taken):
            return 1_000_000
        return sum(left < px < left + wide and py < high for px, py in marked)

    left = min((0.0, plane.width_mm - wide), key=crowd)
    x = left + 3.0 * scale
    for colour, extra in ((_COLOURS["halo"], 1.4), (_COLOURS["text"], 0.0)):
        axes.plot(
            [x, x, x + length, x + length], [y + 0.9, y, y, y + 0.9], color=colour,
            lw=0.8 + extra, zorder=8, solid_joinstyle="miter", solid_capstyle="butt",
        )  # fmt: skip
    ink.text(
        axes, x, y + 1.3, words, fontsize=size, va="bottom", color=_COLOURS["text"],
        halo=_COLOURS["halo"], zorder=8,
    )  # fmt: skip
    return (left, 0.0, left + wide, high)


def draw_region(axes: Any, region: Region) -> None:
    """Draw an area washed in its commonest kind's colour, or a line known only as a line."""
    if region.is_water:
        return
    colour = KINDS[region.kinds.most_common(1)[0][0]].colour
    if region.shape.geom_type.endswith("LineString"):
        # A wide pale band beneath the divide: somewhere along here.
        band = LineStyle(colour=colour, width=8.0)
        ink.stroke(axes, [region.shape], band, zorder=3.5, alpha=0.14, capstyle="butt")
        return
    ink.area(axes, [region.shape], replace(AREA, fill=colour, stroke=colour), zorder=2.5)
