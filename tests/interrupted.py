"""Writes files and is killed while it does; run as a program by the tests.

``interrupted.py kill FOLDER ENDING...`` forks writers over an old file and kills each at
another moment; ``interrupted.py full FOLDER BYTES ENDING...`` writes where there is no
room, on a full disk or, with BYTES other than 0, past the largest file that the process
may make. Prints JSON by ending.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bordermap.errors import BordermapError
from bordermap.pipeline import load, write

if TYPE_CHECKING:
    import geopandas as gpd


def left(folder: Path) -> list[str]:
    """Return the names in a folder."""
    return sorted(path.name for path in folder.iterdir())


def kill(folder: Path, ending: str, seeds: gpd.GeoDataFrame) -> list[dict[str, object]]:
    """Kill writers at moments spread over the time that a write takes."""
    many = seeds.iloc[np.repeat(np.arange(len(seeds)), 20)].reset_index(drop=True)
    target = folder / f"x.{ending}"
    write(seeds, target)
    old = target.read_bytes()
    start = time.perf_counter()
    write(many, target)
    takes, new = time.perf_counter() - start, target.read_bytes()
    told = []
    for share in np.linspace(0.02, 1.1, 9):
        for path in folder.iterdir():
            path.unlink()
        target.write_bytes(old)
        writer = os.fork()
        if writer == 0:
            write(many, target)
            os._exit(0)
        time.sleep(takes * share)
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
        found = target.read_bytes()
        state = "old" if found == old else "new" if found == new else "broken"
        told.append({"state": state, "left": left(folder)})
    return told


def full(folder: Path, ending: str, seeds: gpd.GeoDataFrame, most_bytes: int) -> dict[str, object]:
    """Write more than there is room for."""
    many = seeds.iloc[np.repeat(np.arange(len(seeds)), 20)].reset_index(drop=True)
    target = folder / f"x.{ending}"
    target.write_bytes(b"old")
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    if most_bytes:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, hard))
    try:
        write(many, target)
        error = None
    except BordermapError as caught:
        error = f"{type(caught).__name__}: {caught}"
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    found = {"error": error, "old": target.read_bytes() == b"old", "left": left(folder)}
    for path in folder.iterdir():
        path.unlink()
    return found


def main() -> None:
    """Do what the arguments say."""
    what, folder, *rest = sys.argv[1:]
    seeds = load()
    if what == "kill":
        told: dict[str, object] = {e: kill(Path(folder), e, seeds) for e in rest}
    else:
        told = {e: full(Path(folder), e, seeds, int(rest[0])) for e in rest[1:]}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
