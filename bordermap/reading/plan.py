"""Which of a file's columns is which of ours, and how we know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bordermap.errors import InputError, at
from bordermap.reading.mapping import SourceMapping, mapping_of, plain, recognised
from bordermap.table import COLUMNS, Stage

if TYPE_CHECKING:
    from bordermap.reading.how import How

__all__ = ["POSITION", "READABLE", "Plan", "Why", "check_plan", "plan_for"]

# What analysts call a column -> what the table calls it.
ALIASES = {
    "date": "date_start", "event_date": "date_start", "day": "date_start", "when": "date_start",
    "start_date": "date_start", "date_of_event": "date_start", "incident_date": "date_start",
    "timestamp": "date_start", "datetime": "date_start", "날짜": "date_start", "일자": "date_start",
    "end_date": "date_end", "time": "time_local", "시간": "time_local",
    "type": "kind", "event_type": "kind", "category": "kind", "종류": "kind", "유형": "kind",
    "name": "title", "headline": "title", "event": "title", "제목": "title",
    "description": "summary", "notes": "summary", "text": "summary", "내용": "summary",
    "location": "place", "where": "place", "toponym": "place", "place_written": "place",
    "장소": "place", "위치": "place",
    "source": "source_title", "출처": "source_title",
    "url": "source_url", "link": "source_url", "source_link": "source_url",
    "latitude": "lat", "y": "lat", "위도": "lat", "lat_dd": "lat",
    "lng": "lon", "long": "lon", "longitude": "lon", "longtitude": "lon", "longitutde": "lon",
    "x": "lon", "경도": "lon", "lon_dd": "lon",
    "coords": "coordinates", "coordinate": "coordinates", "latlon": "coordinates",
    "lat_lon": "coordinates", "lat/lon": "coordinates", "latlng": "coordinates",
    "lat,_lon": "coordinates", "position": "coordinates", "gps": "coordinates",
    "mgrs": "coordinates", "grid": "coordinates", "좌표": "coordinates",
    "uncertainty_m": "radius_m", "accuracy_m": "radius_m",
    "geometry": "wkt", "geom": "wkt", "geom_wkt": "wkt",
}  # fmt: skip

# Names that are taken only where no better one is there: a form's Timestamp is no event's date.
_WEAK = frozenset({"timestamp", "datetime", "time", "name", "text", "x", "y", "position", "day"})

POSITION = ("lat", "lon", "coordinates", "wkt")
SITED = frozenset(c.name for c in COLUMNS.values() if c.stage is Stage.SITED)
READABLE = (*(c for c in COLUMNS if c not in SITED), *POSITION)
"""The columns of ours that a file may bring."""

# Columns that our writers add for other programs, that siting makes anew, and that rejects carry.
_DERIVED = {"start_dt", "end_dt", "reject_file", "reject_row", "reject_column", "reject_value",
            "reject_reason", "reject_remedy"}  # fmt: skip


class Why(StrEnum):
    """How we know what a column is."""

    TOLD = "told by --map"
    SOURCE = "recognised"
    NAME = "its own name"
    USUAL = "a usual name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which column is which.

    Attributes
    ----------
    mapping
        The source that the file was recognised as, or was said to be.
    columns
        Our column -> the file's column.
    why
        Our column -> how we know.
    rest
        The file's other columns -> the name under which they are kept.
    left_out
        The file's columns that are not read: derived ones, made anew.
    """

    mapping: SourceMapping | None
    columns: dict[str, str]
    why: dict[str, Why]
    rest: dict[str, str]
    left_out: tuple[str, ...]


def plan_for(columns: Iterable[str], how: How, name: str) -> Plan:
    """Return what each column of a file is taken for.

    The user's word goes first, then a source's mapping, then a column under
    our own name, then usual names.

    Raises
    ------
    InputError
        The user names a column that is not there.
    """
    names = [str(c) for c in columns]
    mapping = mapping_of(how.source) if how.source else recognised(names)
    by_plain: dict[str, str] = {}
    for column in names:
        by_plain.setdefault(plain(column), column)
    found: dict[str, str] = {}
    why: dict[str, Why] = {}

    def take(ours: str, theirs: str | None, reason: Why) -> None:
        if theirs is not None and ours not in found and theirs not in found.values():
            found[ours], why[ours] = theirs, reason

    for ours, theirs in how.columns.items():
        take(ours, _told(theirs, names, by_plain, name), Why.TOLD)
    if mapping:
        for ours, wanted in mapping.columns.items():
            there = next((by_plain[w] for w in wanted if w in by_plain), None)
            take(ours, there, Why.SOURCE)
    else:
        # A table that carries the whole of siting was written by us and comes back whole;
        # single columns of these names are somebody else's.
        own = {*READABLE, *(SITED if set(names) >= SITED else ())}
        for column in names:
            if column in own:
                take(column, column, Why.NAME)
        for weak in (False, True):
            for column in names:
                ours = ALIASES.get(plain(column), plain(column))
                if ours in READABLE and (plain(column) in _WEAK) is weak:
                    take(ours, column, Why.USUAL)
    return _plan(names, mapping, found, why)


def _told(theirs: str, names: list[str], by_plain: dict[str, str], name: str) -> str:
    if theirs in names:
        return theirs
    if plain(theirs) in by_plain:
        return by_plain[plain(theirs)]
    there = ", ".join(names[:20]) + (", ..." if len(names) > 20 else "")
    raise InputError(f'{at(name, row=1)}: --map names the column "{theirs}"; there are {there}')


def _plan(
    names: list[str], mapping: SourceMapping | None, found: dict[str, str], why: dict[str, Why]
) -> Plan:
    taken = set(found.values())
    rest: dict[str, str] = {}
    left_out = []
    for column in names:
        if column in taken:
            continue
        kept = plain(column)
        if kept in _DERIVED or (mapping is None and kept in SITED):
            left_out.append(column)
            continue
        if kept in COLUMNS or kept in POSITION or kept in rest.values() or kept == "geometry":
            stem = f"{mapping.id}_{kept}" if mapping else f"{kept}_2"
            kept, nth = stem, 2
            while kept in rest.values():
                nth += 1
                kept = f"{stem}_{nth}"
        rest[column] = kept
    return Plan(mapping=mapping, columns=found, why=why, rest=rest, left_out=tuple(left_out))


def check_plan(plan: Plan, name: str, *, has_geometry: bool) -> None:
    """Refuse a table that has no date or does not say where.

    Raises
    ------
    InputError
        Which column to add, or how to tell which one it is.
    """
    have = set(plan.columns)
    first = at(name, row=1)
    tell = "or tell which column it is with --map"
    if "date_start" not in have:
        raise InputError(f"{first}: no date column; add date (2024-06-20, 2024-06 or 2024), {tell}")
    for one, other in (("lat", "lon"), ("lon", "lat")):
        if one in have and other not in have:
            raise InputError(f"{first}: there is {one} but no {other} column; add {other}, {tell}")
    # A known source may have no column that says where; its rows are listed beside the map.
    if plan.mapping is None and not has_geometry and not have & {"place", *POSITION}:
        raise InputError(
            f"{first}: no column says where; add place (a name), or lat and lon, {tell}"
        )
