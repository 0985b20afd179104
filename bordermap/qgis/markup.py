"""XML as QGIS reads it: elements, option maps, colours, lengths."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET  # writes only; nothing from outside is parsed

__all__ = ["ET", "clean", "colour", "document", "mm", "node", "options"]

# What XML 1.0 cannot carry at all (section 2.2), even escaped.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return text without the characters that XML cannot carry; each becomes U+FFFD."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)


def node(
    tag: str,
    attributes: dict[str, str] | None = None,
    *children: ET.Element,
    text: str | None = None,
) -> ET.Element:
    """Return an element; attributes and text are cleaned, and escaped when written."""
    element = ET.Element(tag, {k: clean(v) for k, v in (attributes or {}).items()})
    element.extend(children)
    if text is not None:
        element.text = clean(text)
    return element


def options(values: dict[str, str]) -> ET.Element:
    """Return values as the option map in which symbol layers keep their properties."""
    entries = (
        node("Option", {"type": "QString", "name": k, "value": v}) for k, v in values.items()
    )
    return node("Option", {"type": "Map"}, *entries)


def document(root: ET.Element) -> str:
    """Return a QGIS file's text: doctype and root element."""
    body = ET.tostring(root, encoding="unicode")
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{body}\n"


def mm(css_px: float) -> str:
    """Return a length of CSS pixels (1/96 inch) in millimetres."""
    return f"{css_px * 25.4 / 96:.3f}"


def colour(hex_rgb: str, opacity: float = 1.0) -> str:
    """Return ``#rrggbb`` and an opacity of 0 to 1 as ``r,g,b,a``."""
    r, g, b = (int(hex_rgb[i : i + 2], 16) for i in (1, 3, 5))
    return f"{r},{g},{b},{round(opacity * 255)}"
