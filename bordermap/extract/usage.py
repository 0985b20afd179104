"""How a name is meant: the place itself, a government, a paper, a ship, a road, a person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bordermap.extract.mention import Usage
from bordermap.extract.verbs import is_past
from bordermap.extract.wordlists import word_set
from bordermap.extract.words import (
    AREA_NOUNS,
    GENERIC,
    LOCATIVE,
    ORGANISATION,
    ROUTE,
    SHIP,
    SURNAMES,
    TITLES,
)

if TYPE_CHECKING:
    from bordermap.extract.scan import Found
    from bordermap.extract.tokens import Sentence

__all__ = ["usage_of"]

_HYPHENS = frozenset("-\u2010\u2011")
_PREFIX = re.compile(r"(?:anti|pro|ex|non|inter|pan|trans)[-\u2010\u2011]$", re.IGNORECASE)
_DATELINE = re.compile(
    r"[^\S\n]*(?:[,/][^\n]{0,40}?)?(?:\([A-Z][\w .&/]{1,30}\)[^\S\n]*)?"
    r"(?:--+|[\u2014\u2013]|[^\S\n]-[^\S\n])"
)
_MOVES = word_set("moves")
_SAID = word_set("said")
_COMPASS = word_set("compass")
_NOT_LOCATIVE = frozenset(["interest", "confidence", "trust", "believe", "belief", "faith", "role"])
_MAKES_VESSEL = word_set("makes_vessel")
# "The raid on the Blue House", "pictures of the Blue House": the building.
_SEEN_OR_HIT = frozenset(
    ["raid", "raids", "attack", "assault", "sight", "picture", "pictures", "photographs", "view",
     "gate", "gates", "grounds", "yards", "meters", "metres", "mile", "miles", "km", "kilometers",
     "kilometres"]
)  # fmt: skip
_WORDS_FROM = frozenset(
    ["provocation", "provocations", "threat", "threats", "warning", "warnings", "statement",
     "rhetoric", "message", "response", "protest", "protests", "word", "order", "orders"]
)  # fmt: skip
_WIDE = frozenset({"line", "area", "sea", "country", "capital"})
_LAND = frozenset(
    ["territory", "soil", "waters", "airspace", "coast", "coastline", "land", "islands", "side"]
)


# Houses that stand for the government in them.
_SEATS = frozenset({"house", "pentagon", "kremlin"})
_OTHERS = frozenset({"china", "russia", "manchuria", "chinese", "russian"})


def usage_of(found: Found, sentence: Sentence) -> Usage | None:
    """Return how a name is meant; None where it is no name of a place at all."""
    name, words = found.name, sentence.words
    before = words[found.first - 1] if found.first else ""
    after = words[found.last + 1] if found.last + 1 < len(words) else ""
    if found.lookup is not None:
        if after in {"with", "to", "into"} and not _OTHERS.isdisjoint(
            words[found.last + 2 : found.last + 4]
        ):
            return None  # "its border with China"
        if words[found.last] not in _SEATS:
            return Usage.PLACE
        return Usage.PLACE if _is_town(found, sentence, before, after) else Usage.METONYM
    if _is_adjective(found, sentence) or _is_person(found, sentence, before, after):
        return None
    if _is_dateline(found, sentence):
        return Usage.DATELINE
    if _is_organisation(found, sentence):
        return Usage.ORGANISATION
    if name is None:
        return Usage.PLACE
    if words[found.first].startswith("청와대") and not _is_hangul_place(found, sentence):
        return Usage.METONYM
    is_one_word = found.first == found.last
    if after in ROUTE and (is_one_word or name.feature_class not in _WIDE):
        return Usage.ROUTE if name.feature_class not in _WIDE - {"sea"} else Usage.PLACE
    if name.is_settled and found.first == found.last and _is_vessel(found, sentence, after):
        return Usage.VESSEL
    if name.feature_class == "capital":
        return Usage.PLACE if _is_town(found, sentence, before, after) else Usage.METONYM
    if name.feature_class == "country":
        return Usage.PLACE if _is_land(found, sentence, before, after) else Usage.METONYM
    return Usage.PLACE


def _is_adjective(found: Found, sentence: Sentence) -> bool:
    """Return whether a hyphen makes the name part of another word (anti-Pyongyang)."""
    text = sentence.text
    before, tail = text[max(0, found.start - 7) : found.start], text[found.end : found.end + 2]
    if before[-1:] in _HYPHENS and _PREFIX.search(before):
        return True
    return tail[:1] in _HYPHENS and tail[1:].isalnum()


# A surname and two syllables.
_FULL_NAME = 2


def _is_person(found: Found, sentence: Sentence, before: str, after: str) -> bool:
    first, last = found.first, found.last
    name = found.name
    if name is not None and name.feature_class in {"line", "area", "sea", "country", "capital"}:
        return False
    words = sentence.words
    if words[last] in GENERIC:
        return False
    touches = first > 0 and sentence.gap(first - 1) in {" ", "-"}
    if touches and sentence.raws[first - 1][0].isupper() and before in SURNAMES:
        return True
    if touches and before in TITLES and words[first - 2 : first - 1] != ["the"]:
        return True
    if touches and first >= 2 and before in {"jong", "il", "un"}:
        return True
    if last - first >= _FULL_NAME and words[first] in SURNAMES:
        return True  # "Kim Il Sung", after whom much is called
    if first < last and words[first] in SURNAMES:
        # Kim Chaek is a city too.
        return before not in LOCATIVE and before not in {"from", "to", "toward", "towards", "of"}
    follows = after in SURNAMES and sentence.text[found.end : found.end + 1] == " "
    return follows and sentence.gap(last) == " " and sentence.raws[last + 1][0].isupper()


def _is_dateline(found: Found, sentence: Sentence) -> bool:
    text = sentence.text
    line = text.rfind("\n", 0, found.start) + 1
    if found.start - line > 40 or text[line : found.start].strip(" *_>"):
        return False
    return bool(_DATELINE.match(text, found.end, found.end + 90))


_LINE_HEAD = re.compile(
    r"[A-Z][A-Z .'\u2019-]{2,}(?:,[^\n\u2014\u2013-]{2,40}?)?[^\S\n]*"
    r"(?:\([\w .&/]{2,30}\)[^\S\n]*)?"
    r"(?:--+|[\u2014\u2013]|[^\S\n]-|:)[^\S\n]"
    # "Pyongyang, November 25 (KCNA) -- ".
    r"|[A-Z][\w .'\u2019-]{2,30},[^\n(]{2,30}\([\w .&/]{2,30}\)[^\S\n]*"
    r"(?:--+|[\u2014\u2013]|-)[^\S\n]"
)


def dateline_end(sentence: Sentence) -> int:
    """Return where the text after a dateline ("SEOUL, June 18 - ") begins, or the start."""
    found = _LINE_HEAD.match(sentence.text, sentence.start, min(sentence.end, sentence.start + 90))
    return found.end() if found else sentence.start


_AIR_BASES = frozenset({"base", "field", "station"})


def _is_organisation(found: Found, sentence: Sentence) -> bool:
    words = sentence.words
    token = found.last + 1
    while token < len(words) and sentence.gap(token - 1) in {" ", "-"}:
        if not sentence.raws[token][0].isupper():
            break
        if words[token : token + 1] == ["air"] and words[token + 1] in _AIR_BASES:
            return False  # "Kimpo Air Base"
        if words[token] in ORGANISATION:
            return True
        token += 1
        if token > found.last + 4:
            break
    if words[found.last + 1 : found.last + 2] in (["radio"], ["television"], ["tv"]):
        return True  # "Pyongyang radio"
    if found.first and words[found.first - 1] in {"radio", "daily", "voice", "hyundai"}:
        return sentence.raws[found.first - 1][0].isupper()
    before = words[found.first - 2 : found.first]
    return before in (["university", "of"], ["bank", "of"], ["republic", "of"])


_SIZE = frozenset({"ton", "tons", "tonne", "tonnes", "metre", "meter", "class"})


def _is_vessel(found: Found, sentence: Sentence, after: str) -> bool:
    words = sentence.words
    before = words[max(0, found.first - 2) : found.first]
    if before and before[-1] in SHIP and not (before[-1] in {"vessel", "boat"} and after == ","):
        return True
    if before and before[-1] in _SIZE:
        return True  # "the 1,200-tonne Cheonan"
    if before and before[-1] in {"\u201c", '"'} and len(before) > 1 and before[0] in SHIP:
        return True
    # "The Cheonan went down": a town has no article.
    return bool(before) and before[-1] == "the" and (
        after in _MAKES_VESSEL or is_past(after) or after in {"'s", ",", ".", "in", "had", "was"}
    )  # fmt: skip


def _is_town(found: Found, sentence: Sentence, before: str, after: str) -> bool:
    """Return whether a capital's name means the town and not the government in it."""
    words = sentence.words
    lead = words[max(0, found.first - 7) : found.first]
    if not sentence.raws[found.first].isascii():
        return _is_hangul_place(found, sentence)
    if before == "the" and found.lookup:
        before = words[found.first - 2] if found.first > 1 else ""
        if before in {"on", "of", "from"} and lead[-3:-2] and lead[-3] in _SEEN_OR_HIT:
            return True
    if after in AREA_NOUNS or words[found.last] in GENERIC:
        return True
    if after == "'s":
        owned = words[found.last + 2 : found.last + 5]
        return bool(AREA_NOUNS & set(owned[:3])) or owned[:1] in (["main"], ["downtown"])
    if before == "the" and (set(lead) & {"around", "outside", "about", "near"}):
        return True
    if before in LOCATIVE:
        return not (lead[-2:-1] and lead[-2] in _NOT_LOCATIVE)
    if before == "of":
        return len(lead) > 1 and lead[-2] in _COMPASS
    if before == "from" and lead[-2:-1] and lead[-2] in _WORDS_FROM:
        return False  # "the latest provocation from Pyongyang"
    if before in {"from", "to", "toward", "towards", "for", "between"}:
        return bool(_MOVES & set(lead)) and not (before == "between" and after == "and")
    if before in {"visit", "visited", "visiting", "visits", "leave", "left", "leaving", "reach",
                  "reached", "entered", "hit", "struck", "outskirts"}:  # fmt: skip
        return True
    if before == "," and found.first >= 2 and after in {",", "", "."}:
        return sentence.raws[found.first - 2][0].isupper() and lead[-2] not in {"moscow", "beijing"}
    # "Seoul and Gyeonggi Province" after a preposition: the same holds for both.
    return before in {"and", "or", ",", "&"} and bool(
        {"parts", "in", "over", "around", "fell", "landed", "across"} & set(lead[:-1])
    ) and after != "and" and after not in _SAID  # fmt: skip


