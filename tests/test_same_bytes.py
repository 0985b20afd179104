"""The same input gives the same bytes: every command, under other hashes, hours and languages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "tests" / "samples"
WORLDS = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Seoul", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"},
    {"PYTHONHASHSEED": "4711", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8",
     "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"},
)  # fmt: skip
MIXED = str(SAMPLES / "gdelt_v2.CSV")
BAD = "bad.csv"
TEXT = "report.txt"
GPX = "a.gpx"

# What is run; every file that it leaves behind, and what it says, is compared.
COMMANDS = {
    "check csv": ["check", str(SAMPLES / "acled_2023.csv"), "-o", "x.csv", "--format", "json"],
    "check geojson": ["check", str(SAMPLES / "ucdp_ged.geojson"), "-o", "x.geojson"],
    "check skip": ["check", BAD, "--on-error", "skip", "-o", "x.ndjson"],
    "check merge": ["check", BAD, "--on-error", "skip", "--merge", "alike", "-o", "x.csv"],
    "inspect": ["inspect", str(SAMPLES / "google_sheet.csv"), MIXED, BAD],
    "inspect json": ["inspect", str(SAMPLES / "workbook.xlsx"), "--format", "json"],
    "render": ["render", MIXED, "-o", "x.html"],
    "export geojson": ["export", MIXED, "-o", "x.geojson"],
    "export ndjson": ["export", MIXED, "-o", "-", "--to", "ndjson"],
    "export gpkg": ["export", MIXED, "-o", "x.gpkg"],
    "export qgz": ["export", MIXED, "-o", "x.qgz"],
    "export kml": ["export", MIXED, "-o", "x.kml"],
    "export kmz": ["export", MIXED, "-o", "x.kmz"],
    "export parquet": ["export", MIXED, "-o", "x.parquet"],
    "geocode": ["geocode", "Paju", "the DMZ", "개성", "Goseong", "--format", "json"],
    "extract": ["extract", TEXT, "--published", "2024-06-22", "-o", "x.geojson"],
    "crossings": ["crossings", GPX, "-o", "x.geojson"],
    "lines": ["lines", "korea", "--format", "geojson"],
    "lines list": ["lines"],
}


def laid_out(folder: Path) -> None:
    folder.mkdir()
    (folder / BAD).write_text(
        "date,place,kind,lat,lon,notes\n2024-06-20,Paju,leaflet,37.76,126.78,on Friday\n"
        "soon,Paju,leaflet,,,\n2024-06-21,the DMZ,mine,Unknown,Unknown,\n"
        "2024-06-20,Paju,leaflet,37.76,126.78,on Friday\n2024-06-20T23:00:00Z,Paju,other,,,\n"
        '2024-06-21,,mine,95,127,"a\nb"\n',
        encoding="utf-8",
    )
    (folder / TEXT).write_text(
        "SEOUL, June 22 - On Thursday 20 North Korean soldiers crossed the military demarcation "
        "line near Paju at 11 a.m. South Korea fired warning shots.\n",
        encoding="utf-8",
    )
    fixes = [(37.94, "11:00:00"), (37.97, "11:10:00")]
    points = "".join(
        f'<trkpt lon="126.677" lat="{y}"><time>2024-06-20T{t}Z</time></trkpt>' for y, t in fixes
    )
    (folder / GPX).write_text(
        '<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<trk><trkseg>{points}</trkseg></trk></gpx>"
    )


def outcome(folder: Path, words: list[str], world: dict[str, str]) -> dict[str, object]:
    laid_out(folder)
    done = subprocess.run(
        [sys.executable, "-m", "bordermap", *words], cwd=folder, capture_output=True, check=False,
        env={**os.environ, **world, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    files = {p.name: p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    return {"stdout": done.stdout, "stderr": done.stderr, **files}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_gives_the_same_bytes_in_another_world(tmp_path: Path, name: str) -> None:
    one, other = (
        outcome(tmp_path / str(n), COMMANDS[name], world) for n, world in enumerate(WORLDS)
    )
    assert list(one) == list(other)
    assert [key for key in one if one[key] != other[key]] == []
