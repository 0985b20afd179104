"""Where incidents were that only a sentence after them tells: "Dust rose near Kaesong."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bordermap.extract.counts import HARMED
from bordermap.extract.mention import Usage
from bordermap.extract.prepositions import FIRED_OR_SENT, LEAVES
from bordermap.extract.quantities import find_quantities
from bordermap.extract.records import Evidence, Record
from bordermap.extract.standing import is_backdrop, is_destination
from bordermap.extract.where import is_met_elsewhere, site_of
from bordermap.table import DatePrecision, Kind, Precision

if TYPE_CHECKING:
    from bordermap.extract.dates import DateFound
    from bordermap.extract.events import Trigger
    from bordermap.extract.naming import Places
    from bordermap.extract.spans import Span
    from bordermap.extract.tokens import Sentence

__all__ = ["follow"]

_CAPITALS = frozenset({"capital", "country", "line", "area", "sea"})


# What is done with people afterwards is done elsewhere.
_AFTERWARDS = frozenset(
    ["hospital", "questioned", "interrogated", "treated", "flown", "met", "meeting", "talks",
     "ministers", "court", "trial", "reporters", "embassy", "funeral", "protest", "expected",
     "complaint", "investigate", "commission"]
)  # fmt: skip


def follow(
    drafts: list[Record],
    sentence: Sentence,
    number: int,
    told: list[Trigger],
    places: Places,
    dates: list[DateFound],
) -> None:
    """Place incidents by a sentence after them: "Dust rose over the road near Kaesong."."""
    if not drafts or any(not t.is_noun for t in told):
        return
    _refine(drafts[-1], number, dates)
    _count_harmed(drafts[-1], sentence, number, dates)
    if not places.mentions or not _waits(drafts[-1], number):
        return
    if not (_AFTERWARDS.isdisjoint(sentence.words) and _TO_COME.isdisjoint(sentence.words)):
        return
    days = [d.span for d in dates if d.span is not None]
    waiting = [d for d in drafts[-_WAITING:] if _waits(d, number) and _is_of_days(d, days)]
    if not any(d is drafts[-1] for d in waiting) or all(d.span is None for d in waiting):
        return
    for mention, resolution in zip(places.mentions, places.resolutions, strict=True):
        if mention.usage is not Usage.PLACE or mention.place_id is None:
            continue
        if mention.feature_class in _CAPITALS or mention.precision is Precision.PROVINCE:
            continue
        first, last = sentence.token_from(mention.start), sentence.token_from(mention.end) - 1
        if is_backdrop(sentence, first, last) or is_destination(sentence.words, first):
            continue
        if first <= 1 or _stands(sentence, first, last, waiting[-1].kind):
            site = site_of(mention, sentence, resolution, places.mentions)
            if is_met_elsewhere(waiting[-1].kind, site):
                continue
            for record in waiting:
                record.site, record.site_rank = site, 0.0
                record.evidence.append(Evidence("place", mention.start, mention.end))
            return


def _refine(record: Record, number: int, dates: list[DateFound]) -> None:
    """Date what was told of "over the weekend" by the day that the next sentence gives."""
    span = record.span
    if span is None or span.precision is not DatePrecision.WEEK or number - record.sentence > 1:
        return
    for found in dates:
        day = found.span
        if day is None or day.precision is not DatePrecision.DAY or found.is_saying:
            continue
        if day.start == day.end and span.start <= day.start <= span.end:
            record.span = day
            return


# In these people are hurt or caught, and the next sentence tells how many.
_HARMFUL = frozenset(
    {Kind.GUNFIRE, Kind.ARTILLERY, Kind.NAVAL, Kind.EXPLOSION, Kind.MINE, Kind.AIRCRAFT,
     Kind.INFILTRATION, Kind.MISSILE, Kind.DRONE, Kind.ABDUCTION, Kind.OTHER}
)  # fmt: skip
_HARM = frozenset(HARMED.values())


def _count_harmed(record: Record, sentence: Sentence, number: int, dates: list[DateFound]) -> None:
    """Add who was hurt by what the sentence before told: "Thirty-nine seamen were killed."."""
    if record.kind not in _HARMFUL or number - record.sentence > 1:
        return
    days = [d.span for d in dates if d.span is not None]
    if not _is_of_days(record, days) or not _HARM.isdisjoint(record.quantities):
        return
    for key, count, first, last in find_quantities(sentence):
        if key in _HARM and key not in record.quantities:
            record.quantities[key] = count
            start, end = sentence.span(first, last)
            record.evidence.append(Evidence(f"quantities.{key}", start, end))


_TRACED = frozenset(["traced", "followed", "tracked", "located", "pinpointed", "pointed"])
_KOREAN_AT = ("에서", "에", "까지")
_KOREAN_SPOTS = ("앞바다", "인근", "일대", "부근", "해상", "상공", "해역", "지역")


def _stands(sentence: Sentence, first: int, last: int, kind: Kind) -> bool:
    """Return whether the words around a name make it the place of what was told before."""
    words = sentence.words
    if words[first - 1] in LEAVES:
        # "From Okinawa": where bombers come from is not where they flew.
        return words[first - 1] != "from" or kind in FIRED_OR_SENT
    if kind is Kind.CYBER_GPS and words[first - 1] == "to":
        return not _TRACED.isdisjoint(words[:first])  # "traced the signals to Kaesong"
    if words[last].isascii():
        return False
    after = "".join(words[last + 1 : last + 2])
    return words[last].endswith(_KOREAN_AT) or after.startswith(_KOREAN_SPOTS)


_TO_COME = frozenset({"will", "would", "could", "may", "might", "should"})
_WAITING = 3


def _is_of_days(record: Record, days: list[Span]) -> bool:
    """Return whether a sentence with days of its own may go on with a record."""
    return not days or (record.span is not None and any(map(record.span.overlaps, days)))


# Said, or heard all along the border.
_EVERYWHERE = frozenset({Kind.STATEMENT, Kind.DIPLOMACY, Kind.LOUDSPEAKER})


def _waits(record: Record, number: int) -> bool:
    """Return whether a sentence may still tell where a record was."""
    gap = number - record.sentence
    if not 1 <= gap <= 2 or record.kind in _EVERYWHERE:
        return False
    site = record.site
    if site is None:
        return True
    return site.is_area and gap == 1
