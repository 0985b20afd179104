"""Kinds that tell of one happening in two words: it sank after an explosion."""

from __future__ import annotations

from bordermap.table import Kind

__all__ = ["are_kin", "are_of_one_day", "names_better"]

# Pairs that are one happening in one breath.
_KIN = """
artillery-explosion artillery-missile artillery-naval crossing-defection crossing-diplomacy
crossing-infiltration crossing-naval construction-deployment construction-explosion
construction-loudspeaker construction-nuclear abduction-aircraft abduction-infiltration
aircraft-cyber_gps aircraft-missile defection-diplomacy drone-leaflet explosion-gunfire
explosion-infiltration abduction-naval infiltration-naval gunfire-mine missile-nuclear
"""
# Pairs that are one happening also where the sentences after tell of the second.
_CLOSE = """
gunfire-artillery naval-explosion mine-explosion leaflet-balloon nuclear-explosion naval-gunfire
infiltration-gunfire infiltration-defection other-gunfire drone-aircraft
"""
# Pairs that are one happening where one side does both on one day, however far apart they are told.
_SAME_DAY = """
naval-gunfire artillery-naval gunfire-artillery crossing-infiltration infiltration-naval
abduction-infiltration drone-leaflet drone-aircraft leaflet-balloon mine-explosion
nuclear-explosion naval-explosion explosion-infiltration infiltration-gunfire
"""
# Which kind names the record, the first before the rest.
_ORDER_TEXT = """
abduction defection naval mine leaflet drone nuclear loudspeaker cyber_gps artillery infiltration
missile diplomacy crossing explosion balloon aircraft gunfire deployment construction other
statement
"""
_ORDER = [Kind(word) for word in _ORDER_TEXT.split()]


def _pairs(text: str) -> frozenset[frozenset[Kind]]:
    return frozenset(frozenset(Kind(k) for k in pair.split("-")) for pair in text.split())


_CLOSE_PAIRS = _pairs(_CLOSE)
_SAME_DAY_PAIRS = _pairs(_SAME_DAY)
_ALL_PAIRS = _pairs(_KIN) | _CLOSE_PAIRS


def are_kin(a: Kind, b: Kind, *, is_close: bool = False) -> bool:
    """Return whether two kinds may be one happening, in one breath or (close) over sentences.

    >>> are_kin(Kind.NAVAL, Kind.EXPLOSION), are_kin(Kind.BALLOON, Kind.MISSILE)
    (True, False)
    """
    return frozenset({a, b}) in (_CLOSE_PAIRS if is_close else _ALL_PAIRS)


def are_of_one_day(a: Kind, b: Kind) -> bool:
    """Return whether two kinds are one happening where one side did both on one day.

    >>> are_of_one_day(Kind.NAVAL, Kind.GUNFIRE), are_of_one_day(Kind.MISSILE, Kind.ARTILLERY)
    (True, False)
    """
    return frozenset({a, b}) in _SAME_DAY_PAIRS


def names_better(new: Kind, old: Kind) -> bool:
    """Return whether the first of two kin kinds names the happening better."""
    return _ORDER.index(new) < _ORDER.index(old)
