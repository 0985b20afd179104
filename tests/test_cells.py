"""Incidents counted by square: every sum is exact, and the order of rows changes nothing."""

from __future__ import annotations

import dataclasses
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import bordermap as bm
from bordermap.cells import LEVEL, Cells, Counts, Table, count_cells
from bordermap.tally import UNDATED, Days, Tally

AREA = shapely.box(126, 37, 128, 39)


def incidents(count: int = 3000, seed: int = 1) -> gpd.GeoDataFrame:
    """Return sited incidents: most at a point, some known to an area, some to nothing."""
    rng = np.random.default_rng(seed)
    start = np.datetime64("2019-01-01") + rng.integers(0, 1500, count)
    long = np.where(rng.random(count) < 0.3, rng.integers(0, 300, count), 0)
    shapes = shapely.points(rng.normal(127, 1, count), rng.normal(38, 0.5, count))
    shapes[: count // 20] = AREA
    shapes[count // 20 : count // 10] = None
    frame = gpd.GeoDataFrame(
        {
            "title": [f"Report {n}" for n in range(count)],
            "kind": rng.choice(["gunfire", "mine", "drone"], count),
            "date_start": pd.Series(start).where(rng.random(count) < 0.95),
            "date_end": pd.Series(start + long),
            "place": "Somewhere",
            "precision": ["area"] * (count // 20) + ["near"] * (count - count // 20),
        },
        geometry=shapes,
        crs="EPSG:4326",
    )
    frame.loc[frame["date_start"].isna(), "date_end"] = pd.NaT
    return bm.site(bm.as_incidents(frame), line=bm.load_line())


@pytest.fixture(scope="module")
def table() -> gpd.GeoDataFrame:
    return incidents()


def plain(cells: Cells) -> Any:
    """Return counts as what can be compared."""
    whole = dataclasses.asdict(cells)
    whole["shapes"] = [s.wkb for s in cells.shapes]

    def lists(value: Any) -> Any:
        if isinstance(value, np.ndarray):
            return value.tolist()
        if isinstance(value, dict):
            return {k: lists(v) for k, v in value.items()}
        return [lists(v) for v in value] if isinstance(value, list | tuple) else value

    return lists(whole)


def by_square(table: Table) -> dict[tuple[int, int], int]:
    begin = np.concatenate([[0], table.ends[:-1]])
    sums = [int(table.count[a:b].sum()) for a, b in zip(begin, table.ends, strict=True)]
    return dict(zip(zip(table.x.tolist(), table.y.tolist(), strict=True), sums, strict=True))


def test_each_table_counts_every_incident_with_a_point(table: gpd.GeoDataFrame) -> None:
    cells = count_cells([table])
    assert (cells.rows, cells.points, cells.areas_rows) == (3000, 2700, 150)
    assert [int(t.count.sum()) for t in cells.tables] == [2700] * 4
    assert int(cells.areas.count.sum()) == 300
    assert cells.shape_names == (("Somewhere", None),)


def test_squares_hold_what_lies_in_them(table: gpd.GeoDataFrame) -> None:
    plain_table = count_cells([table]).tables[3]
    assert plain_table.level == LEVEL
    points = table.geometry[table.geometry.geom_type == "Point"].to_crs("EPSG:3857")
    half = 20037508.342789244
    step = 2 * half / 2**LEVEL
    x = np.floor((points.x + half) / step).astype(int)
    y = np.floor((half - points.y) / step).astype(int)
    expected = pd.Series(1, index=[x, y]).groupby(level=[0, 1]).sum()
    assert by_square(plain_table) == expected.to_dict()


def test_the_order_of_rows_and_parts_changes_nothing(table: gpd.GeoDataFrame) -> None:
    whole = plain(count_cells([table]))
    mixed = table.sample(frac=1, random_state=3)
    assert plain(count_cells([mixed.iloc[:17], mixed.iloc[17:1900], mixed.iloc[1900:]])) == whole


def small(ladder: list[tuple[int, str]], at_most: int) -> Tally:
    return Tally(ladder, at_most=at_most, finest=LEVEL)


def test_a_tally_that_is_full_grows_coarser_and_loses_nothing() -> None:
    rng = np.random.default_rng(4)
    x, y = rng.integers(0, 2**LEVEL, 5000), rng.integers(0, 2**LEVEL, 5000)
    first = rng.integers(15_000, 17_000, 5000)
    ladder = [(15, "day"), (9, "month"), (4, "month"), (3, "quarter"), (3, "year")]
    results = []
    for order in (np.arange(5000), rng.permutation(5000)):
        tally = small(ladder, 900)
        for part in np.array_split(order, 7):
            tally.add(x[part], y[part], np.zeros(len(part), int), Days(first[part], first[part]))
        column, row, _, time, count = tally.columns()
        assert (tally.level, tally.unit) == (3, "year")
        assert int(count.sum()) == 5000
        assert len(count) <= 900
        when = [tuple(tally.times[t]) for t in time]
        results.append(sorted(zip(column, row, when, count, strict=True)))
    assert results[0] == results[1]


def test_undated_incidents_stay_so_in_every_unit() -> None:
    tally = small([(15, "day"), (3, "year")], 1)
    none = np.array([UNDATED, UNDATED])
    tally.add(np.array([0, 30_000]), np.array([5, 6]), np.zeros(2, int), Days(none, none))
    tally.settle()
    assert tally.unit == "year"
    assert tally.times.tolist() == [[UNDATED, UNDATED, 1]]


def test_windows_of_whole_units_count_what_may_have_happened_in_them(
    table: gpd.GeoDataFrame,
) -> None:
    cells = count_cells([table])
    by_time = cells.tables[1]
    start, end = (np.datetime64(d).astype(int) for d in ("2020-03-01", "2020-05-31"))
    first, last = cells.times[by_time.time, 0], cells.times[by_time.time, 1]
    inside = (first <= end) & (last >= start) & (first != UNDATED)
    points = table[table.geometry.geom_type == "Point"]
    expected = (points["date_start"] <= "2020-05-31") & (points["date_end"] >= "2020-03-01")
    assert int(by_time.count[inside].sum()) == int(expected.sum()) > 0


def test_no_incident_gives_no_count() -> None:
    cells = Counts().done()
    assert (cells.rows, len(cells.tables[0].count), len(cells.times)) == (0, 0, 0)
