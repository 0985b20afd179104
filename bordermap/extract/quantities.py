"""How many: numbers with the things they count, as keys and whole numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from bordermap.extract.counts import BY_DOZENS, HARMED, PEOPLE, SINGULAR, THINGS, scaled
from bordermap.extract.forms import Forms
from bordermap.extract.korean_counts import korean_counts
from bordermap.extract.numbers import NUMBER_WORDS, number_of
from bordermap.extract.signs import sign

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence

__all__ = ["Quantity", "find_quantities", "one_of"]

Quantity = tuple[str, int, int, int]
"""Key, number, first and last token (inclusive)."""

_TENS = frozenset(range(20, 100, 10))
_MONTHS = frozenset(
    ["january", "february", "march", "april", "may", "june", "july", "august", "september",
     "october", "november", "december", "jan", "feb", "mar", "apr", "aug", "sept", "sep", "oct",
     "nov", "dec"]
)  # fmt: skip
# Words before a number that is a name, an age, ...: "B-52 bombers", "aged 30".
_NOT_COUNTED = frozenset(
    ["no", "number", "age", "aged", "mach", "/", "b", "f", "k", "u", "ac", "rc",
     "ec", "ch", "uh", "sr", "mig", "su", "il", "yak", "ys", "kf", "rb", "sa", "kn", "mk"]
)  # fmt: skip
# Words beyond which a number counts nothing more.
_STOPS = frozenset({"the", "to", "for", "by", "with", "when", "that", "who", "which", "after"})
_SKIPPED = frozenset([",", ".", ";", ":", "(", ")", "and", "of", "in", "on", "at", "from", "to"])
_NUMBERS = Forms(lambda word: None if word in {"a", "an", "dozen"} else number_of(word))
_HAS_NUMBER = sign(lambda word: _NUMBERS[word] is not None or word in BY_DOZENS)
_HAS_HANGUL = sign(lambda word: word[0] >= "가")
_HAS_HARM = sign(HARMED.__contains__)


def find_quantities(sentence: Sentence) -> list[Quantity]:
    """Return the counts in a sentence: "20 balloons", "two soldiers were wounded"."""
    found: list[Quantity] | None = sentence.notes.get(find_quantities)
    if found is None:
        found = sentence.notes[find_quantities] = _quantities(sentence)
    return found


def _quantities(sentence: Sentence) -> list[Quantity]:
    words = sentence.words
    found: list[Quantity] = []
    if sentence.signs & _HAS_NUMBER:
        for token, number in enumerate(map(_NUMBERS.__getitem__, words)):
            if number is not None and not _is_in_name(sentence, token):
                found += _counted(words, token, number)
            elif words[token] in _ONE_MORE and words[token + 1 : token + 2] in _SCALES:
                found += _counted(words, token, 0.5 if words[token] == "half" else 1)
    if sentence.signs & _HAS_HARM:
        found += _one_harmed(words)
    if sentence.signs & _HAS_HANGUL:
        found += korean_counts(sentence)
    return found


_ONE_MORE = frozenset({"a", "half", "an"})
_SCALES = (["a"], ["dozen"], ["hundred"], ["thousand"], ["million"])


def _is_in_name(sentence: Sentence, token: int) -> bool:
    """Return whether a hyphen makes a number part of a name: "a Hwasong-18 missile"."""
    if token == 0 or not sentence.words[token][0].isdigit():
        return False
    before = sentence.raws[token - 1]
    return before[0].isupper() and sentence.gap(token - 1) in {"-", "\u2010", "\u2011", "\u2013"}


_UNITS = frozenset(
    ["km", "kilometers", "kilometres", "miles", "mile", "meters", "metres", "feet", "foot", "ton",
     "tons", "mm", "percent", "years", "year", "days", "day", "months", "weeks", "hours", "minutes",
     "seconds", "times", "caliber", "old", "knots", "pounds", "kilograms"]
)  # fmt: skip


def _counted(words: list[str], token: int, number: float) -> Iterator[Quantity]:
    """Yield what the number at a token counts, within the next six words."""
    first = token
    if number == _HALF and words[token + 1] == "a":
        token += 1
    number, token = scaled(words, token, number)
    if number != int(number):
        return
    number = int(number)
    following = number_of(words[token + 1]) if words[token + 1 : token + 2] else None
    if number in _TENS and words[token].isalpha() and following is not None and following < 10:
        number, token = number + following, token + 1  # thirty-nine
    before = _word_before(words, first)
    if words[token].isdigit() and (before in _MONTHS or 1900 <= number < 2100):
        return  # a day or a year counts nothing
    if before in _NOT_COUNTED or number > 10**8:
        return
    if _is_upper(words, first, number):
        return  # told with the lower one
    upper, end = _upper(words, token, number)
    for key, last in _thing(words, first, end):
        if upper is None:
            yield key, number, first, last
        else:
            yield f"{key}_min", number, first, last
            yield f"{key}_max", upper, first, last


_HALF = 0.5
_RANGE = frozenset({"to", "or"})


def _upper(words: list[str], token: int, number: int) -> tuple[int | None, int]:
    """Return the 30 of "20 to 30 soldiers" and its token, else None and the number's own."""
    if token + 2 < len(words) and words[token + 1] in _RANGE:
        other = _NUMBERS[words[token + 2]]
        if other is not None and other > number:
            return other, token + 2
    return None, token


