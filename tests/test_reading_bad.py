"""Malformed inputs: each gives its one message and exit code 1, and bad rows are never lost."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from bordermap.cli import main
from bordermap.reading import How, read_source
from bordermap.reading.rejects import rejects_text

HEADER = "date,place,kind,lat,lon\n"
GOOD = "2024-06-20,Paju,leaflet,37.76,126.78\n"
SWAP = "lat and lon look swapped; exchange the columns' names, or use --fix-swapped"
ISO = "write it as 2024-06-20, 2024-06 or 2024"
TELL = "or tell which column it is with --map"
NUMERIC = "write dates as 2024-06-20"
QUOTE = 'quote cells that hold the delimiter ("a, b")'
PAIR = "write it as 37.95N 126.68E, or give lat and lon in two columns"
KINDS = "use one of crossing, gunfire, artillery, balloon, leaflet, loudspeaker, mine, construction"

# One bad cell in one row, behind a good row: name -> row, message, what the cell should be.
ROWS: dict[str, tuple[str, str, dict[str, str]]] = {
    "prose date": ("early spring,Paju,mine,,\n",
                   f'a.csv:3: date "early spring" is not a date; {ISO}', {"date": "2024-03"}),
    "30 February": ("2024-02-30,Paju,mine,,\n",
                    f'a.csv:3: date "2024-02-30" is not a date; {ISO}', {"date": "2024-02-29"}),
    "month 13": ("2024-13,Paju,mine,,\n",
                 f'a.csv:3: date "2024-13" is not a date; {ISO}', {"date": "2024-12"}),
    "year 204": ("0204-06-20,Paju,mine,,\n",
                 f'a.csv:3: date "0204-06-20" is not a date between 1800 and 2100; {ISO}',
                 {"date": "2024-06-20"}),
    "year 2924": ("2924,Paju,mine,,\n",
                  f'a.csv:3: date "2924" is not a date between 1800 and 2100; {ISO}',
                  {"date": "2024"}),
    "day or month": ("06/07/2024,Paju,mine,,\n",
                     f'a.csv:3: date "06/07/2024" may be day/month or month/day; {NUMERIC}',
                     {"date": "2024-07-06"}),
    "two-digit year": ("20/06/24,Paju,mine,,\n",
                       'a.csv:3: date "20/06/24" has a two-digit year that may be a day; '
                       f"{NUMERIC}", {"date": "2024-06-20"}),
    "rounded timestamp": ("2.02E+13,Paju,mine,,\n",
                          'a.csv:3: date "2.02E+13" is a timestamp that a spreadsheet rounded; '
                          "its digits are lost; export the sheet again with the column as text",
                          {"date": "2024-06-20"}),
    "hour 25": ("2024-06-20 25:00,Paju,mine,,\n",
                f'a.csv:3: date "2024-06-20 25:00" is not a date with a time; {ISO}',
                {"date": "2024-06-20"}),
    "unknown month": ("20 Juin 2024,Paju,mine,,\n",
                      f'a.csv:3: date "20 Juin 2024" is not a date; {ISO}',
                      {"date": "2024-06-20"}),
    "backward range": ("2024-06-20/2024-06-18,Paju,mine,,\n",
                       f'a.csv:3: date "2024-06-20/2024-06-18" is not a date; {ISO}',
                       {"date": "2024-06-18/2024-06-20"}),
    "mixed serial": ("45463,Paju,mine,,\n",
                     f'a.csv:3: date "45463" is not a date; {ISO}', {"date": "2024-06-20"}),
    "very long date": (f"{'2024 ' * 40},Paju,mine,,\n",
                       f'a.csv:3: date "{("2024 " * 40)[:57]}..." is not a date; {ISO}',
                       {"date": "2024"}),
    "latitude 95": ("2024-06-20,,mine,95,126\n",
                    'a.csv:3: lat "95" is not a latitude; give a latitude, -90 to 90',
                    {"lat": "37.5"}),
    "latitude 128.59": ("2024-06-20,,mine,128.59,128.59\n",
                        'a.csv:3: lat "128.59" is not a latitude; give a latitude, -90 to 90',
                        {"lat": "38.1"}),
    "longitude 190": ("2024-06-20,,mine,37,190\n",
                      'a.csv:3: lon "190" is not a longitude; give a longitude, -180 to 180',
                      {"lon": "127"}),
    "swapped": ("2024-06-20,,mine,126.7,37.9\n",
                f'a.csv:3: lat "126.7" is not a latitude; {SWAP}',
                {"lat": "37.9", "lon": "126.7"}),
    "latitude in words": ("2024-06-20,,mine,north,126\n",
                          'a.csv:3: lat "north" is not a number; give a latitude as 37.95',
                          {"lat": "38"}),
    "two dots": ("2024-06-20,,mine,37.9.5,126\n",
                 'a.csv:3: lat "37.9.5" is not a number; give a latitude as 37.95',
                 {"lat": "37.95"}),
    "infinite": ("2024-06-20,,mine,1e999,126\n",
                 'a.csv:3: lat "1e999" is not a number; give a latitude as 37.95',
                 {"lat": "37.9"}),
    "61 minutes": ("2024-06-20,,mine,37°61'N,126\n",
                   "a.csv:3: lat \"37°61'N\" is not a number; give a latitude as 37.95",
                   {"lat": "37°51'N"}),
    "letter of the other axis": ("2024-06-20,,mine,126.7E,37\n",
                                 'a.csv:3: lat "126.7E" is a longitude by its letter; exchange '
                                 "the columns' names", {"lat": "37N", "lon": "126.7E"}),
    "latitude alone": ("2024-06-20,,mine,37.9,\n",
                       'a.csv:3: lon "" is empty; give both coordinates or none',
                       {"lon": "126.7"}),
    "longitude alone": ("2024-06-20,,mine,,126.7\n",
                        'a.csv:3: lat "" is empty; give both coordinates or none',
                        {"lat": "37.9"}),
    "one unknown": ("2024-06-20,,mine,Unknown,126.7\n",
                    'a.csv:3: lat "Unknown" is empty; give both coordinates or none',
                    {"lat": "37.9"}),
    "null island": ("2024-06-20,,mine,0,0\n",
                    'a.csv:3: lat "0" with longitude 0 is null island; leave both coordinates '
                    "empty where they are not known", {"lat": "", "lon": ""}),
    "unknown kind": ("2024-06-20,Paju,picnic,,\n",
                     f'a.csv:3: kind "picnic" is not a known value; {KINDS}', {"kind": "other"}),
    "too many cells": ("2024-06-20,Paju,mine,,,surplus,more\n",
                       f"a.csv:3: 7 cells where the header has 5; {QUOTE}", {}),
    "200 cells": (",".join(["x"] * 200) + "\n",
                  f"a.csv:3: 200 cells where the header has 5; {QUOTE}",
                  {"date": "2024", "kind": "mine", "lat": "", "lon": ""}),
    "control characters": ("\x07soon\x1b,Paju,mine,,\n",
                           f'a.csv:3: date "\N{REPLACEMENT CHARACTER}soon\N{REPLACEMENT CHARACTER}"'
                           f" is not a date; {ISO}", {"date": "2024"}),
    "line end in a cell": ('"so\non",Paju,mine,,\n',
                           f'a.csv:3: date "so\N{REPLACEMENT CHARACTER}on" is not a date; {ISO}',
                           {"date": "2024"}),
}  # fmt: skip

# A header of its own and one bad row, behind a good one.
OTHERS: dict[str, tuple[str, str, dict[str, str]]] = {
    "end before start": ("date,place,end_date\n2024,Paju,\n2024-06-20,Paju,2024-06-19\n",
                         'a.csv:3: end_date "2024-06-19" is before its start; swap them',
                         {"end_date": "2024-06-21"}),
    "both orders": ("date,place\n25/07/2024,Paju\n07/25/2024,Paju\n",
                    'a.csv:2: date "25/07/2024" has no one order of day and month in its column; '
                    f"{NUMERIC} (1 more row with faults)", {}),
    "source's date": ("date,place,source_date\n2024,Paju,2024\n2024,Paju,yesterday\n",
                      f'a.csv:3: source_date "yesterday" is not a date; {ISO}',
                      {"source_date": "2024-06-20"}),
    "pair without letters": ("date,coordinates\n2024,38N 127E\n2024,\"35.1, 33.3\"\n",
                             'a.csv:3: coordinates "35.1, 33.3" does not tell which is the '
                             f"latitude; {PAIR}", {"coordinates": "35.1N 33.3E"}),
    "no pair": ("date,coordinates\n2024,38N 127E\n2024,by the river\n",
                f'a.csv:3: coordinates "by the river" is no pair of coordinates; {PAIR}',
                {"coordinates": "52SCH0802"}),
    "square of no column": ("date,mgrs\n2024,52SCH0802\n2024,52SZH0802\n",
                            f'a.csv:3: mgrs "52SZH0802" is no pair of coordinates; {PAIR}',
                            {"mgrs": "52SCH0902"}),
    "pair out of range": ("date,gps\n2024,38N 127E\n2024,38N 190E\n",
                          'a.csv:3: gps "38N 190E" is not a longitude; give a longitude, '
                          "-180 to 180", {"gps": "38N 127E"}),
    "broken WKT": ("date,wkt\n2024,POINT (127 38)\n2024,POINT (127\n",
                   'a.csv:3: wkt "POINT (127" is no geometry; write it as POINT (127.1 37.9)',
                   {"wkt": "POINT (127 38)"}),
    "WKT in metres": ("date,wkt\n2024,POINT (127 38)\n2024,POINT (200000 500000)\n",
                      'a.csv:3: wkt "POINT (200000 500000)" reaches beyond 180 or 90 degrees; '
                      "give longitude first, in degrees", {"wkt": "POINT (127 38)"}),
    "radius in words": ("date,place,radius_m\n2024,Paju,5\n2024,Paju,about 5\n",
                        'a.csv:3: radius_m "about 5" is not a number; give a number as 37.95',
                        {"radius_m": "5"}),
    "negative radius": ("date,place,radius_m\n2024,Paju,5\n2024,Paju,-5\n",
                        'a.csv:3: radius_m "-5" is not a number in its range; give a number, 0 '
                        "or more", {"radius_m": "5"}),
    "score over 1": ("date,place,place_score\n2024,Paju,1\n2024,Paju,7\n",
                     'a.csv:3: place_score "7" is not a number in its range; give a number, 0 to 1',
                     {"place_score": "0.7"}),
    "quantities": ("date,place,quantities\n2024,Paju,\n2024,Paju,20 balloons\n",
                   'a.csv:3: quantities "20 balloons" is no JSON object; write it as '
                   '{"balloons": 20}', {"quantities": '{"balloons": 20}'}),
    "direction": ("date,place,direction\n2024,Paju,\n2024,Paju,up\n",
                  'a.csv:3: direction "up" is not a known value; use one of north_to_south, '
                  "south_to_north", {"direction": "north to south"}),
    "claim": ("date,place,claim\n2024,Paju,\n2024,Paju,maybe\n",
              'a.csv:3: claim "maybe" is not a known value; use one of crossed_line, inside_dmz, '
              "north_side, south_side", {"claim": "north_side"}),
    "precision": ("date,place,precision\n2024,Paju,\n2024,Paju,good\n",
                  'a.csv:3: precision "good" is not a known value; use one of exact, near, place, '
                  "district, province, country, area, water", {"precision": "exact"}),
    "code of ACLED": ("event_id_cnty,event_date,event_type,geo_precision\n"
                      "KOR1,2024-06-20,Battles,1\nKOR2,2024-06-20,Battles,9\n",
                      'a.csv:3: geo_precision "9" is no code of this source; use one of 1, 2, 3',
                      {"geo_precision": "3"}),
    "count of ACLED": ("event_id_cnty,event_date,event_type,fatalities\n"
                       "KOR1,2024-06-20,Battles,1\nKOR2,2024-06-20,Battles,several\n",
                       'a.csv:3: fatalities "several" is no count; give a whole number',
                       {"fatalities": "3"}),
    "code of GED": ("id,where_prec,type_of_violence,date_start\n1,1,1,2024-06-20\n2,8,1,2024\n",
                    'a.csv:3: where_prec "8" is no code of this source; use one of 1, 2, 3, 4, 5, '
                    "6, 7", {"where_prec": "7"}),
}  # fmt: skip

# Files that hold no table at all, or not this one.
FILES: dict[str, tuple[str, bytes | str, str]] = {
    "empty": ("a.csv", "", "a.csv: the file is empty; give at least a header and a row"),
    "blanks": ("a.csv", " \n\r\n\t", "a.csv: the file is empty; give at least a header and a row"),
    "mark alone": ("a.csv", b"\xef\xbb\xbf\n",
                   "a.csv: the file is empty; give at least a header and a row"),
    "header alone": ("a.csv", HEADER, "a.csv: there is a header but no row; add rows"),
    "no date": ("a.csv", "place,kind\nPaju,mine\n",
                f"a.csv:1: no date column; add date (2024-06-20, 2024-06 or 2024), {TELL}"),
    "no place": ("a.csv", "date,kind\n2024,mine\n",
                 f"a.csv:1: no column says where; add place (a name), or lat and lon, {TELL}"),
    "no longitude": ("a.csv", "date,lat\n2024,37\n",
                     f"a.csv:1: there is lat but no lon column; add lon, {TELL}"),
    "no latitude": ("a.csv", "date,x\n2024,127\n",
                    f"a.csv:1: there is lon but no lat column; add lat, {TELL}"),
    "null bytes": ("a.csv", (HEADER + GOOD).replace("Paju", "Pa\0ju"),
                   "a.csv: holds null bytes; it is no text table"),
    "noise": ("a.csv", HEADER.encode() + bytes(range(129, 256)) * 3,
              "a.csv: byte 24 is neither UTF-8 nor cp949; save the file as UTF-8"),
    "open quote": ("a.csv", HEADER + GOOD + '2024,"Paju,mine,,\n' + GOOD * 3,
                   "a.csv:3: a quote is opened and never closed, 4 lines from its end; close it, "
                   "or double a quote that is part of the text"),
    "huge cell": ("a.csv", HEADER + GOOD + f"2024,{'x' * 1_000_001},mine,,\n",
                  "a.csv:3: cannot be read as CSV: a cell has more than 1000000 characters; is a "
                  "quote missing?"),
    "many columns": ("a.csv", ",".join(f"c{n}" for n in range(2001)) + "\n1\n",
                     "a.csv:1: 2001 columns; at most 2000"),
    "GDELT of another width": ("a.tsv", ("\t".join(["1", "20240620", *["x"] * 40]) + "\n") * 2,
                               f"a.tsv:1: no date column; add date (2024-06-20, 2024-06 or 2024), "
                               f"{TELL}"),
    "no ending": ("a.xyz", GOOD,
                  'a.xyz: ".xyz" is no format that can be read; use --from with one of'),
    "broken JSON": ("a.json", "[{]", "a.json:1: is no valid JSON: Expecting property name"),
    "JSON of no records": ("a.json", "[1]", "a.json:1: is no record; give {...}"),
    "empty list": ("a.json", "[]", "a.json: holds no record"),
    "one number": ("a.json", "7", "a.json: holds no list of records; give [{...}, {...}]"),
    "deep JSON": ("a.json", "[" * 100_000, "a.json: is no valid JSON that can be read: nested too"),
    "nested JSON": ("a.json", '[{"date":2024,"place":' + "[" * 90 + "]" * 90 + "}]",
                    "a.json: is no valid JSON for a table: nested deeper than 64 brackets"),
    "endless number": ("a.json", '[{"date":' + "1" * 5000 + "}]", "a.json: is no valid JSON: Exc"),
    "broken line": ("a.ndjson", '{"date":"2024"}\n{', "a.ndjson:2: is no valid JSON: Expecting"),
    "properties": ("a.geojson", '{"type":"Feature","properties":[1],"geometry":null}',
                   "a.geojson:1: properties are no record; give {...}"),
    "no features": ("a.geojson", '{"type":"FeatureCollection","features":[]}',
                    "a.geojson: holds no record"),
    "another CRS": ("a.geojson", '{"type":"FeatureCollection","crs":{"name":"EPSG:5179"},'
                    '"features":[]}',
                    "a.geojson: is in another CRS than WGS84; convert it to EPSG:4326"),
    "longitude 200": ("a.geojson", '{"type":"Feature","properties":{"date":"2024"},"geometry":'
                      '{"type":"Point","coordinates":[200,38]}}',
                      "a.geojson:1: geometry reaches 200, 38; give longitude and latitude"),
    "no geometry": ("a.geojson", '{"type":"Feature","properties":{"date":"2024"},"geometry":'
                    '{"type":"Pint","coordinates":[127,38]}}',
                    "a.geojson:1: geometry is no GeoJSON geometry; give"),
    "no workbook": ("a.xlsx", "PK\3\4 no more", "a.xlsx: cannot be unpacked: File is not a zip"),
}  # fmt: skip


def checked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Run the command in this process and return its exit code and what it says."""
    before, sys.argv = sys.argv, ["bordermap", *words]
    try:
        with pytest.raises(SystemExit) as end:
            main()
    finally:
        sys.argv = before
    code = end.value.code
    return int(code or 0), capsys.readouterr().err


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def text_of(case: str) -> tuple[str, str, dict[str, str]]:
    if case in OTHERS:
        return OTHERS[case]
    row, message, fixed = ROWS[case]
    return HEADER + GOOD + row, message, fixed


