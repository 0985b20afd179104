"""Sayings that tell of nothing that happened: "fired its ambassador", "a barrage of questions".

And a way through a minefield, where no mine goes off.
"""

from __future__ import annotations

import re
from itertools import compress, count
from typing import TYPE_CHECKING

from bordermap.extract.forms import Forms
from bordermap.extract.signs import sign
from bordermap.extract.wordlists import word_set

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence
    from bordermap.extract.trigger import Trigger

__all__ = ["MAY_BE_IDIOM", "is_idiom", "is_way_through"]


def _opening(idiom: str) -> str:
    """Return the pattern of an idiom's first word."""
    depth = 0
    for at, letter in enumerate(idiom):
        depth += (letter == "(") - (letter == ")")
        if letter == "_" and not depth:
            idiom = idiom[:at]
            break
    return re.sub(r"_[^|)]*", "", idiom)


_OPENINGS = re.compile("|".join(sorted(map(_opening, word_set("idioms")))))
_OPENS_IDIOM: Forms[bool] = Forms(lambda word: _OPENINGS.fullmatch(word) is not None)
MAY_BE_IDIOM = sign(_OPENS_IDIOM.__getitem__)


_IDIOMS = re.compile(f" (?:{'|'.join(sorted(word_set('idioms')))}) ".replace("_", " "))


def is_idiom(sentence: Sentence, head: int) -> bool:
    """Return whether a word is of a saying: "fired its ambassador", "a barrage of questions"."""
    # Kept under the function: a compiled pattern takes long to hash.
    if is_idiom not in sentence.notes:
        sentence.notes[is_idiom] = _idioms(sentence)
    spans: list[tuple[int, int]] = sentence.notes[is_idiom]
    if not spans:
        return False
    at = sentence.positions()[head]
    plain = sentence.plain
    return any(
        start <= at < end or (abs(at - end) < _BESIDE and "," not in plain[end:at])
        for start, end in spans
    )


def _idioms(sentence: Sentence) -> list[tuple[int, int]]:
    """Return where sayings stand in the plain form; tried at the words that may open one."""
    plain, at = sentence.plain, sentence.positions()
    found: list[tuple[int, int]] = []
    end = 0
    for token in compress(count(), map(_OPENS_IDIOM.__getitem__, sentence.words)):
        match = _IDIOMS.match(plain, at[token] - 1) if at[token] > end else None
        if match:
            found.append(match.span())
            end = match.end()
    return found


_BESIDE = 12


def is_way_through(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether somebody only goes through a minefield, and no mine goes off."""
    words = sentence.words
    inner = words[trigger.head : trigger.last + 1]
    is_field = not _FIELDS.isdisjoint(inner)
    return is_field and words[trigger.head].startswith(_ON_FOOT) and _HURTS.isdisjoint(words)


_FIELDS = frozenset(["minefield", "minefields"])
_ON_FOOT = (
    "walk", "wander", "led", "lead", "guid", "step", "rac", "ran", "run", "dash", "pick", "crawl",
    "cross",
)  # fmt: skip
_HURTS = word_set("hurts")
