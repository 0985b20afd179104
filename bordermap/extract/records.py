"""From triggers to records: each with its date, place, people, counts and evidence."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from bordermap.extract.asides import is_version, tells_which
from bordermap.extract.claims import claimed_by
from bordermap.extract.clock import find_time
from bordermap.extract.dating import (
    between,
    date_of,
    is_pluperfect,
    is_this_year,
    of_last_year,
    opens_clause,
)
from bordermap.extract.lending import is_lent, is_of_blame
from bordermap.extract.manner import PLAIN, Manner, manner_of
from bordermap.extract.parties import find_parties
from bordermap.extract.quantities import find_quantities, one_of
from bordermap.extract.roles import Memory, roles_of
from bordermap.extract.sides import claim_of, goes_across, is_return, told_way, way_of
from bordermap.extract.signs import sign
from bordermap.extract.usage import dateline_end
from bordermap.extract.verbs import is_present
from bordermap.extract.wordlists import word_set
from bordermap.table import DatePrecision, Kind

if TYPE_CHECKING:
    from bordermap.extract.dates import DateFound
    from bordermap.extract.events import Trigger
    from bordermap.extract.parties import Party
    from bordermap.extract.spans import Span
    from bordermap.extract.storyline import Told
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
    manner: Manner = PLAIN
    span: Span | None = None
    time_local: str | None = None
    site: Site | None = None
    site_rank: float = 0.0
    scene: Site | None = None
    actor: str | None = None
    actor_side: str | None = None
    target: str | None = None
    target_side: str | None = None
    direction: Direction | None = None
    claim: Claim | None = None
    claimed_by: str | None = None
    quantities: dict[str, int] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    is_soft: bool = False
    is_inherited: bool = False
    is_background: bool = False
    is_echo: bool = False
    is_loose: bool = False
    goes_on: bool = False
    is_headline: bool = False
    is_old: bool = False
    crosses: bool = False
    is_return: bool = False
    hint: Party | None = None
    anchor: date | None = None
    told: Told | None = None
    is_aside: bool = False
    is_lent: bool = False
    is_version: bool = False
    is_opening: bool = False
    is_current: bool = False


_TALK = frozenset({Kind.STATEMENT, Kind.DIPLOMACY})
# A sentence with these looks back: it goes not on with the day told of before.
_LONG_AGO = frozenset(
    ["previous", "recently", "recent", "years", "months", "weeks", "previously", "ago",
     "repeatedly"]
)  # fmt: skip
_LOOKS_BACK = sign(_LONG_AGO.__contains__)


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
        is_opening=trigger.is_opening,
        quote=(sentence.start, sentence.end),
        manner=manner_of(sentence, trigger),
    )
    record.evidence.append(_evidence(sentence, "kind", trigger.first, trigger.last))
    if trigger.is_opening:
        dates = _of_saying(dates)
    if number <= _SOON:
        record.is_current = _is_current(sentence, trigger)
    when = date_of(trigger, region, dates, sentence.words)
    if when is not None and trigger.is_noun and is_this_year(when, sentence.words):
        when = None  # "in its fourth test this year": how often, not when
    is_blamed = when is not None and _is_blamed(sentence.words, when, trigger)
    if is_blamed:
        # "Condemned last week for the launch": the day of the deed is told elsewhere.
        when, record.is_noun = None, record.is_noun or sentence.words[trigger.head] in _NAMED
    if when is not None:
        record.span = when.span
        if when.is_future:
            record.span = of_last_year(when, trigger, sentence.words)
            if record.span is None:
                return None
        inner = _joined_on(between(sentence.words, when, trigger))
        if trigger.kind in _TALK and not trigger.is_opening and opens_clause(inner):
            record.span = None  # the day of what the talk was about
        record.is_lent = is_lent(when, trigger, sentence.words)
        record.is_soft = record.is_lent or _is_soft(when, trigger)
        record.is_aside = when.is_before_clause
        record.evidence.append(_evidence(sentence, "date", when.first, when.last))
        if when.span is not None and when.span.conflict:
            record.remarks.append(when.span.conflict)
    _add_people(record, sentence, trigger, memory)
    _add_counts(record, sentence, trigger, region)
    time = find_time(sentence, near=trigger.head)
    if time is not None and region[0] <= time[1] < region[1]:
        record.time_local = time[0]
        record.evidence.append(_evidence(sentence, "time_local", time[1], time[2]))
    is_earlier = when is None and region[0] > 0 and is_pluperfect(sentence.words, trigger)
    looks_back = sentence.signs & _LOOKS_BACK or " the past " in sentence.plain
    record.is_background = is_earlier or is_blamed or bool(looks_back)
    if record.span is None:
        record.is_noun |= tells_which(sentence.words, trigger)
        record.is_version = is_version(sentence, record.claimed_by)
    return record


def _is_blamed(words: list[str], when: DateFound, trigger: Trigger) -> bool:
    """Return whether somebody was only blamed for a deed, or thanked, on the day of a sentence."""
    if not is_of_blame(words, when, trigger):
        return False
    named = words[trigger.head]
    return trigger.is_noun or named in _NAMED or named.endswith("ing")


def _evidence(sentence: Sentence, name: str, first: int, last: int) -> Evidence:
    last = min(max(first, last), len(sentence.words) - 1)
    return Evidence(name, *sentence.span(first, last))


_NOW = frozenset({"has", "have", "is", "are"})
_SOON = 3


def _is_current(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether the talk that a report opens with is new: "has canceled", "says".

    So is all that a wire report opens with.
    """
    words = sentence.words
    is_wire = dateline_end(sentence) > sentence.start
    if trigger.is_opening and (is_wire or is_present(words[trigger.head])):
        return True
    is_talk = trigger.is_opening or (trigger.kind is Kind.DIPLOMACY and not trigger.is_noun)
    return is_talk and not _NOW.isdisjoint(words[max(0, trigger.head - 2) : trigger.head])


