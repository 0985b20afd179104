"""The shared style as QGIS symbols: markers, strokes, fills, bands, discs of doubt."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from bordermap.qgis.markup import colour, mm, node, options
from bordermap.style import PALETTES, AreaStyle, KindStyle, LineStyle
from bordermap.symbols import BADGES, GLYPHS

if TYPE_CHECKING:
    from bordermap.qgis.markup import ET

__all__ = [
    "DISC",
    "band",
    "dot",
    "fill",
    "marker",
    "plain_fill",
    "plain_line",
    "stroke",
    "with_disc",
]

# The web map's marker is 25 CSS pixels wide; the white edge adds a little.
_MARKER_PX = 27.0
_HALO = PALETTES["light"]["halo"]

DISC = (
    'make_ellipse($geometry, "radius_m" / (111412.84 * cos(radians($y)) '
    '- 93.5 * cos(3 * radians($y))), "radius_m" / (111132.92 - 559.82 * cos(2 * radians($y))), '
    "90, 64)"
)
"""QGIS expression of the disc of radius_m around a point in degrees.

Metres a degree of longitude and of latitude by the series of the WGS84
ellipsoid; true to 0.1 % up to 50 km at the latitude of Korea.
"""


def marker(style: KindStyle, name: str = "0") -> ET.Element:
    """Return a kind's marker: the drawn sign itself, embedded, with a light edge."""
    badge, glyph = BADGES[style.badge], GLYPHS[style.symbol]
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1.5 -1.5 27 27">'
        f'<path d="{badge}" fill="#FFFFFF" stroke="#FFFFFF" stroke-width="2.4"/>'
        f'<path d="{badge}" fill="{style.colour}"/>'
        f'<path d="{glyph}" fill="#FFFFFF" fill-rule="evenodd"/></svg>'
    )
    embedded = "base64:" + base64.b64encode(svg.encode()).decode()
    look = {"name": embedded, "size": mm(_MARKER_PX), "size_unit": "MM", "angle": "0",
            "scale_method": "diameter", "color": colour(style.colour)}  # fmt: skip
    return _symbol("marker", name, _layer("SvgMarker", look))


def with_disc(symbol: ET.Element, style: AreaStyle) -> ET.Element:
    """Return a marker with its disc of doubt drawn under it from ``radius_m``."""
    generator = _layer(
        "GeometryGenerator",
        {"SymbolType": "Fill", "geometryModifier": DISC, "units": "MapUnit"},
    )
    generator.append(fill(style, "@0@0"))
    symbol.insert(0, generator)
    return symbol


def stroke(style: LineStyle, name: str = "0") -> ET.Element:
    """Return a line with a light halo under it, as on the web map."""
    halo = {**_line(_HALO, style.width + 2.4, 0.75), "capstyle": "round"}
    look = _line(style.colour, style.width)
    look |= {"capstyle": "flat" if style.dash else "round", **_dashes(style.dash, style.width)}
    return _symbol("line", name, _layer("SimpleLine", halo), _layer("SimpleLine", look))


def band(hex_rgb: str, name: str = "0", *, width: float = 11.0) -> ET.Element:
    """Return a broad solid line (CSS pixels): an incident known only to a line.

    The layer as a whole is made translucent, so that many on one line stay one band.
    """
    return _symbol(
        "line", name, _layer("SimpleLine", {**_line(hex_rgb, width), "capstyle": "round"})
    )


def fill(style: AreaStyle, name: str = "0") -> ET.Element:
    """Return a washed, dashed and, where the style says so, hatched fill."""
    wash = {
        "color": colour(style.fill, style.fill_opacity), "style": "solid",
        "outline_style": "no", "outline_width": "0",
    }  # fmt: skip
    edge = _line(style.stroke, style.stroke_width, 0.8) | _dashes(style.dash, 3.0)
    layers = [_layer("SimpleFill", wash)]
    if style.hatch:
        lines = _layer(
            "LinePatternFill",
            {"angle": "45", "distance": mm(style.hatch), "distance_unit": "MM"},
        )
        thin = _line(style.stroke, 0.7, 0.45)
        lines.append(_symbol("line", "@0@1", _layer("SimpleLine", thin)))
        layers.append(lines)
    layers.append(_layer("SimpleLine", edge))
    return _symbol("fill", name, *layers)


def plain_fill(hex_fill: str, hex_edge: str, name: str = "0") -> ET.Element:
    """Return an opaque fill with a hairline edge: land."""
    look = {
        "color": colour(hex_fill), "style": "solid", "outline_color": colour(hex_edge),
        "outline_style": "solid", "outline_width": mm(0.7), "outline_width_unit": "MM",
    }  # fmt: skip
    return _symbol("fill", name, _layer("SimpleFill", look))


def plain_line(hex_rgb: str, width: float, dash: tuple[float, ...] = ()) -> ET.Element:
    """Return a thin line without a halo: a coast, a river, a boundary."""
    return _symbol("line", "0", _layer("SimpleLine", _line(hex_rgb, width) | _dashes(dash, 1.0)))


def dot(hex_rgb: str, name: str = "0", *, size: float = 5.0) -> ET.Element:
    """Return a small dot with a light edge: a named place."""
    look = {"name": "circle", "color": colour(hex_rgb), "size": mm(size), "size_unit": "MM",
            "outline_color": colour("#FFFFFF"), "outline_width": mm(1),
            "outline_width_unit": "MM", "outline_style": "solid"}  # fmt: skip
    return _symbol("marker", name, _layer("SimpleMarker", look))


def _line(hex_rgb: str, width: float, opacity: float = 1.0) -> dict[str, str]:
    return {"line_color": colour(hex_rgb, opacity), "line_style": "solid", "joinstyle": "round",
            "line_width": mm(width), "line_width_unit": "MM", "capstyle": "flat"}  # fmt: skip


def _dashes(dash: tuple[float, ...], width: float) -> dict[str, str]:
    if not dash:
        return {}
    return {"use_custom_dash": "1", "customdash": ";".join(mm(d * width) for d in dash),
            "customdash_unit": "MM"}  # fmt: skip


def _symbol(kind: str, name: str, *layers: ET.Element) -> ET.Element:
    attributes = {"type": kind, "name": name, "alpha": "1", "clip_to_extent": "1", "force_rhr": "0"}
    return node("symbol", attributes, *layers)


def _layer(kind: str, values: dict[str, str]) -> ET.Element:
    attributes = {"class": kind, "enabled": "1", "locked": "0", "pass": "0"}
    return node("layer", attributes, options(values))
