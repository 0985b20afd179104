"""The drawn signs: one outline and one glyph a symbol, on a 24 by 24 grid.

Paths are SVG path data made of absolute ``M``, ``L``, ``C`` and ``Z`` only, so
that a canvas, a print figure and a QGIS marker can all draw them. Glyphs are
filled with the even-odd rule: a shape inside another is a hole.
"""

from __future__ import annotations

import math

__all__ = ["BADGES", "GLYPHS", "SIZE", "path_rings"]

SIZE = 24
"""Width and height of the grid that paths are drawn on; y grows downwards."""

# Control points at this share of the radius make four cubics a circle within 0.03 %.
_KAPPA = 0.5522847498


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _poly(*points: tuple[float, float]) -> str:
    corners = " L".join(f"{_number(x)} {_number(y)}" for x, y in points)
    return f"M{corners} Z"


def _disc(x: float, y: float, r: float) -> str:
    k = r * _KAPPA
    n = _number
    return (
        f"M{n(x - r)} {n(y)} C{n(x - r)} {n(y - k)} {n(x - k)} {n(y - r)} {n(x)} {n(y - r)} "
        f"C{n(x + k)} {n(y - r)} {n(x + r)} {n(y - k)} {n(x + r)} {n(y)} "
        f"C{n(x + r)} {n(y + k)} {n(x + k)} {n(y + r)} {n(x)} {n(y + r)} "
        f"C{n(x - k)} {n(y + r)} {n(x - r)} {n(y + k)} {n(x - r)} {n(y)} Z"
    )


def _ring(x: float, y: float, r: float, width: float) -> str:
    return f"{_disc(x, y, r)} {_disc(x, y, r - width)}"


def _bar(x1: float, y1: float, x2: float, y2: float, width: float = 1.8) -> str:
    length = math.hypot(x2 - x1, y2 - y1)
    dx, dy = -(y2 - y1) / length * width / 2, (x2 - x1) / length * width / 2
    return _poly((x1 + dx, y1 + dy), (x2 + dx, y2 + dy), (x2 - dx, y2 - dy), (x1 - dx, y1 - dy))


def _arc(x: float, y: float, r: float, width: float, start: float, end: float) -> str:
    """Return a band of a circle between two angles in degrees, clockwise from east."""
    angles = [math.radians(start + (end - start) * i / 8) for i in range(9)]
    outer = [(x + r * math.cos(a), y + r * math.sin(a)) for a in angles]
    inner = [(x + (r - width) * math.cos(a), y + (r - width) * math.sin(a)) for a in angles[::-1]]
    return _poly(*outer, *inner)


def _regular(corners: int, r: float, turn: float, y: float = 12) -> str:
    angles = [math.radians(turn + 360 * i / corners) for i in range(corners)]
    return _poly(*((12 + r * math.cos(a), y + r * math.sin(a)) for a in angles))


def _star(points: int, outer: float, inner: float) -> str:
    corners = []
    for i in range(points * 2):
        angle, r = math.pi * i / points - math.pi / 2, inner if i % 2 else outer
        corners.append((12 + r * math.cos(angle), 12 + r * math.sin(angle)))
    return _poly(*corners)


def _person(x: float) -> list[str]:
    body = _poly(
        (x - 3, 18), (x - 3, 13.4), (x - 1.5, 11), (x + 1.5, 11), (x + 3, 13.4), (x + 3, 18)
    )
    return [_disc(x, 7.8, 2.3), body]


BADGES: dict[str, str] = {
    "circle": _disc(12, 12, 11),
    "diamond": _regular(4, 12, 0),
    "square": _poly((2, 2), (22, 2), (22, 22), (2, 22)),
    "hexagon": _regular(6, 11.8, 30),
    "octagon": _regular(8, 11.8, 22.5),
    "pentagon": _regular(5, 12.2, -90, 12.8),
    "keel": _regular(5, 12.2, 90, 11.2),
    "tablet": (
        "M6 2 L18 2 C20.5 2 22 3.5 22 6 L22 18 C22 20.5 20.5 22 18 22 "
        "L6 22 C3.5 22 2 20.5 2 18 L2 6 C2 3.5 3.5 2 6 2 Z"
    ),
}
"""Outline of a symbol, by name; it tells the family of kinds without colour."""

_WALL = [
    _poly((x, y), (x + w, y), (x + w, y + 3), (x, y + 3))
    for y, row in (
        (6.5, ((5.5, 4), (10.2, 4), (14.9, 3.6))),
        (10.5, ((5.5, 1.8), (8, 4.2), (12.9, 5.6))),
        (14.5, ((5.5, 4), (10.2, 4), (14.9, 3.6))),
    )
    for x, w in row
]

