"""Map incidents along contested borders: geocode, check against the line, render."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bordermap.errors import BordermapError as BordermapError

__version__ = "0.1.0"

# Public name -> the module that makes it. Nothing heavy is imported before it is asked for.
_PUBLIC = {
    "BordermapError": "errors",
    "InputError": "errors",
    "as_incidents": "table",
    "site": "site",
    "load_line": "line",
    "read_line": "line",
    "DemarcationLine": "line",
    "Gazetteer": "gazetteer",
    "locate": "locate",
}

__all__ = [*_PUBLIC, "__version__"]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(importlib.import_module(f"bordermap.{_PUBLIC[name]}"), name)
    raise AttributeError(f"module 'bordermap' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
