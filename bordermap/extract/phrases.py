"""What the phrase around a place's name hangs on: a verb, or a noun that it only describes."""

from __future__ import annotations

from dataclasses import dataclass

from bordermap.extract.parties import is_thing
from bordermap.extract.verbs import is_attribute, is_past
from bordermap.extract.wordlists import word_set

__all__ = ["Phrase", "is_from_noun", "is_of_other_verb", "phrase_of"]

_PREPOSITIONS = frozenset(
    ["in", "at", "near", "off", "on", "over", "above", "around", "outside", "inside", "within",
     "from", "to", "toward", "towards", "into", "onto", "for", "across", "along", "through",
     "past", "beyond", "below", "between", "opposite", "under", "beside", "against", "by"]
)  # fmt: skip
_STOPS = frozenset([",", ";", ":", ".", "(", ")", "and", "or", "but"])
_GROUND = word_set("ground")
_LONGEST = 14


@dataclass(frozen=True, slots=True)
class Phrase:
    """A place's name with the words that lead to it.

    Attributes
    ----------
    first
        Token of the outermost preposition, or of the name where there is none.
    preposition
        That preposition, or "".
    """

    first: int
    preposition: str


def phrase_of(words: list[str], first: int) -> Phrase:
    """Return the phrase that leads to the name at a token, with those that it lies in.

    >>> phrase_of("he landed on a beach near the resort of".split(), 8)
    Phrase(first=2, preposition='on')
    """
    found = Phrase(first, "")
    for token in range(first - 1, max(-1, first - _LONGEST), -1):
        word = words[token]
        if word in _STOPS:
            break
        if word in _PREPOSITIONS:
            found = Phrase(token, word)
            if token == 0 or words[token - 1] not in _GROUND:
                break
    return found


_ADVERBS = frozenset(
    ["away", "back", "out", "up", "down", "off", "over", "north", "south", "east", "west",
     "directly", "straight", "only", "just", "again", "home"]
)  # fmt: skip


def is_from_noun(words: list[str], phrase: Phrase) -> bool:
    """Return whether a phrase with "from" tells whose somebody is: "two trawlers from Kunsan".

    >>> text = "they seized two trawlers from kunsan".split()
    >>> is_from_noun(text, phrase_of(text, 5))
    True
    >>> text = "the plane took off from kunsan".split()
    >>> is_from_noun(text, phrase_of(text, 5))
    False
    """
    if phrase.preposition != "from" or phrase.first == 0:
        return False
    before = words[phrase.first - 1]
    if is_past(before) or before.endswith("ing") or before in _ADVERBS or is_thing(before):
        return False
    return before.isalpha() and before not in _MEASURES


_MEASURES = frozenset(["km", "miles", "mile", "kilometers", "kilometres", "meters", "yards", "far"])


def is_of_other_verb(words: list[str], last: int, phrase: Phrase) -> bool:
    """Return whether a verb stands between a trigger's last word and a phrase after it.

    >>> text = "they jammed signals and disturbed airliners near incheon".split()
    >>> is_of_other_verb(text, 2, phrase_of(text, 7))
    True
    """
    return any(
        is_past(words[t]) and not is_attribute(words, t) for t in range(last + 1, phrase.first)
    )
