"""Real prose: 246 reports of provocations and the report that started the project."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from bordermap.extract import extract, find_toponyms
from bordermap.extract.lexicon import packaged_gazetteer
from bordermap.extract.reports import Report, read_input

ROOT = Path(__file__).parent.parent
CSIS = ROOT.parent / "shared" / "reference" / "csis_provocations_dev.csv"
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))

# What the event column means in our kinds. The description is all that is read; where an event
# is two things ("Infiltration and Incursion - Exchange of Fire") either is right.
MEANING = (
    (r"Artillery Fire|Shelling", "artillery gunfire missile"),
    (r"Multiple La?n", "missile artillery"),
    (r"Balloon", "balloon"),
    (r"Loudspeaker", "loudspeaker"),
    (r"DMZ En", "crossing"),
    (r"Deployment", "deployment"),
    (r"Underwater nuclear", "nuclear missile naval drone"),
    (r"Nuclear Test|Nuclear Detonation Device", "nuclear missile"),
    (r"Reactor", "nuclear"),
    (r"Missile|Ballistic|ballistic|cruise|Satellite Launch|Engine Test|Carrier", "missile"),
    (r"Land Mine", "mine explosion"),
    (r"Liaison", "explosion"),
    (r"Airplane|Recon|Fighter Jets", "aircraft missile"),
    (r"Seizure|Capture|Hijack", "abduction naval aircraft infiltration"),
    (r"NLL Exchange", "artillery gunfire naval"),
    (r"Naval|Sinking|Collision|Vessel|Maritime\)", "naval gunfire crossing infiltration artillery"),
    (r"Maritime Boundary|Withdrawal", "statement diplomacy"),
    (r"Barracks|Bomb|Explosion", "explosion"),
    (r"Ambush", "gunfire mine explosion"),
    (r"Infiltration|Incursion", "infiltration gunfire crossing naval"),
    (r"Exchange of Fire|Killing", "gunfire crossing infiltration"),
    (r"Assas|Assault", "other gunfire explosion infiltration"),
    (r"Territorial", "crossing naval gunfire"),
)

pytestmark = pytest.mark.skipif(not CSIS.exists(), reason="the reference data is not here")


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return list(read_input(str(CSIS), gazetteer=packaged_gazetteer()))


def test_every_row_gives_a_record_of_its_own_day(reports: list[Report]) -> None:
    assert len(reports) >= 246
    for report in reports:
        day = report.published.isoformat() if report.published else ""
        assert any(row["date_start"] == day for row in report.rows), report.name


def test_nine_in_ten_rows_that_name_a_place_of_the_peninsula_are_located(
    reports: list[Report],
) -> None:
    naming = [r for r in reports if names_a_place(r)]
    located = [r for r in naming if any(row["geometry"] is not None for row in r.rows)]
    assert len(naming) > 150
    assert len(located) / len(naming) >= 0.9


def names_a_place(report: Report) -> bool:
    """Whether a description names a place of the peninsula, known to the gazetteer or not."""
    (_, mentions), *_ = report.mentions
    return any(
        m.usage == "place" and m.country in {"KP", "KR", None} and m.feature_class != "country"
        for m in mentions
    )


def test_the_kind_agrees_with_the_event_in_85_of_100_rows(reports: list[Report]) -> None:
    right = 0
    for report in reports:
        event = report.rows[0]["source_title"]
        wanted = next((kinds for words, kinds in MEANING if re.search(words, event)), None)
        assert wanted is not None, f"{event} has no meaning yet"
        assert report.main is not None
        right += str(report.main.kind) in wanted.split()
    assert right / len(reports) >= 0.85


@pytest.mark.skipif(not SEEDS, reason="the first report is not here")
class TestTheFirstReport:
    text = SEEDS[0].read_text(encoding="utf-8") if SEEDS else ""

    def found(self, **facts: str) -> bool:
        table = extract(self.text, published=date(2024, 6, 22))
        rows = table.assign(day=table["date_start"].dt.strftime("%Y-%m-%d")).to_dict("records")
        return any(all(r[k] == v for k, v in facts.items()) for r in rows)

    def test_the_crossing_of_20_june_about_11_is_found(self) -> None:
        assert self.found(kind="crossing", day="2024-06-20", time_local="11:00")

    def test_the_leaflets_from_paju_have_their_four_counts(self) -> None:
        assert self.found(
            kind="leaflet", day="2024-06-20", place="Paju",
            quantities='{"balloons": 20, "dollar_bills": 3000, "leaflets": 300000, '
                       '"usb_sticks": 5000}',
        )  # fmt: skip

    def test_balloons_loudspeakers_the_fire_of_2015_and_the_building_are_found(self) -> None:
        assert self.found(kind="balloon", actor="North Korea", date_precision="unknown")
        assert self.found(kind="loudspeaker", actor="South Korea")
        assert self.found(kind="artillery", day="2015-01-01", date_precision="year")
        assert self.found(kind="construction", place="frontline areas")

    def test_no_government_is_a_place_and_nothing_happens_in_ukraine(self) -> None:
        table = extract(self.text, published=date(2024, 6, 22))
        metonyms = {
            (m.start, m.end) for m in find_toponyms(self.text) if m.usage == "metonym"
        }  # fmt: skip
        assert {"Seoul", "Moscow"} <= {self.text[a:b] for a, b in metonyms}
        assert not {"Seoul", "Pyongyang", "Moscow", "Ukraine"} & set(table["place"].dropna())
        assert not table["place_id"].isin(["ua", "ru", "kr-seoul", "kp-pyongyang"]).any()
