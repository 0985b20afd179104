"""A page to print: title, map, legend, scale bar and credit on A4 across."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bordermap.qgis.labels import FONTS, text_style
from bordermap.qgis.markup import colour, node, options
from bordermap.style import PALETTES

if TYPE_CHECKING:
    from bordermap.qgis.markup import ET

__all__ = ["print_layout"]

# QgsLayoutItemRegistry: the items' numbers.
_PAGE, _MAP, _LABEL, _LEGEND, _SCALEBAR = "65638", "65639", "65641", "65642", "65646"
# Places on the page, millimetres: left, top, width, height.
_TITLE_BOX, _MAP_BOX = (10, 7, 277, 12), (10, 21, 196, 166)
_LEGEND_BOX, _SCALE_BOX, _CREDIT_BOX = (209, 21, 80, 166), (14, 174, 60, 10), (10, 189, 277, 16)
_LIGHT = PALETTES["light"]


def print_layout(
    *,
    title: str,
    credit: str,
    extent: tuple[float, float, float, float],
    sea: str,
    legend: Sequence[tuple[str, str]],
) -> ET.Element:
    """Return a layout of the name Map.

    Parameters
    ----------
    title, credit
        Words over and under the map.
    extent
        What the map shows: west, south, east, north in metres of EPSG:3857.
    sea
        The colour behind everything, ``#rrggbb``.
    legend
        Ids and names of the layers in the legend, top first.
    """
    page = _item(_PAGE, "page", (0, 0, 297, 210))
    return node(
        "Layout",
        {"name": "Map", "units": "mm", "printResolution": "200"},
        node("Snapper", {"tolerance": "5", "snapToGrid": "0", "snapToItems": "1"}),
        node("Grid", {"resolution": "10", "resUnits": "mm", "offsetX": "0", "offsetY": "0"}),
        node("PageCollection", None, _white("fill"), page, node("GuideCollection")),
        _label("title", title, _TITLE_BOX, size=16, weight=75),
        _map(extent, sea),
        _legend(legend),
        _scale_bar(),
        _label("credit", credit, _CREDIT_BOX, size=6.5, weight=50),
    )


def _id(name: str) -> str:
    """Return the item's id; the same name has the same id in every project."""
    return "{" + str(uuid.uuid5(uuid.NAMESPACE_URL, f"bordermap/layout/{name}")) + "}"


def _item(
    kind: str,
    name: str,
    box: tuple[float, float, float, float],
    more: dict[str, str] | None = None,
    *children: ET.Element,
    background: bool = False,
    frame: bool = False,
) -> ET.Element:
    left, top, width, height = box
    attributes = {
        "type": kind, "id": name, "uuid": _id(name), "templateUuid": _id(name),
        "position": f"{left},{top},mm", "positionOnPage": f"{left},{top},mm",
        "size": f"{width},{height},mm", "referencePoint": "0", "itemRotation": "0",
        "visibility": "1", "opacity": "1", "zValue": {"page": "0", "map": "1"}.get(name, "2"),
        "background": str(background).lower(), "frame": str(frame).lower(),
        "outlineWidthM": "0.2,mm", "frameJoinStyle": "miter", "excludeFromExports": "0",
    }  # fmt: skip
    grey = {"red": "120", "green": "130", "blue": "136", "alpha": "255"}
    white = {"red": "255", "green": "255", "blue": "255", "alpha": "255"}
    return node(
        "LayoutItem",
        attributes | (more or {}),
        node("FrameColor", grey),
        node("BackgroundColor", white),
        *children,
    )


def _map(extent: tuple[float, float, float, float], sea: str) -> ET.Element:
    w, s, e, n = _to_shape(extent, _MAP_BOX[2] / _MAP_BOX[3])
    corners = {"xmin": f"{w:.3f}", "ymin": f"{s:.3f}", "xmax": f"{e:.3f}", "ymax": f"{n:.3f}"}
    more = {"followPreset": "false", "keepLayerSet": "false", "mapRotation": "0",
            "drawCanvasItems": "true", "isTemporal": "0",
            "mapFlags": "0"}  # no label is cut off at the frame  # fmt: skip
    item = _item(_MAP, "map", _MAP_BOX, more, background=True, frame=True)
    r, g, b = (str(int(sea[i : i + 2], 16)) for i in (1, 3, 5))
    behind = item.find("BackgroundColor")
    if behind is not None:
        behind.attrib.update({"red": r, "green": g, "blue": b})
    item.append(node("Extent", corners))
    item.append(node("LayerSet"))
    return item


