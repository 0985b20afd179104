"""Where an incident was: which of the places around its words fits it best."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from bordermap.extract.anaphora import is_existential
from bordermap.extract.mention import Mention, Usage
from bordermap.extract.phrases import is_from_noun, is_of_main_verb, is_of_other_verb, phrase_of
from bordermap.extract.prepositions import FIRED, PLACELESS, SENT, by_preposition
from bordermap.extract.records import Evidence, Record
from bordermap.extract.standing import (
    is_backdrop,
    is_bound_for,
    is_home,
    is_left_behind,
    is_left_for,
    is_locator,
    is_of_day_before,
    is_of_subject,
    is_origin,
    is_spoken_at,
)
from bordermap.extract.usage import dateline_end
from bordermap.extract.verbs import is_of_next_clause
from bordermap.extract.where import Site, site_of
from bordermap.extract.wordlists import word_set
from bordermap.table import Kind, Precision

if TYPE_CHECKING:
    from bordermap.extract.anaphora import PlaceMemory
    from bordermap.extract.events import Trigger
    from bordermap.extract.naming import Places
    from bordermap.extract.tokens import Sentence

__all__ = ["EXACTNESS", "place"]

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


_KOREAS = frozenset({"KP", "KR", None})
# A place among the first words is of the whole sentence.
_OPENING = 5

# How exact a place is, for the choice among several.
EXACTNESS = {
    Precision.EXACT: 4.0, Precision.NEAR: 4.0, Precision.PLACE: 4.0, Precision.DISTRICT: 3.9,
    Precision.PROVINCE: 2.4, Precision.AREA: 2.6, Precision.WATER: 2.0, Precision.COUNTRY: 0.8,
}  # fmt: skip
# A name that no gazetteer tells of goes before a place of another deed, behind any of its own.
_UNKNOWN = 2.3
# What "there" stands for is less sure than a name.
_LEAST_RANK = 1.0
_RELATIVE = frozenset({"that", "which", "who", "whose"})
_FIRED_OR_SENT = FIRED | SENT


def place(
    record: Record,
    sentence: Sentence,
    trigger: Trigger,
    region: tuple[int, int],
    places: Places,
    before: PlaceMemory,
) -> None:
    """Give a record the best place of its sentence, or the one that "there" stands for."""
    # A larger place steps in where the one inside it is not known.
    inner = {name for m in places.mentions if m.lon is not None for name in m.within}
    best: tuple[float, Site] | None = None
    for mention, resolution in zip(places.mentions, places.resolutions, strict=True):
        if mention.usage is not Usage.PLACE or mention.text in inner:
            continue
        site = site_of(mention, sentence, resolution, places.mentions)
        score = _fit(record, sentence, trigger, region, mention, site)
        if best is None or score > best[0]:
            best = score, site
    if record.kind is Kind.STATEMENT:
        return  # words have no place
    there = _there(sentence, trigger, region, places)
    if there is not None:
        best = _RANK_OF_THERE, there
    if best is None or best[0] <= 0 or best[1].mention.lon is None:
        meant = before.meant(sentence, trigger, region[1])
        best = (_LEAST_RANK, meant) if meant is not None else best
    dates = [sentence.text[e.start : e.end] for e in record.evidence if e.field == "date"]
    if all(map(_GOES_ON.match, dates)):
        record.scene = before.scene(sentence)
    if best is not None and best[0] > 0:
        record.site_rank, record.site = best
        before.use(best[1])
        mention = best[1].mention
        record.evidence.append(Evidence("place", mention.start, mention.end))


# A day that is told by the one before it: what happens is still where it happened then.
_GOES_ON = re.compile(
    r"(?:on )?(?:the (?:next|same|following)|that) (?:day|night|morning|afternoon|evening)"
    r"|이날|같은 날|이튿날|다음 날",
    re.IGNORECASE,
)
_RANK_OF_THERE = 3.0
_CROSSED = 0.7
# "They were killed under it": under the bridge named before.
_UNDER = frozenset({"under", "beneath", "beside", "inside"})


def _there(
    sentence: Sentence, trigger: Trigger, region: tuple[int, int], places: Places
) -> Site | None:
    """Return the place named before in the sentence for which "there" stands in a trigger's words.

    "Six were killed near Yeonpyeong in 2002, and a boat was sunk there in 1999".
    """
    words = sentence.words
    if "there" not in words and "it" not in words:
        return None
    found = next(
        (
            n
            for n in range(max(1, region[0]), min(len(words), region[1]))
            if (words[n] == "there" and not is_existential(words, n))
            or (words[n] == "it" and words[n - 1] in _UNDER)
        ),
        None,
    )
    if found is None or found < trigger.first:
        return None
    before = [
        (m, r)
        for m, r in zip(places.mentions, places.resolutions, strict=True)
        if m.usage is Usage.PLACE and m.lon is not None and sentence.token_from(m.end) <= found
    ]
    if not before:
        return None
    mention, resolution = before[-1]
    return site_of(mention, sentence, resolution, places.mentions)


def _fit(
    record: Record,
    sentence: Sentence,
    trigger: Trigger,
    region: tuple[int, int],
    mention: Mention,
    site: Site,
) -> float:
    """Return how well a mention fits as the place of a trigger's incident."""
    words = sentence.words
    first, last = sentence.token_from(mention.start), sentence.token_from(mention.end) - 1
    if _is_no_place_of(record, sentence, trigger, mention, (first, last)):
        return -1.0
    if (
        is_spoken_at(words, first, last, trigger)
        or is_backdrop(sentence, first, last)
        or is_home(sentence, first)
        or is_bound_for(words, first)
        or is_left_for(words, first, trigger)
        or is_left_behind(words, first, trigger)
        or (words[first - 1] == "and" and "between" in words[max(0, first - 5) : first])
    ):
        return -1.0
    if first > trigger.last and words[trigger.head].endswith(_KOREAN_ENDS):
        return -1.0  # a Korean verb ends its clause
    score = EXACTNESS.get(site.precision, 2.0) if site.precision else _UNKNOWN
    score += by_preposition(record, words, mention, site, first)
    is_crossed = trigger.first <= first <= trigger.last and mention.feature_class == "line"
    if record.kind is Kind.CROSSING and is_crossed:
        score -= _CROSSED  # what is crossed says less than where
    if first < region[0] < trigger.first and is_of_day_before(words, region[0], trigger.first):
        return -1.0
    if first > _OPENING and not region[0] <= first < region[1]:
        # It is of another deed in the sentence, but "shot down a plane that had strayed over A".
        is_relative = first >= region[1] and _RELATIVE & set(words[trigger.last + 1 : region[1]])
        is_loose = is_relative and record.kind not in PLACELESS
        score -= 1.0 if is_loose else 4.0 if record.kind not in PLACELESS else 6.0
    if is_origin(words, first) and record.kind not in _FIRED_OR_SENT:
        return -1.0
    phrase = phrase_of(words, first)
    if record.kind not in _FIRED_OR_SENT and is_from_noun(words, phrase):
        score -= 1.2
    if first > trigger.last and is_of_other_verb(words, trigger.last, phrase):
        score -= 1.2
    if last < trigger.first and is_of_main_verb(words, phrase, last, trigger.first):
        score -= 2.2
    is_beside = is_locator(words, first) or is_of_subject(words, first, trigger)
    if is_beside or is_of_next_clause(words, trigger.last, first):
        score -= 2.0
    if region[0] and last < trigger.first and "and" in words[last + 1 : trigger.first]:
        score -= 2.0  # "a test at A and the launch from B"
    gap = first - trigger.last if first > trigger.last else trigger.first - last
    return score - 0.06 * max(0, gap)


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
    if mention.country not in _KOREAS and words[max(0, first - 1)] == "of":
        return True  # "since the fall of Saigon"
    if mention.country not in _KOREAS and mention.feature_class in {"airfield", "base"}:
        return True  # "limped home to Yokota"
    return _is_of_others(record, words, first) or _is_days_apart(sentence, trigger, first, last)
