"""The services that can be asked: their terms, their pace, and how their answers read.

Only services are here whose terms allow to keep an answer and to show it on any
map; what Google, HERE, Bing, Mapbox and Yandex answer may not be kept so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bordermap.online.answer import Answer, as_bbox_wsen, as_number, as_text

__all__ = ["SERVICES", "Bbox", "Service"]

Bbox = tuple[float, float, float, float]
_Raw = Mapping[str, Any]
_OSM = "© OpenStreetMap contributors"
_OSM_TYPE = {"N": "node", "W": "way", "R": "relation"}
_LIMIT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service.

    Attributes
    ----------
    id
        As ``--online`` takes it, and as ``place_source`` names it.
    title
        As messages name it.
    geopy_class
        The class in `geopy.geocoders`.
    host
        Where it is, unless the user has one of their own.
    interval_s
        Seconds between the end of one request and the start of the next.
    attribution
        What its licence asks to show beside its data.
    terms_url
        Where the service says what it allows.
    is_whole
        Whether a decoded answer has the shape that the service documents: geopy
        reads much that is broken as "not found".
    read
        Makes an answer of one raw place.
    key_variable, key_argument
        The environment variable and geopy's argument for a key; None where none is needed.
    bias
        Makes the arguments that prefer a region; west, south, east, north in degrees.
    arguments
        Further arguments of ``geocode``.
    """

    id: str
    title: str
    geopy_class: str
    host: str
    interval_s: float
    attribution: str
    terms_url: str
    is_whole: Callable[[Any], bool]
    read: Callable[[_Raw], Answer]
    key_variable: str | None = None
    key_argument: str | None = None
    bias: Callable[[Bbox], dict[str, Any]] | None = None
    arguments: Mapping[str, Any]


def _is_list(page: Any) -> bool:
    return isinstance(page, list) and all(isinstance(p, dict) for p in page)


def _has_list(name: str) -> Callable[[Any], bool]:
    def check(page: Any) -> bool:
        return isinstance(page, dict) and (_is_list(page.get(name)) or "status" in page)

    return check


def _texts(*values: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t for v in values if (t := as_text(v))))


def _country(code: object) -> str | None:
    text = as_text(code)
    return text.upper() if text and len(text) == 2 and text.isalpha() else None


def _kind(value: object) -> str | None:
    text = as_text(value)
    return text.lower() if text else None


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _four(value: object) -> list[Any]:
    return value if isinstance(value, list) and len(value) == 4 else [None] * 4


def _nominatim(raw: _Raw) -> Answer:
    south, north, west, east = _four(raw.get("boundingbox"))
    details = _dict(raw.get("namedetails"))
    label = str(as_text(raw.get("display_name")) or "")
    name = as_text(raw.get("name")) or as_text(label.split(",", maxsplit=1)[0])
    if name is None:
        raise ValueError("an answer without a name")
    kind = raw.get("addresstype") if raw.get("class") == "boundary" else raw.get("type")
    return Answer(
        reference=f"{raw.get('osm_type', 'place')}/{raw.get('osm_id', raw.get('place_id'))}",
        name=as_text(details.get("name:en")) or name,
        names=_texts(name, *list(details.values())[:100]),
        lon=as_number(raw.get("lon")),
        lat=as_number(raw.get("lat")),
        bbox_wsen=as_bbox_wsen(west, south, east, north),
        kind=_kind(kind),
        country=_country(_dict(raw.get("address")).get("country_code")),
    )


def _lon_lat(raw: _Raw) -> tuple[float, float]:
    pair = _dict(raw.get("geometry")).get("coordinates")
    if not isinstance(pair, list) or len(pair) < 2:
        raise ValueError("an answer without coordinates")
    return as_number(pair[0]), as_number(pair[1])


def _photon(raw: _Raw) -> Answer:
    facts = _dict(raw.get("properties"))
    name = as_text(facts.get("name"))
    if name is None:
        raise ValueError("an answer without a name")
    west, north, east, south = _four(facts.get("extent"))
    lon, lat = _lon_lat(raw)
    return Answer(
        reference=f"{_OSM_TYPE.get(str(facts.get('osm_type')), 'place')}/{facts.get('osm_id')}",
        name=name,
        names=(name,),
        lon=lon,
        lat=lat,
        bbox_wsen=as_bbox_wsen(west, south, east, north),
        kind=_kind(facts.get("osm_value") if facts.get("osm_key") != "boundary"
                   else facts.get("type")),
        country=_country(facts.get("countrycode")),
    )  # fmt: skip


_GEONAMES_KIND = {
    "PCLI": "country", "ADM1": "state", "ADM2": "county", "ADM3": "town", "ADM4": "village",
    "PPLC": "city", "PPLA": "city", "PPLA2": "city", "ISL": "island", "MT": "peak", "HLL": "peak",
    "STM": "river", "SEA": "sea", "BAY": "bay", "STR": "strait", "AIRP": "aerodrome",
    "RSTN": "station", "PRT": "harbour", "CAPE": "cape", "LK": "lake", "DAM": "dam",
}  # fmt: skip


def _geonames(raw: _Raw) -> Answer:
    name = as_text(raw.get("name")) or as_text(raw.get("toponymName"))
    if name is None:
        raise ValueError("an answer without a name")
    box = _dict(raw.get("bbox"))
    fallback = "village" if raw.get("fcl") == "P" else None
    return Answer(
        reference=str(as_text(raw.get("geonameId"))),
        name=name,
        names=_texts(name, raw.get("toponymName")),
        lon=as_number(raw.get("lng")),
        lat=as_number(raw.get("lat")),
        bbox_wsen=as_bbox_wsen(*(box.get(k) for k in ("west", "south", "east", "north"))),
        kind=_GEONAMES_KIND.get(str(raw.get("fcode")), fallback),
        country=_country(raw.get("countryCode")),
    )


