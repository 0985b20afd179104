"""What a sentence leaves to the ones around it: its day, its place, its kind."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from bordermap.extract import extract, find_toponyms

PUBLISHED = date(2024, 6, 22)  # a Saturday


def records(text: str, published: date = PUBLISHED) -> list[dict[str, Any]]:
    """Return what a text tells of, one dict an incident."""
    rows = extract(text, published=published).to_dict("records")
    return [{k: None if pd.isna(row[k]) else row[k] for k in _TOLD} for row in rows]


_TOLD = ("kind", "date_start", "date_end", "place", "place_id", "direction", "quantities")


def days(text: str, published: date = PUBLISHED) -> list[tuple[str, str | None]]:
    """Return kind and first day of each incident."""
    return [
        (r["kind"], r["date_start"].date().isoformat() if r["date_start"] else None)
        for r in records(text, published)
    ]


def test_the_date_below_a_headline_is_the_report_s_and_not_an_incident_s() -> None:
    text = (
        "How a patrol ended in mortar fire\nBBC, Saturday 22 June\n\n"
        "On Wednesday morning North Korean soldiers crossed the line near Paju."
    )
    assert ("crossing", "2024-06-19") in days(text)
    assert "2024-06-22" not in [day for _, day in days(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("North Korea on Friday lobbed some 200 shells into the sea.", "artillery"),
        ("Two rounds slammed into a wall of the guard post on Sunday.", "gunfire"),
        ("One man trod on a mine near Yanggu on Friday.", "mine"),
        ("The North tore out the rails of the Donghae line in May.", "construction"),
    ],
)
def test_a_verb_is_known_in_all_its_forms(text: str, kind: str) -> None:
    assert [k for k, _ in days(text)] == [kind]


def test_a_deed_done_on_a_day_to_come_was_done_the_year_before() -> None:
    assert days("A soldier was shot dead by North Korean guards near Paju on Aug. 4.") == [
        ("gunfire", "2023-08-04")
    ]
    assert days("Talks are to be held at Panmunjom on Aug. 4.") == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Soldiers crossed the line over the weekend.", "2024-06-15", "2024-06-16"),
        ("Soldiers crossed the line on New Year's Day.", "2024-01-01", "2024-01-01"),
        ("새해 첫날 북한군이 군사분계선을 넘었다.", "2024-01-01", "2024-01-01"),
        ("지난주 화요일 북한군이 군사분계선을 넘었다.", "2024-06-11", "2024-06-11"),
    ],
)
def test_days_with_names_of_their_own(text: str, first: str, last: str) -> None:
    told = extract(text, published=date(2024, 6, 19 if "weekend" in text else 22))
    assert told["date_start"].dt.date.astype(str).tolist() == [first]
    assert told["date_end"].dt.date.astype(str).tolist() == [last]


def test_a_korean_day_of_the_month_is_the_last_one_also_after_another() -> None:
    text = "북한군이 31일 군사분계선을 넘었다. 북한은 1일 미사일을 발사했다."
    assert days(text, date(2023, 6, 1)) == [("crossing", "2023-05-31"), ("missile", "2023-06-01")]


def test_the_day_after_a_semicolon_is_not_of_what_stands_before_it() -> None:
    text = "One was shot by guards near Paju; he had slipped into the country in August."
    assert ("gunfire", "2023-08-01") not in days(text)


def test_a_day_is_no_count() -> None:
    text = "SEOUL, June 20 - Oct. 25 saw soldiers cross the line near Paju."
    assert all("25" not in (r["quantities"] or "") for r in records(text))
    assert all("30" not in (r["quantities"] or "") for r in records("30대 남성이 20일 귀순했다."))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("North Korea fired 100 shells into the sea near Baengnyeong Island on Wednesday. On "
         "Thursday it fired a few again, toward Yeonpyeong Island.", "artillery"),
        ("North Korea sent 260 trash balloons over the border on Wednesday. It sent another 350 "
         "on Thursday.", "balloon"),
    ],
)  # fmt: skip
def test_more_of_them_is_one_more_incident(text: str, kind: str) -> None:
    assert days(text) == [(kind, "2024-06-19"), (kind, "2024-06-20")]


def test_a_count_with_a_day_of_its_own_is_one_more_incident() -> None:
    text = "North Korea sent 310 trash balloons on Sunday night, after some 330 on Saturday."
    assert sorted((d, q) for _, d, q in counted(text)) == [
        ("2024-06-15", '{"balloons": 330}'),
        ("2024-06-16", '{"balloons": 310}'),
    ]
    assert (
        len(days("North Korea sent 310 trash balloons on Sunday, two of which fell in Paju.")) == 1
    )


def counted(text: str) -> list[tuple[str, str, str]]:
    """Return kind, day and counts of each incident."""
    told = records(text, date(2024, 6, 20))
    return [(r["kind"], r["date_start"].date().isoformat(), r["quantities"]) for r in told]


def test_another_that_was_fired_is_no_drone() -> None:
    text = (
        "North Korea fired a missile from Wonsan on Monday. A North Korean drone flew over Paju "
        "on Tuesday. Another was fired from Wonsan on Thursday."
    )
    assert ("drone", "2024-06-20") not in days(text)
    assert ("missile", "2024-06-20") in days(text)


def test_the_line_and_the_zone_are_the_ones_named_before() -> None:
    text = (
        "The Northern Limit Line is disputed. On Thursday a North Korean patrol boat crossed "
        "the line."
    )
    assert [r["place_id"] for r in records(text)] == ["nll"]
    [mark] = records("A helicopter was shot down over the eastern end of the zone on Friday.")
    assert mark["place_id"] == "eastern-front"


def test_there_is_the_place_named_before_in_its_own_sentence() -> None:
    text = (
        "Pyongyang is calm. Six sailors were killed near Yeonpyeong Island on June 29, 2002, and "
        "in June 1999 a torpedo boat of the North was sunk there."
    )
    assert [r["place"] for r in records(text)] == ["Yeonpyeong Island"] * 2


def test_the_news_is_near_the_town_it_was_written_in_and_never_near_an_office() -> None:
    news = "South Korea, June 22 - Two North Korean agents were shot by policemen on Friday."
    [near] = records(f"PUYO, {news}")
    assert near["place"] == "PUYO"
    [nowhere] = records(f"TOKYO, {news}")
    assert nowhere["place"] is None


def test_what_two_sentences_tell_is_placed_by_the_next_one() -> None:
    text = (
        "A North Korean soldier walked up to a guard post on Thursday and gave himself up. When "
        "others came after him, South Korean troops fired warning shots. The man was noticed at "
        "the post, which lies in Yeoncheon."
    )
    told = {(r["kind"], r["place"]) for r in records(text)}
    assert told == {("defection", "Yeoncheon"), ("gunfire", "Yeoncheon")}


def test_where_a_protest_will_be_made_is_not_where_it_was() -> None:
    text = (
        "An American plane was shot down by North Korean fighters on Thursday. Washington will "
        "protest at Panmunjom."
    )
    assert [r["place"] for r in records(text)] == [None]


def test_where_the_staff_speaks_is_not_where_it_was() -> None:
    text = "According to the Supreme Command in Pyongyang, warships fired at its boat on Thursday."
    assert [r["place"] for r in records(text)] == [None]


def test_what_is_joined_by_and_was_at_one_place() -> None:
    text = "They laid mines and put up fences in the Demilitarized Zone on Thursday."
    told = {(r["kind"], r["place_id"]) for r in records(text)}
    assert told == {("mine", "dmz"), ("construction", "dmz")}


def test_what_flew_over_a_line_at_sea_is_no_ship() -> None:
    [(kind, _)] = days("A MIG-19 crossed the Northern Limit Line on Thursday.")
    assert kind != "naval"


def test_a_rocket_that_blew_up_is_a_launch_and_no_bomb() -> None:
    text = "The rocket blew up minutes after lifting off from Tongchang-ri on Monday night."
    assert [k for k, _ in days(text)] == ["missile"]


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Police found a North Korean drone on a hill in Inje on Friday.", "north_to_south"),
        ("A drone came down on a hill near Pyongyang on Friday.", "south_to_north"),
        ("Two spies were shot dead in Samcheok on Friday.", "north_to_south"),
    ],
)
def test_where_it_ended_tells_the_way_it_went(text: str, direction: str) -> None:
    told = [r["direction"] for r in records(text) if r["kind"] in {"drone", "infiltration"}]
    assert told == [direction]


def names(text: str) -> list[tuple[str, str | None]]:
    """Return name and id of the places in a text."""
    return [(m.text, m.place_id) for m in find_toponyms(text) if m.usage == "place"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("미사일이 동해 북방한계선 남쪽에 떨어졌다.", ("동해", "east-sea")),
        ("한 남성이 고성 해안으로 헤엄쳐 왔다고 합참이 밝혔다.", ("고성", "kr-goseong")),
        ("북한은 강원도 원산에서 미사일을 발사했다고 합참이 밝혔다.", ("강원도", "kp-kangwon")),
        ("이에 북한은 고성군 일대에서 포를 쏘았다고 합참이 밝혔다.", ("고성군", "kp-kosong")),
        ("목요일 평양 순안에서 미사일이 발사됐다.", ("평양", "kp-pyongyang")),
    ],
)  # fmt: skip
def test_korean_names_are_told_from_words_and_namesakes(
    text: str, expected: tuple[str, str]
) -> None:
    assert expected in names(text)


def test_a_name_with_an_article_is_a_ship() -> None:
    assert names("The front has been tense since the Cheonan went down in March.") == []
    assert names("선원 6명이 돌아왔다.") == []


def test_a_sentence_of_another_day_lends_no_place() -> None:
    text = (
        "The mines went off in the Demilitarized Zone on June 4. Last Thursday guns could be heard "
        "in Yeoncheon."
    )
    assert [r["place_id"] for r in records(text)][:1] == ["dmz"]


def test_each_of_two_named_in_one_breath_has_its_own_day() -> None:
    text = (
        "It acted after a nuclear test at Punggye-ri on Jan. 6 and the launching of a rocket on "
        "Feb. 7 from Tongchang-ri."
    )
    assert set(days(text)) == {("nuclear", "2024-01-06"), ("missile", "2024-02-07")}


def test_what_had_been_done_is_not_of_the_day_of_the_regret() -> None:
    text = (
        "Loudspeakers fell silent on Tuesday under a deal in which the North regretted that two "
        "soldiers had been maimed by mines. The mines went off in the Demilitarized Zone on June 4."
    )
    assert [day for kind, day in days(text) if kind == "mine"] == ["2024-06-04"]


def test_a_town_that_fell_abroad_is_no_place_of_it() -> None:
    text = "A tunnel was found by soldiers in March, and more so since the fall of Saigon."
    assert [r["place"] for r in records(text)] == [None]


def test_the_same_sea_is_the_one_named_before() -> None:
    text = (
        "A jet was shot up by fighters over the Sea of Japan on Thursday. In June 1959 a plane was "
        "shot up over the same sea by two MIG's."
    )
    assert [r["place_id"] for r in records(text)] == ["east-sea", "east-sea"]


def test_each_of_two_named_in_one_breath_has_its_own_place() -> None:
    text = (
        "It acted after a nuclear test at Punggye-ri on Jan. 6 and the launching of a rocket on "
        "Feb. 7 from Tongchang-ri."
    )
    told = {(r["kind"], r["place"]) for r in records(text)}
    assert told == {("nuclear", "Punggye-ri"), ("missile", "Tongchang-ri")}


def test_loudspeakers_are_not_where_some_hear_them() -> None:
    text = (
        "The South turned off its loudspeakers on Thursday. On Ganghwa Island some households had "
        "been given new windows."
    )
    assert [r["place"] for r in records(text)] == [None]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("북한군이 20일 총탄 10여 발을 쐈다.", '{"shells": 10}'),
        ("북한군 한 명이 20일 군사분계선을 넘었다.", '{"people": 1}'),
        ("Four bullets hit a guard post on Thursday.", '{"shells": 4}'),
        ("Mines maimed two sergeants on Thursday.", '{"wounded": 2}'),
        ("B-52 bombers flew over the border on Thursday.", None),
    ],
)
def test_what_is_counted(text: str, counts: str | None) -> None:
    assert [r["quantities"] for r in records(text)] == [counts]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("About 20 North Korean soldiers carrying pickaxes strayed over the Military Demarcation "
         "Line on Thursday and turned back.", {"crossing"}),
        ("Warning shots set off an exchange of fire near Paju on Thursday.",
         {"gunfire"}),
        ("Two North Korean spies were captured alive near Pusan on Thursday.", {"infiltration"}),
        ("A United States Navy patrol plane limped into its base on Thursday after two MIG "
         "fighters had fired at it over the Sea of Japan.", {"aircraft"}),
        ("Mines maimed two soldiers near Paju on June 4, and six days later the South brought back "
         "its loudspeaker broadcasts.", {"mine", "loudspeaker"}),
    ],
)  # fmt: skip
def test_one_deed_is_of_one_kind(text: str, kinds: set[str]) -> None:
    told = [k for k, _ in days(text)]
    assert (set(told), len(told)) == (kinds, len(kinds))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("북한은 20일 동창리에서 우주발사체를 발사했다.", "missile"),
        ("공군은 20일 공해상으로 공대지미사일 3발을 쐈다.", "missile"),
        ("20일 아침 대륙간탄도미사일이 발사됐으나 정상 비행을 하지 못했다.", "missile"),
        ("북한군은 20일 작업하던 군인들에게 총을 쏘았다.", "gunfire"),
        ("북한군은 올해에만 10여 차례 선을 넘었다.", "crossing"),
    ],
)
def test_korean_words_are_known_in_compounds(text: str, kind: str) -> None:
    assert [k for k, _ in days(text)] == [kind]


def test_two_deeds_with_a_day_each_are_no_list() -> None:
    text = (
        "North Korea exploded a hydrogen device on Jan. 6 and, on Feb. 7, put a satellite into "
        "space on a rocket."
    )
    assert sorted(days(text)) == [("missile", "2024-02-07"), ("nuclear", "2024-01-06")]


def test_an_answer_is_fired_with_what_it_answers() -> None:
    text = (
        "North Korean soldiers fired two shots at a guard post near Paju on Thursday, and South "
        "Korean troops responded with about 15 rounds."
    )
    assert [k for k, _ in days(text)] == ["gunfire", "gunfire"]
