"""Which of many patterns can match at all: those whose words are all in a sentence."""

from __future__ import annotations

from collections.abc import Collection, Sequence

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

    __slots__ = ("_bits", "_blocks", "_free", "_width")

    def __init__(self, needs: Sequence[Sequence[Collection[str]]]) -> None:
        self._width = len(needs)
        self._blocks = max((len(n) for n in needs), default=1)
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
        bits = self._bits
        met = self._free
        for word in filter(bits.__contains__, words):
            met |= bits[word]
        both = met
        for _ in range(self._blocks - 1):
            met >>= self._width
            both &= met
        both &= (1 << self._width) - 1
        found: list[int] = []
        while both:
            lowest = both & -both
            found.append(lowest.bit_length() - 1)
            both ^= lowest
        return found
