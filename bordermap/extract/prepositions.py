"""How well the words just before a place's name, or the particle after it, fit an incident."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.mention import Mention
    from bordermap.extract.records import Record
    from bordermap.extract.where import Site

__all__ = ["FIRED", "FIRED_OR_SENT", "KOREAS", "LEAVES", "PLACELESS", "SENT", "by_preposition"]

KOREAS = frozenset({"KP", "KR", None})
"""Countries of places where an incident may be that is told without its place."""
FIRED = frozenset({Kind.MISSILE, Kind.ARTILLERY})
"""What flies from where it happened."""
SENT = frozenset({Kind.LEAFLET, Kind.BALLOON, Kind.DRONE, Kind.CYBER_GPS, Kind.GUNFIRE})
"""What is sent from a place happens there."""
FIRED_OR_SENT = FIRED | SENT
"""What happens where it comes from."""
PLACELESS = frozenset({Kind.STATEMENT, Kind.DIPLOMACY, Kind.DEPLOYMENT, Kind.CONSTRUCTION})
"""What is nowhere unless its own words say where."""
# Who comes over is told of where he arrives.
_ARRIVES = frozenset({Kind.DEFECTION, Kind.INFILTRATION, Kind.CROSSING})
LEAVES = frozenset(
    ["from", "at", "in", "near", "off", "on", "around", "outside", "inside", "within", "of", "over",
     "above", "beside"]
)  # fmt: skip
"""What stands before a place that is left, or where something is."""
_GOES = frozenset(["to", "toward", "towards", "into", "onto", "for"])
_PREPOSITIONS = LEAVES | _GOES


def by_preposition(
    record: Record, words: list[str], mention: Mention, site: Site, first: int
) -> float:
    """Return what the words before a place add to its fit or take from it."""
    if "가" <= words[first][0] <= "힣":
        return _by_particle(record, words, first)
    before = [w for w in words[max(0, first - 4) : first] if w not in {"the", "a", "an", "its"}]
    preposition = next((w for w in reversed(before) if w in _PREPOSITIONS), "")
    if preposition == "over" and record.kind is Kind.MISSILE and mention.feature_class != "sea":
        return -1.5  # "sailed over Honshu"
    if record.kind in FIRED and not site.is_area:
        if preposition in _GOES:
            return -1.5 if record.kind is Kind.MISSILE else -0.4
        return 1.0 if preposition in {"from", "in", "at", "near", "off"} else 0.0
    if preposition == "from" and mention.country not in KOREAS:
        return -2.0  # "a jet from Chengdu"
    if preposition == "from" and record.kind not in SENT:
        return -0.8 if record.kind in _ARRIVES else -0.6  # where it came from
    if preposition in LEAVES:
        return 0.6
    if preposition not in _GOES or site.is_area:
        return 0.0
    return -0.2 if record.kind in _ARRIVES else -0.8


# A Korean place with its particle, or that of the noun after it: "원산 일대에서", "동해로".
_AT = re.compile(r"[^ ]*에서?")
_TOWARD = re.compile(r"[^ ]*(?:로|까지)")
_AROUND = (
    "일대", "부근", "인근", "지역", "해안", "근처", "앞바다", "해상", "해역", "상공", "쪽", "북",
    "남", "동쪽", "서쪽", "방향", "방면",
)  # fmt: skip
_MOST_AROUND = 2


def _by_particle(record: Record, words: list[str], first: int) -> float:
    """Return what the particle after a Korean place adds to its fit or takes from it."""
    last = first
    while (
        last + 1 < len(words)
        and last - first < _MOST_AROUND
        and words[last + 1].startswith(_AROUND)
    ):
        last += 1
    if _AT.fullmatch(words[last]):
        return 1.0 if record.kind in FIRED else 0.6
    if _TOWARD.fullmatch(words[last]) and record.kind in FIRED:
        return -1.5
    return 0.0
