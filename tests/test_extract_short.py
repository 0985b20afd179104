"""Deeds told in short: "seventeen went back", "the North did the same", "two were rammed"."""

from __future__ import annotations

from datetime import date

import pytest

from bordermap.extract import extract
from bordermap.extract.assembly import read_text
from bordermap.extract.lexicon import packaged_gazetteer
from bordermap.extract.records import Record, day_of

SATURDAY = date(2024, 6, 22)
SHOTS = "North Korean troops fired 20 rounds at a guard post near Cheorwon on Thursday."
BOATS = "Four North Korean fishing boats crossed the Northern Limit Line off Yeonpyeong on Friday."
SPEAKERS = "South Korea switched off its loudspeakers along the border on Wednesday."


def more(lead: str, sentence: str) -> list[Record]:
    """Return what a sentence tells beside the one before it."""
    text = f"{lead} {sentence}"
    read = read_text(text, published=SATURDAY, gazetteer=packaged_gazetteer())
    return [r for r in read.records if r.quote[0] > len(lead)]


@pytest.mark.parametrize(
    "answer",
    [
        "The answer was about 60 rounds from rifles and a machine gun.",
        "Within a minute seventeen went back.",
        "Forty rounds went back across the line.",
        "Five were sent back at once.",
        "The southerners, none of whom was hurt, sent back some 200.",
        "The South sent a single round back.",
        "It drew a reply of 60 rounds.",
        "The South Korean side replied in kind.",
        "South Korean howitzers silenced the guard post.",
        "An hour later shots rang out on the southern side too.",
    ],
)
def test_fire_is_answered_in_few_words(answer: str) -> None:
    (reply,) = more(SHOTS, answer)
    assert str(reply.kind) in {"gunfire", "artillery"}
    assert str(day_of(reply)) == "2024-06-20"


@pytest.mark.parametrize(
    "words",
    [
        "The answer was a protest at Panmunjom.",
        "No rounds were sent back.",
        "The South was ready to send back three for every one.",
        "Talks between the two sides opened up a way out.",
        "Five officers went back to Seoul on Friday.",
    ],
)
def test_what_only_sounds_like_an_answer_is_none(words: str) -> None:
    assert not more(SHOTS, words)


@pytest.mark.parametrize(
    ("lead", "words", "kind", "day"),
    [
        (BOATS, "On June 3 a patrol vessel did so.", "crossing", "2024-06-03"),
        (BOATS, "Six did the same on Thursday.", "crossing", "2024-06-20"),
        (BOATS, "On Saturday three were rammed.", "naval", "2024-06-22"),
        (SPEAKERS, "The North fell silent the next day.", "loudspeaker", "2024-06-20"),
        (SPEAKERS, "The North followed suit on Thursday.", "loudspeaker", "2024-06-20"),
        (SPEAKERS, "Across from them the same work was under way.", "loudspeaker", "2024-06-19"),
    ],
)
def test_others_do_the_same(lead: str, words: str, kind: str, day: str) -> None:
    (record,) = more(lead, words)
    assert (str(record.kind), str(day_of(record))) == (kind, day)


@pytest.mark.parametrize(
    "words",
    [
        "It did so by mistake.",
        "The navy urged them to turn back, and they did so.",
        "No other boat did so.",
        "The South would do the same, an officer said.",
        "Four were asked on Saturday what they had seen.",
    ],
)
def test_who_does_so_may_be_the_same_one_or_nobody(words: str) -> None:
    assert not more(BOATS, words)


@pytest.mark.parametrize(
    ("lead", "words", "kind"),
    [
        ("North Korea fired 130 shells into the sea at 1:20 a.m. on Friday.",
         "Roughly 40 more were fired at 2:57 a.m. from Kuup-ri.", "artillery"),
        ("North Korean balloons with trash came down in Seoul on Tuesday.",
         "More set out on Wednesday evening.", "balloon"),
        ("Two North Korean agents were killed near Inje on Thursday.",
         "On Friday another was caught near Samcheok.", "infiltration"),
        ("North Korea launched two missiles from Wonsan on May 4.",
         "Two more went up on May 9.", "missile"),
    ],
)  # fmt: skip
def test_more_of_what_was_told_is_counted_without_its_noun(
    lead: str, words: str, kind: str
) -> None:
    assert [str(r.kind) for r in more(lead, words)] == [kind]


