"""Text in KML: escaped, and exact even where XML has no way to write a character."""

from __future__ import annotations

import json
import re
from html import escape

__all__ = ["escaped", "exact_json", "is_exact"]

# What XML 1.0 cannot carry at all (section 2.2), even escaped.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def is_exact(text: str) -> bool:
    """Return whether XML can carry the text unchanged."""
    return _ILLEGAL.search(text) is None


def escaped(text: str) -> str:
    """Return text for an element or an attribute; what XML cannot carry becomes U+FFFD.

    Line ends and tabs are references, or a parser would make them spaces or
    other line ends.
    """
    plain = escape(_ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text))
    return plain.replace("\r", "&#13;").replace("\t", "&#9;").replace("\n", "&#10;")


def exact_json(values: dict[str, str]) -> str:
    """Return texts as JSON in ASCII, escaped for XML: every character survives."""
    return escaped(json.dumps(values, ensure_ascii=True))
