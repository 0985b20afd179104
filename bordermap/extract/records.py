"""From triggers to records: each with its date, place, people, counts and evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from bordermap.extract.claims import claimed_by
from bordermap.extract.clock import find_time
from bordermap.extract.parties import find_parties
from bordermap.extract.quantities import find_quantities
from bordermap.extract.roles import Memory, roles_of
from bordermap.extract.sides import claim_of, direction_of
from bordermap.extract.spans import day_span
from bordermap.extract.timewords import MONTHS
from bordermap.extract.verbs import ANSWERS, is_past
from bordermap.extract.wordlists import word_set
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.dates import DateFound
    from bordermap.extract.events import Trigger
    from bordermap.extract.spans import Span
    from bordermap.extract.tokens import Sentence
    from bordermap.extract.where import Site
    from bordermap.table import Claim, Direction

__all__ = ["Evidence", "Record", "draft"]


class Evidence(NamedTuple):
    """The words on which a field rests: offsets in the text, end exclusive."""

    field: str
    start: int
    end: int


@dataclass(slots=True)
class Record:
    """An incident as far as the text tells it; see `bordermap.table` for the fields."""

    kind: Kind
    sentence: int
    paragraph: int
    head: int
    is_noun: bool
    quote: tuple[int, int]
    span: Span | None = None
    time_local: str | None = None
    site: Site | None = None
    site_rank: float = 0.0
    scene: Site | None = None
    actor: str | None = None
    actor_side: str | None = None
    target: str | None = None
    direction: Direction | None = None
    claim: Claim | None = None
    claimed_by: str | None = None
    quantities: dict[str, int] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    is_soft: bool = False
    is_background: bool = False
    is_echo: bool = False
    is_loose: bool = False
    goes_on: bool = False
    is_answer: bool = False
    is_mutual: bool = False
    is_motion: bool = False
    is_retold: bool = False
    is_pursuit: bool = False
    anchor: date | None = None


_TALK = frozenset({Kind.STATEMENT, Kind.DIPLOMACY})
# A sentence with these looks back: it goes not on with the day told of before.
_LONG_AGO = frozenset(
    ["previous", "recently", "recent", "years", "months", "weeks", "previously", "past", "ago",
     "repeatedly"]
)  # fmt: skip


def draft(
    sentence: Sentence,
    number: int,
    trigger: Trigger,
    region: tuple[int, int],
    dates: list[DateFound],
    memory: Memory,
) -> Record | None:
    """Return what a sentence says of a trigger's incident, its place left open.

    Parameters
    ----------
    sentence, number
        The sentence and its number in the text.
    trigger
        The words that tell of the incident.
    region
        First token that belongs to this trigger and not to one before, and the
        first that belongs to the next.
    dates
        The sentence's expressions of time.
    memory
        Who was named before.

    Returns
    -------
    A record, or None where it is told of the future.
    """
    record = Record(
        kind=trigger.kind,
        sentence=number,
        paragraph=sentence.paragraph,
        head=trigger.head,
        is_noun=trigger.is_noun,
        is_echo=trigger.rank == 0,
        is_loose=trigger.is_loose,
        quote=(sentence.start, sentence.end),
    )
    record.evidence.append(_evidence(sentence, "kind", trigger.first, trigger.last))
    when = _date_of(trigger, region, dates, sentence.words)
    if when is not None:
        record.span = when.span
        if when.is_future:
            record.span = _of_last_year(when, trigger, sentence.words)
            if record.span is None:
                return None
        if trigger.kind in _TALK and _opens_clause(_between(sentence.words, when, trigger)):
            record.span = None  # the day of what the talk was about
        record.is_soft = when.is_saying or when.is_before_clause
        record.evidence.append(_evidence(sentence, "date", when.first, when.last))
        if when.span is not None and when.span.conflict:
            record.remarks.append(when.span.conflict)
    _add_people(record, sentence, trigger, memory)
    _add_counts(record, sentence, trigger, region)
    time = find_time(sentence, near=trigger.head)
    if time is not None and region[0] <= time[1] < region[1]:
        record.time_local = time[0]
        record.evidence.append(_evidence(sentence, "time_local", time[1], time[2]))
    is_earlier = when is None and region[0] > 0 and _is_pluperfect(sentence.words, trigger)
    record.is_background = is_earlier or not _LONG_AGO.isdisjoint(sentence.words)
    record.is_mutual = not _MUTUAL.isdisjoint(sentence.words[trigger.first : trigger.last + 3])
    record.is_motion = trigger.kind is Kind.NAVAL and sentence.words[trigger.head].startswith(
        _MOVES
    )
    record.is_pursuit = any(w.startswith(_PURSUES) for w in sentence.words)
    record.is_retold = _is_retold(sentence.words, trigger.head)
    record.is_answer = _is_answer(sentence, trigger)
    return record


NAMES = frozenset(
    ["launch", "test", "shot", "attack", "blast", "explosion", "raid", "crossing", "incursion",
     "intrusion", "clash", "battle", "fire", "exchange", "seizure", "abduction", "defection", "flight",
     "broadcast", "drop", "infiltration", "ambush", "escape", "shelling", "barrage", "strike", "incident", "provocation", "violation"]
)  # fmt: skip
_POINTS_BACK = frozenset({"the", "this", "that", "these", "those", "its", "their", "same"})


def _is_retold(words: list[str], head: int) -> bool:
    """Return whether a noun speaks of something told before: "the bombing", "that first launch"."""
    word = words[head]
    if not (word.endswith("ing") or word.removesuffix("es").removesuffix("s") in NAMES):
        return False
    return not _POINTS_BACK.isdisjoint(words[max(0, head - 2) : head])


_PURSUES = ("pursu", "chas", "hunt", "after", "추격", "뒤쫓", "쫓")


# What boats do to each other on a line without a fight.
_MOVES = (
    "chas", "retreat", "return", "turn", "withdr", "driv", "drov", "repel", "expel", "sail", "push",
    "forc", "warn", "sent", "approach", "도주", "퇴각",
)  # fmt: skip
_ANSWERS = (*ANSWERS, "대응", "응사")
_MUTUAL = word_set("mutual")
_BACK = frozenset({"back", "return", "response", "reply", "retaliation", "kind"})


def _is_answer(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether fire answers fire: "shot back", "returned fire"."""
    words = sentence.words
    if words[trigger.head].startswith(_ANSWERS) or any(
        w.startswith(_ANSWERS) for w in words[trigger.first : trigger.last + 1]
    ):
        return True
    return not _BACK.isdisjoint(words[trigger.head + 1 : trigger.last + 4])


