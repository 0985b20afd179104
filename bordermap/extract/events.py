"""What happened: triggers in a sentence, and whether they are said to have happened."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from bordermap.extract.doubt import is_asserted
from bordermap.extract.pairs import pairs_in
from bordermap.extract.wordlists import word_set
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.pairs import Pair, PairMatch
    from bordermap.extract.patterns import Frame, Patterns
    from bordermap.extract.tokens import Sentence

__all__ = ["Trigger", "is_past", "is_present", "triggers"]


@dataclass(slots=True)
class Trigger:
    """Words that tell of an incident.

    Attributes
    ----------
    kind, rank
        Of the frame that matched.
    first, last
        Tokens of the match, last inclusive.
    head
        The token that says that it happened.
    is_noun
        Whether the words only name an incident.
    """

    kind: Kind
    rank: int
    first: int
    last: int
    head: int
    is_noun: bool


def triggers(sentence: Sentence, patterns: Patterns) -> list[Trigger]:
    """Return the incidents that a sentence tells of as having happened, in its order."""
    frames, pairs = patterns.present(sentence)
    best = _by_frames(sentence, frames) if frames else {}
    told = [t for t in best.values() if is_asserted(sentence, t.head, t.first, t.last, t.is_noun)]
    if pairs:
        told += _by_pairs(sentence, pairs, [t for t in best.values() if not t.is_noun])
    for trigger in told:
        if trigger.kind is Kind.DEFECTION and _is_of_infiltrators(sentence, trigger):
            trigger.kind = Kind.INFILTRATION
    if len(told) > 1:
        told.sort(key=lambda t: t.head)
    return told


_INFILTRATORS = frozenset(
    ["commando", "commandos", "infiltrator", "infiltrators", "spy", "spies", "guerrilla",
     "guerrillas", "raider", "raiders", "saboteur", "saboteurs", "frogman", "frogmen"]
)  # fmt: skip


def _is_of_infiltrators(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether who gives himself up had come as a commando."""
    near = sentence.words[max(0, trigger.first - 6) : trigger.last + 6]
    return not _INFILTRATORS.isdisjoint(near)


def _by_frames(sentence: Sentence, frames: list[Frame]) -> dict[int, Trigger]:
    """Return what the frames tell of, the best for each word that may say that it happened."""
    best: dict[int, Trigger] = {}
    plain, token_at = sentence.plain, sentence.token_at
    for frame in frames:
        if frame.is_item and not is_verbless(sentence):
            continue
        for match in frame.pattern.finditer(plain):
            first, end = match.span()
            found = Trigger(
                kind=frame.kind,
                rank=frame.rank,
                first=token_at(first + 1),
                last=token_at(end) - 1,
                head=token_at(match.start("h")),
                is_noun=frame.is_noun,
            )
            if _is_another_thing(sentence, found):
                continue
            known = best.get(found.head)
            if known is None or _beats(found, known):
                best[found.head] = found
    strong = {t.kind for t in best.values() if not t.is_noun}
    if strong and len(best) > 1:
        # What only names an incident that the sentence tells of anyway adds nothing.
        best = {h: t for h, t in best.items() if not t.is_noun or t.kind not in strong}
    return best


_INFILTRATORS = frozenset(
    ["commando", "commandos", "infiltrator", "infiltrators", "spy", "spies", "guerrilla",
     "guerrillas", "raider", "raiders", "saboteur", "saboteurs", "frogman", "frogmen"]
)  # fmt: skip


def _by_pairs(sentence: Sentence, pairs: list[Pair], strong: list[Trigger]) -> list[Trigger]:
    """Return what the pairs tell of beside the frames: one a kind, none where a frame stands."""
    found: dict[int, Trigger] = {}
    for match in pairs_in(sentence, pairs):
        kind = match.pair.kind
        if any(t.kind is kind or _overlap(t, match) for t in strong):
            continue
        if any(_overlap(t, match) and t.rank >= match.pair.rank for t in found.values()):
            continue
        if any(
            t.kind is kind and match.head - t.head < _APART for t in found.values()
        ) or not is_asserted(sentence, match.head, match.first, match.last, match.is_noun):
            continue
        trigger = Trigger(kind, match.pair.rank, match.first, match.last, match.head, match.is_noun)
        if _is_another_thing(sentence, trigger):
            continue
        found = {h: t for h, t in found.items() if not _overlap(t, match)}
        found[match.head] = trigger
    return list(found.values())


# Two of one kind in a sentence are two only so far apart.
_APART = 12


