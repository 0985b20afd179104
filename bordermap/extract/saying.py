"""Whether a time tells when something was said: "Seoul said on Monday", "14일 담화를 내고"."""

from __future__ import annotations

from bordermap.extract.verbs import is_past
from bordermap.extract.wordlists import word_set

__all__ = ["is_of_saying"]

_SAID = word_set("said") | {"known"}  # "made known on Friday"
_REACH = 7
_WHERE = frozenset(["in", "at", "here", "to", "from", "reporters", "journalists", "lawmakers"])
_ENDS = frozenset([",", ";", ":", ".", "that", "and", "but", "when", "which", "who"])


def is_of_saying(words: list[str], first: int, last: int) -> bool:
    """Return whether the time at some tokens is that of a verb of saying beside it.

    >>> is_of_saying("the command disclosed in seoul on friday".split(), 6, 6)
    True
    >>> is_of_saying("the army said it fired on friday".split(), 6, 6)
    False
    """
    before = words[max(0, first - 2) : first]
    if not _SAID.isdisjoint((*before[-1:], *words[last + 1 : last + 2])):
        return True
    if before[-1:] in (["on"], ["in"]) and not _SAID.isdisjoint(before):
        return True
    if _is_told_somewhere(words, first):
        return True
    return not words[last].isascii() and _is_korean_saying(words[last + 1 : last + 3])


def _is_told_somewhere(words: list[str], first: int) -> bool:
    """Return whether between a verb of saying and a time stands where or to whom it was said."""
    for token in range(first - 1, max(-1, first - _REACH), -1):
        if words[token] in _SAID:
            return words[token + 1] in _WHERE
        if words[token] in _ENDS or is_past(words[token]):
            return False
    return False


_KOREAN_SAID = (
    "담화", "성명", "논평", "기자회견", "브리핑", "발표", "밝혔", "밝힌", "보도",
    "확인됐", "확인했", "전했", "설명했", "말했", "알려졌", "주장했", "비난했",
)  # fmt: skip


def _is_korean_saying(after: list[str]) -> bool:
    """Return whether what follows a time in Korean is said: "14일과 16일 담화를 내고"."""
    if after[:1] and after[0][0].isdigit():
        after = after[1:]
    return bool(after) and after[0].startswith(_KOREAN_SAID)
