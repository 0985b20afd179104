"""Numbers in words and digits."""

from __future__ import annotations

import re

__all__ = ["NUMBER_WORDS", "number_of"]

_WORDS = {
    word: number
    for number, words in {
        1: "a an one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven",
        8: "eight", 9: "nine", 10: "ten", 11: "eleven", 12: "twelve dozen", 13: "thirteen",
        14: "fourteen", 15: "fifteen", 16: "sixteen", 17: "seventeen", 18: "eighteen",
        19: "nineteen", 20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty",
        70: "seventy", 80: "eighty", 90: "ninety", 100: "hundred", 1000: "thousand",
    }.items()
    for word in words.split()
}  # fmt: skip
NUMBER_WORDS = frozenset(_WORDS)
"""Numbers in words."""

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,9}(?:\.\d{1,3})?")


def number_of(word: str) -> int | None:
    """Return the whole number that a word is, or None.

    >>> number_of("300,000"), number_of("seven"), number_of("2.5"), number_of("balloons")
    (300000, 7, None, None)
    """
    if word in _WORDS:
        return _WORDS[word]
    if not _DIGITS.fullmatch(word) or "." in word:
        return None
    return int(word.replace(",", ""))
