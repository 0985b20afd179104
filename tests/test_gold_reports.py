"""The annotated reports keep the rules that ``docs/gold.md`` states."""

from __future__ import annotations

import re

import pytest
from reports import HALVES, ROOT, USAGES, Report, load, load_places, occurrences
from reports_score import has_point, shares

from bordermap.table import Claim, Direction, Kind

REPORTS = load()
REGION_WSEN = (123.0, 33.0, 132.0, 44.0)


def each(reports: list[Report]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("report", reports, ids=lambda r: r.name)


def test_every_text_has_its_annotation() -> None:
    for half in HALVES:
        texts = {p.stem for p in (ROOT / half).glob("*.txt")}
        assert texts == {p.stem for p in (ROOT / half).glob("*.toml")}


@each(REPORTS)
def test_a_report_is_short_dated_and_cited(report: Report) -> None:
    # Korean writes in half as many words.
    least = 80 if report.language == "en" else 50
    assert least <= len(report.text.split()) <= 250
    assert report.name.startswith(report.published.isoformat())
    assert report.cited
    assert all(re.search(r"(19|20)\d\d|event", c) for c in report.cited)


@each(REPORTS)
def test_mentions_stand_in_the_text_and_do_not_overlap(report: Report) -> None:
    for mention in report.mentions:
        assert report.text[mention.span.start : mention.span.end] == mention.text
        assert mention.usage in USAGES
        assert (mention.place is None) == (mention.usage == "name-part")
    for one, other in zip(report.mentions, report.mentions[1:], strict=False):
        assert one.span.end <= other.span.start, (one.text, other.text)


@each(REPORTS)
def test_no_occurrence_of_a_name_is_left_out(report: Report) -> None:
    for mention in report.mentions:
        for span in occurrences(report.text, mention.text):
            assert any(span.overlaps(m.span) for m in report.mentions), mention.text


@each(REPORTS)
def test_weekdays_are_those_of_the_calendar(report: Report) -> None:
    for date in report.dates:
        if date.days and date.form == "weekday" and report.language == "en":
            assert date.days.first.strftime("%A") == date.text
            assert -7 < (date.days.first - report.published).days <= 1, date.text


@each(REPORTS)
def test_incidents_use_the_table_and_stand_in_the_text(report: Report) -> None:
    for incident in report.incidents:
        assert {*incident.kinds} <= {*Kind}
        assert incident.direction is None or incident.direction in {*Direction}
        assert incident.claim is None or incident.claim in {*Claim}
        assert incident.place is None or incident.place in report.text
        assert incident.actor in {None, "north", "south", "us", "other"}
        for days in incident.days:
            assert days.first <= report.published
            assert days.first <= days.last


@each(REPORTS)
def test_traps_say_why(report: Report) -> None:
    for trap in report.traps:
        assert trap.kind is None or trap.kind in {*Kind}
        assert trap.why in {
            "threat", "plan", "hypothetical", "negation", "exercise", "foiled", "not there",
        }  # fmt: skip


def test_places_lie_in_the_region_and_are_used() -> None:
    west, south, east, north = REGION_WSEN
    places = load_places()
    for place in places.values():
        inside = west <= place.lon <= east and south <= place.lat <= north
        assert place.abroad or place.area or inside, place.key
    used = {m.place.key for r in REPORTS for m in r.mentions if m.place}
    used |= {p.key for r in REPORTS for i in r.incidents for p in i.at}
    assert used == set(places)


def test_places_given_a_side_lie_on_it() -> None:
    from bordermap.line import load_line
    from bordermap.site import site

    points = [p for p in load_places().values() if p.side and not p.area]
    import geopandas as gpd

    from bordermap.table import as_incidents

    table = gpd.GeoDataFrame(
        {"place": [p.key for p in points], "radius_m": 100.0, "precision": "exact"},
        geometry=gpd.points_from_xy([p.lon for p in points], [p.lat for p in points]),
        crs="EPSG:4326",
    )
    sited = site(as_incidents(table), line=load_line())
    sides = dict(zip(sited["place"], sited["side"], strict=True))
    assert sides == {p.key: p.side for p in points}


def test_both_halves_are_large_enough() -> None:
    counts = {half: sum(r.half == half for r in REPORTS) for half in HALVES}
    assert counts["test"] >= 22
    # Rules that are written with few reports fit nothing else.
    assert counts["dev"] >= counts["test"]


@pytest.mark.parametrize("half", HALVES)
def test_each_half_has_korean_reports(half: str) -> None:
    assert any(r.language == "ko" for r in REPORTS if r.half == half)


def test_every_kind_occurs() -> None:
    assert {k for r in REPORTS for i in r.required for k in i.kinds} == {*Kind}


def test_the_reports_span_the_decades() -> None:
    assert {r.published.year // 10 for r in REPORTS} == set(range(195, 203))
    assert min(r.published.year for r in REPORTS) == 1953
    assert max(r.published.year for r in REPORTS) == 2025


def test_the_shares_are_those_of_real_reports() -> None:
    found = shares(REPORTS)
    assert 0.2 <= found["reports without a point"] <= 0.32
    assert 0.18 <= found["capitals that are places"] <= 0.3
    assert 0.36 <= found["dates that are a weekday"] <= 0.46
    assert 0.28 <= found["dates without a year"] <= 0.38


def test_most_reports_without_a_point_tempt_with_one() -> None:
    pointless = [r for r in REPORTS if not has_point(r)]
    tempting = [r for r in pointless if any(m.place and not m.place.area for m in r.mentions)]
    assert len(tempting) / len(pointless) > 0.6


def test_one_place_has_seven_spellings() -> None:
    spellings: dict[str, set[str]] = {}
    for report in REPORTS:
        for mention in report.mentions:
            if mention.place:
                spellings.setdefault(mention.place.key, set()).add(mention.text)
    assert max(map(len, spellings.values())) >= 7


def test_there_are_traps_of_every_sort() -> None:
    assert {t.why for r in REPORTS for t in r.traps} >= {
        "threat", "plan", "hypothetical", "negation", "exercise", "foiled",
    }  # fmt: skip
