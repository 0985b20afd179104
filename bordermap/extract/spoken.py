"""The days that a text has spoken of, from which "the next day" and "the same year" count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from bordermap.extract.dates import DateFound, find_dates
from bordermap.extract.head import is_of_head
from bordermap.extract.records import Record, day_of
from bordermap.extract.storyline import Told, go_on
from bordermap.extract.usage import dateline_end
from bordermap.table import DatePrecision, Kind

if TYPE_CHECKING:
    from bordermap.extract.spans import Span
    from bordermap.extract.tokens import Sentence

__all__ = ["Spoken"]

_TALK = frozenset({Kind.STATEMENT, Kind.DIPLOMACY})
_RECENT_DAYS = 31


@dataclass(slots=True)
class Spoken:
    """The days that a text has spoken of so far.

    Attributes
    ----------
    published
        The day of the report, or None.
    anchor
        The day that was spoken of last, be it of a deed or of a word.
    told
        The day that the text goes on with.
    """

    published: date | None
    anchor: date | None = None
    told: Told | None = None
    _paragraph: int = 0
    _period: Span | None = None
    _written: date | None = field(default=None, repr=False)

    def dates_of(self, sentence: Sentence, drafts: Sequence[Record]) -> list[DateFound]:
        """Return the expressions of time of the next sentence, those of its dateline left out."""
        found = find_dates(
            sentence,
            published=self._written or self.published,
            anchor=self._still_meant(sentence),
            period=self._period,
            event=partial(_day_of_event, drafts),
        )
        if not found:
            return found
        begin = dateline_end(sentence)
        if sentence.start == 0 and begin > 0 and self._note_dateline(sentence, found, begin):
            return self.dates_of(sentence, drafts)
        return [
            d for d in found
            if sentence.starts()[d.first] >= begin and not is_of_head(d, sentence)
        ]  # fmt: skip

    def note(self, sentence: Sentence, number: int, dates: list[DateFound]) -> None:
        """Remember the days of a sentence."""
        self.told = go_on(self.told, sentence, number, dates)
        for found in dates:
            span = found.span
            if span is None or found.is_before_clause:
                continue
            self._period = span
            if span.precision is DatePrecision.DAY:
                self.anchor, self._paragraph = span.start, sentence.paragraph

    def _note_dateline(self, sentence: Sentence, found: list[DateFound], begin: int) -> bool:
        """Note the day of a dateline, of which "today" is, where it is not that of the report."""
        if self._written is not None or self.published is None:
            return False
        for date_found in found:
            span = date_found.span
            if sentence.starts()[date_found.first] >= begin or span is None:
                continue
            if span.start == span.end and 0 < (self.published - span.start).days <= _LAG_DAYS:
                self._written = span.start
                return True
        return False

    def _still_meant(self, sentence: Sentence) -> date | None:
        """Return the day spoken of last, unless a Korean paragraph is back at the news.

        After "지난 1월 27일에도" the "8일" of the next paragraph is of the month of the report.
        """
        anchor, published = self.anchor, self.published
        if anchor is None or published is None or sentence.plain.isascii():
            return anchor
        is_old = anchor.year == published.year and (published - anchor).days > _RECENT_DAYS
        return None if is_old and sentence.paragraph != self._paragraph else anchor


# A report may be printed so many days after its dateline.
_LAG_DAYS = 3


def _day_of_event(drafts: Sequence[Record]) -> date | None:
    """Return the day of the first deed told of, which "the incident" means."""
    days = (day_of(d) for d in drafts if not (d.is_soft or d.is_aside or d.kind in _TALK))
    return next((day for day in days if day is not None), None)
