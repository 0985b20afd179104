"""Build ``geodata/lines/korea.geojson`` and ``geodata/zones/korea.geojson``.

The divide is one chain of four segments, west to east, so that north is on
its left: the Northern Limit Line in the Yellow Sea, the Han estuary, the
Military Demarcation Line on land, and the Northern Limit Line in the East Sea.

Run ``python geodata/scripts/divide.py`` with the ``geodata`` extra installed.
"""

from __future__ import annotations

import csv
import itertools
import json
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from shapely.ops import split

GEODATA = Path(__file__).resolve().parent.parent
PINNED = {"timezonefinder": "9.0.0", "timezonefinder-data": "3.2026.3.post1"}
OSM = "© OpenStreetMap contributors"
NLL = "Republic of Korea Ministry of National Defense (published coordinates)"

# Where the Armistice has the line begin, at the mouth of the Imjin, and the shore in the east.
MDL_WEST = (126.689576, 37.84318)
MDL_EAST = (128.358864, 38.615321)
# Where the estuary meets the first published vertex of the Northern Limit Line.
ESTUARY_WEST = (126.111114, 37.712492)
EAST_SEA_END = (130.0, 38.617702)
# Conference row in the Joint Security Area and how far the accurate part reaches.
JSA, JSA_REACH_DEG = (126.67682, 37.95602), 0.006
# OpenStreetMap draws one straight edge of 5.3 km in the centre.
STRAIGHT_M = 3000.0
ZONE_WIDTH_M = 2000.0

ASSERTS = {
    "nll_west": "A line drawn by the United Nations Command in 1953 and kept by the Republic of "
    "Korea; not in the Armistice, not recognised by the DPRK",
    "estuary": "No demarcation line was agreed here; a line amid the waters that the Armistice "
    "opens to civil shipping of both sides",
    "mdl": "The Military Demarcation Line of the Armistice of 27 July 1953, as mapped by "
    "OpenStreetMap contributors",
    "nll_east": "An extension along the parallel, in use by the Republic of Korea; not in the "
    "Armistice; its eastern end is illustrative",
}
NAMES = {
    "nll_west": ("Northern Limit Line (Yellow Sea)", "북방한계선 (서해)"),
    "estuary": ("Han River estuary", "한강 하구"),
    "mdl": ("Military Demarcation Line", "군사분계선"),
    "nll_east": ("Northern Limit Line (East Sea)", "북방한계선 (동해)"),
}


def require_pinned() -> None:
    """Stop where another version of a source is installed than the files were made from."""
    for package, wanted in PINNED.items():
        if version(package) != wanted:
            raise SystemExit(f"{package} is {version(package)}; install {wanted}")


def shared_boundary() -> np.ndarray:
    """Return the chain where the time zones of Seoul and Pyongyang meet, west to east."""
    from timezonefinder import get_geometry

    def boundary(zone: str) -> Any:
        polygons = [
            shapely.Polygon(np.transpose(rings[0]), [np.transpose(r) for r in rings[1:]])
            for rings in get_geometry(tz_name=zone)
        ]
        return shapely.union_all(polygons).boundary

    both = shapely.line_merge(
        shapely.intersection(boundary("Asia/Seoul"), boundary("Asia/Pyongyang"))
    )
    longest = max(both.geoms, key=lambda part: part.length)
    chain = shapely.get_coordinates(longest)
    return chain if chain[0, 0] < chain[-1, 0] else chain[::-1]


def published_limit_line() -> np.ndarray:
    """Return the vertices of the Northern Limit Line in the Yellow Sea, west to east."""

    def degrees(text: str) -> float:
        d, m, s = map(int, re.findall(r"\d+", text))
        return round(d + m / 60 + s / 3600, 6)

    with (GEODATA / "lines" / "nll_vertices.csv").open(encoding="utf-8") as file:
        rows = [(degrees(r["lon_dms"]), degrees(r["lat_dms"])) for r in csv.DictReader(file)]
    return np.array(rows[::-1])


def nearest_vertex(chain: np.ndarray, point: tuple[float, float]) -> int:
    """Return the index of the vertex of ``chain`` that lies closest to ``point``."""
    return int(np.hypot(*(chain - point).T).argmin())


def mdl_parts(chain: np.ndarray) -> list[tuple[np.ndarray, float, str]]:
    """Cut the line on land where its accuracy changes: (vertices, metres at 95 %, note)."""
    to_metres = Transformer.from_crs(4326, 32652, always_xy=True).transform
    x, y = to_metres(chain[:, 0], chain[:, 1])
    long = np.hypot(np.diff(x), np.diff(y)) > STRAIGHT_M
    middle = (chain[:-1] + chain[1:]) / 2
    near_jsa = np.hypot(*((middle - JSA) * [np.cos(np.radians(38)), 1]).T) < JSA_REACH_DEG
    kind = np.where(near_jsa, 1, np.where(long, 2, 0))
    cuts = [0, *(np.flatnonzero(np.diff(kind)) + 1).tolist(), len(kind)]
    stated = {
        0: (269.0, "95th percentile against an independent survey line of 928 vertices"),
        1: (20.0, "Joint Security Area, mapped from the conference row"),
        2: (592.0, "one straight edge in the source; the largest offset measured"),
    }
    return [(chain[a : b + 1], *stated[int(kind[a])]) for a, b in itertools.pairwise(cuts)]


