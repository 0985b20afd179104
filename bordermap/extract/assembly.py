"""A whole text: its mentions and its records, put together."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from bordermap.extract.anaphora import PlaceMemory
from bordermap.extract.dates import DateFound, Span, find_dates
from bordermap.extract.echoes import continuation, echo, told_of_pronouns
from bordermap.extract.events import Trigger, is_present, triggers
from bordermap.extract.joining import joined
from bordermap.extract.lexicon import lexicon_of
from bordermap.extract.mention import Mention, Usage
from bordermap.extract.patterns import Patterns, packaged_patterns
from bordermap.extract.records import Evidence, Record, draft
from bordermap.extract.roles import Memory, find_parties
from bordermap.extract.scan import Found, scan
from bordermap.extract.settling import settle
from bordermap.extract.standing import (
    is_bound_for,
    is_home,
    is_locator,
    is_origin,
    is_southern_korean,
    is_spoken_at,
    side_told,
)
from bordermap.extract.tokens import Sentence, sentences
from bordermap.extract.usage import dateline_end, usage_of
from bordermap.extract.where import Site, resolve_mentions, site_of
from bordermap.extract.wordlists import word_set
from bordermap.table import DatePrecision, Kind, Precision

if TYPE_CHECKING:
    from bordermap.gazetteer import Gazetteer, Resolution

__all__ = ["Reading", "read_mentions", "read_text"]


@dataclass(slots=True)
class Reading:
    """What was read in a text.

    Attributes
    ----------
    mentions
        Every name of a place, with its usage, in order.
    records
        The incidents, in the order of the text.
    best_site
        The place that a text about one incident is likeliest about, or None.
    """

    text: str
    published: date | None
    mentions: list[Mention]
    records: list[Record]
    best_site: Site | None = None


@dataclass(slots=True)
class _Places:
    """The mentions of one sentence and what they were resolved to."""

    mentions: list[Mention] = field(default_factory=list)
    resolutions: list[Resolution | None] = field(default_factory=list)


_CAPITALS = frozenset({"capital", "country", "line", "area", "sea"})


def _follow(
    drafts: list[Record],
    sentence: Sentence,
    number: int,
    told: list[Trigger],
    places: _Places,
) -> None:
    """Place an incident by the sentence after it: "Dust rose over the road near Kaesong."."""
    if not drafts or any(not t.is_noun for t in told):
        return
    last = drafts[-1]
    gap = number - last.sentence
    known = last.site is not None and (
        not last.site.is_area
        or gap > 1
        or (last.site.precision is Precision.WATER and last.kind not in _FIRED)
    )
    if (
        known
        or last.span is None
        or not 1 <= gap <= 2
        or last.kind in {Kind.STATEMENT, Kind.DIPLOMACY}
    ):
        return
    for mention, resolution in zip(places.mentions, places.resolutions, strict=True):
        if mention.usage is not Usage.PLACE or mention.place_id is None:
            continue
        if mention.feature_class in _CAPITALS or mention.precision is Precision.PROVINCE:
            continue
        first = sentence.token_from(mention.start)
        if sentence.words[max(0, first - 1)] in _LEAVES or first <= 1:
            last.site = site_of(mention, sentence, resolution, places.mentions)
            last.site_rank = 0.0
            last.evidence.append(Evidence("place", mention.start, mention.end))
            return


_CONTAINERS = frozenset({"province", "country", "county", "city", "capital", "settlement"})
_BETWEEN = word_set("between")


def read_mentions(text: str, gazetteer: Gazetteer) -> list[Mention]:
    """Return the names of places in a text, resolved among each other."""
    parts = sentences(text)
    found = _mentions(parts, gazetteer, packaged_patterns())
    return [m for places in found for m in places.mentions]


def read_text(
    text: str, *, published: date | None, gazetteer: Gazetteer, is_about_one: bool = False
) -> Reading:
    """Return the mentions and the records of a text.

    Parameters
    ----------
    text
        Plain text.
    published
        The day from which "Thursday" and "last month" count, or None.
    gazetteer
        Where to look names up.
    is_about_one
        Whether the text is known to tell of an incident (a row of a table of
        incidents): what else would be too little to go by is then kept.
    """
    patterns = packaged_patterns()
    parts = sentences(text)
    places = _mentions(parts, gazetteer, patterns)
    drafts: list[Record] = []
    anchor: date | None = None
    memory, before = Memory(), PlaceMemory()
    for number, sentence in enumerate(parts):
        dates = find_dates(sentence, published=published, anchor=anchor)
        dates = [d for d in dates if sentence.spans[d.first][0] >= dateline_end(sentence)]
        told = triggers(sentence, patterns)
        goes_on = False
        if drafts and all(t.is_noun for t in told):
            told, goes_on = _more(sentence, told, drafts, patterns, has_date=bool(dates))
        for trigger in told:
            # "Boats cross the line now and then": a habit, unless a day is named.
            undated = not any(d.span for d in dates)
            trigger.is_noun |= undated and is_present(sentence.words[trigger.head])
        _follow(drafts, sentence, number, told, places[number])
        before.begin(sentence, places[number].mentions, places[number].resolutions)
        new = _drafts(sentence, number, told, dates, places[number], memory, before)
        for record in new:
            record.anchor, record.goes_on = anchor, goes_on
        drafts += new
        memory.note(sentence, find_parties(sentence))
        before.note(sentence, places[number].mentions, places[number].resolutions)
        anchor = _next_anchor(anchor, dates)
    records = joined(drafts, parts, keep_weak=is_about_one)
    settle(records)
    mentions = [m for p in places for m in p.mentions]
    return Reading(text, published, mentions, records, _best_site(parts, places))


def _more(
    sentence: Sentence,
    told: list[Trigger],
    drafts: list[Record],
    patterns: Patterns,
    *,
    has_date: bool,
) -> tuple[list[Trigger], bool]:
    """Return what a sentence adds to what was told before, and whether it is the same incident."""
    strong = [d for d in drafts[-_LOOK_BACK:] if not d.is_noun]
    if has_date and not told:
        kinds = [d.kind for d in strong or drafts[-1:]]
        others = echo(sentence, kinds) or told_of_pronouns(sentence, patterns, kinds)
        if others:
            return others, False
    last = (strong or drafts)[-1]
    if last.paragraph >= sentence.paragraph - 1:
        same = continuation(sentence, last.kind)
        if same:
            return same, True
    return told, False


# So many records back a text is taken to speak of the same things still.
_LOOK_BACK = 6


def _best_site(parts: list[Sentence], places: list[_Places]) -> Site | None:
    """Return the most exact place of a text, the first among equals; capitals last."""
    best: tuple[float, Site] | None = None
    for sentence, found in zip(parts, places, strict=True):
        for mention, resolution in zip(found.mentions, found.resolutions, strict=True):
            if mention.usage is not Usage.PLACE or mention.place_id is None:
                continue
            if mention.feature_class == "country":
                continue
            site = site_of(mention, sentence, resolution, found.mentions)
            score = _EXACTNESS.get(site.precision, 0.0) if site.precision else 0.0
            score -= 2.5 if mention.feature_class == "capital" else 0.0
            if best is None or score > best[0]:
                best = score, site
    return best[1] if best else None


def _next_anchor(anchor: date | None, dates: list[DateFound]) -> date | None:
    for found in dates:
        span = found.span
        if span is not None and span.precision is DatePrecision.DAY and not found.is_before_clause:
            anchor = span.start
    return anchor


def _mentions(parts: list[Sentence], gazetteer: Gazetteer, patterns: Patterns) -> list[_Places]:
    lexicon = lexicon_of(gazetteer)
    flat: list[Mention] = []
    countries: list[str | None] = []
    sides: list[str | None] = []
    is_southern = is_southern_korean(parts)
    by_sentence: list[tuple[int, int]] = []
    for sentence in parts:
        begin = len(flat)
        found = scan(sentence, lexicon, patterns)
        kept: list[tuple[Found, Mention]] = []
        for hit in found:
            usage = usage_of(hit, sentence)
            if usage is not None:
                text = sentence.text[hit.start : hit.end]
                kept.append((hit, Mention(hit.start, hit.end, text, usage, hit.lookup)))
        _nest(kept, sentence)
        flat += [m for _, m in kept]
        countries += [_country(sentence, hit) for hit, _ in kept]
        sides += [side_told(sentence, hit.first, is_southern=is_southern) for hit, _ in kept]
        by_sentence.append((begin, len(flat)))
    resolutions = resolve_mentions(flat, gazetteer, countries=countries, sides=sides)
    return [_Places(flat[a:b], resolutions[a:b]) for a, b in by_sentence]


def _nest(kept: list[tuple[Found, Mention]], sentence: Sentence) -> None:
    """Put each mention into the larger one that follows it ("Kusong, North Pyongan province")."""
    for (here, mention), (after, larger) in itertools.pairwise(kept):
        between = sentence.words[here.last + 1 : after.first]
        if mention.usage is not Usage.PLACE or not 1 <= len(between) <= 6:
            continue
        if not set(between) <= _BETWEEN or after.lookup or not {",", "in"} & set(between):
            continue
        big = after.name
        generic = sentence.words[after.last] in {"province", "county", "city", "region"}
        if generic or (big is not None and big.feature_class in _CONTAINERS):
            if big is not None and big.feature_class == "capital" and "area" in between[:1]:
                larger.usage = Usage.PLACE
            mention.within = (larger.text,)


def _country(sentence: Sentence, hit: Found) -> str | None:
    """Return the country that the words just before a name put it in."""
    words = sentence.words
    for token in range(hit.first - 1, max(-1, hit.first - 7), -1):
        if words[token] in {"'s", "korean"} and token:
            side = words[token - 2 if words[token - 1] == "korea" else token - 1]
            if side in _COUNTRIES and (words[token] == "korean" or words[token - 1] != "south"
                                       or words[token - 2] == "the"):  # fmt: skip
                return _COUNTRIES[side]
    words = sentence.words[max(0, hit.first - 24) : hit.first]
    fired = {"fired", "launched", "launch", "launches", "test", "tested"} & set(words)
    named = {"north", "dprk", "pyongyang"} & set(words)
    return "KP" if fired and named and "from" in words[-4:] else None


_COUNTRIES = {"north": "KP", "south": "KR"}


def _drafts(
    sentence: Sentence,
    number: int,
    told: list[Trigger],
    dates: list[DateFound],
    places: _Places,
    memory: Memory,
    before: PlaceMemory,
) -> list[Record]:
    found: list[Record] = []
    for index, trigger in enumerate(told):
        begin = told[index - 1].last + 1 if index else 0
        end = told[index + 1].first if index + 1 < len(told) else len(sentence.words)
        begin, end = min(begin, trigger.first), max(end, trigger.last + 1)
        if trigger.is_noun and not dates and not places.mentions:
            continue  # it could add nothing
        record = draft(sentence, number, trigger, (begin, end), dates, memory)
        if record is None:
            continue
        _place(record, sentence, trigger, (begin, end), places, before)
        found += [record, *_again(record, sentence, told, dates)]
    return found


_SOURCES = word_set("sources")
_ACCORDS = word_set("accords")
_SPANS_OF_DAYS = frozenset(
    ["day", "days", "week", "weeks", "month", "months", "year", "years", "since"]
)


def _is_of_others(record: Record, words: list[str], first: int) -> bool:
    """Return whether a place is where someone spoke or agreed: "an official in Pyongyang"."""
    before = words[max(0, first - 3) : first]
    if before[-1:] == ["and"]:
        before = words[max(0, first - 5) : first - 2]  # "observers near A and B"
    if not before or before[-1] not in {"in", "at", "of", "near", "on"}:
        return False
    if before[-1] != "of" and _SOURCES & set(before[-2:-1]):
        return True
    return record.kind is not Kind.DIPLOMACY and bool(_ACCORDS & set(before))


def _is_days_apart(words: list[str], trigger: Trigger, first: int, last: int) -> bool:
    """Return whether a place and a deed stand on two sides of "two days after"."""
    between = words[last + 1 : trigger.head] or words[trigger.head : first]
    return any(
        word in {"after", "before"} and unit in _SPANS_OF_DAYS for unit, word in pairwise(between)
    )


_SAYS = frozenset({"said", "says", "reported", "announced", "told"})


def _is_elsewhere(mention: Mention, words: list[str], first: int) -> bool:
    """Return whether a country is no place of an incident at the line: a third, or flown over."""
    return mention.country not in {"KP", "KR"} or "over" in words[max(0, first - 2) : first]


_LISTS = frozenset(
    ["and", "again", "on", ",", "then", "in", "the", "first", "second", "third", "fourth", "fifth",
     "sixth", "also", "once", "more", "twice"]
)  # fmt: skip


def _again(
    record: Record, sentence: Sentence, told: Sequence[Trigger], dates: list[DateFound]
) -> list[Record]:
    """Return copies of a record for the other days of a list: "on June 9 and again on June 18"."""
    usable = [d for d in dates if d.span and not (d.is_saying or d.is_future or d.is_attribute)]
    group = _listed(usable, record.span, sentence.words)
    if len(group) < 2:
        return []
    later = [t for t in told if t.head > record.head and not t.is_noun]
    if later and group[-1].last > later[0].head:
        return []
    return [
        replace(record, span=d.span, evidence=list(record.evidence))
        for d in group
        if d.span != record.span
    ]


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
            and group[-1].span.precision is found.span.precision
        )
        if alike and set(link[:-1]) <= _LISTS and link:
            group.append(found)
            continue
        if _is_list(group, span, words):
            return group
        group = [found]
    return group if _is_list(group, span, words) else []


def _is_list(group: list[DateFound], span: Span | None, words: list[str]) -> bool:
    if len(group) < 2 or all(d.span != span for d in group):
        return False
    if {"between", "from"} & set(words[max(0, group[0].first - 1) : group[0].first + 1]):
        return False
    return "and" in words[group[0].last + 1 : group[-1].last]


# A place among the first words is of the whole sentence.
_OPENING = 5

# How exact a place is, for the choice among several.
_EXACTNESS = {
    Precision.EXACT: 4.0, Precision.NEAR: 4.0, Precision.PLACE: 4.0, Precision.DISTRICT: 3.5,
    Precision.PROVINCE: 2.4, Precision.AREA: 2.6, Precision.WATER: 2.0, Precision.COUNTRY: 0.8,
}  # fmt: skip
# What "there" stands for is less sure than a name.
_LEAST_RANK = 1.0
_LEAVES = frozenset(
    [
        "from",
        "at",
        "in",
        "near",
        "off",
        "on",
        "around",
        "outside",
        "inside",
        "within",
        "of",
        "over",
        "above",
    ]
)
_GOES = frozenset(["to", "toward", "towards", "into", "onto", "for"])
_FIRED = frozenset({Kind.MISSILE, Kind.ARTILLERY})
_SHIPS = frozenset({Kind.NAVAL})


def _place(
    record: Record,
    sentence: Sentence,
    trigger: Trigger,
    region: tuple[int, int],
    places: _Places,
    before: PlaceMemory,
) -> None:
    """Give a record the best place of its sentence, or the one that "there" stands for."""
    # A larger place steps in where the one inside it is not known.
    inner = {name for m in places.mentions if m.place_id is not None for name in m.within}
    best: tuple[float, Site] | None = None
    for mention, resolution in zip(places.mentions, places.resolutions, strict=True):
        if mention.usage is not Usage.PLACE or mention.text in inner:
            continue
        site = site_of(mention, sentence, resolution, places.mentions)
        score = _fit(record, sentence, trigger, region, mention, site)
        if best is None or score > best[0]:
            best = score, site
    if record.kind is Kind.STATEMENT:
        return  # words have no place
    if best is None or best[0] <= 0 or best[1].mention.place_id is None:
        meant = before.meant(sentence, trigger)
        best = (_LEAST_RANK, meant) if meant is not None else best
    if best is not None and best[0] > 0:
        record.site_rank, record.site = best
        before.use(best[1])
        mention = best[1].mention
        record.evidence.append(Evidence("place", mention.start, mention.end))


def _fit(
    record: Record,
    sentence: Sentence,
    trigger: Trigger,
    region: tuple[int, int],
    mention: Mention,
    site: Site,
) -> float:
    """Return how well a mention fits as the place of a trigger's incident."""
    words = sentence.words
    first, last = sentence.token_from(mention.start), sentence.token_from(mention.end) - 1
    if _SAYS & set(words[last + 1 : last + 3]) and not region[0] < last + 1 == trigger.head:
        return -1.0  # "state television in Pyongyang said"
    if mention.feature_class == "country" and _is_elsewhere(mention, words, first):
        return -1.0
    if _is_of_others(record, words, first) or _is_days_apart(words, trigger, first, last):
        return -1.0
    if is_spoken_at(words, last, trigger) or is_home(sentence, first) or is_bound_for(words, first):
        return -1.0
    score = _EXACTNESS.get(site.precision, 2.0) if site.precision else 0.3
    before = [w for w in words[max(0, first - 4) : first] if w not in {"the", "a", "an", "its"}]
    preposition = next((w for w in reversed(before) if w in _LEAVES | _GOES), "")
    if record.kind in _FIRED and not site.is_area:
        score += 1.0 if preposition in {"from", "in", "at", "near", "off"} else 0.0
        if preposition in _GOES:
            score -= 1.5 if record.kind is Kind.MISSILE else 0.4
    elif preposition in _LEAVES:
        score += 0.6
    elif preposition in _GOES and not site.is_area:
        score -= 0.8
    if record.kind in {Kind.CROSSING} and mention.place_id in {"mdl", "dmz"}:
        score += 0.3
    if region[0] <= first < region[1]:
        score += 1.2
    elif first > _OPENING:
        score -= 1.2  # it is of another deed in the sentence
    # "A jet from Chengdu", "boats from Wonsan".
    is_foreign = mention.country not in {"KP", "KR", None} and preposition == "from"
    if (
        is_foreign
        or (is_origin(words, first) and record.kind not in _FIRED)
        or is_locator(words, first)
    ):
        score -= 2.0
    gap = first - trigger.last if first > trigger.last else trigger.first - last
    return score - 0.06 * max(0, gap)
