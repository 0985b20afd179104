"""Days, months and years as spans of inclusive days with a precision."""

from __future__ import annotations

import calendar
from datetime import date
from typing import NamedTuple

from bordermap.table import DatePrecision

__all__ = ["Span", "day_span", "month_span", "year_span"]


class Span(NamedTuple):
    """Inclusive days and how exactly they are known.

    Attributes
    ----------
    conflict
        What does not agree in the text itself ("Thursday, June 21": a Friday).
    """

    start: date
    end: date
    precision: DatePrecision
    conflict: str | None = None

    def overlaps(self, other: Span) -> bool:
        """Return whether both may mean one day."""
        return self.start <= other.end and other.start <= self.end


def day_span(day: date, conflict: str | None = None) -> Span:
    """Return one day as a span."""
    return Span(day, day, DatePrecision.DAY, conflict)


def month_span(year: int, month: int) -> Span:
    """Return a month as a span."""
    last = calendar.monthrange(year, month)[1]
    return Span(date(year, month, 1), date(year, month, last), DatePrecision.MONTH)


def year_span(year: int) -> Span:
    """Return a year as a span."""
    return Span(date(year, 1, 1), date(year, 12, 31), DatePrecision.YEAR)
