"""When: expressions of time in a sentence, resolved against the day of publication.

Weekdays, "the previous day", "earlier this month", "in 2015" become days with
a precision. All days are local to the line (Asia/Seoul); a report's dateline
day is taken to be so too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bordermap.extract.reckoning import day_number, resolve, shifted
from bordermap.extract.spans import Span, day_span
from bordermap.extract.timewords import DAYS, time_words
from bordermap.extract.wordlists import word_set
from bordermap.table import DatePrecision

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence

__all__ = ["DateFound", "find_dates", "full_date"]

_SAID = word_set("said")
_ONCE = frozenset(
    ["first", "last", "time", "only", "worst", "no", "second", "third", "fourth", "fifth", "sixth",
     "seventh", "eighth", "ninth", "tenth", "another", "deadliest", "biggest", "largest"]
)  # fmt: skip
_OF_THING = frozenset({"of", "since", "the", "a"})
_THEN = ([",", "when"], [",", "in"])
# Weekday checks look this many days past the publication: a dateline may lag by a day.
_AHEAD = timedelta(days=1)


@dataclass(slots=True)
class DateFound:
    """An expression of time.

    Attributes
    ----------
    first, last
        Its tokens, last inclusive.
    span
        What it was resolved to, or None (no publication day known).
    is_saying
        Whether it tells when something was said.
    is_future
        Whether it lies after the publication.
    is_before_clause
        Whether it dates what follows ("two days after the pact was signed").
    is_attribute
        Whether it only tells which thing is meant ("the agreement of 2018").
    """

    first: int
    last: int
    span: Span | None
    is_saying: bool = False
    is_future: bool = False
    is_before_clause: bool = False
    is_attribute: bool = False


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
    sentence: Sentence, *, published: date | None, anchor: date | None
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
    """
    matches = time_words(sentence)
    if not matches:
        return []
    words = sentence.words
    found = []
    now = anchor
    for match in matches:
        first, last = sentence.token_at(match.start() + 1), sentence.token_at(match.end()) - 1
        clause = _opens_clause(match, words[last + 1 : last + 2])
        span = _turned(match, now) if clause else resolve(match, published, now)
        if span is not None and span.precision is DatePrecision.DAY and not clause:
            now = span.start
        future = span is not None and published is not None and span.start > published + _AHEAD
        before = words[max(0, first - 2) : first]
        said = bool(_SAID & {*before[-1:], *words[last + 1 : last + 2]}) or (
            before[-1:] == ["on"] and bool(_SAID & set(before))
        )
        said = said or _is_korean_saying(words[last + 1 : last + 3])
        tells = words[last + 1 : last + 3] in _THEN
        if words[first] == "since" and match.lastgroup == "year" and not _ONCE.isdisjoint(words):
            if not tells:
                continue  # "the first since 2010" happened now
            clause = True  # "since 2010, when it shelled the island"
        if "since" in (*before, words[first]) and _is_counted_since(words, first, last):
            continue
        if _is_korean_count(words[last + 1 : last + 6]):
            continue
        if match.lastgroup == "unit" and _is_of_count(words, first, last):
            continue
        attribute = match.lastgroup == "year" and words[first] in _OF_THING and not tells
        if attribute and words[last + 2 : last + 4] == ["in", "which"]:
            attribute, clause = False, True  # "a 2010 clash in which two died"
        found.append(DateFound(first, last, span, said, future, clause, attribute))
        if match.lastgroup in {"md", "dm", "nth", "mdy"}:
            found += _more_days(found[-1], words)
    return _ranged(list(_joined(found, words)), words)


def _is_korean_count(after: list[str]) -> bool:
    """Return whether days are counted in Korean: both of "지난달 9일 이후 39일 만이다"."""
    since = after[:1] in (["이후"], ["이래"])
    return any(w.startswith("만") for w in after[: 4 if since else 1])


_KOREAN_SAID = ("담화", "성명", "논평", "기자회견", "브리핑", "발표", "밝혔", "밝힌", "보도")


def _is_korean_saying(after: list[str]) -> bool:
    """Return whether what follows a time in Korean is said: "14일과 16일 담화를 내고"."""
    if after[:1] and after[0][0].isdigit():
        after = after[1:]
    return bool(after) and after[0].startswith(_KOREAN_SAID)


_ORDINAL = re.compile(
    r"first|second|third|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf)th|latest|only|"
    r"\d+(?:st|nd|rd|th)"
)
_COUNT_REACH = 12


def _is_of_count(words: list[str], first: int, last: int) -> bool:
    """Return whether a time only tells what is counted: "the third ambush of this month"."""
    if words[last - 1] != "this":
        return False
    lead = words[max(0, first - _COUNT_REACH) : first]
    return any(map(_ORDINAL.fullmatch, lead)) and not {";", "when"} & set(lead)


def _is_counted_since(words: list[str], first: int, last: int) -> bool:
    """Return whether things are counted from a time: "the sixth pair since late July"."""
    lead = words[max(0, first - _COUNT_REACH) : first]
    return any(map(_ORDINAL.fullmatch, lead)) and words[last + 1 : last + 3] != [",", "when"]


_DAY_NUMBER = re.compile(r"(?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th)?")
_ENDS_LIST = frozenset(
    [".", ",", ";", ":", ")", "in", "at", "near", "to", "by", "from", "when", "as", "of", "off",
     "with", "the", "over", "and", "on", "while", "according", "said", "it", "they"]
)  # fmt: skip


def _more_days(first: DateFound, words: list[str]) -> list[DateFound]:
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


def _ranged(found: list[DateFound], words: list[str]) -> list[DateFound]:
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


def _opens_clause(match: re.Match[str], after: list[str]) -> bool:
    """Return whether "two days after" is followed by what it counts from."""
    last = match[0].split()[-1]
    if last not in {"after", "before"} or match.lastgroup not in {"on", "back", "dayback", "dayon"}:
        return False
    return bool(after) and after[0] not in {
        ",",
        ".",
        ";",
        ":",
        ")",
        "in",
        "at",
        "and",
        "by",
        "that",
    }


def _turned(match: re.Match[str], anchor: date | None) -> Span | None:
    """Return the day of what "two days after ..." counts from: two days before the anchor."""
    if anchor is None:
        return None
    words = match[0].split()
    sign = -1 if words[-1] == "after" else 1
    if words[0] == "the":
        words = ["a", *words[1:]]
    return shifted(words, None, anchor, sign)


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
    weekdays = (words[here.last] in DAYS) != (words[after.last] in DAYS)
    return weekdays and all(w in {",", "(", "of", "on"} for w in between) and len(between) <= 2


def _checked(here: DateFound, after: DateFound, words: list[str]) -> DateFound:
    """Return a weekday and a date as one; a contradiction between them is kept."""
    named, dated = (here, after) if words[here.last] in DAYS else (after, here)
    span = dated.span
    weekday = DAYS.index(words[named.last])
    if span is not None and span.start.weekday() != weekday:
        conflict = (
            f"{words[named.last].capitalize()} is not {span.start.isoformat()}, "
            f"a {DAYS[span.start.weekday()].capitalize()}"
        )
        span = day_span(span.start, conflict)
    return DateFound(here.first, after.last, span, here.is_saying, dated.is_future)
