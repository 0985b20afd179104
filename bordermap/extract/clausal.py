"""Times that count from another: "two days after the pact was signed", "a day before the raid"."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from bordermap.extract.reckoning import shifted
from bordermap.extract.verbs import is_past
from bordermap.extract.wordlists import word_set

if TYPE_CHECKING:
    from bordermap.extract.spans import Span

__all__ = ["is_from_event", "opens_clause", "turned"]

_COUNTS = frozenset({"on", "back", "dayback", "dayon"})
_NO_CLAUSE = frozenset([",", ".", ";", ":", ")", "in", "at", "and", "by", "that"])


def opens_clause(match: re.Match[str], after: list[str]) -> bool:
    """Return whether "two days after" is followed by what it counts from."""
    if match.lastgroup not in _COUNTS or match[0].split()[-1] not in {"after", "before"}:
        return False
    return bool(after) and after[0] not in _NO_CLAUSE


_EVENTS = word_set("told_as_a_noun") | {
    "shooting", "killing", "sinking", "bombing", "shelling", "felling", "meeting", "talks",
    "summit", "drill", "find", "discovery",
}  # fmt: skip
_BEGINS = frozenset([",", ";", ":", "and", "but", "just", "only", "about", "some"])
_SUBJECTS = frozenset(
    ["the", "a", "an", "its", "their", "his", "one", "two", "three", "four", "five", "six", "some",
     "several", "north", "south", "another", "they", "it", "he", "she"]
)  # fmt: skip
_REACH = 7


def is_from_event(words: list[str], first: int, last: int) -> bool:
    """Return whether a time at the head of a clause counts from an event that a noun names.

    >>> is_from_event("a day before the incident two missiles flew".split(), 0, 2)
    True
    >>> is_from_event("two days after the pact was signed , they fired".split(), 0, 2)
    False
    """
    if first and words[first - 1] not in _BEGINS:
        return False
    after = words[last + 1 : last + _REACH]
    for at, word in enumerate(after):
        if word == ",":
            return at > 0
        if is_past(word) or word in {"was", "were", "had"}:
            return False
        if word in _EVENTS and after[at + 1 : at + 2] and after[at + 1] in _SUBJECTS:
            return True
    return False


def turned(match: re.Match[str], anchor: date | None) -> Span | None:
    """Return the day of what "two days after ..." counts from: two days before the anchor."""
    if anchor is None:
        return None
    words = match[0].split()
    sign = -1 if words[-1] == "after" else 1
    if words[0] == "the":
        words = ["a", *words[1:]]
    return shifted(words, None, anchor, sign)
