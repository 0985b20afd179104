"""Days told together: "June 9, 18 and 20", "from May 29 to June 1", "Nov. 3-5"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bordermap.extract.reckoning import day_number
from bordermap.extract.spans import Span, day_span
from bordermap.table import DatePrecision

if TYPE_CHECKING:
    from bordermap.extract.datefound import DateFound
    from bordermap.extract.tokens import Sentence

__all__ = ["more_days", "ranged", "to_day"]

_DAY_NUMBER = re.compile(r"(?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th)?")
_ENDS_LIST = frozenset(
    [".", ",", ";", ":", ")", "in", "at", "near", "to", "by", "from", "when", "as", "of", "off",
     "with", "the", "over", "and", "on", "while", "according", "said", "it", "they"]
)  # fmt: skip


def more_days(first: DateFound, words: list[str]) -> list[DateFound]:
    """Return the other days of "June 9, 18 and 20"; a list without "and" is none."""
    span = first.span
    if span is None or span.precision is not DatePrecision.DAY:
        return []
    token, days, has_and = first.last + 1, [], False
    while token + 1 < len(words) and words[token] in {",", "and"}:
        skip = 1 + (words[token + 1] in {"and", "the"})
        number = token + skip
        if number >= len(words) or not _DAY_NUMBER.fullmatch(words[number]):
            break
        has_and |= "and" in words[token:number]
        days.append(number)
        token = number + 1
    if not has_and or (words[token : token + 1] or ["."])[0] not in _ENDS_LIST:
        return []
    found = []
    for number in days:
        try:
            day = span.start.replace(day=day_number(words[number]))
        except ValueError:
            return []
        found.append(replace(first, first=number, last=number, span=day_span(day)))
    return found


def ranged(found: list[DateFound], words: list[str]) -> list[DateFound]:
    """Return the expressions with "from May 29 to June 1" as one of several days."""
    kept: list[DateFound] = []
    for date_found in found:
        last = kept[-1] if kept else None
        if last is not None and _is_range(last, date_found, words):
            assert last.span is not None and date_found.span is not None  # noqa: S101, PT018
            span = Span(last.span.start, date_found.span.end, last.span.precision)
            kept[-1] = replace(last, last=date_found.last, span=span)
        else:
            kept.append(date_found)
    return kept


def _is_range(here: DateFound, after: DateFound, words: list[str]) -> bool:
    a, b = here.span, after.span
    if a is None or b is None or a.precision is not b.precision or not a.start < b.start:
        return False
    link = words[here.last + 1 : after.first]
    if a.precision is DatePrecision.DAY:
        if "from" in words[max(0, here.first - 1) : here.first + 1]:
            return link in (["to"], ["until"], ["through"], ["till"]) or not link
        if any(w.endswith("부터") for w in words[here.last : after.first]):
            # "목요일 저녁부터 금요일 새벽까지", "29일부터 31일까지".
            return len(link) <= 3 and any(
                w.endswith("까지") for w in words[after.last : after.last + 4]
            )
        return "between" in words[max(0, here.first - 1) : here.first] and link == ["and"]
    return False


_HYPHENS = frozenset({"-", "\u2010", "\u2011", "\u2013", "\u2014"})


def to_day(first: DateFound, sentence: Sentence) -> DateFound:
    """Return a day with the last of "Nov. 3-5" or "from Nov. 3 to 5"; "the night of 3-4" is one."""
    words, span, number = sentence.words, first.span, first.last + 1
    if span is None or span.precision is not DatePrecision.DAY or number >= len(words):
        return first
    if words[number] == "to" and "from" in words[max(0, first.first - 1) : first.first + 1]:
        number += 1
    elif sentence.gap(first.last) not in _HYPHENS or words[max(0, first.first - 2)] == "night":
        return first
    if not _DAY_NUMBER.fullmatch("".join(words[number : number + 1])):
        return first
    try:
        end = span.start.replace(day=day_number(words[number]))
    except ValueError:
        return first
    if end <= span.start:
        return first
    return replace(first, last=number, span=Span(span.start, end, DatePrecision.DAY))