def _is_land(found: Found, sentence: Sentence, before: str, after: str) -> bool:
    """Return whether a country's name means its land and not its government."""
    if not sentence.raws[found.first].isascii():
        return _is_hangul_place(found, sentence)
    words = sentence.words
    if after == "'s":
        return bool(_LAND & set(words[found.last + 2 : found.last + 6])) and before in LOCATIVE
    if before in {"in", "into", "inside", "across", "throughout", "within", "over", "through"}:
        lead = words[max(0, found.first - 2) : found.first - 1]
        return not (lead and lead[0] in _NOT_LOCATIVE)
    if before in {"to", "toward", "towards", "onto"}:
        return bool(_MOVES & set(words[max(0, found.first - 9) : found.first - 1]))
    if before == "of":
        return words[found.first - 2] in {"coast", "parts", "part", "south", "north", "waters"}
    return False


def _is_hangul_place(found: Found, sentence: Sentence) -> bool:
    """Return whether what follows a Korean name makes it a place (에서, 지역, 상공, ...)."""
    text = sentence.text
    rest = text[found.end : found.end + 6]
    return rest.startswith(
        (
            "에서",
            "에 ",
            " 지역",
            " 앞",
            " 뒤",
            " 인근",
            " 부근",
            " 근처",
            " 일대",
            " 상공",
            " 시내",
            " 도심",
            " 곳곳",
            " 하늘",
            "까지 ",
            "으로 날",
            "으로 보",
            "시 ",
        )
    )
