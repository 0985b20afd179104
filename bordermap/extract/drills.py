"""Whether the South or an ally only practised: "held a live-fire drill on the island"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from bordermap.extract.signs import sign
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence

__all__ = ["DRILLED", "HAS_DRILL", "is_drill"]

DRILLED = frozenset(
    {Kind.ARTILLERY, Kind.GUNFIRE, Kind.AIRCRAFT, Kind.DRONE, Kind.NAVAL, Kind.CROSSING,
     Kind.INFILTRATION, Kind.EXPLOSION, Kind.MINE, Kind.CONSTRUCTION}
)  # fmt: skip
_DRILLS = (
    r"drills?|exercises?|man(?:eu|oeu)vers?|games?|demonstrations?|parades?|salutes?|"
    r"ceremon(?:y|ies)|rehearsals?|practice"
)
HAS_DRILL = sign(re.compile(rf"{_DRILLS}|[가-힣]*훈련을").fullmatch)
_DRILL = re.compile(
    r" (?:in|during|as part of|at|for|with|its|their|annual|yearly) (?:[a-z0-9]+ ){0,5}?"
    rf"(?:{_DRILLS.replace('games', 'war games')}) "
)
_IS_NORTHERN = sign(
    {"north", "northern", "communist", "communists", "kpa", "pyongyang"}.__contains__
)


def _is_southern_drill(words: list[str], head: int) -> bool:
    """Return whether the South held "live-fire drills", whomever they were close to."""
    lead = words[max(0, head - 12) : head]
    is_drill = not _DRILL_WORDS.isdisjoint(words[head + 1 : head + 4])
    return is_drill and not _SOUTHERN.isdisjoint(lead) and _NORTHERN.isdisjoint(lead)


_SOUTHERN = frozenset({"south", "marines", "allied", "seoul", "american"})
_NORTHERN = frozenset({"north", "northern", "pyongyang"})
_DRILL_WORDS = frozenset({"drill", "drills", "exercise", "exercises", "maneuver", "maneuvers"})
_DRILL_REACH = 90


_SOUTHERN_KO = re.compile(r" (?:우리|한미|국군|해병대|육군|해군|공군)")
_NORTHERN_KO = re.compile(r" (?:북한|북측|인민군|적)")


def is_drill(sentence: Sentence, head: int) -> bool:
    """Return whether the South or an ally only practised: what the North fires so is news."""
    if "live" in sentence.words[max(0, head - 1) : head + 1] and _is_southern_drill(
        sentence.words, head
    ):
        return True
    if sentence.signs & _IS_NORTHERN:
        return False
    if "훈련을" in "".join(sentence.words[max(0, head - 1) : head + 1]):
        plain = sentence.plain
        return bool(_SOUTHERN_KO.search(plain)) and not _NORTHERN_KO.search(plain)
    lead = sentence.words[max(0, head - 9) : head]
    if ("in", "which") in pairwise(lead) and not _DRILL_WORDS.isdisjoint(lead):
        return True  # "held a drill in which missiles were shot at a target"
    at = sentence.positions()[head]
    return _DRILL.search(sentence.plain, at - 1, at + _DRILL_REACH) is not None