def _to_shape(
    extent: tuple[float, float, float, float], wanted: float
) -> tuple[float, float, float, float]:
    """Return the extent grown to the shape of the frame (width over height)."""
    w, s, e, n = extent
    width, height = max(e - w, (n - s) * wanted), max(n - s, (e - w) / wanted)
    x, y = (w + e) / 2, (s + n) / 2
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _label(
    name: str, text: str, box: tuple[float, float, float, float], *, size: float, weight: int
) -> ET.Element:
    font = {"description": f"{FONTS[0]},{size:g},-1,5,{weight},0,0,0,0,0", "style": ""}
    more = {"labelText": text, "halign": "1", "valign": "32", "htmlState": "0",
            "marginX": "0", "marginY": "0"}  # fmt: skip
    style = text_style(size=size, hex_rgb=_LIGHT["text"], weight=weight)
    return _item(_LABEL, name, box, more, node("LabelFont", font), style)


def _legend(layers: Sequence[tuple[str, str]]) -> ET.Element:
    more = {
        "map_uuid": _id("map"), "resizeToContents": "1", "legendFilterByMap": "0",
        "legendFilterByAtlas": "0", "columnCount": "1", "splitLayer": "0", "symbolWidth": "6",
        "symbolHeight": "4", "boxSpace": "1", "lineSpacing": "0.8", "columnSpace": "2",
        "wrapChar": "", "title": "", "titleAlignment": "1", "symbolAlignment": "1",
        "minSymbolSize": "0", "maxSymbolSize": "5",
    }  # fmt: skip
    styles = node(
        "styles",
        None,
        _legend_style("group", 9, 75, 2.5),
        _legend_style("subgroup", 8.5, 75, 2.5),
        _legend_style("symbol", 7.5, 50, 1.3),
        _legend_style("symbolLabel", 7.5, 50, 1.6),
    )
    leaves = (
        node(
            "layer-tree-layer",
            {"id": key, "name": name, "checked": "Qt::Checked", "expanded": "1"},
            node("customproperties", None, options({"cached_name": name,
                                                    "legend/title-label": name})),
        )
        for key, name in layers
    )  # fmt: skip
    return _item(_LEGEND, "legend", _LEGEND_BOX, more, styles,
                 node("layer-tree-group", None, *leaves))  # fmt: skip


def _legend_style(name: str, size: float, weight: int, top: float) -> ET.Element:
    font = {"description": f"{FONTS[0]},{size:g},-1,5,{weight},0,0,0,0,0", "style": ""}
    look = {"name": name, "marginTop": f"{top:g}", "marginLeft": "1.5", "alignment": "1",
            "indent": "0"}  # fmt: skip
    return node(
        "style", look, node("styleFont", font),
        text_style(size=size, hex_rgb=_LIGHT["text"], weight=weight),
    )  # fmt: skip


def _scale_bar() -> ET.Element:
    more = {
        "mapUuid": _id("map"), "style": "Line Ticks Up", "unitType": "km", "unitLabel": "km",
        "numUnitsPerSegment": "50", "numMapUnitsPerScaleBarUnit": "1", "numSegments": "2",
        "numSegmentsLeft": "0", "segmentSizeMode": "1", "minBarWidth": "25", "maxBarWidth": "50",
        "segmentMillimeters": "20", "height": "2", "outlineWidth": "0.3", "alignment": "0",
        "labelBarSpace": "1", "boxContentSpace": "1", "labelVerticalPlacement": "0",
        "labelHorizontalPlacement": "0",
    }  # fmt: skip
    return _item(_SCALEBAR, "scale", _SCALE_BOX, more,
                 text_style(size=7, hex_rgb=_LIGHT["text"], halo=True))  # fmt: skip


def _white(kind: str) -> ET.Element:
    look = {"color": colour("#FFFFFF"), "style": "solid", "outline_style": "no"}
    layer = node("layer", {"class": "SimpleFill", "enabled": "1", "pass": "0"}, options(look))
    return node("symbol", {"type": kind, "name": "", "alpha": "1"}, layer)
