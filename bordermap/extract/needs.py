"""Which of many patterns can match at all: those whose words are all in a sentence."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce
from operator import or_

__all__ = ["Needs"]

# What needs more sets mostly fails for lack of these already.
_MOST_SETS = 4


class Needs:
    """Patterns by the words that they need: one each of several sets.

    A word is a number with a bit for each set of each pattern that it is in: the
    first sets of all patterns side by side, then the second ones, and so on. Or-ing
    the numbers of a sentence's words tells which sets are met, and and-ing those
    blocks which patterns are, in a few steps for hundreds of patterns. Patterns with
    more sets have the lower bits: each block is only as wide as there are such.

    >>> needs = Needs([[{"fire", "fired"}, {"missile"}], [{"missile"}, {"sea"}, {"fell"}]])
    >>> needs.met({"they", "fired", "a", "missile"}), needs.met({"a", "missile", "fell"})
    ([0], [])
    """

    __slots__ = ("_all", "_bits", "_blocks", "_order")

    def __init__(self, needs: Sequence[Sequence[Collection[str]]]) -> None:
        needs = [sets[:_MOST_SETS] for sets in needs]
        self._order = sorted(range(len(needs)), key=lambda number: -len(needs[number]))
        self._all = (1 << len(needs)) - 1
        self._bits: dict[str, int] = {}
        # Where each block begins, and the patterns that have no set in it: it is met for them.
        self._blocks: list[tuple[int, int]] = []
        begin = 0
        for block in range(max(map(len, needs), default=0)):
            here = [number for number in self._order if len(needs[number]) > block]
            self._blocks.append((begin, self._all ^ ((1 << len(here)) - 1)))
            for bit, number in enumerate(here, begin):
                for word in needs[number][block]:
                    self._bits[word] = self._bits.get(word, 0) | 1 << bit
            begin += len(here)
        # The forms of a word have the same bits: one number for them is sooner at hand.
        same: dict[int, int] = {}
        self._bits = {word: same.setdefault(bits, bits) for word, bits in self._bits.items()}

    def met(self, words: Collection[str]) -> list[int]:
        """Return the numbers of the patterns that have all they need among words, in order."""
        bits = self._bits
        met = reduce(or_, map(bits.__getitem__, filter(bits.__contains__, words)), 0)
        both = self._all
        for begin, free in self._blocks:
            both &= met >> begin | free
        found: list[int] = []
        while both:
            highest = both.bit_length() - 1
            found.append(self._order[highest])
            both ^= 1 << highest
        found.sort()
        return found
