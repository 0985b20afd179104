"""Wire reports: headlines, captions, statistics and what is told for the second time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from bordermap.extract import extract

PUBLISHED = date(2024, 6, 22)  # a Saturday


def told(text: str) -> list[tuple[str, str | None]]:
    """Return kind and first day of each incident, in the order of kinds and days."""
    rows = extract(text, published=PUBLISHED).to_dict("records")
    pairs = [
        (r["kind"], None if pd.isna(r["date_start"]) else r["date_start"].date().isoformat())
        for r in rows
    ]
    return sorted(pairs, key=str)


def only(text: str) -> dict[str, Any]:
    """Return the one incident of a text."""
    rows = extract(text, published=PUBLISHED).to_dict("records")
    assert len(rows) == 1, [(r["kind"], r["date_start"], r["quote"]) for r in rows]
    return {str(key): value for key, value in rows[0].items()}


def test_a_sentence_ends_where_the_space_after_its_full_stop_is_missing() -> None:
    text = (
        "North Korea fired a missile from Wonsan on Thursday.Officials counted a second one."
        "It tested an engine on Monday."
    )
    assert ("missile", "2024-06-20") in told(text)


def test_a_headline_on_a_line_of_its_own_is_no_part_of_the_first_sentence() -> None:
    body = (
        "Pyongyang, June 21 (KCNA) -- A helicopter of the United States forces crashed in Wonju in "
        "Kangwon Province on June 19 while it was busy with a drill, a southern radio station "
        "said, and both of its pilots were killed when it burnt out."
    )
    assert told(f"Helicopter crashes in S. Korea\n{body}") == [("aircraft", "2024-06-19")]


def test_what_came_days_before_the_news_is_another_incident() -> None:
    text = (
        "North Korea fired several cruise missiles toward the Yellow Sea on Thursday. "
        "The launch came 10 days after Pyongyang test-fired a ballistic missile from Wonsan in "
        "its first launch this year."
    )
    assert told(text) == [("missile", "2024-06-10"), ("missile", "2024-06-20")]


def test_a_day_named_within_such_a_clause_is_surer_than_the_count_of_days() -> None:
    text = (
        "The two sides met at Panmunjom on Thursday. The talks came six days after a clash on "
        "June 13 off Yeonpyeong Island, in which a patrol boat was sunk."
    )
    assert ("naval", "2024-06-13") in told(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "In this undated photo, soldiers fire a missile from Wonsan on Monday.",
        "FILE PHOTO: Soldiers fired artillery shells toward the sea on June 18, 2024.",
        "About 28,500 American troops are stationed in South Korea.",
        "It was the latest in a volley of tests this year.",
        "The North has denounced the drills as a launch pad for a war.",
        "The North did not impose flight or navigation bans over these waters.",
        "Pyongyang told Japan of the launch dates for its satellite on Monday.",
    ],
)
def test_pictures_states_and_things_named_after_deeds_are_no_incidents(sentence: str) -> None:
    assert not [k for k, _ in told(sentence) if k not in {"statement", "diplomacy"}]


def test_the_number_in_a_name_counts_nothing() -> None:
    row = only("North Korea fired a Hwasong-18 missile from Wonsan on Thursday.")
    assert "18" not in str(row["quantities"])


def test_warning_shots_after_drones_crossed_are_not_fired_by_drones() -> None:
    text = (
        "South Korea fired warning shots after North Korean drones entered its airspace on Monday."
    )
    assert told(text) == [("drone", "2024-06-17"), ("gunfire", "2024-06-17")]


def test_what_has_been_fired_for_months_is_summed_up_and_no_incident() -> None:
    text = (
        "North Korea fired two missiles from Wonsan on Monday. It had fired 22 missiles since "
        "February. It has launched a barrage of rockets off its east coast in recent weeks."
    )
    row = only(text)
    assert row["quantities"] == '{"missiles": 2}'


def test_an_engine_on_its_stand_is_no_launch() -> None:
    text = (
        "North Korea fired a missile from Wonsan on Friday. An engine was tested last week at "
        "the Sohae site."
    )
    assert told(text) == [("missile", "2024-06-10"), ("missile", "2024-06-21")]


def test_what_followed_on_another_day_is_another_incident() -> None:
    text = (
        "North Korea fired two ballistic missiles into the East Sea on Wednesday, followed by "
        "several cruise missile launches on Friday."
    )
    assert told(text) == [("missile", "2024-06-19"), ("missile", "2024-06-21")]


def test_a_test_named_only_with_its_month_is_the_north_s() -> None:
    text = (
        "Screens went blank at two banks on Friday. The shutdown came amid sanctions for its "
        "December rocket launch and a nuclear test in February."
    )
    assert ("missile", "2023-12-01") in told(text)
    assert ("nuclear", "2024-02-01") in told(text)


def test_a_plane_that_was_shot_down_met_no_rifles() -> None:
    text = (
        "A helicopter crashed north of the Demilitarized Zone on Monday, and Pyongyang said its "
        "troops had shot it down."
    )
    assert [kind for kind, _ in told(text)] == ["aircraft"]


def test_the_year_of_an_earlier_case_is_not_that_of_the_news() -> None:
    text = (
        "North Korean drones crossed the border near Paju on Monday, the first since 2017, when "
        "a drone was found in a forest near Inje."
    )
    assert told(text) == [("drone", "2017-01-01"), ("drone", "2024-06-17")]
    text = (
        "North Korea fired shells near Yeonpyeong Island on Monday. They saw a 2010 incident "
        "in which it torpedoed a warship."
    )
    assert ("naval", "2010-01-01") in told(text)


def test_months_and_years_stand_in_one_list() -> None:
    text = "North Korea conducted nuclear tests in 2006, 2009 and February 2013."
    assert [day for _, day in told(text)] == ["2006-01-01", "2009-01-01", "2013-02-01"]


def test_tension_has_no_place_and_staff_speak_at_theirs() -> None:
    text = (
        "A helicopter crashed on Monday at a time of high tension on the Korean Peninsula, the "
        "Joint Chiefs of Staff in Seoul reported."
    )
    assert pd.isna(only(text)["place"])


def test_the_day_on_which_a_launch_was_condemned_is_not_its_own() -> None:
    text = (
        "The Security Council on Thursday condemned the latest launches of ballistic missiles. "
        "North Korea fired two missiles from Wonsan on Monday."
    )
    assert [day for kind, day in told(text) if kind == "missile"] == ["2024-06-17"]
