"""What kinds of place there are, and what follows from a kind."""

from __future__ import annotations

from dataclasses import dataclass

from bordermap.table import Precision

__all__ = ["CLASSES", "FeatureClass"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureClass:
    """One kind of place.

    Attributes
    ----------
    precision
        How exactly a report that names such a place is known.
    importance
        How likely a report means such a place, 0 to 1, all else unknown.
    rank
        When a map should label it: 1 first, 5 last.
    groups
        The generic words that fit it, as `folding.parse` names them.
    hangul
        Suffixes that its Korean name takes, the usual first.
    """

    precision: Precision
    importance: float
    rank: int
    groups: frozenset[str] = frozenset()
    hangul: tuple[str, ...] = ()


def _class(
    precision: Precision, importance: float, rank: int, groups: str = "", hangul: str = ""
) -> FeatureClass:
    return FeatureClass(
        precision=precision,
        importance=importance,
        rank=rank,
        groups=frozenset(groups.split()),
        hangul=tuple(hangul.split()),
    )


_P = Precision
CLASSES: dict[str, FeatureClass] = {
    "country": _class(_P.COUNTRY, 1.0, 1, "state"),
    "capital": _class(_P.DISTRICT, 0.95, 1, "city si", "시"),
    "province": _class(_P.PROVINCE, 0.8, 2, "province do"),
    "line": _class(_P.AREA, 0.9, 1),
    "area": _class(_P.AREA, 0.85, 2, "area"),
    "sea": _class(_P.WATER, 0.85, 2, "sea"),
    "river": _class(_P.WATER, 0.6, 3, "river"),
    "city": _class(_P.DISTRICT, 0.7, 2, "city town county si", "시 군"),
    "county": _class(_P.DISTRICT, 0.62, 3, "county city town gun", "군"),
    "district": _class(_P.DISTRICT, 0.5, 4, "county city gu", "구"),
    "town": _class(_P.DISTRICT, 0.45, 4, "town township village city port", "읍 면"),
    "village": _class(_P.PLACE, 0.42, 5, "village ri town", "리 동"),
    "island": _class(_P.PLACE, 0.55, 3, "island town do"),
    "mountain": _class(_P.PLACE, 0.45, 4, "mountain"),
    "pass": _class(_P.PLACE, 0.4, 5, "pass mountain"),
    "cape": _class(_P.PLACE, 0.4, 5),
    "lake": _class(_P.PLACE, 0.4, 5, "lake"),
    "beach": _class(_P.PLACE, 0.38, 5),
    "dam": _class(_P.PLACE, 0.42, 5, "lake"),
    "site": _class(_P.PLACE, 0.5, 4, "village ri"),
    "post": _class(_P.PLACE, 0.48, 5),
    "observatory": _class(_P.PLACE, 0.48, 4, "mountain"),
    "crossing": _class(_P.PLACE, 0.48, 4),
    "station": _class(_P.PLACE, 0.42, 5, "station"),
    "tunnel": _class(_P.PLACE, 0.45, 5),
    "base": _class(_P.PLACE, 0.48, 5, "airfield port village ri"),
    "port": _class(_P.PLACE, 0.48, 4, "port city si county gun ri"),
    "airfield": _class(_P.PLACE, 0.5, 4, "airfield"),
    "launch_site": _class(_P.PLACE, 0.55, 4, "village ri station"),
    "nuclear_site": _class(_P.PLACE, 0.55, 4, "village ri town"),
    "zone": _class(_P.PLACE, 0.5, 4),
    "settlement": _class(_P.PLACE, 0.3, 5, "city si town township village ri county gun gu port"),
}
"""Every kind of place, by the name that the gazetteer's table uses."""
