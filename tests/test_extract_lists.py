"""Lists, headlines, nominal and passive forms; whose place and whose date a deed has."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bordermap.extract import extract, find_toponyms
from bordermap.extract.tokens import sentences

DAY = date(2024, 6, 22)


def kinds(text: str) -> list[str]:
    return extract(text, published=DAY)["kind"].tolist()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("missile", "* June 8. Two cruise missiles, into the East Sea from Wonsan."),
        ("missile", "(a) Thursday: a salvo of short-range missiles, from Sariwon."),
        ("artillery", "- June 3: some 30 shells into the sea off Baengnyeong Island."),
        ("artillery", "Islanders heard three booms from the direction of the North on Friday."),
        ("artillery", "The howitzers sent three rounds toward the same water on Friday."),
        ("artillery", "On Tuesday the island was bombarded for an hour."),
        ("gunfire", "An exchange of fire took place near Paju on Tuesday."),
        ("gunfire", "A patrol came under sniper fire near Cheorwon on Tuesday."),
        ("gunfire", "Shots rang out near Cheorwon on Tuesday."),
        ("loudspeaker", "Pop music has been sounding over the border since Friday."),
        ("defection", "A soldier walks over to the South near Goseong on June 13."),
        ("cyber_gps", "North Korea was interfering with GPS near Haeju on Friday."),
    ],
)
def test_items_nouns_and_passives_tell_of_an_incident(kind: str, text: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "* June 8. Talks on missiles from Wonsan.",
        "Police could not confirm that soldiers had crossed the border on Tuesday.",
        "There was no sign that shells had been fired from Kaesong on Tuesday.",
    ],
)
def test_a_topic_and_what_is_not_confirmed_are_no_incidents(text: str) -> None:
    assert kinds(text) == []


def test_a_date_at_the_head_of_an_item_is_no_sentence_of_its_own() -> None:
    text = "Log:\n* June 8. A drone fell near Inje.\n\u2022 June 9. Quiet.\n(c) June 10: none."
    found = [s.text[s.start : s.end] for s in sentences(text)]
    assert found == [
        "Log:", "* June 8. A drone fell near Inje.", "\u2022 June 9. Quiet.", "(c) June 10: none.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It fell on Thursday.Officials in the South said so.", 2),
        ('It was "reckless."The North (KCNA) denied it.Seoul did not."We know", it said.', 4),
        ("The U.S.Army, N.Korea, No.5, Gen.Kim, Yahoo.Com/x, kbs.co.kr and 2.5 km.", 1),
    ],
)
def test_a_full_stop_ends_a_sentence_without_a_space(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_a_headline_needs_no_full_stop_before_a_long_line() -> None:
    long = "Shells fell near the island " + "and then again near the port " * 4 + "on Monday."
    found = [s.text[s.start : s.end] for s in sentences(f"Shells fall near island\n{long}")]
    assert found == ["Shells fall near island", long]
    assert len(sentences("The shells fell in the South\nKorean part of the sea.")) == 1


def test_a_year_is_no_count_of_the_dead() -> None:
    found = extract("In 2002 six sailors died when patrol boats fought.", published=DAY)
    assert json.loads(found["quantities"][0]) == {"killed": 6}


def test_where_an_official_spoke_is_not_where_it_happened() -> None:
    text = "A mine killed two soldiers on Tuesday, an official in Seoul explained."
    assert extract(text, published=DAY)["place"].isna().tolist() == [True]


def test_a_place_on_the_other_side_of_days_after_is_not_the_place() -> None:
    text = "Bodies were handed over at Panmunjom on Friday, two days after a jet was shot down."
    found = extract(text, published=DAY)
    assert found.loc[found["kind"] == "aircraft", "place"].isna().tolist() == [True]


def test_the_han_is_the_estuary_and_a_mr_han_is_nobodys_place() -> None:
    (river,) = find_toponyms("He swam the mouth of the Han at night.", published=DAY)
    assert (river.text, river.place_name) == ("Han", "Han River Estuary")
    assert find_toponyms("Mr. Han swam at night.", published=DAY) == []


def test_towns_one_is_carried_off_to_or_bound_for_are_places() -> None:
    text = "The airliner, bound from Pusan to Seoul, was carried off to Pyongyang."
    assert [str(m.usage) for m in find_toponyms(text, published=DAY)] == ["place"] * 3
