"""How many: numbers with the things they count, as keys and whole numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bordermap.extract.forms import Forms
from bordermap.extract.numbers import NUMBER_WORDS, number_of
from bordermap.extract.signs import sign

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence

__all__ = ["Quantity", "find_quantities"]

Quantity = tuple[str, int, int, int]
"""Key, number, first and last token (inclusive)."""

# Key -> the words that are counted under it.
_THINGS = {
    "balloons": "balloon balloons",
    "leaflets": "leaflet leaflets flyers",
    "usb_sticks": "usb usbs",
    "dollar_bills": "dollar",
    "trash_bundles": "bundles bundle",
    "missiles": "missile missiles icbm icbms srbm srbms slbm slbms irbm crbms scud scuds atacms "
    "rodongs nodongs",
    "rockets": "rocket rockets",
    "projectiles": "projectile projectiles",
    "shells": "shell shells rounds round shots bullets bullet volleys",
    "mines": "mine mines landmine landmines",
    "soldiers": "soldier soldiers troops servicemen guards marines sergeants sentries guardsmen "
    "infantrymen conscripts privates",
    "infiltrators": "infiltrator infiltrators commandos agents spies guerrillas",
    "drones": "drone drones uavs",
    "boats": "boat boats vessel vessels ship ships trawler trawlers warships crafts gunboat "
    "gunboats freighter freighters submarine submarines speedboats junks",
    "aircraft": "aircraft plane planes jet jets warplanes helicopter helicopters fighters mig migs "
    "bombers",
    "loudspeakers": "loudspeaker loudspeakers speakers",
    "launchers": "launcher launchers",
    "crew": "crew crewmen sailors seamen fishermen",
    "people": "people men women koreans americans officers aboard "
    "civilians activists workers residents passengers policemen villagers farmers tourists "
    "defectors prisoners captives students lives families",
    "buildings": "buildings houses homes",
    "guard_posts": "posts",
}  # fmt: skip
_KEY = {word: key for key, words in _THINGS.items() for word in words.split()}
_KILLED = frozenset(["killed", "dead", "died", "killing"])
_WOUNDED = frozenset(["wounded", "injured", "injuring", "wounding", "hurt", "maimed", "maiming"])
_HARMED = _KILLED | _WOUNDED
_TENS = frozenset(range(20, 100, 10))
_MONTHS = frozenset(
    ["january", "february", "march", "april", "may", "june", "july", "august", "september",
     "october", "november", "december", "jan", "feb", "mar", "apr", "aug", "sept", "sep", "oct",
     "nov", "dec"]
)  # fmt: skip
# Words before a number that is a name, an age, ...: "B-52 bombers", "aged 30".
_NOT_COUNTED = frozenset(
    ["june", "may", "no", "number", "age", "aged", "mach", "/", "b", "f", "k", "u", "ac", "rc",
     "ec", "ch", "uh", "sr", "mig", "su", "il", "yak", "ys", "kf", "rb", "sa", "kn", "mk"]
)  # fmt: skip
# Words beyond which a number counts nothing more.
_STOPS = frozenset({"the", "to", "for", "by", "with", "when", "that", "who", "which", "after"})
_PEOPLE = frozenset({"soldiers", "infiltrators", "crew", "people"})
_SKIPPED = frozenset([",", ".", ";", ":", "(", ")", "and", "of", "in", "on", "at", "from", "to"])
# "10여 발", "3척", "한 명".
_KOREAN_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열"], 1
    )
}
_KOREAN = re.compile(
    rf"(?<= )(\d[\d,]*|{'|'.join(_KOREAN_NUMBERS)})(?:여)? ?(발|개|명|척|대|장|기)(?=[^ ]* )"
)
_KOREAN_KEY = {"명": "people", "척": "boats", "장": "leaflets", "발": "shells"}


_NUMBERS = Forms(lambda word: None if word in {"a", "an", "dozen"} else number_of(word))
_HAS_NUMBER = sign(lambda word: _NUMBERS[word] is not None)
_HAS_HANGUL = sign(lambda word: word[0] >= "가")


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
    if sentence.signs & _HAS_HANGUL:
        found += _korean(sentence)
    return found


def _is_in_name(sentence: Sentence, token: int) -> bool:
    """Return whether a hyphen makes a number part of a name: "a Hwasong-18 missile"."""
    if token == 0 or not sentence.words[token][0].isdigit():
        return False
    before = sentence.raws[token - 1]
    return before[0].isupper() and sentence.gap(token - 1) in {"-", "\u2010", "\u2011", "\u2013"}


def _counted(words: list[str], token: int, number: int) -> Iterator[Quantity]:
    """Yield what the number at a token counts, within the next six words."""
    if token + 1 < len(words) and words[token + 1] in {"hundred", "thousand", "million"}:
        number *= {"hundred": 100, "thousand": 1000, "million": 1_000_000}[words[token + 1]]
        token += 1
    following = number_of(words[token + 1]) if words[token + 1 : token + 2] else None
    if number in _TENS and words[token].isalpha() and following is not None and following < 10:
        number, token = number + following, token + 1  # thirty-nine
    before = _word_before(words, token)
    if before in _MONTHS or (1900 <= number < 2100 and words[token].isdigit()):
        return  # a day or a year counts nothing
    if before in _NOT_COUNTED or number > 10**8:
        return
    for last in range(token + 1, min(token + 7, len(words))):
        word = words[last]
        if word in _SKIPPED or (word[0].isdigit() and word[-1].isdigit()):
            # "20 balloons": the thing is near, or another number begins.
            if word not in {"of", "and"}:
                return
            continue
        if word in _STOPS or word in NUMBER_WORDS:
            return
        key = _KEY.get(word)
        if word in {"km", "kilometers", "miles", "meters", "mm", "percent", "years", "days",
                    "hours", "minutes", "seconds", "times"}:  # fmt: skip
            return
        if key is None:
            if word in _HARMED:
                yield ("killed" if word in _KILLED else "wounded"), number, token, last
                return
            continue
        if _is_modifier(words, last):
            continue
        yield _as_casualties(words, key, token, last), number, token, last
        return


def _word_before(words: list[str], token: int) -> str:
    """Return the word before a token, "oct" of "Oct. 25"."""
    before = words[token - 1] if token else ""
    return words[token - 2] if before == "." and token > 1 else before


def _is_modifier(words: list[str], token: int) -> bool:
    """Return whether the thing only qualifies another ("missile launchers", "balloon launches")."""
    after = words[token + 1] if token + 1 < len(words) else ""
    return after in _KEY or (
        after in {"launch", "launches", "crew", "tests", "sticks", "bills"}
        and (words[token] not in {"usb", "dollar"})
    )


def _as_casualties(words: list[str], key: str, token: int, last: int) -> str:
    if key not in _PEOPLE:
        return key
    near = words[max(0, token - 2) : token] + words[last + 1 : last + 5]
    if _KILLED & set(near):
        return "killed"
    return "wounded" if _WOUNDED & set(near) else key


def _korean(sentence: Sentence) -> Iterator[Quantity]:
    for match in _KOREAN.finditer(sentence.plain):
        number = _KOREAN_NUMBERS.get(match[1]) or number_of(match[1])
        token = sentence.token_at(match.start())
        before = " ".join(sentence.words[max(0, token - 2) : token])
        key = _KOREAN_KEY.get(match[2])
        if match[2] in {"대", "기"}:
            key = "drones" if "무인기" in before else None
            key = "loudspeakers" if "확성기" in before else key
        if "풍선" in before:
            key = "balloons"
        elif "미사일" in before:
            key = "missiles"
        if number is not None and key:
            yield key, number, token, token
