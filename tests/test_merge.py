"""One event told by several reports: joined with a score, and taken apart again."""

from __future__ import annotations

import json

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

from bordermap.merge import THRESHOLD, merge, pair_score, unmerge
from bordermap.table import as_incidents
from bordermap.tables import incidents_text

PAJU, PAJU_NEAR, CHEORWON = (126.78, 37.76), (126.79, 37.75), (127.31, 38.15)


def table(*rows: dict[str, object]) -> gpd.GeoDataFrame:
    base = {
        "kind": "leaflet", "date_start": "2024-06-20", "date_end": "2024-06-20",
        "date_precision": "day", "precision": "district", "radius_m": 10000.0,
    }  # fmt: skip
    full = [base | {"source_title": f"report {n}"} | row for n, row in enumerate(rows)]
    frame = pd.DataFrame([{k: v for k, v in r.items() if k != "at"} for r in full])
    points = [Point(*r["at"]) if r.get("at") else None for r in full]  # type: ignore[misc]
    return as_incidents(gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(points, crs="EPSG:4326")))


def test_two_reports_of_one_event_become_one_row_with_both_sources() -> None:
    found = merge(
        table(
            {"at": PAJU, "claimed_by": "activists", "quantities": '{"leaflets": 300000}'},
            {"at": PAJU_NEAR, "claimed_by": "police", "quantities": '{"balloons": 20}'},
        )
    )
    assert len(found) == 1
    row = found.iloc[0]
    assert row["claimed_by"] == "activists; police"
    assert json.loads(row["quantities"]) == {"balloons": 20, "leaflets": 300000}
    assert {s["source_title"] for s in json.loads(row["sources"])} == {"report 0", "report 1"}
    assert row["merge_score"] >= THRESHOLD


@pytest.mark.parametrize(
    "other",
    [
        {"at": CHEORWON},
        {"at": PAJU, "kind": "missile"},
        {"at": PAJU, "date_start": "2024-06-24", "date_end": "2024-06-24"},
        {"at": PAJU, "source_title": "report 0"},
        {"at": PAJU, "direction": "north_to_south"},
    ],
    ids=["far", "kind", "days", "same-report", "direction"],
)
def test_what_differs_stays_apart(other: dict[str, object]) -> None:
    assert len(merge(table({"at": PAJU, "direction": "south_to_north"}, other))) == 2


def test_a_day_apart_is_still_one_event() -> None:
    later = {"at": PAJU, "date_start": "2024-06-21", "date_end": "2024-06-21"}
    assert len(merge(table({"at": PAJU}, later))) == 1


def test_the_finest_date_and_the_surest_place_are_taken() -> None:
    month = {
        "at": PAJU, "date_start": "2024-06-01", "date_end": "2024-06-30",
        "date_precision": "month", "radius_m": 500.0, "precision": "place", "place": "Imjingak",
    }  # fmt: skip
    row = merge(table({"at": PAJU, "place": "Paju"}, month)).iloc[0]
    assert row["date_precision"] == "day"
    assert (row["place"], row["radius_m"]) == ("Imjingak", 500.0)


def test_a_chain_of_neighbours_is_not_one_event() -> None:
    days = ["2024-06-20", "2024-06-21", "2024-06-22"]
    rows = [{"at": PAJU, "date_start": d, "date_end": d} for d in days]
    assert len(merge(table(*rows))) == 2


def test_nothing_is_lost_and_a_merge_can_be_undone() -> None:
    before = table(
        {"at": PAJU, "quote": "a \"quote\", 'x'", "quote_start": 3, "quote_end": 9, "mine": "kept"},
        {"at": PAJU_NEAR, "place": "파주"},
        {"at": CHEORWON, "kind": "crossing"},
        {"date_start": None, "date_end": None, "date_precision": "unknown"},
    )
    merged = merge(before)
    assert len(merged) == 3
    back = unmerge(merged)
    assert incidents_text(back[before.columns], "ndjson") == incidents_text(before, "ndjson")


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = table({"at": PAJU}, {"at": PAJU_NEAR}, {"at": CHEORWON})
    turned = rows.iloc[::-1].reset_index(drop=True)
    assert merge(rows)["id"].tolist() == merge(turned)["id"].tolist()


def test_a_score_is_symmetric() -> None:
    a = {"kind": "naval", "date_start": "2010-03-26", "source_title": "a"}
    b = {"kind": "explosion", "date_start": "2010-03-26", "source_title": "b"}
    assert pair_score(a, b) == pair_score(b, a) > 0


def test_a_table_that_was_not_merged_is_left_as_it_is() -> None:
    rows = table({"at": PAJU})
    assert len(unmerge(rows)) == 1
    assert merge(rows)["members"].isna().all()