def test_those_who_followed_a_deserter_over_came_over_too() -> None:
    lead = "A North Korean soldier ran across the line at Panmunjom on Thursday."
    (record,) = more(lead, "One of his pursuers followed him over and turned back.")
    assert str(record.kind) == "crossing"


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("It was stronger than that of Sept. 9, 2016.", ["2016-09-09"]),
        ("The tests before it were those of October 9, 2006, and May 25, 2009.",
         ["2006-10-09", "2009-05-25"]),
        ("One tunnel has been idle since the first, in October 2006.", ["2006-10-01"]),
        ("The test on Jan. 6 had come to six kilotons.", ["2024-01-06"]),
    ],
)  # fmt: skip
def test_others_of_a_kind_are_named_by_their_days(words: str, days: list[str]) -> None:
    lead = "North Korea detonated a nuclear device at Punggye-ri on Tuesday."
    found = more(lead, words)
    assert sorted(str(r.span.start) for r in found if r.span) == days
    assert {str(r.kind) for r in found} == {"nuclear"}


@pytest.mark.parametrize(
    "words",
    [
        "The declaration of April 27 forbids it.",
        "Trade was half that of 2016.",
        "The exercise was smaller than that of 2018.",
        "The one on Monday will be a holiday.",
        "The first of June was a Saturday.",
    ],
)
def test_a_day_alone_names_nothing(words: str) -> None:
    assert not more("North Korea fired two missiles from Wonsan on Friday.", words)


def told(text: str) -> list[str]:
    """Return the kinds of what a text tells."""
    read = read_text(text, published=SATURDAY, gazetteer=packaged_gazetteer())
    return sorted(str(r.kind) for r in read.records)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Three holes were found in the fence at Cheorwon on Tuesday.", "crossing"),
        ("The wire near Yeoncheon was found cut on Tuesday.", "crossing"),
        ("A dead frogman lay on a beach in Donghae on Tuesday.", "infiltration"),
        ("Fins and a wet suit were found on a beach in Goseong on Tuesday.", "infiltration"),
        ("The sites of the presidential office and of banks were hit on Friday.", "cyber_gps"),
    ],
)
def test_what_is_found_or_hit_is_told_in_the_passive(text: str, kind: str) -> None:
    assert told(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Holes were found in the accounts of the fund on Tuesday.",
        "A hole was discovered in the roof of the school on Tuesday.",
        "The site was hit by rain on Tuesday.",
        "A siren went off in Seoul on Wednesday as part of a drill.",
    ],
)
def test_other_holes_and_sites_tell_of_nothing(text: str) -> None:
    assert told(text) == []


def test_signals_and_sites_are_two_attacks() -> None:
    text = (
        "The North jammed satellite signals near the border on Friday. "
        "About 40 websites, those of banks among them, were hit the same day."
    )
    assert told(text) == ["cyber_gps", "cyber_gps"]


def test_a_charge_in_a_tunnel_is_not_the_tunnel() -> None:
    text = (
        "Soldiers found a tunnel near Korangpo on Thursday, and came under machine-gun fire. "
        "Two officers died on Friday when a charge went off in it."
    )
    assert told(text) == ["explosion", "gunfire", "infiltration"]


def test_whom_commandos_killed_on_another_day_is_told_in_the_passive() -> None:
    text = (
        "North Korean commandos came ashore near Gangneung on May 8. "
        "A farmer who was alone in the woods was put to death on May 22."
    )
    assert told(text) == ["infiltration", "infiltration"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Several shots were fired from a North Korean guard post toward a Southern one in Inje "
         "on Monday. Soldiers of the South returned about 10 rounds at once.",
         ["gunfire", "gunfire"]),
        ("North Korea carried out its fourth nuclear test on Wednesday. The first was in October "
         "2006. A second device was set off in May 2009.", ["nuclear", "nuclear", "nuclear"]),
        ("North Korean gunboats sank a South Korean fishing boat off Baengnyeong Island on Monday "
         "and seized another.", ["abduction"]),
        ("Thirty-nine people of the airliner walked back through Panmunjom on Feb. 14.",
         ["diplomacy"]),
        ("Kim Jong Un stepped over the Military Demarcation Line on Friday. The two leaders then "
         "met at the Peace House in Panmunjom.", ["crossing", "diplomacy"]),
    ],
)  # fmt: skip
def test_what_goes_on_is_told_apart(text: str, expected: list[str]) -> None:
    table = extract(text, published=date(2024, 6, 22))
    assert sorted(table["kind"]) == expected
