"""The bundled script and style sheet, and text made safe inside HTML."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
from pathlib import Path
from typing import Any

from bordermap.errors import MissingDataError
from bordermap.webmap.packing import FORMAT

__all__ = ["bundled", "content_id", "hash_source", "json_text"]

_DIST = Path(__file__).parent / "dist"


@functools.cache
def bundled(name: str) -> str:
    """Return a file that ``js/build.mjs`` made when bordermap was installed.

    Raises
    ------
    MissingDataError
        It was not made, or from other sources than this Python code.
    """
    about = _DIST / "bundle.json"
    if not about.exists() or not (_DIST / name).exists():
        raise MissingDataError(f"{name}: the map's bundle is missing; run pip install again")
    if json.loads(about.read_text(encoding="utf-8"))["format"] != FORMAT:
        raise MissingDataError(f"{name}: the map's bundle is an old one; run pip install again")
    return (_DIST / name).read_text(encoding="utf-8")


def json_text(value: Any) -> str:
    r"""Return JSON that may stand inside a script element.

    Examples
    --------
    >>> print(json_text("</script>"))
    "\u003c/script\u003e"
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = text.encode("utf-8", "replace").decode()
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def hash_source(text: str) -> str:
    """Return how a Content-Security-Policy names an inline script or style."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def content_id(*parts: str) -> str:
    """Return a short identifier that the same content always gets."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "replace"))
        digest.update(b"\0")
    return digest.hexdigest()[:12]
