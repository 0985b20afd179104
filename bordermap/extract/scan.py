"""Names in a sentence that may be places: keys of the gazetteer and phrases for areas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import compress, count
from typing import TYPE_CHECKING

from bordermap.extract.lexicon import Begin
from bordermap.extract.wordlists import word_set
from bordermap.extract.words import GENERIC, SURNAMES
from bordermap.gazetteer.folding import fold

if TYPE_CHECKING:
    from bordermap.extract.lexicon import Lexicon, Name
    from bordermap.extract.patterns import Patterns
    from bordermap.extract.tokens import Sentence

__all__ = ["Found", "scan"]

_MOST_TOKENS = 5
_HYPHENS = frozenset("-\u2010\u2011'\u2019")
_JOINTS = frozenset({" ", "-", "\n", "\u2010", "\u2011", "\u00a0", "\r\n", "'", "\u2019"})
# Particles that Korean writes onto a name; 2 before 1, so that the longer goes first.
_PARTICLES = (
    "에서는", "에서의", "으로부터", "에서도", "까지", "부터", "에서", "으로", "에는", "에도",
    "에게", "이나", "이라", "와의", "과의",
    "로의", "쪽", "측", "산", "발", "에", "의", "을", "를", "이",
    "가", "은", "는", "과", "와", "도", "로",
)  # fmt: skip
_HANGUL_GENERIC = ("군", "읍", "면", "리", "항", "역", "시")
# Towns whose names are also common words.
_KOREAN_WORDS = word_set("korean_words")
# Towns so called that hardly ever are meant: the coast, the sea, the estuary.
_KOREAN_NOUNS = word_set("korean_nouns")
# What stands after a place and not after the word that it also is.
_AFTER_PLACE = (
    "해안", "앞바다", "지역", "일대", "인근", "부근", "해상", "해역", "전방", "최전방", "북방",
    "남방", "상공", "주민", "비행장", "앞",
)  # fmt: skip
# Seas that are also towns.
_KOREAN_SEAS = {"동해": "East Sea"}
_OF_TOWNS = ("시", "항", "역", "고속", "안")
_GENERIC_BEFORE = frozenset({"mount", "mt", "lake", "cape", "port", "camp"})
# Words that are part of a name only in the middle of it.


# Members of an enumeration take long to look up.
_NAME, _GENERIC, _HANGUL = Begin.NAME, Begin.GENERIC, Begin.HANGUL


@dataclass(slots=True)
class Found:
    """A name found in a sentence.

    Attributes
    ----------
    first, last
        Its tokens, last inclusive.
    start, end
        Its offsets in the text.
    name
        What the gazetteer knows of it, or None where only a generic word
        ("Ragwon County") shows that it is a place.
    lookup
        What to ask the gazetteer for, where it is a phrase for an area.
    """

    first: int
    last: int
    start: int
    end: int
    name: Name | None
    lookup: str | None = None


def scan(sentence: Sentence, lexicon: Lexicon, patterns: Patterns) -> list[Found]:
    """Return the names in a sentence from left to right; none overlaps another."""
    begins = list(map(lexicon.begins.__getitem__, sentence.raws))
    tokens: Iterable[int] = compress(count(), begins)
    areas = patterns.areas_in(sentence)
    if areas:
        # A phrase may begin in lower case: "the sea between Korea and Japan".
        tokens = sorted(areas.keys() | tokens)
    found: list[Found] = []
    after = 0
    for token in tokens:
        if token < after:
            continue
        begin = begins[token]
        hit: Found | None = None
        if begin is _NAME:
            hit = _name(sentence, token, lexicon)
        elif begin is _GENERIC:
            hit = _by_generic(sentence, token)
        elif begin is _HANGUL:
            hit = _hangul(sentence, token, lexicon)
        if token in areas:
            area = _area(sentence, token, *areas[token])
            if hit is None or area.last >= hit.last:
                hit = area
        if hit is not None:
            found.append(hit)
            after = hit.last + 1
    return found


def _area(sentence: Sentence, token: int, phrase: tuple[str, ...], lookup: str) -> Found:
    """Return the phrase for an area that begins at a token, without its article."""
    last = token + len(phrase) - 1
    first = token + (phrase[0] in {"the", "their", "its", "both"} and len(phrase) > 1)
    return Found(first, last, *sentence.span(first, last), None, lookup)


def _run(sentence: Sentence, token: int) -> int:
    """Return the last token of the unbroken run of words that begins at a token."""
    words = sentence.words
    last = token
    stop = min(token + _MOST_TOKENS, len(words) - 1)
    while last < stop:
        between = sentence.gap(last)
        if between not in _JOINTS and not (between == "" and words[last] == "mt"):
            if between == "" and words[last + 1] == "." and words[last] == "mt":
                last += 1
                continue
            if not (words[last] == "." and last and words[last - 1] == "mt"):
                break
        if not words[last + 1][0].isalnum():
            break
        last += 1
    return last


def _name(sentence: Sentence, token: int, lexicon: Lexicon) -> Found | None:
    """Return the longest known name that begins at a capitalised token, with its generic word."""
    words, raws, names = sentence.words, sentence.raws, lexicon.names
    last, word = token, words[token]
    if token + 1 < len(words) and lexicon.goes_on[f"{word} {words[token + 1]}"]:
        last = _run(sentence, token)
    elif word not in names and word.isalnum() and word.isascii():
        return _by_generic(sentence, token)
    for end in range(last, token - 1, -1):
        if end > token and not (
            raws[end][0].isupper() or words[end] in GENERIC or _is_syllable(sentence, end)
        ):
            continue
        key = "".join(words[token : end + 1])
        if not key.isalnum() or not key.isascii():
            start, stop = sentence.span(token, end)
            key = fold(sentence.text[start:stop])
        known = names.get(key)
        if known is None:
            continue
        if end == token and not _stands_alone(sentence, token, known):
            continue
        whole = _with_generic(sentence, token, end)
        return Found(token, whole, *sentence.span(token, whole), known)
    return _by_generic(sentence, token)


def _is_syllable(sentence: Sentence, token: int) -> bool:
    """Return whether a token is a syllable of a name written with hyphens (Baengnyeong-do)."""
    return sentence.gap(token - 1)[-1:] in _HYPHENS


def _stands_alone(sentence: Sentence, token: int, known: Name) -> bool:
    """Return whether one word may be a place's name without more."""
    word = sentence.words[token]
    if word in SURNAMES or len(word) < 4:
        return word in {"dmz", "mdl", "nll", "jsa", "ccz", "kic"} and sentence.raws[token].isupper()
    if known.feature_class == "country" or known.is_near:
        return True
    # Foreign towns are named with a preposition or their country.
    before = sentence.words[token - 1] if token else ""
    return known.feature_class == "capital" or before in {"in", "at", "near", "from", "to", "of"}


