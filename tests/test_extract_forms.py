"""Incidents told in forms that no list of phrases foresees: pairs, pronouns, lists, nouns."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bordermap.extract.assembly import read_text
from bordermap.extract.dates import find_dates
from bordermap.extract.lexicon import packaged_gazetteer
from bordermap.extract.tokens import sentences

if TYPE_CHECKING:
    from bordermap.extract.records import Record


def records(text: str, published: date = date(2024, 11, 22)) -> list[Record]:
    return read_text(text, published=published, gazetteer=packaged_gazetteer()).records


def days(text: str, published: date = date(2024, 11, 22)) -> list[tuple[str, str]]:
    found = find_dates(sentences(text)[0], published=published, anchor=None)
    return [(str(d.span.start), str(d.span.end)) for d in found if d.span is not None]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Malware wiped 48,000 machines on Tuesday.", "cyber_gps"),
        ("Fresh mines were sown along the MDL on Tuesday.", "mine"),
        ("The line was breached three times by working parties on Tuesday.", "crossing"),
        ("An airliner was commandeered by an agent on Tuesday.", "abduction"),
        ("Artillery duels flared along the western frontier on Tuesday.", "artillery"),
        ("Concrete barriers went up at Panmunjom on Tuesday.", "construction"),
        ("UNC guards returned the fire on Tuesday, killing three.", "gunfire"),
        ("In March 1999 warning shots were fired at two ships.", "gunfire"),
        ("The remains of 55 servicemen were flown out of Wonsan on Tuesday.", "diplomacy"),
    ],
)
def test_a_verb_near_its_object_or_subject_tells_of_an_incident(text: str, kind: str) -> None:
    assert [r.kind for r in records(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "The missile has a range of 5,500 km, enough to reach Guam.",
        "The drone can carry explosives over the border, analysts said on Tuesday.",
        "A U.S. aircraft carrier is equipped with anti-aircraft missiles.",
        "The North's spy agency chief was shot a look on Tuesday.",
        "북한은 20일 군사분계선을 넘지 않았다.",
    ],
)
def test_things_that_only_lie_near_each_other_tell_of_none(text: str) -> None:
    assert records(text) == []


def test_each_day_of_a_list_is_an_incident() -> None:
    found = records("Soldiers stepped over the line three times, on June 9, 18 and 20.")
    assert [str(r.span.start) for r in found if r.span] == [
        "2024-06-09",
        "2024-06-18",
        "2024-06-20",
    ]


def test_days_of_one_month_are_one_series_unless_they_are_counted() -> None:
    found = records("Drones were over the city on June 3, 9 and 10, the ministry said.")
    assert [str(r.span.start) for r in found if r.span] == ["2024-06-03"]


def test_what_is_the_third_this_month_has_no_date_of_this_month() -> None:
    found = records(
        "Raiders shot at a truck near Paju on Thursday. It was the third ambush of this month."
    )
    assert [str(r.span.start) for r in found if r.span] == ["2024-11-21"]


def test_who_walks_home_over_the_line_makes_no_new_incident() -> None:
    found = records(
        "Four soldiers were ambushed and killed on Thursday. "
        "Tracks showed that the men had then walked home across the line."
    )
    assert [r.kind.value for r in found] == ["gunfire"]


def test_remains_found_later_are_of_what_fell() -> None:
    found = records(
        "A drone flew over Seoul in June. The remains were discovered on Thursday near Paju."
    )
    assert "gunfire" not in {r.kind.value for r in found}
    assert [r.kind.value for r in found if r.site and r.site.mention.text == "Paju"] == ["drone"]


def test_earlier_ones_of_a_kind_are_incidents_of_their_own() -> None:
    text = (
        "Pyongyang's nuclear test shook Punggye-ri on Tuesday. "
        "Earlier tests came in October 2006 and May 2009."
    )
    found = [(r.kind.value, str(r.span.start)) for r in records(text, date(2013, 2, 13)) if r.span]
    assert found == [
        ("nuclear", "2013-02-12"),
        ("nuclear", "2006-10-01"),
        ("nuclear", "2009-05-01"),
    ]


def test_it_took_place_dates_and_places_what_was_told_before() -> None:
    text = (
        "A patrol boat was sunk by a warship, it was made known on Tuesday. "
        "It happened on Sunday off Yeonpyeong Island."
    )
    (found,) = records(text)
    assert found.span is not None
    assert str(found.span.start) == "2024-11-17"
    assert found.site is not None
    assert found.site.mention.place_id == "kr-yeonpyeongdo"


def test_there_is_the_place_named_before() -> None:
    text = "Marines keep watch on Yeonpyeong Island. Shells fell there on Tuesday."
    (found,) = records(text)
    assert found.site is not None
    assert found.site.mention.place_id == "kr-yeonpyeongdo"


def test_fire_and_the_fire_that_answers_are_two() -> None:
    text = (
        "On Tuesday bullets from the North struck a guard post near Paju; "
        "the South's gunners shot back."
    )
    assert len(records(text)) == 2


def test_the_date_of_another_clause_is_not_the_incidents() -> None:
    text = (
        "The Council tightened its sanctions in January after the North launched "
        "a rocket in December."
    )
    found = records(text, date(2013, 2, 13))
    assert [str(r.span.start) for r in found if r.span] == ["2012-12-01"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was sunk in November of last year.", [("2023-11-01", "2023-11-30")]),
        ("It fell on Wednesday last week.", [("2024-11-13", "2024-11-13")]),
        ("In March 46 sailors died.", [("2024-03-01", "2024-03-31")]),
        ("The attack of Nov. 3 was the first.", [("2024-11-03", "2024-11-03")]),
        ("It lay off Wonsan in January, 1968.", [("1968-01-01", "1968-01-31")]),
        ("He stayed from May 29 to June 1.", [("2024-05-29", "2024-06-01")]),
        ("The shelling of Nov. 23 last year.", [("2023-11-23", "2023-11-23")]),
        (
            "북한은 이달 14일과 18일에도 보냈다.",
            [("2024-11-14", "2024-11-14"), ("2024-11-18", "2024-11-18")],
        ),
    ],
)  # fmt: skip
def test_dates_in_many_forms(text: str, expected: list[tuple[str, str]]) -> None:
    assert days(text) == expected


def test_a_verb_meets_its_subject_over_an_aside() -> None:
    text = "The corpse of a diver, a machine gun and a radio beside it, washed up on Sunday."
    assert [str(r.kind) for r in records(text)] == ["infiltration"]


def test_an_accent_makes_no_other_word() -> None:
    text = "North Korea issued a communiqu\u00e9 about the line on Saturday."
    assert [str(r.kind) for r in records(text)] == ["statement"]


def test_a_small_word_is_of_no_field() -> None:
    assert not records("The shop on the corner turned the lights off again on Monday.")
