"""How soon the command answers, and how much it brings along.

``python tests/benchmarks/bench_startup.py`` times whole processes against
``python -c "import click"`` in turn, the median of several runs, and weighs the
wheel and the packages that an installation without extras needs.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from compared import compared

ROOT = Path(__file__).parent.parent.parent
PROBES = {
    'python -c "import click"': ["-c", "import click"],
    "bordermap --help": ["-m", "bordermap", "--help"],
    "bordermap geocode Paju": ["-m", "bordermap", "geocode", "Paju"],
    'python -c "import bordermap"': ["-c", "import bordermap"],
    'python -c "import geopandas"': ["-c", "import geopandas"],
    "bordermap check (the seeds)": ["-m", "bordermap", "check"],
}


def seconds(words: list[str]) -> float:
    """Return the wall time of one process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *words], check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - start


def needed(name: str, seen: set[str]) -> set[str]:
    """Return the distributions that one needs, itself included, without extras."""
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key in seen:
        return seen
    try:
        requires = importlib.metadata.requires(name) or []
    except importlib.metadata.PackageNotFoundError:
        return seen
    seen.add(key)
    for line in requires:
        if "extra ==" not in line and "python_version <" not in line:
            needed(re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0], seen)
    return seen


def installed_mb(name: str) -> float:
    """Return the size of an installed distribution's files."""
    files = importlib.metadata.files(name) or []
    sizes = (Path(str(f.locate())).stat().st_size for f in files if Path(str(f.locate())).exists())
    return sum(sizes) / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    times: dict[str, list[float]] = {name: [] for name in PROBES}
    for _ in range(options.runs):
        for name, words in PROBES.items():
            times[name].append(seconds(words))
    medians = {name: statistics.median(found) for name, found in times.items()}
    base = medians['python -c "import click"']
    click = 'python -c "import click"'
    compared("start-up", "bordermap --help", medians["bordermap --help"], click, medians[click])
    compared(
        "start-up",
        "bordermap geocode Paju",
        medians["bordermap geocode Paju"],
        'python -c "import geopandas"',
        medians['python -c "import geopandas"'],
    )
    print("| process | seconds, median | times `import click` |\n|---|---|---|")
    for name, median in medians.items():
        print(f"| `{name}` | {median:.3f} | {median / base:.1f} |")
    packages = sorted(needed("bordermap", set()) - {"bordermap"})
    heavy = sorted(((installed_mb(p), p) for p in packages), reverse=True)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "build", "--wheel", "--outdir", folder, str(ROOT)],
            check=True, capture_output=True,
        )  # fmt: skip
        wheel = next(Path(folder).glob("*.whl")).stat().st_size / 2**20
    print("\n| weight | MB |\n|---|---|")
    print(f"| wheel | {wheel:.1f} |")
    print(f"| {len(packages)} packages that it needs, installed | {sum(s for s, _ in heavy):.0f} |")
    for size, name in heavy[:5]:
        print(f"| of these {name} | {size:.0f} |")


if __name__ == "__main__":
    main()
