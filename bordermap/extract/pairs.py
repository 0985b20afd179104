"""A verb and its object or subject near each other, in whatever order and form.

What no frame foresaw is told of in such a pair: "the shells were seen to plunge
into the water". Frames go first, for they know the words between.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bordermap.extract.wordlists import word_set

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence
    from bordermap.table import Kind

__all__ = ["Pair", "PairIndex", "PairMatch"]

# How far a verb may stand from its object or subject, in words.
_REACH = 10
_MOST_PARTS = 4
_PARTS = frozenset({";", "said", "says", "told"})
# Words before what is a noun here though it looks like a verb: "the launch".
_BEFORE_NOUN = word_set("before_noun")
# Nouns among the verbs: "the downing of a plane".
_NOMINAL = word_set("nominal")


@dataclass(frozen=True, slots=True)
class Pair:
    """What must stand near each other: the verb's forms first, then one or more others."""

    kind: Kind
    rank: int
    parts: tuple[tuple[tuple[str, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class PairMatch:
    """Where a pair stands in a sentence; tokens, last inclusive."""

    pair: Pair
    head: int
    first: int
    last: int
    is_noun: bool


class PairIndex:
    """All pairs, found by the first words of their parts."""

    __slots__ = ("_bits", "_by_word", "_of_three", "_of_two", "_pairs", "words")

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._pairs = tuple(pairs)
        by_word: dict[str, dict[tuple[int, int], list[tuple[str, ...]]]] = {}
        for number, pair in enumerate(self._pairs):
            for part, phrases in enumerate(pair.parts):
                for phrase in phrases:
                    by_word.setdefault(phrase[0], {}).setdefault((number, part), []).append(phrase)
        self._by_word: Mapping[str, tuple[tuple[int, int, tuple[tuple[str, ...], ...]], ...]] = {
            word: tuple(
                (n, part, tuple(sorted(phrases, key=len, reverse=True)))
                for (n, part), phrases in found.items()
            )
            for word, found in by_word.items()
        }
        self._bits = {
            word: tuple(
                sum(1 << n for n, part, _ in found if part == k) for k in range(_MOST_PARTS)
            )
            for word, found in self._by_word.items()
        }
        self._of_two = sum(1 << n for n, p in enumerate(self._pairs) if len(p.parts) < 3)
        self._of_three = sum(1 << n for n, p in enumerate(self._pairs) if len(p.parts) < 4)
        self.words = frozenset(self._by_word)

    def matches(self, sentence: Sentence) -> list[PairMatch]:
        """Return the pairs in a sentence, at most one a pair, in the order of their heads."""
        here = sentence.word_set & self.words
        if len(here) < 2:
            return []
        # Which pairs have their first, second, ... part here: a bit a pair, a number a part.
        heads = seconds = thirds = fourths = 0
        for word in here:
            first, second, third, fourth = self._bits[word]
            heads |= first
            seconds |= second
            thirds |= third
            fourths |= fourth
        bits = heads & seconds & (thirds | self._of_two) & (fourths | self._of_three)
        whole: set[int] = set()
        while bits:
            lowest = bits & -bits
            whole.add(lowest.bit_length() - 1)
            bits ^= lowest
        if not whole:
            return []
        at = self._positions(sentence.words, here, whole)
        found = [m for n, spots in at.items() if (m := self._match(n, spots, sentence.words))]
        return sorted(found, key=lambda m: (m.head, -m.pair.rank))

    def thing(self, sentence: Sentence, kind: Kind) -> int | None:
        """Return the first token of a thing that a kind of incident is about, or None."""
        for token, word in enumerate(sentence.words):
            for number, part, phrases in self._by_word.get(word, ()):
                if part == 1 and self._pairs[number].kind is kind and (word,) in phrases:
                    return token
        return None

    def _positions(
        self, words: Sequence[str], here: frozenset[str], whole: set[int]
    ) -> dict[int, dict[int, list[tuple[int, int]]]]:
        """Return pair -> part -> tokens where it stands."""
        at: dict[int, dict[int, list[tuple[int, int]]]] = {}
        for token, word in enumerate(words):
            if word not in here:
                continue
            for number, part, phrases in self._by_word[word]:
                if number not in whole:
                    continue
                for phrase in phrases:
                    end = token + len(phrase)
                    if len(phrase) == 1 or tuple(words[token:end]) == phrase:
                        spots = at.setdefault(number, {}).setdefault(part, [])
                        spots.append((token, end - 1))
                        break
        return at

    def _match(
        self, number: int, spots: Mapping[int, list[tuple[int, int]]], words: Sequence[str]
    ) -> PairMatch | None:
        pair = self._pairs[number]
        if len(spots) < len(pair.parts):
            return None
        nouns: list[PairMatch] = []
        for head in spots[0]:
            others = [_nearest(head, spots[part], words) for part in range(1, len(pair.parts))]
            near = [o for o in others if o is not None]
            if len(near) < len(others):
                continue
            first = min(head[0], *(o[0] for o in near))
            last = max(head[1], *(o[1] for o in near))
            is_noun = words[head[0]] in _NOMINAL or (
                head[0] > 0
                and words[head[0] - 1] in _BEFORE_NOUN
                and not words[head[0]].endswith("ed")
            )
            found = PairMatch(pair, head[0], first, last, is_noun)
            if not is_noun:
                return found
            nouns.append(found)
        return nouns[0] if nouns else None


def _nearest(
    head: tuple[int, int], spots: Sequence[tuple[int, int]], words: Sequence[str]
) -> tuple[int, int] | None:
    """Return the spot nearest to a verb, none too far from it, nor past another statement."""
    best = min(_reached(head, spots, words), default=None)
    return best[1] if best else None


def _reached(
    head: tuple[int, int], spots: Sequence[tuple[int, int]], words: Sequence[str]
) -> Iterator[tuple[int, tuple[int, int]]]:
    for spot in spots:
        if spot[0] <= head[1] and head[0] <= spot[1]:
            continue
        gap = spot[0] - head[1] if spot[0] > head[1] else head[0] - spot[1]
        between = (
            words[head[1] + 1 : spot[0]] if spot[0] > head[1] else words[spot[1] + 1 : head[0]]
        )
        if gap <= _REACH and _PARTS.isdisjoint(between):
            yield gap, spot