def _with_generic(sentence: Sentence, token: int, end: int) -> int:
    """Return the last token when the words "County", "Island", ... after a name belong to it."""
    words = sentence.words
    if end + 1 >= len(words) or words[end + 1] not in GENERIC:
        return end
    last = _run(sentence, token)
    while end < last and words[end + 1] in GENERIC:
        if words[end + 1] in _ALSO_PLAIN and not sentence.raws[end + 1][0].isupper():
            break
        end += 1
    return end


_ALSO_PLAIN = frozenset({"camp", "base", "complex", "region", "park", "zone", "bridge"})
_BY_GENERIC = word_set("by_generic")
_SEAS = frozenset({"ocean", "sea", "strait", "gulf"})
_KOREAN_SUFFIX = frozenset(
    {"ri", "ni", "do", "to", "dong", "gun", "kun", "eup", "up", "myeon", "myon", "si", "ryong",
     "gu", "san", "bong", "got"}
)  # fmt: skip
_HINTS = _BY_GENERIC | _KOREAN_SUFFIX | _GENERIC_BEFORE
_NO_HEAD = word_set("no_head")


def _by_generic(sentence: Sentence, token: int) -> Found | None:
    """Return a name that the gazetteer lacks, but that a generic word shows to be a place."""
    words, raws = sentence.words, sentence.raws
    if _HINTS.isdisjoint(words[token : token + 3]):
        return None
    if words[token] in _NO_HEAD or not raws[token][0].isupper():
        return None
    last = _run(sentence, token)
    if token + 1 <= last and words[token + 1] in _KOREAN_SUFFIX and _is_syllable(
        sentence, token + 1
    ):  # fmt: skip
        if words[token] in SURNAMES:
            return None
        end = _with_generic(sentence, token, token + 1)
        return Found(token, end, *sentence.span(token, end), None)
    if words[token] in _GENERIC_BEFORE and token + 1 <= last:
        end = token + 1 + (words[token + 1] == ".")
        if end <= last and raws[end][0].isupper() and words[end] not in GENERIC:
            return Found(token, end, *sentence.span(token, end), None)
        return None
    for end in range(token + 1, min(last, token + 2) + 1):
        if words[end] in _BY_GENERIC:
            if words[end] in _SEAS and not raws[end][0].isupper():
                return None
            return Found(token, end, *sentence.span(token, end), None)
        if not raws[end][0].isupper():
            break
    return None


def _hangul(sentence: Sentence, token: int, lexicon: Lexicon) -> Found | None:
    """Return the name in a Korean word, without the particle that is written onto it."""
    word = sentence.words[token]
    start = sentence.starts()[token]
    if not "가" <= word[-1] <= "힣" and not word[-1].isalnum():
        return None
    for stem, bare in _stems(word):
        known = lexicon.names.get(stem)
        if known is None or len(stem) < 2:
            continue
        if stem in _KOREAN_NOUNS:
            continue
        if stem in _KOREAN_SEAS and not word[len(stem) :].startswith(_OF_TOWNS):
            return Found(token, token, start, start + len(stem), None, _KOREAN_SEAS[stem])
        if len(stem) == 2 and bare and not known.name_is_area and (
            known.importance < 0.38 or stem in _KOREAN_WORDS
        ) and not _is_before(sentence, token, _AFTER_PLACE):  # fmt: skip
            continue
        return Found(token, token, start, start + len(stem), known)
    for stem, _ in _stems(word):
        if len(stem) >= 3 and stem.endswith(_HANGUL_GENERIC) and stem[:-1] in (
            lexicon.names
        ):  # fmt: skip
            return Found(token, token, start, start + len(stem), lexicon.names[stem[:-1]])
    return None


def _is_before(sentence: Sentence, token: int, words: tuple[str, ...]) -> bool:
    """Return whether the word after a token begins with one of some words."""
    return "".join(sentence.words[token + 1 : token + 2]).startswith(words)


def _stems(word: str) -> list[tuple[str, bool]]:
    """Return a word and what is left of it without a particle; whether nothing was taken off."""
    return [(word, True)] + [
        (word[: -len(particle)], particle not in {"에서", "에", "으로", "로"})
        for particle in _PARTICLES
        if word.endswith(particle) and len(word) > len(particle) + 1
    ]
