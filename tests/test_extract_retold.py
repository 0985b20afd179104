"""What a report tells again: in its headline, in return, or of another day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bordermap.extract.assembly import read_text
from bordermap.extract.lexicon import packaged_gazetteer
from bordermap.extract.records import day_of

if TYPE_CHECKING:
    from bordermap.extract.records import Record

SATURDAY = date(2024, 6, 22)


def records(text: str, published: date = SATURDAY) -> list[Record]:
    return read_text(text, published=published, gazetteer=packaged_gazetteer()).records


def kinds(text: str) -> list[str]:
    return [str(r.kind) for r in records(text)]


def test_a_headline_adds_to_the_report_below_it() -> None:
    text = (
        "North Korea fires artillery near island\n\n"
        "North Korea shelled the waters off Baengnyeong Island on Thursday, officials said.\n\n"
        "Nobody was hurt."
    )
    (record,) = records(text)
    assert str(day_of(record)) == "2024-06-20"
    assert sum(e.field == "kind" for e in record.evidence) > 1


def test_a_headline_that_nothing_retells_stands() -> None:
    text = "North Korea fires artillery near island\n\nThe ministry had no comment on Saturday."
    assert kinds(text) == ["artillery"]


def test_news_without_a_day_is_not_of_the_day_it_looks_back_at() -> None:
    text = (
        "A patrol ship of the North sailed over the Northern Limit Line, officials said. "
        "It turned back. On May 2 a fishing boat of the North had violated the line too."
    )
    days = [day_of(r) for r in records(text)]
    assert days[0] is None
    assert str(days[-1]) == "2024-05-02"


def test_those_fired_at_return_the_fire() -> None:
    text = (
        "North Korean troops fired about 80 rounds at two guard posts on Thursday, "
        "which returned the fire."
    )
    assert [r.actor_side for r in records(text)] == ["north", "south"]


def test_who_did_it_is_looked_for_in_the_clause_of_the_verb() -> None:
    text = (
        "The soldier, who was shot in the shoulder on Thursday, was airlifted to a hospital "
        "by a United Nations Command helicopter."
    )
    (record,) = [r for r in records(text) if r.kind == "gunfire"]
    assert record.actor_side != "other"


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Nov. 27, 2001 - A post of the North is hit after South fires warning shots.", "south"),
        ("June 20 - North fires a gunshot at a guard post of the South.", "north"),
    ],
)
def test_a_headline_names_a_side_without_its_article(text: str, side: str) -> None:
    assert side in {r.actor_side for r in records(text)}


@pytest.mark.parametrize(
    "text",
    [
        "The incident took place on Thursday amid tension over North Korea's nuclear weapons.",
        "Guards of the North smoked at Mount Kumgang near the border on Thursday.",
        "In March the troops on the border had quiet days.",
    ],
)
def test_names_and_nouns_are_no_verbs(text: str) -> None:
    assert kinds(text) == []


def test_what_is_said_of_a_deed_is_no_statement_of_its_own() -> None:
    assert kinds("North Korea said on Thursday it had arrested a missionary of the South.") == [
        "abduction"
    ]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("artillery", "Four people died on Yeonpyeong when the North shelled it on Nov. 23, 2010."),
        ("artillery", "On Thursday the two armies shelled each other near Cheorwon."),
        ("gunfire", "A firefight in the zone left two dead on Thursday."),
        ("defection", "Two officers of the North fled to Seoul in a trainer on June 21, 1955."),
        ("defection", "Two North Koreans arrived in the South by boat on Thursday."),
    ],
)
def test_plain_words_are_read(kind: str, text: str) -> None:
    assert kinds(text) == [kind]