def test_the_table_is_long() -> None:
    assert len(ROWS) + len(OTHERS) + len(FILES) >= 60


@pytest.mark.parametrize("case", [*ROWS, *OTHERS])
def test_a_bad_cell_is_told_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    text, message, _ = text_of(case)
    written(folder, "a.csv", text)
    code, said = checked(capsys, "check", "a.csv")
    assert said.startswith(f"bordermap: {message}"), said
    assert said.count("\n") == 1
    assert code == 1


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_holds_no_table_is_told_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    name, text, message = FILES[case]
    if name == "a.xlsx":
        pytest.importorskip("openpyxl")
    written(folder, name, text)
    for words in (["check", name], ["check", name, "--on-error", "skip"]):
        code, said = checked(capsys, *words)
        assert said.startswith(f"bordermap: {message}"), said
        assert said.count("\n") == 1
        assert code == 1


@pytest.mark.parametrize("case", [*ROWS, *OTHERS])
def test_skipped_rows_add_up_and_go_in_once_they_are_corrected(folder: Path, case: str) -> None:
    text, _, fixed = text_of(case)
    reading = read_source(written(folder, "a.csv", text), how=How(skip=True))
    assert len(reading.incidents) + len(reading.rejects) == reading.rows_read
    assert len(reading.rejects) >= 1
    rejects = reading.rejects.copy()
    for column, value in fixed.items():
        rejects[column] = value
    if case == "both orders":
        rejects["date"] = ["2024-07-25", "2024-07-25"]
    path = folder / "a.rejects.csv"
    path.write_text(rejects_text(rejects), encoding="utf-8", newline="")
    source = How(source=reading.source) if reading.source else None
    assert len(read_source(path, how=source).incidents) == len(reading.rejects)


