"""People and boats that move, by where their ways lead: over the line, south, to a pier, a mission.

"Walked through a minefield and over the line", "went across in May", "came south", "a boat with
four men from the North reached a pier". A frame foresees a few words between a verb and what it
leads to; here all phrases that follow the verb are read, one after another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bordermap.extract.clauses import subject_span
from bordermap.extract.doubt import is_asserted
from bordermap.extract.ordinary import is_of_border
from bordermap.extract.signs import sign
from bordermap.extract.trigger import Trigger
from bordermap.extract.verbs import is_past
from bordermap.extract.ways import (
    PREPOSITIONS,
    Way,
    homeward,
    landing,
    out_of,
    over_line,
    southward,
    to_mission,
    to_other_side,
    to_post,
    to_seoul,
    to_shore,
    to_side,
    vanishing,
)
from bordermap.extract.wordlists import word_set
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.records import Record
    from bordermap.extract.tokens import Sentence

__all__ = ["add_movers"]

_MOTIONS = word_set("motions")
_HAS_MOTION = sign(_MOTIONS.__contains__)
# What is flown or floated is told of by frames.
_FLOWN = frozenset(["leaflet", "leaflets", "balloon", "balloons", "drone", "drones"])
_ARMED = frozenset(["raiders", "commandos", "infiltrators", "gunmen", "armed", "agents"])
# What tells of people or boats on their way already.
_TOLD = frozenset(
    {Kind.CROSSING, Kind.DEFECTION, Kind.INFILTRATION, Kind.DIPLOMACY, Kind.ABDUCTION, Kind.NAVAL,
     Kind.AIRCRAFT, Kind.BALLOON, Kind.DRONE}
)  # fmt: skip
_FIGHTS = frozenset(
    {Kind.GUNFIRE, Kind.ARTILLERY, Kind.INFILTRATION, Kind.EXPLOSION, Kind.MINE, Kind.OTHER}
)
_OF_PEOPLE = frozenset({Kind.CROSSING, Kind.DEFECTION, Kind.INFILTRATION, Kind.NAVAL})
_LOOK_BACK = 6
_RANK = 50


def add_movers(
    sentence: Sentence, told: list[Trigger], drafts: Sequence[Record], *, has_date: bool
) -> None:
    """Add to what a sentence tells who moves where in it, if nothing tells of it yet.

    Parameters
    ----------
    sentence, told
        Where to look, and what is told there; added to in place.
    drafts
        What was told before: it tells what "another came over" speaks of.
    has_date
        Whether the sentence has a date.
    """
    if not sentence.signs & _HAS_MOTION or not _FLOWN.isdisjoint(sentence.words):
        return
    is_fight = any(not t.is_noun and t.kind in _FIGHTS for t in told)
    for trigger in _moves(sentence, told, drafts, has_date=has_date):
        head = trigger.head
        if any(_tells_of(t, trigger) for t in told):
            continue
        if is_fight and "who" in sentence.words[max(0, head - 2) : head]:
            continue  # it only tells which people: "killed by raiders who came over in the dark"
        if is_asserted(sentence, head, trigger.first, trigger.last, False):
            told[:] = [t for t in told if not (t.is_loose or t.head == head)]
            told.append(trigger)
            told.sort(key=lambda t: t.head)
            return


def _tells_of(known: Trigger, new: Trigger) -> bool:
    """Return whether a frame or a pair tells of those who move already, and tells it better."""
    if known.is_noun or known.kind not in _TOLD or not known.first <= new.head <= known.last + 1:
        return False
    # "Came home to Sokcho" is no defection.
    is_home = new.kind is Kind.DIPLOMACY and known.kind is Kind.DEFECTION
    return not (is_home and known.head == new.head)


def _moves(
    sentence: Sentence, told: list[Trigger], drafts: Sequence[Record], *, has_date: bool
) -> Iterator[Trigger]:
    words = sentence.words
    is_known = any(d.kind in _OF_PEOPLE for d in drafts[-_LOOK_BACK:])
    has_date = has_date or (is_known and not _GOES_ON.isdisjoint(words))
    is_near = is_known or is_of_border(sentence)
    kinds = [*(d.kind for d in drafts[-_LOOK_BACK:]), *(t.kind for t in told)]
    are_taken = has_date and Kind.ABDUCTION in kinds
    for head, word in enumerate(words):
        if word not in _MOTIONS or not (is_past(word) or word in _PERFECT):
            continue
        way = words[head + 1 : _end(words, head)]
        begin, end = subject_span(words, head)
        who = words[begin:end]
        found: Way | None = None
        if word not in _NO_MOTIONS:
            found = over_line(who, way) or to_mission(word, who, way)
        if found is None and has_date:
            found = to_other_side(
                word, sentence.raws[begin:end], way, is_known=is_known, is_near=is_near
            )
            if is_near:
                found = found or southward(who, way) or homeward(word, who, way, words)
            found = found or to_seoul(word, who, way) or landing(who, word, way)
            found = found or out_of(word, who, way) or to_post(word, who, way, is_known=is_known)
            found = found or (to_side(who, word, way) if is_known else None)
            found = found or (vanishing(word, who, way) if are_taken else None)
            found = found or to_shore(word, who, way, is_known=is_known)
        if found:
            kind = Kind.INFILTRATION if not _ARMED.isdisjoint(who) else found[0]
            yield Trigger(kind, _RANK, min(begin, head), head + found[1], head, False)


_GOES_ON = frozenset({"same", "later"})
_NO_MOTIONS = frozenset({"seen", "carried", "disappeared", "vanished", "reappeared"})
_PERFECT = frozenset({"come", "run"})
_STOPS = frozenset(
    [";", ":", ".", "?", "\u201c", "\u201d", '"', "(", "who", "which", "that", "when", "while",
     "because", "where", "after", "before", "but", "said", "until", "if"]
)  # fmt: skip
_FARTHEST = 24


def _end(words: list[str], head: int) -> int:
    """Return the token after the phrases that follow a verb: "and over the line" is one."""
    last = min(len(words), head + _FARTHEST)
    for token in range(head + 1, last):
        word = words[token]
        if word in _STOPS:
            return token
        if word == "and" and PREPOSITIONS.isdisjoint(words[token + 1 : token + 2]):
            return token
        # "Down a stream, over the wire and across the line".
        after = words[token + 1 : token + 3]
        after = after[1:] if after[:1] == ["and"] else after[:1]
        if word == "," and PREPOSITIONS.isdisjoint(after):
            return token
    return last
