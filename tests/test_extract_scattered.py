"""Shots that are told by their number and their place alone."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from bordermap.extract import extract

PUBLISHED = date(2024, 6, 22)


def told(text: str) -> list[tuple[str, str | None]]:
    """Return kind and place of what a text tells of."""
    found = extract(text, published=PUBLISHED)
    return [
        (r["kind"], None if pd.isna(r["place"]) else r["place"]) for r in found.to_dict("records")
    ]


def test_each_place_that_shots_are_counted_from_is_an_incident() -> None:
    text = (
        "North Korea fired artillery shells into the sea on Friday. Some 90 rounds came from "
        "Jangjon in the east; in the west another 90 were fired from the bay of Haeju and 210 from "
        "Cape Jangsan."
    )
    places = {("artillery", p) for p in ("Jangjon", "Haeju", "Cape Jangsan")}
    assert len(told(text)) == len(places)
    assert set(told(text)) == places


def test_a_distance_from_a_place_counts_no_shots() -> None:
    text = "North Korea fired 20 shells from Haeju on Friday and they fell 12 km from Yeonpyeong."
    assert told(text) == [("artillery", "Haeju")]


def test_an_item_of_a_list_counts_what_was_told_before() -> None:
    text = (
        "June 10 - Two missiles from near Wonsan.\n\nJune 14 - Two from the Hamhung area, 400 km."
    )
    assert told(text) == [("missile", "Wonsan"), ("missile", "Hamhung")]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("북한이 20일 서해로 해안포를 쐈다. 북한군은 전날에도 장산곶 일대에서 200여 발을 발사했다.",
         ("artillery", "장산곶")),
        ("북한은 20일 원산에서 탄도미사일을 발사했다. 전날에는 함흥에서 3발을 쐈다.",
         ("missile", "함흥")),
    ],
)  # fmt: skip
def test_korean_shots_are_of_the_kind_told_before(text: str, last: tuple[str, str]) -> None:
    assert last in told(text)


def test_what_the_south_practises_in_korean_is_no_incident() -> None:
    assert (
        told("우리 해병대는 20일 백령도에서 K-9 자주포로 400여 발의 해상사격훈련을 하였다.") == []
    )
