"""Where an incident was: which of the places around its words fits it best."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from bordermap.extract.anaphora import is_existential
from bordermap.extract.bystanders import is_bystanders
from bordermap.extract.mention import Mention, Usage
from bordermap.extract.phrases import (
    is_from_noun,
    is_object,
    is_of_main_verb,
    is_of_other_verb,
    phrase_of,
)
from bordermap.extract.prepositions import FIRED_OR_SENT, KOREAS, PLACELESS, by_preposition
from bordermap.extract.records import Evidence, Record
from bordermap.extract.standing import (
    is_locator,
    is_of_subject,
)
from bordermap.extract.verbs import is_of_next_clause
from bordermap.extract.where import TABLES, Site, site_of
from bordermap.table import Kind, Precision

if TYPE_CHECKING:
    from bordermap.extract.anaphora import PlaceMemory
    from bordermap.extract.events import Trigger
    from bordermap.extract.naming import Places
    from bordermap.extract.tokens import Sentence

__all__ = ["EXACTNESS", "place"]

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
_AS_HE = (("as", "he"), ("as", "they"), ("while", "he"), ("while", "they"), ("as", "it"))


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
    if best is not None and best[1].mention.lon is None:
        best = best[0], _larger(best[1], sentence, places)
    if record.kind is Kind.STATEMENT and not _is_across_the_table(best, sentence):
        return  # words have no place
    there = _there(sentence, trigger, region, places) or before.here(sentence, trigger)
    if there is not None:
        best = _RANK_OF_THERE, there
    is_line = best is not None and best[1].mention.feature_class == "line"
    if is_line and record.kind in _OVER and "same" in sentence.words:
        # "Ran across the line at the same place".
        meant = before.meant(sentence, trigger, region[1], record.kind)
        best = (_RANK_OF_THERE, meant) if meant is not None and not meant.is_area else best
    if best is None or best[0] <= 0 or best[1].mention.lon is None:
        meant = before.meant(sentence, trigger, region[1], record.kind)
        best = (_LEAST_RANK, meant) if meant is not None else best
    if best is None or best[0] <= 0:
        under = _under_balloons(record, sentence, places)
        best = (_LEAST_RANK, under) if under is not None else best
    dates = [sentence.text[e.start : e.end] for e in record.evidence if e.field == "date"]
    if all(map(_GOES_ON.match, dates)):
        record.scene = before.scene(sentence)
    if best is not None and best[0] > 0:
        record.site_rank, record.site = best
        before.use(best[1], record.kind)
        mention = best[1].mention
        record.evidence.append(Evidence("place", mention.start, mention.end))


_SITS = frozenset({"at", "in"})


def _is_across_the_table(best: tuple[float, Site] | None, sentence: Sentence) -> bool:
    """Return whether words were said at Panmunjom: "told the other side at Panmunjom"."""
    if best is None or best[0] <= 0 or best[1].mention.place_id not in TABLES:
        return False
    first = sentence.token_from(best[1].mention.start)
    return phrase_of(sentence.words, first).preposition in _SITS


# A day that is told by the one before it: what happens is still where it happened then.
_GOES_ON = re.compile(
    r"(?:on )?(?:the (?:next|same|following)|that) (?:day|night|morning|afternoon|evening)"
    r"|이날|같은 날|이튿날|다음 날",
    re.IGNORECASE,
)


def _larger(site: Site, sentence: Sentence, places: Places) -> Site:
    """Return the larger place that a name lies in which no gazetteer tells of: its province."""
    for mention, resolution in zip(places.mentions, places.resolutions, strict=True):
        if mention.text in site.mention.within and mention.lon is not None:
            return site_of(mention, sentence, resolution, places.mentions)
    return site


def _under_balloons(record: Record, sentence: Sentence, places: Places) -> Site | None:
    """Return where balloons had risen that were shot at: no other place is told of the fire."""
    if record.kind not in _AT_BALLOONS or "balloons" not in sentence.words:
        return None
    for mention, resolution in zip(places.mentions, places.resolutions, strict=True):
        first = sentence.token_from(mention.start)
        lead = sentence.words[max(0, first - _SINCE_BALLOONS) : first]
        if mention.usage is not Usage.PLACE or mention.lon is None or "balloons" not in lead:
            continue
        if not _RISEN.isdisjoint(lead[lead.index("balloons") :]):
            site = site_of(mention, sentence, resolution, places.mentions)
            return site if not site.is_area else None
    return None


_AT_BALLOONS = frozenset({Kind.GUNFIRE, Kind.ARTILLERY})
_SINCE_BALLOONS = 16
_RISEN = frozenset({"released", "flown", "launched", "sent", "floated", "flew", "risen", "up"})
_RANK_OF_THERE = 3.0
_OVER = frozenset({Kind.CROSSING, Kind.DEFECTION})
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
    """Return how well a mention fits as the place of a trigger's incident.

    Nothing that hangs on somebody who speaks, comes from or goes to a place fits; then the clause
    counts more than the preposition, the preposition more than how exact the place is.
    """
    words = sentence.words
    first, last = sentence.token_from(mention.start), sentence.token_from(mention.end) - 1
    if is_bystanders(record, sentence, trigger, region, mention, (first, last)):
        return -1.0
    is_ground = site.precision is not Precision.WATER and mention.country in KOREAS
    if record.kind is Kind.NUCLEAR and not is_ground:
        return -1.0  # what is tested under the ground of Korea
    score = EXACTNESS.get(site.precision, 2.0) if site.precision else _UNKNOWN
    score += by_preposition(record, words, mention, site, first)
    is_crossed = trigger.first <= first <= trigger.last and mention.feature_class == "line"
    if record.kind is Kind.CROSSING and is_crossed:
        score -= _CROSSED  # what is crossed says less than where
    gap = first - trigger.last if first > trigger.last else trigger.first - last
    loss = _lost_by_clause(record, words, trigger, region, (first, last))
    if last < trigger.first and _is_before_own_day(record, sentence, trigger, last):
        loss += _OF_OTHER_DEED
    return score - loss - _LOST_BY_TOKEN * max(0, gap)


_LOST_BY_TOKEN = 0.06
_LINKS = frozenset({"and", "then", "but"})


def _is_before_own_day(record: Record, sentence: Sentence, trigger: Trigger, last: int) -> bool:
    """Return whether a place stands with another day than a record's, in a clause before it.

    "It blew up roads near Kaesong on Oct. 15, and on Oct. 31 it launched a missile", "A rocket
    rose from Musudan-ri on April 5 and the second device went off on May 25".
    """
    words = sentence.words
    own = next((e for e in record.evidence if e.field == "date"), None)
    if own is None:
        return False
    token = sentence.token_from(own.start)
    token -= words[token - 1] in {"on", "in"}
    if last < token - 1 < trigger.first:
        return words[token - 1] in _LINKS
    between = words[last + 1 : trigger.first]
    if token < trigger.first or "and" not in between:
        return False
    return any(map(_DAYS.__contains__, between[: between.index("and")]))


_DAYS = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
     "february", "march", "april", "may", "june", "july", "august", "september", "october",
     "november", "december", "jan", "feb", "aug", "sept", "oct", "nov", "dec"]
)  # fmt: skip


# What a place loses that hangs on another verb than the trigger's, or on a noun.
_OF_OTHER_DEED, _OF_RELATIVE, _OF_PLACELESS = 4.0, 1.0, 6.0
_OF_MAIN_VERB, _OF_NEXT_CLAUSE, _OF_OTHER_VERB, _OF_NOUN = 2.2, 2.0, 1.2, 1.2
_OF_LOCATOR = 3.0


def _lost_by_clause(
    record: Record,
    words: list[str],
    trigger: Trigger,
    region: tuple[int, int],
    at: tuple[int, int],
) -> float:
    """Return what a place loses because it does not hang on the trigger's own verb."""
    first, last = at
    phrase = phrase_of(words, first)
    loss = 0.0
    if first > _OPENING and not region[0] <= first < region[1]:
        # It is of another deed in the sentence, but "shot down a plane that had strayed over A".
        between = words[trigger.last + 1 : region[1]]
        is_relative = first >= region[1] and (
            not _RELATIVE.isdisjoint(between)
            or any(pair in _AS_HE for pair in pairwise(words[trigger.last + 1 : first]))
        )
        if record.kind in PLACELESS:
            loss += _OF_PLACELESS
        else:
            loss += _OF_RELATIVE if is_relative else _OF_OTHER_DEED
    if is_object(words, phrase) or (
        record.kind not in FIRED_OR_SENT and words[phrase.first - 1] == "left" and phrase.first
    ):
        loss += _OF_NOUN
    if record.kind not in FIRED_OR_SENT and is_from_noun(words, phrase):
        loss += _OF_NOUN
    if first > trigger.last and is_of_other_verb(words, trigger.last, phrase):
        loss += _OF_OTHER_VERB
    if last < trigger.first and is_of_main_verb(words, phrase, last, trigger.first):
        loss += _OF_MAIN_VERB
    if is_locator(words, first):
        loss += _OF_LOCATOR
    is_apart = ";" in words[trigger.last + 1 : first] or is_of_next_clause(
        words, trigger.last, first
    )
    if is_apart or is_of_subject(words, first, trigger):
        loss += _OF_NEXT_CLAUSE
    if region[0] and last < trigger.first and "and" in words[last + 1 : trigger.first]:
        loss += _OF_NEXT_CLAUSE  # "a test at A and the launch from B"
    return loss
