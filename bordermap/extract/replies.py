"""Fire by those who were fired at: "80 rounds at two posts, which returned the fire"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bordermap.extract.parties import COUNTRY
from bordermap.extract.records import Evidence
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.records import Record
    from bordermap.extract.tokens import Sentence

__all__ = ["turn_replies"]

_SHOTS = frozenset({Kind.GUNFIRE, Kind.ARTILLERY, Kind.NAVAL})
_WHO = frozenset({"which", "who"})
_AGAINST = {"north": "south", "south": "north"}
_REACH = 5


def turn_replies(sentence: Sentence, records: list[Record]) -> None:
    """Give what those fired at did in return to their side, where it was taken for the other's."""
    for fire, reply in pairwise(records):
        if not (fire.kind in _SHOTS and reply.kind in _SHOTS and fire.head < reply.head):
            continue
        side = _AGAINST.get(fire.actor_side or "")
        start = max(fire.head + 1, reply.head - _REACH)
        who = next((t for t in range(start, reply.head) if sentence.words[t] in _WHO), None)
        if side is None or who is None:
            continue
        if reply.actor_side == fire.actor_side or reply.actor_side is None:
            reply.actor, reply.actor_side = COUNTRY[side], side
            reply.evidence = [e for e in reply.evidence if e.field != "actor"]
            reply.evidence.append(Evidence("actor", *sentence.span(who, reply.head)))
