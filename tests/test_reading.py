"""Tables from outside: what is good goes in whole, what is bad gets one clear error."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from bordermap.errors import InputError
from bordermap.files import seeds_path
from bordermap.reading import read_incidents, read_source
from bordermap.tables import write_incidents

HEADER = "date,place,kind,lat,lon\n"


def csv(folder: Path, text: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_the_seeds_are_read_whole() -> None:
    seeds = read_incidents(seeds_path("june_2024.json"))
    records = json.loads(seeds_path("june_2024.json").read_text(encoding="utf-8"))
    assert len(seeds) == len(records) == 24
    assert seeds.id.is_unique
    assert seeds.date_precision.value_counts().to_dict() == {
        "day": 10, "unknown": 9, "year": 3, "month": 2,
    }  # fmt: skip
    leaflets = seeds[seeds.place == "Paju"].iloc[0]
    assert json.loads(leaflets.quantities) == {
        "balloons": 20, "leaflets": 300000, "one_dollar_bills": 3000, "usb_sticks": 5000,
    }  # fmt: skip


@pytest.mark.parametrize("ending", ["csv", "geojson", "ndjson"])
def test_what_is_written_reads_back_as_the_same_table(tmp_path: Path, ending: str) -> None:
    seeds = read_incidents(seeds_path("june_2024.json"))
    path = tmp_path / f"x.{ending}"
    write_incidents(seeds, path)
    again = read_incidents(path)
    pd.testing.assert_frame_equal(pd.DataFrame(seeds), pd.DataFrame(again), check_like=True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEADER + "2024-06-20,Paju,leaflet,,\nearly spring,Paju,leaflet,,\n",
         'a.csv:3: date "early spring" is not a date; write it as 2024-06-20'),
        (HEADER + "2024-02-30,Paju,leaflet,,\n", 'a.csv:2: date "2024-02-30" is not a date'),
        (HEADER + "2024-06-20,,leaflet,95,126.7\n",
         'a.csv:2: lat "95" is not a latitude; give a latitude, -90 to 90'),
        ("date,kind\n2024-06-20,leaflet\n",
         "a.csv:1: no column says where; add place (a name), or lat and lon"),
        ("place,kind\nPaju,leaflet\n", "a.csv:1: no date column; add date"),
        ("date,lat\n2024-06-20,37\n", "a.csv:1: there is lat but no lon column; add lon"),
        (HEADER + "2024-06-20,,leaflet,126.7,37.9\n",
         'a.csv:2: lat "126.7" is not a latitude; lat and lon look swapped'),
        ("", "a.csv: the file is empty"),
        (HEADER, "a.csv: there is a header but no row; add rows"),
        (HEADER + "2024-06-20,Paju,leaflet,,\n" + ",".join(["x"] * 200) + "\n",
         "a.csv:3: 200 cells where the header has 5; quote cells that hold the delimiter"),
        (HEADER + "2024-06-20,Paju,picnic,,\n", 'a.csv:2: kind "picnic" is not a known value'),
        (HEADER + "2024-06-20,Paju,leaflet,37.9,\n", "a.csv:2: lon"),
        (HEADER + "06/07/2024,Paju,leaflet,,\n", "may be day/month or month/day"),
        (HEADER + "2024-06-20,Paju,leaflet,abc,126\n", 'a.csv:2: lat "abc" is not a number'),
        (HEADER.encode() + b"2024-06-20,\xff\xfe\xff,leaflet,,\n", "neither UTF-8 nor cp949"),
        (HEADER + "2024-06-20,Pa\x00ju,leaflet,,\n", "holds null bytes"),
    ],
)  # fmt: skip
def test_bad_input_gets_one_error_that_says_where_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | bytes, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    csv(tmp_path, text)
    with pytest.raises(InputError) as error:
        read_incidents("a.csv")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"], ids=["plain", "BOM", "cp949", "UTF-16"]
)
def test_files_of_korean_windows_and_of_excel_read_as_they_are(
    tmp_path: Path, encoding: str
) -> None:
    path = csv(tmp_path, (HEADER + "2024-06-20,파주,leaflet,,\n").encode(encoding))
    assert read_incidents(path).place.tolist() == ["파주"]


def test_usual_names_of_columns_are_known(tmp_path: Path) -> None:
    path = csv(
        tmp_path,
        "Event_Date;Latitude;Longtitude;Notes;Source;extra\n20 June 2024;37,9;126;n;s;e\n".replace(
            "37,9", "37.9"
        ),
    )
    found = read_incidents(path).iloc[0]
    assert (found.summary, found.source_title, found.extra) == ("n", "s", "e")
    assert (found.geometry.x, found.geometry.y) == (126, 37.9)
    assert found.date_start == pd.Timestamp("2024-06-20")


def test_months_and_years_keep_their_precision(tmp_path: Path) -> None:
    found = read_incidents(csv(tmp_path, "date,place\n2024-06,Paju\n2015,Paju\n,Paju\n"))
    assert found.date_precision.tolist() == ["year", "month", "unknown"]
    assert found.date_end.tolist()[:2] == [pd.Timestamp("2015-12-31"), pd.Timestamp("2024-06-30")]


def test_the_column_as_a_whole_tells_day_from_month(tmp_path: Path) -> None:
    found = read_incidents(csv(tmp_path, "date,place\n06/07/2024,a\n25/07/2024,b\n"))
    assert found.date_start.tolist() == [pd.Timestamp("2024-07-06"), pd.Timestamp("2024-07-25")]


def test_skipping_sets_bad_rows_aside_with_their_reason(tmp_path: Path) -> None:
    rows = ["2024-06-20,Paju,leaflet,,", "soon,Paju,leaflet,,", "2024-06-21,,leaflet,95,126"]
    reading = read_source(csv(tmp_path, HEADER + "\n".join(rows) + "\n"), skip=True)
    assert len(reading.incidents) == 1
    assert reading.rejects.reject_row.tolist() == [3, 4]
    assert reading.rejects.reject_column.tolist() == ["date", "lat"]
    assert reading.rejects.date.tolist() == ["soon", "2024-06-21"]
    assert len(reading.incidents) + len(reading.rejects) == reading.rows_read


def test_corrected_rejects_go_in(tmp_path: Path) -> None:
    reading = read_source(csv(tmp_path, HEADER + "soon,Paju,leaflet,,\n"), skip=True)
    fixed = reading.rejects.assign(date="2024-06-20")
    fixed.to_csv(tmp_path / "fixed.csv", index=False)
    assert read_incidents(tmp_path / "fixed.csv").date_start[0] == pd.Timestamp("2024-06-20")


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+82", "-x", "'=a", "''+b", "'quoted'"])
def test_a_formula_is_guarded_in_csv_and_comes_back_unchanged(tmp_path: Path, cell: str) -> None:
    table = read_incidents(csv(tmp_path, HEADER + "2024-06-20,Paju,leaflet,,\n"))
    write_incidents(table.assign(title=cell), tmp_path / "out.csv")
    written = pd.read_csv(tmp_path / "out.csv", dtype=str).title[0]
    assert written[0] not in "=+-@"
    assert read_incidents(tmp_path / "out.csv").title[0] == cell


def test_the_same_facts_have_the_same_id_in_any_order(tmp_path: Path) -> None:
    rows = ["2024-06-20,Paju,leaflet,,", "2024-06-21,Seoul,diplomacy,,"]
    one = read_incidents(csv(tmp_path, HEADER + "\n".join(rows)))
    two = read_incidents(csv(tmp_path, HEADER + "\n".join(rows[::-1])))
    assert one.id.tolist() == two.id.tolist()


def test_equal_rows_are_kept_apart(tmp_path: Path) -> None:
    found = read_incidents(csv(tmp_path, HEADER + "2024-06-20,Paju,leaflet,,\n" * 3))
    assert len(found) == 3
    assert found.id.is_unique


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.json", "{", "a.json:1: is no valid JSON"),
        ("a.json", "[]", "holds no record"),
        ("a.json", "[1]", "a.json:1: is no record"),
        ("a.json", "[" * 100_000, "is no valid JSON"),
        ("a.ndjson", '{"date":"2024"}\n{', "a.ndjson:2: is no valid JSON"),
        ("a.xyz", "x", "is no format that can be read"),
        ("a.geojson", '{"type":"FeatureCollection","crs":{"name":"EPSG:5179"},"features":[]}',
         "convert it to EPSG:4326"),
        ("a.geojson", '{"type":"FeatureCollection","features":[{"type":"Feature","properties":'
         '{"date":"2024"},"geometry":{"type":"Point","coordinates":[200,38]}}]}', "a.geojson:1"),
    ],
)  # fmt: skip
def test_bad_json_is_refused_with_its_place(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    with pytest.raises(InputError) as error:
        read_incidents(csv(tmp_path, text, name))
    assert message in str(error.value)
