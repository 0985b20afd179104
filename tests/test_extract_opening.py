"""The declaration that a report opens with, and words that are no news."""

from __future__ import annotations

from datetime import date

import pytest

from bordermap.extract import extract

PUBLISHED = date(2024, 6, 20)  # a Thursday
TALK = {"statement", "diplomacy"}


def told(text: str) -> list[tuple[str, str]]:
    """Return kind and first day of each incident that has a day."""
    rows = extract(text, published=PUBLISHED).to_dict("records")
    return sorted((r["kind"], r["date_start"].date().isoformat()) for r in rows)


@pytest.mark.parametrize(
    "text",
    [
        "North Korea said Monday that it no longer considers itself bound by the cease-fire.",
        "SEOUL (AP) - The United Nations Command on Monday rejected a demand for the withdrawal "
        "of its ships from the Yellow Sea.",
        "South Korea on Monday proposed a meeting of generals to ease tension along the border.",
        "WASHINGTON, June 17 - The Pentagon said Monday that it would withdraw its nuclear arms "
        "from South Korea.",
        "On Monday North Korea declared a zone off Wonsan closed to all ships.",
        "The U.N. Security Council voted unanimously Monday to impose sanctions on North Korea.",
        "In a reversal, Seoul offered on Monday to ship rice to the North.",
        "North Korea on Monday gave the South 48 hours to switch off its loudspeakers.",
        "The American delegate demanded on Monday that the North return the bodies of three men.",
        "The North will not return to the six-party talks, its Foreign Ministry said on Monday.",
        "South Korea will resume its broadcasts on Sunday, the presidential office said on Monday.",
        "SEOUL, South Korea (AP) — South Korea proposed military talks with North Korea, the first "
        "since 2015, the South’s vice minister said on Monday (June 17).",
        "North Korea is formally abolishing the agencies for unification, state media said Monday.",
        "North Korean leader Kim Jong-un's sister warned South Korea on Monday of worse to come.",
        "The president said on Monday that anti-Pyongyang broadcasts would go on.",
        "정부는 17일 북한에 적십자회담을 열자고 제의했다.",
    ],
)
def test_what_a_government_declares_is_the_news_where_a_report_opens_with_it(text: str) -> None:
    ((kind, day),) = told(text)
    assert kind in TALK
    assert day == "2024-06-17"


@pytest.mark.parametrize(
    "text",
    [
        "South Korea's military said on Friday it could not confirm the report.",
        "Analysts said on Tuesday that North Korea would probably reject the offer.",
        "A villager near Paju said on Sunday that he would not leave his house.",
        "South Korea said on Monday that it was checking reports of an explosion near the line.",
        "A spokesman for the activists said on Monday that they would send more balloons.",
        "North Korea will probably launch another rocket soon, the South's army said on Monday.",
        "North Korea is expected to announce a new constitution on Wednesday.",
    ],
)
def test_guesses_and_the_words_of_others_are_no_news(text: str) -> None:
    assert told(text) == []


def test_only_a_report_s_first_sentence_tells_what_the_south_declares() -> None:
    text = (
        "North Korea fired a missile from Wonsan on Monday.\n\n"
        "South Korea on Tuesday rejected a demand of the North for an end to its drills."
    )
    assert told(text) == [("missile", "2024-06-17")]


def test_a_speech_told_again_is_the_declaration_that_a_report_opened_with() -> None:
    text = (
        "North Korea said on Monday that it would suspend its tests.\n\n"
        "Kim Jong Un told a meeting of the ruling party on Sunday that they were not needed."
    )
    assert len(told(text)) == 1


def test_a_declaration_is_of_the_day_it_was_made_and_not_of_the_pact_s() -> None:
    text = "North Korea said Monday it was scrapping a 2018 military agreement with the South."
    ((_, day),) = told(text)
    assert day == "2024-06-17"


def test_a_declaration_below_a_headline_and_a_day_is_dated_by_the_report() -> None:
    text = (
        "Leader condemns shooting\n\n20 Jun 2024\n\n"
        "South Korea's president, Lee Myung-bak, has condemned the shooting of a tourist."
    )
    assert ("statement", "2024-06-20") in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Security Council on Monday condemned the sinking of the Cheonan.",
        "North Korea warned on Monday that it would fire on ships that cross the line.",
        "North Korea apologized on Monday for the shooting of an official at sea.",
    ],
)
def test_what_a_declaration_only_names_is_not_told(text: str) -> None:
    assert told(text) == [("statement", "2024-06-17")]


@pytest.mark.parametrize(
    "text",
    [
        "SEOUL, June 20 (AP) -- The sister of Kim Jong-un slammed the South for its leaflets.",
        "North Korea has threatened to scrap the armistice.",
        "Pyongyang has canceled the reunions of families that were set for July.",
    ],
)
def test_an_undated_declaration_of_a_wire_report_is_new(text: str) -> None:
    ((kind, day),) = told(text)
    assert kind in TALK
    assert day == "2024-06-20"
