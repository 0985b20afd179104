"""One incident told several times in a text becomes one record with all its evidence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING

from bordermap.extract.inheriting import inherit_date
from bordermap.extract.recent import REACH, Recent
from bordermap.extract.sameness import agree, is_of_one_breath, is_same
from bordermap.extract.where import is_met_elsewhere
from bordermap.kin import kin_of, names_better
from bordermap.table import DatePrecision, Kind

if TYPE_CHECKING:
    from bordermap.extract.records import Record

__all__ = ["joined"]

_PLAIN_RANK = 3.5


def joined(drafts: list[Record], *, keep_weak: bool = False) -> list[Record]:
    """Return one record an incident, in the order of the text.

    Nouns that only name an incident ("the launch") add to one told elsewhere,
    or stand alone where they bring a date of their own; with ``keep_weak`` also
    where nothing else was told.
    """
    headlines = [d for d in drafts if d.is_headline and not d.is_noun]
    drafts = [d for d in drafts if not d.is_headline]
    deeds = _last_deeds(drafts)
    recent = Recent()
    records = recent.records
    for record in drafts:
        if record.is_noun:
            continue
        _go_on_there(record, records)
        if record.kind in _TALK and not _is_news(record):
            continue
        is_told_of = record.manner.is_saying and not record.is_opening
        if is_told_of and deeds.get(record.sentence, 0) > record.head:
            continue
        known = _retold(record, recent)
        if known is None:
            inherit_date(record, records)
            known = _told_before(record, recent)
        if known is None and not _is_retelling(record, records):
            recent.append(record)
        elif known is not None:
            _add_told(known, record, recent)
    named: list[Record] = []
    for record in drafts:
        if record.goes_on and (records or named):
            _go_on(record, records + named)
        elif record.is_noun:
            near = [*_within_reach(record, records), *_within_reach(record, named)]
            if not _join_noun(record, near) and _stands_alone(record):
                named.append(record)
    records += named
    records += [
        h for h in headlines if not _heads(h, records) and (h.kind not in _TALK or _is_news(h))
    ]
    if keep_weak and not records:
        records = [d for d in drafts if d.is_noun][:1]
    records.sort(key=lambda r: (r.sentence, r.head))
    return _together(records)


def _go_on_there(record: Record, records: list[Record]) -> None:
    """Date a meeting that goes on with what was told before it: "they then met at a house"."""
    if record.kind is not Kind.DIPLOMACY or record.span is not None or record.is_background:
        return
    if not records or record.site is None or record.site.is_area:
        return
    last = records[-1]
    is_dated = last.span is not None and last.span.precision is DatePrecision.DAY
    if is_dated and record.sentence - last.sentence == 1 and last.kind in _MET:
        record.span, record.is_soft, record.is_inherited = last.span, True, True


_MET = frozenset({Kind.DIPLOMACY, Kind.CROSSING})
_ONLY_SAID = frozenset({Kind.MISSILE, Kind.NUCLEAR, Kind.STATEMENT, Kind.DIPLOMACY})


def _last_deeds(drafts: list[Record]) -> dict[int, int]:
    """Return the sentences that tell of deeds, and the head of the last deed in each.

    What is said before it is that it was done: "said that it had arrested him".
    """
    deeds: dict[int, int] = {}
    for draft in drafts:
        if not draft.is_noun and draft.kind not in _TALK:
            deeds[draft.sentence] = max(draft.head, deeds.get(draft.sentence, 0))
    return deeds


def _is_retelling(record: Record, records: list[Record]) -> bool:
    """Return whether the North only tells in its way what was told: "it had sunk a spy boat".

    Or whether a noun points back at it by another name: "the attack came three days after".
    """
    if not (record.is_version or record.manner.is_retold):
        return False
    if record.kind in _ONLY_SAID or not (record.is_inherited or record.span is None):
        return False
    return any(r.kind not in _ONLY_SAID for r in records[-REACH:])


def _heads(headline: Record, records: list[Record]) -> bool:
    """Add what a headline tells to the first record that tells it in full, if there is one."""
    span, headline.span = headline.span, None if headline.is_soft else headline.span
    kin = kin_of(headline.kind)
    told = [r for r in records if (r.kind is headline.kind or r.kind in kin)]
    if headline.kind in _TALK:
        told += [r for r in records if r.is_opening]
    told = [r for r in told if agree(headline, r)]
    same = [r for r in told if r.kind is headline.kind]
    headline.span = span
    for known in (same or told)[:1]:
        _add(known, headline)
    return bool(told)


def _together(records: list[Record]) -> list[Record]:
    """Join what turned out to be one incident once the days of all were known."""
    once = Recent()
    for record in records:
        known = _told_before(record, once)
        if known is None:
            once.append(record)
        else:
            _add_told(known, record, once)
    return once.records


def _add_told(known: Record, more: Record, recent: Recent) -> None:
    """Add to one of the last records what another telling of it knows besides."""
    kind = known.kind
    _add(known, more)
    if known.kind is not kind:
        recent.renamed()


def _retold(record: Record, recent: Recent) -> Record | None:
    """Return what "the bombing", without a day of its own, speaks of."""
    if not record.manner.is_retold or record.span is not None:
        return None
    kind = record.kind
    known = [r for r in recent.of((kind, *kin_of(kind))) if agree(record, r)][::-1]
    same = [r for r in known if r.kind is kind]
    # Of several the last in time: the news and not what was long before it.
    return max(
        same or known,
        key=lambda r: (r.span.start if r.span else date.min, r.sentence),
        default=None,
    )


def _told_before(record: Record, recent: Recent) -> Record | None:
    """Return the last record that may tell of the same incident, of the same kind before kin."""
    last = None
    for known in recent.of((record.kind,)):
        if agree(record, known):
            # That of the same day goes before one of another day that it may yet be.
            if record.span is None or known.span == record.span:
                return known
            last = last or known
    if last is not None:
        return last
    if record.kind is Kind.DIPLOMACY:
        # What a report opens with undated, told again with its day: where it was declared.
        for known in recent.of((Kind.STATEMENT,)):
            if known.is_opening and known.is_soft and agree(record, known):
                return known
    for known in recent.of(kin_of(record.kind)):
        is_last = known is recent.records[-1]
        if is_of_one_breath(record, known, is_last=is_last) and agree(record, known):
            return known
    return None


_TALK = frozenset({Kind.STATEMENT, Kind.DIPLOMACY})


def _is_news(record: Record) -> bool:
    """Return whether talk is an incident: dated, and words are those of the North."""
    if record.span is None:
        return False
    if record.span.precision is not DatePrecision.DAY:
        # Who was freed "last December" is told of as a deed.
        is_deed = record.manner.is_release and not record.is_soft
        return is_deed and record.span.precision is DatePrecision.MONTH
    # What the North says is an event; Seoul's every comment is none.
    return record.kind is Kind.DIPLOMACY or record.actor_side == "north" or record.is_opening


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


def _within_reach(record: Record, records: list[Record]) -> list[Record]:
    """Return those of some records, in order of their sentences, that are near enough to one."""
    first = bisect_left(records, record.sentence - REACH, key=_sentence)
    return records[first : bisect_right(records, record.sentence + REACH, first, key=_sentence)]


_sentence = attrgetter("sentence")


def _join_noun(record: Record, records: list[Record]) -> bool:
    """Add what only names an incident to the nearest that it may be, if there is one."""
    nearest, least = None, REACH + 1
    for known in records:
        gap = abs(known.sentence - record.sentence)
        if gap < least and is_same(record, known):
            nearest, least = known, gap
    if nearest is not None:
        _add(nearest, record)
    return nearest is not None


def _stands_alone(record: Record) -> bool:
    """Return whether what only names an incident brings enough to be one."""
    if record.span is None or record.is_soft:
        return False
    # Only the North tests bombs and rockets here: "sanctions for its test in February".
    norths = record.kind in _ONLY_NORTH and record.span.precision is not DatePrecision.YEAR
    placed = record.site is not None or record.actor_side is not None or norths
    return placed or record.is_echo or record.is_loose


_ONLY_NORTH = frozenset({Kind.NUCLEAR, Kind.MISSILE})


def _add(known: Record, more: Record) -> None:
    """Add to a record what another telling of it knows besides."""
    if more.span is not None and (
        known.span is None or (known.is_soft and not more.is_soft) or _is_finer(more, known)
    ):
        known.span, known.is_soft = more.span, more.is_soft
        known.is_inherited = more.is_inherited
    elif _is_of_day_told(more, known):
        known.span, known.is_inherited = more.span, True
    is_apart = more.is_noun and is_met_elsewhere(known.kind, more.site)
    if (
        more.site is not None
        and not is_apart
        and (known.site is None or _is_better_site(more, known))
    ):
        known.site, known.site_rank = more.site, more.site_rank
    is_flight = known.kind is Kind.INFILTRATION and more.kind is Kind.DEFECTION
    if names_better(more.kind, known.kind) and not (
        more.is_noun or more.manner.is_motion or is_flight
    ):
        known.kind = more.kind
    if known.actor is None or (known.actor_side is None and more.actor_side is not None):
        known.actor, known.actor_side = more.actor or known.actor, more.actor_side
    if known.manner.is_mutual and more.actor_side and not (more.is_noun or more.manner.is_mutual):
        known.manner = more.manner  # who of the two fired is told: the answer is another's
    known.target = known.target or more.target
    known.direction = known.direction or more.direction
    known.claim = known.claim or more.claim
    known.claimed_by = known.claimed_by or more.claimed_by
    known.time_local = known.time_local or more.time_local
    known.quantities = {**more.quantities, **known.quantities}
    known.evidence += more.evidence
    known.remarks += [r for r in more.remarks if r not in known.remarks]


_FINER = dict.fromkeys(
    [DatePrecision.WEEK, DatePrecision.MONTH, DatePrecision.YEAR], DatePrecision.DAY
)


def _is_finer(more: Record, known: Record) -> bool:
    """Return whether another telling gives the day of what was told of a week: "on Thursday"."""
    a, b = more.span, known.span
    if a is None or b is None or more.is_inherited or a.precision is b.precision:
        return False
    return _FINER.get(b.precision) is a.precision and b.start <= a.start and a.end <= b.end


def _is_of_day_told(more: Record, known: Record) -> bool:
    """Return whether a text has told the day of what was dated by the day of saying alone."""
    a, b = more.span, known.span
    if a is None or b is None or not (more.is_inherited and known.is_soft):
        return False
    return not known.is_inherited and 0 < (b.start - a.start).days <= _SAYING_DAYS


_SAYING_DAYS = 3


def _is_better_site(more: Record, known: Record) -> bool:
    a, b = more.site, known.site
    assert a is not None and b is not None  # noqa: S101, PT018 - the caller looked
    if a.is_area != b.is_area:
        # A noun in passing ("the plane returned to Okinawa") needs to say it plainly.
        plain = not more.is_noun or more.site_rank >= _PLAIN_RANK
        return b.is_area and a.precision is not None and plain
    return more.site_rank > known.site_rank + 0.8
