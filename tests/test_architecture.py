"""Imports point down only, between floors and never between rooms of one floor."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "bordermap"

# The house, from the ground up; see STYLE.md. A room is a module or a folder.
FLOORS = [
    {"errors", "ordering"},
    {"files", "table", "geo", "progress", "collector", "tally", "counts"},
    {"nearest", "linecheck", "probability", "symbols", "embed"},
    {"gazetteer", "online", "line", "style", "basemap", "kin"},
    {"siting"},
    {"reading", "extract", "merge", "locate", "misplaced", "supplement", "site", "tracks"},
    {"layers"},
    {"cells"},
    {"webmap", "figure", "qgis", "review", "tables", "linefile"},
    {"loading"},
    {"pipeline", "parts"},
    {"cli"},
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
OUTSIDE = {"__init__", "__main__"}
ONLY = {
    "click": {"cli"},
    "folium": {"webmap"},
    "branca": {"webmap"},
    "geopy.geocoders": {"online"},
    "urllib.request": {"online"},
}


def imports_of(path: Path, *, for_types: bool = True) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if not for_types:
        tree.body = [
            node
            for node in tree.body
            if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
        ]
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            pytest.fail(f"{path}: relative import; write bordermap.X")
    return names


def modules() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if "node_modules" not in p.parts)


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    room = room_of(path)
    if room in OUTSIDE:
        return
    assert room in FLOOR, f"{room} has no floor; give it one in FLOORS"
    for name in imports_of(path):
        parts = name.split(".")
        if parts[0] != "bordermap" or len(parts) < 2:
            continue
        other = parts[1]
        if other == room or other not in FLOOR:
            continue
        assert FLOOR[other] < FLOOR[room], f"{room} imports {other}, which is not under it"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_heavy_packages_stay_in_their_room(path: Path) -> None:
    room = room_of(path)
    for name in imports_of(path, for_types=False):
        allowed = next((ONLY[p] for p in ONLY if name == p or name.startswith(f"{p}.")), None)
        assert allowed is None or room in allowed, f"{room} imports {name}"
