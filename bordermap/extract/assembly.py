"""A whole text: its mentions and its records, put together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bordermap.extract.anaphora import PlaceMemory
from bordermap.extract.attribution import attribute
from bordermap.extract.echoes import continuation, dated, dated_item, echo, more_of
from bordermap.extract.elliptical import counted, elided
from bordermap.extract.events import Trigger, triggers
from bordermap.extract.following import follow
from bordermap.extract.inkind import answer_in_kind, escape_in_kind, launch_in_kind
from bordermap.extract.joining import joined
from bordermap.extract.leads import date_lead, date_opening, is_recent
from bordermap.extract.listed import listed_again
from bordermap.extract.members import members_of
from bordermap.extract.mention import Mention, Usage
from bordermap.extract.movers import add_movers
from bordermap.extract.naming import Places, find_mentions
from bordermap.extract.opening import opening
from bordermap.extract.parties import find_parties
from bordermap.extract.patterns import Patterns, packaged_patterns
from bordermap.extract.placing import EXACTNESS, place
from bordermap.extract.records import Record, day_of, draft
from bordermap.extract.replies import turn_replies
from bordermap.extract.roles import Memory
from bordermap.extract.scattered import bare_shots, from_elsewhere
from bordermap.extract.scenes import Course
from bordermap.extract.settling import settle
from bordermap.extract.spoken import Spoken
from bordermap.extract.tokens import Sentence, sentences
from bordermap.extract.verbs import is_general, is_way_home
from bordermap.extract.where import Site, site_of
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.dates import DateFound
    from bordermap.gazetteer import Gazetteer

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
        The place that a text is likeliest about, where it is known to be about one incident.
    """

    text: str
    published: date | None
    mentions: list[Mention]
    records: list[Record]
    best_site: Site | None = None


def read_mentions(text: str, gazetteer: Gazetteer) -> list[Mention]:
    """Return the names of places in a text, resolved among each other."""
    parts = sentences(text)
    found = find_mentions(parts, gazetteer, packaged_patterns())
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
    places = find_mentions(parts, gazetteer, patterns)
    drafts: list[Record] = []
    spoken = Spoken(published)
    memory, before, course = Memory(), PlaceMemory(), Course()
    is_lead = True
    for number, sentence in enumerate(parts):
        dates = spoken.dates_of(sentence, drafts)
        course.note(sentence, places[number], dates)
        told = triggers(sentence, patterns, is_first=not drafts)
        if is_lead:
            told = opening(sentence, told)
            is_lead = (number < _HEAD and not _has_stop(sentence)) or not (number or told)
        add_movers(sentence, told, drafts, has_date=any(d.span for d in dates))
        goes_on = False
        if drafts and all(t.is_noun or t.kind is Kind.STATEMENT for t in told):
            told, goes_on = _more(sentence, number, told, drafts, patterns, has_date=bool(dates))
        told = elided(sentence, number, told, drafts[-_LOOK_BACK:], patterns)
        if drafts and not sentence.plain.isascii():
            told = sorted([*told, *bare_shots(sentence, told, drafts)], key=lambda t: t.head)
        answer_in_kind(sentence, told, drafts)
        launch_in_kind(sentence, told, drafts)
        escape_in_kind(sentence, told, drafts)
        for trigger in told:
            # "Boats cross the line now and then": a habit, unless it is the news or has a day.
            is_prose = number >= _SOON or sentence.words[-1] == "."
            undated = is_prose and not any(d.span for d in dates)
            is_habit = undated and is_general(sentence.words, trigger.head)
            trigger.is_noun |= is_habit and not trigger.is_another
            if trigger.kind is Kind.CROSSING and undated:
                trigger.is_noun |= is_way_home(sentence.words, trigger.head)
        follow(drafts, sentence, number, told, places[number], dates)
        before.begin(sentence, places[number].mentions, places[number].resolutions)
        new = _drafts(sentence, number, told, dates, places[number], memory, before)
        new = [r for r in new if not _is_of_war(r, published)]
        for record in new:
            record.anchor, record.goes_on = spoken.anchor, goes_on
            record.told = spoken.told and spoken.told.then(sentence, number)
            record.is_headline = _is_headline(sentence, number, of=len(parts))
            record.is_old = _is_old(record, published)
        drafts += new
        memory.note(sentence, find_parties(sentence))
        before.note(sentence, places[number].mentions, places[number].resolutions)
        spoken.note(sentence, number, dates)
        date_lead(drafts, sentence, number, dates, published)
    date_opening(drafts, published)
    records = joined(drafts, keep_weak=is_about_one)
    settle(records, course, published=published, dateline=before.dateline)
    attribute(records, memory)
    mentions = [m for p in places for m in p.mentions]
    best_site = _best_site(parts, places) if is_about_one else None
    return Reading(text, published, mentions, records, best_site)


# In the war that the armistice of July 27, 1953 ended, there was no line to cross.
_LAST_MONTH_OF_WAR = date(1953, 7, 1)


