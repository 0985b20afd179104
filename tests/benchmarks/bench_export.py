"""Writing a million incidents, against what geopandas writes of the same columns.

``python tests/benchmarks/bench_export.py [--rows 1000000] [--rounds 3]`` prints a
table in Markdown: seconds of each (the best of the rounds, which alternate), their
ratio, and the most memory that the process held while ours was written, table
included. Each format runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from compared import compared

from bordermap.pipeline import load, write

# Ending, and how a user of geopandas writes it.
FORMATS = {
    "gpkg": lambda frame, path: frame.to_file(path),
    "parquet": lambda frame, path: frame.to_parquet(path),
    "geojson": lambda frame, path: frame.to_file(path),
}
ARROW = {
    "gpkg": lambda frame, path: frame.to_file(path, use_arrow=True),
    "geojson": lambda frame, path: frame.to_file(path, use_arrow=True),
}


def table(rows: int, seed: int = 1) -> gpd.GeoDataFrame:
    """Return the seeds' texts over and over, each row with its own id, day, spot and numbers."""
    seeds, rng = load(), np.random.default_rng(seed)
    picked = rng.integers(0, len(seeds), rows)
    frame = pd.DataFrame(seeds.drop(columns="geometry")).iloc[picked].reset_index(drop=True)
    day = np.datetime64("2015-01-01", "s") + rng.integers(0, 3650, rows) * np.timedelta64(1, "D")
    numbers = {c: rng.uniform(0, 1, rows)
               for c in ("p_north", "distance_m", "nearest_lon", "p_dmz")}  # fmt: skip
    frame = frame.assign(
        id=[f"bm-{i:012x}" for i in range(rows)], date_start=day, date_end=day, precision="place",
        radius_m=rng.uniform(100, 5000, rows).round(), **numbers,
    )  # fmt: skip
    points = shapely.points(rng.uniform(125, 129, rows), rng.uniform(37, 39, rows))
    return gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")


def peak_mb() -> float:
    """Return the most memory that this process held since the last reset, megabytes."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def seconds(make: object, *arguments: object) -> float:
    start = time.perf_counter()
    make(*arguments)  # type: ignore[operator]
    return time.perf_counter() - start


def one(ending: str, rows: int, rounds: int) -> dict[str, float]:
    """Return the figures of one format."""
    frame = table(rows)
    best = {"ours": np.inf, "plain": np.inf, "arrow": np.inf, "peak_mb": 0.0}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            target = Path(folder) / f"x.{ending}"
            # Resets the peak (Linux); the table stays in memory, as in use.
            Path("/proc/self/clear_refs").write_text("5")
            best["ours"] = min(best["ours"], seconds(write, frame, target))
            best["peak_mb"] = max(best["peak_mb"], peak_mb())
            target.unlink()
            for name, writers in (("plain", FORMATS), ("arrow", ARROW)):
                if ending in writers:
                    best[name] = min(best[name], seconds(writers[ending], frame, target))
                    target.unlink()
    return best


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", help="one format, as JSON")
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(one(asked.one, asked.rows, asked.rounds)))
        return
    print("| format | ours, s | geopandas, s | ratio | geopandas with Arrow, s | peak, MB |")
    print("|---|---|---|---|---|---|")
    found = {}
    for ending in FORMATS:
        words = ["--one", ending, "--rows", str(asked.rows), "--rounds", str(asked.rounds)]
        done = subprocess.run(
            [sys.executable, "-W", "ignore", __file__, *words],
            capture_output=True, text=True, check=True, env={**os.environ},
        )  # fmt: skip
        r = json.loads(done.stdout)
        arrow = f"{r['arrow']:.1f}" if np.isfinite(r["arrow"]) else ""
        print(f"| {ending} | {r['ours']:.1f} | {r['plain']:.1f} | {r['ours'] / r['plain']:.2f} "
              f"| {arrow} | {r['peak_mb']:.0f} |", flush=True)  # fmt: skip
        found[ending] = r
    for ending, r in found.items():
        what = f".{ending}, {asked.rows:,} incidents"
        compared("export", what, r["ours"], "plain geopandas", r["plain"])


if __name__ == "__main__":
    main()
