"""Names in a sentence that may be places: keys of the gazetteer and phrases for areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bordermap.extract.wordlists import word_set
from bordermap.extract.words import GENERIC, SURNAMES
from bordermap.gazetteer.folding import fold

if TYPE_CHECKING:
    from bordermap.extract.lexicon import Lexicon, Name
    from bordermap.extract.patterns import Patterns
    from bordermap.extract.tokens import Sentence

__all__ = ["Found", "scan"]

_MOST_TOKENS = 5
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
_GENERIC_BEFORE = frozenset({"mount", "mt", "lake", "cape", "port", "camp"})
# Words that are part of a name only in the middle of it.
_INNER = frozenset({"of", "no", "the"})


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
    found: list[Found] = []
    words, spans, text = sentence.words, sentence.spans, sentence.text
    phrases = patterns.area_phrases
    tokens = [n for n, (a, _) in enumerate(spans) if text[a].isupper() or "가" <= text[a] <= "힣"]
    if not sentence.word_set.isdisjoint(phrases):
        tokens = sorted({*tokens, *(n for n, w in enumerate(words) if w in phrases)})
    after = 0
    for token in tokens:
        if token < after:
            continue
        hit: Found | None = None
        first = text[spans[token][0]]
        if first.isupper():
            hit = _name(sentence, token, lexicon)
        elif first >= "가":
            hit = _hangul(sentence, token, lexicon)
        if words[token] in phrases:
            area = _phrase(sentence, token, phrases[words[token]])
            if area is not None and (hit is None or area.last >= hit.last):
                hit = area
        if hit is not None:
            found.append(hit)
            after = hit.last + 1
    return found


def _phrase(
    sentence: Sentence, token: int, phrases: list[tuple[tuple[str, ...], str]]
) -> Found | None:
    """Return the longest phrase for an area that begins at a token."""
    for phrase, lookup in phrases:
        last = token + len(phrase) - 1
        if tuple(sentence.words[token : last + 1]) != phrase:
            continue
        first = token + (phrase[0] in {"the", "their", "its", "both"} and len(phrase) > 1)
        return Found(first, last, sentence.spans[first][0], sentence.spans[last][1], None, lookup)
    return None


def _run(sentence: Sentence, token: int) -> int:
    """Return the last token of the unbroken run of words that begins at a token."""
    spans, text = sentence.spans, sentence.text
    last = token
    stop = min(token + _MOST_TOKENS, len(spans) - 1)
    while last < stop:
        between = text[spans[last][1] : spans[last + 1][0]]
        if between not in _JOINTS and not (between == "" and sentence.words[last] == "mt"):
            if between == "" and sentence.words[last + 1] == "." and sentence.words[last] == "mt":
                last += 1
                continue
            if not (sentence.words[last] == "." and last and sentence.words[last - 1] == "mt"):
                break
        if not sentence.words[last + 1][0].isalnum():
            break
        last += 1
    return last


def _name(sentence: Sentence, token: int, lexicon: Lexicon) -> Found | None:
    """Return the longest known name that begins at a capitalised token, with its generic word."""
    words, spans, text, names = sentence.words, sentence.spans, sentence.text, lexicon.names
    word = words[token]
    if word.isalpha() and word.isascii() and word[:14] not in lexicon.starts:
        if _HINTS.isdisjoint(words[token : token + 3]):
            return None
        return _by_generic(sentence, token, _run(sentence, token))
    last = _run(sentence, token)
    for end in range(last, token - 1, -1):
        word = words[end]
        if end > token and not (text[spans[end][0]].isupper() or word in GENERIC or _syllable(
            text, spans, end)):  # fmt: skip
            continue
        key = "".join(words[token : end + 1])
        if not key.isalnum() or not key.isascii():
            key = fold(text[spans[token][0] : spans[end][1]])
        known = names.get(key)
        if known is None:
            continue
        if end == token and not _stands_alone(sentence, token, known):
            continue
        whole = _with_generic(sentence, end, last)
        return Found(token, whole, spans[token][0], spans[whole][1], known)
    return _by_generic(sentence, token, last)


def _syllable(text: str, spans: list[tuple[int, int]], token: int) -> bool:
    """Return whether a token is a syllable of a name written with hyphens (Baengnyeong-do)."""
    return text[spans[token][0] - 1] in "-\u2010\u2011'\u2019"


def _stands_alone(sentence: Sentence, token: int, known: Name) -> bool:
    """Return whether one word may be a place's name without more."""
    word = sentence.words[token]
    if word in SURNAMES or len(word) < 4:
        return word in {"dmz", "mdl", "nll", "jsa", "ccz", "kic"} and sentence.raw(token).isupper()
    if known.feature_class == "country" or known.on_peninsula:
        return True
    # Foreign towns are named with a preposition or their country.
    before = sentence.words[token - 1] if token else ""
    return known.feature_class == "capital" or before in {"in", "at", "near", "from", "to", "of"}


