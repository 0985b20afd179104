"""One deed told for a list of days: "on June 9, 18 and 20"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from bordermap.extract.numbers import number_of
from bordermap.table import DatePrecision, Kind

if TYPE_CHECKING:
    from bordermap.extract.dates import DateFound
    from bordermap.extract.events import Trigger
    from bordermap.extract.records import Record
    from bordermap.extract.spans import Span
    from bordermap.extract.tokens import Sentence

__all__ = ["listed_again"]

_LISTS = frozenset(
    ["and", "again", "on", ",", "then", "in", "the", "first", "second", "third", "fourth", "fifth",
     "sixth", "also", "once", "more", "twice"]
)  # fmt: skip


def listed_again(
    record: Record, sentence: Sentence, told: Sequence[Trigger], dates: list[DateFound]
) -> list[Record]:
    """Return copies of a record for the other days of a list: "on June 9 and again on June 18"."""
    usable = [
        d
        for d in dates
        if d.span
        and not (d.is_saying or d.is_future or d.is_attribute)
        # "On Aug. 4, and six days later the South ...": the second is of another deed.
        and _COUNTED_ON.isdisjoint(sentence.words[d.first : d.last + 1])
    ]
    group = _listed(usable, record.span, sentence.words)
    if len(group) < 2:
        return _counted_again(record, sentence.words, usable)
    later = [t for t in told if t.head > record.head and not t.is_noun]
    if later and group[-1].last > later[0].head:
        return []
    between = sentence.words[group[0].last + 1 : group[-1].first]
    after = sentence.words[group[-1].last + 1 : group[-1].last + 2]
    heads = [t.head for t in told if not t.is_noun]
    parts = any(h < group[-1].first for h in heads) and any(h > group[-1].last for h in heads)
    if (",", "and") in pairwise(between) and parts and not _SUBJECTS.isdisjoint(after):
        return []  # "blew up roads on Oct. 15, and on Oct. 31 it launched a missile"
    if ("and", ",") in pairwise(between):
        return []  # "exploded a device on Jan. 6 and, on Feb. 7, launched a satellite"
    apart = _SET_APART & {*between, *sentence.words[record.head : group[0].first - 1]}
    if record.kind not in _DEEDS and _is_of_one_month(group) and not apart:
        record.span = _from_first_to_last(group)  # "over the city on Oct. 3, 9 and 10": told as one
        return []
    return [
        replace(record, span=d.span, evidence=list(record.evidence))
        for d in group
        if d.span != record.span
    ]


_SUBJECTS = frozenset(
    ["it", "they", "he", "she", "the", "a", "an", "its", "their", "north", "south", "pyongyang",
     "seoul", "two", "three", "four", "another"]
)  # fmt: skip
_SET_APART = frozenset({"again", "then", "on", "twice", "once", "times", "each"})


# Each is a deed of its day; flights and broadcasts go on.
_DEEDS = frozenset(
    {Kind.CROSSING, Kind.INFILTRATION, Kind.DEFECTION, Kind.GUNFIRE, Kind.ARTILLERY, Kind.NAVAL,
     Kind.NUCLEAR, Kind.EXPLOSION, Kind.MINE, Kind.ABDUCTION}
)  # fmt: skip


def _from_first_to_last(group: list[DateFound]) -> Span | None:
    spans = [d.span for d in group if d.span is not None]
    return spans[0]._replace(end=spans[-1].end) if spans else None


def _is_of_one_month(group: list[DateFound]) -> bool:
    spans = [d.span for d in group if d.span is not None]
    return all(s.precision is DatePrecision.DAY for s in spans) and (
        len({(s.start.year, s.start.month) for s in spans}) == 1
    )


_COUNTED_ON = frozenset({"later", "after", "before", "earlier"})
_ABOUT = frozenset({"some", "about", "another", "around", "nearly", "a", "further", "roughly"})
_JOINS = frozenset({"after", "following", "and", "then", ","})


def _counted_again(record: Record, words: list[str], dates: list[DateFound]) -> list[Record]:
    """Return a copy for a count with a day of its own: "310 on Sunday, after 330 on Saturday"."""
    if record.is_noun or record.span is None or not record.quantities:
        return []
    key = next(iter(record.quantities))
    found: list[Record] = []
    for other in dates:
        token = other.first - 1
        token -= words[token] in {"on", "in"}
        token -= words[token] in {"more", "others"}
        if token < 2 or other.span == record.span or other.first < record.head:
            continue
        number = number_of(words[token])
        before = token - 1
        while before > 0 and words[before] in _ABOUT:
            before -= 1
        if number is not None and words[before] in _JOINS:
            counts = {**record.quantities, key: number}
            found.append(
                replace(record, span=other.span, quantities=counts, evidence=list(record.evidence))
            )
    return found


def _listed(dates: list[DateFound], span: Span | None, words: list[str]) -> list[DateFound]:
    """Return the dates of the list that a date is in: nothing but commas and "and" between."""
    group: list[DateFound] = []
    for found in dates:
        link = words[group[-1].last + 1 : found.first] if group else []
        # "and in June" holds its "in" itself.
        link += words[found.first : found.first + 1] if group else []
        alike = (
            group
            and group[-1].span is not None
            and found.span is not None
            and _alike(group[-1].span, found.span)
        )
        korean = bool(group) and words[group[-1].last].endswith(("과", "와"))
        if alike and set(link[:-1]) <= _LISTS and (link or korean):
            group.append(found)
            continue
        if _is_list(group, span, words):
            return group
        group = [found]
    return group if _is_list(group, span, words) else []


def _alike(one: Span, other: Span) -> bool:
    """Return whether two dates may stand in one list: days, or months and years."""
    days = {DatePrecision.DAY, DatePrecision.WEEK} & {one.precision, other.precision}
    return one.precision is other.precision or not days


def _is_list(group: list[DateFound], span: Span | None, words: list[str]) -> bool:
    if len(group) < 2 or all(d.span != span for d in group):
        return False
    if {"between", "from"} & set(words[max(0, group[0].first - 1) : group[0].first + 1]):
        return False
    inner = words[group[0].last : group[-1].last]
    return "and" in inner or inner[0].endswith(("과", "와"))
