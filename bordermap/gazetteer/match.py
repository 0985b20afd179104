"""What the gazetteer answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bordermap.gazetteer.classes import CLASSES
from bordermap.table import Precision

if TYPE_CHECKING:
    from bordermap.gazetteer.ranking import Candidate

__all__ = ["Match", "Resolution"]


class Match(NamedTuple):
    """A place that a name may mean.

    Attributes
    ----------
    lon, lat
        Degrees, EPSG:4326.
    radius_m
        Metres around it that hold what happened "at" this place with 95 %.
    precision
        How exactly a report that gives this name is known.
    score
        0 to 1: how well the name fits times how probable this namesake is.
    evidence
        What spoke for it, as logarithms of odds by kind of evidence.
    """

    place_id: str
    name_en: str
    name_rr: str | None
    name_mr: str | None
    name_dprk: str | None
    name_ko: str | None
    hanja: str | None
    lon: float
    lat: float
    radius_m: float
    precision: Precision
    feature_class: str
    country: str | None
    within: str | None
    source: str
    score: float
    evidence: tuple[tuple[str, float], ...] = ()

    @classmethod
    def of(cls, candidate: Candidate, *, is_vague: bool = False) -> Match:
        """Return a candidate as an answer; "near X" has at least 10 km of doubt."""
        place = candidate.record
        precision = CLASSES[place.feature_class].precision
        radius_m = place.radius_m
        if is_vague and precision in {Precision.PLACE, Precision.DISTRICT}:
            radius_m = max(2 * radius_m, 10_000.0)
            precision = Precision.DISTRICT
        # By position, for this is made for every name of a column: a record's fields and a
        # match's stand in one order, from the id to the latitude and from the class to `within`.
        return cls(
            *place[1:10],
            radius_m,
            precision,
            *place[11:14],
            place.source,
            round(candidate.quality * candidate.probability, 4),
            tuple(candidate.evidence.items()),
        )


class Resolution(NamedTuple):
    """What a name was taken to mean.

    Attributes
    ----------
    match
        The likeliest place, or None where the name is not known.
    alternatives
        What else it might have been, likeliest first.
    two_sides
        The best place on each side of the line where the name does not tell
        which of the two it is; empty where it does.
    """

    name: str
    match: Match | None
    alternatives: tuple[Match, ...] = ()
    two_sides: tuple[Match, ...] = ()
