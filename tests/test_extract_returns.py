"""Those who stray, who are let go, and what both sides agree to."""

from __future__ import annotations

from datetime import date

import pytest

from bordermap.extract import extract

PUBLISHED = date(2024, 6, 22)


def kinds(text: str) -> list[str]:
    """Return the kinds of what a text tells of."""
    return extract(text, published=PUBLISHED)["kind"].tolist()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The 82 survivors of the Pueblo were freed last December.", "diplomacy"),
        ("On Aug. 13 the North freed a technician who had been locked up.", "diplomacy"),
        ("On Thursday the North let the crew go.", "diplomacy"),
        ("A Northern patrol vessel led the boat as far as the maritime border on Thursday.",
         "diplomacy"),
        ("The South sent the three men back across the line on Thursday.", "diplomacy"),
        ("North Korea agreed on Thursday to suspend its withdrawal from the treaty.", "diplomacy"),
        ("Two fishing boats were herded north across the line on Thursday.", "abduction"),
        ("A Russian A-50 entered the airspace over Dokdo on Thursday.", "aircraft"),
        ("Antiaircraft guns on the northern side brought it down on Thursday.", "aircraft"),
        ("Twelve jets left their bases in the North on Thursday and headed south.", "aircraft"),
        ("Officers conceded on Thursday that the pilot must have crossed the Demilitarized Zone.",
         "crossing"),
        ("On Thursday somebody began to smother the satellites' signals over the South.",
         "cyber_gps"),
        ("By Thursday 667 airplanes had been affected by the interference.", "cyber_gps"),
        ("In May it had tested a nuclear device.", "nuclear"),
        ("The boat spent 20 minutes on the wrong side of the sea border on Thursday.", "crossing"),
        ("Pyongyang let go a volley of short-range rockets on Thursday.", "missile"),
        ("북한은 20일 서해로 순항미사일 여러 발을 쐈다.", "missile"),
        ("20일 북한 미그기 2대가 서해 북방한계선을 넘어왔다가 돌아갔다.", "aircraft"),
        ("20일 서해상에서 어선 100여 척의 GPS가 먹통이 됐다.", "cyber_gps"),
    ],
)  # fmt: skip
def test_what_is_told_in_other_words(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "On Thursday small craft all but drifted over the Northern Limit Line.",
        "They want to know how the boat came to be so far north of the line on Thursday.",
    ],
)
def test_what_all_but_happened_did_not(text: str) -> None:
    assert kinds(text) == []


def test_what_was_sent_in_return_is_another_than_what_it_answers() -> None:
    told = kinds("On May 22 two shells landed near a ship; five were sent in return.")
    assert told == ["artillery", "artillery"]


def test_a_captured_boat_is_where_it_was_towed() -> None:
    told = extract("A boat strayed over the line off Kojin on Thursday and was towed to Jangjon.",
                   published=PUBLISHED)  # fmt: skip
    assert dict(zip(told["kind"], told["place"], strict=True))["abduction"] == "Jangjon"