def _evidence(sentence: Sentence, name: str, first: int, last: int) -> Evidence:
    last = min(max(first, last), len(sentence.words) - 1)
    return Evidence(name, *sentence.span(first, last))


def _gap(found: DateFound, trigger: Trigger) -> int:
    return max(found.first - trigger.head, trigger.head - found.last)


def _between(words: list[str], found: DateFound, trigger: Trigger) -> list[str]:
    if found.first > trigger.head:
        return words[trigger.head + 1 : found.first]
    return words[found.last + 1 : trigger.head]


def _date_of(
    trigger: Trigger, region: tuple[int, int], dates: list[DateFound], words: list[str]
) -> DateFound | None:
    """Return the expression that dates a trigger: nearest in its own words, else one for all."""
    # A semicolon parts two statements; the date of one does not date the other.
    near = [d for d in dates if ";" not in _between(words, d, trigger)]
    near = near or [d for d in dates if d.first < trigger.head]
    dates = [d for d in near if not _is_of_another(d, trigger, words)]
    if "가" <= words[trigger.head][0] <= "힣":
        before = [d for d in dates if d.first < trigger.head]
        return before[-1] if before else next(iter(dates), None)
    own = [d for d in dates if region[0] <= d.first < region[1]]
    clause = [d for d in own if d.is_before_clause and d.first < trigger.head]
    if clause:
        return clause[-1]
    own = [d for d in own if not d.is_before_clause]
    if _is_pluperfect(words, trigger):
        # "Regretted on Tuesday that two had been maimed": not on Tuesday.
        own = [d for d in own if _THAT.isdisjoint(words[d.last + 1 : trigger.first])]
    plain = [d for d in own if not d.is_saying] or own
    # "The test on Jan. 6 and the launch on Sunday": what stands before "and" is of the test.
    joined = [d for d in plain if not (region[0] and _is_before_and(d, trigger, words))]
    plain = joined or plain
    if plain:
        return min(plain, key=lambda d: (_gap(d, trigger), d.first))
    if region[0] and _is_pluperfect(words, trigger):
        return None
    rest = [d for d in dates if not d.is_before_clause]
    said = [d for d in rest if d.first < trigger.head and not d.is_saying] or [
        d for d in rest if not d.is_saying] or rest  # fmt: skip
    return min(said, key=lambda d: _gap(d, trigger)) if said else None


