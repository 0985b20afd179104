"""What English times mean, reckoned from the day of publication and the day spoken of last."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from bordermap.extract.numbers import number_of
from bordermap.extract.spans import Span, day_span, month_span, year_span
from bordermap.extract.timewords import DAYS, MONTHS
from bordermap.table import DatePrecision

__all__ = ["RESOLVERS", "Resolver", "day_number", "last_on", "near_year", "shifted", "ymd"]

Resolver = Callable[..., "Span | None"]


def ymd(year: int, month: int, day: int) -> Span:
    """Return a day by its numbers."""
    return day_span(date(year, month, day))


_ORDINAL_ENDS = "stndrh"


def day_number(word: str) -> int:
    """Return the number in a day's word: 3 of "3rd"."""
    return int(word.rstrip(_ORDINAL_ENDS))


def _mdy(words: list[str], *_: object) -> Span:
    return ymd(int(words[-1]), MONTHS[words[0]], day_number(words[1]))


def _dmy(words: list[str], *_: object) -> Span:
    month = next(w for w in words if w in MONTHS)
    return ymd(int(words[-1]), MONTHS[month], day_number(words[0]))


def _iso(words: list[str], *_: object) -> Span:
    year, month, day = re.split(r"[ .]", " ".join(words))
    return ymd(int(year), int(month), int(day))


def _my(words: list[str], *_: object) -> Span:
    return month_span(int(words[-1]), MONTHS[words[0]])


def near_year(month: int, day: int, now: date) -> int:
    """Return the year that puts a month and day before ``now``, or within two months after."""
    year = now.year
    if date(year, month, min(day, 28)) > now + timedelta(days=60):
        year -= 1
    return year


def _mly(words: list[str], published: date | None, anchor: date | None, _: object) -> Span | None:
    now = anchor if words[-2] in _SAME and anchor else published or anchor
    if now is None:
        return None
    year = now.year - (words[-2] not in _SAME | {"this"})
    return month_span(year, MONTHS[next(w for w in words if w in MONTHS)])


_SAME = frozenset({"same", "that"})


def _mdly(words: list[str], published: date | None, anchor: date | None, _: object) -> Span | None:
    now = anchor if words[-2] in _SAME else published
    if now is None:
        return None
    day = day_number(next(w for w in words if w[0].isdigit()))
    month = MONTHS[next(w for w in words if w in MONTHS)]
    return ymd(now.year - (words[-2] not in _SAME | {"this"}), month, day)


def _lastweek(words: list[str], published: date | None, *_: object) -> Span | None:
    if published is None:
        return None
    monday = published - timedelta(days=published.weekday() + 7 * (words[-2] == "last"))
    day = DAYS.index(next(w for w in words if w in DAYS))
    return day_span(monday + timedelta(days=day))


def _md(words: list[str], published: date | None, anchor: date | None, _: object) -> Span | None:
    now = published or anchor
    if now is None:
        return None
    month = MONTHS[next(w for w in words if w in MONTHS)]
    day = day_number(next(w for w in words if w[0].isdigit()))
    if words[0] == "last":  # the one that has been
        return ymd(now.year - ((month, day) >= (now.month, now.day)), month, day)
    return ymd(near_year(month, day, now), month, day)


def _weekday(
    words: list[str], published: date | None, anchor: date | None, _: object
) -> Span | None:
    if published is None:
        return None
    back = (published.weekday() - DAYS.index(words[-1])) % 7
    if words[0] in {"last", "past"} and back == 0:
        back = 7
    if words[0] == "next":
        back = back - 7
    if words[0] in {"previous", "the"} and anchor is not None:
        step = (anchor.weekday() - DAYS.index(words[-1])) % 7 or 7
        return day_span(anchor - timedelta(days=step if "previous" in words else step - 7))
    return day_span(published - timedelta(days=back))


def _fixed(days: int) -> Resolver:
    def resolve(words: list[str], published: date | None, *_: object) -> Span | None:
        return None if published is None else day_span(published + timedelta(days=days))

    return resolve


def _from_anchor(days: int) -> Resolver:
    def resolve(
        words: list[str], published: date | None, anchor: date | None, _: object
    ) -> Span | None:
        now = published if words[-1] == "ago" else anchor or published
        return None if now is None else day_span(now + timedelta(days=days))

    return resolve


