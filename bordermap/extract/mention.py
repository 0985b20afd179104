"""A place name in a text: where it stands, how it is meant, which place it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bordermap.table import Precision

__all__ = ["Mention", "Usage"]


class Usage(StrEnum):
    """How a name is meant: a place where things happen, or something called after it."""

    PLACE = "place"
    METONYM = "metonym"
    ORGANISATION = "organisation"
    VESSEL = "vessel"
    ROUTE = "route"
    DATELINE = "dateline"


@dataclass(slots=True)
class Mention:
    """One mention of a place name.

    Attributes
    ----------
    start, end
        Offsets of the name in the text, end exclusive.
    text
        The name as written.
    usage
        ``place`` where the place itself is meant; a capital or country that
        stands for its government is a ``metonym``.
    lookup
        The name under which the gazetteer is asked, where it differs from the
        text ("the sea between Korea and Japan" is the East Sea).
    within
        Names of larger places that the text puts it in.
    place_id, place_name, place_name_ko, lon, lat, radius_m, precision
        What it was resolved to (degrees, EPSG:4326; metres); None where the
        gazetteer does not know it or nothing tells namesakes on both sides apart.
    """

    start: int
    end: int
    text: str
    usage: Usage
    lookup: str | None = None
    within: tuple[str, ...] = ()
    place_id: str | None = None
    place_name: str | None = None
    place_name_ko: str | None = None
    lon: float | None = None
    lat: float | None = None
    radius_m: float | None = None
    precision: Precision | None = None
    feature_class: str | None = None
    country: str | None = None

    @property
    def name(self) -> str:
        """The name to look up."""
        return self.lookup or self.text
