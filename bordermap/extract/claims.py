"""Who says so: the source that a sentence names for what it tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bordermap.extract.signs import sign
from bordermap.extract.wordlists import word_set

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence

__all__ = ["claimed_by"]

_SAYS = word_set("says")
_HAS_SAYS = sign(_SAYS.__contains__)
_SOURCES = (
    (r"joint chiefs|jcs|join chiefs|합참|합동참모본부", "Joint Chiefs of Staff"),
    (r"kcna|korean central news agency|조선중앙통신", "KCNA"),
    (r"state media|rodong sinmun", "North Korean state media"),
    (r"united nations command|u\.n\. command|un command|unc|유엔사", "United Nations Command"),
    (r"(?:south korea 's|south korean|seoul 's|the south 's) defen[sc]e ministry|국방부",
     "South Korean Defense Ministry"),
    (r"south korean officials", "South Korean officials"),
    (r"(?:south korea 's|south korean|the south 's|seoul 's) (?:military|army|navy|marines)",
     "South Korean military"),
    (r"(?:south korea 's|the south 's) (?:spy agency|unification ministry)|unification ministry",
     "South Korean government"),
    (r"japan 's defen[sc]e ministry|japan 's coast guard|japan coast guard|japanese", "Japan"),
    (r"activists|defector group|civic group|fighters for a free north korea", "activists"),
    (r"police|경찰", "police"),
    (r"seoul", "South Korean government"),
    (r"pyongyang|north korea|the north", "North Korean government"),
    (r"the military|the army|the navy", "South Korean military"),
)  # fmt: skip
# One pass for all; the group's number says which, the first before the rest.
_SOURCE = re.compile(" (?:" + "|".join(f"({p})" for p, _ in _SOURCES) + ")(?=[^ ]* )")


def claimed_by(sentence: Sentence) -> tuple[str, int, int] | None:
    """Return who is said to say it, with the tokens (last inclusive)."""
    if claimed_by not in sentence.notes:
        sentence.notes[claimed_by] = _claimed_by(sentence)
    found: tuple[str, int, int] | None = sentence.notes[claimed_by]
    return found


def _claimed_by(sentence: Sentence) -> tuple[str, int, int] | None:
    words = sentence.words
    if not sentence.signs & _HAS_SAYS and sentence.plain.isascii():
        return None
    best: tuple[int, int, int] | None = None
    for match in _SOURCE.finditer(sentence.plain):
        first = sentence.token_at(match.start() + 1)
        last = max(first, sentence.token_at(match.end()) - 1)
        near = words[max(0, first - 4) : first] + words[last + 1 : last + 7]
        number = (match.lastindex or 1) - 1
        if not _SAYS.isdisjoint(near) or not words[first].isascii():
            best = min(best or (99, 0, 0), (number, first, last))
    return None if best is None else (_SOURCES[best[0]][1], best[1], best[2])
