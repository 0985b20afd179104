"""Reading, locating, siting and checking a million rows against pandas reading them.

``python tests/benchmarks/bench_import.py [--rows 1000000] [--keep FILE]`` writes an
ACLED-like CSV (31 columns, about 420 bytes a row), then times, each in a process of
its own: ``pandas.read_csv(engine="pyarrow")`` of the file; `bordermap.site.site` of
as many points; and `bordermap check` of the file. It prints the ratios and the peak
memory in Markdown.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from compared import compared

_TIMED = """
import sys, time
sys.argv = ["bordermap", *sys.argv[1:]]
{setup}
start, used = time.perf_counter(), time.process_time()
{work}
took, used = time.perf_counter() - start, time.process_time() - used
# Not ru_maxrss: a process inherits that of the one that started it.
peak = next(l for l in open("/proc/self/status") if l.startswith("VmHWM"))
print(took, used, int(peak.split()[1]) / 1024, file=sys.stderr)
"""
_PANDAS = ("import pandas as pd", 'pd.read_csv(sys.argv[1], engine="pyarrow")')
_SITING = (
    """
import geopandas as gpd, numpy as np
from bordermap.line import load_line
from bordermap.site import site
rng = np.random.default_rng(1)
n = int(sys.argv[1])
at = gpd.points_from_xy(rng.uniform(124.6, 129.9, n), rng.uniform(36.6, 39.6, n))
frame = gpd.GeoDataFrame({"radius_m": np.full(n, 100.0)}, geometry=at, crs=4326)
""",
    "site(frame, line=load_line())",
)
_CHECK = (
    "from bordermap.cli import main",
    "try: main()\nexcept SystemExit as end: assert not end.code",
)

_EVENTS = (
    ("Strategic developments", "Disrupted weapons use"),
    ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("Battles", "Armed clash"),
    ("Protests", "Peaceful protest"),
    ("Strategic developments", "Agreement"),
    ("Explosions/Remote violence", "Air/drone strike"),
)


def write_acled_like(path: Path, rows: int) -> None:
    """Write a table in the columns that ACLED exports, of made-up events."""
    import pandas as pd
    import pyarrow as pa
    from pyarrow import csv

    rng = np.random.default_rng(7)
    where = rng.integers(0, 4000, rows)
    lon, lat = rng.uniform(124.6, 129.9, 4000).round(4), rng.uniform(36.6, 39.6, 4000).round(4)
    day = pd.Timestamp("2018-01-01") + pd.to_timedelta(rng.integers(0, 2500, rows), unit="D")
    kind = rng.integers(0, len(_EVENTS), rows)
    number = pd.Series(np.arange(rows)).astype("str")
    words = np.array(["soldiers", "balloons", "fire", "the line", "a post", "shells", "reported"])
    sentences = pd.Series(
        [" ".join(rng.choice(words, 30)) + ", as was said." for _ in range(5000)]
    ).astype("str")
    text = sentences.iloc[rng.integers(0, 5000, rows)].reset_index(drop=True)

    def pick(*values: str) -> pd.Series:
        return pd.Series(values).astype("str").iloc[rng.integers(0, len(values), rows)].to_numpy()

    table = pd.DataFrame(
        {
            "event_id_cnty": "KOR" + number,
            "event_date": pd.Series(day.strftime("%Y-%m-%d")),
            "year": day.year,
            "time_precision": rng.choice([1, 1, 1, 1, 2, 3], rows),
            "disorder_type": pick("Political violence", "Demonstrations"),
            "event_type": pd.Series([e for e, _ in _EVENTS]).iloc[kind].to_numpy(),
            "sub_event_type": pd.Series([s for _, s in _EVENTS]).iloc[kind].to_numpy(),
            "actor1": pick("Military Forces of North Korea", "Protesters (South Korea)"),
            "assoc_actor_1": pick("", "Labor Group (South Korea)"),
            "inter1": pick("State forces", "Protesters"),
            "actor2": pick("", "Military Forces of South Korea"),
            "assoc_actor_2": "",
            "inter2": pick("", "State forces"),
            "interaction": pick("State forces only", "Protesters only"),
            "civilian_targeting": "",
            "iso": 410,
            "region": "East Asia",
            "country": "South Korea",
            "admin1": pick("Gyeonggi", "Gangwon", "Incheon"),
            "admin2": pick("Paju", "Cheorwon", "Ongjin"),
            "admin3": "",
            "location": ("Town " + pd.Series(where).astype("str")),
            "latitude": lat[where],
            "longitude": lon[where],
            "geo_precision": rng.choice([1, 1, 1, 1, 2], rows),
            "source": pick("Yonhap News Agency", "KCNA", "Korea Herald; Yonhap News Agency"),
            "source_scale": pick("National", "Other-National"),
            "notes": "Event " + number + ": " + text,
            "fatalities": 0,
            "tags": pick("", "crowd size=no report"),
            "timestamp": rng.integers(1_600_000_000, 1_700_000_000, rows),
        }
    )
    csv.write_csv(pa.Table.from_pandas(table, preserve_index=False), path)


def measured(parts: tuple[str, str], *words: str) -> tuple[float, float, float]:
    """Return the seconds, the CPU seconds and the peak megabytes of a process of its own."""
    code = _TIMED.format(setup=parts[0], work=parts[1])
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    seconds, used, megabytes = (float(n) for n in done.stderr.split()[-3:])
    return seconds, used, megabytes


def main() -> None:
    """Time each part and print the table."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rows", type=int, default=1_000_000)
    words.add_argument("--keep", type=Path, help="write the file here and keep it")
    words.add_argument("--rounds", type=int, default=2)
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "acled.csv"
        if not path.exists():
            write_acled_like(path, given.rows)
        names = ("pandas.read_csv(engine='pyarrow')", "site(), points alone", "bordermap check")
        runs = [
            (_PANDAS, [str(path)]),
            (_SITING, [str(given.rows)]),
            (_CHECK, ["check", str(path)]),
        ]
        # In turn, so that a busy moment of the machine does not fall on one alone.
        rounds = [[measured(parts, *args) for parts, args in runs] for _ in range(given.rounds)]
        best = [min(taken) for taken in zip(*rounds, strict=True)]
    print(
        f"{given.rows} rows, best of {given.rounds}\n\n"
        "| what | seconds | CPU seconds | peak MB |\n|---|---|---|---|"
    )
    for name, (seconds, used, megabytes) in zip(names, best, strict=True):
        print(f"| {name} | {seconds:.2f} | {used:.2f} | {megabytes:.0f} |")
    (read, read_cpu, _), (sited, sited_cpu, _), (whole, whole_cpu, memory) = best
    compared("reading a table", "bordermap check", whole, "pandas.read_csv alone", read)
    rows = ("seconds", read, sited, whole), ("CPU seconds", read_cpu, sited_cpu, whole_cpu)
    print(f"\n`check` peaks at {memory / 1024:.2f} GB.")
    for what, *(one, two, three) in rows:
        print(
            f"Of {what} it takes {three / (one + two):.2f} times read and siting together, and "
            f"{three / (3 * one + two):.2f} times what is three times read and once siting."
        )


if __name__ == "__main__":
    main()
