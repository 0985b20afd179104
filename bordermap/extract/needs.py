"""Which of many patterns can match at all: those whose words are all in a sentence."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce
from operator import or_

__all__ = ["Needs"]


class Needs:
    """Patterns by the words that they need: one each of several sets.

    A word is a number with a bit for each set of each pattern that it is in: the
    first sets of all patterns side by side, then the second ones, and so on. Or-ing
    the numbers of a sentence's words tells which sets are met, and and-ing those
    blocks which patterns are, in a few steps for hundreds of patterns.

    >>> needs = Needs([[{"fire", "fired"}, {"missile"}], [{"missile"}, {"sea"}, {"fell"}]])
    >>> needs.met({"they", "fired", "a", "missile"}), needs.met({"a", "missile", "fell"})
    ([0], [])
    """

    __slots__ = ("_bits", "_blocks", "_first", "_free", "_width")

    def __init__(self, needs: Sequence[Sequence[Collection[str]]]) -> None:
        self._width = len(needs)
        self._blocks = max((len(n) for n in needs), default=1)
        self._first = (1 << self._width) - 1
        self._bits: dict[str, int] = {}
        # What a pattern with fewer sets than another does not need is met from the start.
        self._free = 0
        for number, sets in enumerate(needs):
            for block in range(self._blocks):
                bit = 1 << (block * self._width + number)
                if block >= len(sets):
                    self._free |= bit
                    continue
                for word in sets[block]:
                    self._bits[word] = self._bits.get(word, 0) | bit

    def met(self, words: Collection[str]) -> list[int]:
        """Return the numbers of the patterns that have all they need among words, in order."""
        bits, width = self._bits, self._width
        met = reduce(or_, map(bits.__getitem__, filter(bits.__contains__, words)), self._free)
        both = met & self._first
        for block in range(1, self._blocks):
            both &= met >> block * width
        found: list[int] = []
        while both:
            highest = both.bit_length() - 1
            found.append(highest)
            both ^= 1 << highest
        return found[::-1]
