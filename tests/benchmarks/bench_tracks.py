"""Crossings of many fixes: ``python tests/benchmarks/bench_tracks.py [--fixes 5000000]``."""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np
import pandas as pd

from bordermap.geo import metres_per_degree
from bordermap.line import load_line
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fixes", type=int, default=5_000_000)
    options = parser.parse_args()
    print("| fixes | tracks | crossings | seconds | microseconds a fix | peak memory MB |")
    print("|---|---|---|---|---|---|")
    for n in (options.fixes // 100, options.fixes // 10, options.fixes):
        table = fixes(n)
        start = time.perf_counter()
        found = find_crossings(table, line=load_line())
        seconds = time.perf_counter() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        crossings = int((found["event"] == "crossing").sum())
        print(
            f"| {len(table):,} | {table.track_id.nunique():,} | {crossings:,} | {seconds:.2f} | "
            f"{seconds / len(table) * 1e6:.2f} | {memory:,.0f} |"
        )


if __name__ == "__main__":
    main()
