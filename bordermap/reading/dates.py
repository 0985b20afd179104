"""Dates as people and programs write them: days, months, years, and what is no date.

A column's distinct texts are read once each. What can only mean one day is
read; what may mean two is refused, unless the column as a whole tells.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from bordermap.reading.distinct import coded, distinct

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from bordermap.reading.findings import Findings

__all__ = ["TIME_ZONE", "Day", "days", "read_day"]

TIME_ZONE = "Asia/Seoul"
"""Days of the table are local to the line; times with an offset are turned to this zone."""

_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_LONGEST = 64
_REMEDY = "write it as 2024-06-20, 2024-06 or 2024"
_EXCEL_EPOCH = dt.date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Day:
    """One date read: its first and last day, its precision, its time of day, what was repaired."""

    start: dt.date
    end: dt.date
    precision: str = "day"
    time: str | None = None
    repair: str | None = None


_CLOCK = (
    r"(?:(?:[T ]|,\s*)(?P<H>\d{1,2}):(?P<M>\d{2})(?::\d{2}(?:[.,]\d+)?)?"
    r"\s*(?P<ap>[AaPp]\.?[Mm]\.?)?\s*(?P<z>Z|UTC|GMT|KST|[+-]\d{2}:?\d{2})?)?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_WORD = r"(?P<w>[A-Za-z]{3,9})\.?"
_NTH = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.ASCII)


_ISO = _pattern(r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?:(?P=s)(?P<d>\d{1,2}))?" + _CLOCK)
_COMPACT = _pattern(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:T?(?P<H>\d{2})(?P<M>\d{2})\d{2}Z?)?")
_YEAR = _pattern(r"(?P<y>\d{4})")
_ISO_WEEK = _pattern(r"(?P<y>\d{4})-?W(?P<n>\d{2})(?:-?(?P<k>[1-7]))?")
_KOREAN = re.compile(
    r"(?P<y>\d{4})\s*(?:년|\.)\s*(?P<m>\d{1,2})\s*(?:월|\.)(?:\s*(?P<d>\d{1,2})\s*(?:일|\.)?)?"
    r"(?:\s*\(?[월화수목금토일](?:요일)?\)?)?"
)
_DAY_WORD = _pattern(
    _WEEKDAY + _NTH + r"(?:\s+of)?[\s.-]*" + _WORD + r"[\s,-]*(?P<y>\d{4}|\d{2})" + _CLOCK
)
_WORD_DAY = _pattern(_WEEKDAY + _WORD + r"\s*" + _NTH + r",?\s+(?P<y>\d{4})" + _CLOCK)
_WORD_YEAR = _pattern(_WORD + r"[\s,-]+(?P<y>\d{4})")
_NUMERIC = _pattern(r"(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})" + _CLOCK)
_SERIAL = _pattern(r"(?P<n>[2-6]\d{4})(?:\.\d+)?")
_SCIENTIFIC = _pattern(r"\d(?:[.,]\d+)?E\+?\d{1,2}")
_RANGE = re.compile(r"(.{4,}?)\s*(?:/|–|—|\bto\b|\buntil\b|~)\s*(.{4,})")


def read_day(text: str, *, day_first: bool | None = None) -> Day | str:
    """Return the date that a text can only mean, or the reason why it means none.

    Parameters
    ----------
    text
        One cell, not blank.
    day_first
        The order of 06/07/2024, where it is known.
    """
    text = " ".join(text.split()) if len(text) < 100 else text
    if len(text) > _LONGEST:
        return "is not a date"
    for pattern, read in _FORMS:
        found = pattern.fullmatch(text)
        if found:
            return read(found)
    found = _NUMERIC.fullmatch(text)
    if found:
        return _numeric(found, day_first)
    if _SCIENTIFIC.fullmatch(text):
        return "is a timestamp that a spreadsheet rounded; its digits are lost"
    return _range(text)


def days(values: pd.Series, column: str, findings: Findings) -> pd.DataFrame:
    """Return ``start``, ``end`` (datetime64[s]), ``precision`` and ``time`` of a column of dates.

    The latter two are categories.
    Texts that are no date, or may be two, are faults.
    """
    import pandas as pd

    codes, texts = distinct(values)
    read = _all_read(texts)
    starts = np.array([_stamp(r, "start") for r in read] + ["NaT"], dtype="datetime64[s]")
    ends = np.array([_stamp(r, "end") for r in read] + ["NaT"], dtype="datetime64[s]")
    precision = [r.precision if isinstance(r, Day) else "unknown" for r in read] + ["unknown"]
    times = [r.time if isinstance(r, Day) else None for r in read] + [None]
    if {t for t in times if t} <= {"00:00"}:
        times = [None] * len(times)
    for reason in sorted({r for r in read if isinstance(r, str)}):
        bad = np.array([r == reason for r in read] + [False])
        remedy = _REMEDY
        if "rounded" in reason:
            remedy = "export the sheet again with the column as text"
        elif "two-digit" in reason or "order" in reason or "may be" in reason:
            remedy = "write dates as 2024-06-20"
        findings.fault(bad[codes], column, values, reason, remedy)
    for what in sorted({r.repair for r in read if isinstance(r, Day) and r.repair}):
        made = np.array([isinstance(r, Day) and r.repair == what for r in read] + [False])
        findings.repair(made[codes], column, what)
    return pd.DataFrame(
        {
            "start": pd.Series(starts[codes], index=values.index),
            "end": pd.Series(ends[codes], index=values.index),
            "precision": coded(precision, np.where(codes < 0, len(read), codes), values.index),
            "time": coded(times, codes, values.index),
        }
    )


def _stamp(read: Day | str, end: str) -> str:
    return getattr(read, end).isoformat() if isinstance(read, Day) else "NaT"


def _all_read(texts: Sequence[str]) -> list[Day | str]:
    """Return each text read; numeric ones in the one order that all of them allow."""
    found = [_NUMERIC.fullmatch(t) for t in texts]
    parts = [(int(f["a"]), int(f["b"])) for f in found if f]
    day_first, month_first = any(a > 12 for a, _ in parts), any(b > 12 for _, b in parts)
    if day_first and month_first:
        mixed = "has no one order of day and month in its column"
        return [mixed if f and f["a"] != f["b"] else read_day(t)
                for f, t in zip(found, texts, strict=True)]  # fmt: skip
    order = True if day_first else False if month_first else None
    serials = [t for t in texts if _SERIAL.fullmatch(t)]
    if serials and len(serials) == len(texts):
        return [_serial(t) for t in texts]
    return [read_day(t, day_first=order) for t in texts]


def _serial(text: str) -> Day | str:
    day = _EXCEL_EPOCH + dt.timedelta(days=int(float(text)))
    return Day(day, day, repair="spreadsheet day numbers read as days")


def _day(y: int, m: int, d: int, found: re.Match[str] | None = None) -> Day | str:
    if not _FIRST_YEAR <= y <= _LAST_YEAR:
        return f"is not a date between {_FIRST_YEAR} and {_LAST_YEAR}"
    try:
        day = dt.date(y, m, d)
    except ValueError:
        return "is not a date"
    groups = found.groupdict() if found else {}
    if groups.get("H") is None:
        return Day(day, day)
    hour, minute = int(groups["H"]), int(groups["M"])
    half = (groups.get("ap") or "").replace(".", "").lower()
    if half and not 1 <= hour <= 12:
        return "is not a date with a time"
    if half:
        hour = hour % 12 + 12 * (half == "pm")
    if hour > 23 or minute > 59:
        return "is not a date with a time"
    moment = dt.datetime(y, m, d, hour, minute, tzinfo=_zone(groups.get("z")))
    local = moment.astimezone(ZoneInfo(TIME_ZONE)) if groups.get("z") else moment
    repair = None
    if local.date() != day:
        repair = f"times with an offset turned to days of {TIME_ZONE}"
    return Day(local.date(), local.date(), time=local.strftime("%H:%M"), repair=repair)


def _zone(text: str | None) -> dt.tzinfo:
    if text is None or text.upper() == "KST":
        return ZoneInfo(TIME_ZONE)
    if text.upper() in {"Z", "UTC", "GMT"}:
        return dt.UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    offset = dt.timedelta(hours=min(hours, 23), minutes=min(minutes, 59))
    return dt.timezone(-offset if text[0] == "-" else offset)


def _month(y: int, m: int) -> Day | str:
    first = _day(y, m, 1)
    if isinstance(first, str):
        return first
    after = dt.date(y + m // 12, m % 12 + 1, 1)
    return Day(first.start, after - dt.timedelta(days=1), "month")


def _year(y: int) -> Day | str:
    first = _day(y, 1, 1)
    return first if isinstance(first, str) else Day(first.start, dt.date(y, 12, 31), "year")


def _ymd(found: re.Match[str]) -> Day | str:
    y, m, d = int(found["y"]), int(found["m"]), found["d"]
    if d is not None:
        return _day(y, m, int(d), found)
    # "2024-06 11:00" is no month with a clock.
    return _month(y, m) if not found.groupdict().get("H") else "is not a date"


def _worded(found: re.Match[str]) -> Day | str:
    month = _MONTHS.get(found["w"].lower())
    if month is None:
        return "is not a date"
    groups = found.groupdict()
    year = int(found["y"]) if len(found["y"]) == 4 else _full_year(int(found["y"]))
    if groups.get("d") is None:
        return _month(year, month)
    return _day(year, month, int(groups["d"]), found)


def _full_year(two: int) -> int:
    # POSIX: 69-99 are of the last century.
    return 1900 + two if two >= 69 else 2000 + two


def _week(found: re.Match[str]) -> Day | str:
    try:
        day = dt.date.fromisocalendar(int(found["y"]), int(found["n"]), int(found["k"] or 1))
    except ValueError:
        return "is not a date"
    read = _day(day.year, day.month, day.day)
    if isinstance(read, str) or found["k"]:
        return read
    return Day(day, day + dt.timedelta(days=6), "week")


def _numeric(found: re.Match[str], day_first: bool | None) -> Day | str:
    a, b = int(found["a"]), int(found["b"])
    if len(found["y"]) == 2 and b <= 12 and int(found["y"]) <= 31:
        return "has a two-digit year that may be a day"
    year = int(found["y"]) if len(found["y"]) == 4 else _full_year(int(found["y"]))
    if a != b and a <= 12 and b <= 12 and day_first is None:
        return "may be day/month or month/day"
    first = day_first if day_first is not None else a > 12
    d, m = (a, b) if first else (b, a)
    return _day(year, m, d, found)


def _range(text: str) -> Day | str:
    found = _RANGE.fullmatch(text)
    if not found:
        return "is not a date"
    first, last = read_day(found[1]), read_day(found[2])
    if isinstance(first, str) or isinstance(last, str) or last.end < first.start:
        return "is not a date"
    long = (last.end - first.start).days
    precision = "day" if long < 2 else "week" if long < 8 else "month" if long < 32 else "year"
    return Day(first.start, last.end, precision)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Day | str]], ...] = (
    (_ISO, _ymd),
    (_COMPACT, _ymd),
    (_YEAR, lambda found: _year(int(found["y"]))),
    (_DAY_WORD, _worded),
    (_WORD_DAY, _worded),
    (_WORD_YEAR, _worded),
    (_ISO_WEEK, _week),
    (_KOREAN, _ymd),
)
