"""One incident told several times in a text becomes one record with all its evidence."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bordermap.extract.records import Record, day_of
from bordermap.extract.wordlists import word_set
from bordermap.table import DatePrecision

if TYPE_CHECKING:
    from bordermap.extract.dates import Span
    from bordermap.extract.tokens import Sentence

__all__ = ["joined"]

# A sentence that begins so goes on with what the one before told.
_GOES_ON = word_set("goes_on")
_RECENT = timedelta(days=45)


def joined(drafts: list[Record], parts: list[Sentence]) -> list[Record]:
    """Return one record an incident, in the order of the text.

    Nouns that only name an incident ("the launch") add to one told elsewhere,
    or stand alone where they bring a date of their own.
    """
    records: list[Record] = []
    for record in drafts:
        _inherit_date(record, records, parts)
        if record.is_noun:
            continue
        known = next((r for r in reversed(records) if _is_same(record, r)), None)
        if known is None:
            records.append(record)
        else:
            _add(known, record)
    for record in drafts:
        if record.is_noun:
            _join_noun(record, records)
    records.sort(key=lambda r: (r.sentence, r.head))
    return records


def _join_noun(record: Record, records: list[Record]) -> None:
    candidates = [r for r in records if _is_same(record, r)]
    if candidates:
        nearest = min(candidates, key=lambda r: abs(r.sentence - record.sentence))
        _add(nearest, record)
        return
    dated = record.span is not None and not record.is_inherited
    if dated and (record.site is not None or record.actor is not None):
        records.append(record)


def _inherit_date(record: Record, records: list[Record], parts: list[Sentence]) -> None:
    """Date a record by the one before it where the text plainly goes on with it."""
    if record.span is not None or not records or record.is_other:
        return
    last = records[-1]
    if last.span is None or last.span.precision is not DatePrecision.DAY:
        return
    gap = record.sentence - last.sentence
    same = record.paragraph == last.paragraph and gap <= 2
    goes_on = gap == 1 and parts[record.sentence].words[0] in _GOES_ON
    if same or goes_on or gap == 0:
        record.span, record.is_inherited = last.span, True


def _is_same(new: Record, old: Record) -> bool:
    """Return whether two records may tell of one incident."""
    if new.kind is not old.kind:
        return False
    if new.is_other and new.sentence != old.sentence:
        return False
    if not _sides_agree(new, old) or not _spans_agree(new, old):
        return False
    return _sites_agree(new, old) and _counts_agree(new, old)


def _sides_agree(new: Record, old: Record) -> bool:
    return new.actor_side is None or old.actor_side is None or new.actor_side == old.actor_side


def _spans_agree(new: Record, old: Record) -> bool:
    a, b = new.span, old.span
    if a is not None and b is not None:
        return _one(a, b)
    if a is None and b is None:
        return True
    known = a or b
    assert known is not None  # noqa: S101 - one of the two is there
    # What is told without a date is not the incident of years ago.
    if known.precision in {DatePrecision.YEAR, DatePrecision.MONTH}:
        return abs(new.sentence - old.sentence) <= 1 and new.paragraph == old.paragraph
    return True


def _one(a: Span, b: Span) -> bool:
    if a.precision is b.precision is DatePrecision.DAY:
        return a.start == b.start
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


def _counts_agree(new: Record, old: Record) -> bool:
    """Return whether no count contradicts; a smaller part of a larger number is fine."""
    if new.sentence == old.sentence or new.is_noun:
        return True
    return not (
        day_of(new) is None
        and new.span is not None
        and any(old.quantities.get(k, n) != n for k, n in new.quantities.items())
    )


def _add(known: Record, more: Record) -> None:
    """Add to a record what another telling of it knows besides."""
    if known.span is None or (more.span is not None and _is_finer(more, known)):
        known.span, known.is_inherited = more.span or known.span, more.is_inherited
    if more.site is not None and (known.site is None or _is_better_site(more, known)):
        known.site, known.site_rank = more.site, more.site_rank
    known.actor = known.actor or more.actor
    known.actor_side = known.actor_side or more.actor_side
    known.target = known.target or more.target
    known.direction = known.direction or more.direction
    known.claim = known.claim or more.claim
    known.claimed_by = known.claimed_by or more.claimed_by
    known.time_local = known.time_local or more.time_local
    known.quantities = {**more.quantities, **known.quantities}
    known.evidence += more.evidence
    known.remarks += [r for r in more.remarks if r not in known.remarks]


def _is_finer(more: Record, known: Record) -> bool:
    return known.is_inherited and not more.is_inherited


def _is_better_site(more: Record, known: Record) -> bool:
    a, b = more.site, known.site
    assert a is not None and b is not None  # noqa: S101, PT018 - the caller looked
    if a.is_area != b.is_area:
        return b.is_area and a.precision is not None
    return more.site_rank > known.site_rank + 0.8
