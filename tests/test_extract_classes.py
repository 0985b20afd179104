"""Ordinary verbs tell of an incident where who does it, and whereto, is of the border."""

from __future__ import annotations

from datetime import date

import pytest

from bordermap.extract import extract
from bordermap.extract.grammar import Compiler

PUBLISHED = date(2024, 6, 20)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Four armed Northerners showed up south of the line in Yanggu on Wednesday.", "crossing"),
        ("An empty wooden boat floated across the maritime border near Sokcho on Thursday.",
         "crossing"),
        ("A North Korean fighter dropped out of the sky near Wonsan on Tuesday.", "aircraft"),
        ("A small drone was lying in a wood near Paju on Tuesday, its tank empty.", "drone"),
        ("An unmanned plane from the North was found by a hiker on a hill near Samcheok on Sunday.",
         "drone"),
        ("Two North Korean drones slipped past the air defences on Monday and circled above Seoul.",
         "drone"),
        ("More than 200 balloons with rubbish were on their way to the South by Saturday night.",
         "balloon"),
        ("A balloon with trash came to rest on the roof of a school in Incheon on Monday.",
         "balloon"),
        ("Bags of waste hung from balloons that settled on farms in Yeoncheon on Tuesday.",
         "balloon"),
        ("Propaganda sheets from the North lay all over a park in Ilsan on Wednesday.", "leaflet"),
        ("Activists lofted 300,000 leaflets toward the North from Cheorwon on Friday.", "leaflet"),
        ("The loudspeakers on the western front have been dumb since Wednesday.", "loudspeaker"),
        ("The South turned its loudspeakers back on Sunday afternoon.", "loudspeaker"),
        ("The North's loudspeakers howled like wolves over Ganghwa again on Monday night.",
         "loudspeaker"),
        ("A South Korean farmer lost a foot to a mine near Yanggu on Tuesday.", "mine"),
        ("A wooden box mine came ashore on an island off Ganghwa on Saturday.", "mine"),
        ("North Korean soldiers dug in mines along the Gyeongui road on Monday.", "mine"),
        ("The North ran up a wall of concrete along its side of the line in June.", "construction"),
        ("North Korea has ripped the rails from the Donghae line since May.", "construction"),
        ("Soldiers took down ten guard posts in the Demilitarized Zone on Friday.", "construction"),
        ("A bomb went up in the hall of Kimpo Airport on Sunday and left five people dead.",
         "explosion"),
        ("North Korea had the inter-Korean road at Kaesong blown to bits on Tuesday.", "explosion"),
        ("A charge of dynamite tore a barracks apart near the truce line on Monday night.",
         "explosion"),
        ("A North Korean torpedo boat was sent to the bottom off Yeonpyeong on Tuesday.", "naval"),
        ("Navy boats of the two Koreas banged into each other west of Yeonpyeong on Friday.",
         "naval"),
        ("A South Korean trawler was led off to Wonsan by a North Korean patrol boat on Monday.",
         "abduction"),
        ("North Korean agents made off with a schoolboy from a beach near Gunsan on Saturday.",
         "abduction"),
        ("North Korea has locked up an American tourist since Thursday.", "abduction"),
        ("A submarine from the North stuck fast on the rocks near Gangneung on Wednesday.",
         "infiltration"),
        ("Five armed men from the North set foot on the beach at Samcheok on Friday night.",
         "infiltration"),
        ("Police picked up two North Korean spies in Daegu on Monday.", "infiltration"),
        ("North Korea sent two short-range missiles on their way from Wonsan on Tuesday.",
         "missile"),
        ("The North put a military satellite into space on Tuesday night.", "missile"),
        ("North Korea touched off its sixth atomic device at Punggye-ri on Sunday.", "nuclear"),
        ("The North has started up its reactor at Yongbyon again since July.", "nuclear"),
        ("A tremor of magnitude 5.1 betrayed a nuclear explosion under Mount Mantap on Wednesday.",
         "nuclear"),
        ("The North let off 130 shells from its coast near Haeju on Monday.", "artillery"),
        ("Some 60 shells hit the water north of Yeonpyeong on Saturday.", "artillery"),
        ("A North Korean sniper hit a South Korean sentry in the shoulder near Hwacheon on Monday.",
         "gunfire"),
        ("The North brought up long-range guns to the front near Kaesong on Friday.", "deployment"),
        ("An American nuclear submarine lay at Busan on Monday.", "deployment"),
        ("North Korean soldiers are back in their guard posts along the line since Friday.",
         "deployment"),
        ("Signals from Haeju swamped the satellite navigation of ships near Incheon on Friday.",
         "cyber_gps"),
        ("North Korean hackers got hold of coins worth 300 million dollars on Friday.",
         "cyber_gps"),
        ("A virus from Pyongyang knocked 32,000 computers of banks out on Wednesday.", "cyber_gps"),
        ("North Korea let three Americans go on Wednesday.", "diplomacy"),
        ("The bodies of two soldiers were carried over the line at Panmunjom on Tuesday.",
         "diplomacy"),
        ("The crew of the trawler came home by way of Panmunjom on Friday.", "diplomacy"),
        ("Kim Yo Jong heaped scorn on Seoul's offer in a statement on Friday.", "statement"),
        ("North Korea told the United Nations on Monday that the armistice no longer bound it.",
         "statement"),
        ("The North's army let it be known on Tuesday that it would fire on balloons.",
         "statement"),
        ("North Korean guards set on an American officer with clubs at Panmunjom on Wednesday.",
         "other"),
        ("The North let water out of Hwanggang Dam on Sunday without a word.", "other"),
        ("A North Korean major was trampled in a fistfight at Panmunjom on Monday.", "other"),
        ("북한 어선 한 척이 5일 새벽 북방한계선을 2km가량 지나쳐 표류했다.", "crossing"),
        ("무장공비 26명이 탄 잠수함이 18일 강릉 앞바다 바위에 걸렸다.", "infiltration"),
        ("북한이 28일 밤 쓰레기를 매단 풍선 260여 개를 남쪽으로 흘려보냈다.", "balloon"),
        ("강화 주민들이 들어온 북한의 괴소음이 12일부터 그쳤다.", "loudspeaker"),
        ("북한군 1천500명이 8일 청진에서 러시아로 떠났다.", "deployment"),
        ("북한 해커들이 21일 코인 거래소에서 15억 달러를 빼냈다.", "cyber_gps"),
    ],
)  # fmt: skip
def test_a_verb_of_the_class_tells_the_kind(text: str, kind: str) -> None:
    assert extract(text, published=PUBLISHED)["kind"].tolist() == [kind]


def test_what_is_doubted_of_one_word_is_not_doubted_of_the_next() -> None:
    text = "Two bullets believed to be from a machine gun struck a post in Hwacheon on Friday."
    assert extract(text, published=PUBLISHED)["kind"].tolist() == ["gunfire"]


def test_a_verb_with_a_particle_is_known_in_a_list_too() -> None:
    compiler = Compiler({"comes": ["turn~_up", "came"]}, {})
    assert compiler.phrases("<comes>")[:3] == (("turn", "up"), ("turns", "up"), ("turned", "up"))
