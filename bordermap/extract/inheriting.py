"""The day of what a sentence tells without one: that of the deed before, or the one come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bordermap.extract.recent import REACH
from bordermap.extract.records import day_of
from bordermap.extract.sameness import NEAR_SENTENCES, agree
from bordermap.extract.spans import day_span
from bordermap.table import DatePrecision, Kind

if TYPE_CHECKING:
    from bordermap.extract.records import Record
    from bordermap.extract.spans import Span
    from bordermap.extract.storyline import Told

__all__ = ["inherit_date"]

_TALK = frozenset({Kind.STATEMENT, Kind.DIPLOMACY})
# Work that goes on is not of the day that was told of before.
_LASTING = frozenset({Kind.CONSTRUCTION, Kind.DEPLOYMENT, Kind.STATEMENT})


def inherit_date(record: Record, records: list[Record]) -> None:
    """Date a record by the one before it, or by the day the text spoke of last."""
    if record.is_lent and record.span is not None and record.told is not None:
        _take_back(record, record.span, record.told)
    if record.span is not None or record.kind in _LASTING:
        return
    last = next((r for r in reversed(records) if _leads_on(r)), None)
    if record.kind is Kind.DIPLOMACY:
        last = next((r for r in reversed(records[-REACH:]) if r.kind is record.kind), last)
    if record.told is not None and (last is None or record.told.sentence > last.sentence):
        _go_on_with(record, record.told, records)
    if record.span is not None:
        return
    if last is not None and last.span is not None and last.span.precision is DatePrecision.DAY:
        if record.kind is Kind.DIPLOMACY and (
            record.is_background or record.sentence - last.sentence > 1
            or record.paragraph != last.paragraph
        ):  # fmt: skip
            return
        if not record.is_background and record.sentence - last.sentence <= NEAR_SENTENCES:
            record.span, record.is_soft, record.is_inherited = last.span, True, True
    elif last is not None and last.span is not None and _goes_on(record, last):
        record.span, record.is_soft, record.is_inherited = last.span, True, True
    elif last is None and record.anchor is not None and not record.is_background:
        record.span, record.is_soft = day_span(record.anchor), True


def _goes_on(record: Record, last: Record) -> bool:
    """Return whether a record is of the month or year that the sentence before it tells of."""
    is_next = record.sentence - last.sentence <= 1 and record.paragraph == last.paragraph
    return is_next and not record.is_background and record.kind not in _TALK


def _leads_on(record: Record) -> bool:
    """Return whether a text may go on with a record: not with an aside, or a look back undated."""
    if record.kind is Kind.STATEMENT or record.is_aside:
        return False
    return record.span is not None or not record.is_background


def _take_back(record: Record, lent: Span, told: Told) -> None:
    """Date by the sentence before what a clause joined to it lent its day to.

    "Late on Sunday she was stopped. She crossed the line, and was in port early on Monday."
    """
    if record.sentence - told.sentence == 1 and 0 < (lent.start - told.day).days <= _LENT_DAYS:
        record.span, record.is_inherited = day_span(told.day), True


_LENT_DAYS = 3


def _go_on_with(record: Record, told: Told, records: list[Record]) -> None:
    """Date a record by the day the text has come to: "On Tuesday they closed in. Shots fell".

    What was told of before, of the same kind, is told of again, whatever came between.
    """
    gap = record.sentence - told.sentence
    if record.is_background or gap > (1 if record.kind in _TALK else NEAR_SENTENCES):
        return
    again = next(
        (
            r for r in reversed(records[-REACH:])
            if r.kind is record.kind and day_of(r) is not None and agree(record, r)
        ), None,
    )  # fmt: skip
    record.span = again.span if again is not None else day_span(told.day)
    record.is_soft, record.is_inherited = True, True
