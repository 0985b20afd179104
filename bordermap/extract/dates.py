"""When: expressions of time in a sentence, resolved against the day of publication.

Weekdays, "the previous day", "earlier this month", "in 2015" become days with
a precision. All days are local to the line (Asia/Seoul); a report's dateline
day is taken to be so too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from bordermap.extract.clausal import is_from_event, opens_clause, turned
from bordermap.extract.counted import is_counted_since, is_korean_count, is_of_count
from bordermap.extract.datefound import DateFound
from bordermap.extract.daylists import more_days, ranged, to_day
from bordermap.extract.elapsed import is_counted_from, of_deed_before
from bordermap.extract.korean_times import ranged_from
from bordermap.extract.saying import is_of_saying
from bordermap.extract.spans import Span, day_span
from bordermap.extract.timewords import DAYS, time_words
from bordermap.extract.verbs import is_past
from bordermap.extract.when import resolve
from bordermap.table import DatePrecision

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence

__all__ = ["DateFound", "find_dates", "full_date"]

_ONCE = frozenset(
    ["first", "last", "time", "only", "worst", "no", "second", "third", "fourth", "fifth", "sixth",
     "seventh", "eighth", "ninth", "tenth", "another", "deadliest", "biggest", "largest"]
)  # fmt: skip
_OF_THING = frozenset({"of", "since", "the", "a"})
# Reckoned from what was spoken of last, be it a day, a month or a year.
_OF_PERIOD = frozenset({"unitnext", "unitback", "monthnext", "monththat", "mly", "mdly"})
_THAT_YEAR = frozenset({"같은 해", "그해", "그 해", "이듬해", "다음 해"})
_THEN = ([",", "when"], [",", "in"])
# Weekday checks look this many days past the publication: a dateline may lag by a day.
_AHEAD = timedelta(days=1)


def full_date(text: str) -> date | None:
    """Return the first day with month and year that a text gives, or None.

    >>> full_date("June 22, 2024 by A. Writer")
    datetime.date(2024, 6, 22)
    """
    from bordermap.extract.tokens import Sentence

    sentence = Sentence(text, 0, len(text), 0)
    for match in time_words(sentence):
        if match.lastgroup in {"mdy", "dmy", "iso", "ko_d", "ko"}:
            span = resolve(match, None, None)
            if span is not None and span.precision is DatePrecision.DAY:
                return span.start
    return None


def find_dates(
    sentence: Sentence,
    *,
    published: date | None,
    anchor: date | None,
    period: Span | None = None,
    event: Callable[[], date | None] | None = None,
) -> list[DateFound]:
    """Return the expressions of time in a sentence, resolved.

    Parameters
    ----------
    sentence
        The sentence.
    published
        The day of the report, or None where it is not known.
    anchor
        The day that the text spoke of last: "the previous day" goes back from it.
    period
        The day, month or year that it spoke of last: "the same year" is of it.
    event
        Tells the day of what it tells of: "a day before the incident" goes back from it.
    """
    matches = time_words(sentence)
    if not matches:
        return []
    words = sentence.words
    found: list[DateFound] = []
    now, year = anchor, None
    for match in matches:
        first, last = sentence.token_at(match.start() + 1), sentence.token_at(match.end()) - 1
        clause = opens_clause(match, words[last + 1 : last + 2])
        counts_from = event() if event and clause and is_from_event(words, first, last) else None
        if counts_from is not None:
            clause = False
        if clause:
            span = turned(match, now)
        elif period is not None and _is_of_period(match):
            span = resolve(match, published, period.start)
        else:
            told = None if year is None else _end_of_year(match, words, year, first)
            told = told or _beside_elapsed(match, words, found, first)
            span = resolve(match, told or published, counts_from or now)
        if span is not None and not clause:
            period = span
            if span.precision is DatePrecision.DAY and not _is_beside(found, first, words[last]):
                now = span.start
        year = _year_told(match, words, (first, last), span) or year
        future = span is not None and published is not None and span.start > published + _AHEAD
        if _only_counts(match, words, first, last, published):
            continue
        if span is not None and match.lastgroup == "ko_day":
            span = ranged_from(sentence, first, span, _month_before(found, first - 1))
        if found and found[-1].last + 1 == first and words[first - 1].endswith("인"):
            found.pop()  # "이틀 뒤인 14일" is one day
        found.append(_found(match, words, (first, last), span, future, clause))
        if match.lastgroup in {"md", "dm", "nth", "mdy"}:
            found[-1] = to_day(found[-1], sentence)
            found += more_days(found[-1], words)
    return ranged(list(_joined(found, words)), words)


class _Year(NamedTuple):
    """A year told in a sentence: its last day, and the last token of it."""

    end: date
    last: int


_WITH_YEAR = frozenset({"mdy", "dmy", "mdly", "my", "mly"})


def _year_told(
    match: re.Match[str], words: list[str], at: tuple[int, int], span: Span | None
) -> _Year | None:
    """Return the year that a time tells, or None."""
    first, last = at
    is_year = match.lastgroup in _WITH_YEAR or (match.lastgroup == "year" and words[first] == "in")
    return _Year(span.start.replace(month=12, day=31), last) if span and is_year else None


def _end_of_year(match: re.Match[str], words: list[str], year: _Year, first: int) -> date | None:
    """Return the end of a year told before that a day is of, or None.

    "In 2017, when it sent one on Aug. 29", "on March 24 of that year and in Samcheok on April 6".
    """
    between = words[year.last + 1 : first]
    goes_on = between[:2] == [",", "when"] or not any(map(is_past, between))
    return year.end if match.lastgroup in {"md", "dm"} and goes_on else None


def _beside_elapsed(
    match: re.Match[str], words: list[str], found: list[DateFound], first: int
) -> date | None:
    """Return the end of the year of a time right before a day: "seven weeks later, on May 25"."""
    if not found or match.lastgroup not in {"md", "dm"} or found[-1].span is None:
        return None
    is_next = {",", "on"}.issuperset(words[found[-1].last + 1 : first])
    is_elapsed = not _ELAPSED.isdisjoint(words[found[-1].first : found[-1].last + 1])
    return found[-1].span.end.replace(month=12, day=31) if is_next and is_elapsed else None


_ELAPSED = frozenset({"later", "earlier", "after", "before", "afterward", "afterwards"})


def _is_of_period(match: re.Match[str]) -> bool:
    """Return whether a time counts from the month or year that was spoken of last."""
    return match.lastgroup in _OF_PERIOD or (
        match.lastgroup == "ko" and match["ko_rel"] in _THAT_YEAR
    )


def _month_before(found: list[DateFound], first: int) -> Span | None:
    """Return the month that stands right before a token, or None."""
    span = found[-1].span if found and found[-1].last + 1 == first else None
    return span if span is not None and span.precision is DatePrecision.MONTH else None


def _only_counts(
    match: re.Match[str], words: list[str], first: int, last: int, published: date | None
) -> bool:
    """Return whether a time only tells from when, or within what, things are counted."""
    if words[first] == "since" and match.lastgroup == "year" and not _ONCE.isdisjoint(words):
        # "The first since 2010" happened now.
        return words[last + 1 : last + 3] not in _THEN
    before = words[max(0, first - 2) : first + 1]
    if "since" in before and is_counted_since(words, first, last):
        return True
    if not words[last].isascii() and is_korean_count(words[last + 1 : last + 6]):
        return True
    year = str(published.year) if published else ""
    return match.lastgroup in {"unit", "year"} and is_of_count(words, first, last, year=year)


def _found(
    match: re.Match[str],
    words: list[str],
    at: tuple[int, int],
    span: Span | None,
    is_future: bool,
    is_clause: bool,
) -> DateFound:
    """Return an expression at its tokens with what the words around it make of it."""
    first, last = at
    is_year, tells = match.lastgroup == "year", words[last + 1 : last + 3] in _THEN
    if words[first] == "since" and is_year and not _ONCE.isdisjoint(words):
        is_clause = True  # "since 2010, when it shelled the island"
    attribute = is_year and words[first] in _OF_THING and not tells
    if attribute and words[last + 2 : last + 4] == ["in", "which"]:
        attribute, is_clause = False, True  # "a 2010 clash in which two died"
    earlier = None
    if span is not None and not words[last].isascii():
        attribute = attribute or is_counted_from(words, last)
        earlier = of_deed_before(words, first, span)
    said = is_of_saying(words, first, last)
    return DateFound(first, last, span, said, is_future, is_clause, attribute, earlier)


def _joined(found: list[DateFound], words: list[str]) -> Iterator[DateFound]:
    """Yield the expressions; a weekday beside its date becomes one, checked against it."""
    token = 0
    while token < len(found):
        here = found[token]
        after = found[token + 1] if token + 1 < len(found) else None
        if after is not None and here.span and after.span and _one_day(here, after, words):
            yield _checked(here, after, words)
            token += 2
            continue
        yield here
        token += 1


def _one_day(here: DateFound, after: DateFound, words: list[str]) -> bool:
    if here.is_before_clause or after.is_before_clause or here.span is None or after.span is None:
        return False
    if {here.span.precision, after.span.precision} != {DatePrecision.DAY}:
        return False
    between = words[here.last + 1 : after.first]
    weekdays = (_weekday(words[here.last]) is None) != (_weekday(words[after.last]) is None)
    return weekdays and all(w in {",", "(", "of", "on"} for w in between) and len(between) <= 2


def _checked(here: DateFound, after: DateFound, words: list[str]) -> DateFound:
    """Return a weekday and a date as one; a contradiction between them is kept."""
    is_first = _weekday(words[here.last]) is not None
    named, dated = (here, after) if is_first else (after, here)
    span = dated.span
    weekday = _weekday(words[named.last])
    if span is not None and weekday is not None and span.start.weekday() != weekday:
        conflict = (
            f"{DAYS[weekday].capitalize()} is not {span.start.isoformat()}, "
            f"a {DAYS[span.start.weekday()].capitalize()}"
        )
        span = day_span(span.start, conflict)
    return DateFound(here.first, after.last, span, here.is_saying, dated.is_future)


def _is_beside(found: list[DateFound], first: int, word: str) -> bool:
    """Return whether a weekday only names that of the day right before it: "19일 일요일"."""
    return bool(found) and found[-1].last + 1 == first and _weekday(word) is not None


def _weekday(word: str) -> int | None:
    """Return the number of the weekday that a word names, Monday is 0, or None."""
    if word in DAYS:
        return DAYS.index(word)
    if word[1:3] != "요일" or word[0] not in _KOREAN_DAYS:
        return None
    return _KOREAN_DAYS.index(word[0])


_KOREAN_DAYS = "월화수목금토일"
