"""``bordermap geocode``: names, files, standard input; sides, reasons, four formats."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def geocode(*arguments: str, home: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bordermap", "geocode", *arguments],
        input=stdin, cwd=home, capture_output=True, text=True, check=False, encoding="utf-8",
        env={**os.environ, "XDG_DATA_HOME": str(home), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def answers(*arguments: str, home: Path, stdin: str = "") -> list[dict[str, Any]]:
    done = geocode(*arguments, "--format", "json", home=home, stdin=stdin)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_a_name_of_both_sides_shows_both(home: Path) -> None:
    rows = answers("Cheorwon", home=home)
    assert [(r["place_id"], r["side"], r["reading"]) for r in rows] == [
        ("kr-cheorwon", "south", "both sides"),
        ("kp-cholwon", "north", "both sides"),
    ]


@pytest.mark.parametrize(("side", "place_id"), [("north", "kp-cholwon"), ("south", "kr-cheorwon")])
def test_a_side_leaves_the_other_out(home: Path, side: str, place_id: str) -> None:
    rows = answers("Cheorwon", "the DMZ", "--side", side, home=home)
    assert [r["place_id"] for r in rows] == [place_id, "dmz"]


def test_a_country_that_is_not_on_the_side_finds_nothing(home: Path) -> None:
    rows = answers("Kosong", "--side", "south", "--country", "kp", home=home)
    assert [r["reading"] for r in rows] == ["not found"]


@pytest.mark.parametrize(("code", "meant"), [("KOR", "KR"), ("South Korea", "KR"), ("uk", "GB")])
def test_an_unknown_country_is_said_to_be_unknown_with_what_may_be_meant(
    home: Path, code: str, meant: str
) -> None:
    done = geocode("Paju", "--country", code, home=home)
    assert (done.returncode, done.stdout) == (1, "")
    assert f'"{code}": the gazetteer has no such country (did you mean {meant}?)' in done.stderr


def test_a_country_like_none_is_answered_with_those_of_the_two_sides(home: Path) -> None:
    done = geocode("Paju", "--country", "XX", home=home)
    assert done.returncode == 1
    assert done.stderr == (
        'bordermap: --country "XX": the gazetteer has no such country; give an ISO code of two '
        "letters, KP for the North, KR for the South\n"
    )


def test_a_sentence_tells_namesakes_apart(home: Path) -> None:
    said = "Troops were massed near Cheorwon, North Korea."
    assert [r["place_id"] for r in answers("Cheorwon", "--context", said, home=home)] == [
        "kp-cholwon"
    ]


def test_names_come_from_standard_input_too(home: Path) -> None:
    rows = answers(home=home, stdin="Paju\n\n개성\nZzyzxri\n")
    assert [r["place_id"] for r in rows] == ["kr-paju", "kp-kaesong", None]


def test_explain_gives_the_candidates_and_the_reasons_of_their_order(home: Path) -> None:
    done = geocode("Kosong", "--explain", home=home)
    assert "Both sides of the line have it and nothing tells which." in done.stdout
    for words in ("kp-kosong", "kr-goseong", "importance: how often", "source: GeoNames"):
        assert words in done.stdout
    rows = answers("Goseong, South Gyeongsang", "--explain", home=home)
    assert rows[0]["place_id"] == "kr-goseong-gyeongnam"
    assert rows[0]["evidence"]["within"] > 0 > rows[1]["evidence"]["within"]


def test_a_file_comes_back_with_the_places_beside_its_rows(home: Path) -> None:
    table = 'n,where,said,lat\n1,Paju,,5\n2,Cheorwon,"in Cheorwon, South Korea",\n3,,,\n4,=no,,\n'
    (home / "t.csv").write_text(table, encoding="utf-8")
    done = geocode(
        "--column", "where", "--context-column", "said", "t.csv", "-o", "o.csv", home=home
    )
    assert done.returncode == 0, done.stderr
    assert "not in the gazetteer: =no" in done.stderr
    rows = list(csv.DictReader(io.StringIO((home / "o.csv").read_text(encoding="utf-8"))))
    assert [r["n"] for r in rows] == ["1", "2", "3", "4"]
    assert [r["place_id"] for r in rows] == ["kr-paju", "kr-cheorwon", "", ""]
    assert (rows[0]["lat"], rows[0]["geocoded_lat"]) == ("5", "37.76")
    # A spreadsheet would take it for a formula.
    assert rows[3]["where"] == "'=no"


def test_half_way_between_namesakes_is_no_position(home: Path) -> None:
    done = geocode("--column", "where", "-", home=home, stdin="where,n\nCheorwon,1\n")
    row = next(csv.DictReader(io.StringIO(done.stdout)))
    assert (row["lon"], row["lat"], row["two_sides"]) == ("", "", "True")


def test_geojson_has_points_areas_and_what_was_not_found(home: Path) -> None:
    done = geocode("Paju", "the DMZ", "Cheorwon", "Zzyzxri", "--format", "geojson", home=home)
    features = json.loads(done.stdout)["features"]
    shapes = [f["geometry"] and f["geometry"]["type"] for f in features]
    assert shapes == ["Point", "Polygon", "MultiPolygon", None]
    assert features[0]["geometry"]["coordinates"] == [126.78, 37.76]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--column", "nix", "t2.csv"), 1, 't2.csv: no column "nix"; it has where, n'),
        (("--column", "where", "none.csv"), 1, "none.csv"),
        (("--column", "where"), 2, "one file"),
        (("Paju", "--context-column", "n"), 2, "--context-column goes with --column"),
        (("--column", "where", "t2.csv", "--explain"), 2, "go with names"),
        (("Paju", "-o", "nowhere/o.csv"), 1, "cannot be written"),
    ],
)
def test_a_mistake_is_told_in_a_line(
    home: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    (home / "t2.csv").write_text("where,n\nPaju,1\n", encoding="utf-8")
    done = geocode(*arguments, home=home)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_control_characters_of_a_name_do_not_reach_the_terminal(home: Path) -> None:
    done = geocode("Pa\x1b[31mju", home=home)
    assert "\x1b" not in done.stdout
