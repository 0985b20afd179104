"""Map incidents along contested borders: geocode, check against the line, render."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bordermap.errors import BordermapError as BordermapError
    from bordermap.locate import locate as locate
    from bordermap.site import site as site

__version__ = "0.1.0"

# Public name -> the module that makes it. Nothing heavy is imported before it is asked for.
_PUBLIC = {
    "BordermapError": "errors",
    "DemarcationLayer": "webmap",
    "DemarcationLine": "line",
    "Gazetteer": "gazetteer",
    "IncidentLayer": "webmap",
    "InputError": "errors",
    "as_incidents": "table",
    "available_lines": "line",
    "find_crossings": "tracks",
    "load": "pipeline",
    "load_line": "line",
    "locate": "locate",
    "map": "pipeline",
    "read": "pipeline",
    "read_line": "line",
    "site": "site",
    "write": "pipeline",
}

__all__ = [*_PUBLIC, "__version__"]  # noqa: PLE0604


class _Package(ModuleType):
    """Keeps public functions in view where a module bears the same name.

    Importing ``bordermap.site`` would else put the module in place of the
    function: ``bm.site(table)`` would work once and then no more.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _PUBLIC and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(importlib.import_module(f"bordermap.{_PUBLIC[name]}"), name)
    raise AttributeError(f"module 'bordermap' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
