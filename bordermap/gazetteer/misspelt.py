"""Names that are nearly right: tried only where a name as written leads nowhere."""

from __future__ import annotations

import bisect
import math
from array import array
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bordermap.gazetteer.store import is_sound

if TYPE_CHECKING:
    from bordermap.gazetteer.index import Index

__all__ = ["Misspelt"]

_LENGTH = 6
# Names that differ in a tenth of their letters are tried; the rest is another name.
_RATIO = 88.0
# How much worse a guess is than the name itself.
_PENALTY = 0.8
# Hamlets and far towns are not guessed at.
_IMPORTANCE = 0.38
_MOST = 5
_LONGEST = 60
_AT_ONCE = 256


class Misspelt:
    """The keys of places that are likely enough to be meant by a misspelt name."""

    def __init__(self, index: Index) -> None:
        rows = [
            (key, no, tier)
            for key, no, tier in index.keys(least_importance=_IMPORTANCE)
            if len(key) >= _LENGTH and key.isascii() and not is_sound(key)
        ]
        rows.sort(key=lambda row: (len(row[0]), row[0]))
        self._keys: list[str] = []
        self._lengths = array("q")
        # Number and tier of its places, from a key's start on: tuples would take five times that.
        self._places = array("q")
        self._starts = array("q")
        for key, no, tier in rows:
            if not self._keys or key != self._keys[-1]:
                self._keys.append(key)
                self._lengths.append(len(key))
                self._starts.append(len(self._places))
            self._places.extend((no, tier))
        self._starts.append(len(self._places))

    def near(self, heads: Iterable[str]) -> dict[str, list[tuple[int, int, float]]]:
        """Return for folded names the places they resemble: number, tier, quality below 0.8."""
        by_length: dict[int, list[str]] = {}
        for head in sorted({h for h in heads if _LENGTH <= len(h) <= _LONGEST and h.isascii()}):
            by_length.setdefault(len(head), []).append(head)
        found: dict[str, list[tuple[int, int, float]]] = {}
        for length, some in sorted(by_length.items()):
            for start in range(0, len(some), _AT_ONCE):
                for head, nth, ratio in self._alike(length, some[start : start + _AT_ONCE]):
                    quality = _PENALTY * ratio / 100
                    numbers = iter(self._places[self._starts[nth] : self._starts[nth + 1]])
                    found.setdefault(head, []).extend(
                        (no, tier, quality) for no, tier in zip(numbers, numbers, strict=True)
                    )
        return found

    def _alike(self, length: int, heads: list[str]) -> Iterator[tuple[str, int, float]]:
        """Yield for names of one length the likest keys, by number, with their ratio, 0 to 100."""
        from rapidfuzz import fuzz, process

        # One wrong letter of seven or eight is more than a tenth.
        least = 99.9 * (1 - 1 / length) if length in {7, 8} else _RATIO
        # The ratio of lengths alone already bounds how alike two names can be.
        share = least / (200.0 - least)
        first = bisect.bisect_left(self._lengths, math.ceil(length * share))
        last = bisect.bisect_right(self._lengths, math.floor(length / share))
        keys = self._keys[first:last]
        ratios = process.cdist(heads, keys, scorer=fuzz.ratio, score_cutoff=least)
        for head, row in zip(heads, ratios, strict=True):
            some = row.nonzero()[0]
            for at in some[(-row[some]).argsort(kind="stable")][:_MOST].tolist():
                yield head, first + at, float(row[at])