_YEAR = re.compile(r"(?:19|20)\d\d")


def _of_last_year(when: DateFound, trigger: Trigger, words: list[str]) -> Span | None:
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


def _is_pluperfect(words: list[str], trigger: Trigger) -> bool:
    return "had" in words[max(0, trigger.head - 3) : trigger.head]


def _is_before_and(found: DateFound, trigger: Trigger, words: list[str]) -> bool:
    between = words[found.last + 1 : trigger.first]
    return found.last < trigger.first and "and" in between[:3]


_OPENS_CLAUSE = word_set("opens_clause")
_HOURS = frozenset(["noon", "midnight", "dawn", "daybreak", "dusk", "dark", "sunrise", "sunset",
                    "nightfall", "midday"])  # fmt: skip


def _opens_clause(words: list[str]) -> bool:
    """Return whether another clause begins among some words; "before noon" is none."""
    return any(w in _OPENS_CLAUSE and n not in _HOURS for w, n in pairwise([*words, ""]))


# "The night of May 3" is a time; "the clash of May 3" says which clash.
_TIMES = word_set("times_of_day")


def _is_of_another(found: DateFound, trigger: Trigger, words: list[str]) -> bool:
    """Return whether a date only tells which other thing is meant: "the zone of 2018"."""
    if 0 <= found.first - trigger.last <= 2:
        return False
    if found.is_attribute:
        return True
    of = found.first - (words[found.first] != "of")
    return of > trigger.last and words[of] == "of" and words[of - 1] not in _TIMES


def _add_people(record: Record, sentence: Sentence, trigger: Trigger, memory: Memory) -> None:
    parties = find_parties(sentence)
    if trigger.rank == 0:
        return  # an echo: "another was found"
    actor, target = roles_of(sentence, trigger, parties, memory)
    if actor is not None:
        record.actor, record.actor_side = actor.label, actor.side
        if actor in parties:
            record.evidence.append(_evidence(sentence, "actor", actor.first, actor.last))
        if not trigger.is_noun:
            memory.actor = actor
    if target is not None:
        record.target = target.label
        if target in parties:  # and not somebody whom a sentence before named
            record.evidence.append(_evidence(sentence, "target", target.first, target.last))
    record.direction = direction_of(sentence, trigger, actor)
    record.claim = claim_of(sentence, trigger)
    source = claimed_by(sentence)
    if source is not None:
        record.claimed_by = source[0]
        record.evidence.append(_evidence(sentence, "claimed_by", source[1], source[2]))


def _add_counts(
    record: Record, sentence: Sentence, trigger: Trigger, region: tuple[int, int]
) -> None:
    for key, number, first, last in find_quantities(sentence):
        if region[0] <= first < region[1] and key not in record.quantities:
            record.quantities[key] = number
            record.evidence.append(_evidence(sentence, f"quantities.{key}", first, last))


def day_of(record: Record) -> date | None:
    """Return the day of a record that is known to the day, or None."""
    if record.span is None or record.span.start != record.span.end:
        return None
    return record.span.start
