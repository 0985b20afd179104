"""Build ``geodata/lines/*.geojson`` for lines of control and ceasefire lines elsewhere.

Each is the boundary that two time zones share in OpenStreetMap, cut where the line
begins and ends. None is checked against a survey: the accuracy is an upper bound,
the 95th percentile of the distance to Natural Earth's line, itself off by kilometres.

Run ``python geodata/scripts/other_lines.py`` with the ``geodata`` extra installed;
``--measure countries-10m.json`` (npm world-atlas 2.0.2) prints the distances instead.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from divide import GEODATA, OSM, collection, nearest_vertex, require_pinned

# Within 0.00001 degrees (1 m) of the source; what is left out is no information.
SIMPLIFIED_DEG = 0.00001


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line: whose time zones share it, where it begins and ends, what it asserts."""

    zones: tuple[str, str]
    begin: tuple[float, float]
    end: tuple[float, float]
    countries: tuple[str, str]
    accuracy_m: float
    about: dict[str, Any]
    asserts: str


LINES = (
    Line(
        zones=("Asia/Famagusta", "Asia/Nicosia"),
        begin=(32.705, 35.167),
        end=(33.983, 35.055),
        countries=(
            "N. Cyprus+Cyprus U.N. Buffer Zone+Dhekelia",
            "Cyprus U.N. Buffer Zone+N. Cyprus",
        ),
        accuracy_m=1400.0,
        about={
            "id": "cyprus-green-line",
            "name_en": "Green Line in Cyprus",
            "name_ko": "키프로스 그린 라인",
            "left_name": "north",
            "right_name": "south",
            "left_name_ko": "북쪽",
            "right_name_ko": "남쪽",
            "timezone": "Asia/Nicosia",
        },
        asserts="One line through the United Nations Buffer Zone, which is up to some kilometres "
        "wide; the ceasefire lines of 16 August 1974 are its edges",
    ),
    Line(
        zones=("Asia/Karachi", "Asia/Kolkata"),
        begin=(74.66, 32.77),
        end=(77.0083, 35.0080),
        countries=("Pakistan", "India"),
        accuracy_m=4900.0,
        about={
            "id": "kashmir-line-of-control",
            "name_en": "Line of Control in Kashmir",
            "name_ko": "카슈미르 통제선",
            "left_name": "northwest",
            "right_name": "southeast",
            "left_name_ko": "북서쪽",
            "right_name_ko": "남동쪽",
            "timezone": "Asia/Kolkata",
        },
        asserts="The line of the Simla Agreement of 1972 up to point NJ9842; its southern end is "
        "taken at the Chenab west of Akhnoor, to some 15 km",
    ),
    Line(
        zones=("Asia/Jerusalem", "Asia/Damascus"),
        begin=(35.756, 32.745),
        end=(35.773, 33.336),
        countries=("Israel", "Syria"),
        accuracy_m=1100.0,
        about={
            "id": "golan-ceasefire-line",
            "name_en": "Ceasefire line on the Golan",
            "name_ko": "골란 정전선",
            "left_name": "west",
            "right_name": "east",
            "left_name_ko": "서쪽",
            "right_name_ko": "동쪽",
            "timezone": "Asia/Jerusalem",
        },
        asserts="The western line of the Agreement on Disengagement of 31 May 1974; an area of "
        "separation lies east of it; positions since December 2024 are not drawn",
    ),
    Line(
        zones=("Asia/Beirut", "Asia/Jerusalem"),
        begin=(35.105, 33.0935),
        end=(35.773, 33.336),
        countries=("Lebanon", "Israel"),
        accuracy_m=2000.0,
        about={
            "id": "lebanon-blue-line",
            "name_en": "Blue Line in Lebanon",
            "name_ko": "레바논 블루 라인",
            "left_name": "north",
            "right_name": "south",
            "left_name_ko": "북쪽",
            "right_name_ko": "남쪽",
            "timezone": "Asia/Beirut",
        },
        asserts="The line by which the United Nations confirmed the withdrawal of 2000, without "
        "prejudice to any border; its eastern part to Mount Hermon is disputed",
    ),
    Line(
        zones=("Asia/Gaza", "Asia/Jerusalem"),
        begin=(34.267, 31.22),
        end=(34.4905, 31.596),
        countries=("Palestine", "Israel"),
        accuracy_m=2800.0,
        about={
            "id": "gaza-armistice-line",
            "name_en": "Armistice line of Gaza",
            "name_ko": "가자 정전선",
            "left_name": "west",
            "right_name": "east",
            "left_name_ko": "서쪽",
            "right_name_ko": "동쪽",
            "timezone": "Asia/Gaza",
        },
        asserts="The demarcation line after the Armistice of 1949 as changed in 1950; not the "
        "lines of any later deployment",
    ),
)


