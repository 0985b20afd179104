"""Measure geocoding: opening the index, 100,000 names, memory, size.

Run ``python tests/benchmarks/bench_geocode.py``. Each measurement is a process of its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
from compared import compared

from bordermap.files import geodata_path

ROWS = 100_000


def open_index() -> float:
    """Return the seconds from opening the packaged index to the first answer."""
    from bordermap.gazetteer import Gazetteer

    start = time.perf_counter()
    Gazetteer.open(paths=[geodata_path("gazetteer.sqlite")]).resolve("Paju")
    return time.perf_counter() - start


def names_of_a_table() -> list[str]:
    """Return 100,000 rows that repeat 2,000 names, as tables of incidents do."""
    chosen = distinct_names(2000)
    return [chosen[i] for i in np.random.default_rng(1).integers(len(chosen), size=ROWS)]


def distinct_names(count: int = ROWS) -> list[str]:
    """Return names none of which is twice: spellings, namesakes with hints, misspelt, unknown."""
    from bordermap.gazetteer import Gazetteer
    from bordermap.gazetteer.hangul import spellings

    book = Gazetteer.open(paths=[geodata_path("gazetteer.sqlite")])
    korean = list(book.index.where("country IN ('KR', 'KP')"))
    world = list(book.index.where("country NOT IN ('KR', 'KP')"))
    spelled = [s for r in korean if r.name_ko for s in (r.name_ko, *spellings(r.name_ko))]
    hinted = [
        f"{s}, {p}"
        for s in spelled
        for p in ("Gangwon Province", "North Korea", "Incheon", "KR", "Kangwon", "Korea")
    ]
    vague = [
        f"{word} {s}"
        for s in spelled
        for word in ("near", "off", "the town of", "outside", "west of", "around")
    ]
    misspelt = [s[:3] + s[4:] for s in spelled if len(s) > 7 and s.isascii()][:2000]
    unknown = [f"Place Number {i}" for i in range(2000)]
    abroad = [f"{word}{r.name_en}" for r in world for word in ("", "near ")]
    pool = abroad + spelled + hinted + vague + misspelt + unknown
    unique = sorted(set(pool))
    if len(unique) < count:
        raise SystemExit(f"only {len(unique)} names")
    return [unique[i] for i in np.random.default_rng(0).permutation(len(unique))[:count]]


def geocode(names: Callable[[], list[str]]) -> dict[str, float]:
    """Return seconds, names a second and the peak of memory for a column of names."""
    import pandas as pd

    from bordermap.gazetteer import Gazetteer

    column = pd.Series(names(), dtype="str")
    start, cpu = time.perf_counter(), time.process_time()
    book = Gazetteer.open(paths=[geodata_path("gazetteer.sqlite")])
    found = book.geocode_column(column)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    return {
        "seconds": round(seconds, 2),
        # On a busy machine the wall's seconds are the others' too.
        "cpu_seconds": round(cpu, 2),
        "distinct": int(column.nunique()),
        "found": int(found["place_id"].notna().sum()),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


MEASURED: dict[str, Callable[[], object]] = {
    "open_and_first_answer_ms": lambda: round(1000 * open_index(), 1),
    "table_of_100000": lambda: geocode(names_of_a_table),
    "distinct_100000": lambda: geocode(distinct_names),
    "index_mb": lambda: round(geodata_path("gazetteer.sqlite").stat().st_size / 1e6, 2),
}


def main() -> None:
    """Print each measurement as JSON."""
    if len(sys.argv) > 1:
        print(json.dumps(MEASURED[sys.argv[1]]()))
        return
    for name in MEASURED:
        done = subprocess.run(
            [sys.executable, __file__, name], capture_output=True, text=True, check=True
        )
        print(f"{name}: {done.stdout.strip()}")
    against_fuzzy_matching()


def against_fuzzy_matching(count: int = 200) -> None:
    """Print what matching each name against all names takes: rapidfuzz, no index, no context."""
    import pandas as pd
    from rapidfuzz import fuzz, process

    from bordermap.gazetteer import Gazetteer

    names = distinct_names(count)
    book = Gazetteer.open(paths=[geodata_path("gazetteer.sqlite")])
    every = [row.name_en for row in book.index.where("1")]
    start = time.perf_counter()
    book.geocode_column(pd.Series(names, dtype="str"))
    ours = time.perf_counter() - start
    start = time.perf_counter()
    for name in names:
        process.extractOne(name, every, scorer=fuzz.WRatio)
    theirs = time.perf_counter() - start
    compared("geocoding", f"bordermap, {count} names", ours, "rapidfuzz over all names", theirs)


if __name__ == "__main__":
    main()
