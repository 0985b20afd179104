"""People and boats that move: where their ways lead, and who is only taken into care."""

from __future__ import annotations

from datetime import date

import pytest

from bordermap.extract import extract

_WAYS_OVER = {"crossing", "defection"}


def _kinds(text: str, published: str = "1984-06-22") -> list[str]:
    return list(extract(text, published=date.fromisoformat(published))["kind"])


@pytest.mark.parametrize(
    "text",
    [
        "A corporal crept down a gully, through the wire and over the truce line on Monday.",
        "An American private walked across a field of mines and over the demarcation line Tuesday.",
        "Sgt. Paul Dunn, who served in the same sector of the zone, went across in April.",
        "A boat with three women from the North tied up at a pier in Sokcho on Wednesday.",
        "Six North Koreans in two skiffs turned up near Udo island on June 11.",
        "A North Korean cook and his wife walked into the Danish embassy in Hanoi on Monday.",
        "Cho had come over through Vienna in 1979.",
        "Nine North Koreans, among them two infants, arrived here by way of Bangkok on Monday.",
        "A North Korean private came through the dark to a guard post near Hwacheon on Monday.",
        "The four went on foot over the ice of the Tumen River on Monday.",
        "Three North Koreans on a raft were picked up off Sokcho on Wednesday.",
        "A North Korean freighter steamed through the Cheju Strait on Sunday.",
    ],
)
def test_a_way_is_read_to_its_end(text: str) -> None:
    kinds = _kinds(text)
    assert len(kinds) == 1
    assert set(kinds) <= _WAYS_OVER


@pytest.mark.parametrize(
    "text",
    [
        "The sergeant knew his way through the mines and along the line, he said on Friday.",
        "The farmers walked to the market and over the bridge on Monday.",
        "Snow came over from the sea in January.",
        "The minister walked into the ministry in Beijing on Wednesday.",
        "A boat with six farmers from Sokcho reached a pier on Tuesday.",
        "Investigators were asking him how he had crossed the line.",
        "Troops searched the beaches on Friday in case agents had been landed.",
        "Farmers of a village in the zone came home before dark on Monday.",
        "Guides led the reporters through a minefield near the line on Tuesday.",
    ],
)
def test_a_way_that_leads_nowhere_of_note_tells_of_nothing(text: str) -> None:
    assert _kinds(text) == []


def test_opposite_ways_of_one_day_are_two() -> None:
    text = (
        "A party of 80 South Koreans went over the line here on Friday. "
        "At the same hour 80 North Koreans came south and traveled to Seoul."
    )
    found = extract(text, published=date(1984, 6, 23))
    assert set(found["direction"]) == {"north_to_south", "south_to_north"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The two were handed over at Panmunjom on Monday.", "diplomacy"),
        ("On Monday the South handed them back at Panmunjom against their will.", "diplomacy"),
        (
            "Nine North Koreans who had been in the South for a month went home on Sunday.",
            "diplomacy",
        ),
        ("Twenty commandos entered Seoul on Jan. 21 to kill the president.", "infiltration"),
        ("The trawler was taken to the port of Wonsan on Sunday.", "abduction"),
        ("The North arrested him at the joint complex on May 30.", "abduction"),
        ("The gunmen took control of the plane on Tuesday on its way to Pusan.", "abduction"),
        ("A girl of 13 was carried off by North Korean agents in November 1977.", "abduction"),
        ("Four Americans walked out of North Korea on Wednesday.", "diplomacy"),
        ("The prisoners walked over the bridge to freedom on Wednesday.", "diplomacy"),
        ("The crew was back in Sokcho on Friday after 40 days in the North.", "diplomacy"),
        ("Two boats were taken by North Korean torpedo boats on Friday.", "abduction"),
        ("Eighty men landed near Samchok last October.", "infiltration"),
        ("The submarine was discovered on a sandbank near Kangnung on Sept. 18.", "infiltration"),
        ("In June a net snared a small submarine off Sokcho.", "infiltration"),
        ("A squid boat met a wooden boat with two men aboard on Friday.", "naval"),
        ("South Korea sent home the ashes of 11 infiltrators on Monday.", "diplomacy"),
    ],
)
def test_who_is_handed_over_enters_or_is_taken(text: str, kind: str) -> None:
    assert _kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "The injured pilot was taken to a hospital in Seoul on Friday.",
        "Eight fishermen were lifted from the sea by a patrol boat and taken to Sokcho on Monday.",
        "Forty sailors were taken off the ship by the Coast Guard on Friday.",
        "Pyongyang charged on Monday that he had been kidnapped by Seoul's agents.",
    ],
)
def test_who_is_taken_into_care_is_not_abducted(text: str) -> None:
    assert "abduction" not in _kinds(text)


def test_one_more_who_vanishes_is_abducted_where_others_were() -> None:
    text = (
        "A couple was kidnapped from a beach by North Korean agents in August 1978. "
        "Yukio Mori, who was 20, disappeared from the same coast on Aug. 12 of that year."
    )
    assert _kinds(text) == ["abduction", "abduction"]


def test_who_was_abducted_comes_home() -> None:
    text = (
        "The editor was kidnapped from a hotel in Tokyo by agents on Aug. 8. "
        "He turned up blindfolded near his home in Seoul on Monday."
    )
    assert _kinds(text, "1973-08-14") == ["abduction", "diplomacy"]


@pytest.mark.parametrize(
    "text",
    [
        "It rained near the border on Sunday, the fourth day in a row, South Korea said.",
        "The North's ambassador walked out of the session on Saturday.",
        "People who defected from the North sent leaflets over the border on Thursday.",
    ],
)
def test_nobody_flees_who_walks_out_of_talks_or_once_fled(text: str) -> None:
    assert "defection" not in _kinds(text)


def test_custody_after_a_crossing_is_no_second_incident() -> None:
    text = "A North Korean man crossed the line on Monday and was taken into custody."
    assert len(_kinds(text)) == 1


def test_an_airliner_that_is_taken_north_is_one_incident() -> None:
    text = (
        "A South Korean airliner that vanished on Sunday on a flight to Seoul was taken to "
        "Pyongyang by gunmen."
    )
    assert _kinds(text) == ["abduction"]


def test_the_ship_that_crossed_is_not_who_drove_it_off() -> None:
    text = (
        "South Korea's navy fired warning shots on Friday to drive off a North Korean "
        "merchant ship that crossed the sea border."
    )
    found = extract(text, published=date(2025, 9, 26))
    crossing = found[found["kind"] == "crossing"]
    assert crossing["actor"].tolist() == ["North Korean merchant ship"]
