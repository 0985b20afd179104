"""Ordinary reports that use the words of incidents and tell of none."""

from __future__ import annotations

from datetime import date

import pytest

from bordermap.extract import extract

PUBLISHED = date(2024, 6, 20)


@pytest.mark.parametrize(
    "text",
    [
        "The soldier returned to his unit on Monday after ten days at home in Busan.",
        "A shipbuilder in Geoje launched a container vessel on Friday, the largest it has built.",
        "Fishermen in Sokcho landed a record catch of squid on Wednesday.",
        "Two ferries collided off Wando on Sunday, and 20 passengers were hurt.",
        "A gas explosion destroyed a restaurant in Cheongju on Saturday and hurt eight people.",
        "Fireworks boomed over the Han River on Saturday night as a million people watched.",
        "Workers began on Monday to lay tracks for a tram in Daejeon.",
        "Marines rolled ashore at Pohang on Wednesday in a landing drill with American troops.",
        "A carrier of the U.S. Navy took part in exercises with Japan off Okinawa on Monday.",
        "Labour unions walked out of talks with Hyundai in Ulsan on Thursday.",
        "Police shot a bear that had escaped from a farm in Ulju on Thursday.",
        "A film about a defecting pilot opened in Seoul on Wednesday and sold 300,000 tickets.",
        "A documentary on the axe killings was shown on Tuesday at the festival in Jeonju.",
        "The North Korean women's football team beat Japan in Pyongyang on Wednesday.",
        "The opposition leader fired a broadside at the government on Thursday over pensions.",
        "North Korea held a parade in Pyongyang on Thursday night with missiles and tanks.",
        "A Russian warship called at Vladivostok on Tuesday after three months at sea.",
        "Russia fired 50 drones at Kyiv on Tuesday, and 40 were shot down.",
        "India and Pakistan exchanged fire along the Line of Control on Friday.",
        "Rumours that a submarine had surfaced off Gangneung on Monday turned out to be a whale.",
        "A noise that sounded like gunfire in Goseong on Friday was a tyre, police found.",
        "Police kept activists in Paju from sending up balloons on Friday.",
        "Seoul called on Pyongyang on Monday to answer the hot line.",
        "The North can fire 16,000 shells an hour at the capital, a study found on Thursday.",
        "The war began on June 25, 1950, when North Korean troops crossed the 38th parallel.",
        "The Japanese annexed Korea in 1910 and built a railway to Sinuiju.",
        "A choir of children sang at Dorasan station on Saturday for the reunion of the country.",
        "육군은 19일 철원에서 자주포 실사격 훈련을 했다.",
        "20일 파주에서 열린 마라톤 대회에서 선수 2천 명이 통일대교를 건넜다.",
    ],
)
def test_ordinary_news_is_no_incident(text: str) -> None:
    assert extract(text, published=PUBLISHED).empty


def test_other_lands_have_borders_too() -> None:
    text = "Israeli soldiers crossed the border into Lebanon on Monday and fought with Hezbollah."
    assert extract(text, published=PUBLISHED).empty


def test_the_war_before_the_line_is_history() -> None:
    text = "The war began on June 25, 1950, when North Korean troops crossed the 38th parallel."
    assert extract(text, published=PUBLISHED).empty


def test_where_the_north_is_named_ordinary_words_hide_nothing() -> None:
    text = "A balloon from the North with rubbish came down beside a subway station on Monday."
    assert extract(text, published=PUBLISHED)["kind"].tolist() == ["balloon"]
