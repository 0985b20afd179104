"""Where: the place of an incident, with what the words around its name add.

An offset ("7 miles southeast of Panmunjom") is a point with doubt of its own;
"near", "off" and "area" widen the doubt; an area stays an area.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bordermap.extract.offsets import HAS_UNIT, Offset, offset_after, offset_before
from bordermap.geo import metres_per_degree
from bordermap.table import AREA_PRECISIONS, Kind, Precision

if TYPE_CHECKING:
    from bordermap.extract.mention import Mention
    from bordermap.extract.tokens import Sentence
    from bordermap.gazetteer import Gazetteer, Resolution

__all__ = ["TABLES", "Site", "geometry_of", "is_met_elsewhere", "site_of"]

# Where the two sides meet, and people and bodies are handed over.
TABLES = frozenset({"panmunjom", "jsa"})
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
_SIDED = frozenset(
    ["north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"]
)
# How sure a stated distance is: a tenth of it, and never better than its place.
_DISTANCE_DOUBT = 0.25
_LEAST_RADIUS_M = 500.0
_KM = 1000.0
# A peninsula, or a province that is an island, no larger than this: off it is beside it.
_COASTS = frozenset({"area", "province"})
_SMALL_M = 60_000.0
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


# What is told of Panmunjom without its name: who met, came over, was handed over or shot at.
_MET = frozenset({Kind.DIPLOMACY, Kind.STATEMENT, Kind.CROSSING, Kind.GUNFIRE, Kind.OTHER})


def is_met_elsewhere(kind: Kind, site: Site | None) -> bool:
    """Return whether a place beside an incident is only where it was spoken of: Panmunjom."""
    if site is None or site.precision is Precision.NEAR:
        return False
    return site.mention.place_id in TABLES and kind not in _MET


def site_of(
    mention: Mention, sentence: Sentence, resolution: Resolution | None, others: Iterable[Mention]
) -> Site:
    """Return a mention as the place of an incident, with what the words around it add."""
    key = site_of, mention.start
    site: Site | None = sentence.notes.get(key)
    if site is None:
        site = sentence.notes[key] = _site_of(mention, sentence, resolution, others)
    return site


def _site_of(
    mention: Mention, sentence: Sentence, resolution: Resolution | None, others: Iterable[Mention]
) -> Site:
    site = Site(
        mention, mention.precision, mention.radius_m, mention.lon, mention.lat,
        resolution=resolution,
    )  # fmt: skip
    if mention.lon is None:
        return site
    words = sentence.words
    first = sentence.token_from(mention.start)
    before = [w for w in words[max(0, first - 5) : first] if w != "the"][-4:]
    if site.is_area:
        is_small = mention.feature_class in _COASTS and (site.radius_m or 0.0) <= _SMALL_M
        if before[-1:] == ["off"] and is_small:
            # Off a peninsula is no part of it.
            site.radius_m = (site.radius_m or 0.0) + _VAGUE_RADIUS_M
            site.precision = Precision.NEAR
        return site
    last = sentence.token_from(mention.end) - 1
    if sentence.signs & HAS_UNIT and (offset := offset_before(words, first)):
        return _moved(site, offset)
    if not words[first].isascii() and (offset := offset_after(sentence.text, mention.end)):
        return _moved(site, offset)
    if before[-1:] == ["between"]:
        between = _between(site, sentence, others)
        if between is not None:
            return between
    after = words[last + 1 :][:2]
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


def _moved(site: Site, offset: Offset) -> Site:
    """Return a place moved by a stated distance, with the doubt of the distance."""
    radius_m = site.radius_m or 0.0
    if offset.way is None or site.lon is None or site.lat is None:
        # "Half a mile from X": anywhere on that circle.
        least = offset.metres + _LEAST_RADIUS_M
        return replace(site, radius_m=max(radius_m, least), precision=Precision.NEAR)
    east, north = offset.way
    x_m, y_m = (float(v[0]) for v in metres_per_degree([site.lat]))
    doubt = math.hypot(_DISTANCE_DOUBT * offset.metres, min(radius_m, offset.metres))
    return replace(
        site,
        lon=site.lon + east * offset.metres / x_m,
        lat=site.lat + north * offset.metres / y_m,
        radius_m=max(_LEAST_RADIUS_M, doubt),
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
    if site.lon is None or site.lat is None:
        return None
    if site.is_area and site.mention.place_id is not None:
        return _area(gazetteer, site.mention.place_id, (site.lon, site.lat), site.radius_m)
    return _point(site.lon, site.lat)


@functools.lru_cache(maxsize=1000)
def _point(lon: float, lat: float) -> Any:
    import shapely

    return shapely.Point(lon, lat)


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