def feature(segment: str, vertices: np.ndarray, accuracy_m: float, note: str) -> dict[str, Any]:
    """Return one GeoJSON feature of the line."""
    name_en, name_ko = NAMES[segment]
    return {
        "type": "Feature",
        "properties": {
            "segment": segment,
            "name_en": name_en,
            "name_ko": name_ko,
            "accuracy_m": accuracy_m,
            "accuracy_note": note,
            "asserts": ASSERTS[segment],
            "attribution": NLL if segment == "nll_west" else OSM,
        },
        "geometry": {
            "type": "LineString",
            "coordinates": [[round(float(x), 6), round(float(y), 6)] for x, y in vertices],
        },
    }


def segments() -> list[dict[str, Any]]:
    """Return the features of the four segments, one chain from west to east."""
    chain = shared_boundary()
    estuary, west, east = (nearest_vertex(chain, p) for p in (ESTUARY_WEST, MDL_WEST, MDL_EAST))
    limit = published_limit_line()
    limit[-1] = chain[estuary]  # the same point, rounded otherwise: the chain has no gap
    parts = [
        feature("nll_west", limit, 500.0, "datum and drawing of the 1953 charts are not stated"),
        feature("estuary", chain[estuary : west + 1], 1500.0, "half the width of the waters"),
    ]
    for vertices, accuracy_m, note in mdl_parts(chain[west : east + 1]):
        parts.append(feature("mdl", vertices, accuracy_m, note))
    sea = np.vstack([chain[east:], EAST_SEA_END])
    return [*parts, feature("nll_east", sea, 2000.0, "the parallel is given to a minute")]


def zones(features: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the demilitarized zone in its two halves, 2 km each side of the line on land."""
    coordinates: list[list[float]] = []
    for item in features:
        if item["properties"]["segment"] == "mdl":
            coordinates += item["geometry"]["coordinates"][1 if coordinates else 0 :]
    # On a transverse Mercator through the middle of the line, lengths within 90 km of
    # the central meridian are right to 1 part in 10,000: 0.2 m in 2 km.
    metric = "+proj=tmerc +lat_0=38 +lon_0=127.5 +ellps=WGS84 +units=m"
    there = Transformer.from_crs("EPSG:4326", metric, always_xy=True).transform
    back = Transformer.from_crs(metric, "EPSG:4326", always_xy=True).transform
    line = shapely.transform(shapely.LineString(coordinates), there, interleaved=False)
    band = line.buffer(ZONE_WIDTH_M, quad_segs=16, cap_style="flat")
    halves = split(band, lengthened(line, 5.0)).geoms
    made = []
    for name, en, ko in (
        ("dmz_north", "Demilitarized Zone, northern half", "비무장지대 (북측)"),
        ("dmz_south", "Demilitarized Zone, southern half", "비무장지대 (남측)"),
    ):
        north = name == "dmz_north"
        half = shapely.union_all([h for h in halves if (side_of(line, h) > 0) == north])
        half = shapely.transform(shapely.simplify(half, 1.0), back, interleaved=False)
        half = shapely.orient_polygons(shapely.set_precision(half, 1e-6))
        made.append(
            {
                "type": "Feature",
                "properties": {
                    "zone": name,
                    "name_en": en,
                    "name_ko": ko,
                    "asserts": "2 km from the Military Demarcation Line, by Article I of the "
                    "Armistice, measured from the line as published here",
                    "attribution": OSM,
                },
                "geometry": json.loads(shapely.to_geojson(half)),
            }
        )
    return made


def lengthened(line: shapely.LineString, by_m: float) -> shapely.LineString:
    """Return the line with both ends drawn out straight by some metres."""
    c = shapely.get_coordinates(line)
    first = c[0] + (c[0] - c[1]) / np.hypot(*(c[0] - c[1])) * by_m
    last = c[-1] + (c[-1] - c[-2]) / np.hypot(*(c[-1] - c[-2])) * by_m
    return shapely.LineString([first, *c, last])


def side_of(line: shapely.LineString, polygon: shapely.Polygon) -> float:
    """Return a positive number where the polygon lies left of the line, by its inner point."""
    point = polygon.representative_point()
    at = line.project(point)
    a, b = line.interpolate(max(at - 1, 0)), line.interpolate(at + 1)
    return (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x)


def collection(features: list[dict[str, Any]], **about: object) -> str:
    """Return a GeoJSON text, one feature a line, so that changes can be read in a diff."""
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    head = json.dumps({"bordermap": about}, ensure_ascii=False)[1:-1]
    return f'{{"type":"FeatureCollection",{head},"features":[\n{lines}\n]}}\n'


def main() -> None:
    """Write both files."""
    require_pinned()
    features = segments()
    about = {
        "id": "korea",
        "name_en": "Line between the two Koreas",
        "name_ko": "남북 분계선",
        "left_name": "north",
        "right_name": "south",
        "left_name_ko": "북쪽",
        "right_name_ko": "남쪽",
        "published_by": "OpenStreetMap contributors (2026) and the Republic of Korea Ministry of "
        "National Defense",
        "timezone": "Asia/Seoul",
        "zone_width_m": ZONE_WIDTH_M,
        "window_wsen": [123.4, 32.8, 132.2, 43.2],
    }
    (GEODATA / "lines" / "korea.geojson").write_text(
        collection(features, **about), encoding="utf-8"
    )
    (GEODATA / "zones" / "korea.geojson").write_text(
        collection(zones(features), id="korea"), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
