"""The day of what a report opens with, where only the sentences after it tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from bordermap.extract.spans import Span, day_span
from bordermap.extract.storyline import is_of_deed
from bordermap.table import DatePrecision, Kind

if TYPE_CHECKING:
    from bordermap.extract.dates import DateFound
    from bordermap.extract.records import Record
    from bordermap.extract.tokens import Sentence

__all__ = ["date_lead", "date_opening", "is_recent"]

# How old news is at most, in days; and how soon after it its day is told, in sentences.
_NEWS_DAYS = 10
_SOON = 2
_TALK = frozenset({Kind.STATEMENT, Kind.DIPLOMACY})


def date_lead(
    drafts: Sequence[Record],
    sentence: Sentence,
    number: int,
    dates: Sequence[DateFound],
    published: date | None,
) -> None:
    """Date what a report opens with by a sentence after it, where its own gives no day of it.

    Parameters
    ----------
    drafts
        What was told so far; dated in place.
    sentence, number
        The sentence after it, and its number in the text.
    dates
        The expressions of time in that sentence.
    published
        The day of the report, or None.
    """
    if number > _SOON + 1 or published is None:
        return
    days = [
        d
        for d in dates
        if d.span is not None
        and d.span.precision is DatePrecision.DAY
        and not (d.is_saying or d.is_future or d.is_attribute or d.is_before_clause)
        and is_recent(d.span.start, published)
    ]
    if not days:
        return
    # The day of what somebody said is that of a deed only where no other is told.
    deeds = [d for d in days if is_of_deed(d, sentence.words)] or days
    for record in drafts:
        if not 0 < number - record.sentence <= _SOON or record.sentence > 1:
            continue
        if record.is_lent or (record.span is None and not record.is_background):
            chosen = days if record.kind in _TALK else deeds
            record.span = _lead_span(record, chosen[0].span, published)
            record.is_soft, record.is_lent = True, False


def date_opening(drafts: Sequence[Record], published: date | None) -> None:
    """Date the declaration that a report opens with by the report, where no sentence gives a day.

    "Has condemned", "says": what was undated "threatened" may have been so long ago.

    Parameters
    ----------
    drafts
        What was told in a text; dated in place.
    published
        The day of the report, or None.
    """
    if published is None:
        return
    for record in drafts:
        if record.is_current and record.span is None:
            record.span, record.is_soft = day_span(published), True


def _lead_span(record: Record, told_after: Span | None, published: date) -> Span | None:
    """Return the day that the sentence before a record told already, else that told after it."""
    told = record.anchor
    return day_span(told) if told is not None and is_recent(told, published) else told_after


def is_recent(day: date, published: date) -> bool:
    """Return whether a day is near enough before a report to be that of its news."""
    return 0 <= (published - day).days <= _NEWS_DAYS
