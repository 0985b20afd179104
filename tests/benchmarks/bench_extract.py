"""How fast prose is read: megabytes a second, one article, and memory on hostile files.

``python tests/benchmarks/bench_extract.py`` prints a table; the text is the dev half of the
annotated reports, over and over. ``--quick`` leaves the file of 50 MB out.
Memory is the most that ``bordermap extract`` holds at once, writing included, beyond what it
holds for one sentence; Unix only.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
REPORTS = ROOT / "tests" / "gold" / "reports" / "dev"
MEGABYTE = 1_000_000


def prose(size: int) -> str:
    """Return text of about this many bytes, report after report."""
    texts = [p.read_text(encoding="utf-8") for p in sorted(REPORTS.glob("*.txt"))]
    whole = "\n\n".join(t for t in texts if t.isascii())
    return "\n\n".join([whole] * (size // len(whole) + 1))[:size]


def speed() -> None:
    """Print megabytes a second and the milliseconds of one article, the best of several."""
    from bordermap.extract import extract
    from bordermap.extract.documents import Document
    from bordermap.extract.lexicon import packaged_gazetteer
    from bordermap.extract.reports import report_of

    book = packaged_gazetteer()
    started = time.perf_counter()
    extract("Soldiers crossed the line near Paju on Monday.", published=date(2024, 6, 22))
    print(f"load and first sentence      {time.perf_counter() - started:8.2f} s")
    text = prose(MEGABYTE)
    best = min(
        timed(lambda: report_of(Document(name="b", text=text), gazetteer=book, published=None))
        for _ in range(3)
    )
    print(f"text, one core               {len(text.encode()) / MEGABYTE / best:8.2f} MB/s")
    article = " ".join(prose(20_000).split(" ")[:600])
    day = date(2024, 6, 22)
    records = min(
        timed(lambda: report_of(Document(name="a", text=article), gazetteer=book, published=day))
        for _ in range(20)
    )
    table = min(timed(lambda: extract(article, published=day)) for _ in range(20))
    print(f"600 words, records           {records * 1000:8.1f} ms")
    print(f"600 words, table with them   {table * 1000:8.1f} ms")


def timed(work: object) -> float:
    """Return the seconds of processor time that a call takes: of one core, whoever else works."""
    started = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - started


HOSTILE = {
    "50 MB of reports": lambda: prose(50 * MEGABYTE).encode(),
    "one line of 5 MB": lambda: prose(5 * MEGABYTE).replace("\n", " ").encode(),
    "5 MB without a space": lambda: b"a" * (5 * MEGABYTE),
    "5 MB of binary rubbish": lambda: bytes(
        (i * 7919 + (i >> 8) * 31) % 256 for i in range(5_000_000)
    ),
    "5 MB of null bytes": lambda: b"\x00" * (5 * MEGABYTE) + b"x",
    "5 MB in mixed encodings": lambda: (
        ("철원에서 총격 ".encode("cp949") + "Paju, Yŏnch'ŏn. ".encode() + b"\xff\xfe") * 120_000
    ),
}


# The peak of a process begins with that of the one that started it: this one is small.
MEASURE = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "bordermap", "extract", *sys.argv[1:]],
                      stderr=subprocess.PIPE, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(peak, used.ru_utime, done.stderr.splitlines()[0])
"""


def hostile() -> None:
    """Print the seconds and the peak memory of the command on each file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_text("Soldiers crossed the line near Paju on June 3, 2024.")
        least, _, _ = measured(path)
        for name, made in HOSTILE.items():
            if "50 MB" in name and "--quick" in sys.argv:
                continue
            path.write_bytes(made())
            peak, seconds, told = measured(path)
            times = (peak - least) / path.stat().st_size
            print(f"{name:28} {seconds:8.1f} s, {times:5.1f} times the input, {told[-60:]}")


def measured(path: Path) -> tuple[int, float, str]:
    """Return the peak of the command on a file, bytes; its seconds; and what it says first."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path), "-o", str(path.with_suffix(".geojson"))],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    peak, seconds, told = done.stdout.strip().split(" ", 2)
    return int(peak), float(seconds), told


if __name__ == "__main__":
    speed()
    hostile()
