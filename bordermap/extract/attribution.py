"""Who did it and which way, where only the rest of the text tells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from bordermap.extract.parties import COUNTRY
from bordermap.extract.records import Evidence, Record
from bordermap.extract.sides import way_of
from bordermap.table import Direction, Kind

if TYPE_CHECKING:
    from bordermap.extract.memory import Memory

__all__ = ["attribute"]

# Of all that is told here only the North launches and tests from its own soil, sends men over
# in secret, and lets rubbish fly.
_THE_NORTHS = frozenset(
    {Kind.MISSILE, Kind.NUCLEAR, Kind.INFILTRATION, Kind.BALLOON, Kind.DEFECTION, Kind.MINE}
)
_BLAMED = frozenset(
    {Kind.CYBER_GPS, Kind.EXPLOSION, Kind.NAVAL, Kind.AIRCRAFT, Kind.GUNFIRE, Kind.ABDUCTION}
)
# What is told of again mostly goes on: the same speakers, the same jamming.
_GOES_ON = frozenset(
    {Kind.LOUDSPEAKER, Kind.CYBER_GPS, Kind.LEAFLET, Kind.BALLOON, Kind.DRONE, Kind.CROSSING}
)
_NEVER_SOUTH = frozenset({Kind.NUCLEAR, Kind.INFILTRATION, Kind.DEFECTION})
_GOES_OVER = frozenset({Kind.DRONE, Kind.CROSSING, Kind.GUNFIRE, Kind.ARTILLERY})
_CARRIED = frozenset({Kind.BALLOON, Kind.LEAFLET})
_COMES_OVER = frozenset({Kind.DEFECTION, Kind.DRONE})


def attribute(records: Sequence[Record], memory: Memory) -> None:
    """Name who did it, and tell which way it went, from what the text says elsewhere.

    Nothing is named without words: each actor rests on a naming in the text.

    Parameters
    ----------
    records
        The incidents of a text in its order, placed; filled in place.
    memory
        Who was named in the text.
    """
    for number, record in enumerate(records):
        if record.kind in _NEVER_SOUTH and record.actor_side == "south" and (
            record.direction is not Direction.SOUTH_TO_NORTH
        ):  # fmt: skip
            record.actor = record.actor_side = None
            record.evidence = [e for e in record.evidence if e.field != "actor"]
        hint = record.hint
        if record.actor_side is None and hint is not None and hint.side is not None:
            _give(record, hint.side, hint.label, *hint.at)
        if record.actor_side is None:
            _by_launch_site(record)
        if record.actor_side is None:
            _by_namings(record, memory)
        if record.actor_side is None and record.kind in _GOES_ON:
            _by_kin(record, chain(records[:number][::-1], records[number + 1 :]))
        if record.direction is None:
            _direct(record, records[number - 1] if number else None)


def _direct(record: Record, before: Record | None) -> None:
    """Tell which way it went by who did it, else by the land that it ended on."""
    if record.crosses and (record.actor_side or record.kind is Kind.INFILTRATION):
        if record.kind is Kind.GUNFIRE and before is not None and _is_of_sea_fight(record, before):
            record.crosses = False
            return
        record.direction = way_of(record.actor_side or "north", is_return=record.is_return)
        return
    site = record.site
    land = None if site is None or site.is_area else site.mention.country
    if record.actor_side in {None, "north"} and record.kind in _COMES_OVER and land == "KR":
        record.direction = Direction.NORTH_TO_SOUTH
    elif record.kind is Kind.DRONE and land == "KP" and record.actor_side in {None, "south"}:
        record.direction = Direction.SOUTH_TO_NORTH


_FIRE = frozenset({Kind.GUNFIRE, Kind.ARTILLERY})
_NEAR = 3


def _is_of_sea_fight(record: Record, before: Record) -> bool:
    """Return whether fire goes on with a fight on the water that was just told of."""
    on_water = before.kind is Kind.NAVAL or (before.kind in _FIRE and not before.crosses)
    near = abs(record.sentence - before.sentence) <= _NEAR
    return on_water and near and record.span == before.span


def _by_launch_site(record: Record) -> None:
    """Name the North where a missile rose from its soil and nobody else is named."""
    site = record.site
    if record.kind not in {Kind.MISSILE, Kind.NUCLEAR} or site is None or site.is_area:
        return
    if site.mention.country == "KP":
        _give(record, "north", COUNTRY["north"], site.mention.start, site.mention.end)


def _by_namings(record: Record, memory: Memory) -> None:
    """Name the North, where only it does so, by its nearest naming; else whom the text blames."""
    leaflets = record.kind is Kind.LEAFLET or "leaflets" in record.quantities
    if record.kind in _CARRIED and leaflets:
        group = memory.campaigners
        if group is not None and record.direction is not Direction.NORTH_TO_SOUTH:
            _give(record, "south", group.label, *group.at)
        return
    if _is_the_norths(record):
        nearest = _nearest(record, memory.norths)
    else:
        nearest = _nearest(record, memory.blamed) if record.kind in _BLAMED else None
    if nearest is not None:
        _give(record, "north", COUNTRY["north"], *nearest)


def _is_the_norths(record: Record) -> bool:
    """Return whether only the North does so, or it came from there, or ended there."""
    if record.direction is Direction.SOUTH_TO_NORTH:
        return record.kind is Kind.ABDUCTION
    if record.kind in _THE_NORTHS:
        return True
    site = record.site
    in_south = site is not None and not site.is_area and site.mention.country == "KR"
    southward = record.direction is Direction.NORTH_TO_SOUTH
    return (southward and record.kind in _GOES_OVER) or (record.kind is Kind.DRONE and in_south)


def _nearest(record: Record, named: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the last naming up to the end of a record's sentence, else the first after it."""
    # All of a sentence begin before its end, in whatever order they stand among themselves.
    before = bisect_left(named, record.quote[1], key=_start)
    return named[max(0, before - 1)] if named else None


_start = itemgetter(0)


def _by_kin(record: Record, others: Iterable[Record]) -> None:
    """Name who did the same in the text: the last before it, else the first after it."""
    for known in others:
        if known.kind is record.kind and known.actor_side is not None and known.actor:
            words = next((e for e in known.evidence if e.field == "actor"), None)
            if words is not None:
                _give(record, known.actor_side, known.actor, words.start, words.end)
            return


def _give(record: Record, side: str, label: str, start: int, end: int) -> None:
    record.actor, record.actor_side = label, side
    record.evidence.append(Evidence("actor", start, end))