def shifted(
    words: list[str], published: date | None, anchor: date | None, sign: int
) -> Span | None:
    """Return the day, week, month or year so many units before (-1) or after (1) the anchor."""
    now = published if words[-1] == "ago" else anchor or published
    count = number_of(words[0])
    if now is None or count is None:
        return None
    unit = words[1].rstrip("s")
    if unit == "fortnight":
        count, unit = 2 * count, "week"
    if unit == "day":
        return day_span(now + timedelta(days=sign * count))
    if unit == "week":
        middle = now + timedelta(days=7 * sign * count)
        return Span(middle - timedelta(3), middle + timedelta(3), DatePrecision.WEEK)
    if unit == "month":
        months = now.year * 12 + now.month - 1 + sign * count
        return month_span(months // 12, months % 12 + 1)
    return year_span(now.year + sign * count * (10 if unit == "decade" else 1))


def _back(words: list[str], published: date | None, anchor: date | None, _: object) -> Span | None:
    return shifted(words, published, anchor, -1)


def _on(words: list[str], published: date | None, anchor: date | None, _: object) -> Span | None:
    return shifted(words, published, anchor, 1)


def _weekend(words: list[str], published: date | None, *_: object) -> Span | None:
    """Return the Saturday and Sunday that were last."""
    if published is None:
        return None
    saturday = published - timedelta(days=(published.weekday() - 5) % 7)
    return Span(saturday, _until(saturday + timedelta(1), published), DatePrecision.WEEK)


def _new_year(words: list[str], published: date | None, *_: object) -> Span | None:
    if published is None:
        return None
    if words[-1] == "eve":
        return ymd(published.year - (published < date(published.year, 12, 31)), 12, 31)
    return ymd(published.year, 1, 1)


def _unit(words: list[str], published: date | None, anchor: date | None, _: object) -> Span | None:
    # "Earlier in the year" is of this one.
    now = published if words[-2] in {"this", "last", "the"} else anchor or published
    if now is None:
        return None
    back = words[-2] in {"last", "previous"}
    if words[-1] in {"week", "weekend"}:
        monday = now - timedelta(days=now.weekday() + 7 * back)
        first = monday + timedelta(days=5 * (words[-1] == "weekend"))
        return Span(first, _until(monday + timedelta(6), published), DatePrecision.WEEK)
    if words[-1] == "month":
        months = now.year * 12 + now.month - 1 - back
        span = month_span(months // 12, months % 12 + 1)
        return Span(span.start, _until(span.end, published), DatePrecision.MONTH)
    if words[-2] == "last" and words[-1] in _SEASON_BEGINS:
        back = now.month < _SEASON_BEGINS[words[-1]] + _SEASON
    span = year_span(now.year - back)
    return Span(span.start, _until(span.end, published), DatePrecision.YEAR)


# "Last spring" in November is of the same year, in March of the year before.
_SEASON_BEGINS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}
_SEASON = 3


def _unit_back(words: list[str], _: object, anchor: date | None, __: object) -> Span | None:
    """Return the week, month or year before the one spoken of."""
    return None if anchor is None else shifted(["one", words[1], "before"], None, anchor, -1)


def _month_next(words: list[str], _: object, anchor: date | None, __: object) -> Span | None:
    """Return the first month of that name after what was spoken of: "the following March"."""
    if anchor is None:
        return None
    month = MONTHS[words[-1]]
    return month_span(anchor.year + (month <= anchor.month), month)


def _month_of_year(
    words: list[str], published: date | None, anchor: date | None, _: object
) -> Span | None:
    """Return the month of the year that was spoken of: "that June"."""
    now = anchor or published
    return None if now is None else month_span(now.year, MONTHS[words[-1]])


def _unit_next(words: list[str], _: object, anchor: date | None, __: object) -> Span | None:
    """Return the month or the year after the one spoken of."""
    if anchor is None:
        return None
    months = anchor.year * 12 + anchor.month
    return (
        month_span(months // 12, months % 12 + 1)
        if words[-1] == "month"
        else year_span(anchor.year + 1)
    )


def _until(end: date, published: date | None) -> date:
    return end if published is None else min(end, published)


def _month(words: list[str], published: date | None, anchor: date | None, _: object) -> Span | None:
    now = published or anchor
    if now is None:
        return None
    month = MONTHS[words[-1]]
    year = now.year - (month > now.month or (words[0] == "last" and month == now.month))
    span = month_span(year, month)
    return Span(span.start, max(span.start, _until(span.end, published)), DatePrecision.MONTH)


def _year(words: list[str], published: date | None, *_: object) -> Span:
    return year_span(int(words[-1]))


def _nth(words: list[str], published: date | None, anchor: date | None, _: object) -> Span | None:
    now = anchor or published
    if now is None:
        return None
    day = day_number(words[-1])
    return last_on(day, now, published)


def last_on(day: int, now: date, published: date | None) -> Span:
    """Return the day of that number in the month of ``now``, or of the month before it."""
    is_later = published is not None and (now.year, now.month, day) > published.timetuple()[:3]
    months = now.year * 12 + now.month - 1 - is_later
    return ymd(months // 12, months % 12 + 1, day)


RESOLVERS: dict[str, Resolver] = {
    "mdy": _mdy, "dmy": _dmy, "iso": _iso, "my": _my, "mly": _mly, "mdly": _mdly,
    "lastweek": _lastweek,
    "md": _md, "dm": _md, "weekday": _weekday,
    "today": _fixed(0), "yesterday": _fixed(-1), "tomorrow": _fixed(1),
    "dayback": _from_anchor(-1), "dayon": _from_anchor(1), "sameday": _from_anchor(0),
    "weekend": _weekend, "newyear": _new_year,
    "back": _back, "on": _on, "unit": _unit, "unitnext": _unit_next, "unitback": _unit_back,
    "monthnext": _month_next, "monththat": _month_of_year, "daybefore": _fixed(-2),
    "month": _month, "year": _year, "nth": _nth,
}  # fmt: skip
