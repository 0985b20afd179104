"""Korean days that count from a deed: "넘어간 지 하루 만인 14일", "나포 다음 날인 9일"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bordermap.extract.spans import Span, day_span
from bordermap.table import DatePrecision

__all__ = ["is_counted_from", "of_deed_before"]

_DAYS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "열흘": 10,
    "보름": 15,
}  # fmt: skip
_COUNT = rf"(?:(?P<name>{'|'.join(_DAYS)})|(?P<n>\d+)(?P<unit>일|주일|주|년))"
# What stands right before the day: "하루 만인", "9년이 되는", "이틀 뒤인", "다음 날인".
_LATER = re.compile(
    rf" (?:{_COUNT} ?(?:만인|만에|뒤인|후인|(?:이|가) 되는|째인)|(?P<next>다음 ?날인|이튿날인)|"
    r"(?P<eve>전날인)) $"
)
_NEAR = 4


def of_deed_before(words: list[str], first: int, span: Span) -> Span | None:
    """Return the day of the deed from which the day at token ``first`` counts, or None.

    >>> from datetime import date
    >>> words = "넘어간 지 하루 만인 14일 확인했다".split()
    >>> of_deed_before(words, 4, day_span(date(2005, 4, 14))).start
    datetime.date(2005, 4, 13)
    """
    if span.precision is not DatePrecision.DAY:
        return None
    lead = f" {' '.join(words[max(0, first - _NEAR) : first])} "
    match = _LATER.search(lead)
    if match is None:
        return None
    if match["eve"]:
        return day_span(span.start + timedelta(days=1))
    if match["next"]:
        return day_span(span.start - timedelta(days=1))
    return day_span(_back(span.start, match))


def _back(day: date, match: re.Match[str]) -> date:
    if match["name"]:
        return day - timedelta(days=_DAYS[match["name"]])
    count = int(match["n"])
    if match["unit"] == "년":
        return day.replace(year=day.year - count, day=min(day.day, 28 if day.month == 2 else 31))
    return day - timedelta(days=count * (1 if match["unit"] == "일" else 7))


_SINCE = re.compile(rf" (?:[^ ]+ ){{0,5}}?지 (?:꼭 )?{_COUNT} ?만")


def is_counted_from(words: list[str], last: int) -> bool:
    """Return whether it is only told how long ago a day was: "17일 쏜 지 13일 만이다".

    >>> is_counted_from("지난 17일 원산에서 쏜 지 13일 만이다".split(), 1)
    True
    """
    return bool(_SINCE.match(f" {' '.join(words[last + 1 : last + 10])} "))