def _opencage(raw: _Raw) -> Answer:
    parts, spot = _dict(raw.get("components")), _dict(raw.get("geometry"))
    box = _dict(raw.get("bounds"))
    low, high = _dict(box.get("southwest")), _dict(box.get("northeast"))
    kind = _kind(parts.get("_type"))
    label = str(as_text(raw.get("formatted")) or "")
    name = as_text(parts.get(kind)) if kind else None
    name = name or as_text(label.split(",", maxsplit=1)[0])
    if name is None:
        raise ValueError("an answer without a name")
    lon, lat = as_number(spot.get("lng")), as_number(spot.get("lat"))
    return Answer(
        reference=f"{lat:.5f}_{lon:.5f}",  # the service gives its places no numbers
        name=name,
        names=(name,),
        lon=lon,
        lat=lat,
        bbox_wsen=as_bbox_wsen(low.get("lng"), low.get("lat"), high.get("lng"), high.get("lat")),
        kind=kind,
        country=_country(parts.get("ISO_3166-1_alpha-2")),
    )


_PELIAS_KIND = {"region": "state", "macroregion": "state", "localadmin": "town",
                "locality": "town", "borough": "suburb", "neighbourhood": "suburb",
                "venue": "building", "address": "house"}  # fmt: skip


def _pelias(raw: _Raw) -> Answer:
    facts = _dict(raw.get("properties"))
    name = as_text(facts.get("name"))
    if name is None:
        raise ValueError("an answer without a name")
    lon, lat = _lon_lat(raw)
    layer = str(facts.get("layer"))
    return Answer(
        reference=str(as_text(facts.get("gid"))),
        name=name,
        names=_texts(name, facts.get("label")),
        lon=lon,
        lat=lat,
        bbox_wsen=as_bbox_wsen(*_four(raw.get("bbox"))),
        kind=_kind(_PELIAS_KIND.get(layer, layer)),
        country=_country(facts.get("country_code")),
    )


def _viewbox(bbox_wsen: Bbox) -> dict[str, Any]:
    west, south, east, north = bbox_wsen
    return {"viewbox": [(south, west), (north, east)]}  # geopy speaks (lat, lon)


def _middle(bbox_wsen: Bbox) -> dict[str, Any]:
    west, south, east, north = bbox_wsen
    return {"location_bias": ((south + north) / 2, (west + east) / 2)}  # (lat, lon)


_NOMINATIM: dict[str, Any] = {
    "limit": _LIMIT, "addressdetails": True, "namedetails": True, "language": "en",
}  # fmt: skip

SERVICES: dict[str, Service] = {
    s.id: s
    for s in (
        Service(
            id="nominatim", title="Nominatim", geopy_class="Nominatim",
            host="nominatim.openstreetmap.org",
            # "No heavy uses (an absolute maximum of 1 request per second)."
            interval_s=1.0, attribution=_OSM,
            terms_url="https://operations.osmfoundation.org/policies/nominatim/",
            is_whole=_is_list, read=_nominatim, bias=_viewbox, arguments=_NOMINATIM,
        ),
        Service(
            id="photon", title="Photon", geopy_class="Photon", host="photon.komoot.io",
            # "Extensive usage will be throttled"; no number is published.
            interval_s=1.0, attribution=_OSM, terms_url="https://photon.komoot.io/",
            is_whole=_has_list("features"), read=_photon, bias=_middle,
            arguments={"limit": _LIMIT, "language": "en"},
        ),
        Service(
            id="geonames", title="GeoNames", geopy_class="GeoNames", host="secure.geonames.org",
            # 1,000 credits an hour for a free account.
            interval_s=3.6, attribution="GeoNames (CC BY 4.0)",
            terms_url="https://www.geonames.org/export/", is_whole=_has_list("geonames"),
            read=_geonames, key_variable="GEONAMES_USERNAME", key_argument="username",
            arguments={},
        ),
        Service(
            id="opencage", title="OpenCage", geopy_class="OpenCage", host="api.opencagedata.com",
            # One request a second for a trial account.
            interval_s=1.0, attribution=_OSM, terms_url="https://opencagedata.com/api",
            is_whole=_has_list("results"), read=_opencage, key_variable="OPENCAGE_API_KEY",
            key_argument="api_key", arguments={"annotations": False, "language": "en"},
        ),
        Service(
            id="geocodeearth", title="Geocode Earth", geopy_class="GeocodeEarth",
            host="api.geocode.earth", interval_s=1.0,
            attribution=f"Geocode Earth; {_OSM}; Who's On First; GeoNames (CC BY 4.0)",
            terms_url="https://geocode.earth/guidelines", is_whole=_has_list("features"),
            read=_pelias, key_variable="GEOCODE_EARTH_API_KEY", key_argument="api_key",
            arguments={"language": "en"},
        ),
        Service(
            id="pickpoint", title="PickPoint", geopy_class="PickPoint", host="api.pickpoint.io",
            interval_s=1.0, attribution=_OSM, terms_url="https://pickpoint.io/",
            is_whole=_is_list, read=_nominatim, key_variable="PICKPOINT_API_KEY",
            key_argument="api_key", bias=_viewbox, arguments=_NOMINATIM,
        ),
    )
}  # fmt: skip
"""Every service by its id."""
