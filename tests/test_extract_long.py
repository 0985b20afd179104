"""Long texts: decoded in parts, read in pieces, in memory that stays a few times their size."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bordermap.errors import InputError
from bordermap.extract import encoded
from bordermap.extract.documents import read_documents
from bordermap.extract.encoded import LongText, decoded
from bordermap.extract.lexicon import packaged_gazetteer
from bordermap.extract.pieces import pieces
from bordermap.extract.reports import read_input
from bordermap.extract.rows import read_rows

TOLD = "Soldiers crossed the line near Paju on June 3, 2024. "


@pytest.mark.parametrize(
    "data",
    [
        "Shots near 철원 🙂\r\n".encode(),
        b"\xef\xbb\xbf" + "철원".encode() + b"\r",
        "철원에서 총격".encode("cp949"),
        b"\xef\xbb\xbf" + "철원에서 총격".encode("cp949"),
        "철원에서 🙂".encode("utf-16"),
        "Shots 🙂 fired".encode("utf-16-le"),
        "철원 🙂".encode("utf-16-be")[:-1],
        "철원에서 ".encode("cp949") + "Yŏnch'ŏn".encode() + b"\xff\xfe\x00a",
        "철원".encode()[:-1],
    ],
)
def test_a_text_decoded_in_parts_is_that_decoded_whole(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = decoded(data)
    for size in (1, 2, 3):
        monkeypatch.setattr(encoded, "_PART", size)
        parts = list(LongText(data))
        assert "".join(parts) == whole
        assert max(map(len, parts)) <= size


@pytest.mark.parametrize("mark", ["\n\n", "\n", " ", ""])
def test_the_pieces_of_parts_are_those_of_the_whole(mark: str) -> None:
    text = mark.join(str(n) * 31 for n in range(12_000))
    parts = [text[start : start + 77_777] for start in range(0, len(text), 77_777)]
    found = list(pieces(parts))
    assert found == list(pieces(text))
    assert "".join(piece for _, piece in found) == text
    assert list(pieces([])) == [(0, "")]


def test_a_long_file_is_read_like_its_text(tmp_path: Path) -> None:
    text = "It was quiet that day. " * 9000 + "철원 🙂.\n\n" + TOLD
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (document,) = read_documents(tmp_path / "a.txt")
    assert isinstance(document.text, LongText)
    (report,) = read_input(str(tmp_path / "a.txt"), gazetteer=packaged_gazetteer())
    assert (report.text, report.length) == (text, len(text))
    assert [text[r["quote_start"] : r["quote_end"]] for r in report.rows] == [TOLD.strip()]


def test_of_a_text_that_nobody_reviews_only_the_incidents_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TOLD)
    (report,) = read_input(str(tmp_path / "a.txt"), gazetteer=packaged_gazetteer(), kept=0)
    assert (report.text, report.length, report.mentions) == ("", len(TOLD), [])
    assert [r["kind"] for r in report.rows] == ["crossing"]


def test_a_long_table_is_read_row_by_row(tmp_path: Path) -> None:
    rows = "".join(f'2024-06-{n % 28 + 1:02},"Shots, {n},\n철원"\n' for n in range(1200))
    (tmp_path / "t.csv").write_text("date,description\n" + rows, encoding="cp949")
    found = list(read_rows(tmp_path / "t.csv"))
    assert [r.number for r in found] == list(range(2, 1202))
    assert (found[700].text, str(found[700].day)) == ("Shots, 700,\n철원", "2024-06-01")


def test_a_table_with_a_header_alone_has_no_rows_and_must_have_prose(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("date,description\n")
    assert list(read_rows(tmp_path / "t.csv")) == []
    (tmp_path / "u.csv").write_text("date,kind\n")
    with pytest.raises(InputError, match='no column "description"'):
        list(read_rows(tmp_path / "u.csv"))


# The peak of a process begins with that of the one that started it: this one is small.
MEASURE = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-m", "bordermap", "extract", *sys.argv[1:]], check=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(peak * (1 if sys.platform == "darwin" else 1024))
"""
QUIET = "It was quiet, and the weather fine, in all of the valley that week. "
LONG = {
    "one line": (QUIET * 40 + TOLD + "🙂 ").encode(),
    "mixed encodings": (QUIET * 40 + TOLD + "철원에서 총격 ").encode("cp949")
    + b"\xff\xfe \xe2\x80",
    "null bytes": b"\x00" * 5000 + b"x",
}


@pytest.mark.skipif(sys.platform == "win32", reason="resource is of Unix")
def test_a_long_file_takes_at_most_ten_times_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TOLD)
    least = _peak(path)
    for name, data in LONG.items():
        path.write_bytes(data * (5_000_000 // len(data)))
        assert _peak(path) - least < 10 * path.stat().st_size, name


def _peak(path: Path) -> int:
    """Return the most memory that the command holds at once, bytes."""
    command = [sys.executable, "-c", MEASURE, str(path), "-o", str(path.with_suffix(".geojson"))]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stdout)


def test_what_is_forgotten_is_found_out_again() -> None:
    from bordermap.extract.forms import Forms, forget

    found: Forms[int] = Forms(len)
    assert found["boats"] == 5
    forget()
    assert len(found) == 0
    assert found["boats"] == 5
