"""Whether a sentence is of ordinary life, or of other lands, and says nothing of the border.

The same verbs tell of both: a rate is raised in answer as fire is, a striker fires home,
a typhoon tears down fences. Where words of the market, the stadium, the court or the weather
stand and nothing of the North or the line, no incident is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bordermap.extract.signs import sign
from bordermap.extract.wordlists import word_set

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence

__all__ = ["is_of_border", "is_ordinary"]

_BORDER = word_set("border_marks")
_IN_KOREAN = tuple(word_set("border_marks_ko"))
_KOREAN = word_set("korean_marks")
_HAS_MARK = sign(lambda word: word in _BORDER or word.startswith(_IN_KOREAN))
_HAS_KOREAN = sign(_KOREAN.__contains__)
_HAS_LIFE = sign(word_set("ordinary_life").__contains__)
_HAS_LAND = sign(word_set("other_lands").__contains__)


def is_of_border(sentence: Sentence) -> bool:
    """Return whether a sentence names the North, the line, or what lies along it."""
    return bool(sentence.signs & _HAS_MARK)


def is_ordinary(sentence: Sentence) -> bool:
    """Return whether a sentence is of ordinary life or of other lands, and not of the border."""
    signs = sentence.signs
    if signs & _HAS_LAND and not signs & _HAS_KOREAN:
        return True  # other lands have borders too
    return bool(signs & _HAS_LIFE) and not signs & _HAS_MARK
