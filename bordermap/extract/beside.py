"""What pairs tell of beside the frames of a sentence: none where a frame tells of it already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bordermap.extract.doubt import is_asserted
from bordermap.extract.pairs import pairs_in
from bordermap.extract.senses import is_another_thing
from bordermap.extract.trigger import Trigger
from bordermap.extract.verbs import is_attribute, is_reply
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.pairs import Pair, PairMatch
    from bordermap.extract.tokens import Sentence

__all__ = ["ANSWERED", "by_pairs"]

# Fire is answered by fire: two of these in one sentence may be two deeds.
ANSWERED = frozenset({Kind.GUNFIRE, Kind.ARTILLERY, Kind.NAVAL, Kind.MISSILE})


def by_pairs(
    sentence: Sentence,
    pairs: list[Pair],
    strong: list[Trigger],
    asserted: set[int],
) -> list[Trigger]:
    """Return what the pairs tell of beside the frames: one a kind, none where a frame stands."""
    found: dict[int, Trigger] = {}
    known = {t.kind for t in strong if t.head in asserted} - ANSWERED
    for match in pairs_in(sentence, [p for p in pairs if p.kind not in known]):
        kind = match.pair.kind
        if any(
            _hides(t, match, sentence.words)
            if t.head in asserted
            else _denies(t, match, sentence.words)
            for t in strong
        ):
            continue
        if any(_overlap(t, match) and t.rank >= match.pair.rank for t in found.values()):
            continue
        if any(
            t.kind is kind and match.head - t.head < _APART for t in found.values()
        ) or not is_asserted(sentence, match.head, match.first, match.last, match.is_noun):
            continue
        is_noun = match.is_noun or is_attribute(sentence.words, match.head)
        trigger = Trigger(kind, match.pair.rank, match.first, match.last, match.head, is_noun)
        if is_another_thing(sentence, trigger):
            continue
        found = {h: t for h, t in found.items() if not _overlap(t, match)}
        found[match.head] = trigger
    return list(found.values())


# Two of one kind in a sentence are two only so far apart.
_APART = 12


def _hides(frame: Trigger, match: PairMatch, words: list[str]) -> bool:
    """Return whether a frame tells of what a pair tells of: an answer is not what it answers."""
    if frame.kind is not match.pair.kind:
        # A lesser thing told in passing: "soldiers who were clearing brush spilled over the line".
        is_lesser = frame.rank < match.pair.rank and not frame.first <= match.head <= frame.last
        return _overlap(frame, match) and not is_lesser
    is_far = abs(frame.head - match.head) >= _ANSWERED_AFTER
    return not (is_far and is_reply(words, frame.head) != is_reply(words, match.head))


def _denies(frame: Trigger, match: PairMatch, words: list[str]) -> bool:
    """Return whether what a frame says did not happen is the pair's deed, and no other's.

    "Bullets believed to be from a machine gun struck a post": where they came from is doubted,
    and not that they struck.
    """
    if frame.kind is not match.pair.kind:
        return _hides(frame, match, words)
    return _overlap(frame, match) and abs(frame.head - match.head) < _SAME_DEED


_SAME_DEED = 3
_ANSWERED_AFTER = 6


def _overlap(frame: Trigger, match: PairMatch) -> bool:
    return frame.first <= match.last and match.first <= frame.last
