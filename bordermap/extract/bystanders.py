"""Places that are surely not where it happened: of those who speak, come, go or lie hurt."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bordermap.extract.phrases import (
    is_aftermath,
    is_cared_for,
    is_from_noun,
    is_of_speaker,
    phrase_of,
)
from bordermap.extract.prepositions import FIRED_OR_SENT, KOREAS
from bordermap.extract.standing import (
    is_backdrop,
    is_bound_for,
    is_home,
    is_left_behind,
    is_left_for,
    is_meanwhile,
    is_of_day_before,
    is_origin,
    is_spoken_at,
)
from bordermap.extract.usage import dateline_end
from bordermap.extract.wordlists import word_set
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.events import Trigger
    from bordermap.extract.mention import Mention
    from bordermap.extract.records import Record
    from bordermap.extract.tokens import Sentence

__all__ = ["is_bystanders"]

_SOURCES = word_set("sources")
_ACCORDS = word_set("accords")
_STATES = frozenset(
    ["tension", "tensions", "stability", "peace", "embassy", "embassies", "situation"]
)
_SPANS_OF_DAYS = frozenset(
    ["day", "days", "week", "weeks", "month", "months", "year", "years", "since"]
)


def _is_of_others(record: Record, words: list[str], first: int) -> bool:
    """Return whether a place is where someone spoke or agreed: "an official in Pyongyang"."""
    lead = words[max(0, first - 8) : first]
    if not _STATES.isdisjoint(lead) and "," not in lead and record.kind is not Kind.DIPLOMACY:
        return True  # "tensions on the peninsula", "embassies in Beijing"
    before = words[max(0, first - 3) : first]
    if before[-1:] == ["and"]:
        before = words[max(0, first - 5) : first - 2]  # "observers near A and B"
    if not before or before[-1] not in {"in", "at", "of", "near", "on"}:
        return False
    signed = record.kind is Kind.DIPLOMACY and before[-2:-1] == ["statement"]
    if before[-1] != "of" and _SOURCES & set(before[-2:-1]) and not signed:
        return True
    lead = words[max(0, first - 9) : first - 1]
    if "according" in lead and "," not in lead[lead.index("according") :]:
        return True  # "according to the Supreme Command in Pyongyang"
    if record.kind is Kind.DIPLOMACY:
        return False
    # "The truce line at Panmunjom" is no accord.
    return any(w in _ACCORDS and after not in _LINES for w, after in pairwise(before))


_LINES = frozenset({"line", "lines", "zone", "village", "border", "commission", "post"})


def _is_days_apart(sentence: Sentence, trigger: Trigger, first: int, last: int) -> bool:
    """Return whether a place and a deed stand on two sides of "two days after"."""
    words = sentence.words
    between = words[last + 1 : trigger.head] or words[trigger.head : first]
    if _has_days(between):
        return True
    # "Three days after they had met in A, the North fired": the clause ends before the deed.
    if last >= trigger.first or "," not in words[last + 1 : last + 4]:
        return False
    begin = sentence.token_from(dateline_end(sentence))
    return _has_days(words[begin : begin + 4]) and "," not in words[begin:first]


_KOREAN_ENDS = ("다", "고", "며", "면서", "지만", "으나", "는데", "라고")


def _has_days(words: list[str]) -> bool:
    return any(w in {"after", "before"} and unit in _SPANS_OF_DAYS for unit, w in pairwise(words))


def _is_elsewhere(mention: Mention, words: list[str], first: int) -> bool:
    """Return whether a country is no place of an incident at the line: a third, or flown over."""
    return mention.country not in {"KP", "KR"} or "over" in words[max(0, first - 2) : first]


# Who meets or is seized is held there.
_HELD = frozenset({Kind.DIPLOMACY, Kind.ABDUCTION})
_TOWN_OF = frozenset({"city", "town", "port", "island", "province", "coast", "north", "south"})
_PICTURED = 7
_PICTURES = frozenset({"pictures", "photographs", "photos", "images", "footage"})


def is_bystanders(
    record: Record,
    sentence: Sentence,
    trigger: Trigger,
    region: tuple[int, int],
    mention: Mention,
    at: tuple[int, int],
) -> bool:
    """Return whether a place in the sentence is surely not where it happened.

    Parameters
    ----------
    record, sentence, trigger, region
        What is told, by which words, and the tokens that belong to them alone.
    mention, at
        The place, and its first and last token.
    """
    is_no_place = _is_no_place_of(record, sentence, trigger, mention, at)
    return is_no_place or _is_aside(record, sentence, trigger, region, at)


def _is_no_place_of(
    record: Record,
    sentence: Sentence,
    trigger: Trigger,
    mention: Mention,
    at: tuple[int, int],
) -> bool:
    """Return whether a place in the sentence is surely not where it happened."""
    words = sentence.words
    first, last = at
    if mention.feature_class == "country" and _is_elsewhere(mention, words, first):
        # "Signed a statement in Singapore".
        return record.kind is not Kind.DIPLOMACY or words[max(0, first - 1)] not in {"in", "at"}
    if mention.country not in KOREAS and is_from_noun(words, phrase_of(words, first)):
        return True  # "a jet of the line from Chengdu"
    is_of = words[max(0, first - 1)] == "of" and words[max(0, first - 2)] not in _TOWN_OF
    if mention.country not in KOREAS and is_of:
        return True  # "since the fall of Saigon"
    if mention.country not in KOREAS and mention.feature_class in {"airfield", "base"}:
        return True  # "limped home to Yokota"
    if "of" in words[max(0, first - _PICTURED) : first] and not _PICTURES.isdisjoint(
        words[max(0, first - _PICTURED) : first]
    ):
        return True  # "a drone that had taken pictures of the palace"
    return _is_of_others(record, words, first) or _is_days_apart(sentence, trigger, first, last)


def _is_aside(
    record: Record,
    sentence: Sentence,
    trigger: Trigger,
    region: tuple[int, int],
    at: tuple[int, int],
) -> bool:
    """Return whether a place is of somebody who speaks, comes or goes, or of another day."""
    words = sentence.words
    first, last = at
    if first > trigger.last and words[trigger.head].endswith(_KOREAN_ENDS):
        return True  # a Korean verb ends its clause
    if first < region[0] < trigger.first and is_of_day_before(words, region[0], trigger.first):
        return True
    phrase = phrase_of(words, first)
    if is_cared_for(words[: last + 1], phrase):
        return True
    if record.kind not in _HELD and is_aftermath(words, phrase, trigger.head):
        return True
    if record.kind not in _HELD and is_of_speaker(words, phrase):
        return True
    return (
        is_spoken_at(words, first, last, trigger)
        or is_backdrop(sentence, first, last)
        or is_home(sentence, first)
        or is_bound_for(words, first)
        or is_left_for(words, first, trigger)
        or is_meanwhile(words, first, trigger)
        or is_left_behind(words, first, trigger)
        or (words[first - 1] == "and" and "between" in words[max(0, first - 5) : first])
        or (record.kind not in FIRED_OR_SENT and is_origin(words, first))
    )
