"""What things look like and are called: kinds, lines, zones, doubt, in two languages.

One style serves the web map, the print figure and QGIS. Colour is never alone:
the outline tells the family and the glyph the kind, so that the map also reads
in greyscale and with any colour vision.
"""

from __future__ import annotations

from dataclasses import dataclass

from bordermap.symbols import BADGES, GLYPHS
from bordermap.table import Kind

__all__ = [
    "AREA",
    "FAMILIES",
    "KINDS",
    "LINE_SEGMENTS",
    "PALETTES",
    "UNCERTAINTY",
    "ZONES",
    "AreaStyle",
    "Family",
    "KindStyle",
    "LineStyle",
    "line_style",
    "symbol_svg",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Kinds that belong together: they share an outline and a colour."""

    label_en: str
    label_ko: str
    colour: str
    badge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindStyle:
    """How one kind is named and drawn.

    ``colour`` is ``#rrggbb``, at least 3:1 against the white glyph; ``symbol``
    and ``badge`` are names in `bordermap.symbols`.
    """

    label_en: str
    label_ko: str
    colour: str
    symbol: str
    badge: str
    family: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStyle:
    """A stroke: colour, width in CSS pixels (1/96 inch), dashes in widths."""

    colour: str
    width: float
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaStyle:
    """A filled shape: colours, opacities 0 to 1, hatching distance in CSS pixels or 0."""

    fill: str
    fill_opacity: float
    stroke: str
    stroke_width: float
    dash: tuple[float, ...] = ()
    hatch: float = 0.0


FAMILIES: dict[str, Family] = {
    "line": Family(
        label_en="Across the line", label_ko="경계선 침범", colour="#B3362B", badge="hexagon"
    ),
    "fire": Family(
        label_en="Fire and explosives", label_ko="사격·폭발", colour="#C45A08", badge="diamond"
    ),
    "words": Family(
        label_en="Psychological warfare", label_ko="심리전", colour="#75489B", badge="circle"
    ),
    "air": Family(label_en="In the air", label_ko="공중", colour="#2B72B0", badge="pentagon"),
    "sea": Family(label_en="At sea", label_ko="해상", colour="#0B7276", badge="keel"),
    "strategic": Family(
        label_en="Missiles and nuclear", label_ko="미사일·핵", colour="#8A1F55", badge="octagon"
    ),
    "ground": Family(
        label_en="Building and moving", label_ko="공사·배치", colour="#6A5A35", badge="square"
    ),
    "signal": Family(label_en="Signals", label_ko="전자·사이버", colour="#45549A", badge="tablet"),
    "talk": Family(label_en="Diplomacy", label_ko="외교", colour="#4B5864", badge="tablet"),
    "other": Family(label_en="Other", label_ko="기타", colour="#6E6E6E", badge="circle"),
}
"""The families of kinds, in the order of the legend."""


def _kind(kind: Kind, family: str, label_en: str, label_ko: str) -> tuple[Kind, KindStyle]:
    look = FAMILIES[family]
    style = KindStyle(
        label_en=label_en,
        label_ko=label_ko,
        colour=look.colour,
        symbol=str(kind),
        badge=look.badge,
        family=family,
    )
    return kind, style


KINDS: dict[Kind, KindStyle] = dict(
    (
        _kind(Kind.CROSSING, "line", "Line crossing", "군사분계선 월선"),
        _kind(Kind.INFILTRATION, "line", "Infiltration", "침투"),
        _kind(Kind.DEFECTION, "line", "Defection", "귀순·월북"),
        _kind(Kind.ABDUCTION, "line", "Abduction", "납치"),
        _kind(Kind.GUNFIRE, "fire", "Gunfire", "총격"),
        _kind(Kind.ARTILLERY, "fire", "Artillery", "포격"),
        _kind(Kind.EXPLOSION, "fire", "Explosion", "폭발"),
        _kind(Kind.MINE, "fire", "Mines", "지뢰"),
        _kind(Kind.BALLOON, "words", "Balloons", "풍선"),
        _kind(Kind.LEAFLET, "words", "Leaflets", "전단 살포"),
        _kind(Kind.LOUDSPEAKER, "words", "Loudspeakers", "확성기 방송"),
        _kind(Kind.DRONE, "air", "Drone", "무인기"),
        _kind(Kind.AIRCRAFT, "air", "Aircraft", "항공기"),
        _kind(Kind.NAVAL, "sea", "Naval", "해상 충돌"),
        _kind(Kind.MISSILE, "strategic", "Missile", "미사일"),
        _kind(Kind.NUCLEAR, "strategic", "Nuclear", "핵"),
        _kind(Kind.CONSTRUCTION, "ground", "Construction", "공사·방벽"),
        _kind(Kind.DEPLOYMENT, "ground", "Deployment", "병력 배치"),
        _kind(Kind.CYBER_GPS, "signal", "Cyber and GPS", "사이버·GPS 교란"),
        _kind(Kind.DIPLOMACY, "talk", "Diplomacy", "외교"),
        _kind(Kind.STATEMENT, "talk", "Statement", "성명·담화"),
        _kind(Kind.OTHER, "other", "Other", "기타"),
    )
)
"""Label, colour and symbol of every kind, in the order of the legend."""

LINE_SEGMENTS: dict[str, LineStyle] = {
    # The Armistice draws no line in the estuary, and the sea lines are no part of it:
    # only the demarcation line on land is solid.
    "mdl": LineStyle(colour="#7A1230", width=2.2),
    "estuary": LineStyle(colour="#7A1230", width=1.6, dash=(0.8, 2.6)),
    "nll_west": LineStyle(colour="#7A1230", width=1.6, dash=(5, 3)),
    "nll_east": LineStyle(colour="#7A1230", width=1.6, dash=(5, 3)),
}
"""Stroke of each segment that has its own; see `line_style` for others."""


def line_style(segment: str) -> LineStyle:
    """Return the stroke of a line's segment; a segment nobody named is solid."""
    return LINE_SEGMENTS.get(segment, LINE_SEGMENTS["mdl"])


_ZONE = AreaStyle(
    fill="#9A7B3C", fill_opacity=0.10, stroke="#9A7B3C", stroke_width=0.9, dash=(3, 2), hatch=6
)
ZONES: dict[str, AreaStyle] = {
    "dmz_north": _ZONE,
    "dmz_south": _ZONE,
    "estuary": AreaStyle(
        fill="#4E7F8F", fill_opacity=0.08, stroke="#4E7F8F", stroke_width=0.9, dash=(1, 2), hatch=6
    ),
}
"""Fill and hatching of each zone along the line."""

AREA = AreaStyle(fill="#3B4A57", fill_opacity=0.07, stroke="#3B4A57", stroke_width=1.2, dash=(4, 3))
"""An incident's place that is an area: washed in the kind's colour, never a pin."""

UNCERTAINTY = AreaStyle(
    fill="#3B4A57", fill_opacity=0.05, stroke="#3B4A57", stroke_width=0.8, dash=(2, 2)
)
"""The disc that holds the true spot with 95 % probability."""

PALETTES: dict[str, dict[str, str]] = {
    "light": {
        "sea": "#DDE6EA", "land": "#F6F4EE", "land_other": "#EDEAE2", "lake": "#D3DFE5",
        "river": "#B9CCD6", "coast": "#A9B8BF", "country": "#A79F93", "province": "#CFC8BB",
        "county": "#E2DDD2", "text": "#22292F", "text_quiet": "#5C666D", "text_water": "#4F7387",
        "halo": "#FBFAF7", "paper": "#FFFFFF", "rule": "#D9D9D4", "accent": "#1F5FA8",
        "line": "#7A1230", "zone": "#8A6A2A",
    },
    "dark": {
        "sea": "#141B21", "land": "#252C32", "land_other": "#20262B", "lake": "#18222A",
        "river": "#33444F", "coast": "#46545D", "country": "#6C6A62", "province": "#3B4247",
        "county": "#30373C", "text": "#E9ECEE", "text_quiet": "#A6B0B6", "text_water": "#7FA3B5",
        "halo": "#14181B", "paper": "#191E22", "rule": "#353C41", "accent": "#7DB2F0",
        "line": "#FF7F98", "zone": "#C9A45A",
    },
}  # fmt: skip
"""Colours of the base map and the page in light and dark."""


def symbol_svg(kind: Kind, *, size: int = 24) -> str:
    """Return one kind's symbol as a standalone SVG file's text.

    Parameters
    ----------
    kind
        Which kind.
    size
        Width and height in pixels.
    """
    style = KINDS[kind]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" '
        f'viewBox="0 0 24 24"><path d="{BADGES[style.badge]}" fill="{style.colour}"/>'
        f'<path d="{GLYPHS[style.symbol]}" fill="#FFFFFF" fill-rule="evenodd"/></svg>\n'
    )
