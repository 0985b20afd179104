"""Who is taken somewhere by his own side, by rescuers or after he came over: no abduction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bordermap.extract.ordinary import is_of_border
from bordermap.extract.signs import sign
from bordermap.extract.wordlists import word_set
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence
    from bordermap.extract.trigger import Trigger

__all__ = ["without_care"]

_TAKES = frozenset(
    ["taken", "took", "brought", "led", "carried", "lifted", "flown", "escorted", "guided", "held"]
)
_KIDNAPS = frozenset(["kidnapped", "abducted", "lured", "snatched", "spirited"])
_SEOUL = frozenset(["seoul", "south", "southern", "puppet", "puppets"])
_BY_WHOM = 6
_ARRESTS = frozenset(["arrested", "detained"])
_FLEES = frozenset(["defected", "fled", "escaped"])
_WALKS = frozenset(["walked", "row"])
_HELD = frozenset(
    ["prisoner", "prisoners", "pows", "hostages", "captives", "captivity", "crew", "hands", "freed",
     "released", "bridge"]
)  # fmt: skip
_HAS_TAKEN = sign((_TAKES | _KIDNAPS | _ARRESTS | _FLEES | _WALKS | {"freedom"}).__contains__)
_CAPTORS, _CARE = word_set("captors"), word_set("care")
_FLIES_OFF = word_set("flies_off")
_CAME = frozenset({Kind.DEFECTION, Kind.CROSSING, Kind.DIPLOMACY})
_REACH = 14


def without_care(sentence: Sentence, told: list[Trigger]) -> list[Trigger]:
    """Return what a sentence tells without those who are only taken into care, or home.

    And without the flight of a plane that is abducted: both are one deed.
    """
    if not sentence.signs & _HAS_TAKEN:
        return told
    for trigger in told:
        if trigger.kind is Kind.DEFECTION and _is_set_free(sentence.words, trigger):
            trigger.kind = Kind.DIPLOMACY
    came = [t.head for t in told if t.kind in _CAME and not t.is_noun]
    kept = [
        t for t in told if not (_is_care(sentence, t, came) or _is_no_flight(sentence, t, told))
    ]
    if any(t.kind is Kind.ABDUCTION and not t.is_noun for t in kept):
        words = sentence.words
        kept = [t for t in kept if t.kind is not Kind.AIRCRAFT or words[t.head] not in _FLIES_OFF]
    return kept


def _is_set_free(words: list[str], trigger: Trigger) -> bool:
    """Return whether those who walk "to freedom" were held, and did not flee."""
    after = words[trigger.head + 1 : trigger.head + _REACH]
    return "freedom" in after and not _HELD.isdisjoint(words)


def _is_care(sentence: Sentence, trigger: Trigger, came: list[int]) -> bool:
    words, head, kind = sentence.words, trigger.head, trigger.kind
    after = words[head + 1 : head + _REACH]
    if words[head] in _KIDNAPS:
        # As Pyongyang has it of those who went over.
        by_seoul = after[:1] == ["by"] and not _SEOUL.isdisjoint(after[:_BY_WHOM])
        return kind is Kind.ABDUCTION and by_seoul
    if words[head] in _ARRESTS:
        # By the side that they came to, or came back to.
        near = words[max(0, head - _NEAR) : head + _REACH]
        return kind is Kind.ABDUCTION and bool(came) and _CAPTORS.isdisjoint(near)
    if words[head] not in _TAKES:
        return False
    if kind is not Kind.ABDUCTION:
        return kind is Kind.DEFECTION and not is_of_border(sentence)
    has_come = any(at < head for at in came)
    if has_come and after[:2] == ["into", "custody"]:
        return True
    if not _CAPTORS.isdisjoint(after):
        return False
    is_coast_guard = "coast" in words and "guard" in words
    return has_come or is_coast_guard or not _CARE.isdisjoint(words)


_NEAR = 3
_WALKED_OUT = frozenset(["vote", "council", "talks", "meeting", "session", "conference", "hall"])


def _is_no_flight(sentence: Sentence, trigger: Trigger, told: list[Trigger]) -> bool:
    """Return whether nobody flees: "walked out of the talks", "the third day in a row".

    Or whether it only tells which people do what is told: "people who defected sent balloons".
    """
    words, head = sentence.words, trigger.head
    if trigger.kind is not Kind.DEFECTION:
        return False
    if words[head] in _WALKS:
        is_row = words[head] == "row" and words[head - 1] == "a"
        return is_row or (
            words[head + 1 : head + 2] == ["out"] and not _WALKED_OUT.isdisjoint(words)
        )
    if words[head] not in _FLEES or "who" not in words[max(0, head - 2) : head]:
        return False
    return any(t.head > head and not t.is_noun and t.kind in _DEEDS for t in told)


_DEEDS = frozenset({Kind.LEAFLET, Kind.BALLOON, Kind.GUNFIRE, Kind.LOUDSPEAKER, Kind.DRONE})
