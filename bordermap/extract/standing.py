"""What the words before a name say of its part: where it was, or only where someone is from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bordermap.extract.wordlists import word_set

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence

__all__ = ["is_bound_for", "is_home", "is_locator", "is_origin"]

_COMERS = word_set("comers")
_COMPASS = frozenset(
    ["north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"]
)
_SIDES = frozenset({"front", "side", "part", "parts", "coast", "sea", "line", "half", "zone"})


def is_home(sentence: Sentence, first: int) -> bool:
    """Return whether a name is where a person comes from: "Bobby Hall of Brooksville"."""
    words = sentence.words
    if words[max(0, first - 1) : first] != ["of"] or first < 3:
        return False
    before, lead = sentence.raw(first - 2), sentence.raw(first - 3)
    is_name = before[0].isupper() and before[1:].islower() and words[first - 2] not in _SIDES
    # "Bobby Hall of", "Ben W. Stutts of".
    return is_name and (lead[0].isupper() or lead == ".")


def is_bound_for(words: list[str], first: int) -> bool:
    """Return whether a name is an end of a journey: "bound from Pusan to Seoul"."""
    before = words[max(0, first - 5) : first]
    for word in ("bound", "route", "way"):
        if word in before:
            return bool({"for", "from", "to"} & set(before[before.index(word) + 1 :]))
    return False


def is_origin(words: list[str], first: int) -> bool:
    """Return whether a name is where those come from who act elsewhere: "boats from Wonsan"."""
    return words[max(0, first - 1) : first] == ["from"] and bool(
        _COMERS & set(words[max(0, first - 2) : first - 1])
    )


def is_locator(words: list[str], first: int) -> bool:
    """Return whether a name only tells where another is: "in Paju, northwest of Seoul"."""
    before = words[max(0, first - 3) : first]
    return len(before) == 3 and before[0] == "," and before[1] in _COMPASS and before[2] == "of"
