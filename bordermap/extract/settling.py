"""The place of an incident that only the other incidents of its day tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from bordermap.extract.prepositions import FIRED, PLACELESS, SENT
from bordermap.extract.records import Evidence, Record, day_of
from bordermap.extract.spans import day_span
from bordermap.extract.where import TABLES, is_met_elsewhere
from bordermap.table import Kind, Precision

if TYPE_CHECKING:
    from bordermap.extract.scenes import Course
    from bordermap.extract.where import Site

__all__ = ["settle"]


def settle(
    records: Sequence[Record],
    course: Course,
    *,
    published: date | None = None,
    dateline: Site | None = None,
) -> None:
    """Give places to the records that have none, as far as the others of their day tell.

    Parameters
    ----------
    records
        The incidents of a text in its order; filled in place.
    published
        The day of the report, or None.
    dateline
        Where it was written, or None.
    """
    _date_in_one_breath(records)
    _by_days(records)
    _by_breath(records)
    _by_course(records, course)
    _by_days(records)
    for record in records:
        if record.site is None and record.kind not in _UNSETTLED:
            record.site = record.scene
    if published is not None and dateline is not None:
        _by_dateline(records, published, dateline)


def _by_days(records: Sequence[Record]) -> None:
    """Place records where the others of their days were."""
    settled: dict[date | None, list[Record]] = {}
    for record in records:
        if record.site is not None and record.kind not in PLACELESS:
            settled.setdefault(day_of(record), []).append(record)
    for record in records:
        if record.site is None and record.kind not in PLACELESS:
            _by_day(record, settled)


# So many days before it was told of may a deed have been done that is known by its sentence.
_MOST_DAYS = 10


# What goes on where the deed before it was done.
_GOES_ON = frozenset({Kind.GUNFIRE, Kind.ARTILLERY, Kind.NAVAL})


def _by_breath(records: Sequence[Record]) -> None:
    """Place fire without a place or a day of its own where the sentence before it plays.

    "A soldier ran across the line at Panmunjom last November. His comrades shot at him".
    """
    last: Record | None = None
    for record in records:
        is_next = last is not None and record.sentence - last.sentence <= _BREATH
        is_bare = record.site is None and (record.span is None or record.is_inherited)
        if last is not None and is_next and is_bare and record.kind in _GOES_ON:
            record.site, record.site_rank = last.site, 0.0
            record.evidence += [e for e in last.evidence if e.field == "place"]
        if record.site is not None and record.kind not in PLACELESS:
            last = record


_WIDE = frozenset({Precision.WATER, Precision.COUNTRY})


def _by_course(records: Sequence[Record], course: Course) -> None:
    """Place records at the spot that the sentences after them name."""
    told = {r.sentence for r in records if r.site is not None}
    for record in records:
        is_wide = record.site is not None and record.site.precision in _WIDE
        is_target = record.site is not None and record.site.is_area and record.kind in FIRED
        if record.kind is Kind.STATEMENT or not (record.site is None or is_wide or is_target):
            continue
        spot = course.spot_beside(
            record.sentence,
            day_of(record),
            told,
            is_close=record.kind in PLACELESS or (is_wide and not is_target),
            is_sent=record.kind in FIRED or record.kind in SENT,
            kind=record.kind,
        )
        if spot is not None:
            record.site, record.site_rank = spot, 0.0
            told.add(record.sentence)
            record.evidence.append(Evidence("place", spot.mention.start, spot.mention.end))


def _date_in_one_breath(records: Sequence[Record]) -> None:
    """Date what has only the day of saying by what it was told with, where that is known.

    "The army said on Tuesday that it fired when soldiers crossed", and then: "they crossed
    on Sunday".
    """
    known: dict[int, set[date | None]] = {}
    for record in records:
        # What was "five days after the inquiry" is not of the day of the inquiry.
        if not (record.is_soft or record.is_aside):
            known.setdefault(record.sentence, set()).add(day_of(record))
    for record in records:
        said, days = day_of(record), known.get(record.sentence, ())
        if not record.is_soft or said is None or len(days) != 1:
            continue
        day = next(iter(days))
        if day is not None and 0 <= (said - day).days <= _MOST_DAYS:
            record.span, record.is_soft = day_span(day), False


# Each is somewhere of its own, whatever else happened on the day.
_SOLITARY = frozenset({Kind.MISSILE, Kind.NUCLEAR, Kind.CYBER_GPS, Kind.LOUDSPEAKER})
_UNSETTLED = PLACELESS | _SOLITARY
_ONE_SPOT_M = 40_000.0


# So many sentences before it stands what a deed goes on with.
_BREATH = 1


def _are_at_one_spot(records: Sequence[Record]) -> bool:
    return _at_one_spot([r.site for r in records if r.site is not None])


def _by_day(record: Record, settled: Mapping[date | None, Sequence[Record]]) -> None:
    """Place a record where the others of its day were, if those were at one place."""
    day = day_of(record)
    if day is None:
        return
    same = [
        r
        for r in settled.get(day, ())
        if r.kind is record.kind
        or not (_SOLITARY & {r.kind, record.kind} or _is_met_elsewhere(record, r))
    ]
    # Of several places that of the other fire, of the clash that it answers, or of the same breath.
    fire = [r for r in same if r.kind in _GOES_ON]
    if record.kind in _GOES_ON and fire and _are_at_one_spot(fire):
        same = fire
    if not _are_at_one_spot(same):
        same = [r for r in same if 0 <= record.sentence - r.sentence <= _BREATH]
    if same and _are_at_one_spot(same):
        giver = min(same, key=lambda r: (_is_wide(r), abs(r.sentence - record.sentence)))
        record.site, record.site_rank = giver.site, 0.0
        record.evidence += [e for e in giver.evidence if e.field == "place"]


def _is_wide(record: Record) -> bool:
    return record.site is not None and record.site.is_area


def _is_met_elsewhere(record: Record, other: Record) -> bool:
    """Return whether the other of its day was only talked of or handed over at Panmunjom."""
    return other.kind is Kind.DIPLOMACY and is_met_elsewhere(record.kind, other.site)


_NEWS_DAYS = 3
_NEAR_M = 20_000.0
# Where the papers have their offices is no sign of where it was.
_OFFICES = frozenset({"capital", "country"})


def _by_dateline(records: Sequence[Record], published: date, dateline: Site) -> None:
    """Place the news of a report that names no place near the town that it was written in."""
    mention = dateline.mention
    if mention.place_id in TABLES:
        _by_gate(records, published, dateline)
    if dateline.is_area or dateline.lon is None or mention.feature_class in _OFFICES:
        return
    news = [r for r in records if _is_news(r, published)]
    if any(r.site is not None for r in news):
        return
    near = replace(
        dateline, radius_m=max(dateline.radius_m or 0.0, _NEAR_M), precision=Precision.NEAR
    )
    for record in news:
        if record.kind not in PLACELESS:
            record.site, record.site_rank = near, 0.0
            record.evidence.append(Evidence("place", mention.start, mention.end))


_HANDED = frozenset({Kind.DIPLOMACY, Kind.CROSSING})
_OPENING = 1


def _by_gate(records: Sequence[Record], published: date, dateline: Site) -> None:
    """Place what a report from Panmunjom opens with at Panmunjom."""
    for record in records:
        opens = record.sentence <= _OPENING and record.kind in _HANDED
        is_open = record.site is None or record.site.precision is Precision.COUNTRY
        if opens and is_open and _is_news(record, published):
            record.site, record.site_rank = dateline, 0.0
            mention = dateline.mention
            record.evidence.append(Evidence("place", mention.start, mention.end))


def _is_news(record: Record, published: date) -> bool:
    day = day_of(record)
    return day is not None and 0 <= (published - day).days <= _NEWS_DAYS


def _at_one_spot(sites: Sequence[Site]) -> bool:
    """Return whether places are one, as far as they are points."""
    from bordermap.geo import geodesic_m

    points = [(s.lon, s.lat) for s in sites if not s.is_area and s.lon is not None]
    if not points:
        return len({s.mention.place_id for s in sites}) == 1
    lon, lat = zip(*points, strict=True)
    count = len(points)
    return bool((geodesic_m([lon[0]] * count, [lat[0]] * count, lon, lat) <= _ONE_SPOT_M).all())
