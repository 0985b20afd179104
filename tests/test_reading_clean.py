"""Cleaning with consent: what can mean one thing is read and told, the rest waits for a word."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bordermap.reading import How, Merge, Reading, read_source
from bordermap.reading.coordinates import read_angle, read_pair
from bordermap.reading.dates import read_day
from bordermap.reading.delimited import read_delimited
from bordermap.reading.mgrs import from_mgrs
from bordermap.reading.source import opened

KOREA = (122.0, 34.0, 133.0, 43.0)


def read(folder: Path, text: str | bytes, how: How | None = None, name: str = "a.csv") -> Reading:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_source(path, how=how)


def told(reading: Reading) -> list[str]:
    return [*reading.notes, *(str(n) for n in reading.repairs), *(str(n) for n in reading.doubts)]


@pytest.mark.parametrize(
    ("encoding", "end", "notes"),
    [("utf-8", "\n", []), ("utf-8-sig", "\r\n", []), ("utf-16", "\n", []), ("utf-16-le", "\n", []),
     ("cp949", "\r\n", ["read as cp949"]), ("euc-kr", "\n", ["read as cp949"])],
)  # fmt: skip
def test_korean_encodings_are_read_and_a_guess_is_told(
    tmp_path: Path, encoding: str, end: str, notes: list[str]
) -> None:
    text = f"날짜,장소,내용{end}2024-06-20,파주,대북 전단 살포가 있었다{end}"
    reading = read(tmp_path, text.encode(encoding))
    assert reading.incidents["place"].tolist() == ["파주"]
    assert list(reading.notes) == notes


def test_an_old_mac_s_file_has_lines_that_end_with_cr_alone(tmp_path: Path) -> None:
    text = "date,place,notes\r2010-03-26,Baengnyeong,the “ship’s” hull\r2010-11-23,Yeonpyeong,x\r"
    reading = read(tmp_path, text.encode("mac_roman"))
    assert reading.incidents["summary"].tolist() == ["the “ship’s” hull", "x"]
    assert reading.notes == ("read as mac_roman",)


def test_a_western_windows_file_is_told(tmp_path: Path) -> None:
    reading = read(tmp_path, "date,place,notes\n2024,Paju,the ship’s café\n".encode("cp1252"))
    assert reading.incidents["summary"][0] == "the ship’s café"
    assert reading.notes == ("read as cp1252",)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_though_text_is_full_of_another(
    tmp_path: Path, delimiter: str
) -> None:
    lines = [["date", "place", "notes"], ["2024", "Paju", '"a, b; c, d, e, f"']]
    reading = read(tmp_path, "".join(f"{delimiter.join(line)}\n" for line in lines))
    assert reading.incidents["summary"][0] == "a, b; c, d, e, f"


def test_decimal_commas_are_read_and_told(tmp_path: Path) -> None:
    reading = read(tmp_path, "date;Latitude;Longtitude\n2024;37,95;126,68\n2024;38;127\n")
    assert reading.incidents.geometry.x.tolist() == [126.68, 127.0]
    assert told(reading) == [
        "Latitude: 1 read from decimal commas (row 2)",
        "Longtitude: 1 read from decimal commas (row 2)",
    ]
    assert reading.report.repaired == 1


@pytest.mark.parametrize(
    ("text", "lon", "lat"),
    [("38N 127E", 127, 38), ("38°N, 127°E", 127, 38), ("37.95, 126.68", 126.68, 37.95),
     ("126.68 37.95", 126.68, 37.95), ("N37 57 E126 40", 126 + 40 / 60, 37.95),
     ("37°57'03.6\"N 126°40'30\"E", 126.675, 37.951), ("(37.95; 126.68)", 126.68, 37.95),
     ("52SCH0802", 126.8204507857741, 37.949927876669136)],
)  # fmt: skip
def test_pairs_are_read_in_the_order_that_only_they_can_have(
    text: str, lon: float, lat: float
) -> None:
    found = read_pair(text)
    assert not isinstance(found, str)
    assert found[:2] == pytest.approx((lon, lat), abs=1e-8)


@pytest.mark.parametrize(
    ("square", "lon", "lat"),
    # From the package mgrs 1.5, which wraps GeoTrans.
    [("52SCH0812302456", 126.81618013184884, 37.949456654764205),
     ("33UXP0450012345", 16.399716809391183, 47.95588888485837),
     ("21HVB1234", -57.95803514006943, -34.928203341419334),
     ("56LPJ0000012345", 153.93128610251014, -15.263228205353359),
     ("45QXE1234512345", 88.08692028265575, 21.81137934911271)],
)  # fmt: skip
def test_grid_references_agree_with_geotrans(square: str, lon: float, lat: float) -> None:
    found = from_mgrs(square)
    assert found is not None
    assert found[:2] == pytest.approx((lon, lat), abs=1e-9)


def test_a_grid_reference_brings_its_radius(tmp_path: Path) -> None:
    found = read(tmp_path, "date,mgrs\n2024,52S CH 08 02\n").incidents
    assert found["radius_m"][0] == pytest.approx(707.1, abs=0.1)


@given(st.floats(0, 89.99))
def test_an_angle_reads_the_same_in_every_form(degrees: float) -> None:
    whole, rest = int(degrees), (degrees % 1) * 60
    minutes, seconds = int(rest), (rest % 1) * 60
    forms = [f"{degrees:.7f}N", f"N {degrees:.7f}", f"{whole}°{rest:.5f}'N",
             f"{whole} {minutes} {min(seconds, 59.999):.3f} N"]  # fmt: skip
    for form in forms:
        found = read_angle(form)
        if found is None:
            # 59.9999... minutes round to 60 in writing, which nobody may write.
            assert "60." in form
            continue
        assert found[0] == pytest.approx(degrees, abs=2e-6)
        assert found[1] == "lat"


def test_swapped_coordinates_are_exchanged_on_request_only(tmp_path: Path) -> None:
    text = "date,lat,lon\n2024,126.7,37.9\n2024,37.5,127\n"
    how = How(fix_swapped=True, region_wsen=KOREA)
    reading = read(tmp_path, text, how)
    assert sorted(reading.incidents.geometry.y) == [37.5, 37.9]
    assert told(reading) == [
        "lat: 1 exchanged with their longitudes, for they were swapped (row 2)"
    ]


def test_a_swap_that_both_axes_allow_is_seen_against_the_line_s_region(tmp_path: Path) -> None:
    text = "date,lat,lon\n2024,33.3,35.1\n"
    reading = read(tmp_path, text, How(skip=True, region_wsen=(32.0, 34.5, 34.8, 35.8)))
    assert reading.rejects["reject_reason"].tolist() == [
        "is far from the line, and near it if exchanged"
    ]


def test_unknown_is_no_position_and_is_told(tmp_path: Path) -> None:
    reading = read(tmp_path, "date,place,lat,lon\n2024,Paju,Unknown,Unknown\n2024,Paju,-,n/a\n")
    assert reading.incidents.geometry.isna().all()
    assert told(reading) == [
        "lat: 2 read as not known (rows 2, 3)",
        "lon: 2 read as not known (rows 2, 3)",
    ]


@pytest.mark.parametrize(
    "text",
    ["2024-06-20", "2024/6/20", "20240620", "20 June 2024", "Thursday, June 20, 2024",
     "20th of June 2024", "20-Jun-24", "2024년 6월 20일", "2024. 6. 20.", "2024. 6. 20. (목)",
     "06/20/2024", "20.06.2024", "6/20/24", "2024-06-20 00:00:00.000", "2024-06-19T22:00:00Z",
     "2024-06-20T10:00+09:00", "20240620110000", "2024-W25-4"],
)  # fmt: skip
def test_a_day_is_read_in_many_forms(text: str) -> None:
    found = read_day(text)
    assert not isinstance(found, str), found
    assert (str(found.start), str(found.end), found.precision) == ("2024-06-20",) * 2 + ("day",)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [("2024년 6월", "2024-06-01", "2024-06-30", "month"),
     ("June 2024", "2024-06-01", "2024-06-30", "month"),
     ("2024-02", "2024-02-01", "2024-02-29", "month"),
     ("2024", "2024-01-01", "2024-12-31", "year"),
     ("2024-W25", "2024-06-17", "2024-06-23", "week"),
     ("7/7/2024", "2024-07-07", "2024-07-07", "day"),
     ("2024-06-18/2024-06-20", "2024-06-18", "2024-06-20", "week")],
)  # fmt: skip
def test_a_date_keeps_the_days_that_it_means(
    text: str, start: str, end: str, precision: str
) -> None:
    found = read_day(text)
    assert not isinstance(found, str), found
    assert (str(found.start), str(found.end), found.precision) == (start, end, precision)


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_a_day_reads_the_same_in_every_form(day: dt.date) -> None:
    for form in ("%Y-%m-%d", "%Y%m%d", "%d %B %Y", "%B %d, %Y", "%A, %d %b %Y", "%Y년 %m월 %d일"):
        found = read_day(day.strftime(form))
        assert not isinstance(found, str), (form, found)
        assert found.start == found.end == day


def test_times_of_day_are_kept_and_midnights_are_none(tmp_path: Path) -> None:
    found = read(
        tmp_path, "date,place\n6/20/2024 11:00 AM,Paju\n6/21/2024 9:05 PM,Paju\n"
    ).incidents
    assert found["time_local"].tolist() == ["11:00", "21:05"]
    none = read(tmp_path, "date,place\n2024-06-20 00:00:00,Paju\n").incidents
    assert none["time_local"].isna().all()


def test_day_numbers_of_a_spreadsheet_are_read_if_the_column_has_no_other(tmp_path: Path) -> None:
    reading = read(tmp_path, "date,place\n45463,Paju\n45464,Paju\n")
    assert reading.incidents["date_start"].dt.strftime("%Y-%m-%d").tolist() == [
        "2024-06-20", "2024-06-21",
    ]  # fmt: skip
    assert told(reading) == ["date: 2 spreadsheet day numbers read as days (rows 2, 3)"]


def test_thousands_are_read_without_their_separators(tmp_path: Path) -> None:
    reading = read(tmp_path, 'date,place,radius_m\n2024,Paju,"1,000"\n2024,Paju,"1,234,567.5"\n')
    assert sorted(reading.incidents["radius_m"]) == [1000.0, 1234567.5]
    assert told(reading) == ["radius_m: 2 read without thousands separators (rows 2, 3)"]


ROW = "2022-11-02,missile,,38.2,127.9,North Korea fired a missile\n"
KINDED = "date,kind,place,lat,lon,notes\n"


def test_launches_that_are_the_same_in_every_column_are_never_merged_unasked(
    tmp_path: Path,
) -> None:
    reading = read(tmp_path, KINDED + ROW * 6)
    assert len(reading.incidents) == 6
    assert reading.incidents["id"].is_unique
    assert told(reading) == [
        "5 the same in every column as an earlier row; kept, merge them with --merge same "
        "(rows 3, 4, 5, ...)"
    ]


@pytest.mark.parametrize(
    ("merge", "kept"), [(Merge.SAME, 4), (Merge.ID, 4), (Merge.ALIKE, 3)], ids=str
)
def test_rows_are_merged_as_asked_and_the_sum_holds(
    tmp_path: Path, merge: Merge, kept: int
) -> None:
    text = (
        "id,date,kind,lat,lon,title\n"
        "a,2024-06-20,leaflet,37.8,126.8,Leaflets flown from Paju\n"
        "a,2024-06-20,leaflet,37.8,126.8,Leaflets flown from Paju\n"
        "b,2024-06-20,leaflet,37.801,126.801,Leaflets were flown from Paju\n"
        "c,2024-06-20,leaflet,37.8,126.8,Shots at a guard post\n"
        "d,2024-06-21,leaflet,37.8,126.8,Leaflets flown from Paju\n"
    )
    reading = read(tmp_path, text, How(merge=merge))
    assert len(reading.incidents) == kept
    assert reading.rows_merged == 5 - kept
    assert len(reading.incidents) + reading.rows_merged == reading.rows_read == 5


def test_one_point_on_many_rows_is_doubted_as_a_placeholder(tmp_path: Path) -> None:
    rows = "".join(f"2024-06-{d % 28 + 1:02},Town {d},37.5,127.0\n" for d in range(40))
    reading = read(tmp_path, "date,place,lat,lon\n" + rows)
    assert len(reading.incidents) == 40
    assert told(reading) == [
        "lat: 40 rows at one point 37.5, 127 under 40 names; is it a placeholder? "
        "(rows 2, 3, 4, ...)"
    ]
    named = "".join(f"2024-06-{d % 28 + 1:02},Paju,37.5,127.0,{d}\n" for d in range(40))
    assert told(read(tmp_path, "date,place,lat,lon,n\n" + named)) == []


def test_a_date_a_year_off_its_source_is_doubted(tmp_path: Path) -> None:
    text = (
        "date,place,url\n2024-06-20,Paju,https://example.org/2023/06/21/shots\n"
        "2024-06-20,Paju,https://example.org/2024/06/21/shots\n"
    )
    assert told(read(tmp_path, text)) == ["date: 1 a year off the day of their source (row 2)"]


def test_a_year_column_that_differs_from_the_date_is_doubted(tmp_path: Path) -> None:
    text = "date,year,place\n2024-06-20,2023,Paju\n2024-06-20,2024,Paju\n"
    assert told(read(tmp_path, text)) == ["year: 1 of another year than their date (row 2)"]


def test_a_weekday_in_the_text_is_held_against_the_date(tmp_path: Path) -> None:
    text = (
        "date,place,notes\n2024-06-20,Paju,Shots were fired on Thursday.\n"
        "2024-06-20,Paju,Shots were fired on Friday.\n"
        "2024-06,Paju,Shots were fired on Friday.\n2024-06-20,Paju,a holiday\n"
    )
    assert told(read(tmp_path, text)) == [
        "notes: 1 naming a weekday that is not their date's (row 3)"
    ]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them(tmp_path: Path) -> None:
    text = 'date,place,notes\n\n2024,Paju,"two\nlines"\n\nsoon,Paju,\n'
    reading = read(tmp_path, text, How(skip=True))
    assert reading.rejects["reject_row"].tolist() == [5]


CELLS = st.text(st.sampled_from("ab ,\"';|\t\r\n\u2028é한=-"), max_size=6)


@settings(deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8),
    st.booleans(), st.sampled_from(["\n", "\r\n"]),
)  # fmt: skip
def test_the_quick_and_the_careful_reader_read_the_same(
    rows: list[list[str]], quoted: bool, end: str
) -> None:
    pytest.importorskip("pyarrow")
    import csv
    import io

    from bordermap.reading import delimited
    from bordermap.reading.source import Source

    text = io.StringIO()
    style = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(text, lineterminator=end, quoting=style).writerows([["a", "b", "c"], *rows])
    source = Source.of(text.getvalue().encode(), name="x", format="csv", encoding="utf-8")
    quick = delimited._quick(source, ["a", "b", "c"], ",", skip=1, progress=None)
    if quick is None:
        return
    careful = delimited._careful(source, ["a", "b", "c"], ",", has_header=True)
    pd.testing.assert_frame_equal(quick.frame, careful.frame)
    assert np.array_equal(quick.numbers, careful.numbers)


def test_a_file_of_a_million_bytes_takes_the_quick_way_and_tells_how_far_it_is(
    tmp_path: Path,
) -> None:
    pytest.importorskip("pyarrow")
    row = "2024-06-20,Paju,leaflet,37.76,126.78\n"
    (tmp_path / "a.csv").write_text("date,place,kind,lat,lon\n" + row * 30_000)
    shares: list[float] = []
    table = read_delimited(opened(tmp_path / "a.csv"), progress=shares.append)
    assert len(table.frame) == 30_000
    assert table.numbers[[0, -1]].tolist() == [2, 30_001]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_bad_row_in_a_large_file_is_found_by_its_number(tmp_path: Path) -> None:
    row = "2024-06-20,Paju,leaflet,37.76,126.78\n"
    text = "date,place,kind,lat,lon\n" + row * 20_000 + "2024,a,mine,,,7\n" + row
    (tmp_path / "a.csv").write_text(text)
    reading = read_source(tmp_path / "a.csv", skip=True)
    assert reading.rejects["reject_row"].tolist() == [20_002]
    assert (len(reading.incidents), reading.rows_read) == (20_001, 20_002)
