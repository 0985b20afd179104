"""Fuzz every reader for so many minutes, led by the coverage of their code.

``python tests/fuzz/run.py --minutes 60 --finds FOLDER [--only csv,json]`` needs
``pip install atheris``. What breaks a target is written to FOLDER once for
each place in the code, with its traceback; fuzzing goes on. Inputs start from
``tests/fuzz/corpus`` (the ending of a file names its target) and
``tests/samples``.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import sys
import time
import traceback
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]
SLOW_SECONDS = 20


class Finder:
    """Runs targets on inputs, counts, and keeps what breaks one, once for each place."""

    def __init__(self, folder: Path, only: list[str], minutes: float) -> None:
        import atheris

        with atheris.instrument_imports(include=["bordermap.reading", "bordermap.extract"]):
            from targets import TARGETS, held
        self.targets, self.held = TARGETS, held
        self.names = list(TARGETS)
        self.folder, self.only = folder, only or self.names
        self.runs = dict.fromkeys(self.names, 0)
        self.read = dict.fromkeys(self.names, 0)
        self.found: set[str] = set()
        self.end = time.monotonic() + 60 * minutes

    def __call__(self, data: bytes) -> None:
        if time.monotonic() > self.end:
            print(f"runs {self.runs}\nread {self.read}\n{len(self.found)} findings", flush=True)
            # Atheris has no other way out that leaves its corpus whole.
            os._exit(0)
        name = self.names[data[0] % len(self.names)] if data else ""
        if name not in self.only:
            return
        self.runs[name] += 1
        signal.setitimer(signal.ITIMER_PROF, SLOW_SECONDS)
        try:
            self.read[name] += self.held(self.targets[name], data[1:])
        except MemoryError:
            raise
        except BaseException as error:
            self.keep(name, data[1:], error)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    def keep(self, name: str, data: bytes, error: BaseException) -> None:
        where = traceback.extract_tb(error.__traceback__)
        ours = [f for f in where if "/bordermap/" in f.filename] or list(where)
        key = f"{name}-{type(error).__name__}-{Path(ours[-1].filename).stem}-{ours[-1].lineno}"
        if key not in self.found:
            self.found.add(key)
            (self.folder / f"{key}.bin").write_bytes(data)
            (self.folder / f"{key}.txt").write_text(traceback.format_exc())
            print(f"found {key}: {error!r}"[:300], flush=True)


def too_slow(*_: object) -> None:
    raise TimeoutError(f"took more than {SLOW_SECONDS} s")


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--minutes", type=float, default=60.0)
    words.add_argument("--finds", type=Path, required=True)
    words.add_argument("--only", default="", help="names of targets, with commas")
    given = words.parse_args()
    import atheris

    work = given.finds / "inputs"
    work.mkdir(parents=True, exist_ok=True)
    finder = Finder(given.finds, [n for n in given.only.split(",") if n], given.minutes)
    for seed in seeds(finder.names):
        (work / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    # Its own time, not the clock: a busy machine is no finding.
    signal.signal(signal.SIGPROF, too_slow)
    atheris.Setup(
        [sys.argv[0], str(work), "-max_len=6000", "-rss_limit_mb=4096",
         f"-dict={HERE / 'tokens.dict'}"],
        finder,
    )  # fmt: skip
    atheris.Fuzz()


def seeds(names: list[str]) -> list[bytes]:
    """Return inputs to start from: the target's number, then a file's bytes."""
    found = []
    for path in sorted((HERE / "corpus").iterdir()):
        name = path.stem.split("-")[0]
        found.append(bytes([names.index(name)]) + path.read_bytes())
    samples = HERE.parent / "samples"
    for path in sorted(samples.iterdir()) if samples.is_dir() else []:
        name = {"csv": "csv", "geojson": "geojson", "xlsx": "xlsx"}.get(path.suffix[1:].lower())
        for start in ("acled", "ucdp", "gdelt"):
            name = start if path.name.startswith(start) and name == "csv" else name
        if name:
            found.append(bytes([names.index(name)]) + b"".join(path.open("rb").readlines()[:6]))
    return found


if __name__ == "__main__":
    main()