def _is_upper(words: list[str], token: int, number: int) -> bool:
    if token < 2 or words[token - 1] not in _RANGE:
        return False
    other = _NUMBERS[words[token - 2]]
    return other is not None and other < number and words[token - 3 : token - 2] != ["from"]


def _thing(words: list[str], first: int, token: int) -> Iterator[tuple[str, int]]:
    """Yield the key that is counted by a number from a first token to a last, and its token."""
    harm = _harm_before(words, first)
    for last in range(token + 1, min(token + 7, len(words))):
        word = words[last]
        if word == "of" and words[last + 1 : last + 2] in (["the"], ["them"], ["its"], ["his"]):
            lost = _lost_after(words, last)
            if lost:
                yield lost, last
                return
        if word in _SKIPPED or (word[0].isdigit() and word[-1].isdigit()):
            # "20 balloons": the thing is near, or another number begins.
            if word not in {"of", "and"}:
                break
            continue
        if word in _STOPS or word in _UNITS or (word in NUMBER_WORDS and word != "one"):
            break
        key = THINGS.get(word)
        if key is None:
            if word in HARMED:
                yield HARMED[word], last
                return
            continue
        if _is_modifier(words, last):
            continue
        yield _as_casualties(words, key, first, last), last
        return
    if harm and not _UNITS & set(words[token + 1 : token + 3]):
        yield harm, token
    elif words[first - 1] == "of" and (key := _GROUPS.get(words[first - 2])):
        yield key, token


_GROUPS = {"crew": "crew"} | dict.fromkeys(
    ["party", "squad", "group", "force", "team", "band", "total", "family"], "people"
)
_NEARLY = frozenset(
    {"about", "some", "at", "least", "nearly", "more", "than", "another", "up", "to"}
)


def _harm_before(words: list[str], first: int) -> str | None:
    """Return what is told of a number after the verb: "killing two", "injured at least 17"."""
    token = first - 1
    while token > 0 and words[token] in _NEARLY:
        token -= 1
    if token < 0:
        return None
    if words[token] == "death" and token > 1 and words[token - 1] == "to":
        return "killed"
    return HARMED.get(words[token])


def _lost_after(words: list[str], token: int) -> str | None:
    """Return what became of some: "46 of the 104 sailors aboard were missing"."""
    for last in range(token + 2, min(token + 9, len(words))):
        if words[last] in {"was", "were", "are", "is"}:
            return next((HARMED[w] for w in words[last + 1 : last + 3] if w in HARMED), None)
        if words[last] in {",", ".", ";"}:
            return None
        if words[last] in HARMED:
            return HARMED[words[last]]
    return None


def one_of(sentence: Sentence, keys: Collection[str], region: tuple[int, int]) -> Quantity | None:
    """Return the one thing of some keys that a part of a sentence tells of: "launched a missile".

    Parameters
    ----------
    sentence
        The sentence.
    keys
        Under which it would be counted: ``missiles``.
    region
        First token of the part, and the first after it.
    """
    words = sentence.words
    for token in range(region[0], min(region[1], len(words))):
        if words[token] not in _ARTICLES:
            continue
        for last in range(token + 1, min(token + 6, region[1], len(words))):
            word = words[last]
            if word in _SKIPPED or word in _STOPS or word in _ARTICLES or word in NUMBER_WORDS:
                break
            key = THINGS.get(word, "")
            if key in keys and not word.endswith("s") and not _is_part(words, last):
                return key, 1, token, last
    return None


_ARTICLES = frozenset({"a", "an", "another", "one"})
# What a thing only qualifies: "a missile unit", "a drone attack", "a soldier's body".
_WHOLES = frozenset(
    ["launch", "test", "unit", "base", "site", "attack", "strike", "program", "range", "flight",
     "drill", "factory", "engine", "firing", "crew", "'s", "of", "threat", "incursion", "captain"]
)  # fmt: skip


def _is_part(words: list[str], token: int) -> bool:
    after = words[token + 1] if token + 1 < len(words) else ""
    return after in _WHOLES or after in THINGS


def _one_harmed(words: list[str]) -> Iterator[Quantity]:
    """Yield the one who was killed, wounded or caught: "killed a policeman"."""
    for token, word in enumerate(words):
        key = HARMED.get(word)
        if key is None or words[token + 1 : token + 2] not in (["a"], ["an"], ["another"]):
            continue
        for last in range(token + 2, min(token + 6, len(words))):
            if words[last] in SINGULAR and words[last + 1 : last + 2] != ["'s"]:
                yield key, 1, token, last
                break
            if words[last] in _SKIPPED:
                break


def _word_before(words: list[str], token: int) -> str:
    """Return the word before a token, "oct" of "Oct. 25"."""
    before = words[token - 1] if token else ""
    return words[token - 2] if before == "." and token > 1 else before


def _is_modifier(words: list[str], token: int) -> bool:
    """Return whether the thing only qualifies another ("missile launchers", "balloon launches")."""
    after = words[token + 1] if token + 1 < len(words) else ""
    return after in THINGS or (
        after in {"launch", "launches", "crew", "tests", "sticks", "bills"}
        and (words[token] not in {"usb", "dollar"})
    )


def _as_casualties(words: list[str], key: str, token: int, last: int) -> str:
    """Return what became of people, or their key: "two soldiers were wounded", "killed two men"."""
    if key not in PEOPLE:
        return key
    near = words[max(0, token - 2) : token] + words[last + 1 : last + 5]
    found = {HARMED[word] for word in near if word in HARMED}
    return next((k for k in ("killed", "wounded", "missing", "captured") if k in found), key)
