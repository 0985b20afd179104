"""English verbs by their forms: in the past, in the present, or only telling which thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bordermap.extract.wordlists import word_set

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence

__all__ = ["is_attribute", "is_past", "is_present", "is_verbless"]

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


_BEFORE_ATTRIBUTE = frozenset(
    ["the", "a", "an", "its", "their", "his", "'s", "another", "every", "each", "any", "of", "one",
     "two", "three", "some", "many", "several"]
)  # fmt: skip
_AFTER_VERB = frozenset(
    ["by", "in", "on", "at", "off", "near", "from", "to", "with", "for", "up", "out", "down",
     "back", "over", "into", "across", "through", "after", "before", "when", "while", "as", "and",
     "or", "the", "a", "an", "its", "their", "his", ",", ".", ";"]
)  # fmt: skip


def is_attribute(words: list[str], head: int) -> bool:
    """Return whether a participle only tells which thing is meant.

    >>> is_attribute("the hijacked plane landed".split(), 1)
    True
    >>> is_attribute("the plane hijacked in May landed".split(), 2)
    False
    """
    if not words[head].endswith("ed") or head == 0 or head + 1 >= len(words):
        return False
    return words[head - 1] in _BEFORE_ATTRIBUTE and words[head + 1] not in _AFTER_VERB
