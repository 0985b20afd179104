"""How QGIS labels a layer: a text, its look, and where it may stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bordermap.qgis.markup import colour, node
from bordermap.style import PALETTES

if TYPE_CHECKING:
    from bordermap.qgis.markup import ET

__all__ = ["FONTS", "Label", "labeling", "labeling_by_rule", "text_style"]

FONTS = ("Open Sans", "Noto Sans", "Noto Sans CJK KR", "Malgun Gothic", "Arial", "DejaVu Sans")
"""Font families in order of choice; QGIS takes the first that is installed."""

_LIGHT = PALETTES["light"]
# QgsPalLayerSettings::Placement
_PLACEMENTS = {"around": "6", "line": "3", "horizontal": "4", "rim": "7",
               "over": "1", "beside": "6"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One layer's labels.

    ``expression`` is QGIS's; ``size`` is points; ``place`` is ``around`` a
    symbol, ``beside`` a dot, ``over`` a point, along a ``line``, ``horizontal`` in
    an area or along its ``rim``;
    at scales smaller than 1 to ``smallest_scale`` labels are hidden, 0 never.
    """

    expression: str
    place: str
    size: float = 8.0
    colour: str = _LIGHT["text"]
    weight: int = 50
    italic: bool = False
    priority: int = 5
    wrap: int = 30
    smallest_scale: int = 0


def labeling(label: Label, layer_type: str) -> ET.Element:
    """Return the labels of a layer of ``Point``, ``Line`` or ``Polygon`` geometry."""
    return node("labeling", {"type": "simple"}, _settings(label, layer_type))


def labeling_by_rule(labels: Sequence[tuple[str, Label]], layer_type: str) -> ET.Element:
    """Return labels by rule: pairs of a filter expression and a look."""
    rules = (
        node("rule", {"key": f"{{label-{n}}}", "filter": when}, _settings(label, layer_type))
        for n, (when, label) in enumerate(labels)
    )
    return node("labeling", {"type": "rule-based"}, node("rules", {"key": "{labels}"}, *rules))


def _settings(label: Label, layer_type: str) -> ET.Element:
    placement = {
        "placement": _PLACEMENTS[label.place],
        "layerType": f"{layer_type}Geometry",
        "predefinedPositionOrder": "R,TR,BR,L,TL,BL,TSR,BSR",
        "dist": {"around": "4.2", "beside": "0.9"}.get(label.place, "1.2"),
        "distUnits": "MM",
        "offsetType": "0",
        # On and above the line, not turned upside down.
        "placementFlags": "2" if label.place == "line" else "10",
        "priority": str(label.priority),
        "repeatDistance": "0",
        "polygonPlacementFlags": "2",
    }
    rendering = {
        # Symbols keep other labels off; areas must not, or a country has no names in it.
        "obstacle": str(int(layer_type == "Point")), "drawLabels": "1", "limitNumLabels": "0",
        "maxNumLabels": "2000",
        "labelPerPart": "0", "mergeLines": "1", "fontMinPixelSize": "3",
        "fontMaxPixelSize": "10000",
        "scaleVisibility": "1" if label.smallest_scale else "0",
        "scaleMin": str(label.smallest_scale), "scaleMax": "0", "displayAll": "0",
    }  # fmt: skip
    style = text_style(
        size=label.size, hex_rgb=label.colour, weight=label.weight, italic=label.italic, halo=True
    )
    style.set("fieldName", label.expression)
    style.set("isExpression", "1")
    wrapping = {"autoWrapLength": str(label.wrap), "useMaxLineLengthForAutoWrap": "1",
                "multilineAlign": "0" if label.place == "around" else "1"}  # fmt: skip
    return node(
        "settings",
        {"calloutType": "simple"},
        style,
        node("text-format", wrapping),
        node("placement", placement),
        node("rendering", rendering),
    )


def text_style(
    *, size: float, hex_rgb: str, weight: int = 50, italic: bool = False, halo: bool = False
) -> ET.Element:
    """Return a text's look; ``weight`` as Qt counts it, 50 normal and 75 bold."""
    attributes = {
        "fontFamily": FONTS[0], "fontSize": f"{size:g}", "fontSizeUnit": "Point",
        "fontWeight": str(weight), "fontItalic": str(int(italic)), "textColor": colour(hex_rgb),
        "textOpacity": "1", "multilineHeight": "0.9", "textOrientation": "horizontal",
        "fontKerning": "1", "allowHtml": "0",
    }  # fmt: skip
    buffer = {
        "bufferDraw": str(int(halo)), "bufferSize": "0.8", "bufferSizeUnits": "MM",
        "bufferColor": colour(_LIGHT["halo"]), "bufferOpacity": "0.9", "bufferNoFill": "1",
        "bufferJoinStyle": "128",
    }  # fmt: skip
    families = (node("family", {"name": family}) for family in FONTS[1:])
    return node(
        "text-style",
        attributes,
        node("families", None, *families),
        node("text-buffer", buffer),
        node("background", {"shapeDraw": "0"}),
        node("shadow", {"shadowDraw": "0"}),
    )