def _of_saying(dates: list[DateFound]) -> list[DateFound]:
    """Return the days on which something was said, not those that it was said of."""
    days = [d for d in dates if d.span is not None and d.span.precision is DatePrecision.DAY]
    return [d for d in days if d.is_saying] or [d for d in days if not d.is_future]


def _joined_on(words: list[str]) -> list[str]:
    """Return the words of the last clause: "on Monday, after a shot, and then they met"."""
    ends = [n for n, pair in enumerate(pairwise(words)) if pair == (",", "and")]
    return words[ends[-1] + 2 :] if ends else words


def _is_soft(when: DateFound, trigger: Trigger) -> bool:
    """Return whether a date gives way to another: the day of saying, "two months after"."""
    if when.is_before_clause:
        return when.span is not None and when.span.precision is not DatePrecision.DAY
    return when.is_saying and trigger.kind not in _TALK


_SENT_OVER = frozenset({Kind.LEAFLET, Kind.BALLOON})
_NAMED = word_set("told_as_a_noun")
_MOVES_OVER = frozenset({Kind.CROSSING, Kind.NAVAL, Kind.AIRCRAFT, Kind.DIPLOMACY})


def _add_people(record: Record, sentence: Sentence, trigger: Trigger, memory: Memory) -> None:
    parties = find_parties(sentence)
    record.crosses = goes_across(sentence, trigger)
    if trigger.rank == 0:
        return  # an echo: "another was found"
    actor, target = roles_of(sentence, trigger, parties, memory)
    if actor is not None and trigger.kind in _SENT_OVER and "defectors" in actor.label:
        actor = replace(actor, side="south")  # who once fled the North, and lives in the South
    if actor is not None:
        if actor.is_implied:
            record.hint = actor
        else:
            record.actor, record.actor_side = actor.label, actor.side
            record.evidence.append(Evidence("actor", *actor.at))
        if not trigger.is_noun:
            memory.did(actor, trigger.kind)
    if target is not None:
        record.target, record.target_side = target.label, target.side
        record.evidence.append(Evidence("target", *target.at))
    record.is_return = is_return(sentence, trigger)
    record.direction = told_way(sentence, trigger)
    if record.direction is None and record.crosses and trigger.kind in _MOVES_OVER:
        record.direction = way_of(record.actor_side, is_return=record.is_return)
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
    own = _OWN_THINGS.get(record.kind)
    if own and not record.is_noun and own.isdisjoint(record.quantities):
        one = one_of(sentence, own, region)
        if one is not None:
            record.quantities[one[0]] = 1
            record.evidence.append(_evidence(sentence, f"quantities.{one[0]}", one[2], one[3]))


_MOVERS = frozenset({"soldiers", "people", "boats", "infiltrators", "crew"})
# What a kind is of: one of it is worth counting.
_OWN_THINGS = {
    Kind.MISSILE: frozenset({"missiles", "rockets", "projectiles"}),
    Kind.DRONE: frozenset({"drones"}),
    Kind.AIRCRAFT: frozenset({"aircraft"}),
    Kind.NAVAL: frozenset({"boats"}),
    Kind.ABDUCTION: _MOVERS,
    Kind.CROSSING: _MOVERS,
    Kind.DEFECTION: _MOVERS,
    Kind.INFILTRATION: _MOVERS,
}


def day_of(record: Record) -> date | None:
    """Return the day of a record that is known to the day, or None."""
    if record.span is None or record.span.start != record.span.end:
        return None
    return record.span.start
