"""Who did it and which way, in sentences of our own."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest

from bordermap.extract import extract


def told(text: str, kind: str) -> pd.Series:
    table = extract(text, published=date(2024, 6, 20), name="report")
    return table[table["kind"] == kind].iloc[0]


@pytest.mark.parametrize(
    ("text", "kind", "actor"),
    [
        (
            "South Korean guards took cover as bullets from the North came over on June 3.",
            "gunfire",
            "North Korea",
        ),
        (
            "A guard post of the South came under fire on June 3.",
            "gunfire",
            "North Korea",
        ),
        (
            "The North Korean soldiers, who had cut the wire, crossed the line on June 3.",
            "crossing",
            "North Korean soldiers",
        ),
        (
            "A South Korean trawler was seized by gunboats of the North on June 3.",
            "abduction",
            "gunboats of the North",
        ),
        (
            "North Korea said that South Korean troops fired at its post on June 3.",
            "gunfire",
            "South Korean troops",
        ),
        (
            "An American jet was shot down over the Yellow Sea on June 3 by two MIGs.",
            "aircraft",
            "North Korean MIGs",
        ),
        (
            "Fighters for a Free North Korea sent 200,000 leaflets from Paju on June 3.",
            "leaflet",
            "Fighters for a Free North Korea",
        ),
        (
            "3일 북한군이 쏜 총탄 두 발이 우리 초소에 맞았다.",
            "gunfire",
            "North Korea",
        ),
        ("우리 군은 3일 군사분계선을 넘은 북한군에 경고사격을 했다.", "gunfire", "South Korea"),
    ],
)
def test_who_did_it_is_the_subject_of_its_own_clause(text: str, kind: str, actor: str) -> None:
    assert told(text, kind)["actor"] == actor


@pytest.mark.parametrize(
    ("text", "kind", "way"),
    [
        (
            "An American who had joined a tour walked across the border on June 3.",
            "crossing",
            "south_to_north",
        ),
        (
            "North Korean soldiers crossed the demarcation line on June 3.",
            "crossing",
            "north_to_south",
        ),
        (
            "North Korea fired 100 shells into the Yellow Sea on June 3.",
            "artillery",
            None,
        ),
        (
            "The South dismantled its loudspeakers along the border on June 3.",
            "loudspeaker",
            None,
        ),
        (
            "The South switched on its loudspeakers along the border on June 3.",
            "loudspeaker",
            "south_to_north",
        ),
        ("북한군 1명이 3일 군사분계선을 넘어 귀순했다.", "defection", "north_to_south"),
    ],
)
def test_which_way_it_went_is_told_by_its_kind_and_its_side(
    text: str, kind: str, way: str | None
) -> None:
    found = told(text, kind)["direction"]
    assert (None if pd.isna(found) else found) == way


def test_who_is_named_only_elsewhere_rests_on_the_words_there() -> None:
    text = (
        "Pyongyang had announced a test of new weapons in May. On Monday a ballistic missile "
        "was fired toward the east coast."
    )
    row = told(text, "missile")
    words = [e for e in json.loads(row["evidence"]) if e["field"] == "actor"]
    assert row["actor"] == "North Korea"
    assert [text[e["start"] : e["end"]] for e in words] == ["Pyongyang"]


def test_nobody_is_named_where_no_words_name_a_side() -> None:
    row = told("A ballistic missile was fired into the sea on Monday.", "missile")
    assert pd.isna(row["actor"])


def test_fire_between_the_two_sides_has_no_single_actor() -> None:
    row = told("Guards of the two sides fired at each other near Cheorwon on June 3.", "gunfire")
    assert pd.isna(row["actor"])
    assert pd.isna(row["direction"])


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("A South Korean fishing boat with eight men on board was fired on and seized by a North "
         "Korean patrol boat in the Yellow Sea on Tuesday.", "North Korean patrol boat"),
        ("A fishing boat from the South was chased, fired upon and taken to Haeju on Monday.",
         "North Korea"),
        ("A North Korean soldier who was shot by his comrades as he ran to the South on Monday was "
         "in critical condition.", "North Korea"),
    ],
)  # fmt: skip
def test_who_suffers_is_not_who_did_it(text: str, actor: str) -> None:
    table = extract(text, published=date(2024, 6, 22))
    shots = table[table["kind"].isin(["gunfire", "naval", "abduction"])]
    assert set(shots["actor"]) == {actor}
