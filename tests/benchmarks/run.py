"""Run every benchmark and print one report in Markdown.

``python tests/benchmarks/run.py [--quick] [-o docs/benchmarks.md]`` needs the
``dev`` extra, and ``benchmarks`` for all peers. Each benchmark holds its answers
against its peers' before it times them; their own tables follow the one that
compares. Figures of one run belong together: machines differ and are noisy.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

from compared import MARK

HERE = Path(__file__).resolve().parent
# Script -> what it is run with, and with less where little time is to be had.
SCRIPTS: dict[str, tuple[list[str], list[str]]] = {
    "bench_startup.py": ([], ["--runs", "3"]),
    "bench_site.py": ([], ["--points", "200000"]),
    "bench_tracks.py": ([], ["--fixes", "500000"]),
    "bench_growth.py": (["--svg", "docs/growth.svg"], ["--most", "1e6"]),
    "bench_geocode.py": ([], []),
    "bench_extract.py": ([], []),
    "bench_import.py": ([], ["--rows", "100000", "--rounds", "1"]),
    "bench_export.py": (["--rounds", "2"], ["--rows", "50000", "--rounds", "1"]),
    "bench_map.py": (["--sizes", "1000", "10000"], ["--sizes", "1000"]),
    "bench_parts.py": (["--fixes", "1e7"], ["--fixes", "1e6"]),
}
VERSIONS = ("bordermap", "numpy", "pandas", "shapely", "geopandas", "pyproj", "folium", "dask")


def run(script: str, words: list[str]) -> tuple[str, float, int]:
    """Return what a benchmark printed, its seconds and its exit code."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, HERE / script, *words], stdout=subprocess.PIPE, text=True, check=False
    )
    return done.stdout, time.perf_counter() - start, done.returncode


def machine() -> str:
    """Return processor, cores, memory, system, versions and date in one line."""
    cpu = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    found = [f"{name} {importlib.metadata.version(name)}" for name in VERSIONS]
    today = dt.datetime.now(tz=dt.UTC).date()
    return (
        f"{today}; {cpu}, {os.cpu_count()} cores, {memory:.0f} GiB; {platform.system()}; "
        f"Python {platform.python_version()}, {', '.join(found)}."
    )


def comparisons(outputs: dict[str, str]) -> str:
    """Return the table of all comparisons that the benchmarks printed."""
    rows = ["| what | ours | s | peer | s | times ours |", "|---|---|---|---|---|---|"]
    for text in outputs.values():
        for line in text.splitlines():
            if line.startswith(MARK):
                row = json.loads(line.removeprefix(MARK).removesuffix(" -->"))
                stage, ours, seconds, peer, theirs = row
                rows.append(
                    f"| {stage} | {ours} | {seconds:.3g} | {peer} | {theirs:.3g} "
                    f"| {theirs / seconds:.1f} |"
                )
    return "\n".join(rows)


def shown(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith(MARK)).strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller tables, some minutes")
    parser.add_argument("--only", action="append", help="a script's name; may be repeated")
    parser.add_argument("-o", "--output", type=Path, help="write the report here too")
    options = parser.parse_args()
    outputs, sections, failed = {}, [], []
    for script, (full, quick) in SCRIPTS.items():
        if options.only and script not in options.only:
            continue
        words = quick if options.quick else full
        print(f"{script} {' '.join(words)}", file=sys.stderr, flush=True)
        outputs[script], seconds, code = run(script, words)
        failed += [script] if code else []
        command = " ".join(["python", f"tests/benchmarks/{script}", *words])
        sections.append(
            f"## `{command}`\n\n{shown(outputs[script])}\n\nTook {seconds:.0f} s in all."
            + ("\n\n**Failed.**" if code else "")
        )
    report = "\n\n".join(
        [
            "# Benchmarks\n\nWritten by `python tests/benchmarks/run.py"
            f"{' --quick' if options.quick else ''}`. {machine()}",
            comparisons(outputs),
            *sections,
        ]
    )
    print(report)
    if options.output:
        options.output.write_text(report + "\n", encoding="utf-8")
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