def _overlap(frame: Trigger, match: PairMatch) -> bool:
    return frame.first <= match.last and match.first <= frame.last


_PAST = word_set("past_irregular")
_FINITE = word_set("finite")
_MOST_WORDS = 40
# Ends like a verb in the past and is none, or only qualifies a noun.
_NO_PAST = re.compile(r"(?:un)?armed|guided|suspected|alleged|united|hundred|unmanned")


def is_verbless(sentence: Sentence) -> bool:
    """Return whether a sentence has no verb, as an item of a list or a headline."""
    words = sentence.words
    if len(words) > _MOST_WORDS or not _FINITE.isdisjoint(words):
        return False
    return not any(
        w in _PAST or (w.endswith("ed") and len(w) > 4 and not _NO_PAST.fullmatch(w)) for w in words
    )


def is_present(word: str) -> bool:
    """Return whether a verb stands in the present: what is told so, undated, is a habit.

    >>> is_present("crosses"), is_present("crossed"), is_present("sent")
    (True, False, False)
    """
    return word.isascii() and not word.endswith("ing") and not is_past(word)


def is_past(word: str) -> bool:
    """Return whether an English verb stands in the past.

    >>> is_past("crossed"), is_past("sent"), is_past("sending")
    (True, True, False)
    """
    return word.endswith("ed") or word in _PAST


def _is_another_thing(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether a word means something else here: a spy plane, an anti-aircraft gun."""
    if trigger.kind is Kind.STATEMENT:
        return _is_warning_shot(sentence, trigger)
    if trigger.kind is Kind.EXPLOSION:
        # "The rocket blew up minutes after lift-off": a launch that failed.
        return not _ROCKETS.isdisjoint(sentence.words[max(0, trigger.head - 7) : trigger.head])
    if trigger.kind is Kind.NAVAL and _is_flown(sentence, trigger):
        return True
    pairs = _OTHER_THINGS.get(trigger.kind)
    if pairs is None:
        return False
    words = sentence.words[max(0, trigger.first - 1) : trigger.last + 4]
    if trigger.kind is Kind.AIRCRAFT and not _SEARCH.isdisjoint(words):
        return True
    return any((a, b) in pairs for a, b in pairwise(words))


_SEARCH = frozenset({"search", "searching", "searched", "combing", "combed", "scouring", "rescue"})
_FLIES = re.compile(
    r" (?:mig|migs|plane|planes|jet|jets|aircraft|helicopter|helicopters|drone|drones|balloon|"
    r"balloons|[^ ]*(?:미사일|발사체|무인기|전투기|헬기|풍선)[^ ]*) "
)
_SAILS = re.compile(
    r" (?:[a-z]*boats?|ships?|vessels?|navy|[^ ]*(?:경비정|함정|어선|목선|선박)[^ ]*) "
)


def _is_flown(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether what crossed a line at sea flew: a MIG, a drone, a missile."""
    lead = f" {' '.join(sentence.words[max(0, trigger.head - 9) : trigger.head])} "
    return bool(_FLIES.search(lead)) and not _SAILS.search(lead)


_ROCKETS = frozenset({"rocket", "missile", "satellite", "launcher"})
_OTHER_THINGS = {
    Kind.AIRCRAFT: {("anti", "aircraft"), ("aircraft", "carrier"), ("aircraft", "carriers")},
    Kind.CROSSING: {
        (a, b) for a in ("heavy", "machine") for b in ("guns", "gun", "weapons", "machine", "arms")
    },
    Kind.INFILTRATION: {
        ("spy", word) for word in
        ("plane", "planes", "satellite", "satellites", "agency", "chief", "chiefs", "balloon")
    },
    Kind.MISSILE: {
        ("satellite", word) for word in
        ("receivers", "navigation", "images", "imagery", "image", "phones", "signals", "pictures",
         "photos", "dishes", "television", "positioning")
    } | {("anti", "missile"), ("missile", "defense"), ("missile", "defence")},
}  # fmt: skip


def _is_warning_shot(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether "warning" is not said but fired or broadcast."""
    words, head = sentence.words, trigger.head
    return words[head] == "warning" and not _WARNED_BY.isdisjoint(words[head + 1 : head + 3])


_WARNED_BY = frozenset(["shot", "shots", "fire", "broadcast", "broadcasts", "rounds", "volleys"])


def _beats(new: Trigger, old: Trigger) -> bool:
    """Return whether a reading of the same word is the better one."""
    if new.is_noun != old.is_noun:
        return old.is_noun
    return (new.rank, old.last - old.first) > (old.rank, new.last - new.first)