GLYPHS: dict[str, str] = {
    name: " ".join(parts)
    for name, parts in {
        "crossing": [
            _bar(5, 12, 9.2, 12), _bar(14.8, 12, 19, 12),
            _bar(12, 5, 12, 14.5, 2.2), _poly((8.4, 14), (15.6, 14), (12, 19)),
        ],
        "gunfire": [
            _ring(12, 12, 5.2, 1.6), _bar(12, 4.6, 12, 9.4), _bar(12, 14.6, 12, 19.4),
            _bar(4.6, 12, 9.4, 12), _bar(14.6, 12, 19.4, 12), _disc(12, 12, 1.2),
        ],
        "artillery": [
            _ring(9.2, 14.8, 3.4, 1.6), _bar(10.8, 11.6, 18.6, 6.6, 2.8), _disc(9.2, 14.8, 0.9),
        ],
        "balloon": [
            _disc(12, 9.4, 4.7), _poly((10.6, 14.6), (13.4, 14.6), (12, 13.2)),
            _bar(12, 14.6, 12, 16.8, 1),
            _poly((10.2, 16.8), (13.8, 16.8), (13.8, 19.6), (10.2, 19.6)),
        ],
        "leaflet": [
            _poly((7, 5.5), (17, 5.5), (17, 18.5), (7, 18.5)),
            _bar(9, 9, 15, 9, 1.4), _bar(9, 12, 15, 12, 1.4), _bar(9, 15, 13, 15, 1.4),
        ],
        "loudspeaker": [
            _poly((5, 10), (8, 10), (13, 6.2), (13, 17.8), (8, 14), (5, 14)),
            _arc(13, 12, 3.8, 1.6, -48, 48), _arc(13, 12, 6.8, 1.6, -48, 48),
        ],
        "mine": [
            _disc(12, 13, 4.4),
            *(
                _bar(
                    12 + 5 * math.cos(a), 13 + 5 * math.sin(a),
                    12 + 7.2 * math.cos(a), 13 + 7.2 * math.sin(a), 2,
                )
                for a in (math.radians(d) for d in (0, -45, -90, -135, 180))
            ),
        ],
        "construction": _WALL,
        "infiltration": [
            _disc(6.4, 17.4, 1.5), _disc(9.6, 14.2, 1.5), _disc(12.8, 11, 1.5),
            _poly((13, 5.6), (18.6, 5.4), (18.4, 11)),
        ],
        "defection": [
            *_person(8.6), _bar(13, 12.5, 16.6, 12.5, 2),
            _poly((16, 9.4), (19.6, 12.5), (16, 15.6)),
        ],
        "drone": [
            _bar(8, 8, 16, 16), _bar(16, 8, 8, 16),
            *(_ring(x, y, 2.9, 1.3) for x in (7, 17) for y in (7, 17)),
        ],
        "aircraft": [
            _poly(
                (12, 4), (13.3, 6), (13.3, 10), (19.5, 14), (19.5, 15.8), (13.3, 13.8),
                (13, 17.2), (15, 18.8), (15, 20), (12, 19.2), (9, 20), (9, 18.8), (11, 17.2),
                (10.7, 13.8), (4.5, 15.8), (4.5, 14), (10.7, 10), (10.7, 6),
            ),
        ],
        "naval": [
            _poly((4.6, 13), (19.4, 13), (16.8, 17.4), (7.2, 17.4)),
            _poly((8, 12.2), (8, 9.4), (13.6, 9.4), (15, 12.2)), _bar(11, 5.4, 11, 9.2, 1.6),
        ],
        "missile": [
            _poly((12, 3.6), (14, 7.4), (14, 15.2), (17, 18.6), (13.4, 17.6), (13, 19.8),
                  (11, 19.8), (10.6, 17.6), (7, 18.6), (10, 15.2), (10, 7.4)),
        ],
        "nuclear": [
            _disc(12, 12, 1.7),
            *(_arc(12, 12, 7.6, 4.8, start, start + 60) for start in (0, 120, 240)),
        ],
        "explosion": [_star(8, 7.6, 3.6)],
        "abduction": [*_person(12), _bar(6.4, 5.4, 6.4, 18.6), _bar(17.6, 5.4, 17.6, 18.6)],
        "cyber_gps": [
            _disc(12, 16.6, 1.9), _arc(12, 16.6, 6, 1.8, -140, -40),
            _arc(12, 16.6, 10, 1.8, -136, -44),
        ],
        "deployment": [
            _poly((6, y), (12, y - 4), (18, y), (18, y + 2.6), (12, y - 1.4), (6, y + 2.6))
            for y in (9, 12.8, 16.6)
        ],
        # Two rings side by side; where they overlap the even-odd rule links them.
        "diplomacy": [_ring(9.2, 12, 4.4, 1.7), _ring(14.8, 12, 4.4, 1.7)],
        "statement": [
            _poly((5, 6), (19, 6), (19, 15.4), (12.4, 15.4), (8.6, 19), (8.6, 15.4), (5, 15.4)),
            _bar(7.4, 9.2, 16.6, 9.2, 1.4), _bar(7.4, 12.2, 14, 12.2, 1.4),
        ],
        "other": [_disc(12, 12, 3.6)],
    }.items()
}  # fmt: skip
"""The sign inside the outline, by name; drawn in white on the kind's colour."""


def path_rings(path: str) -> list[list[tuple[str, tuple[float, ...]]]]:
    """Return a path's closed rings, each a list of command letter and its numbers.

    Examples
    --------
    >>> path_rings("M0 0 L4 0 L4 4 Z")
    [[('M', (0.0, 0.0)), ('L', (4.0, 0.0)), ('L', (4.0, 4.0))]]
    """
    rings: list[list[tuple[str, tuple[float, ...]]]] = []
    for part in path.split("Z"):
        text = part.strip()
        if not text:
            continue
        steps = []
        for letter in "MLC":
            text = text.replace(letter, f"|{letter} ")
        for word in text.split("|")[1:]:
            letter, *numbers = word.split()
            steps.append((letter, tuple(float(n) for n in numbers)))
        rings.append(steps)
    return rings