def test_rejects_keep_every_cell_as_it_stood(folder: Path) -> None:
    text = 'date,place,note\nsoon,"Pa,ju","=1+1"\nlater, Paju ,\'quoted\'\n'
    rejects = read_source(written(folder, "a.csv", text), how=How(skip=True)).rejects
    path = folder / "a.rejects.csv"
    path.write_text(rejects_text(rejects), encoding="utf-8", newline="")
    raw = pd.read_csv(path, dtype="str")
    assert raw["note"].tolist() == ["'=1+1", "'quoted'"]
    again = read_source(path, how=How(skip=True)).rejects
    own = ["date", "place", "note"]
    pd.testing.assert_frame_equal(again[own], rejects[own])


def test_features_set_aside_keep_their_geometry(folder: Path) -> None:
    feature = {"type": "Feature", "properties": {"date": "soon", "n": 1},
               "geometry": {"type": "Point", "coordinates": [127.5, 38.25]}}  # fmt: skip
    path = written(folder, "a.geojson", json.dumps({"type": "FeatureCollection",
                                                    "features": [feature]}))  # fmt: skip
    rejects = read_source(path, how=How(skip=True)).rejects.assign(date="2024")
    fixed = folder / "a.rejects.csv"
    fixed.write_text(rejects_text(rejects), encoding="utf-8", newline="")
    assert read_source(fixed).incidents.geometry[0].coords[0] == (127.5, 38.25)


