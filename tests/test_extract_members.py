"""What one verb tells of several times and places, and what is told beside it."""

from __future__ import annotations

from datetime import date

import pytest

from bordermap.extract import extract


def told(text: str, published: date = date(2024, 6, 22)) -> list[tuple[str, str, str | None]]:
    """Return kind, first day and place of each incident, in the order of the table."""
    table = extract(text, published=published)
    return [
        (str(row.kind), row.date_start.date().isoformat(), row.place or None)
        for row in table.where(table.notna(), None).itertuples()
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tunnels came to light near Korangpo in November 1974, north of Chorwon in March 1975 and "
         "beside Panmunjom in October 1978.",
         [("1974-11-01", "Korangpo"), ("1975-03-01", "Chorwon"), ("1978-10-01", "Panmunjom")]),
        ("North Korea fired short-range missiles from Wonsan on May 8 and several cruise missiles "
         "from the Sondok area on May 22.", [("2024-05-08", "Wonsan"), ("2024-05-22", "Sondok")]),
        ("North Korea fired some 100 shells into the Yellow Sea from Cape Jangsan on Tuesday, and "
         "another 150 into the East Sea from Kosong.",
         [("2024-06-18", "Cape Jangsan"), ("2024-06-18", "Kosong")]),
        ("Two drones were picked up this spring, one in Paju on March 24 and one in Samcheok on "
         "April 6.", [("2024-03-24", "Paju"), ("2024-04-06", "Samcheok")]),
    ],
)  # fmt: skip
def test_each_member_of_a_list_has_its_own_day_and_place(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert sorted((day, place) for _, day, place in told(text)) == sorted(expected)


def test_one_way_and_the_other_are_one_deed() -> None:
    text = (
        "North Korea blew up two roads on Tuesday, one on the way to Kaesong, the other by the "
        "east coast."
    )
    assert len(told(text)) == 1


def test_days_after_a_year_are_of_that_year() -> None:
    text = (
        "North Korea had last flown missiles over Japan in 2017, when it sent one over Hokkaido "
        "on Aug. 29 and another on Sept. 15."
    )
    days = [day for _, day, _ in told(text, date(2022, 10, 5))]
    assert sorted(days) == ["2017-08-29", "2017-09-15"]


def test_a_month_so_named_is_of_the_year_told() -> None:
    text = (
        "North Korea laid mines near Dorasan on Sept. 18, 2002. That June a naval battle off "
        "Yeonpyeong Island left six South Korean sailors dead."
    )
    assert ("naval", "2002-06-01", "Yeonpyeong Island") in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "North Korea said on Wednesday it would cut the roads and build walls along the border.",
        "South Korean marines held live-fire artillery drills on Yeonpyeong on Wednesday.",
        "The wounded were flown by helicopter to a hospital in Seoul on Friday.",
        "About 37,000 American troops are stationed in South Korea, which votes on Friday.",
        "In 2023 a court struck down a law that made the sending of leaflets a crime.",
        "Officials ruled out that old mines had been washed down near Paju on Friday.",
        "He threatened on Monday to wipe out any unit that came over the line.",
        "Fishermen have been taken north often off Yeonpyeong, he said on Friday.",
    ],
)
def test_what_is_no_deed_is_not_told(text: str) -> None:
    assert [kind for kind, _, _ in told(text) if kind not in {"statement", "other"}] == []


def test_a_day_of_the_main_clause_gives_way_to_that_of_the_deed() -> None:
    text = (
        "SEOUL - South Korea put its forces on alert Wednesday after North Korea carried out its "
        "third nuclear test. The device was set off on Tuesday at Punggye-ri."
    )
    tests = [row for row in told(text, date(2013, 2, 13)) if row[0] == "nuclear"]
    assert tests == [("nuclear", "2013-02-12", "Punggye-ri")]


def test_more_balloons_are_not_those_sent_before() -> None:
    text = (
        "North Korea sent about 310 more balloons with trash overnight, the military said on "
        "Monday. It had floated about 330 balloons on Saturday night."
    )
    days = [day for kind, day, _ in told(text, date(2024, 6, 10)) if kind == "balloon"]
    assert sorted(days) == ["2024-06-08", "2024-06-10"]


def test_infiltrators_who_get_away_do_not_defect() -> None:
    text = (
        "On Oct. 17 sentries killed a North Korean infiltrator in the Imjin River near Paju. "
        "A companion is thought to have swum back."
    )
    assert "defection" not in {kind for kind, _, _ in told(text, date(2024, 10, 28))}


def test_where_the_commission_meets_is_not_where_shots_fell() -> None:
    text = (
        "A tunnel was found by a South Korean patrol on Nov. 15. "
        "The armistice commission will meet at Panmunjom on Friday."
    )
    assert told(text, date(1974, 11, 20))[0][2] != "Panmunjom"


def test_where_somebody_was_driven_is_not_where_he_crossed() -> None:
    text = (
        "A North Korean party crossed the line at Panmunjom on Friday and was driven to a hotel "
        "in eastern Seoul."
    )
    assert {place for _, _, place in told(text)} == {"Panmunjom"}


def test_loudspeakers_are_taken_down_again() -> None:
    text = (
        "South Korea's loudspeakers along the border fell silent on June 11. It had dismantled "
        "them in May 2018."
    )
    days = [day for kind, day, _ in told(text) if kind == "loudspeaker"]
    assert sorted(days) == ["2018-05-01", "2024-06-11"]


def test_a_clock_time_ends_no_sentence() -> None:
    text = (
        "North Korea fired two shells toward Yeonpyeong on Friday. At 7:46 p.m. North Korea fired "
        "two more shells toward the island."
    )
    assert all(day == "2024-06-21" for _, day, _ in told(text))


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("In December a pilot landed a MiG-15 on a beach near Kosong.", "KR"),
        ("On Friday artillery shells were fired from Kosong into the East Sea.", "KP"),
    ],
)
def test_namesakes_by_who_lands_and_what_is_launched(text: str, country: str) -> None:
    table = extract(text, published=date(2024, 6, 22))
    assert [p.split("-")[0].upper() for p in table["place_id"]] == [country]


@pytest.mark.parametrize(
    "text",
    ["They withdrew", "He was flown", "A ship sped to the", "Troops were sent to",
     "Shells, and about", "Drones came, a second", "They fired, another", "The boat came",
     "It was a hijacked", "By 7 p.m."],
)  # fmt: skip
def test_a_text_may_end_anywhere(text: str) -> None:
    before = "On June 3 North Korean soldiers crossed the line."
    extract(f"{before} {text}", published=date(2024, 6, 22))
    extract(text, published=date(2024, 6, 22))
