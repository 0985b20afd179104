"""Which of a sentence's expressions of time is the day of an incident."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from bordermap.extract.lending import is_just_before, is_lent
from bordermap.extract.spans import day_span
from bordermap.extract.timewords import MONTHS
from bordermap.extract.verbs import is_past
from bordermap.extract.wordlists import word_set
from bordermap.table import DatePrecision, Kind

if TYPE_CHECKING:
    from bordermap.extract.dates import DateFound
    from bordermap.extract.events import Trigger
    from bordermap.extract.spans import Span

__all__ = ["between", "date_of", "is_pluperfect", "is_this_year", "of_last_year", "opens_clause"]


def _gap(found: DateFound, trigger: Trigger) -> int:
    return max(found.first - trigger.head, trigger.head - found.last)


def _is_day(found: DateFound) -> bool:
    return found.span is not None and found.span.precision is DatePrecision.DAY


def is_this_year(found: DateFound, words: list[str]) -> bool:
    """Return whether a time is only "this year"."""
    return words[found.last - 1 : found.last + 1] == ["this", "year"]


def between(words: list[str], found: DateFound, trigger: Trigger) -> list[str]:
    """Return the words between a trigger and an expression of time."""
    if found.first > trigger.head:
        return words[trigger.head + 1 : found.first]
    return words[found.last + 1 : trigger.head]


def date_of(
    trigger: Trigger, region: tuple[int, int], dates: list[DateFound], words: list[str]
) -> DateFound | None:
    """Return the expression that dates a trigger: nearest in its own words, else one for all."""
    if not dates or _is_followed(trigger, words):
        return None
    # A semicolon parts two statements; the date of one does not date the other.
    near = [d for d in dates if ";" not in between(words, d, trigger)]
    near = near or [d for d in dates if d.first < trigger.head]
    dates = [d for d in near if not _is_of_another(d, trigger, words)]
    numbered = words[max(0, trigger.head - 3) : trigger.head + 8]
    if trigger.is_noun and not _NUMBERED.isdisjoint(numbered):
        # "The sixth launch of its kind since last month" was not then.
        dates = [d for d in dates if "since" not in words[trigger.last : d.first + 1]]
    if "가" <= words[trigger.head][0] <= "힣":
        return _korean_date_of(trigger.head, dates)
    own = [d for d in dates if region[0] <= d.first < region[1]]
    clause = [d for d in own if d.is_before_clause and d.first < trigger.head]
    if clause and not any(
        clause[-1].last < d.first and _is_day(d) and not d.is_saying for d in own
    ):
        return clause[-1]
    own = [d for d in own if not d.is_before_clause]
    if is_pluperfect(words, trigger):
        # "Regretted on Tuesday that two had been maimed": not on Tuesday.
        own = [d for d in own if _THAT.isdisjoint(words[d.last + 1 : trigger.first])]
    if region[1] < len(words) or len(own) > 1:
        # "Fell on Aug. 10, and on Tuesday a mine ...": what stands after "and" is of the next.
        led = any(d.last < trigger.first and not d.is_before_clause for d in dates)
        own = [d for d in own if not _is_after_and(d, trigger, words)] or ([] if led else own)
    plain = [d for d in own if not d.is_saying] or own
    if not any(map(_is_day, plain)) and all(is_this_year(d, words) for d in plain):
        # "Said on Monday, the latest of its tests this year".
        plain = [d for d in own if _is_day(d)] or plain
    # "The test on Jan. 6 and the launch on Sunday": what stands before "and" is of the test.
    joined = [d for d in plain if not (region[0] and _is_before_and(d, trigger, words))]
    plain = joined or plain
    plain = [d for d in plain if not is_lent(d, trigger, words)] or plain
    if region[0]:
        # "Fishermen, seized on Oct. 3, were freed on Monday": the first is of the aside.
        outer = [d for d in plain if not _is_of_aside(d, trigger, region[0], words)]
        plain = outer if any(d.first > trigger.head for d in outer) else plain
    # "A man who fled last week was sent back on Monday": the first is of the man.
    plain = [d for d in plain if not _is_of_whom(d, trigger, words)] or plain
    if plain:
        best = min(plain, key=lambda d: (_gap(d, trigger), d.first))
        return next((d for d in plain if _is_day_of(d, best, words)), best)
    if region[0] and _is_answered(words, trigger, region):
        return None
    if region[0] and is_pluperfect(words, trigger) and not is_just_before(words, trigger.head):
        return None
    shared = [d for d in dates if d.is_before_clause and _is_shared(d, trigger, words)]
    if shared:
        return shared[-1]
    rest = [d for d in dates if not d.is_before_clause and not _is_of_clause(d, trigger, words)]
    said = [d for d in rest if d.first < trigger.head and not d.is_saying] or [
        d for d in rest if not d.is_saying] or rest  # fmt: skip
    return min(said, key=lambda d: _gap(d, trigger)) if said else None


def _is_day_of(found: DateFound, year: DateFound, words: list[str]) -> bool:
    """Return whether a day is of a year before it: "in 2017, when it sent one on Aug. 29"."""
    a, b = year.span, found.span
    if a is None or b is None or words[year.last + 1 : year.last + 3] != [",", "when"]:
        return False
    return found.first > year.last and _is_day(found) and a.overlaps(b) and not _is_day(year)


def _is_followed(trigger: Trigger, words: list[str]) -> bool:
    """Return whether a noun only tells what was before: "the alarm that followed the seizure"."""
    lead = words[max(0, trigger.first - 4) : trigger.first]
    return trigger.is_noun and ("that", "followed") in pairwise(lead)


# So many words may stand between a day and the verb of "17일 원산에서 쏜 지 13일 만이다".
_NEAR = 5


def _korean_date_of(head: int, dates: list[DateFound]) -> DateFound | None:
    """Return the expression that dates a Korean word: the last before it, else the first."""
    dates = [d for d in dates if not d.is_attribute or 0 < head - d.last <= _NEAR]
    before = [d for d in dates if d.first < head]
    if before:
        return before[-1]
    found = next(iter(dates), None)
    if found is not None and found.before is not None:
        return replace(found, span=found.before, is_saying=False)
    return found


_NUMBERED = frozenset(
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
     "tenth", "kind"]
)  # fmt: skip
_ANSWERING = frozenset(["response", "retaliation", "amid", "after", "following", "over", "reply"])


def _is_answered(words: list[str], trigger: Trigger, region: tuple[int, int]) -> bool:
    """Return whether a noun only says what a deed answered: "in response to the launch"."""
    return trigger.is_noun and not _ANSWERING.isdisjoint(words[region[0] : trigger.first])


_YEAR = re.compile(r"(?:19|20)\d\d")


def of_last_year(when: DateFound, trigger: Trigger, words: list[str]) -> Span | None:
    """Return a day of the year before where a deed is told of as done on a day to come."""
    span = when.span
    told = words[when.first : when.last + 1]
    if span is None or trigger.is_noun or not is_past(words[trigger.head]):
        return None
    if MONTHS.keys().isdisjoint(told) or any(map(_YEAR.fullmatch, told)):
        return None
    try:
        return day_span(span.start.replace(year=span.start.year - 1))
    except ValueError:  # February 29
        return None


_THAT = frozenset({"that", "which"})


def is_pluperfect(words: list[str], trigger: Trigger) -> bool:
    """Return whether a verb tells of what was before something else: "had fired"."""
    return "had" in words[max(0, trigger.head - 3) : trigger.head]


def _is_shared(found: DateFound, trigger: Trigger, words: list[str]) -> bool:
    """Return whether "a month after" counts for a second verb: "it was shot at and captured"."""
    inner = words[found.last + 1 : trigger.head]
    return found.last < trigger.head and "and" in inner and not {",", ";"} & set(inner)


def _is_of_clause(found: DateFound, trigger: Trigger, words: list[str]) -> bool:
    """Return whether a date is of a clause on another thing: "fell in a zone that ... in May"."""
    inner = words[trigger.last + 1 : found.first]
    opened = next((n for n, word in enumerate(inner) if word in _THAT), None)
    return found.first > trigger.last and opened is not None and "," not in inner[opened:]


def _is_after_and(found: DateFound, trigger: Trigger, words: list[str]) -> bool:
    first = found.first - (words[found.first - 1] in {"on", "in"})
    return found.first > trigger.last and words[first - 1] in {"and", "but", "while", ";"}


def _is_of_aside(found: DateFound, trigger: Trigger, begin: int, words: list[str]) -> bool:
    """Return whether a date goes with the deed before it, in an aside that a comma closes."""
    if not begin <= found.first < trigger.first or "," in words[begin : found.first]:
        return False
    opened = [t for t in range(max(0, begin - _ASIDE), begin) if words[t] == ","]
    if not opened or not (is_past(words[opened[-1] + 1]) or words[opened[-1] + 1] in _WHO):
        return False
    return "," in words[found.last + 1 : trigger.first]


def _is_of_whom(found: DateFound, trigger: Trigger, words: list[str]) -> bool:
    """Return whether a date ends a clause on whom a verb right after it tells of."""
    if found.last >= trigger.head:
        return False
    after = words[found.last + 1]
    is_long = found.span is not None and found.span.precision in _LONG
    if not (after in _AUXILIARIES or (is_long and is_past(after))):
        return False
    lead = words[max(0, found.first - _RELATIVE_REACH) : found.first]
    return not _WHO.isdisjoint(lead) and "," not in lead


_LONG = frozenset({DatePrecision.YEAR, DatePrecision.MONTH})
_AUXILIARIES = frozenset({"was", "were", "is", "are", "has", "have", "had", "will"})
_RELATIVE_REACH = 9
_ASIDE = 7
_WHO = frozenset({"who", "which", "whom"})


def _is_before_and(found: DateFound, trigger: Trigger, words: list[str]) -> bool:
    between = words[found.last + 1 : trigger.first]
    return found.last < trigger.first and "and" in between[:3]


_OPENS_CLAUSE = word_set("opens_clause")
_HOURS = frozenset(
    ["noon", "midnight", "dawn", "daybreak", "dusk", "dark", "sunrise", "sunset", "nightfall",
     "midday"]
)  # fmt: skip


def opens_clause(words: list[str]) -> bool:
    """Return whether another clause begins among some words; "before noon" is none."""
    if "far" in words:  # "as far as the border"
        at = words.index("far")
        words = words[: max(0, at - 1)] + words[at + 2 :]
    if words[:2] == [",", "when"] or words[:1] == ["when"]:
        words = words[words.index("when") + 1 :]  # "on Sunday, when they met": that Sunday
    return any(w in _OPENS_CLAUSE and n not in _HOURS for w, n in pairwise([*words, ""]))


_LASTING = frozenset(
    {
        Kind.LOUDSPEAKER,
        Kind.CONSTRUCTION,
        Kind.DEPLOYMENT,
        Kind.CYBER_GPS,
        Kind.BALLOON,
        Kind.LEAFLET,
    }
)
# "The night of May 3" is a time; "the clash of May 3" says which clash.
_TIMES = word_set("times_of_day")


_SINCE_REACH = 10


def _is_of_since(found: DateFound, trigger: Trigger, words: list[str]) -> bool:
    """Return whether a date is of a clause of "since": "since the war ended in 1953, it ..."."""
    lead = words[max(0, found.first - _SINCE_REACH) : found.first]
    if "since" not in lead[:-1] or found.first > trigger.head:
        return False
    if words[found.last + 1 : found.last + 3] == [",", "when"]:
        return False
    inner = lead[len(lead) - lead[::-1].index("since") :]
    return "," not in inner and "," in words[found.last + 1 : trigger.head]


def _is_of_another(found: DateFound, trigger: Trigger, words: list[str]) -> bool:
    """Return whether a date only tells which other thing is meant: "the zone of 2018"."""
    if 0 <= found.first - trigger.last <= 2:
        return False
    if found.is_attribute:
        return True
    is_vague = found.span is not None and found.span.precision is not DatePrecision.DAY
    if is_vague and trigger.kind not in _LASTING and _is_of_since(found, trigger, words):
        return True
    is_since = "since" in words[max(0, found.first - 1) : found.first + 1]
    if is_vague and is_since and trigger.kind not in _LASTING:
        return words[found.last + 1 : found.last + 3] != [",", "when"]  # "tests since January"
    of = found.first - (words[found.first] != "of")
    return of > trigger.last and words[of] == "of" and words[of - 1] not in _TIMES