def _is_of_war(record: Record, published: date | None) -> bool:
    """Return whether a later report only looks back at the war, or at what was before it."""
    is_later = published is None or published >= _LAST_MONTH_OF_WAR
    return is_later and record.span is not None and record.span.end < _LAST_MONTH_OF_WAR


def _is_old(record: Record, published: date | None) -> bool:
    """Return whether the day that a record is known by is long before its report."""
    day = day_of(record)
    return day is not None and published is not None and not is_recent(day, published)


_STOPS = (".", "!", "?", '"', "”", "\u3002", ";", ":", ")")


def _is_headline(sentence: Sentence, number: int, *, of: int) -> bool:
    """Return whether a sentence is the line above a report: a line without a stop, text below."""
    if number >= _SOON or number + 1 >= of:
        return False
    return not _has_stop(sentence)


def _has_stop(sentence: Sentence) -> bool:
    return sentence.text[sentence.start : sentence.end].rstrip().endswith(_STOPS)


# So many lines may stand above a report: its headline, its day, its writer.
_HEAD = 4
# So early stands the news, in sentences.
_SOON = 2


def _more(
    sentence: Sentence,
    number: int,
    told: list[Trigger],
    drafts: list[Record],
    patterns: Patterns,
    *,
    has_date: bool,
) -> tuple[list[Trigger], bool]:
    """Return what a sentence adds to what was told before, and whether it is the same incident."""
    strong = [d for d in drafts[-_LOOK_BACK:] if not d.is_noun]
    said = [t for t in told if not t.is_noun]
    more = more_of(sentence, [d.kind for d in strong])
    if not (more or said):
        more = counted(sentence, number, strong, has_date=has_date)
    if more:
        return sorted([*more, *said], key=lambda t: t.head), False
    if said and not has_date:
        return told, False
    if has_date and len(said) == len(told):
        deeds = [d for d in (*drafts[-_LOOK_BACK:], *strong) if d.kind not in _TALK]
        kinds = [d.kind for d in deeds or strong or drafts[-1:]]
        others = dated_item(sentence, patterns, kinds) or echo(sentence, kinds)
        if others:
            return sorted([*others, *said], key=lambda t: t.head), False
    others = [] if said or not has_date else dated(sentence, [d.kind for d in strong])
    if others and all(t.head != others[0].head for t in told):
        return others, False
    if said:
        return told, False
    last = next((d for d in reversed(strong) if d.kind not in _TALK), (strong or drafts)[-1])
    if last.paragraph >= sentence.paragraph - 1:
        same = continuation(sentence, last.kind)
        if same:
            return same, True
    return told, False


_TALK = frozenset({Kind.STATEMENT, Kind.DIPLOMACY})
# So many records back a text is taken to speak of the same things still.
_LOOK_BACK = 6


def _best_site(parts: list[Sentence], places: list[Places]) -> Site | None:
    """Return the most exact place of a text, the first among equals; capitals last."""
    best: tuple[float, Site] | None = None
    for sentence, found in zip(parts, places, strict=True):
        for mention, resolution in zip(found.mentions, found.resolutions, strict=True):
            if mention.usage is not Usage.PLACE or mention.place_id is None:
                continue
            if mention.feature_class == "country":
                continue
            site = site_of(mention, sentence, resolution, found.mentions)
            score = EXACTNESS.get(site.precision, 0.0) if site.precision else 0.0
            score -= 2.5 if mention.feature_class == "capital" else 0.0
            if best is None or score > best[0]:
                best = score, site
    return best[1] if best else None


_LINKS = frozenset({"and", ",", "then"})


def _end_of_clause(sentence: Sentence, told: list[Trigger], index: int) -> int:
    """Return the token after the words of a trigger: those of one joined to it by "and" too.

    "They laid mines and put up fences in the zone": both were there.
    """
    after = index + 1
    if after < len(told):
        between = sentence.words[told[index].last + 1 : told[after].first]
        after += bool(between) and _LINKS.issuperset(between)
    return told[after].first if after < len(told) else len(sentence.words)


def _drafts(
    sentence: Sentence,
    number: int,
    told: list[Trigger],
    dates: list[DateFound],
    places: Places,
    memory: Memory,
    before: PlaceMemory,
) -> list[Record]:
    found: list[Record] = []
    for index, trigger in enumerate(told):
        begin = told[index - 1].last + 1 if index else 0
        end = _end_of_clause(sentence, told, index)
        begin, end = min(begin, trigger.first), max(end, trigger.last + 1)
        if trigger.is_noun and not dates and not places.mentions:
            continue  # it could add nothing
        record = draft(sentence, number, trigger, (begin, end), dates, memory)
        if record is None:
            continue
        place(record, sentence, trigger, (begin, end), places, before)
        again = listed_again(record, sentence, told, dates)
        members = members_of(record, sentence, again, dates, places, end)
        again += members or from_elsewhere(record, sentence, places, end)
        found += [record, *again]
    turn_replies(sentence, found)
    return found
