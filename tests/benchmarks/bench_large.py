"""A map of more incidents than a page opens one by one: counts by square, and the newest.

``python tests/benchmarks/bench_large.py [--rows 5000000] [--keep FOLDER]`` writes
generated incidents as Parquet, 100,000 a row group, runs ``bordermap render``
over them with the peak memory of all its processes, holds the counts against the
rows, opens the page in headless Chromium with the network cut, and prints a table in
Markdown. ``--keep`` leaves the files there.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import psutil
import pyarrow as pa
import pyarrow.parquet as pq
from playwright.sync_api import sync_playwright

from bordermap.table import Kind

GROUP = 100_000
PLACES = 400
BRUSH = """async () => {
  const { timeline } = document.querySelector('.bm').bordermap;
  const steps = [];
  const end = timeline.axis.bins.length;
  for (let k = 0; k < 15; k++) {
    const begun = performance.now();
    timeline.setRange([k, Math.min(end - 1, k + Math.ceil(end / 3))]);
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    steps.push(performance.now() - begun);
  }
  timeline.setRange(null);
  return steps;
}"""


def incidents(count: int, seed: int) -> pd.DataFrame:
    """Return reports near 400 spots along the line and some of everywhere, over twenty years."""
    spots = np.random.default_rng(0)
    lon0, lat0 = spots.normal(127.2, 1.0, PLACES), spots.normal(38.0, 0.5, PLACES)
    rng = np.random.default_rng(seed)
    near = rng.geometric(0.012, count) % PLACES
    spread = np.where(rng.random(count) < 0.8, 0.02, 0.5)
    day = np.datetime64("2004-01-01") + rng.integers(0, 7300, count)
    return pd.DataFrame(
        {
            "title": [f"Report {seed}-{n}" for n in range(count)],
            "kind": rng.choice([str(k) for k in Kind], count, p=_falling(len(Kind))),
            "date_start": day.astype("datetime64[D]").astype("str"),
            "lon": np.round(lon0[near] + rng.normal(0, 1, count) * spread, 5),
            "lat": np.round(lat0[near] + rng.normal(0, 1, count) * spread, 5),
            "source_title": rng.choice(["Agency A", "Agency B", "Daily C"], count),
        }
    )


def _falling(count: int) -> Any:
    shares = 1.0 / np.arange(1, count + 1)
    return shares / shares.sum()


def written(rows: int, path: Path) -> None:
    writer = None
    for seed, first in enumerate(range(0, rows, GROUP)):
        table = pa.Table.from_pandas(incidents(min(GROUP, rows - first), seed + 1))
        writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table)
    if writer is not None:
        writer.close()


def run(command: list[str]) -> tuple[float, float]:
    """Return a command's seconds and the peak memory in MB of its processes together."""
    begun = time.perf_counter()
    process = subprocess.Popen(command)
    peak = 0.0
    ended = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not ended.wait(0.2):
            try:
                top = psutil.Process(process.pid)
                every = [top, *top.children(recursive=True)]
                peak = max(peak, sum(_own_bytes(p) for p in every) / 1e6)
            except psutil.NoSuchProcess:
                return

    thread = threading.Thread(target=watch)
    thread.start()
    code = process.wait()
    ended.set()
    thread.join()
    if code:
        raise SystemExit(f"{command} ended with {code}")
    return time.perf_counter() - begun, peak


def _own_bytes(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def opened(path: Path, rows: int) -> dict[str, float]:
    """Open the map, hold its counts against the rows, and return what opening and brushing take."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.route("http*://**/*", lambda route: route.abort())
        begun = time.perf_counter()
        page.goto(path.as_uri(), wait_until="load", timeout=600_000)
        page.wait_for_selector("[data-ready]", timeout=600_000)
        found = {"open": time.perf_counter() - begun}
        sums = page.evaluate(
            """() => { const { cells } = document.querySelector('.bm').bordermap;
            return [...cells.tables.map((t) => t.count.reduce((a, b) => a + b, 0)),
              cells.facts.points]; }"""
        )
        assert sums == [rows] * len(sums), sums
        found["brush"] = float(np.median(page.evaluate(BRUSH)))
        page.screenshot(path=path.with_suffix(".png"))
        browser.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    with nullcontext(asked.keep) if asked.keep else tempfile.TemporaryDirectory() as folder:
        table, page = Path(folder) / "reports.parquet", Path(folder) / "map.html"
        written(asked.rows, table)
        command = [sys.executable, "-m", "bordermap", "render", str(table), "-o", str(page)]
        seconds, peak = run([*command, "--singles", "20000", "--engine", "stream"])
        found = opened(page, asked.rows)
        print("| incidents | write s | peak MB | map MB | table MB | opens s | brush ms |")
        print("|--:|--:|--:|--:|--:|--:|--:|")
        sizes = [p.stat().st_size / 1e6 for p in (page, page.with_suffix(".parquet"))]
        print(
            f"| {asked.rows:,} | {seconds:.1f} | {peak:,.0f} | {sizes[0]:.1f} | {sizes[1]:.1f} "
            f"| {found['open']:.2f} | {found['brush']:.0f} |"
        )


if __name__ == "__main__":
    main()