def _with_generic(sentence: Sentence, end: int, last: int) -> int:
    """Return the last token when the words "County", "Island", ... after a name belong to it."""
    while end < last and sentence.words[end + 1] in GENERIC:
        word = sentence.words[end + 1]
        if word in {"camp", "base", "complex", "region", "park", "zone", "bridge"} and not (
            sentence.raw(end + 1)[0].isupper()
        ):
            break
        end += 1
    return end


_BY_GENERIC = word_set("by_generic")
_SEAS = frozenset({"ocean", "sea", "strait", "gulf"})
_KOREAN_SUFFIX = frozenset(
    {"ri", "ni", "do", "to", "dong", "gun", "kun", "eup", "up", "myeon", "myon", "si", "ryong",
     "gu", "san", "bong", "got"}
)  # fmt: skip
_HINTS = _BY_GENERIC | _KOREAN_SUFFIX | _GENERIC_BEFORE
_NO_HEAD = word_set("no_head")


def _by_generic(sentence: Sentence, token: int, last: int) -> Found | None:
    """Return a name that the gazetteer lacks, but that a generic word shows to be a place."""
    words, spans = sentence.words, sentence.spans
    if words[token] in _NO_HEAD or not sentence.raw(token)[0].isupper():
        return None
    if token + 1 <= last and words[token + 1] in _KOREAN_SUFFIX and _syllable(
        sentence.text, spans, token + 1
    ):  # fmt: skip
        if words[token] in SURNAMES:
            return None
        end = _with_generic(sentence, token + 1, last)
        return Found(token, end, spans[token][0], spans[end][1], None)
    if words[token] in _GENERIC_BEFORE and token + 1 <= last:
        end = token + 1 + (words[token + 1] == ".")
        if end <= last and sentence.raw(end)[0].isupper() and words[end] not in GENERIC:
            return Found(token, end, spans[token][0], spans[end][1], None)
        return None
    for end in range(token + 1, min(last, token + 2) + 1):
        if words[end] in _BY_GENERIC:
            if words[end] in _SEAS and not sentence.raw(end)[0].isupper():
                return None
            return Found(token, end, spans[token][0], spans[end][1], None)
        if not sentence.raw(end)[0].isupper():
            break
    return None


def _hangul(sentence: Sentence, token: int, lexicon: Lexicon) -> Found | None:
    """Return the name in a Korean word, without the particle that is written onto it."""
    word = sentence.words[token]
    start, _end = sentence.spans[token]
    if not "가" <= word[-1] <= "힣" and not word[-1].isalnum():
        return None
    for stem, bare in _stems(word):
        known = lexicon.names.get(stem)
        if known is None or len(stem) < 2:
            continue
        if len(stem) == 2 and bare and not known.name_is_area and (
            known.importance < 0.38 or stem in _KOREAN_WORDS
        ):  # fmt: skip
            continue
        return Found(token, token, start, start + len(stem), known)
    for stem, _ in _stems(word):
        if len(stem) >= 3 and stem.endswith(_HANGUL_GENERIC) and stem[:-1] in (
            lexicon.names
        ):  # fmt: skip
            return Found(token, token, start, start + len(stem), lexicon.names[stem[:-1]])
    return None


def _stems(word: str) -> list[tuple[str, bool]]:
    """Return a word and what is left of it without a particle; whether nothing was taken off."""
    return [(word, True)] + [
        (word[: -len(particle)], particle not in {"에서", "에", "으로", "로"})
        for particle in _PARTICLES
        if word.endswith(particle) and len(word) > len(particle) + 1
    ]
