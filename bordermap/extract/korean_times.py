"""What Korean times mean, reckoned from the day of publication and the day spoken of last."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bordermap.extract.reckoning import RESOLVERS, Resolver, last_on, near_year, shifted, ymd
from bordermap.extract.spans import Span, month_span, year_span
from bordermap.extract.timewords import DAYS
from bordermap.table import DatePrecision

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence

__all__ = ["KOREAN", "ranged_from"]

# Years told from that of the report, and from the one spoken of last.
_FROM_NOW = {"올해": 0, "지난해": -1, "작년": -1, "재작년": -2}
_FROM_THEN = {"같은 해": 0, "그해": 0, "그 해": 0, "이듬해": 1, "다음 해": 1}


def _ko(
    _: list[str], published: date | None, anchor: date | None, match: re.Match[str]
) -> Span | None:
    month, told = int(match["ko_m"]), match["ko_rel"]
    now = anchor if told in _FROM_THEN else published or anchor
    if match["ko_y"]:
        year = int(match["ko_y"])
    elif now is None:
        return None
    elif told is not None:
        year = now.year + _FROM_NOW.get(told, 0) + _FROM_THEN.get(told, 0)
    else:
        year = near_year(month, int(match["ko_d"] or 1), now)
    return ymd(year, month, int(match["ko_d"])) if match["ko_d"] else month_span(year, month)


def _ko_day(
    _: list[str], published: date | None, anchor: date | None, match: re.Match[str]
) -> Span | None:
    day = int(match["ko_dd"])
    if match["ko_then"] and anchor is not None:
        return ymd(anchor.year, anchor.month, day)  # "같은 달 23일"
    if match["ko_last"] and published is not None:
        anchor = published = published.replace(day=1) - timedelta(days=1)
    now = anchor or published
    if now is None:
        return None
    # A bare day is of the last month: on June 1 "1일" is that day, after "31일" too.
    is_recent = published is not None and (published - now).days <= _RECENT_DAYS
    return last_on(day, published if is_recent and published else now, published)


_RECENT_DAYS = 31


def _ko_year(_: list[str], _p: object, _a: object, match: re.Match[str]) -> Span:
    return year_span(int(match["ko_yy"]))


_COUNTED = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8,
    "열흘": 10, "보름": 15,
}  # fmt: skip
_OF_MONTHS = {"한": 1, "두": 2, "석": 3, "넉": 4, "세": 3, "네": 4}
_UNITS = {
    "일": "days",
    "주": "weeks",
    "주일": "weeks",
    "개월": "months",
    "달": "months",
    "년": "years",
}


def _ko_ago(
    _: list[str], published: date | None, anchor: date | None, match: re.Match[str]
) -> Span | None:
    """Return the day of "사흘 전" and "나흘 뒤", the month of "두 달 전", the year of "3년 전"."""
    is_back = match["ko_side"] == "전"
    if match["ko_days"]:
        count, unit = _COUNTED[match["ko_days"]], "days"
    elif match["ko_months"]:
        count, unit = _OF_MONTHS[match["ko_months"]], "months"
    else:
        count = 1 if match["ko_n"] == "일" else int(match["ko_n"])
        unit = _UNITS[match["ko_unit"]]
    words = [str(count), unit, "ago" if is_back else "later"]
    return shifted(words, published, anchor, -1 if is_back else 1)


def _ko_word(
    _: list[str], published: date | None, anchor: date | None, match: re.Match[str]
) -> Span | None:
    told = match["ko_word"]
    is_last = told.startswith("지난 ")
    told = told.removeprefix("지난 ")
    word = next(w for w in _WORDS if told.startswith(w))
    kind, english = _WORDS[word]
    if is_last:
        english = f"last {english}"
    return RESOLVERS[kind](english.split(), published, anchor, match)


def _ko_lastweek(
    _: list[str], published: date | None, anchor: date | None, match: re.Match[str]
) -> Span | None:
    day = DAYS["월화수목금토일".index(match["ko_wd"])]
    return RESOLVERS["lastweek"]([day, "last", "week"], published, anchor, match)


_WORDS = {
    "새해 첫날": ("newyear", "new year 's day"), "어제": ("yesterday", "yesterday"),
    "어젯밤": ("yesterday", "last night"), "지난밤": ("yesterday", "last night"),
    "간밤": ("yesterday", "last night"),
    "오늘": ("today", "today"), "이날": ("sameday", "that day"),
    "같은 날": ("sameday", "that day"), "전날": ("dayback", "the previous day"),
    "그제": ("back", "two days ago"), "그저께": ("back", "two days ago"),
    "지난달": ("unit", "last month"),
    "지난주": ("unit", "last week"), "이달": ("unit", "this month"),
    "이튿날": ("dayon", "the next day"), "다음날": ("dayon", "the next day"),
    "다음 날": ("dayon", "the next day"),
    "월요일": ("weekday", "monday"), "화요일": ("weekday", "tuesday"),
    "수요일": ("weekday", "wednesday"), "목요일": ("weekday", "thursday"),
    "금요일": ("weekday", "friday"), "토요일": ("weekday", "saturday"),
    "일요일": ("weekday", "sunday"), "올해": ("unit", "this year"),
    "지난해": ("unit", "last year"), "작년": ("unit", "last year"),
}  # fmt: skip
KOREAN: dict[str, Resolver] = {
    "ko": _ko, "ko_day": _ko_day, "ko_year": _ko_year, "ko_word": _ko_word,
    "ko_lastweek": _ko_lastweek, "ko_ago": _ko_ago,
}  # fmt: skip
"""By the name of each group of a time, what tells its days."""

_HYPHENS = frozenset("~\u223c\u301c\uff5e-\u2013")


def ranged_from(sentence: Sentence, first: int, span: Span, month: Span | None) -> Span:
    """Return the days of "3\u223c5일" where the last of them stands at token ``first``.

    Parameters
    ----------
    sentence, first
        The sentence, and the token of the last day.
    span
        The last day.
    month
        A month told right before the days, or None.
    """
    if first == 0 or span.precision is not DatePrecision.DAY:
        return span
    before = sentence.words[first - 1]
    if not before.isdigit() or sentence.gap(first - 1) not in _HYPHENS:
        return span
    end = span.end if month is None else month.start.replace(day=span.end.day)
    day = int(before)
    return Span(end.replace(day=day), end, DatePrecision.DAY) if 0 < day < end.day else span
