"""What the phrase around a place's name hangs on: a verb, or a noun that it only describes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bordermap.extract.parties import is_thing
from bordermap.extract.standing import is_locator
from bordermap.extract.verbs import is_attribute, is_past
from bordermap.extract.wordlists import word_set

if TYPE_CHECKING:
    from bordermap.extract.mention import Mention
    from bordermap.extract.tokens import Sentence

__all__ = [
    "Phrase",
    "is_aftermath",
    "is_aside",
    "is_cared_for",
    "is_from_noun",
    "is_object",
    "is_of_main_verb",
    "is_of_other_verb",
    "is_of_speaker",
    "phrase_of",
]

_PREPOSITIONS = frozenset(
    ["in", "at", "near", "off", "on", "over", "above", "around", "outside", "inside", "within",
     "from", "to", "toward", "towards", "into", "onto", "for", "across", "along", "through",
     "past", "beyond", "below", "between", "opposite", "under", "beside", "against", "by"]
)  # fmt: skip
_STOPS = frozenset([",", ";", ":", ".", "(", ")", "and", "or", "but"])
_GROUND = word_set("ground")
_LONGEST = 14


class Phrase(NamedTuple):
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
    found, preposition = first, ""
    for token in range(first - 1, max(-1, first - _LONGEST), -1):
        word = words[token]
        if word in _STOPS:
            break
        if word in _PREPOSITIONS:
            found, preposition = token, word
            # "On a beach near A", "from near A".
            if token == 0 or not (words[token - 1] in _GROUND or words[token - 1] in _PREPOSITIONS):
                break
    return Phrase(found, preposition)


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
    return before.isalnum() and before not in _MEASURES


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


_RELATIVE = frozenset({"who", "whose", "which", "when", "because"})


def is_of_main_verb(words: list[str], phrase: Phrase, last: int, head: int) -> bool:
    """Return whether a phrase hangs on the verb of a clause that ends before a trigger.

    >>> text = "they freed at panmunjom three airmen whose helicopter had strayed".split()
    >>> is_of_main_verb(text, phrase_of(text, 3), 3, 9)
    True
    """
    if _RELATIVE.isdisjoint(words[last + 1 : head]) or words[last + 2 : last + 3] == ["where"]:
        return False
    return any(
        is_past(words[t]) and not is_attribute(words, t)
        for t in range(max(0, phrase.first - _LONGEST), phrase.first)
    )


_SPEAKERS = word_set("sources") | {"authorities", "those", "seismologists", "allies", "embassies"}
_FORCES = frozenset({"police", "military", "army", "troops", "forces", "soldiers", "people"})
_COMERS = word_set("comers")
_INSTITUTIONS = word_set("institutions")
_SAID = frozenset(["said", "told", "announced", "reported", "says", "protested", "demanded"])
_BOUND = frozenset({"to", "toward", "towards", "for", "into", "onto"})


def is_of_speaker(words: list[str], phrase: Phrase) -> bool:
    """Return whether a phrase tells where those are who speak: "they agreed with those in Seoul".

    >>> text = "a source in beijing".split()
    >>> is_of_speaker(text, phrase_of(text, 3))
    True
    """
    return phrase.first > 0 and bool(phrase.preposition) and words[phrase.first - 1] in _SPEAKERS


def is_cared_for(words: list[str], phrase: Phrase) -> bool:
    """Return whether a phrase tells where the hurt, the caught or the dead were brought.

    >>> text = "he is in a hospital in suwon".split()
    >>> is_cared_for(text, phrase_of(text, 6))
    True
    """
    before = words[max(0, phrase.first - 1) : phrase.first]
    return not _CARE.isdisjoint([*before, *words[phrase.first : phrase.first + 4]])


def is_aftermath(words: list[str], phrase: Phrase, head: int) -> bool:
    """Return whether a place is of what came after the verb at ``head``: "he is held in Wonju".

    >>> text = "the photographs examined in washington show digging".split()
    >>> is_aftermath(text, phrase_of(text, 4), 5)
    True
    """
    at = phrase.first - 1
    return at > 0 and at != head and words[at] in _AFTERMATH


_AFTERMATH = frozenset(
    ["held", "questioned", "interrogated", "treated", "examined", "buried", "displayed",
     "hospitalized", "hospitalised", "analyzed", "analysed", "exhibited"]
)  # fmt: skip


_CARE = frozenset(
    ["hospital", "hospitals", "clinic", "morgue", "court", "prison", "jail", "laboratory",
     "cemetery", "surgery"]
)  # fmt: skip


def is_object(words: list[str], phrase: Phrase) -> bool:
    """Return whether a name is what a verb reaches: "word had reached Seoul"."""
    if phrase.preposition or not phrase.first:
        return False
    before = words[phrase.first - 1]
    return is_past(before) and before not in _STRUCK


_STRUCK = frozenset(
    ["left", "hit", "struck", "shelled", "attacked", "bombed", "bombarded", "raided", "crossed",
     "overflew", "entered", "approached", "neared"]
)  # fmt: skip


def is_aside(sentence: Sentence, mention: Mention) -> bool:
    """Return whether a name is of somebody who speaks, comes, goes or belongs elsewhere."""
    words = sentence.words
    first, last = sentence.token_from(mention.start), sentence.token_from(mention.end) - 1
    if not words[first].isascii():
        return True
    phrase = phrase_of(words, first)
    if phrase.preposition in _BOUND or words[last + 1 : last + 2] == ["said"]:
        return True
    if not phrase.preposition:
        return words[max(0, phrase.first - 2)] not in _STRUCK and (
            phrase.first == 0 or words[phrase.first - 1] not in _STRUCK
        )
    governor = words[phrase.first - 1] if phrase.first else ""
    if mention.feature_class == "capital" and governor in _FORCES:
        return True
    if governor in _SPEAKERS or governor in _SAID or is_locator(words, first):
        return True
    if phrase.preposition == "from" and governor in _COMERS:
        return True
    return not _INSTITUTIONS.isdisjoint([*words[phrase.first : first], governor])
