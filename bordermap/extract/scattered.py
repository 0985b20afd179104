"""Shots told by their number alone: "90 came from A, another 90 from B"; "10여 발을 쐈다"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bordermap.extract.doubt import is_asserted
from bordermap.extract.events import Trigger
from bordermap.extract.mention import Usage
from bordermap.extract.numbers import number_of
from bordermap.extract.records import Evidence, Record
from bordermap.extract.where import site_of
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.naming import Places
    from bordermap.extract.tokens import Sentence

__all__ = ["bare_shots", "from_elsewhere"]

_SHOT = frozenset({Kind.ARTILLERY, Kind.GUNFIRE, Kind.MISSILE})
_COUNTED = _SHOT | {Kind.BALLOON, Kind.LEAFLET, Kind.DRONE}
_FROM = frozenset({"from", "at", "near", "off", "in", "over"})
# Between a count and "from": "another 90 were fired from".
_WENT = frozenset(
    ["more", "others", "were", "was", "fired", "launched", "shot", "sent", "came", "rose", "left",
     "flew", "followed", "released", "seen", "went", "landed", "fell", "found", "off", "up"]
)  # fmt: skip
_ABOUT = frozenset(["some", "about", "around", "nearly", "roughly", "a", "further", "over"])
_BEFORE = frozenset(["and", ",", ";", "another", "while", "but", "then", "with"])


def from_elsewhere(record: Record, sentence: Sentence, places: Places, end: int) -> list[Record]:
    """Return copies of a record for the other places that a sentence counts shots from.

    Parameters
    ----------
    record
        Of the shots told first, with its place.
    sentence, places
        Where it is told, and the places named there.
    end
        The first token that is of another deed.
    """
    own = record.site
    if record.is_noun or record.kind not in _COUNTED or own is None or not record.quantities:
        return []
    words = sentence.words
    key = next(iter(record.quantities))
    found: list[Record] = []
    for mention, resolution in zip(places.mentions, places.resolutions, strict=True):
        if mention.usage is not Usage.PLACE or mention.place_id is None:
            continue
        first = sentence.token_from(mention.start)
        if mention.place_id == own.mention.place_id or not record.head < first < end:
            continue
        number = _count_before(words, first)
        if number is None:
            continue
        site = site_of(mention, sentence, resolution, places.mentions)
        kept = [e for e in record.evidence if e.field != "place"]
        kept.append(Evidence("place", mention.start, mention.end))
        found.append(
            replace(record, site=site, quantities={**record.quantities, key: number}, evidence=kept)
        )
    return found


def _count_before(words: Sequence[str], first: int) -> int | None:
    """Return the number in "another 90 were fired from" before a place's name, or None."""
    token = first - 1
    if words[token] == "of":  # "from the bay of"
        token -= 2
    token -= words[token] in {"the", "a"}
    if token < 3 or words[token] not in _FROM:
        return None
    token -= 1
    while token > 1 and words[token] in _WENT:
        token -= 1
    number = number_of(words[token])
    if number is None:
        return None
    token -= 1
    is_more = words[token] == "another"
    while token > 0 and words[token] in _ABOUT:
        token -= 1
    return int(number) if is_more or words[token] in _BEFORE else None


_KOREAN_SHOTS = re.compile(
    r" (?:\d[\d,]*여?|수십|수백|여러|한|두|세|네) ?발(?:을|이|의|씩)? (?:[^ ;]+ ){0,3}?"
    r"(?P<h>(?:발사|쐈|쏘아|쏜|쐈)[^ ]*) "
)
_KOREAN_ARMS = re.compile(
    "미사일|발사체|로켓|위성|방사포|해안포|포탄|포격|자주포|박격포|총|사격|함포|기관포|곡사포"
)


def bare_shots(
    sentence: Sentence, told: Sequence[Trigger], drafts: Sequence[Record]
) -> list[Trigger]:
    """Return triggers for the shots that a Korean sentence only counts: "10여 발을 발사했고".

    What was shot is what the text told of last; nothing where the words name it.
    """
    plain = sentence.plain
    if " 발" not in plain and "발을 " not in plain:
        return []
    kind = next((d.kind for d in reversed(drafts) if d.kind in _SHOT), None)
    if kind is None or _KOREAN_ARMS.search(plain):
        return []
    found: list[Trigger] = []
    for match in _KOREAN_SHOTS.finditer(plain):
        first, head = sentence.token_at(match.start() + 1), sentence.token_at(match.start("h"))
        if any(t.first <= head <= t.last for t in told):
            continue
        if is_asserted(sentence, head, first, head, False):
            found.append(Trigger(kind, 1, first, head, head, False))
    return found
