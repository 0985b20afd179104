"""Siting a million points against what geopandas and shapely users would write.

``python tests/benchmarks/bench_site.py [--points 1000000] [--scale]`` checks that
the answers agree, then prints a table in Markdown. The peers work in one
projected CRS that covers the line, as their users would; ours needs none.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable

import geopandas as gpd
import numpy as np
import shapely
from compared import compared
from pyproj import Geod

from bordermap.files import geodata_path
from bordermap.line import DemarcationLine, load_line, read_line
from bordermap.site import site

METRIC = "+proj=tmerc +lat_0=38 +lon_0=127.5 +ellps=WGS84 +units=m"
WINDOW = (124.6, 36.6, 129.9, 39.6)


def timed(function: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    result = function()
    return time.perf_counter() - start, result


def points(n: int, seed: int = 1) -> gpd.GeoDataFrame:
    rng = np.random.default_rng(seed)
    west, south, east, north = WINDOW
    geometry = gpd.points_from_xy(rng.uniform(west, east, n), rng.uniform(south, north, n))
    return gpd.GeoDataFrame({"radius_m": np.full(n, 100.0)}, geometry=geometry, crs=4326)


def fresh() -> DemarcationLine:
    """Return the line as a new process has it: with no index yet."""
    return read_line(
        geodata_path("lines/korea.geojson"), zones=[geodata_path("zones/korea.geojson")]
    )


def peer_sjoin(frame: gpd.GeoDataFrame, line: DemarcationLine, *, segments: bool) -> np.ndarray:
    """Side by sjoin with the northern polygon, distance by sjoin_nearest."""
    north = gpd.GeoDataFrame({"north": [True]}, geometry=[line.left_polygon], crs=4326)
    dense = shapely.segmentize(shapely.LineString(line.chain), 0.01)
    if segments:
        c = shapely.get_coordinates(dense)
        parts = shapely.linestrings(np.stack([c[:-1], c[1:]], axis=1))
    else:
        parts = np.array([dense])
    lines = gpd.GeoDataFrame(geometry=parts, crs=4326).to_crs(METRIC)
    metric = frame.to_crs(METRIC)
    gpd.sjoin(frame, north, how="left", predicate="within")
    nearest = gpd.sjoin_nearest(metric, lines, distance_col="distance_m")
    return nearest[~nearest.index.duplicated()].sort_index()["distance_m"].to_numpy()


def peer_tree(frame: gpd.GeoDataFrame, line: DemarcationLine) -> np.ndarray:
    """Side by contains_xy, distance by shapely's STRtree over the line's edges."""
    shapely.contains_xy(line.left_polygon, frame.geometry.x, frame.geometry.y)
    c = shapely.get_coordinates(shapely.segmentize(shapely.LineString(line.chain), 0.01))
    parts = shapely.linestrings(np.stack([c[:-1], c[1:]], axis=1))
    edges = gpd.GeoSeries(parts, crs=4326).to_crs(METRIC).to_numpy()
    there = frame.geometry.to_crs(METRIC).to_numpy()
    index, distance = shapely.STRtree(edges).query_nearest(
        there, return_distance=True, all_matches=False
    )
    return distance[np.argsort(index[0], kind="stable")]


def peer_distance(frame: gpd.GeoDataFrame, line: DemarcationLine) -> np.ndarray:
    """Side by contains_xy, distance by GeoSeries.distance to the whole line."""
    shapely.contains_xy(line.left_polygon, frame.geometry.x, frame.geometry.y)
    whole = gpd.GeoSeries(
        [shapely.segmentize(shapely.LineString(line.chain), 0.01)], crs=4326
    ).to_crs(METRIC)
    return frame.geometry.to_crs(METRIC).distance(whole.iloc[0]).to_numpy()


def check_truth(line: DemarcationLine, n: int = 300) -> float:
    """Return our largest error in metres against geodesics to a line of 10 m pieces."""
    frame = points(n, seed=9)
    ours = site(frame, line=line)
    c = shapely.get_coordinates(shapely.segmentize(shapely.LineString(line.chain), 0.0001))
    worst = 0.0
    for p, d in zip(frame.geometry, ours.distance_m, strict=True):
        # Geodesics to the 2,000 pieces that a coarse look finds nearest.
        rough = np.hypot((c[:, 0] - p.x) * np.cos(np.radians(p.y)), c[:, 1] - p.y)
        near = c[np.argpartition(rough, 2000)[:2000]]
        _, _, all_m = Geod(ellps="WGS84").inv(
            np.full(len(near), p.x), np.full(len(near), p.y), near[:, 0], near[:, 1]
        )
        worst = max(worst, d - all_m.min())
    return worst


def memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--scale", action="store_true", help="only ours, 1e5 to 1e7 points")
    options = parser.parse_args()
    line = load_line()
    if options.scale:
        print("| points | seconds | microseconds a point | peak memory MB |\n|---|---|---|---|")
        site(points(1000))
        for n in (100_000, 1_000_000, 10_000_000):
            frame = points(n)
            seconds, _ = timed(lambda frame=frame: site(frame, line=line))
            print(f"| {n:,} | {seconds:.2f} | {seconds / n * 1e6:.2f} | {memory_mb():,.0f} |")
        return
    print(f"largest error against geodesics: {check_truth(line):.3f} m")
    frame = points(options.points)
    cold, ours = timed(lambda: site(frame, line=fresh()))
    peak = memory_mb()
    warm_line = fresh()
    site(frame, line=warm_line)
    warm, _ = timed(lambda: site(frame, line=warm_line))
    rows = [("bordermap.site, index not built yet", cold), ("bordermap.site", warm)]
    near = ours["distance_m"].to_numpy()  # type: ignore[index]
    for name, peer in (
        ("geopandas sjoin + sjoin_nearest, line in segments",
         lambda f: peer_sjoin(f, line, segments=True)),
        ("shapely STRtree, line in segments", lambda f: peer_tree(f, line)),
        ("geopandas sjoin + sjoin_nearest, line as one",
         lambda f: peer_sjoin(f, line, segments=False)),
        ("GeoSeries.distance, line as one", lambda f: peer_distance(f, line)),
    ):  # fmt: skip
        seconds, distance = timed(lambda peer=peer: peer(frame))
        # The projection stretches by up to 5 parts in 10,000 at the window's edge.
        off = np.abs(distance - near) / np.maximum(near, 1000)
        assert off.max() < 1e-3, (name, off.max())
        rows.append((name, seconds))
    for name, seconds in rows:
        if not name.startswith("bordermap"):
            compared("siting", "bordermap.site", warm, name, seconds)
    print("| what | seconds | times ours (warm) | times ours (cold) |\n|---|---|---|---|")
    for name, seconds in rows:
        print(f"| {name} | {seconds:.2f} | {seconds / warm:.1f} | {seconds / cold:.1f} |")
    print(f"\n{options.points:,} points; peak memory of ours {peak:,.0f} MB")


if __name__ == "__main__":
    main()
