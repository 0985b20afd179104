"""One incident told several times in a text becomes one record with all its evidence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bordermap.extract.spans import day_span
from bordermap.kin import are_kin, are_of_one_day, names_better
from bordermap.table import DatePrecision, Kind

if TYPE_CHECKING:
    from bordermap.extract.records import Record
    from bordermap.extract.spans import Span

__all__ = ["joined"]

# Words this near in one sentence tell of one happening, if their kinds are kin.
_NEAR_TOKENS = 14
_PLAIN_RANK = 3.5
# What has no date of its own goes on with what was told so many sentences before.
# A report has fewer records, and so many sentences, than what is compared with each.
_REACH = 40
_NEAR_SENTENCES = 6


def joined(drafts: list[Record], *, keep_weak: bool = False) -> list[Record]:
    """Return one record an incident, in the order of the text.

    Nouns that only name an incident ("the launch") add to one told elsewhere,
    or stand alone where they bring a date of their own; with ``keep_weak`` also
    where nothing else was told.
    """
    records: list[Record] = []
    for record in drafts:
        if record.is_noun:
            continue
        if record.kind in _TALK and not _is_news(record):
            continue
        known = _retold(record, records[-_REACH:])
        if known is None:
            _inherit_date(record, records)
            known = _told_before(record, records[-_REACH:])
        if known is None:
            records.append(record)
        else:
            _add(known, record)
    for record in drafts:
        if record.goes_on and records:
            _go_on(record, records)
        elif record.is_noun:
            _join_noun(record, records)
    if keep_weak and not records:
        records = [d for d in drafts if d.is_noun][:1]
    records.sort(key=lambda r: (r.sentence, r.head))
    return _together(records)


def _together(records: list[Record]) -> list[Record]:
    """Join what turned out to be one incident once the days of all were known."""
    once: list[Record] = []
    for record in records:
        known = _told_before(record, once[-_REACH:])
        if known is None:
            once.append(record)
        else:
            _add(known, record)
    return once


def _retold(record: Record, records: list[Record]) -> Record | None:
    """Return what "the bombing", without a day of its own, speaks of."""
    if not record.is_retold or record.span is not None:
        return None
    known = [r for r in records if _agree(record, r)]
    same = [r for r in known if r.kind is record.kind]
    kin = [r for r in known if are_kin(r.kind, record.kind)]
    # Of several the last in time: the news and not what was long before it.
    return max(
        same or kin, key=lambda r: (r.span.start if r.span else date.min, r.sentence), default=None
    )


def _told_before(record: Record, records: list[Record]) -> Record | None:
    """Return the last record that may tell of the same incident, of the same kind before kin."""
    kin: Record | None = None
    for known in reversed(records):
        if (known.kind is record.kind or kin is None) and _is_same(
            record, known, is_last=known is records[-1]
        ):
            if known.kind is record.kind:
                return known
            kin = known
    return kin


_TALK = frozenset({Kind.STATEMENT, Kind.DIPLOMACY})


def _is_news(record: Record) -> bool:
    """Return whether talk is an incident: dated, and words are those of the North."""
    if record.span is None or record.span.precision is not DatePrecision.DAY:
        return False
    # What the North says is an event; Seoul's every comment is none.
    return record.kind is Kind.DIPLOMACY or record.actor_side == "north"


def _go_on(record: Record, records: list[Record]) -> None:
    """Add to the incident before what "it took place yesterday over the sea" says of it."""
    before = [r for r in records if r.sentence < record.sentence and r.kind is record.kind]
    if not before:
        return
    known = max(before, key=lambda r: (r.sentence, r.head))
    span = record.span
    # A year alone is mostly of something else: "its own first success in 2016".
    if span is not None and span.precision is DatePrecision.DAY and not record.is_soft:
        known.span, known.is_soft = span, False
    if record.site is not None and (known.site is None or known.site.is_area):
        known.site, known.site_rank = record.site, record.site_rank
    known.time_local = known.time_local or record.time_local
    known.evidence += record.evidence


def _join_noun(record: Record, records: list[Record]) -> None:
    nearest, least = None, _REACH + 1
    begin, end = record.sentence - _REACH, record.sentence + _REACH
    for known in [r for r in records if begin <= r.sentence <= end]:
        gap = abs(known.sentence - record.sentence)
        if gap < least and _is_same(record, known):
            nearest, least = known, gap
    if nearest is not None:
        _add(nearest, record)
        return
    placed = record.site is not None or record.actor_side is not None
    if (
        record.span is not None
        and not record.is_soft
        and (placed or record.is_echo or record.is_loose)
    ):
        records.append(record)


def _inherit_date(record: Record, records: list[Record]) -> None:
    """Date a record by the one before it, or by the day the text spoke of last."""
    if record.span is not None or record.kind in _LASTING:
        return
    last = next((r for r in reversed(records) if r.kind is not Kind.STATEMENT), None)
    if last is not None and last.span is not None and last.span.precision is DatePrecision.DAY:
        if record.kind is Kind.DIPLOMACY and (
            record.is_background or record.sentence - last.sentence > 1
            or record.paragraph != last.paragraph
        ):  # fmt: skip
            return
        if not record.is_background and record.sentence - last.sentence <= _NEAR_SENTENCES:
            record.span, record.is_soft = last.span, True
    elif last is None and record.anchor is not None and not record.is_background:
        record.span, record.is_soft = day_span(record.anchor), True


# Work that goes on is not of the day that was told of before.
_LASTING = frozenset({Kind.CONSTRUCTION, Kind.DEPLOYMENT, Kind.STATEMENT})


def _is_same(new: Record, old: Record, *, is_last: bool = False) -> bool:
    """Return whether two records may tell of one incident; whether nothing was told between."""
    if new.kind is not old.kind and not _are_kin(new, old, is_last=is_last):
        return False
    return _agree(new, old)


def _agree(new: Record, old: Record) -> bool:
    """Return whether nothing but their kinds may tell two records apart."""
    if (
        {new.kind, old.kind} <= _FIRE
        and new.is_answer != old.is_answer
        and not (new.is_noun or new.is_mutual or old.is_mutual)
    ):
        return False
    is_retreat = new.is_motion and old.kind is Kind.CROSSING  # they were chased back: one happening
    if not (is_retreat or _sides_agree(new, old)) or not _spans_agree(new, old):
        return False
    return _sites_agree(new, old)


_FIRE = frozenset({Kind.GUNFIRE, Kind.ARTILLERY})


# So many sentences further on two kinds may tell of one happening.
_CLOSE, _CLOSE_IF_LAST = 2, 4


# Those who came over, or were handed over, stepped over the line: told so many sentences later.
_WAYS_OVER = {Kind.DEFECTION: 4, Kind.DIPLOMACY: 1}


def _are_kin(new: Record, old: Record, *, is_last: bool) -> bool:
    """Return whether two kinds in one breath tell of one happening."""
    if not are_kin(new.kind, old.kind):
        return False
    if new.is_loose:
        return True  # what is told plainly besides goes before what only words of a field tell
    if (
        new.is_motion
        and old.kind is Kind.CROSSING
        and new.sentence - old.sentence <= _NEAR_SENTENCES
    ):
        return True
    if new.sentence == old.sentence:
        return abs(new.head - old.head) <= _NEAR_TOKENS
    if new.kind is Kind.CROSSING and old.kind in _WAYS_OVER and not new.is_pursuit:
        undated = new.span is None or new.is_soft
        return undated and 0 < new.sentence - old.sentence <= _WAYS_OVER[old.kind]
    one_side = new.actor_side is not None and new.actor_side == old.actor_side
    if (
        one_side
        and new.span is not None
        and new.span == old.span
        and are_of_one_day(new.kind, old.kind)
    ):
        return True
    tight = are_kin(new.kind, old.kind, is_close=True)
    reach = _CLOSE_IF_LAST if is_last else _CLOSE
    return (
        tight and new.sentence - old.sentence <= reach and new.actor_side in {None, old.actor_side}
    )


def _sides_agree(new: Record, old: Record) -> bool:
    return new.actor_side is None or old.actor_side is None or new.actor_side == old.actor_side


def _spans_agree(new: Record, old: Record) -> bool:
    a, b = new.span, old.span
    if a is not None and b is not None:
        if _one(a, b):
            return True
        if new.is_soft and old.is_soft and new.kind is old.kind:
            return abs((a.start - b.start).days) <= _SAYING_DAYS
        # "Seoul said on Monday": the day of saying gives way to the day of the deed.
        soft = new.is_soft != old.is_soft and {a.precision, b.precision} == {DatePrecision.DAY}
        if soft:
            return abs((a.start - b.start).days) <= 10
        return new.is_soft != old.is_soft and a.overlaps(b)
    if a is None and b is None:
        return True
    known = a or b
    assert known is not None  # noqa: S101 - one of the two is there
    # What is told without a date is not the incident of years ago.
    return known.precision not in {DatePrecision.YEAR, DatePrecision.MONTH}


# Days of saying, or of what was told before, are so near each other where they are of one deed.
_SAYING_DAYS = 3


def _one(a: Span, b: Span) -> bool:
    if a.precision is b.precision is DatePrecision.DAY:
        return a.start == b.start
    if {a.precision, b.precision} == {DatePrecision.DAY, DatePrecision.WEEK}:
        return a.overlaps(b)  # "early this week", then "on Monday"
    return a.overlaps(b) and a.precision is b.precision


def _sites_agree(new: Record, old: Record) -> bool:
    a, b = new.site, old.site
    if a is None or b is None or a.is_area or b.is_area:
        return True
    if a.mention.place_id == b.mention.place_id:
        return True
    if a.lon is None or b.lon is None or a.lat is None or b.lat is None:
        return a.mention.text.lower() == b.mention.text.lower()
    reach_m = max(a.radius_m or 0.0, b.radius_m or 0.0) + 15_000.0
    return _metres(a.lon, a.lat, b.lon, b.lat) <= reach_m


def _metres(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    from bordermap.geo import geodesic_m

    return float(geodesic_m([lon1], [lat1], [lon2], [lat2])[0])


def _add(known: Record, more: Record) -> None:
    """Add to a record what another telling of it knows besides."""
    if more.span is not None and (known.span is None or (known.is_soft and not more.is_soft)):
        known.span, known.is_soft = more.span, more.is_soft
    if more.site is not None and (known.site is None or _is_better_site(more, known)):
        known.site, known.site_rank = more.site, more.site_rank
    if names_better(more.kind, known.kind) and not (more.is_noun or more.is_motion):
        known.kind = more.kind
    if known.actor is None or (known.actor_side is None and more.actor_side is not None):
        known.actor, known.actor_side = more.actor or known.actor, more.actor_side
    known.target = known.target or more.target
    known.direction = known.direction or more.direction
    known.claim = known.claim or more.claim
    known.claimed_by = known.claimed_by or more.claimed_by
    known.time_local = known.time_local or more.time_local
    known.quantities = {**more.quantities, **known.quantities}
    known.evidence += more.evidence
    known.remarks += [r for r in more.remarks if r not in known.remarks]


def _is_better_site(more: Record, known: Record) -> bool:
    a, b = more.site, known.site
    assert a is not None and b is not None  # noqa: S101, PT018 - the caller looked
    if a.is_area != b.is_area:
        # A noun in passing ("the plane returned to Okinawa") needs to say it plainly.
        plain = not more.is_noun or more.site_rank >= _PLAIN_RANK
        return b.is_area and a.precision is not None and plain
    return more.site_rank > known.site_rank + 0.8
