"""The gazetteer as geopy's geocoders are: `geocode` and `reverse` that give a `Location`.

It drops in where `geopy.geocoders.Nominatim` does, `RateLimiter` and
``df["place"].apply(gazetteer.geocode)`` included, and needs no network.
"""

from __future__ import annotations

import functools
import warnings
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from bordermap.errors import InputError
from bordermap.gazetteer.match import Match
from bordermap.gazetteer.ranking import Candidate, Context, about_m, is_two_sided

if TYPE_CHECKING:
    import geopy.location
    import shapely

    from bordermap.gazetteer.index import Index, Record

__all__ = ["AmbiguousNameWarning", "GeopyGeocoder"]

_STRUCTURED = ("street", "city", "county", "state", "country")
_MOST = 50
# Farther from any place that we know there is no address: the open sea.
_REACH_M = 50_000.0
_NO_ADDRESS = ("line", "area", "country", "province", "sea", "river")


class AmbiguousNameWarning(UserWarning):
    """A name that both sides of the line have, and nothing tells which; none was chosen."""


class _Spots(NamedTuple):
    """Places that an address may name, and a tree of them in space."""

    records: list[Record]
    tree: Any


class GeopyGeocoder(ABC):
    """What a gazetteer gains to be used as a geopy geocoder."""

    @property
    @abstractmethod
    def index(self) -> Index:
        """The files behind it."""

    @abstractmethod
    def candidates(
        self, names: Sequence[str], *, contexts: Sequence[Context] | None = None
    ) -> list[list[Candidate]]:
        """Return the ranked candidates of each name."""

    @abstractmethod
    def place(self, place_id: str) -> Record | None:
        """Return the facts of a place by its id."""

    @abstractmethod
    def geometry(self, place_id: str) -> shapely.Geometry | None:
        """Return the shape of a place."""

    def geocode(
        self,
        query: str | Mapping[str, str] | None,
        *,
        exactly_one: bool = True,
        timeout: float | None = None,  # noqa: ARG002 - geopy's callers pass it; nothing is fetched
        limit: int | None = None,
        language: str | bool = False,
        country_codes: str | Sequence[str] | None = None,
        viewbox: Sequence[Any] | None = None,
        bounded: bool = False,
    ) -> geopy.location.Location | list[geopy.location.Location] | None:
        """Return where a name is, as geopy's geocoders do; None where it is not known.

        A name that both sides of the line have gives None with an
        `AmbiguousNameWarning` where exactly one place is asked for and nothing
        tells which: say ``country_codes="kr"`` or ``"kp"``, name the province
        in the query, or take both with ``exactly_one=False``.

        Parameters
        ----------
        query
            A name, or a mapping with any of ``city``, ``county``, ``state``, ``country``;
            what is no text gives None.
        exactly_one
            One `Location`, or a list of all that the name may mean, likeliest first.
        timeout
            Not used: nothing is fetched.
        limit
            The most places in a list.
        language
            ``ko`` for Korean names; or as in ``Accept-Language``. English else.
        country_codes
            Only places in these countries (ISO 3166-1, two letters).
        viewbox
            Two opposite corners, geopy's points or (lat, lon); places in it come first.
        bounded
            Only places in the viewbox.

        Returns
        -------
        A `Location` whose ``raw`` holds ``place_id``, ``radius_m``, ``precision``,
        ``score``, ``two_sides`` and what else is known.

        Examples
        --------
        >>> from bordermap import Gazetteer
        >>> location = Gazetteer.open().geocode("Kaesŏng", language="ko")
        >>> location.address.split(", ")[0], round(location.latitude, 1), location.raw["precision"]
        ('개성', 38.0, 'district')
        """
        name = _name_of(query)
        if name is None:
            return None
        codes = _codes(country_codes)
        context = Context(country=codes[0]) if len(codes) == 1 else Context()
        found = self.candidates([name], contexts=[context])[0]
        if codes:
            found = [c for c in found if c.record.country in codes]
        if viewbox is not None:
            inside = _in_box(viewbox)
            found = [c for c in found if inside(c.record)] if bounded else sorted(
                found, key=lambda c: not inside(c.record)
            )  # fmt: skip
        if not found:
            return None
        sides = is_two_sided(found)
        if exactly_one and sides:
            warnings.warn(
                f'both sides of the line have a "{name}"; say which with country_codes="kr" or '
                '"kp", or take both with exactly_one=False',
                AmbiguousNameWarning,
                stacklevel=2,
            )
            return None
        wanted = found[: 1 if exactly_one else min(limit or 10, _MOST)]
        locations = [self._location(c, language, two_sides=bool(sides)) for c in wanted]
        return locations[0] if exactly_one else locations

    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        timeout: float | None = None,  # noqa: ARG002
        limit: int | None = None,
        language: str | bool = False,
    ) -> geopy.location.Location | list[geopy.location.Location] | None:
        """Return the nearest known place on the same side; None 50 km from any.

        Parameters
        ----------
        query
            geopy's point, (latitude, longitude) in degrees, or text of both: geopy's order.
        exactly_one, timeout, limit, language
            As for `geocode`.

        Raises
        ------
        InputError
            The query is no point on Earth.

        Examples
        --------
        >>> from bordermap import Gazetteer
        >>> Gazetteer.open().reverse((37.953, 126.677)).raw["country_code"]
        'kr'
        """
        lat, lon = _lat_lon(query)
        found = self._nearest(lon, lat, 1 if exactly_one else min(limit or 10, _MOST))
        if not found:
            return None
        locations = []
        for record, distance_m in found:
            best = Candidate(record, 1.0, probability=1.0)
            location = self._location(best, language, two_sides=False)
            location.raw["distance_m"] = round(distance_m, -1)
            locations.append(location)
        return locations[0] if exactly_one else locations

    def _nearest(self, lon: float, lat: float, count: int) -> list[tuple[Record, float]]:
        """Return the nearest places of an address with their distances in metres."""
        import shapely

        from bordermap.geo import ecef

        # The halves of the DMZ first: beside the line they are exact, a country's outline is not.
        areas = (("dmz-north", "KP"), ("dmz-south", "KR"), ("kr", "KR"), ("kp", "KP"))
        country = next(
            (code for place_id, code in areas
             if (shape := self.geometry(place_id)) is not None
             and shapely.contains_xy(shape, lon, lat)),
            None,
        )  # fmt: skip
        spots = self._spots
        near = spots.tree.query_ball_point(ecef(lon, lat), _REACH_M)
        found = [
            (record, about_m(lon, lat, record.lon, record.lat))
            for record in (spots.records[i] for i in near)
            if country is None or record.country == country
        ]
        found.sort(key=lambda pair: (pair[1], pair[0].no))
        return found[:count]

    @functools.cached_property
    def _spots(self) -> _Spots:
        import numpy as np
        from scipy.spatial import cKDTree

        from bordermap.geo import ecef

        marks = ",".join("?" * len(_NO_ADDRESS))
        records = list(self.index.where(f"feature_class NOT IN ({marks})", _NO_ADDRESS))
        lon, lat = (np.array([getattr(r, a) for r in records], float) for a in ("lon", "lat"))
        return _Spots(records, cKDTree(ecef(lon, lat)))

    def _location(
        self, candidate: Candidate, language: str | bool, *, two_sides: bool
    ) -> geopy.location.Location:
        from geopy.location import Location

        match = Match.of(candidate)
        korean = _is_korean(language)
        parts = [match.name_en if not korean else match.name_ko or match.name_en]
        for around in (match.within, match.country.lower() if match.country else None):
            place = self.place(around) if around and around != match.place_id else None
            if place is not None:
                parts.append(place.name_ko or place.name_en if korean else place.name_en)
        address = ", ".join(dict.fromkeys(p.split(" (")[0] for p in parts))
        raw = {
            "place_id": match.place_id,
            "display_name": address,
            "lat": str(match.lat),
            "lon": str(match.lon),
            "class": match.feature_class,
            "country_code": match.country.lower() if match.country else None,
            "name_en": match.name_en,
            "name_ko": match.name_ko,
            "radius_m": match.radius_m,
            "precision": match.precision.value,
            "score": match.score,
            "source": match.source,
            "two_sides": two_sides,
        }
        return Location(address, (match.lat, match.lon), raw)  # geopy speaks (lat, lon)


