"""Kinds that tell of one happening in two words: it sank after an explosion."""

from __future__ import annotations

from bordermap.table import Kind

__all__ = ["are_kin", "are_of_one_day", "kin_of", "names_better"]

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
infiltration-gunfire infiltration-defection other-gunfire drone-aircraft artillery-naval
abduction-naval crossing-defection aircraft-defection abduction-gunfire
"""
# Pairs that are one happening where one side does both on one day, however far apart they are told.
_SAME_DAY = """
naval-gunfire artillery-naval gunfire-artillery crossing-infiltration infiltration-naval
abduction-infiltration drone-leaflet drone-aircraft leaflet-balloon mine-explosion
nuclear-explosion naval-explosion explosion-infiltration infiltration-gunfire
"""
# Which kind names the record, the first before the rest.
_ORDER_TEXT = """
abduction defection naval mine drone leaflet nuclear loudspeaker cyber_gps artillery infiltration
missile diplomacy crossing explosion balloon aircraft gunfire deployment construction other
statement
"""
_ORDER = [Kind(word) for word in _ORDER_TEXT.split()]


def _by_kind(text: str) -> dict[Kind, frozenset[Kind]]:
    """Return for each kind those that are in a pair with it."""
    pairs = [frozenset(map(Kind, pair.split("-"))) for pair in text.split()]
    return {kind: frozenset(k for p in pairs if kind in p for k in p - {kind}) for kind in Kind}


_CLOSE_KIN = _by_kind(_CLOSE)
_SAME_DAY_KIN = _by_kind(_SAME_DAY)
_ALL_KIN = _by_kind(_KIN + _CLOSE)


def are_kin(a: Kind, b: Kind, *, is_close: bool = False) -> bool:
    """Return whether two kinds may be one happening, in one breath or (close) over sentences.

    >>> are_kin(Kind.NAVAL, Kind.EXPLOSION), are_kin(Kind.BALLOON, Kind.MISSILE)
    (True, False)
    """
    return b in (_CLOSE_KIN if is_close else _ALL_KIN)[a]


def kin_of(kind: Kind) -> frozenset[Kind]:
    """Return the kinds that may be one happening with a kind, in one breath.

    >>> list(kin_of(Kind.BALLOON))
    [<Kind.LEAFLET: 'leaflet'>]
    """
    return _ALL_KIN[kind]


def are_of_one_day(a: Kind, b: Kind) -> bool:
    """Return whether two kinds are one happening where one side did both on one day.

    >>> are_of_one_day(Kind.NAVAL, Kind.GUNFIRE), are_of_one_day(Kind.MISSILE, Kind.ARTILLERY)
    (True, False)
    """
    return b in _SAME_DAY_KIN[a]


def names_better(new: Kind, old: Kind) -> bool:
    """Return whether the first of two kin kinds names the happening better."""
    return _ORDER.index(new) < _ORDER.index(old)
