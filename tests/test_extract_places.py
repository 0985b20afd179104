"""Where an incident was, when the sentence that tells of it does not say so plainly."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from bordermap.extract import extract, find_toponyms

PUBLISHED = date(2024, 6, 22)


def places(text: str) -> list[tuple[str, str | None]]:
    """Return kind and place of what a text tells of."""
    found = extract(text, published=PUBLISHED)
    return [
        (r["kind"], None if pd.isna(r["place"]) else r["place"]) for r in found.to_dict("records")
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Residents of Yeonpyeong Island slept badly. North Korean guns shelled the island on "
         "Thursday.", "Yeonpyeong Island"),
        ("The Imjin River was high. On Thursday a North Korean soldier swam the same river and "
         "defected to the South.", "Imjin River"),
        ("Marines keep watch on Baengnyeong Island. On Thursday North Korea fired shells there.",
         "Baengnyeong Island"),
        ("PANMUNJOM, Korea (AP) - A North Korean soldier crossed the line here on Thursday.",
         "PANMUNJOM"),
        ("연평도 주민들은 대피했다. 북한군은 20일 이 섬에 포탄 100여 발을 발사했다.", "연평도"),
    ],
)  # fmt: skip
def test_a_word_for_a_place_stands_for_the_one_named_before(text: str, place: str) -> None:
    assert place in [where for _, where in places(text)]


def test_the_island_is_the_one_where_something_happened() -> None:
    text = (
        "North Korea shelled Yeonpyeong Island on Thursday. Ferries to Baengnyeong Island ran on. "
        "In 2010 the North bombarded the island and four people died."
    )
    assert [where for _, where in places(text)] == ["Yeonpyeong Island"] * 2


def test_there_were_is_no_place() -> None:
    text = "Talks were held in Paju. There were shots fired by North Korean soldiers on Thursday."
    assert [where for kind, where in places(text) if kind == "gunfire"] == [None]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Boats from Wonsan landed armed North Korean agents near Samcheok on Thursday.",
         "Samcheok"),
        ("A North Korean soldier crossed the line in the hills of Yanggu County, northeast of "
         "Seoul, on Thursday.", "Yanggu County"),
        ("Bobby Hall of Brooksville was shot dead by North Korean soldiers near Paju on Thursday.",
         "Paju"),
        ("A train bound for Kaesong stood still when North Korean soldiers opened fire near Paju "
         "on Thursday.", "Paju"),
    ],
)  # fmt: skip
def test_where_someone_comes_from_or_goes_is_not_where_it_was(text: str, place: str) -> None:
    assert [where for _, where in places(text)][:1] == [place]


def test_what_happened_elsewhere_that_day_lends_no_place() -> None:
    text = (
        "North Korean soldiers opened fire near Paju on Thursday. Two guards were hurt. Nobody "
        "slept. The night was long. The army said little. North Korea also launched two missiles "
        "on Thursday."
    )
    assert ("missile", "Paju") not in places(text)


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("국방부는 20일 강원도 철원에서 북한군이 총격을 가했다고 밝혔다.", "kr-cheorwon"),
        ("Soldiers were shot at on Thursday a kilometer south of the Demilitarized Zone near "
         "Chorwon, North Korean guards having opened fire.", "kr-cheorwon"),
    ],
)  # fmt: skip
def test_the_text_tells_which_side_s_namesake_is_meant(text: str, place_id: str) -> None:
    assert place_id in {m.place_id for m in find_toponyms(text)}


def test_nothing_chooses_between_namesakes_where_no_word_tells() -> None:
    found = find_toponyms("Shots were heard near Chorwon on Thursday.")
    assert [m.place_id for m in found] == [None]


def test_the_line_and_its_zone_are_names_in_lower_case_too() -> None:
    found = find_toponyms("A tunnel runs beneath the demilitarised zone and the demarcation line.")
    assert [m.place_id for m in found] == ["dmz", "mdl"]
