"""The command line: help, exit codes, data on stdout and talk on stderr."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bordermap import __version__
from bordermap.cli import COMMANDS, _bordermap

ROOT = Path(__file__).parent.parent


def run(*words: str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the program as a user does, in a folder of its own."""
    return subprocess.run(
        [sys.executable, "-m", "bordermap", *words],
        cwd=cwd, input=stdin, capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def csv(folder: Path, *rows: str) -> str:
    (folder / "a.csv").write_text("date,place,kind,claim\n" + "\n".join(rows) + "\n")
    return "a.csv"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_the_overview_and_the_readme_tell(name: str) -> None:
    found = CliRunner().invoke(_bordermap, [name, "--help"])
    assert found.exit_code == 0
    text = " ".join(found.output.split())
    assert " ".join(COMMANDS[name].split()) in text
    assert f"bordermap {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom bordermap.cli import main\nsys.argv=['bordermap','--help']\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy={'numpy','pandas','geopandas','shapely','folium','scipy','pyproj','geopy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_version_is_told(tmp_path: Path) -> None:
    assert run("--version", cwd=tmp_path).stdout.strip() == f"bordermap, version {__version__}"


def test_an_error_is_one_line_on_stderr_with_exit_code_1(tmp_path: Path) -> None:
    done = run("check", csv(tmp_path, "early spring,Paju,leaflet,"), cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert re.fullmatch(r'bordermap: a\.csv:2: date "early spring" .*\n', done.stderr)


def test_vv_shows_where_an_error_arose(tmp_path: Path) -> None:
    done = run("-vv", "check", csv(tmp_path, "soon,Paju,leaflet,"), cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_wrong_usage_has_exit_code_2(tmp_path: Path) -> None:
    assert run("export", "a.csv", cwd=tmp_path).returncode == 2
    assert run("nonsense", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize(
    "words", [["check", "none.csv"], ["render", "none.csv"], ["lines", "atlantis"],
              ["check", "--line", "atlantis"], ["check", "--line", "none.geojson"],
              ["crossings", "none.gpx"]],
)  # fmt: skip
def test_what_is_not_there_is_an_error_without_traceback(tmp_path: Path, words: list[str]) -> None:
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("bordermap: ")
    assert len(done.stderr.splitlines()) == 1


def test_check_strict_tells_doubt_by_exit_code_3_and_still_writes(tmp_path: Path) -> None:
    name = csv(tmp_path, "2024-06-20,Paju,leaflet,", "2024-06-20,Nowhere at all,other,")
    done = run("check", name, "-o", "out.geojson", "--strict", cwd=tmp_path)
    assert done.returncode == 3, done.stderr
    assert len(json.loads((tmp_path / "out.geojson").read_text())["features"]) == 2
    clean = csv(tmp_path, "2024-06-20,Seoul,diplomacy,")
    assert run("check", clean, "--strict", cwd=tmp_path).returncode == 0


def test_check_reports_counts_that_add_up(tmp_path: Path) -> None:
    name = csv(tmp_path, "2024-06-20,Paju,leaflet,", "2024-06-20,,other,")
    done = run("check", name, "--report", "json", cwd=tmp_path)
    report = json.loads(done.stdout)
    assert report["incidents"] == 2 == report["placed"] + report["unplaced"]


def test_skip_writes_rejects_beside_the_input(tmp_path: Path) -> None:
    name = csv(tmp_path, "2024-06-20,Paju,leaflet,", "soon,Paju,leaflet,")
    done = run("check", name, "--on-error", "skip", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "2 rows read, 1 kept, 1 rejected: a.rejects.csv" in done.stderr
    assert "soon" in (tmp_path / "a.rejects.csv").read_text()


def test_commands_compose_through_stdin_and_stdout(tmp_path: Path) -> None:
    first = run("export", csv(tmp_path, "2024-06-20,Paju,leaflet,"), "-o", "-", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    second = run("export", "-", "-o", "-", "--to", "csv", cwd=tmp_path, stdin=first.stdout)
    assert second.returncode == 0, second.stderr
    assert "Paju" in second.stdout


def test_lines_lists_lines_and_writes_one(tmp_path: Path) -> None:
    listed = run("lines", "--format", "json", cwd=tmp_path)
    korea = [r for r in json.loads(listed.stdout) if r["id"] == "korea"]
    assert {r["licence"] for r in korea} == {"ODbL-1.0"}
    assert 600 < sum(r["length_km"] for r in korea) < 700
    written = json.loads(run("lines", "korea", "--format", "geojson", cwd=tmp_path).stdout)
    assert {f["properties"]["segment"] for f in written["features"]} == {
        "nll_west", "estuary", "mdl", "nll_east",
    }  # fmt: skip


def test_crossings_of_a_csv_of_positions_are_found(tmp_path: Path) -> None:
    (tmp_path / "ais.csv").write_text(
        "MMSI,BaseDateTime,LON,LAT\n"
        "1,2024-06-20T11:00:00,126.677,37.94\n1,2024-06-20T11:10:00,126.677,37.97\n"
        "2,2024-06-20T11:00:00,127.0,37.5\n2,2024-06-20T11:10:00,127.1,37.5\n"
    )
    done = run("crossings", "ais.csv", "-o", "x.geojson", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "2 tracks, 1 crossing\n" in done.stderr
    found = json.loads((tmp_path / "x.geojson").read_text())["features"]
    assert [f["properties"]["event"] for f in found] == ["crossing", "closest_approach"]
    assert found[0]["properties"]["direction"] == "south_to_north"


def test_crossings_of_gpx_and_of_geojson_with_times_are_found(tmp_path: Path) -> None:
    fixes = [(126.677, 37.94, "2024-06-20T11:00:00Z"), (126.677, 37.97, "2024-06-20T11:10:00Z")]
    points = "".join(f'<trkpt lon="{x}" lat="{y}"><time>{t}</time></trkpt>' for x, y, t in fixes)
    (tmp_path / "a.gpx").write_text(
        '<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<trk><trkseg>{points}</trkseg></trk></gpx>"
    )
    feature = {
        "type": "Feature",
        "properties": {"coordTimes": [t for *_, t in fixes]},
        "geometry": {"type": "LineString", "coordinates": [[x, y] for x, y, _ in fixes]},
    }
    (tmp_path / "a.geojson").write_text(json.dumps(feature))
    for name in ("a.gpx", "a.geojson"):
        done = run("crossings", name, "-o", "-", cwd=tmp_path)
        found = json.loads(done.stdout)["features"]
        assert [f["properties"]["event"] for f in found] == ["crossing"]
        assert found[0]["properties"]["time"].startswith("2024-06-20T11:0")


def test_a_track_without_times_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,lon,lat\n1,126,37\n")
    done = run("crossings", "t.csv", cwd=tmp_path)
    assert done.returncode == 1
    assert "no column time" in done.stderr


def test_no_name_to_look_up_is_wrong_usage(tmp_path: Path) -> None:
    for stdin in ("", "\n \n"):
        done = run("geocode", cwd=tmp_path, stdin=stdin)
        assert done.returncode == 2
        assert "no name to look up" in done.stderr


def test_a_text_without_incidents_gives_an_empty_collection(tmp_path: Path) -> None:
    done = run("extract", "-", cwd=tmp_path, stdin="The museum in Seoul shows paintings.\n")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["features"] == []


def test_a_dash_as_the_output_is_standard_output(tmp_path: Path) -> None:
    name = csv(tmp_path, "2024-06-20,Paju,leaflet,")
    checked = run("check", name, "-o", "-", cwd=tmp_path)
    assert checked.stdout.startswith("id,title,")
    assert "1 south" in checked.stderr
    drawn = run("render", name, "-o", "-", cwd=tmp_path)
    assert drawn.stdout.startswith("<!DOCTYPE html>")
    assert not (tmp_path / "-").exists()
