"""Attacks, guns, mines, loudspeakers and walls, in the plain verbs of agencies."""

from __future__ import annotations

from datetime import date

import pytest

from bordermap.extract import extract

PUBLISHED = date(1996, 8, 22)


def _kinds(text: str) -> list[str]:
    return list(extract(text, published=PUBLISHED)["kind"])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Five Northern soldiers stormed an outpost near Munsan on Tuesday.", "gunfire"),
        ("A squad of marines was set upon near the truce line on Tuesday.", "gunfire"),
        ("A convoy of the 7th Division was bushwhacked near Yonchon on Tuesday.", "gunfire"),
        ("A machine gun opened up from a North Korean post on Tuesday.", "gunfire"),
        ("Guards of the two sides shot it out at Panmunjom on Tuesday.", "gunfire"),
        ("A gun battle at Panmunjom over a defector left three men dead on Tuesday.", "gunfire"),
        ("Northern sentries took potshots at a tower near Yanggu on Tuesday.", "gunfire"),
        ("Sentries killed two armed North Koreans on a river bank near Paju on Tuesday.",
         "gunfire"),
        ("The North mortared a South Korean post near Chorwon on Tuesday.", "artillery"),
        ("The North fired off ten shots from multiple rocket launchers on Tuesday.", "artillery"),
        ("Howitzers on Paengnyong Island hit back with 40 rounds on Tuesday.", "artillery"),
        ("North Korea touched off charges under two roads near the line on Tuesday.", "explosion"),
        ("Three Northern soldiers were blown up by their own mine on Tuesday.", "mine"),
        ("Others were hurt on Tuesday by mines that they were laying in the zone.", "mine"),
        ("The president had the loudspeakers at the front turned off on Tuesday.", "loudspeaker"),
        ("North Korea has begun to dismantle a launch tower at Sohae, Seoul said on Tuesday.",
         "construction"),
        ("Northern soldiers were seen on Tuesday cutting cables just north of the line.",
         "construction"),
        ("A wall of concrete went up north of the line on Tuesday.", "construction"),
        ("American troops cut a poplar down near the Bridge of No Return on Tuesday.", "other"),
        ("On Tuesday a priest, Rev. Ahn Sung-un, was abducted near the border and taken north.",
         "abduction"),
    ],
)  # fmt: skip
def test_an_attack_a_mine_or_a_wall_is_told_in_many_verbs(text: str, kind: str) -> None:
    assert _kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Most of the North's guns are dug in just above the Demilitarized Zone.",
        "Police raided the camp of a trade union near Paju on Tuesday.",
        "The skipper lost his way on Tuesday because his navigation failed off Sokcho.",
        "Hundreds of guns are massed along the front.",
    ],
)
def test_what_only_lies_there_or_fails_by_itself_is_no_incident(text: str) -> None:
    found = extract(text, published=PUBLISHED)
    assert len(found) == 0


def test_the_next_day_is_no_time_to_come() -> None:
    found = extract(
        "Seoul stopped its broadcasts over the line on Monday, and the North's speakers "
        "fell silent the next day.",
        published=PUBLISHED,
    )
    assert list(found["kind"]) == ["loudspeaker", "loudspeaker"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("North Korea was condemned last week for firing a rocket on Aug. 6 that broke up over "
         "the Yellow Sea.", ["1996-08-06"]),
        ("Seoul on Monday welcomed a message of regret over a naval battle in the Yellow Sea. "
         "A patrol boat was sunk off Yeonpyeong on June 29.", ["1996-06-29"]),
    ],
)  # fmt: skip
def test_who_is_blamed_on_a_day_did_it_before(text: str, days: list[str]) -> None:
    found = extract(text, published=PUBLISHED)
    assert [str(day)[:10] for day in found["date_start"]] == days


def test_missiles_told_of_before_are_what_was_fired_and_blew_up() -> None:
    found = extract(
        "North Korea launched three missiles on Tuesday. The army said one blew up at once. "
        "They were of the same type that was fired on August 12.",
        published=PUBLISHED,
    )
    assert list(found["kind"]) == ["missile", "missile"]
    assert list(found["actor"]) == ["North Korea", "North Korea"]


def test_a_boat_fired_on_and_seized_is_one_seizure() -> None:
    found = extract(
        "A South Korean trawler with eight men on board was fired on and seized by a Northern "
        "patrol boat on Tuesday. Its last message said that shots were being fired.",
        published=PUBLISHED,
    )
    assert list(found["kind"]) == ["abduction"]


def test_shots_in_the_zone_are_no_part_of_a_chase_off_a_far_isle() -> None:
    found = extract(
        "A Northern boat approached the shore near Sogwipo on Tuesday. Two American soldiers "
        "were killed when their patrol was ambushed in the Demilitarized Zone.",
        published=PUBLISHED,
    )
    assert sorted(found["kind"]) == ["gunfire", "naval"]


def test_who_crossed_is_whom_that_stands_for() -> None:
    found = extract(
        "South Korean sailors fired warning shots on Tuesday to drive off a Northern freighter "
        "that crossed the sea border.",
        published=PUBLISHED,
    )
    crossing = found[found["kind"] != "gunfire"]
    assert list(crossing["direction"]) == ["north_to_south"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The North fired 90 shells on Tuesday, the third day in a row, South Korea said.",
         ["artillery"]),
        ("A first attempt, on April 13, ended two minutes after lift-off.", ["missile"]),
        ("A missile roared off a launcher at Kusong on Tuesday and flew 780 kilometers.",
         ["missile"]),
        ("The lawmaker came under fire on Tuesday over his remarks on North Korea.", []),
    ],
)  # fmt: skip
def test_a_row_an_attempt_and_a_saying(text: str, kinds: list[str]) -> None:
    assert _kinds(text) == kinds


def test_leaflets_of_defectors_go_north() -> None:
    found = extract(
        "A group of North Korean defectors sent 300,000 leaflets over the border on Tuesday.",
        published=PUBLISHED,
    )
    assert list(found["direction"]) == ["south_to_north"]