def _name_of(query: object) -> str | None:
    if isinstance(query, Mapping):
        query = ", ".join(str(query[k]) for k in _STRUCTURED if query.get(k))
    return query if isinstance(query, str) and query.strip() else None


def _codes(country_codes: str | Sequence[str] | None) -> list[str]:
    if isinstance(country_codes, str):
        country_codes = country_codes.split(",")
    return [c.strip().upper() for c in country_codes or () if c.strip()]


def _lat_lon(query: Any) -> tuple[float, float]:
    from geopy.point import Point

    try:
        point = Point(query)
    except (TypeError, ValueError) as error:
        raise InputError(f"{query!r:.60} is no point; give (latitude, longitude)") from error
    return float(point.latitude), float(point.longitude)


def _in_box(viewbox: Sequence[Any]) -> Any:
    if len(viewbox) != 2:
        raise InputError("a viewbox has two corners, (latitude, longitude) each")
    (lat1, lon1), (lat2, lon2) = (_lat_lon(corner) for corner in viewbox)
    south, north, west, east = min(lat1, lat2), max(lat1, lat2), min(lon1, lon2), max(lon1, lon2)
    return lambda r: west <= r.lon <= east and south <= r.lat <= north


def _is_korean(language: str | bool) -> bool:
    """Return whether Korean comes before English in what ``Accept-Language`` would say."""
    if not isinstance(language, str):
        return False
    wanted = [part.split(";")[0].strip().lower()[:2] for part in language.split(",")]
    return next((code == "ko" for code in wanted if code in {"ko", "en"}), False)
