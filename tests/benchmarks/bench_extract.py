"""How fast prose is read: megabytes a second, one article, and memory on hostile files.

``python tests/benchmarks/bench_extract.py`` prints a table; the text is the dev half of the
annotated reports, over and over. ``--quick`` leaves the file of 50 MB out.
Memory is that beyond the file's bytes, which the process holds too; on Linux only.
"""

from __future__ import annotations

import subprocess
import sys
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


def hostile() -> None:
    """Print seconds and peak memory beyond the start, each in a process of its own."""
    for name in HOSTILE:
        if "50 MB" in name and "--quick" in sys.argv:
            continue
        done = subprocess.run(
            [sys.executable, __file__, "--one", name], capture_output=True, text=True, check=False
        )
        print(f"{name:28} {done.stdout.strip() or done.stderr.strip().splitlines()[-1]}")


def one(name: str) -> None:
    """Read one hostile file and print what it took."""
    from bordermap.extract.documents import Document, decoded
    from bordermap.extract.lexicon import packaged_gazetteer
    from bordermap.extract.reports import report_of

    book = packaged_gazetteer()
    report_of(Document(name="w", text="It fired on Monday."), gazetteer=book, published=None)
    data = HOSTILE[name]()
    # The peak that resource tells is inherited over exec; Linux's own can be set back to now.
    Path("/proc/self/clear_refs").write_text("5")
    before = memory_kb("VmRSS")
    started = time.perf_counter()
    report = report_of(Document(name="h", text=decoded(data)), gazetteer=book, published=None)
    seconds = time.perf_counter() - started
    times = (memory_kb("VmHWM") - before) * 1024 / len(data)
    print(f"{seconds:8.2f} s, {times:5.1f} times the input, {len(report.rows)} incidents")


def memory_kb(field: str) -> int:
    """Return a field of this process's status: VmRSS is now, VmHWM the most there was."""
    status = Path("/proc/self/status").read_text()
    return int(status.split(f"{field}:")[1].split()[0])


if __name__ == "__main__":
    if "--one" in sys.argv:
        one(sys.argv[-1])
    else:
        speed()
        hostile()
