"""Names of places in all sentences of a text, nested and resolved among each other."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bordermap.extract.lexicon import lexicon_of
from bordermap.extract.mention import Mention, Usage
from bordermap.extract.resolving import resolve_mentions
from bordermap.extract.scan import Found, scan
from bordermap.extract.signs import sign
from bordermap.extract.standing import is_fired_from, is_southern_korean, side_told
from bordermap.extract.usage import usage_of
from bordermap.extract.verbs import is_past
from bordermap.extract.wordlists import word_set

if TYPE_CHECKING:
    from bordermap.extract.patterns import Patterns
    from bordermap.extract.tokens import Sentence
    from bordermap.gazetteer import Gazetteer, Resolution

__all__ = ["Places", "find_mentions"]


@dataclass(slots=True)
class Places:
    """The mentions of one sentence and what they were resolved to."""

    mentions: list[Mention] = field(default_factory=list)
    resolutions: list[Resolution | None] = field(default_factory=list)


_CONTAINERS = frozenset({"province", "country", "county", "city", "capital", "settlement"})
_BETWEEN = word_set("between")
_COMERS = word_set("comers")
# What lies across provinces and counties, and in none.
_NO_INNER = frozenset({None, "country", "province", "river", "line", "area", "sea"})


def find_mentions(parts: list[Sentence], gazetteer: Gazetteer, patterns: Patterns) -> list[Places]:
    """Return the names of places of each sentence, resolved with those of the whole text."""
    lexicon = lexicon_of(gazetteer)
    flat: list[Mention] = []
    countries: list[str | None] = []
    places: list[tuple[Sentence, int]] = []
    is_southern = is_southern_korean(parts)
    by_sentence: list[tuple[int, int]] = []
    for sentence in parts:
        begin = len(flat)
        found = scan(sentence, lexicon, patterns)
        kept: list[tuple[Found, Mention]] = []
        for hit in found:
            usage = usage_of(hit, sentence)
            if usage is not None:
                text = sentence.text[hit.start : hit.end]
                lookup = hit.lookup or _singular(text)
                kept.append((hit, Mention(hit.start, hit.end, text, usage, lookup)))
        _nest(kept, sentence)
        flat += [m for _, m in kept]
        countries += [_country(sentence, hit) for hit, _ in kept]
        places += [(sentence, hit.first) for hit, _ in kept]
        by_sentence.append((begin, len(flat)))
    resolutions = resolve_mentions(
        flat,
        gazetteer,
        countries=countries,
        side_of=lambda n: side_told(*places[n], is_southern=is_southern),
    )
    return [Places(flat[a:b], resolutions[a:b]) for a, b in by_sentence]


def _singular(text: str) -> str | None:
    """Return under which name to look for "the Kumgang mountains"."""
    name, _, noun = text.rpartition(" ")
    return f"Mount {name}" if noun.lower() == "mountains" else None


def _nest(kept: list[tuple[Found, Mention]], sentence: Sentence) -> None:
    """Put each mention into the larger one that follows it ("Kusong, North Pyongan province")."""
    for (here, mention), (after, larger) in itertools.pairwise(kept):
        between = sentence.words[here.last + 1 : after.first]
        inner = after.name.feature_class if after.name is not None else None
        if not between and inner not in _NO_INNER and _is_korean_container(here, mention, sentence):
            larger.within, mention.usage = (mention.text,), Usage.PLACE
            continue
        if mention.usage is not Usage.PLACE or not 1 <= len(between) <= 6:
            continue
        if not set(between) <= _BETWEEN or after.lookup or not {",", "in"} & set(between):
            continue
        if here.lookup is not None:
            continue  # "the border in Goseong" is no town of it
        big = after.name
        generic = sentence.words[after.last] in {"province", "county", "city", "region"}
        if generic or (big is not None and big.feature_class in _CONTAINERS):
            if big is not None and big.feature_class == "capital" and "area" in between[:1]:
                larger.usage = Usage.PLACE
            mention.within = (larger.text,)


def _is_korean_container(here: Found, mention: Mention, sentence: Sentence) -> bool:
    """Return whether the place after a Korean name is in it: "강원도 원산", "평양 순안"."""
    if here.name is None or sentence.raws[here.first].isascii():
        return False
    is_whole = here.end == sentence.span(here.first, here.last)[1]  # no particle
    return is_whole and here.name.feature_class in {"province", "capital", "city", "county"}


def _country(sentence: Sentence, hit: Found) -> str | None:
    """Return the country that the words just before a name put it in."""
    words, signs = sentence.words, sentence.signs
    if not sentence.raws[hit.first].isascii():
        return "KP" if is_fired_from(sentence, hit.first) else None
    before = range(hit.first - 1, max(0, hit.first - 7), -1) if signs & _IS_OWNED else ()
    for token in before:
        if is_past(words[token]) or words[token] in _COMERS:
            break  # "North Korean soldiers in A": they are from there, and not A
        if words[token] in _OWNS:
            side = words[token - 2 if words[token - 1] == "korea" else token - 1]
            if side in _COUNTRIES and (words[token] == "korean" or words[token - 1] != "south"
                                       or words[token - 2] == "the"):  # fmt: skip
                return _COUNTRIES[side]
    if not (signs & _HAS_FIRED and signs & _HAS_NORTH):
        return None
    words = words[max(0, hit.first - 24) : hit.first]
    is_fired = not (_FIRED.isdisjoint(words) or _NORTH.isdisjoint(words))
    return "KP" if is_fired and "from" in words[-4:] else None


_FIRED = frozenset(["fired", "launched", "launch", "launches", "test", "tested"])
_NORTH = frozenset(["north", "dprk", "pyongyang"])
_HAS_FIRED, _HAS_NORTH = sign(_FIRED.__contains__), sign(_NORTH.__contains__)
_OWNS = frozenset(["'s", "korean"])
_IS_OWNED = sign(_OWNS.__contains__)
_COUNTRIES = {"north": "KP", "south": "KR"}
