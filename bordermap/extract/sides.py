"""Which way across the line, and what the sentence itself says of the side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bordermap.extract.signs import sign
from bordermap.table import Claim, Direction, Kind

if TYPE_CHECKING:
    from bordermap.extract.events import Trigger
    from bordermap.extract.parties import Party
    from bordermap.extract.tokens import Sentence

__all__ = ["claim_of", "direction_of"]


def direction_of(sentence: Sentence, trigger: Trigger, actor: Party | None) -> Direction | None:
    """Return which way across the line it went, where the kind and the actor tell."""
    text = sentence.plain
    if trigger.kind is Kind.DEFECTION and not text.isascii():
        return _korean_way(sentence, trigger)
    if trigger.kind in {Kind.DEFECTION, Kind.ABDUCTION}:
        if _TO_THE_SOUTH.search(text) or (
            trigger.kind is Kind.DEFECTION and actor is not None and actor.side == "north"
        ):
            return Direction.NORTH_TO_SOUTH
        return Direction.SOUTH_TO_NORTH if _TO_THE_NORTH.search(text) else None
    if trigger.kind not in _DIRECTED:
        return None
    told = _korean_way(sentence, trigger)
    if told is not None:
        return told
    if sentence.signs & _HAS_WAY:
        words = sentence.words[max(0, trigger.first - 4) : trigger.last + 16]
        if not _SOUTHWARD.isdisjoint(words):
            return Direction.NORTH_TO_SOUTH
        if not _NORTHWARD.isdisjoint(words):
            return Direction.SOUTH_TO_NORTH
    if actor is None or actor.side is None or not _goes_across(trigger.kind, text):
        return None
    is_back = "back" in sentence.words[trigger.head + 1 : trigger.head + 3]
    southward = (actor.side == "north") != (is_back and trigger.kind is Kind.CROSSING)
    return Direction.NORTH_TO_SOUTH if southward else Direction.SOUTH_TO_NORTH


_SOUTHWARD = frozenset({"southward", "southwards"})
_NORTHWARD = frozenset({"northward", "northwards"})
_HAS_WAY = sign((_SOUTHWARD | _NORTHWARD).__contains__)
_TO_THE_SOUTH = re.compile(
    r" (?:to|into|in) (?:the south|south korea|seoul|southern (?:territory|soil|waters|custody)) "
)
_TO_THE_NORTH = re.compile(
    r" (?:to|into) (?:the north|north korea|pyongyang|wonsan|hamhung|northern (?:territory|soil)) "
)
_KOREAN_SOUTHWARD = (
    "넘어온",
    "넘어왔",
    "넘어와",
    "내려왔",
    "내려온",
    "날아왔",
    "귀순",
    "탈북해",
    "대남",
)
_KOREAN_NORTHWARD = ("넘어갔", "넘어간", "올라갔", "월북", "되돌아갔", "재입북", "대북")


def _korean_way(sentence: Sentence, trigger: Trigger) -> Direction | None:
    """Return which way a Korean verb of the South's writers goes: 넘어오다 comes, 넘어가다 goes."""
    if sentence.plain.isascii():
        return None
    near = " ".join(sentence.words[max(0, trigger.first - 1) : trigger.last + 2])
    southward = any(word in near for word in _KOREAN_SOUTHWARD)
    if southward == any(word in near for word in _KOREAN_NORTHWARD):
        return None
    return Direction.NORTH_TO_SOUTH if southward else Direction.SOUTH_TO_NORTH


_DIRECTED = frozenset(
    {Kind.CROSSING, Kind.INFILTRATION, Kind.LEAFLET, Kind.BALLOON, Kind.LOUDSPEAKER, Kind.DRONE,
     Kind.ARTILLERY, Kind.GUNFIRE, Kind.NAVAL, Kind.MINE, Kind.CYBER_GPS}
)  # fmt: skip
_AT_SEA = re.compile(r" (?:into|toward|towards|in|off) the (?:\w+ ){0,3}?(?:sea|waters|coast) ")


def _goes_across(kind: Kind, text: str) -> bool:
    """Return whether such an incident goes over the line when its side acts."""
    if kind is Kind.ARTILLERY:
        return not _AT_SEA.search(text)
    if kind is Kind.MINE:
        return " south" in text
    if kind is Kind.LOUDSPEAKER:
        return not re.search(r" (?:dismantl|remov|taken? down|took down|pull)", text)
    return True


_ZONE = r"(?:dmz|demilitarized zone|demilitarised zone)"
_LINE = rf"(?:\w+ ){{0,3}}?(?:mdl|military demarcation line|{_ZONE}|border|line|nll|limit line)"
_INSIDE = re.compile(rf" (?:inside|within|in) the (?:\w+ ){{0,3}}?{_ZONE} ")
_SOUTH_SIDE = re.compile(
    r" (?:south of the|southern side of the|south side of the|south korean side of the|"
    rf"southern half of the|southern sector of the) {_LINE}"
)
_NORTH_SIDE = re.compile(
    r" (?:north of the|northern side of the|north side of the|north korean side of the|"
    rf"northern half of the|their side of the|its side of the) {_LINE}"
)
_HAS_LINE = sign(lambda word: word.startswith(("dmz", "zone", "mdl", "line", "border", "nll")))
_ACROSS = frozenset({Kind.CROSSING})


def claim_of(sentence: Sentence, trigger: Trigger) -> Claim | None:
    """Return what the sentence says of the position."""
    words = sentence.words
    if trigger.kind in _ACROSS and words[trigger.head].startswith(("cross", "step", "stray", "viol",
        "intrud", "wander", "breach", "walk", "incurs", "move", "came", "went")):  # fmt: skip
        return Claim.CROSSED_LINE
    if trigger.kind is Kind.NAVAL and words[trigger.head].startswith(("cross", "viol", "intrud")):
        return Claim.CROSSED_LINE
    if trigger.kind is Kind.CROSSING and not words[trigger.head].isascii():
        return Claim.CROSSED_LINE
    if not sentence.signs & _HAS_LINE:
        return None
    span = f" {' '.join(words[max(0, trigger.first - 8) : trigger.last + 16])} "
    if _INSIDE.search(span):
        return Claim.INSIDE_DMZ
    if _SOUTH_SIDE.search(span):
        return Claim.SOUTH_SIDE
    if _NORTH_SIDE.search(span):
        return Claim.NORTH_SIDE
    return None
