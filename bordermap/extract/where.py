"""Where: the place of an incident, with what the words around its name add.

An offset ("7 miles southeast of Panmunjom") is a point with doubt of its own;
"near", "off" and "area" widen the doubt; an area stays an area.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bordermap.extract.numbers import number_of
from bordermap.extract.signs import sign
from bordermap.geo import metres_per_degree
from bordermap.table import AREA_PRECISIONS, Precision

if TYPE_CHECKING:
    from bordermap.extract.mention import Mention
    from bordermap.extract.tokens import Sentence
    from bordermap.gazetteer import Gazetteer, Resolution

__all__ = ["Site", "geometry_of", "site_of"]

_COMPASS = {
    "north": (0, 1), "south": (0, -1), "east": (1, 0), "west": (-1, 0),
    "northeast": (0.7071, 0.7071), "northwest": (-0.7071, 0.7071),
    "southeast": (0.7071, -0.7071), "southwest": (-0.7071, -0.7071),
}  # fmt: skip
_UNIT_M = {
    "km": 1000.0, "kilometer": 1000.0, "kilometers": 1000.0, "kilometre": 1000.0,
    "kilometres": 1000.0, "mile": 1609.344, "miles": 1609.344, "meter": 1.0, "meters": 1.0,
    "metre": 1.0, "metres": 1.0, "m": 1.0, "yards": 0.9144, "feet": 0.3048,
}  # fmt: skip
_OFFSET = re.compile(
    r" (?P<n>[\d.,]+|half a|a half|one|two|three|four|five|six|seven|eight|nine|ten|a|a few|"
    r"several)"
    r"(?P<naut> nautical)? ?(?P<unit>" + "|".join(_UNIT_M) + r")"
    r"(?P<dir> (?:to the |due )?(?:north|south|east|west)(?:east|west)?)?"
    r"(?: of| from| off| outside)"
    r"(?: the)?(?: \w+){0,2} $"
)
_HAS_UNIT = sign(_UNIT_M.__contains__)
_OFFSET_ENDS = frozenset({"of", "from", "off", "outside"})
_VAGUE = frozenset(["near", "off", "around", "outside", "nearby"])
_KOREAN_NEAR = (
    "인근",
    "앞바다",
    "부근",
    "북방",
    "남방",
    "근처",
    "해상",
    "해역",
    "일대",
    "동쪽",
    "서쪽",
)
_SIDED = frozenset(_COMPASS)
# How sure a stated distance is: a tenth of it, and never better than its place.
_DISTANCE_DOUBT = 0.25
_LEAST_RADIUS_M = 500.0
_KM = 1000.0
# Off an island or a coast, near a town.
_VAGUE_RADIUS_M = 10_000.0


@dataclass(slots=True)
class Site:
    """The place of an incident.

    Attributes
    ----------
    mention
        The words.
    precision, radius_m
        How exactly it is known; metres.
    lon, lat
        Degrees, EPSG:4326; None for an area or what could not be resolved.
    """

    mention: Mention
    precision: Precision | None
    radius_m: float | None
    lon: float | None = None
    lat: float | None = None
    is_offset: bool = False
    resolution: Resolution | None = field(default=None, repr=False)

    @property
    def is_area(self) -> bool:
        """Whether it is known as an area or a line and never as a point."""
        return self.precision in AREA_PRECISIONS


def site_of(
    mention: Mention, sentence: Sentence, resolution: Resolution | None, others: Iterable[Mention]
) -> Site:
    """Return a mention as the place of an incident, with what the words around it add."""
    site = Site(
        mention, mention.precision, mention.radius_m, mention.lon, mention.lat,
        resolution=resolution,
    )  # fmt: skip
    if mention.lon is None or site.is_area:
        return site
    words = sentence.words
    first = sentence.token_from(mention.start)
    before = words[max(0, first - 4) : first]
    if sentence.signs & _HAS_UNIT and not _OFFSET_ENDS.isdisjoint(before):
        offset = _OFFSET.search(f" {' '.join(words[max(0, first - 9) : first])} ")
        if offset:
            return _moved(site, offset)
    if before[-1:] == ["between"]:
        between = _between(site, sentence, others)
        if between is not None:
            return between
    after = words[sentence.token_from(mention.end) :][:2]
    if after and after[0].startswith(_KOREAN_NEAR):
        site.radius_m = max(2 * (site.radius_m or 0.0), _VAGUE_RADIUS_M)
        site.precision = Precision.NEAR
        return site
    vague = _VAGUE & set(before[-2:]) or (before[-1:] == ["of"] and _SIDED & set(before[-2:-1]))
    off_coast = before[-2:] == ["coast", "of"] or before[-1:] == ["off"]
    if vague or off_coast or after[:1] in (["area"], ["areas"], ["vicinity"]):
        # Beside the place and not in it.
        least = 2 * _VAGUE_RADIUS_M if before[-1:] == ["of"] else _VAGUE_RADIUS_M
        site.radius_m = max(2 * (site.radius_m or 0.0), least)
        site.precision = Precision.NEAR if vague or off_coast else site.precision
    return site


def _moved(site: Site, offset: re.Match[str]) -> Site:
    """Return a place moved by a stated distance, with the doubt of the distance."""
    said = offset["n"]
    number: float | None = {"half a": 0.5, "a half": 0.5, "a few": 3, "several": 5}.get(said)
    if number is None:
        number = number_of(said)
    if number is None:
        try:
            number = float(said.replace(",", ""))
        except ValueError:
            return site
    metres = number * (1852.0 if offset["naut"] else _UNIT_M[offset["unit"]])
    radius_m = site.radius_m or 0.0
    way = (offset["dir"] or "").split()
    if not way or site.lon is None or site.lat is None:
        # "Half a mile from X": anywhere on that circle.
        return replace(
            site, radius_m=max(radius_m, metres + _LEAST_RADIUS_M), precision=Precision.NEAR
        )
    dx, dy = _COMPASS[way[-1]]
    x_m, y_m = (float(v[0]) for v in metres_per_degree([site.lat]))
    return replace(
        site,
        lon=site.lon + dx * metres / x_m,
        lat=site.lat + dy * metres / y_m,
        radius_m=max(_LEAST_RADIUS_M, math.hypot(_DISTANCE_DOUBT * metres, min(radius_m, metres))),
        precision=Precision.NEAR,
        is_offset=True,
    )


def _between(site: Site, sentence: Sentence, others: Iterable[Mention]) -> Site | None:
    """Return the middle of "between A and B", its radius reaching both."""
    last = sentence.token_from(site.mention.end)
    if sentence.words[last : last + 1] != ["and"]:
        return None
    other = next((m for m in others if sentence.token_from(m.start) == last + 1), None)
    if other is None or other.lon is None or other.lat is None or site.lon is None:
        return None
    assert site.lat is not None  # noqa: S101 - lon and lat come together
    x_m, y_m = (float(v[0]) for v in metres_per_degree([site.lat]))
    half = math.hypot((other.lon - site.lon) * x_m, (other.lat - site.lat) * y_m) / 2
    return replace(
        site,
        lon=(site.lon + other.lon) / 2,
        lat=(site.lat + other.lat) / 2,
        radius_m=max(half, _LEAST_RADIUS_M),
        precision=Precision.NEAR,
        is_offset=True,
    )


def geometry_of(site: Site, gazetteer: Gazetteer) -> Any:
    """Return a site's geometry: a point, an area's own shape or disc, or None."""
    import shapely

    if site.mention.place_id is None or site.lon is None or site.lat is None:
        return None
    if site.is_area:
        return _area(gazetteer, site.mention.place_id, (site.lon, site.lat), site.radius_m)
    return shapely.Point(site.lon, site.lat)


_AREAS: dict[tuple[int, str], Any] = {}


def _area(
    gazetteer: Gazetteer, place_id: str, lon_lat: tuple[float, float], radius_m: float | None
) -> Any:
    from bordermap.geo import discs

    key = (id(gazetteer), place_id)
    if key not in _AREAS:
        shape = gazetteer.geometry(place_id)
        if shape is None:
            shape = discs(*lon_lat, radius_m or _KM)[0]
        _AREAS[key] = shape
    return _AREAS[key]
