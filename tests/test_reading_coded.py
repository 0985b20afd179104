"""A table whose columns are read as categories gives what the same table read as text gives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bordermap.line import load_line
from bordermap.loading import load_all
from bordermap.pipeline import summarise
from bordermap.reading import How, Merge, Reading, delimited, read_source

pytest.importorskip("pyarrow")

ROWS = 4000


def acled(path: Path, **changed: dict[int, str]) -> Path:
    """Write a table that the quick reader takes, with other cells in some rows."""
    rng = np.random.default_rng(5)

    def pick(*texts: str) -> list[str]:
        return [texts[n] for n in rng.integers(0, len(texts), ROWS)]

    spot = rng.integers(0, 60, ROWS)
    columns = {
        "event_id_cnty": [f"KOR{n}" for n in rng.permutation(ROWS)],
        "event_date": pick("2018-01-02", "2019-06-20", "2021-11-30"),
        "year": pick("2018", "2019", "2021"),
        "time_precision": pick("1", "2", "3"),
        "event_type": pick("Battles", "Protests"),
        "sub_event_type": pick("Armed clash", "Agreement", ""),
        "actor1": pick("Military Forces of North Korea", "", " Protesters", "'=cmd"),
        "country": pick("South Korea"),
        "admin3": pick(""),
        "location": [f"Town {n}" for n in spot],
        "latitude": [f"{37 + n / 50}" for n in spot],
        "longitude": [f"{126 + n / 50}" for n in spot],
        "geo_precision": pick("1", "2"),
        "source": pick("Yonhap News Agency", "KCNA", "  "),
        "notes": [f"Shots were heard, number {n}, over and over again." for n in range(ROWS)],
        "fatalities": pick("0", "3"),
    }
    for column, cells in changed.items():
        for row, cell in cells.items():
            columns[column][row] = cell
    pd.DataFrame(columns).to_csv(path, index=False)
    assert path.stat().st_size > 1 << 18
    return path


DIRT = {
    "event_date": {5: "06/07/2024", 6: "2024-06", 7: ""},
    "latitude": {8: "37,95", 9: "abc", 10: "", 11: "127.5"},
    "longitude": {10: "", 11: "37.5"},
    "location": {10: "Paju", 12: "Seoul"},
    "time_precision": {13: "9"},
    "geo_precision": {20: "3"},
    "sub_event_type": {14: " Agreement "},
    "fatalities": {15: "many", 16: "3.0"},
    "event_id_cnty": {17: "KOR1", 18: "KOR1", 19: ""},
}


def read_both_ways(
    path: Path, how: How, monkeypatch: pytest.MonkeyPatch
) -> tuple[Reading, Reading]:
    quick = read_source(path, how=how)
    monkeypatch.setattr(delimited, "_SMALL_BYTES", 1 << 30)
    return quick, read_source(path, how=how)


@pytest.mark.parametrize("merge", [None, *Merge])
@pytest.mark.parametrize("dirt", [{}, DIRT], ids=["clean", "dirty"])
def test_categories_give_the_table_that_text_gives(
    dirt: dict[str, dict[int, str]], merge: Merge | None, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    path = acled(tmp_path / "a.csv", **dirt)
    how = How(skip=True, merge=merge)
    quick, careful = read_both_ways(path, how, monkeypatch)
    pd.testing.assert_frame_equal(pd.DataFrame(quick.incidents), pd.DataFrame(careful.incidents))
    pd.testing.assert_frame_equal(quick.rejects, careful.rejects)
    assert quick.report == careful.report


def test_a_column_of_few_texts_is_read_as_categories(tmp_path: Path) -> None:
    from bordermap.reading.source import opened

    table = delimited.read_delimited(opened(acled(tmp_path / "a.csv")))
    coded = {c for c, v in table.cells.items() if isinstance(v.dtype, pd.CategoricalDtype)}
    assert set(table.cells) - coded == {"event_id_cnty", "notes"}
    assert {str(t) for t in table.frame.dtypes} == {"str"}


def test_a_column_that_only_begins_with_few_texts_is_read_as_text(tmp_path: Path) -> None:
    from bordermap.reading.source import opened

    path = acled(tmp_path / "a.csv", actor1={n: f"Group {n}" for n in range(1100, ROWS)})
    table = delimited.read_delimited(opened(path))
    assert str(table.cells["actor1"].dtype) == "str"
    assert table.cells["actor1"].iloc[1100:].tolist() == [f"Group {n}" for n in range(1100, ROWS)]


def test_columns_that_nobody_looks_at_are_left_out(tmp_path: Path) -> None:
    path = acled(tmp_path / "a.csv")
    whole = load_all([path], line=load_line()).incidents
    part = load_all([path], line=load_line(), only=["place"]).incidents
    assert summarise(part) == summarise(whole)
    assert part["id"].tolist() == whole["id"].tolist()
    assert part["place"].equals(whole["place"])
    assert "country" not in part
    assert not part["summary"].notna().any()


@pytest.mark.parametrize("dirt", [
    {"latitude": {10: ""}, "longitude": {10: ""}}, {"event_id_cnty": {10: ""}},
], ids=["no position", "no id"])  # fmt: skip
def test_a_row_without_position_or_id_is_read_with_all_that_it_says(
    dirt: dict[str, dict[int, str]], tmp_path: Path
) -> None:
    path = acled(tmp_path / "a.csv", **dirt)
    whole = load_all([path], line=load_line()).incidents
    part = load_all([path], line=load_line(), only=["place"]).incidents
    pd.testing.assert_frame_equal(pd.DataFrame(part), pd.DataFrame(whole))
