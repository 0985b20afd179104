"""What is counted: things, ranges, the hurt, the one that was launched."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bordermap.extract import extract


def counts(text: str) -> dict[str, int]:
    """Return the counts of the first record of a text."""
    table = extract(text, published=date(2024, 6, 22))
    assert len(table), text
    return json.loads(table["quantities"].fillna("{}").iloc[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Saboteurs from the North blew up a barracks on Monday, killing two American soldiers "
         "and injuring 17.", {"killed": 2, "wounded": 17}),
        ("On June 18, 20 to 30 soldiers came over the line.",
         {"soldiers_min": 20, "soldiers_max": 30}),
        ("A North Korean patrol boat seized a trawler with a crew of twelve on Monday.",
         {"crew": 12}),
        ("Activists flew half a million leaflets and a dozen balloons to the North on Tuesday.",
         {"leaflets": 500_000, "balloons": 12}),
        ("North Korean agents came ashore at Chumunjin on Monday and killed a policeman.",
         {"killed": 1}),
        ("The corvette sank on Friday after an explosion near the Northern Limit Line and 46 of "
         "the 104 sailors aboard were missing.", {"missing": 46}),
        ("North Korea launched a ballistic missile from Sunan on Monday.", {"missiles": 1}),
        ("In June two North Korean agents were captured on a beach near Busan.", {"captured": 2}),
        ("Shore guns in the North sank a patrol ship off Kosong on Thursday. Thirty-nine seamen "
         "were killed.", {"killed": 39}),
    ],
)  # fmt: skip
def test_counts_are_told(text: str, expected: dict[str, int]) -> None:
    found = counts(text)
    assert expected.items() <= found.items(), found


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("North Korean soldiers opened fire at 5:30 on June 18 from two miles away.", {2, 5, 18}),
        ("North Korea held a missile launch drill and fired shells into the sea on Monday.", {1}),
        ("A North Korean soldier, aged 22, crossed the line on Monday.", {22}),
        ("A Hwasong-18 missile was fired from Sunan on Monday.", {18}),
    ],
)
def test_ages_names_and_days_count_nothing(text: str, never: set[int]) -> None:
    assert never.isdisjoint(counts(text).values())


def test_a_later_sentence_of_another_day_adds_no_hurt() -> None:
    table = extract(
        "North Korean guns shelled a guard post near Yeoncheon on Thursday. Two people were "
        "killed in a fire in 2015.",
        published=date(2024, 6, 22),
    )
    assert "killed" not in table["quantities"].fillna("").iloc[0]
