"""The scoring of the annotated reports, tried with made-up extractors."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from reports import Incident, Report, load
from reports_score import Extractor, Score, first_toponym, score
from score import main
from shapely import Point

from bordermap.table import as_incidents


@dataclass(frozen=True)
class Said:
    start: int
    end: int
    usage: str
    lon: float | None
    lat: float | None
    place_id: str | None
    precision: str | None


class Oracle:
    """An extractor that gives the annotation back, each row and mention changed by `change`."""

    def __init__(self, reports: list[Report], **changes: Any) -> None:
        self.by_text = {r.text: r for r in reports}
        self.changes = changes
        self.drop_first = False
        self.repeat = False

    def rows(self, report: Report) -> list[dict[str, Any]]:
        rows = [row_of(i) | self.changes for i in report.required]
        if self.repeat:
            rows += rows
        return rows[1:] if self.drop_first else rows

    def extract(self, text: str, **_: Any) -> gpd.GeoDataFrame:
        rows = pd.DataFrame(self.rows(self.by_text[text]))
        if rows.empty:
            return gpd.GeoDataFrame(rows, geometry=[], crs="EPSG:4326")
        geometry = gpd.GeoSeries(rows["geometry"], crs="EPSG:4326")
        return as_incidents(gpd.GeoDataFrame(rows, geometry=geometry))

    def find_toponyms(self, text: str, **_: Any) -> list[Said]:
        return [
            Said(
                m.span.start,
                m.span.end,
                m.usage,
                m.place.lon if m.place else None,
                m.place.lat if m.place else None,
                m.place.area[0] if m.place and m.place.area else None,
                "area" if m.place and m.place.area else "place",
            )
            for m in self.by_text[text].mentions
        ]

    def score(self) -> Score:
        return score(
            list(self.by_text.values()),
            Extractor(extract=self.extract, find_toponyms=self.find_toponyms),
        )


def row_of(incident: Incident) -> dict[str, Any]:
    place = incident.at[0] if incident.at else None
    days = incident.days[0] if incident.days else None
    return {
        "kind": incident.kinds[0],
        "date_start": days and days.first.isoformat(),
        "date_end": days and days.last.isoformat(),
        "date_precision": days.precision if days else "unknown",
        "place": incident.place,
        "quote_start": incident.quotes[0].start,
        "quote_end": incident.quotes[0].end,
        "direction": incident.direction,
        "quantities": json.dumps(incident.quantities) if incident.quantities else None,
        "actor": {
            "north": "North Korea",
            "south": "South Korea",
            "us": "U.S. Army",
            "other": "China",
        }.get(incident.actor or ""),
        "geometry": Point(place.lon, place.lat) if place else None,
        "precision": ("area" if place.area else "place") if place else None,
        "place_id": place.area[0] if place and place.area else None,
        "radius_m": 1000.0 if place else None,
        "side": incident.side,
    }


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return load("dev")


def test_the_annotation_itself_is_all_right() -> None:
    result = Oracle(load()).score()
    assert result.errors == []
    assert result["toponyms"].f1 == 1
    assert result["incidents"].f1 == 1
    assert result["duplicates"].right == 0
    assert result["quantities"].share == 1
    for name in ("kind", "date", "place", "side", "direction", "actor", "usage", "all: place"):
        assert result[name].asked > 20, name
        assert result[name].share == 1, name


def test_an_incident_told_twice_is_a_duplicate_and_costs_precision(reports: list[Report]) -> None:
    oracle = Oracle(reports)
    oracle.repeat = True
    result = oracle.score()
    # Some rows say what an optional incident says too, and are let pass.
    assert 0.5 <= result["incidents"].precision < 0.55
    assert result["incidents"].share == 1
    assert result["duplicates"].right > 0.9 * result["incidents"].asked


def test_an_incident_not_found_costs_recall(reports: list[Report]) -> None:
    oracle = Oracle(reports)
    oracle.drop_first = True
    result = oracle.score()
    assert result["incidents"].precision == 1
    missed = result["incidents"].asked - result["incidents"].right
    assert missed == sum(bool(r.required) for r in reports) > 0


def test_a_pin_where_the_report_gives_an_area_is_wrong(reports: list[Report]) -> None:
    seoul = {"geometry": Point(126.978, 37.566), "precision": "district", "place_id": "kr-seoul"}
    result = Oracle(reports, **seoul).score()
    assert result["abstention: no pin where none is given"].share == 0
    assert result["place"].share < 0.1


def test_no_place_at_all_is_not_right_where_a_point_is_given(reports: list[Report]) -> None:
    result = Oracle(reports, geometry=None, precision=None, place_id=None).score()
    assert result["place, where a point is given"].share == 0
    assert result["abstention: none where a point is given"].share == 0
    assert result["abstention: no pin where none is given"].share == 1


def test_the_right_day_at_a_wrong_precision_is_a_wrong_date(reports: list[Report]) -> None:
    result = Oracle(reports, date_precision="unknown").score()
    assert result["date"].share < 0.05


def test_a_wrong_kind_does_not_match_by_its_words_alone(reports: list[Report]) -> None:
    result = Oracle(reports, kind="cyber_gps").score()
    assert result["incidents"].share < 0.1


def test_a_trap_is_fallen_into_by_its_words(reports: list[Report]) -> None:
    report = next(r for r in reports if any(t.kind == "artillery" for t in r.traps))
    trap = next(t for t in report.traps if t.kind == "artillery")
    oracle = Oracle([report])
    fallen = {
        "kind": "artillery", "date_precision": "unknown", "quote_start": trap.span.start,
        "quote_end": trap.span.end, "geometry": None,
    }  # fmt: skip
    clean = oracle.score()["traps avoided"]
    oracle.rows = lambda r: [*(row_of(i) for i in r.required), fallen]  # type: ignore[method-assign]
    assert oracle.score()["traps avoided"].right == clean.right - 1


def test_a_ship_read_as_a_place_costs_precision_and_a_country_does_not(
    reports: list[Report],
) -> None:
    report = next(r for r in reports if "Cheonan" in r.text)
    oracle = Oracle([report])
    good = oracle.find_toponyms(report.text)
    oracle.find_toponyms = lambda *_, **__: [  # type: ignore[method-assign]
        replace(m, usage="place") if m.usage == "name-part" else m for m in good
    ]
    assert oracle.score()["toponyms"].precision < 1
    start = report.text.index("South Korean navy")
    country = Said(start, start + len("South Korea"), "place", 127.0, 37.0, "kr", "country")
    oracle.find_toponyms = lambda *_, **__: [*good, country]  # type: ignore[method-assign]
    assert oracle.score()["toponyms"].precision == 1


def test_a_capital_that_speaks_is_not_a_place(reports: list[Report]) -> None:
    oracle = Oracle(reports)
    find = oracle.find_toponyms
    oracle.find_toponyms = lambda text, **_: [  # type: ignore[method-assign]
        replace(m, usage="place") if m.usage == "metonym" else m for m in find(text)
    ]
    result = oracle.score()
    assert result["toponyms"].f1 == 1
    assert result["usage, metonym"].share == 0
    assert result["usage, place"].share == 1


def test_the_first_toponym_places_some_incidents_and_never_abstains(
    reports: list[Report],
) -> None:
    baseline = first_toponym(reports)
    assert 0.2 < baseline["all: place"].share < 0.8


def test_the_test_half_keeps_its_errors_to_itself(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--half", "test", "--errors"])
    assert "not to be tuned to" in capsys.readouterr().err
