"""Stated distances from a place: "100 km (60 miles) northwest of Seoul", "백령도 서쪽 27㎞"."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from bordermap.extract.numbers import NUMBER_WORDS, number_of
from bordermap.extract.signs import sign

__all__ = ["HAS_UNIT", "Offset", "offset_after", "offset_before"]

_UNIT_M = {
    "km": 1000.0, "kilometer": 1000.0, "kilometers": 1000.0, "kilometre": 1000.0,
    "kilometres": 1000.0, "mile": 1609.344, "miles": 1609.344, "meter": 1.0, "meters": 1.0,
    "metre": 1.0, "metres": 1.0, "m": 1.0, "yards": 0.9144, "feet": 0.3048,
}  # fmt: skip
_NAUTICAL_M = 1852.0
_VAGUE_NUMBERS = {"half a": 0.5, "a half": 0.5, "a quarter": 0.25, "a few": 3.0, "several": 5.0}
_WORDS = "|".join(sorted(NUMBER_WORDS, key=len)[::-1])
_UNIT = "|".join(sorted(_UNIT_M, key=len)[::-1])
_NUMBER = rf"(?:{'|'.join(_VAGUE_NUMBERS)}|\d[\d.,]*|(?:{_WORDS})(?: (?:{_WORDS}))?)"
_BEFORE = re.compile(
    rf" (?P<n>{_NUMBER})(?P<to> (?:to|or) {_NUMBER})?(?P<half> and (?:a|one) half)?(?: odd)?"
    rf"(?P<naut> nautical)? ?(?P<unit>{_UNIT})(?P<half2> and a half)?"
    # The same in other units: "(60 miles)", "or 60 miles,".
    r"(?: \( [\d.,]+ (?:nautical )?\w+ \)| , or [\d.,]+ \w+ ,)?"
    r"(?P<dir> (?:to the |due |just |almost |further |farther )?"
    r"(?:north|south|east|west)(?: ?(?:north|south|east|west))*)?"
    r" (?:of|from|off|outside)(?: the)?(?: (?!from |to |in |at |near )[^ ,;.()]+){0,3} $"
)
_KOREAN_AFTER = re.compile(
    r"(?:에서)? (?:약 )?(?P<dir>[동서남북]{1,2})(?:쪽|방)(?:으로)? (?:해상 )?(?:약 )?"
    r"(?P<n>\d[\d.,]*)(?:여|여 )? ?(?P<naut>해리)?(?P<unit>km|㎞|킬로미터|마일|m|미터)?"
)
_KOREAN_UNIT_M = {"km": 1000.0, "㎞": 1000.0, "킬로미터": 1000.0, "마일": 1609.344, "m": 1.0,
                  "미터": 1.0}  # fmt: skip
_STEPS = {
    "north": (0.0, 1.0), "south": (0.0, -1.0), "east": (1.0, 0.0), "west": (-1.0, 0.0),
    "북": (0.0, 1.0), "남": (0.0, -1.0), "동": (1.0, 0.0), "서": (-1.0, 0.0),
}  # fmt: skip
_STEP = re.compile("|".join(_STEPS))
# So many tokens does a distance with its units and directions take.
_LONGEST = 18
HAS_UNIT = sign(_UNIT_M.__contains__)
"""Sign of a sentence in which a distance may be stated."""
_ENDS = frozenset({"of", "from", "off", "outside"})


class Offset(NamedTuple):
    """A distance in metres and the way as a unit vector (east, north), or None where untold."""

    metres: float
    way: tuple[float, float] | None


def offset_before(words: Sequence[str], first: int) -> Offset | None:
    """Return the distance stated in the words before the name at a token, or None.

    >>> offset_before("100 km ( 60 miles ) northwest of seoul".split(), 8).metres
    100000.0
    >>> offset_before("two and a half miles south of panmunjom".split(), 7)
    Offset(metres=4023.36, way=(0.0, -1.0))
    """
    if _ENDS.isdisjoint(words[max(0, first - 5) : first]):
        return None
    match = _BEFORE.search(f" {' '.join(words[max(0, first - _LONGEST) : first])} ")
    if match is None:
        return None
    number = _number(match["n"])
    if number is None:
        return None
    if match["to"]:
        other = _number(match["to"].split(maxsplit=1)[1])
        number = (number + other) / 2 if other is not None else number
    number += 0.5 * bool(match["half"] or match["half2"])
    metres = number * (_NAUTICAL_M if match["naut"] else _UNIT_M[match["unit"]])
    return Offset(metres, _way(match["dir"] or ""))


def offset_after(text: str, end: int) -> Offset | None:
    """Return the distance stated after a Korean name that ends at an offset of a text, or None.

    >>> offset_after("백령도 서쪽 27㎞ 해상에서", 3)
    Offset(metres=27000.0, way=(-1.0, 0.0))
    """
    match = _KOREAN_AFTER.match(text, end)
    if match is None or not (match["unit"] or match["naut"]):
        return None
    number = _number(match["n"])
    if number is None:
        return None
    metres = number * (_NAUTICAL_M if match["naut"] else _KOREAN_UNIT_M[match["unit"]])
    return Offset(metres, _way(match["dir"]))


def _number(written: str) -> float | None:
    if written in _VAGUE_NUMBERS:
        return _VAGUE_NUMBERS[written]
    parts = [number_of(word) for word in written.split()]
    if len(parts) == 2 and parts[0] is not None and parts[1] is not None:
        return float(parts[0] + parts[1])  # "twenty five"
    if len(parts) == 1 and parts[0] is not None:
        return float(parts[0])
    try:
        return float(written.replace(",", ""))
    except ValueError:
        return None


def _way(written: str) -> tuple[float, float] | None:
    """Return the unit vector of "northwest", "north northwest" or "북동", None of nothing."""
    steps = [_STEPS[name] for name in _STEP.findall(written)]
    if not steps:
        return None
    east, north = sum(s[0] for s in steps), sum(s[1] for s in steps)
    length = math.hypot(east, north)
    return (east / length, north / length) if length else None
