"""What is told only in passing: which thing is meant, or how another party tells it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bordermap.extract.verbs import is_past
from bordermap.extract.wordlists import word_set

if TYPE_CHECKING:
    from bordermap.extract.events import Trigger
    from bordermap.extract.tokens import Sentence

__all__ = ["is_version", "tells_which"]

_WHICH = frozenset({"that", "which", "whom", "where"})
_REACH = 8


def tells_which(words: list[str], trigger: Trigger) -> bool:
    """Return whether a verb only tells which thing or people are meant.

    "Families of people abducted by the North", "the barriers that the North had put up". Or
    what went on meanwhile: "a plane was flying along the zone when the missile rose".
    """
    head = trigger.head
    if words[head].endswith("ing") and words[head - 1] in {"was", "were"}:
        return "when" in words[head + 1 :]
    if head == 0 or not words[head].isascii() or not is_past(words[head]):
        return False
    if words[head + 1 : head + 2] == ["by"]:
        before = words[head - 1]
        return before in _PEOPLE
    for token in range(head - 1, max(0, head - _REACH), -1):
        if words[token] in _WHICH:
            lead = words[max(0, token - 4) : token]
            return "had" in words[token:head] and _SAYS.isdisjoint(lead) and lead[-1] not in _LINKS
        if words[token] in {",", ";", "and"}:
            return False
    return False


_SAYS = word_set("says") | word_set("said") | word_set("speech") | {"saying", "so", "it"}
_LINKS = frozenset({"in", "on", "at", "with", "by", "for", "from", "to"})
_PEOPLE = word_set("people_told_of")
_NORTHS = frozenset(["North Korean government", "KCNA", "North Korean state media"])
_SAYS_IT = re.compile(
    r" , (?:it|they|the (?:radio|agency|broadcast|paper|statement)|pyongyang radio|"
    r"radio pyongyang) "
    r"(?:said|says|reported|asserted|claimed|declared|added|went on|charged|insisted) [,;.]"
)


def is_version(sentence: Sentence, source: str | None) -> bool:
    """Return whether a sentence gives the North's account, or a quoted one, of what was told."""
    if source in _NORTHS or sentence.text[sentence.start] in _QUOTES:
        return True
    return bool(_SAYS_IT.search(sentence.plain))


_QUOTES = frozenset('"\u201c')
