"""How one layer looks in QGIS: renderer, labels, time, tips; as QML or inside a project."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bordermap.qgis.labels import Label, labeling, labeling_by_rule
from bordermap.qgis.markup import document, node

if TYPE_CHECKING:
    from bordermap.qgis.markup import ET

__all__ = ["VERSION", "Look", "by_rule", "categorized", "elements", "qml", "single", "tip"]

VERSION = "3.22.0"
"""The QGIS whose files these are; later ones read them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a layer looks like.

    Attributes
    ----------
    layer_type
        ``Point``, ``Line``, ``Polygon``; ``No`` for a table; ``Unknown`` for a
        layer that mixes them.
    renderer
        Makes the renderer element; a new one each time, for elements have one parent.
    label, labels
        Its labels, if it has any; or pairs of a filter and the labels of what it lets through.
    times
        The fields of begin and end, half-open; None for what has no time.
    opacity
        Of the layer as a whole, 0 to 1.
    shown
        The expression that names a feature in lists; ``tip`` the HTML of its map tip.
    """

    layer_type: str
    renderer: Callable[[], ET.Element] | None
    label: Label | None = None
    labels: tuple[tuple[str, Label], ...] = ()
    times: tuple[str, str] | None = None
    opacity: float = 1.0
    shown: str = '"name_en"'
    tip: str = ""

    @property
    def is_labelled(self) -> bool:
        """Whether it has labels at all."""
        return self.label is not None or bool(self.labels)


def single(symbol: ET.Element) -> ET.Element:
    """Return a renderer that draws all features alike."""
    return _renderer("singleSymbol", {}, node("symbols", None, symbol))


def categorized(expression: str, categories: Iterable[tuple[str, str, ET.Element]]) -> ET.Element:
    """Return a renderer by value: pairs of value and label with a symbol each.

    The value "" stands for all others.
    """
    entries, symbols = [], []
    for number, (value, label, symbol) in enumerate(categories):
        symbol.set("name", str(number))
        symbols.append(symbol)
        entries.append(node("category", {
            "symbol": str(number), "value": value, "label": label, "render": "true",
            "type": "string",
        }))  # fmt: skip
    return _renderer(
        "categorizedSymbol",
        {"attr": expression},
        node("categories", None, *entries),
        node("symbols", None, *symbols),
    )


def by_rule(rules: Iterable[tuple[str, str, ET.Element]]) -> ET.Element:
    """Return a renderer by rule: filter expression, label and symbol of each."""
    entries, symbols = [], []
    for number, (condition, label, symbol) in enumerate(rules):
        symbol.set("name", str(number))
        symbols.append(symbol)
        entries.append(node("rule", {
            "key": f"{{rule-{number}}}", "filter": condition, "label": label, "symbol": str(number),
        }))  # fmt: skip
    return _renderer(
        "RuleRenderer",
        {},
        node("rules", {"key": "{rules}"}, *entries),
        node("symbols", None, *symbols),
    )


def qml(look: Look) -> str:
    """Return the look as the text of a QML file."""
    attributes = {
        "version": VERSION,
        "styleCategories": "AllStyleCategories",
        "labelsEnabled": str(int(look.is_labelled)),
    }
    return document(node("qgis", attributes, *elements(look)))


def elements(look: Look) -> list[ET.Element]:
    """Return the elements that a QML file and a project's layer have in common."""
    found = [node("flags", None, *(node(k, None, text=v) for k, v in _FLAGS.items())),
             _temporal(look.times)]  # fmt: skip
    if look.renderer is not None:
        found.append(look.renderer())
    if look.label is not None:
        found.append(labeling(look.label, look.layer_type))
    elif look.labels:
        found.append(labeling_by_rule(look.labels, look.layer_type))
    return [
        *found,
        node("blendMode", None, text="0"),
        node("featureBlendMode", None, text="0"),
        node("layerOpacity", None, text=f"{look.opacity:g}"),
        node("previewExpression", None, text=look.shown),
        node("mapTip", None, text=look.tip),
    ]


def tip(*lines: str) -> str:
    """Return a map tip of QGIS expressions, a line each, the first one bold.

    QGIS shows tips as HTML in a browser that runs scripts: what stands in the
    data is escaped.
    """

    def escaped(expression: str) -> str:
        # Empty text, not NULL, or QGIS writes the word.
        text = f"coalesce(to_string({expression}), '')"
        return f"[% replace(replace({text}, '&', '&amp;'), '<', '&lt;') %]"

    first, *rest = (escaped(line) for line in lines)
    return f"<b>{first}</b>" + "".join(f"<br>{line}" for line in rest)


_FLAGS = {"Identifiable": "1", "Removable": "1", "Searchable": "1", "Private": "0"}


def _renderer(kind: str, attributes: dict[str, str], *children: ET.Element) -> ET.Element:
    shared = {"type": kind, "enableorderby": "0", "forceraster": "0", "symbollevels": "0"}
    return node("renderer-v2", shared | attributes, *children)


def _temporal(times: tuple[str, str] | None) -> ET.Element:
    start, end = times or ("", "")
    # Mode 4 is begin and end from two expressions; limit mode 0 leaves the end out. Not
    # mode 2, the two fields themselves: QGIS 3.22 hands that comparison to GDAL, which
    # compares a GeoPackage's times as text ("2024-06-21T00:..." is more than
    # "2024-06-21 00:...": an incident showed a day too long), complains of empty ones in
    # GeoJSON on standard error, and shows what has no date on every day. to_datetime() is
    # what GDAL cannot take over.
    attributes = {
        "enabled": str(int(times is not None)), "mode": "4" if times else "0",
        "startField": start, "endField": end, "limitMode": "0", "accumulate": "0",
        "durationField": "", "durationUnit": "min", "fixedDuration": "0",
        "startExpression": f'to_datetime("{start}")' if times else "",
        "endExpression": f'to_datetime("{end}")' if times else "",
    }  # fmt: skip
    return node(
        "temporal",
        attributes,
        node("fixedRange", None, node("start", text=""), node("end", text="")),
    )
