"""Reports from files: formats, encodings, tables, broken input, and the command."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

import bordermap
from bordermap.cli import _bordermap
from bordermap.errors import InputError
from bordermap.extract.documents import Document, decoded, read_documents
from bordermap.extract.lexicon import packaged_gazetteer
from bordermap.extract.pieces import pieces
from bordermap.extract.reports import read_input, report_of

TEXT = "North Korean soldiers crossed the Military Demarcation Line near Cheorwon on Tuesday."
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Soldiers cross line</title>
<meta property="article:published_time" content="2024-06-19T09:00:00+09:00">
<meta property="og:site_name" content="Example Daily"></head><body><nav>Home | World</nav>
<article><h1>Soldiers cross line</h1><p>{TEXT} They went back when they were warned, and nobody
was hurt on either side, a spokesman said later that day.</p>
<p>It was the third time that this happened since the spring began.</p></article>
<footer>Copyright</footer></body></html>"""


def run(*words: str, stdin: bytes | None = None) -> str:
    done = CliRunner().invoke(_bordermap, ["extract", *words], input=stdin)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_page_gives_its_article_day_and_outlet(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    (tmp_path / "a.html").write_text(PAGE)
    document = next(read_documents(tmp_path / "a.html"))
    assert document.published == date(2024, 6, 19)
    assert document.source_title == "Soldiers cross line (Example Daily)"
    assert "Copyright" not in document.text
    report = report_of(document, gazetteer=packaged_gazetteer(), published=None)
    assert [r["date_start"] for r in report.rows] == ["2024-06-18"]


def test_a_pdf_gives_its_text(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    stream = f"BT /F1 12 Tf 72 720 Td ({TEXT}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    body, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        offsets.append(len(body))
        body += b"%d 0 obj" % number + part + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % o for o in offsets)
    body += b"xref\n0 6\n0000000000 65535 f \n" + table
    body += b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(body) - len(table) - 27)
    (tmp_path / "a.pdf").write_bytes(body)
    assert "crossed the Military Demarcation Line" in next(read_documents(tmp_path / "a.pdf")).text


def test_a_broken_pdf_is_one_clear_error(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 nonsense")
    with pytest.raises(InputError, match="cannot be read as PDF"):
        next(read_documents(tmp_path / "a.pdf"))


def test_a_folder_gives_its_files_in_order_of_name(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "c.bin"):
        (tmp_path / name).write_text(TEXT)
    assert [Path(d.name).name for d in read_documents(tmp_path)] == ["a.txt", "b.md"]


def test_an_empty_folder_and_an_empty_file_are_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no"):
        next(read_documents(tmp_path))
    (tmp_path / "a.txt").write_text("\n ")
    with pytest.raises(InputError, match="empty"):
        next(read_documents(tmp_path / "a.txt"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp949"])
def test_encodings_are_told_apart(encoding: str) -> None:
    assert "철원" in decoded("Shots near 철원 on Monday, June 3".encode(encoding))


@pytest.mark.parametrize(
    "data",
    [
        b"\x00" * 30_000,
        bytes(range(256)) * 200,
        b"a" * 300_000,
        b"(" * 100_000,
        ("철원 ".encode("cp949") + "Yŏnch'ŏn. ".encode() + b"\xff\xfe") * 2000,
        b"Fired, " * 40_000,
        ("fired " * 4000 + "missile").encode(),
        "\u0130".encode() * 3000,
    ],
    ids=["nulls", "binary", "no-space", "brackets", "mixed", "commas", "gaps", "long-lower-case"],
)
def test_rubbish_is_read_without_a_crash(data: bytes) -> None:
    text = decoded(data)
    report = report_of(
        Document(name="x", text=text), gazetteer=packaged_gazetteer(), published=None
    )
    assert all(text[r["quote_start"] : r["quote_end"]] == r["quote"] for r in report.rows)


@pytest.mark.parametrize("data", [bytes(range(256)) * 200, b"\x7fELF\x00\x01\x02" * 90, b"1234 5"])
def test_a_file_without_text_is_one_clear_error(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(InputError, match=r"a\.txt: holds no text; give it plain text"):
        next(read_documents(tmp_path / "a.txt"))


def test_a_text_with_a_few_broken_signs_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode() + b"\x00\x01\xff")
    assert next(read_documents(tmp_path / "a.txt")).text.startswith(TEXT)


def test_long_texts_are_read_in_pieces_with_offsets_in_the_whole() -> None:
    text = "\n\n".join([f"It was quiet on day {n}." for n in range(12_000)] + [TEXT])
    assert len(list(pieces(text))) > 1
    report = report_of(
        Document(name="x", text=text), gazetteer=packaged_gazetteer(), published=None
    )
    assert [text[r["quote_start"] : r["quote_end"]] for r in report.rows] == [TEXT]


def test_the_day_of_a_table_row_stands(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        "date,event,description,url\n"
        '2010-11-23,Shelling,"North Korea shelled Yeonpyeong Island.",https://example.org/a\n'
        "2011-01-02,Quiet,Nothing of note.,\n"
    )
    rows = [
        row for r in read_input(str(tmp_path / "t.csv"), gazetteer=packaged_gazetteer())
        for row in r.rows
    ]  # fmt: skip
    assert [(r["kind"], r["date_start"]) for r in rows] == [
        ("artillery", "2010-11-23"), ("other", "2011-01-02"),
    ]  # fmt: skip
    assert rows[0]["source_url"] == "https://example.org/a"


def test_a_table_without_prose_or_with_a_bad_day_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("date,n\n2010-11-23,1\n")
    with pytest.raises(InputError, match="no column"):
        list(read_input(str(tmp_path / "t.csv"), gazetteer=packaged_gazetteer()))
    (tmp_path / "u.csv").write_text("date,text\nsoon,It fell.\n")
    with pytest.raises(InputError, match=r'u.csv:2: date "soon" is no day'):
        list(read_input(str(tmp_path / "u.csv"), gazetteer=packaged_gazetteer()))


def test_the_command_reads_standard_input_and_writes_geojson() -> None:
    found = json.loads(run("-", "--published", "2024-06-22", stdin=TEXT.encode()))
    properties = found["features"][0]["properties"]
    assert properties["date_start"] == "2024-06-18"
    assert properties["quote"] == TEXT


def test_what_it_writes_is_located_and_sited_like_any_table(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    table = tmp_path / "a.geojson"
    run(str(tmp_path / "a.txt"), "--published", "2024-06-22", "-o", str(table))
    loaded = bordermap.load(table)
    assert loaded[["precision", "line_segment"]].values.tolist() == [["near", "mdl"]]
    assert loaded.geometry.geom_type.tolist() == ["Point"]


def test_a_contradiction_is_said_on_standard_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Soldiers crossed the line on Thursday, June 21.")
    done = CliRunner().invoke(
        _bordermap, ["extract", str(tmp_path / "a.txt"), "--published", "2024-06-22"]
    )
    assert "Thursday is not 2024-06-21, a Friday" in done.stderr


def test_the_review_page_escapes_the_text_and_asks_no_host(tmp_path: Path) -> None:
    evil = f"<script>alert(1)</script> ${{x}} &amp; {TEXT}"
    (tmp_path / "a.txt").write_text(evil)
    page = tmp_path / "r.html"
    run(str(tmp_path / "a.txt"), "--published", "2024-06-22", "--review", str(page))
    text = page.read_text(encoding="utf-8")
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "default-src 'none'" in text.replace("&#x27;", "'")
    assert "http://" not in text
    assert "https://" not in text
    assert text.count("<svg") == 1
    assert 'class="m' in text
