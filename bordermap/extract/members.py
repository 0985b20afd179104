"""Further members of a list that one verb tells: "two on July 25 and two more on July 31".

"Tunnels came to light near A in November 1974, north of B in March 1975 and beside C in
October 1978": each member is an incident with the place or the day of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from bordermap.extract.mention import Usage
from bordermap.extract.numbers import number_of
from bordermap.extract.records import Evidence, Record
from bordermap.extract.verbs import is_past
from bordermap.extract.where import site_of
from bordermap.table import DatePrecision, Kind

if TYPE_CHECKING:
    from bordermap.extract.dates import DateFound
    from bordermap.extract.mention import Mention
    from bordermap.extract.naming import Places
    from bordermap.extract.tokens import Sentence
    from bordermap.gazetteer import Resolution

__all__ = ["members_of"]

_UNLISTED = frozenset({Kind.STATEMENT, Kind.DIPLOMACY, Kind.DEPLOYMENT, Kind.CONSTRUCTION})
_LINKS = frozenset({",", "and", "then"})
_STANDS = frozenset(
    ["in", "at", "near", "off", "from", "over", "beside", "outside", "north", "south", "east",
     "west", "around", "on"]
)  # fmt: skip
_ABOUT = frozenset({"about", "some", "around", "nearly", "roughly"})
_RANKS = frozenset({"second", "third", "fourth", "fifth", "last"})
_MORE = frozenset({"more", "others", "in", "at", "near", "from", "on", "off", "into", "over"})
_SAME = frozenset({"same", "there"})
_COUNTS = frozenset({"a", "an", "several", "some", "dozens", "hundreds"})
_FEW = 5
_THINGS = {
    "missile": Kind.MISSILE, "missiles": Kind.MISSILE, "rocket": Kind.MISSILE,
    "rockets": Kind.MISSILE, "shells": Kind.ARTILLERY, "balloons": Kind.BALLOON,
    "leaflets": Kind.LEAFLET, "drone": Kind.DRONE, "drones": Kind.DRONE,
}  # fmt: skip
_SHOT = frozenset(_THINGS.values())


def members_of(
    record: Record,
    sentence: Sentence,
    known: Sequence[Record],
    dates: Sequence[DateFound],
    places: Places,
    end: int,
) -> list[Record]:
    """Return copies of a record for the members of a list after the first.

    Parameters
    ----------
    record
        The first member: what the verb was told of.
    sentence, dates, places
        Where it is told, and what is named there.
    known
        The members that were found otherwise.
    end
        The first token that is of another deed.
    """
    if record.kind in _UNLISTED or (record.is_noun and not record.is_echo):
        return []
    words = sentence.words
    times = [d for d in dates if d.span and not (d.is_saying or d.is_future or d.is_attribute)]
    taken = {(r.span, r.site and r.site.mention.place_id) for r in (record, *known)}
    is_sum = record.span is not None and record.span.precision is not DatePrecision.DAY
    found: list[Record] = []
    for first, last in _pieces(words, record.head + 1, end, times):
        if any(map(is_past, words[first:last])):
            continue
        opening = _opening(words, first)
        if opening is None:
            continue
        time = next((d for d in times if first <= d.first < last), None)
        spot = _spot(sentence, places, first, last)
        if not (time or spot) or (opening == "at" and not (time and spot and record.span)):
            continue
        if opening in _THINGS and record.kind not in _SHOT:
            continue
        if opening == "one" and not (time and spot and is_sum):
            continue  # "one on the way to A, the other by the coast" are what was told of
        new = replace(record, evidence=[e for e in record.evidence if e.field == "kind"])
        new.kind = _THINGS.get(opening, new.kind)
        if opening != "at":
            new.manner = new.manner._replace(is_another=True)
        if time is not None:
            new.span, new.is_soft = time.span, False
            new.evidence.append(Evidence("date", *sentence.span(time.first, time.last)))
        if spot is not None:
            mention, resolution = spot
            new.site = site_of(mention, sentence, resolution, places.mentions)
            new.evidence.append(Evidence("place", mention.start, mention.end))
        elif record.kind is not Kind.NUCLEAR and _SAME.isdisjoint(words[first:last]):
            new.site = None
        key = new.span, new.site and new.site.mention.place_id
        if key not in taken:
            new.quantities = {}
            taken.add(key)
            found.append(new)
    return _apart(record, found) if is_sum else found


def _apart(sum_: Record, members: list[Record]) -> list[Record]:
    """Return the members of a sum but the first, which the sum becomes.

    "Two were picked up this spring, one in A on March 24 and one in B on April 6".
    """
    inside = [m for m in members if m.span and sum_.span and sum_.span.overlaps(m.span)]
    if len(inside) < 2 or len(inside) < len(members):
        return members
    first = inside[0]
    sum_.span, sum_.is_soft, sum_.site = first.span, False, first.site
    sum_.evidence += [e for e in first.evidence if e.field != "kind"]
    return inside[1:]


def _spot(
    sentence: Sentence, places: Places, first: int, last: int
) -> tuple[Mention, Resolution | None] | None:
    """Return the place named in a piece: that from which something came before any other."""
    found = [
        (sentence.words[token - 1] != "from", token, mention, resolution)
        for mention, resolution in zip(places.mentions, places.resolutions, strict=True)
        if mention.usage is Usage.PLACE
        and mention.lon is not None
        and first <= (token := _lead(sentence, mention)) < last
    ]
    return min(found, key=lambda f: f[:2])[2:] if found else None


def _lead(sentence: Sentence, mention: Mention) -> int:
    """Return the first token of a name, or of the article before it."""
    token = sentence.token_from(mention.start)
    return token - (token > 0 and sentence.words[token - 1] == "the")


def _pieces(
    words: Sequence[str], begin: int, end: int, dates: Sequence[DateFound]
) -> Iterator[tuple[int, int]]:
    """Yield the pieces between the links of a list, the first one left out."""
    inside = {t for d in dates for t in range(d.first + 1, d.last)}
    cuts: list[int] = []
    for token in range(begin, end):
        if words[token] in {";", ":"}:
            end = token
            break
        if words[token] in _LINKS and token not in inside:
            cuts.append(token)
    for cut, after in pairwise([*cuts, end]):
        if after - cut > 1:
            yield cut + 1, after


def _opening(words: Sequence[str], first: int) -> str | None:
    """Return whether a piece begins as one more ("more") or only stands somewhere ("at").

    Or with the name of what was fired or sent besides: "and a missile from A".
    """
    token = first + (words[first] in _ABOUT)
    word, after, third = (*words[token : token + 3], "", "", "")[:3]
    is_ranked = word in {"a", "the"} and after in _RANKS and third in _STANDS
    if word == "another" or is_ranked:
        return "more"
    if number_of(word) is not None and after in _MORE:
        return "one" if word == "one" else "more"
    if word in _COUNTS or number_of(word) is not None:
        thing = next((w for w in words[token + 1 : token + _FEW] if w in _THINGS), None)
        if thing is not None:
            return thing
    return "at" if word in _STANDS else None
