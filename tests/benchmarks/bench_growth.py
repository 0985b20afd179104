"""How cost grows with the table: siting and crossings of 1e4 to 1e7 positions.

``python tests/benchmarks/bench_growth.py [--most 10000000] [--svg docs/growth.svg]``
prints a table in Markdown and draws it: a straight line of slope 1 is linear cost.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from bench_tracks import fixes

from bordermap.line import load_line
from bordermap.site import site
from bordermap.tracks import find_crossings

if TYPE_CHECKING:
    import pandas as pd

LINE = load_line()
PART = 1_000_000  # larger tables are worked on in parts, as `--engine stream` does


def in_parts(work: Callable[[pd.DataFrame], object], table: pd.DataFrame) -> float:
    """Return the seconds that all parts of a table take."""
    start = time.perf_counter()
    for begin in range(0, len(table), PART):
        work(table.iloc[begin : begin + PART])
    return time.perf_counter() - start


WORK: dict[str, Callable[[pd.DataFrame], object]] = {
    "bordermap.site": lambda table: site(table, line=LINE),
    "bordermap.find_crossings": lambda table: find_crossings(table, line=LINE),
}


def draw(rows: list[tuple[str, int, float]], path: Path) -> None:
    """Write the growth as a small SVG, the same bytes for the same figures."""
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt

    mpl.rcParams["svg.hashsalt"] = "bordermap"
    figure, axes = plt.subplots(figsize=(6, 3.6), layout="constrained")
    for name, colour in zip(WORK, ("#1F5FA8", "#B3362B"), strict=True):
        some = [(n, s) for what, n, s in rows if what == name]
        axes.loglog(*zip(*some, strict=True), marker="o", color=colour, label=name)
    sizes = np.array(sorted({n for _, n, _ in rows}), float)
    axes.loglog(sizes, sizes * 1e-6, color="#888888", linestyle=":", label="1 microsecond each")
    axes.set(xlabel="positions", ylabel="seconds")
    axes.grid(alpha=0.25)
    axes.legend(frameon=False)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=float, default=1e7)
    parser.add_argument("--svg", type=Path, help="draw the table here")
    options = parser.parse_args()
    sizes = [10**k for k in range(4, int(np.log10(options.most)) + 1)]
    whole = fixes(sizes[-1])
    for work in WORK.values():
        work(whole.iloc[:500_000])  # makes the index
    rows = []
    print("| what | positions | seconds | microseconds each |\n|---|---|---|---|")
    for name, work in WORK.items():
        for n in sizes:
            seconds = in_parts(work, whole.iloc[:n])
            rows.append((name, n, seconds))
            print(f"| `{name}` | {n:,} | {seconds:.3g} | {seconds / n * 1e6:.2f} |")
    if options.svg:
        draw(rows, options.svg)


if __name__ == "__main__":
    main()
