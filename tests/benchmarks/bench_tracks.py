"""Crossings of many fixes, and what peers take: ``bench_tracks.py [--fixes 5000000]``.

The peers answer less: shapely tells where paths meet the line, without times and
with each step of a jitter along it; movingpandas cuts tracks by side, with times.
"""

from __future__ import annotations

import argparse
import importlib.util
import resource
import time
from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from compared import compared

from bordermap.geo import metres_per_degree
from bordermap.line import DemarcationLine, load_line
from bordermap.tracks import find_crossings

PER_TRACK = 2500


def fixes(n: int, seed: int = 1) -> pd.DataFrame:
    """Return tracks that wander over the line at 5 m/s, a fix a minute, 30 m of noise."""
    rng = np.random.default_rng(seed)
    tracks = max(n // PER_TRACK, 1)
    chain = load_line().chain
    at = chain[rng.integers(0, len(chain), tracks)]
    east, north = metres_per_degree(at[:, 1])
    scale = np.stack([east, north], axis=1)[:, None, :]
    heading = np.cumsum(rng.normal(0, 0.15, (tracks, PER_TRACK)), axis=1)
    steps = 300 * np.stack([np.cos(heading), np.sin(heading)], axis=2) / scale
    noise = rng.normal(0, 30 / 2.4477, steps.shape) / scale
    path = at[:, None] + np.cumsum(steps, axis=1) + noise
    minutes = np.tile(np.arange(PER_TRACK), tracks)
    return pd.DataFrame(
        {
            "track_id": np.repeat(np.arange(tracks), PER_TRACK),
            "time": pd.Timestamp("2024-06-01") + pd.to_timedelta(minutes * 60, unit="s"),
            "lon": path[..., 0].ravel(),
            "lat": path[..., 1].ravel(),
        }
    )


def by_shapely(table: pd.DataFrame, line: DemarcationLine) -> int:
    """Return how often paths meet the line: no times, and each step of a jitter counts."""
    paths = shapely.linestrings(
        table[["lon", "lat"]].to_numpy(), indices=pd.factorize(table["track_id"])[0]
    )
    whole = shapely.LineString(line.chain)
    shapely.prepare(whole)
    met = shapely.intersection(paths, whole)
    return int(shapely.get_num_geometries(met[~shapely.is_empty(met)]).sum())


def by_movingpandas(table: pd.DataFrame, line: DemarcationLine) -> int:
    """Return in how many pieces trajectories lie on the northern side, with interpolated times."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of optional packages that we do not use
        import movingpandas

        points = gpd.points_from_xy(table["lon"], table["lat"])
        frame = gpd.GeoDataFrame(table[["track_id", "time"]], geometry=points, crs=4326)
        tracks = movingpandas.TrajectoryCollection(frame, "track_id", t="time")
        return len(tracks.clip(line.left_polygon))


def timed(function: Callable[..., object], *arguments: object) -> tuple[float, object]:
    start = time.perf_counter()
    result = function(*arguments)
    return time.perf_counter() - start, result


def crossings(table: pd.DataFrame, line: DemarcationLine) -> int:
    found = find_crossings(table, line=line)
    return int((found["event"] == "crossing").sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fixes", type=int, default=5_000_000)
    options = parser.parse_args()
    line = load_line()
    crossings(fixes(PER_TRACK), line)  # makes the index
    print("| fixes | crossings | seconds | microseconds a fix | peak memory MB |")
    print("|---|---|---|---|---|")
    for n in (options.fixes // 100, options.fixes // 10, options.fixes):
        table = fixes(n)
        seconds, found = timed(crossings, table, line)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        each = seconds / len(table) * 1e6
        print(f"| {len(table):,} | {found:,} | {seconds:.2f} | {each:.2f} | {memory:,.0f} |")
    print("\n| peer | fixes | found | microseconds a fix | times ours |\n|---|---|---|---|---|")
    peers = [("shapely: paths meeting the line", by_shapely, options.fixes // 10)]
    if importlib.util.find_spec("movingpandas"):
        peers.append(("movingpandas: clip to a side", by_movingpandas, 10 * PER_TRACK))
    rows = []
    for name, peer, n in peers:
        table = fixes(n)
        ours, _ = timed(crossings, table, line)
        seconds, found = timed(peer, table, line)
        each = seconds / len(table) * 1e6
        rows.append((name, ours, seconds))
        print(f"| {name} | {len(table):,} | {found:,} | {each:.2f} | {seconds / ours:.1f} |")
    for name, ours, seconds in rows:
        compared("crossings", "bordermap.find_crossings", ours, name, seconds)


if __name__ == "__main__":
    main()