def test_rejects_of_an_earlier_run_are_not_written_over(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(folder, "a.csv", HEADER + GOOD + "soon,Paju,mine,,\n")
    mine = written(folder, "a.rejects.csv", "my corrections\n")
    before, sys.argv = sys.argv, ["bordermap", "check", "a.csv", "--on-error", "skip"]
    try:
        with pytest.raises(SystemExit):
            main()
    finally:
        sys.argv = before
    assert "2 rows read, 1 kept, 1 rejected: a.rejects-2.csv" in capsys.readouterr().err
    assert mine.read_text() == "my corrections\n"


def test_when_no_row_can_be_read_the_rejects_are_written_all_the_same(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(folder, "a.csv", HEADER + "soon,Paju,mine,,\n")
    code, said = checked(capsys, "check", "a.csv", "--on-error", "skip")
    assert code == 1
    assert "1 row read, 0 kept, 1 rejected: a.rejects.csv" in said
    assert said.splitlines()[-1] == "bordermap: a.csv: no row could be read; see the rejects"
    assert (folder / "a.rejects.csv").exists()


def archive(**parts: bytes) -> bytes:
    text = io.BytesIO()
    with zipfile.ZipFile(text, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), part)
    return text.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (archive(xl__a_xml=b"\0" * (513 * 1024**2)), "unpacks to more than 512 MB; is it a zip"),
        (archive(**{"..__..__etc__passwd": b"x"}), 'its part "../../etc/passwd" leads outside'),
        (archive(**{"/etc/passwd": b"x"}), 'its part "/etc/passwd" leads outside'),
        (archive(xl__a_xml=b'<!DOCTYPE a [<!ENTITY b "c">]>'), "declares a DOCTYPE; it is refused"),
        (archive(xl__a_xml=b"<a/>"), "cannot be read as a workbook"),
    ],
    ids=["bomb", "traversal", "absolute", "entities", "no workbook"],
)
def test_a_hostile_workbook_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], data: bytes, message: str
) -> None:
    pytest.importorskip("openpyxl")
    written(folder, "a.xlsx", data)
    code, said = checked(capsys, "check", "a.xlsx")
    assert code == 1
    assert said.startswith("bordermap: a.xlsx: ")
    assert message in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    "text",
    ['<!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><gpx>&b;</gpx>',
     "<gpx", "nothing", '<gpx version="1.1"><trk></gpx>'],
    ids=["entities", "cut", "no XML", "crossed"],
)  # fmt: skip
def test_hostile_gpx_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    written(folder, "a.gpx", text)
    code, said = checked(capsys, "crossings", "a.gpx", "-o", "x.geojson")
    assert code == 1
    assert said.startswith("bordermap: a.gpx: ")
    assert said.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no /dev/zero")
def test_a_device_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bordermap.reading.source.MAX_FILE_BYTES", 1 << 20)
    with pytest.raises(ValueError, match="/dev/zero: is larger than"):
        read_source("/dev/zero", format="csv")


def test_a_symlink_is_read_and_an_output_through_one_replaces_the_link(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(folder, "real.csv", HEADER + GOOD)
    victim = written(folder, "victim.csv", "precious\n")
    (folder / "a.csv").symlink_to("real.csv")
    (folder / "out.csv").symlink_to("victim.csv")
    before, sys.argv = sys.argv, ["bordermap", "check", "a.csv", "-o", "out.csv"]
    try:
        with pytest.raises(SystemExit) as end:
            main()
    finally:
        sys.argv = before
    assert not end.value.code, capsys.readouterr().err
    assert victim.read_text() == "precious\n"
    assert not (folder / "out.csv").is_symlink()


def test_a_folder_that_is_not_there_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(folder, "a.csv", HEADER + GOOD)
    code, said = checked(capsys, "check", "a.csv", "-o", "none/../../x/y.csv")
    assert code == 1
    assert said.splitlines()[-1].startswith("bordermap: none/../../x/y.csv: cannot be written")
