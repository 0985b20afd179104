"""Which day an incident is of: its own clause's, a neighbour's, or the one the text has come to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bordermap.extract.assembly import read_text
from bordermap.extract.dates import find_dates
from bordermap.extract.lexicon import packaged_gazetteer
from bordermap.extract.records import day_of
from bordermap.extract.tokens import sentences

if TYPE_CHECKING:
    from bordermap.extract.records import Record

FRIDAY = date(2024, 11, 22)


def records(text: str, published: date = FRIDAY) -> list[Record]:
    return read_text(text, published=published, gazetteer=packaged_gazetteer()).records


def days(text: str, published: date = FRIDAY) -> dict[str, str]:
    return {str(r.kind): str(day_of(r)) for r in records(text, published)}


def test_what_gives_no_day_is_of_the_day_that_the_text_has_come_to() -> None:
    text = (
        "Two agents came ashore near Gangneung on Monday and ran into the woods. "
        "On Tuesday a search party closed in on them. They answered with rifle fire."
    )
    assert days(text) == {"infiltration": "2024-11-18", "gunfire": "2024-11-19"}


def test_the_day_of_saying_is_not_gone_on_with() -> None:
    text = (
        "Soldiers of the North crossed the Military Demarcation Line on Monday. "
        "On Wednesday officials conceded that nobody had noticed. Guards fired warning shots."
    )
    assert days(text)["gunfire"] == "2024-11-18"


def test_after_a_late_evening_the_small_hours_are_of_the_next_day() -> None:
    text = (
        "Shells fell on Yeonpyeong Island late on Monday evening. "
        "Shortly after 3 a.m. a drone of the North crashed at Paju."
    )
    assert days(text)["drone"] == "2024-11-19"


def test_the_day_of_a_search_gives_way_to_the_day_of_the_deed() -> None:
    text = (
        "Police searched on Thursday for two men who shot a defector in Bundang. "
        "The man stepped out of the lift on Wednesday evening and was hit in the head."
    )
    assert days(text)["gunfire"] == "2024-11-20"


def test_the_day_of_a_joined_clause_gives_way_too() -> None:
    text = (
        "South Korea resumed its loudspeaker broadcasts, and the North broke off relations on "
        "Tuesday. The first program was sent over the border at 6 p.m. on Monday."
    )
    assert days(text)["loudspeaker"] == "2024-11-18"


@pytest.mark.parametrize(
    "text",
    [
        "The navy fired at six boats on Tuesday that had crossed the Northern Limit Line.",
        "On Tuesday soldiers crossed the Military Demarcation Line and went back after guards "
        "had fired into the air.",
    ],
)
def test_what_had_just_been_done_is_of_the_same_day(text: str) -> None:
    assert {str(day_of(r)) for r in records(text)} == {"2024-11-19"}


def test_a_day_is_finer_than_the_week_it_is_in() -> None:
    text = (
        "A huge blast shook the hills near the border in North Korea last week. "
        "The explosion happened on Thursday, Nov. 14, a source said."
    )
    assert {str(day_of(r)) for r in records(text)} == {"2024-11-14"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Five days afterward a mine exploded.", "2024-11-23"),
        ("The next month two soldiers came over the border.", "2024-12-01"),
        ("In July of the same year a drone fell in Inje.", "2024-07-01"),
    ],
)
def test_times_count_from_what_was_spoken_of_last(text: str, found: str) -> None:
    first = "Artillery shells fell on Yeonpyeong Island on Nov. 18, 2024. "
    assert found in {str(r.span.start) for r in records(first + text, date(2025, 3, 1)) if r.span}


def test_a_day_before_the_incident_counts_from_it() -> None:
    text = (
        "A boat crossed the Northern Limit Line on Wednesday. The crew was sent back on Thursday. "
        "A day before the incident two missiles flew from Wonsan into the East Sea."
    )
    assert days(text)["missile"] == "2024-11-19"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("어선이 동해 북방한계선을 넘어간 지 하루 만인 14일 통신이 이를 보도했다.", "2024-11-13"),
        ("북한에 나포됐던 어선 대승호가 30일 만인 17일 돌아왔다.", "2024-10-18"),
    ],
)
def test_korean_days_count_from_the_deed_before(text: str, found: str) -> None:
    assert found in {str(day_of(r)) for r in records(text)}


def test_the_other_sides_account_is_no_incident_of_its_own() -> None:
    text = (
        "North Korean gunboats sank a South Korean patrol boat off Kojin on Monday. "
        "The North's news agency reported that several intruders had been taken prisoner."
    )
    assert len(records(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Families of people abducted by the North are planning to write to the minister.",
        "Leaflets were to have been let go during the night at Paju.",
    ],
)
def test_what_only_tells_which_or_was_only_meant_is_none(text: str) -> None:
    assert records(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The old bridge at Panmunjom would before long be seen collapsed into the river.",
        "The soldiers would, in his view, sooner or later have been fired on.",
        "Seoul dismissed reports that the North had moved artillery into the zone.",
        "Reports that a soldier had defected at Panmunjom turned out to be false.",
        "The exercise supposes that the North has fired missiles at Busan.",
        "Their orders were to fire on anybody who crossed the line.",
        "Since the war ended in 1953, the North has dug four tunnels under the DMZ.",
        "Over the past two weeks the North has sent balloons across the border.",
        "북한군이 군사분계선을 넘으려다 되돌아갔다.",
        "북한이 미사일을 발사할지 모른다고 정부는 내다봤다.",
        "북한군이 총격을 가했다는 보도는 사실과 다르다고 국방부가 밝혔다.",
        "정부는 북한의 미사일 발사 징후가 없다고 밝혔다.",
        "군은 북한군이 군사분계선을 넘었는지 확인 중이라고 밝혔다.",
    ],
)
def test_what_is_meant_feared_or_said_to_be_false_is_none(text: str) -> None:
    assert records(text) == []


def test_today_is_the_day_of_the_dateline() -> None:
    text = "SEOUL, Nov. 21 - A gunman fired three shots in the National Theater here today."
    assert days(text) == {"gunfire": "2024-11-21"}


def test_a_date_in_an_aside_is_of_the_aside() -> None:
    text = (
        "The fishermen, seized off Baengnyeong Island on Oct. 3, were handed over at Panmunjom "
        "on Thursday."
    )
    assert days(text) == {"abduction": "2024-10-03", "diplomacy": "2024-11-21"}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("shells fell Nov. 3-5 near Paju.", "2024-11-03", "2024-11-05"),
        ("shells fell from Nov. 3 to 5 near Paju.", "2024-11-03", "2024-11-05"),
        ("a drone fell a fortnight ago.", "2024-11-05", "2024-11-11"),
        ("a drone fell on 23 November last year.", "2023-11-23", "2023-11-23"),
        ("a drone fell last Nov. 23.", "2023-11-23", "2023-11-23"),
        ("a drone fell the day before yesterday.", "2024-11-20", "2024-11-20"),
        ("a drone fell last spring.", "2024-01-01", "2024-11-22"),
        ("무인기가 3~5일 떨어졌다.", "2024-11-03", "2024-11-05"),
        ("무인기가 사흘 전 떨어졌다.", "2024-11-19", "2024-11-19"),
        ("무인기가 나흘 뒤 떨어졌다.", "2024-11-22", "2024-11-22"),
        ("무인기가 2일 전 떨어졌다.", "2024-11-20", "2024-11-20"),
        ("무인기가 이듬해 3월 떨어졌다.", "2025-03-01", "2025-03-31"),
        ("무인기가 재작년 3월 떨어졌다.", "2022-03-01", "2022-03-31"),
        ("무인기가 지난 금요일 떨어졌다.", "2024-11-15", "2024-11-15"),
    ],
)
def test_times_in_many_words_are_reckoned(text: str, first: str, last: str) -> None:
    found = find_dates(sentences(text)[0], published=FRIDAY, anchor=date(2024, 11, 18))
    assert [(str(d.span.start), str(d.span.end)) for d in found if d.span] == [(first, last)]


def test_half_a_year_and_a_count_of_days_are_no_dates() -> None:
    for text in ("Half a year later a drone fell.", "수색은 30일 동안 이어졌다."):
        assert find_dates(sentences(text)[0], published=FRIDAY, anchor=FRIDAY) == []


@pytest.mark.parametrize(
    "text",
    [
        "Guards shot at a boat off Sokcho on Monday. The attack came three days after a funeral.",
        'A tunnel was found near Cheorwon on Monday. "The tunnel was dug by you," he said.',
    ],
)
def test_what_points_back_at_a_deed_is_no_other(text: str) -> None:
    assert len(records(text)) == 1
