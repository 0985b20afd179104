"""When: expressions of time in a sentence, resolved against the day of publication.

Weekdays, "the previous day", "earlier this month", "in 2015" become days with
a precision. All days are local to the line (Asia/Seoul); a report's dateline
day is taken to be so too.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bordermap.extract.numbers import number_of
from bordermap.extract.wordlists import word_set
from bordermap.table import DatePrecision

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence

__all__ = ["DateFound", "Span", "day_span", "find_dates", "full_date", "month_span", "year_span"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        ["january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
         "august aug", "september sept sep", "october oct", "november nov", "december dec"], 1
    )
    for name in names.split()
}  # fmt: skip
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_M = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")(?: \.)?"
_N = (
    r"(?:\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
    r"fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|several|few|a few)"
)
_D = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_Y = r"(?:19|20)\d\d"
_ABSOLUTE = re.compile(
    r" (?:"
    rf"(?P<mdy>{_M} {_D}(?: ,)? {_Y})"
    rf"|(?P<dmy>{_D} (?:of )?{_M}(?: ,)? {_Y})"
    r"|(?P<iso>(?:19|20)\d\d[ .]\d{1,2}[ .]\d{1,2})"
    rf"|(?P<my>{_M} (?:of )?(?:, )?{_Y})"
    rf"|(?P<mly>(?:(?:in|since|of|during|until|from|early|late|mid) )?{_M} (?:of )?"
    r"(?:last|the previous|this) year)"
    rf"|(?P<lastweek>(?:on )?(?:{'|'.join(_DAYS)}) (?:of )?(?:last|this) week)"
    rf"|(?P<md>{_M} {_D})(?! \w+ {_Y})"
    rf"|(?P<dm>{_D} (?:of )?{_M})"
    rf"|(?P<weekday>(?:(?:last|this|past|next|early|late|previous|the previous|the following) )?"
    rf"(?:{'|'.join(_DAYS)}))"
    rf"|(?P<month>(?:in|since|last|early|late|mid|until|during|from|of|back in|this past) "
    rf"(?:early |late |mid )?{_M})(?!(?: \.)? (?:{_D}|{_Y}) )"
    rf"|(?P<year>(?:in|since|of|during|until|from|the|back in|early|late|mid|and|to|,) {_Y})(?! \d)"
    r"|(?P<nth>(?:on )?the \d{1,2}(?:st|nd|rd|th))(?! (?:time|anniversary|round|such|launch|of|"
    r"division|straight|consecutive|day|parallel|century|infantry))"
    r")(?= )"
)
_RELATIVE = re.compile(
    r" (?:"
    r"(?P<today>today|tonight|this (?:morning|afternoon|evening)|earlier in the day)"
    r"|(?P<yesterday>yesterday|last night)"
    r"|(?P<tomorrow>tomorrow)"
    r"|(?P<dayback>the (?:previous|preceding) (?:day|night|evening)|the (?:day|night) before"
    r"|a day (?:earlier|before|ago|prior)|one day (?:earlier|before))"
    r"|(?P<dayon>the (?:following|next) (?:day|morning|night)|(?:a|one) day (?:later|after)"
    r"|the day after)"
    r"|(?P<sameday>(?:the same|that) (?:day|morning|afternoon|evening|night))"
    rf"|(?P<back>(?:{_N}) (?:day|week|month|year|decade)s? (?:ago|earlier|before|prior))"
    rf"|(?P<on>(?:{_N}) (?:day|week|month|year)s? (?:later|after))"
    r"|(?P<unit>(?:(?:earlier|late|later|early) )?(?:this|last|the previous|the same) "
    r"(?:week|weekend|month|year|spring|summer|autumn|fall|winter))"
    r")(?= )"
)
_HANGUL = re.compile(
    r" (?:"
    r"(?P<ko>(?:(?P<ko_y>\d{4})년 ?|(?P<ko_back>지난해|작년) )?"
    r"(?P<ko_m>\d{1,2})월(?: (?P<ko_d>\d{1,2})일)?[^ ]*)"
    r"|(?P<ko_day>(?:지난 |이달 |(?P<ko_last>지난달 ))?(?P<ko_dd>\d{1,2})일"
    r"(?:부터|까지|에는|에|엔|은|의)?)"
    r"|(?P<ko_year>(?P<ko_yy>(?:19|20)\d\d)년[^ ]*)"
    r"|(?P<ko_word>어제|오늘|그제|전날|지난달|지난주|이달|올해|지난해|작년|같은 날|이날)[^ ]*"
    r")(?= )"
)
_YEAR = re.compile(r" (?:19|20)\d\d(?= )|\d(?:st|nd|rd|th) ")
_NAMED = frozenset([*_MONTHS, *_DAYS])
_UNITS = frozenset(
    ["today", "tonight", "yesterday", "tomorrow", "day", "night", "days", "week", "weeks", "month",
     "months", "year", "years", "weekend", "morning", "afternoon", "evening", "decades", "spring",
     "summer", "autumn", "winter", "decade", "fall"]
)  # fmt: skip
_SAID = word_set("said")
_ONCE = frozenset({"first", "last", "time", "only", "worst", "no"})
# Weekday checks look this many days past the publication: a dateline may lag by a day.
_AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
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


_Resolver = Callable[..., "Span | None"]


def day_span(day: date, conflict: str | None = None) -> Span:
    """Return one day as a span."""
    return Span(day, day, DatePrecision.DAY, conflict)


def full_date(text: str) -> date | None:
    """Return the first day with month and year that a text gives, or None.

    >>> full_date("June 22, 2024 by A. Writer")
    datetime.date(2024, 6, 22)
    """
    from bordermap.extract.tokens import Sentence

    sentence = Sentence(text, 0, len(text), 0)
    for match in _matches(sentence):
        if match.lastgroup in {"mdy", "dmy", "iso", "ko_d", "ko"}:
            span = _resolve(match, None, None)
            if span is not None and span.precision is DatePrecision.DAY:
                return span.start
    return None


def _matches(sentence: Sentence) -> list[re.Match[str]]:
    """Return the expressions of time as matches, in order, none overlapping the one before."""
    plain, words = sentence.plain, sentence.word_set
    found: list[re.Match[str]] = []
    if not _NAMED.isdisjoint(words) or _YEAR.search(plain):
        found += _ABSOLUTE.finditer(plain)
    if not _UNITS.isdisjoint(words):
        found += _RELATIVE.finditer(plain)
    if not plain.isascii():
        found += _HANGUL.finditer(plain)
    found.sort(key=lambda m: (m.start(), -m.end()))
    kept: list[re.Match[str]] = []
    for match in found:
        if not kept or match.start() >= kept[-1].end():
            kept.append(match)
    return kept


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
    words = sentence.words
    found = []
    now = anchor
    for match in _matches(sentence):
        first, last = sentence.token_at(match.start() + 1), sentence.token_at(match.end()) - 1
        clause = _opens_clause(match, words[last + 1 : last + 2])
        span = _turned(match, now) if clause else _resolve(match, published, now)
        if span is not None and span.precision is DatePrecision.DAY and not clause:
            now = span.start
        future = span is not None and published is not None and span.start > published + _AHEAD
        before = words[max(0, first - 2) : first]
        said = bool(_SAID & {*before[-1:], *words[last + 1 : last + 2]}) or (
            before[-1:] == ["on"] and bool(_SAID & set(before))
        )
        if words[first] == "since" and match.lastgroup == "year" and _ONCE & sentence.word_set:
            continue  # "the first since 2010" happened now
        attribute = words[first] in {"of", "since", "the"} and match.lastgroup == "year"
        found.append(DateFound(first, last, span, said, future, clause, attribute))
        if match.lastgroup in {"md", "dm", "nth", "mdy"}:
            found += _more_days(found[-1], words)
    return _ranged(list(_joined(found, words)), words)


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
            day = span.start.replace(day=_number(words[number]))
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
    return _shifted(words, None, anchor, sign)


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
    weekdays = (words[here.last] in _DAYS) != (words[after.last] in _DAYS)
    return weekdays and all(w in {",", "(", "of", "on"} for w in between) and len(between) <= 2


def _checked(here: DateFound, after: DateFound, words: list[str]) -> DateFound:
    """Return a weekday and a date as one; a contradiction between them is kept."""
    named, dated = (here, after) if words[here.last] in _DAYS else (after, here)
    span = dated.span
    weekday = _DAYS.index(words[named.last])
    if span is not None and span.start.weekday() != weekday:
        conflict = (
            f"{words[named.last].capitalize()} is not {span.start.isoformat()}, "
            f"a {_DAYS[span.start.weekday()].capitalize()}"
        )
        span = day_span(span.start, conflict)
    return DateFound(here.first, after.last, span, here.is_saying, dated.is_future)


def _resolve(match: re.Match[str], published: date | None, anchor: date | None) -> Span | None:
    """Return what an expression means, or None where nothing tells."""
    groups = match.groupdict()
    kind = next(k for k in _RESOLVERS if groups.get(k))
    words = match.group(kind).replace(" .", "").split()
    try:
        return _RESOLVERS[kind](words, published, anchor, match)
    except (ValueError, OverflowError):
        return None  # no such day: 31 June


def _ymd(year: int, month: int, day: int) -> Span:
    return day_span(date(year, month, day))


def _number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def _mdy(words: list[str], *_: object) -> Span:
    return _ymd(int(words[-1]), _MONTHS[words[0]], _number(words[1]))


def _dmy(words: list[str], *_: object) -> Span:
    month = next(w for w in words if w in _MONTHS)
    return _ymd(int(words[-1]), _MONTHS[month], _number(words[0]))


def _iso(words: list[str], *_: object) -> Span:
    year, month, day = re.split(r"[ .]", " ".join(words))
    return _ymd(int(year), int(month), int(day))


def month_span(year: int, month: int) -> Span:
    """Return a month as a span."""
    last = calendar.monthrange(year, month)[1]
    return Span(date(year, month, 1), date(year, month, last), DatePrecision.MONTH)


def year_span(year: int) -> Span:
    """Return a year as a span."""
    return Span(date(year, 1, 1), date(year, 12, 31), DatePrecision.YEAR)


def _my(words: list[str], *_: object) -> Span:
    return month_span(int(words[-1]), _MONTHS[words[0]])


def _near_year(month: int, day: int, now: date) -> int:
    """Return the year that puts a month and day before ``now``, or within two months after."""
    year = now.year
    if date(year, month, min(day, 28)) > now + timedelta(days=60):
        year -= 1
    return year


def _mly(words: list[str], published: date | None, anchor: date | None, _: object) -> Span | None:
    now = published or anchor
    if now is None:
        return None
    return month_span(
        now.year - (words[-2] != "this"), _MONTHS[next(w for w in words if w in _MONTHS)]
    )


def _lastweek(words: list[str], published: date | None, *_: object) -> Span | None:
    if published is None:
        return None
    monday = published - timedelta(days=published.weekday() + 7 * (words[-2] == "last"))
    day = _DAYS.index(next(w for w in words if w in _DAYS))
    return day_span(monday + timedelta(days=day))


def _md(words: list[str], published: date | None, anchor: date | None, _: object) -> Span | None:
    now = published or anchor
    if now is None:
        return None
    month = _MONTHS[next(w for w in words if w in _MONTHS)]
    day = _number(next(w for w in words if w[0].isdigit()))
    return _ymd(_near_year(month, day, now), month, day)


def _weekday(
    words: list[str], published: date | None, anchor: date | None, _: object
) -> Span | None:
    if published is None:
        return None
    back = (published.weekday() - _DAYS.index(words[-1])) % 7
    if words[0] in {"last", "past"} and back == 0:
        back = 7
    if words[0] == "next":
        back = back - 7
    if words[0] in {"previous", "the"} and anchor is not None:
        step = (anchor.weekday() - _DAYS.index(words[-1])) % 7 or 7
        return day_span(anchor - timedelta(days=step if "previous" in words else step - 7))
    return day_span(published - timedelta(days=back))


def _fixed(days: int) -> _Resolver:
    def resolve(words: list[str], published: date | None, *_: object) -> Span | None:
        return None if published is None else day_span(published + timedelta(days=days))

    return resolve


def _from_anchor(days: int) -> _Resolver:
    def resolve(
        words: list[str], published: date | None, anchor: date | None, _: object
    ) -> Span | None:
        now = published if words[-1] == "ago" else anchor or published
        return None if now is None else day_span(now + timedelta(days=days))

    return resolve


def _shifted(
    words: list[str], published: date | None, anchor: date | None, sign: int
) -> Span | None:
    now = published if words[-1] == "ago" else anchor or published
    count = number_of(words[0])
    if now is None or count is None:
        return None
    unit = words[1].rstrip("s")
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
    return _shifted(words, published, anchor, -1)


def _on(words: list[str], published: date | None, anchor: date | None, _: object) -> Span | None:
    return _shifted(words, published, anchor, 1)


def _unit(words: list[str], published: date | None, anchor: date | None, _: object) -> Span | None:
    now = published if words[-2] in {"this", "last"} else anchor or published
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
    span = year_span(now.year - back)
    return Span(span.start, _until(span.end, published), DatePrecision.YEAR)


def _until(end: date, published: date | None) -> date:
    return end if published is None else min(end, published)


def _month(words: list[str], published: date | None, anchor: date | None, _: object) -> Span | None:
    now = published or anchor
    if now is None:
        return None
    month = _MONTHS[words[-1]]
    year = now.year - (month > now.month or (words[0] == "last" and month == now.month))
    span = month_span(year, month)
    return Span(span.start, max(span.start, _until(span.end, published)), DatePrecision.MONTH)


def _year(words: list[str], published: date | None, *_: object) -> Span:
    return year_span(int(words[-1]))


def _nth(words: list[str], published: date | None, anchor: date | None, _: object) -> Span | None:
    now = anchor or published
    if now is None:
        return None
    day = _number(words[-1])
    months = now.year * 12 + now.month - 1 - (published is not None and day > published.day)
    return _ymd(months // 12, months % 12 + 1, day)


def _ko(
    words: list[str], published: date | None, anchor: date | None, match: re.Match[str]
) -> Span | None:
    month = int(match["ko_m"])
    now = published or anchor
    if match["ko_y"]:
        year = int(match["ko_y"])
    elif now is not None:
        back = match["ko_back"] is not None
        year = now.year - 1 if back else _near_year(month, int(match["ko_d"] or 1), now)
    else:
        return None
    return _ymd(year, month, int(match["ko_d"])) if match["ko_d"] else month_span(year, month)


def _ko_day(
    words: list[str], published: date | None, anchor: date | None, match: re.Match[str]
) -> Span | None:
    if match["ko_last"] and published is not None:
        anchor = published = published.replace(day=1) - timedelta(days=1)
    return _nth([match["ko_dd"]], published, anchor, match)


def _ko_year(words: list[str], _p: object, _a: object, match: re.Match[str]) -> Span:
    return year_span(int(match["ko_yy"]))


def _ko_word(
    words: list[str], published: date | None, anchor: date | None, match: re.Match[str]
) -> Span | None:
    word = next(w for w in _KOREAN_WORDS if match["ko_word"].startswith(w))
    kind, english = _KOREAN_WORDS[word]
    return _RESOLVERS[kind](english.split(), published, anchor, match)


_KOREAN_WORDS = {
    "어제": ("yesterday", "yesterday"), "오늘": ("today", "today"), "이날": ("sameday", "that day"),
    "같은 날": ("sameday", "that day"), "전날": ("dayback", "the previous day"),
    "그제": ("back", "two days ago"), "지난달": ("unit", "last month"),
    "지난주": ("unit", "last week"), "이달": ("unit", "this month"),
    "올해": ("unit", "this year"), "지난해": ("unit", "last year"), "작년": ("unit", "last year"),
}  # fmt: skip
_RESOLVERS: dict[str, _Resolver] = {
    "mdy": _mdy, "dmy": _dmy, "iso": _iso, "my": _my, "mly": _mly, "lastweek": _lastweek,
    "md": _md, "dm": _md, "weekday": _weekday,
    "today": _fixed(0), "yesterday": _fixed(-1), "tomorrow": _fixed(1),
    "dayback": _from_anchor(-1), "dayon": _from_anchor(1), "sameday": _from_anchor(0),
    "back": _back, "on": _on, "unit": _unit, "month": _month, "year": _year, "nth": _nth,
    "ko": _ko, "ko_day": _ko_day, "ko_year": _ko_year, "ko_word": _ko_word,
}  # fmt: skip