def shared(line: Line) -> np.ndarray:
    """Return the vertices of the line, from its beginning to its end."""
    from timezonefinder import get_geometry

    def boundary(zone: str) -> Any:
        polygons = [
            shapely.Polygon(np.transpose(rings[0]), [np.transpose(r) for r in rings[1:]])
            for rings in get_geometry(tz_name=zone)
        ]
        return shapely.union_all(polygons).boundary

    both = shapely.line_merge(shapely.intersection(*(boundary(z) for z in line.zones)))
    longest = max(shapely.get_parts(both), key=lambda part: part.length)
    chain = shapely.get_coordinates(longest)
    a, b = nearest_vertex(chain, line.begin), nearest_vertex(chain, line.end)
    part = chain[a : b + 1] if a < b else chain[b : a + 1][::-1]
    return shapely.get_coordinates(shapely.simplify(shapely.LineString(part), SIMPLIFIED_DEG))


def feature(line: Line, vertices: np.ndarray) -> dict[str, Any]:
    """Return the line's one GeoJSON feature."""
    return {
        "type": "Feature",
        "properties": {
            "segment": line.about["id"],
            "name_en": line.about["name_en"],
            "name_ko": line.about["name_ko"],
            "accuracy_m": line.accuracy_m,
            "accuracy_note": "upper bound: 95th percentile of the distance to Natural Earth 1:10m",
            "asserts": line.asserts,
            "attribution": OSM,
        },
        "geometry": {
            "type": "LineString",
            "coordinates": [[round(float(x), 6), round(float(y), 6)] for x, y in vertices],
        },
    }


def natural_earth(topology: dict[str, Any], name: str) -> Any:
    """Return the outlines of countries (joined by +) from a TopoJSON file, as lines."""
    scale, move = (np.array(topology["transform"][k]) for k in ("scale", "translate"))
    arcs = [np.cumsum(np.array(a), axis=0) * scale + move for a in topology["arcs"]]

    def numbers(value: Any) -> list[int]:
        return [value] if isinstance(value, int) else [n for v in value for n in numbers(v)]

    used: set[int] = set()
    for country in topology["objects"]["countries"]["geometries"]:
        if country["properties"]["name"] in name.split("+"):
            used |= {n if n >= 0 else ~n for n in numbers(country["arcs"])}
    return shapely.MultiLineString([arcs[n] for n in sorted(used)])


def measure(path: Path) -> None:
    """Print how far each line lies from Natural Earth's, metres: mean, 95th, maximum."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    for line in LINES:
        vertices = shared(line)
        k = np.array([111_320 * np.cos(np.radians(vertices[:, 1].mean())), 110_900])
        sides = [
            shapely.transform(natural_earth(topology, name), lambda c, k=k: c * k)
            for name in line.countries
        ]
        samples = shapely.points(
            shapely.get_coordinates(shapely.segmentize(shapely.LineString(vertices * k), 100))
        )
        # Between the two where a zone lies between the countries.
        off = np.maximum(*(shapely.distance(samples, side) for side in sides))
        print(f"{line.about['id']}: {off.mean():.0f} {np.percentile(off, 95):.0f} {off.max():.0f}")


def main() -> None:
    """Write one file a line."""
    require_pinned()
    if sys.argv[1:2] == ["--measure"]:
        measure(Path(sys.argv[2]))
        return
    for line in LINES:
        about = {
            **line.about,
            "published_by": "OpenStreetMap contributors (2026)",
            "zone_width_m": 0.0,
            "is_schematic": True,
        }
        path = GEODATA / "lines" / f"{line.about['id']}.geojson"
        path.write_text(collection([feature(line, shared(line))], **about), encoding="utf-8")


if __name__ == "__main__":
    main()
