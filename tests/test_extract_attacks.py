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
