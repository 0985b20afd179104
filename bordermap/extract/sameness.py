"""Whether two records of a text may tell of one incident."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from bordermap.kin import are_kin, are_of_one_day
from bordermap.table import DatePrecision, Kind

if TYPE_CHECKING:
    from bordermap.extract.records import Record
    from bordermap.extract.spans import Span
    from bordermap.extract.where import Site

__all__ = ["NEAR_SENTENCES", "agree", "is_of_one_breath", "is_same"]

# Words this near in one sentence tell of one happening, if their kinds are kin.
_NEAR_TOKENS = 14
# What has no date of its own goes on with what was told so many sentences before.
NEAR_SENTENCES = 6


def is_same(new: Record, old: Record) -> bool:
    """Return whether two records may tell of one incident."""
    if new.kind is not old.kind and not (
        are_kin(new.kind, old.kind) and is_of_one_breath(new, old, is_last=False)
    ):
        return False
    return agree(new, old)


def agree(new: Record, old: Record) -> bool:
    """Return whether nothing but their kinds may tell two records apart."""
    if (
        new.kind in _SHOTS
        and old.kind in _SHOTS
        and new.manner.is_answer != old.manner.is_answer
        and not (new.is_noun or new.manner.is_mutual or old.manner.is_mutual)
        and not _is_told_in_full(new, old)
    ):
        return False
    is_alike = new.kind is old.kind
    if is_alike and new.manner.is_another and not old.manner.is_another:
        return False  # "sank a boat and seized another"
    if new.kind is old.kind and "" != new.manner.about != old.manner.about != "":
        return False  # signals were jammed, and sites were hit
    if new.manner.is_on_stand != old.manner.is_on_stand and not new.is_noun:
        return False
    # They were chased back by the other side: one happening.
    is_retreat = new.manner.is_motion and old.kind is Kind.CROSSING
    if not (is_retreat or _sides_agree(new, old)) or not _spans_agree(new, old):
        return False
    return _sites_agree(new, old)


def _is_told_in_full(new: Record, old: Record) -> bool:
    """Return whether a report tells in full of the fire that its first lines named."""
    is_lead = old.sentence <= _LEAD < new.sentence
    is_one = new.actor_side is not None and new.actor_side == old.actor_side
    return is_lead and is_one and new.span is not None and new.span == old.span


_FIRE = frozenset({Kind.GUNFIRE, Kind.ARTILLERY})
_SHOTS = _FIRE | {Kind.NAVAL}


# So many sentences further on two kinds may tell of one happening.
_CLOSE, _CLOSE_IF_LAST = 2, 4


# Those who came over, or were handed over, stepped over the line: told so many sentences later.
_WAYS_OVER = {Kind.DEFECTION: 4, Kind.DIPLOMACY: 1}


_IN_TUNNEL = frozenset({Kind.GUNFIRE, Kind.EXPLOSION, Kind.MINE})


def is_of_one_breath(new: Record, old: Record, *, is_last: bool) -> bool:
    """Return whether two records of kin are told so near each other that they may be one.

    Parameters
    ----------
    new, old
        The records.
    is_last
        Whether nothing was told between.
    """
    if new.is_loose:
        return True  # what is told plainly besides goes before what only words of a field tell
    gap = new.sentence - old.sentence
    if new.manner.is_pursuit and new.manner.is_another:
        return False  # "two others followed him over": they did not desert
    if "tunnel" in (new.manner.about, old.manner.about) and _IN_TUNNEL & {new.kind, old.kind}:
        return False  # those who found it were shot at, or fell to a charge in it
    if gap > NEAR_SENTENCES and (new.actor_side is None or new.span != old.span):
        return False  # so far away only what one side did on one day is one happening
    if new.manner.is_motion and old.kind is Kind.CROSSING and gap <= NEAR_SENTENCES:
        return True
    if gap == 0:
        own_day = new.span is not None and new.span == old.span
        own_day = own_day and not (new.is_soft or old.is_soft)
        return own_day or abs(new.head - old.head) <= _NEAR_TOKENS
    if new.kind is Kind.CROSSING and old.kind in _WAYS_OVER and not new.manner.is_pursuit:
        # "Freed a worker on Thursday. He crossed the border on Thursday evening".
        is_his = old.manner.is_release and new.span is not None and new.span == old.span
        undated = new.span is None or new.is_soft
        return (undated or is_his) and 0 < gap <= _WAYS_OVER[old.kind]
    one_side = new.actor_side is not None and new.actor_side == old.actor_side
    if (
        one_side
        and new.span is not None
        and new.span == old.span
        and are_of_one_day(new.kind, old.kind)
    ):
        return True
    if gap > (_CLOSE_IF_LAST if is_last else _CLOSE):
        return False
    is_tight = are_kin(new.kind, old.kind, is_close=True)
    if Kind.NAVAL in {new.kind, old.kind}:
        return is_tight  # who did it may stand in either
    return is_tight and new.actor_side in {None, old.actor_side}


def _sides_agree(new: Record, old: Record) -> bool:
    is_fire = new.kind in _SHOTS and old.kind in _SHOTS
    if is_fire and new.actor_side is None and new.target_side is not None:
        return new.target_side != old.actor_side  # fire at the one side is not what it fired
    if old.kind in _SHOTS and old.actor_side is None and not old.manner.is_motion:
        # "Shots were fired at boats that had come over the line".
        return old.target_side is None or new.actor_side != old.target_side
    return new.actor_side is None or old.actor_side is None or new.actor_side == old.actor_side


def _spans_agree(new: Record, old: Record) -> bool:
    a, b = new.span, old.span
    if a is not None and b is not None:
        if _one(a, b):
            return True
        if _is_lead_of(old, new):
            return True
        if old.manner.is_another and not new.manner.is_another:
            return False  # "sent more balloons overnight", days after it had sent the first
        if old.is_opening and new.kind is old.kind and new.actor_side == old.actor_side:
            # It is said again, of the day of the speech: "told his parliament on Friday".
            near = new.sentence - old.sentence <= _SAID_AGAIN
            return near and 0 <= (b.start - a.start).days <= _SAYING_DAYS
        if new.is_soft and old.is_soft and new.kind is old.kind:
            return abs((a.start - b.start).days) <= _SAYING_DAYS
        # "Seoul said on Monday": the day of saying gives way to the day of the deed.
        soft = new.is_soft != old.is_soft and {a.precision, b.precision} == {DatePrecision.DAY}
        if soft and not (new if new.is_soft else old).is_inherited:
            said, done = (a, b) if new.is_soft else (b, a)
            return 0 <= (said.start - done.start).days <= 10
        return new.is_soft != old.is_soft and a.overlaps(b)
    if a is None and b is None:
        return True
    if new.sentence == old.sentence:
        return True
    known = a or b
    assert known is not None  # noqa: S101 - one of the two is there
    if new.is_old and b is None and new.sentence > old.sentence and not old.is_background:
        return False  # the news, told without its day, is not what a later sentence looks back at
    # What is told without a date is not the incident of years ago.
    return known.precision not in {DatePrecision.YEAR, DatePrecision.MONTH}


_LEAD = 1
_BY_PERSON = frozenset({Kind.ABDUCTION, Kind.DEFECTION})
_WIDE = frozenset({DatePrecision.MONTH, DatePrecision.WEEK})


def _is_lead_of(old: Record, new: Record) -> bool:
    """Return whether a report opens with the month of what it dates later: "shot last month"."""
    a, b = old.span, new.span
    if a is None or b is None or new.kind is not old.kind:
        return False
    is_sum = new.sentence - old.sentence == 1 and _is_sum(old)
    if old.sentence > _LEAD and not is_sum:
        return False
    if new.manner.is_another or (new.kind in _BY_PERSON and new.sentence - old.sentence <= 1):
        return False  # "two were taken in August. A student vanished on Aug. 12"
    is_day = b.precision is DatePrecision.DAY and not new.is_soft
    return is_day and (is_sum or a.precision in _WIDE) and a.overlaps(b)


def _is_sum(record: Record) -> bool:
    """Return whether a record tells of several at once, of which the next sentence tells one."""
    return any(count > 1 for count in record.quantities.values())


# Days of saying, or of what was told before, are so near each other where they are of one deed.
_SAYING_DAYS = 3
# So many sentences after the declaration that opens a report is it said again.
_SAID_AGAIN = 3


def _one(a: Span, b: Span) -> bool:
    if a.precision is b.precision is DatePrecision.DAY and a.start == a.end and b.start == b.end:
        return a.start == b.start
    if {a.precision, b.precision} == {DatePrecision.DAY, DatePrecision.WEEK}:
        return a.overlaps(b)  # "early this week", then "on Monday"
    return a.overlaps(b) and a.precision is b.precision


def _sites_agree(new: Record, old: Record) -> bool:
    a, b = new.site, old.site
    if a is None or b is None or ({new.kind, old.kind} in _ON_THE_WAY and new.span == old.span):
        return True
    if a.is_area or b.is_area:
        return not ({new.kind, old.kind} <= _OF_ONE_SPOT and _is_beyond(a, b))
    if a.mention.place_id == b.mention.place_id:
        return True
    if a.lon is None or b.lon is None or a.lat is None or b.lat is None:
        return a.mention.text.lower() == b.mention.text.lower()
    reach_m = max(a.radius_m or 0.0, b.radius_m or 0.0) + 15_000.0
    if abs(a.lat - b.lat) * _LEAST_DEGREE_M > reach_m:
        return False  # measuring exactly takes long
    return _metres(a.lon, a.lat, b.lon, b.lat) <= reach_m


# Told of where it was taken, where it came over and where it ended.
_ON_THE_WAY = (
    {Kind.ABDUCTION},
    {Kind.ABDUCTION, Kind.NAVAL},
    {Kind.AIRCRAFT, Kind.DEFECTION},
)


def _is_beyond(a: Site, b: Site) -> bool:
    """Return whether two places lie farther apart than an area reaches: an isle and the zone."""
    if a.lon is None or b.lon is None or a.lat is None or b.lat is None:
        return False
    reach_m = (a.radius_m or 0.0) + (b.radius_m or 0.0) + _BESIDE_AREA_M
    if abs(a.lat - b.lat) * _LEAST_DEGREE_M > reach_m:
        return True
    return _metres(a.lon, a.lat, b.lon, b.lat) > reach_m


# What flies or walks is told of where it set out and where it ended.
_OF_ONE_SPOT = frozenset({Kind.GUNFIRE, Kind.MINE, Kind.EXPLOSION, Kind.NAVAL})
_BESIDE_AREA_M = 50_000.0
# A degree of latitude is nowhere shorter on WGS84 than at the equator.
_LEAST_DEGREE_M = 110_574.0


@functools.lru_cache(maxsize=1000)
def _metres(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    from bordermap.geo import geodesic_m

    return float(geodesic_m([lon1], [lat1], [lon2], [lat2])[0])
