"""Where an incident was, when the sentence that tells of it does not say so plainly."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from bordermap.extract import extract, find_toponyms
from bordermap.extract.tokens import sentences

PUBLISHED = date(2024, 6, 22)


def places(text: str) -> list[tuple[str, str | None]]:
    """Return kind and place of what a text tells of."""
    found = extract(text, published=PUBLISHED)
    return [
        (r["kind"], None if pd.isna(r["place"]) else r["place"]) for r in found.to_dict("records")
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Residents of Yeonpyeong Island slept badly. North Korean guns shelled the island on "
         "Thursday.", "Yeonpyeong Island"),
        ("The Imjin River was high. On Thursday a North Korean soldier swam the same river and "
         "defected to the South.", "Imjin River"),
        ("Marines keep watch on Baengnyeong Island. On Thursday North Korea fired shells there.",
         "Baengnyeong Island"),
        ("PANMUNJOM, Korea (AP) - A North Korean soldier crossed the line here on Thursday.",
         "PANMUNJOM"),
        ("연평도 주민들은 대피했다. 북한군은 20일 이 섬에 포탄 100여 발을 발사했다.", "연평도"),
    ],
)  # fmt: skip
def test_a_word_for_a_place_stands_for_the_one_named_before(text: str, place: str) -> None:
    assert place in [where for _, where in places(text)]


def test_the_island_is_the_one_where_something_happened() -> None:
    text = (
        "North Korea shelled Yeonpyeong Island on Thursday. Ferries to Baengnyeong Island ran on. "
        "In 2010 the North bombarded the island and four people died."
    )
    assert [where for _, where in places(text)] == ["Yeonpyeong Island"] * 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The plane flew to Kadena, Okinawa, and on to Miho.", ["Kadena", "Okinawa", "Miho"]),
        ("A drone grazed P-73 over Yongsan.", ["P-73", "Yongsan"]),
        ("미사일은 홋카이도 상공을 지났다. 등산객은 하산했다.", ["홋카이도"]),
        ("Mr. Hasan and Arthur Bonifas were there.", []),
    ],
)
def test_places_around_are_read_and_words_like_them_are_not(text: str, names: list[str]) -> None:
    assert [mention.text for mention in find_toponyms(text)] == names


def test_a_base_abroad_is_where_a_plane_came_home() -> None:
    text = (
        "In April, 2024, two North Korean fighters shot up a reconnaissance plane over the Sea of "
        "Japan and it limped home to Yokota."
    )
    assert "Yokota" not in [where for _, where in places(text)]


def test_there_were_is_no_place() -> None:
    text = "Talks were held in Paju. There were shots fired by North Korean soldiers on Thursday."
    assert [where for kind, where in places(text) if kind == "gunfire"] == [None]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Boats from Wonsan landed armed North Korean agents near Samcheok on Thursday.",
         "Samcheok"),
        ("A North Korean soldier crossed the line in the hills of Yanggu County, northeast of "
         "Seoul, on Thursday.", "Yanggu County"),
        ("Bobby Hall of Brooksville was shot dead by North Korean soldiers near Paju on Thursday.",
         "Paju"),
        ("A train bound for Kaesong stood still when North Korean soldiers opened fire near Paju "
         "on Thursday.", "Paju"),
    ],
)  # fmt: skip
def test_where_someone_comes_from_or_goes_is_not_where_it_was(text: str, place: str) -> None:
    assert [where for _, where in places(text)][:1] == [place]


def test_what_happened_elsewhere_that_day_lends_no_place() -> None:
    text = (
        "North Korean soldiers opened fire near Paju on Thursday. Two guards were hurt. Nobody "
        "slept. The night was long. The army said little. North Korea also launched two missiles "
        "on Thursday."
    )
    assert ("missile", "Paju") not in places(text)


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("국방부는 20일 강원도 철원에서 북한군이 총격을 가했다고 밝혔다.", "kr-cheorwon"),
        ("Soldiers were shot at on Thursday a kilometer south of the Demilitarized Zone near "
         "Chorwon, North Korean guards having opened fire.", "kr-cheorwon"),
    ],
)  # fmt: skip
def test_the_text_tells_which_side_s_namesake_is_meant(text: str, place_id: str) -> None:
    assert place_id in {m.place_id for m in find_toponyms(text)}


def test_nothing_chooses_between_namesakes_where_no_word_tells() -> None:
    found = find_toponyms("Shots were heard near Chorwon on Thursday.")
    assert [m.place_id for m in found] == [None]


def test_the_line_and_its_zone_are_names_in_lower_case_too() -> None:
    found = find_toponyms("A tunnel runs beneath the demilitarised zone and the demarcation line.")
    assert [m.place_id for m in found] == ["dmz", "mdl"]


def test_where_somebody_spoke_is_not_where_it_was() -> None:
    text = "In New York the Council condemned the shelling of Yeonpyeong Island on Thursday."
    assert "New York" not in [where for _, where in places(text)]


def test_this_port_is_where_the_report_was_written() -> None:
    text = (
        "PUSAN, South Korea - On the edge of this port soldiers seized two North Korean frogmen "
        "on Thursday."
    )
    assert [where for _, where in places(text)] == ["PUSAN"]


@pytest.mark.parametrize(
    ("text", "usage"),
    [
        ("The raid on the Blue House failed.", "place"),
        ("A spokesman of the Blue House denied it.", "metonym"),
        ("청와대는 20일 유감을 표명했다.", "metonym"),
        ("20일 청와대 인근에서 풍선이 발견됐다.", "place"),
    ],
)
def test_a_president_s_house_is_a_place_only_where_the_words_say_so(text: str, usage: str) -> None:
    assert [m.usage.value for m in find_toponyms(text)] == [usage]


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("20일 북한 무인기가 군사분계선을 넘어왔다.", "north_to_south"),
        ("20일 어선 한 척이 북방한계선을 넘어갔다.", "south_to_north"),
    ],
)
def test_a_korean_verb_tells_the_direction(text: str, direction: str) -> None:
    assert extract(text, published=PUBLISHED)["direction"].tolist() == [direction]


def test_a_missile_from_the_north_s_soil_is_the_north_s() -> None:
    found = extract("On Thursday two missiles were launched from Sukchon.", published=PUBLISHED)
    assert found["actor"].tolist() == ["North Korea"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("North Korean troops shot at a guard post on Thursday, officials said in Seoul.", "Seoul"),
        ("A soldier of the North crossed the Military Demarcation Line on Thursday. He is being "
         "questioned in Chuncheon.", "Chuncheon"),
        ("A mine exploded near the Demilitarized Zone on Thursday. The wounded were flown to a "
         "hospital in Seongnam.", "Seongnam"),
    ],
)  # fmt: skip
def test_what_came_afterwards_is_no_place_of_it(text: str, wrong: str) -> None:
    assert wrong not in [where for _, where in places(text)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("From the area of Kaesong North Korea fired 80 shells on Friday that came down at sea, "
         "Seoul reported.", "Kaesong"),
        ("At Puyo, 100 miles south of Seoul, policemen seized a North Korean spy on Friday.",
         "Puyo"),
        ("A tremor was recorded in Kilju county on Friday, minutes before Pyongyang told the world "
         "that it had set off an atomic bomb.", "Kilju county"),
        ("The two leaders signed a statement in Singapore on Friday.", "Singapore"),
        ("A soldier crossed the Military Demarcation Line in the eastern sector on Friday.",
         "eastern sector"),
        ("북한군 수십 명이 20일 중부전선에서 군사분계선을 넘어왔다.", "중부전선"),
        ("북한군 하사가 20일 강원도 고성군 군사분계선을 넘어 귀순했다고 합참이 밝혔다.", "고성군"),
    ],
)  # fmt: skip
def test_of_several_places_the_one_where_it_was_is_chosen(text: str, place: str) -> None:
    assert place in [where for _, where in places(text)]


def test_a_day_of_a_year_ago() -> None:
    told = extract("A pact was signed in Pyongyang on Sept. 19 a year ago.", published=PUBLISHED)
    assert told["date_start"].dt.date.tolist() == [date(2023, 9, 19)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("An American pilot came back over the truce line at Panmunjom on Friday.", "Panmunjom"),
        ("Three days after its generals had been received in Incheon, a patrol boat of the North "
         "crossed the Northern Limit Line near Yeonpyeong Island on Friday.",
         "Yeonpyeong Island"),
        ("Residents of Yeonpyeong Island slept badly. On Thursday two shells fired from the North "
         "landed close to a corvette on watch off the island.", "Yeonpyeong Island"),
        ("Soldiers seized thirty villagers on a mud flat in the Yellow Sea on Friday. They had "
         "come in boats to dig near Maldo.", "Maldo"),
        ("동해에서 20일 조업하던 포항 선적 어선이 북측에 붙잡혔다.", "동해"),
    ],
)  # fmt: skip
def test_a_place_in_passing_is_not_where_it_was(text: str, place: str) -> None:
    assert place in [where for _, where in places(text)]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("On Friday a MiG flew over the Northern Limit Line. A missile battery at Inchon stood "
         "ready to fire.", "Inchon"),
        ("A boat out of Jangsangot was fired on last Friday.", "Jangsangot"),
        ("TOKYO (AP) - MIG's attacked a plane on Friday. Officers here said who had shot it down.",
         "TOKYO"),
    ],
)  # fmt: skip
def test_where_forces_and_speakers_are_is_not_where_it_was(text: str, wrong: str) -> None:
    assert wrong not in [where for _, where in places(text)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("On Thursday a patrol lost its way in fog near Panmunjom. Then one man trod on a mine.",
         "Panmunjom"),
        ("On Thursday gunners shot down a helicopter that had strayed over Kosong county.",
         "Kosong county"),
    ],
)  # fmt: skip
def test_a_place_of_the_scene_is_where_it_was(text: str, place: str) -> None:
    assert [where for _, where in places(text)][-1] == place


def test_blank_lines_between_two_paragraphs_are_none() -> None:
    text = "A MIG was shot down by jets, it was made known here today by the Air Force, " + (
        "in a paper that nobody had asked for and came late.\n\nIt took place on Thursday over "
        "the Yellow Sea."
    )
    assert [s.paragraph for s in sentences(text)] == [0, 1]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A drone that had taken off from Pyonggang was found in Cheorwon on Thursday.",
         "Cheorwon"),
        ("A group with its office in Seoul let balloons fly at Gimpo on Thursday.", "Gimpo"),
        ("A helicopter from a base in Uijeongbu was shot down over the Demilitarized Zone on "
         "Thursday.", "Demilitarized Zone"),
        ("A defector who had lived in Gimpo swam from Ganghwa Island to the North on Thursday.",
         "Ganghwa Island"),
        ("Two MIGs fought with jets over the Yellow Sea on Thursday before making off to Sinuiju.",
         "Yellow Sea"),
        ("Agents blew up the liaison office at Kaesong on Thursday.", "Kaesong"),
    ],
)  # fmt: skip
def test_where_the_doer_is_from_or_went_is_not_where_it_was(text: str, place: str) -> None:
    assert [where for _, where in places(text)] == [place]


@pytest.mark.parametrize(
    ("text", "lon_lat"),
    [
        ("A jet was shot down 100 km (60 miles) northwest of Seoul on Tuesday.", (126.18, 38.2)),
        ("A jet was shot down two and a half miles south of Panmunjom on Tuesday.",
         (126.68, 37.92)),
        ("북한 경비정이 18일 백령도 서쪽 20㎞ 해상에서 북방한계선을 넘었다가 돌아갔다.",
         (124.45, 37.95)),
    ],
)  # fmt: skip
def test_a_stated_distance_moves_the_place(text: str, lon_lat: tuple[float, float]) -> None:
    point = extract(text, published=PUBLISHED).geometry.iloc[0]
    assert (point.x, point.y) == pytest.approx(lon_lat, abs=0.05)


def test_namesakes_across_the_line_are_placed_between_them() -> None:
    row = extract("Shots were heard near Chorwon on Thursday.", published=PUBLISHED).iloc[0]
    assert pd.isna(row["place_id"])
    assert row.geometry.distance(extract_point("Cheorwon")) < 0.3
    assert row["radius_m"] > 30_000


def extract_point(name: str) -> object:
    """Return where the one place of a name lies."""
    text = f"Shots were heard in South Korea's {name} on Thursday."
    return extract(text, published=PUBLISHED).geometry.iloc[0]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A North Korean man crossed the border in Goseong on Tuesday and was being questioned in "
         "Seoul.", "Goseong"),
        ("North Korea seized two trawlers from Kunsan near Baengnyeong Island on Friday.",
         "Baengnyeong Island"),
        ("North Korea sent jamming signals from Kaesong on Thursday that disturbed airliners near "
         "Incheon airport.", "Kaesong"),
    ],
)  # fmt: skip
def test_a_place_belongs_to_the_verb_that_it_hangs_on(text: str, place: str) -> None:
    assert [where for _, where in places(text)][:1] == [place]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("North Korea fired two short-range ballistic missiles on Saturday, the South said. They "
         "were launched from the Sunan area of Pyongyang at about 7 a.m.", "Sunan"),
        ("A North Korean soldier defected on Monday. He had been seen near Panmunjom by guards.",
         "Panmunjom"),
        # Where the hurt are brought, and what another day saw, is no place of it.
        ("A mine went off on Monday and hurt a sergeant. He lies in a hospital in Suwon.", None),
        ("A mine went off on Monday and hurt a sergeant. Those near Paju were cleared in 2015.",
         None),
    ],
)  # fmt: skip
def test_the_sentences_after_tell_the_spot(text: str, place: str | None) -> None:
    assert [where for _, where in places(text)] == [place]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("On Monday the North released at Panmunjom three airmen whose helicopter had strayed "
         "across the Demilitarized Zone and been shot down.", "Demilitarized Zone"),
        ("A pilot of the North landed his MIG at Kimpo Air Base on Monday and asked for asylum.",
         "Kimpo"),
        ("North Korean agents blew up a bridge in the Kumgang mountains on Monday.",
         "Kumgang mountains"),
        ("Two raiders were seen on Monday in the mountains of Inje, close to the zone, and ran. "
         "They answered with rifles when soldiers closed in.", "Inje"),
    ],
)  # fmt: skip
def test_the_main_verb_of_another_clause_keeps_its_place(text: str, place: str) -> None:
    assert place in [where for _, where in places(text)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A sergeant who was hurt by a mine in Paju on Monday is in a hospital in Suwon.", "Paju"),
        ("Seismologists felt the nuclear test of Sept. 3 and agreed with those in Seoul on it.",
         None),
        ("A blast shook the North's border with China on Monday.", None),
        ("Spies killed a student on Monday on her way home from school in Paju.", "Paju"),
    ],
)  # fmt: skip
def test_those_who_stand_by_tell_no_place(text: str, place: str | None) -> None:
    assert {where for _, where in places(text)} == {place}


def test_the_site_is_where_such_a_thing_happened_before() -> None:
    text = (
        "North Korea tested a nuclear bomb at Punggye-ri on Thursday. The two leaders had shaken "
        "hands at Panmunjom on April 27. The last nuclear explosion at the site was that of "
        "Sept. 3."
    )
    assert [where for kind, where in places(text) if kind == "nuclear"] == ["Punggye-ri"] * 2


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("NLL에서 남북 함정이 18일 교전했다.", "NLL"),
        ("북한이 18일 평양 부근에서 탄도미사일을 동해로 쐈다.", "평양"),
        ("North Korea fired a missile on Thursday from Toyang-ri in Chagang.", "Chagang"),
        ("Guards fired at a jet of an airline from Chengdu near Gyodong Island on Thursday.",
         "Gyodong Island"),
    ],
)  # fmt: skip
def test_a_name_is_known_with_its_particle_and_by_what_it_lies_in(text: str, place: str) -> None:
    assert place in [where for _, where in places(text)]


def test_off_a_peninsula_is_a_spot_beside_it() -> None:
    text = "In March warning shots were fired at two ships off the Noto Peninsula."
    row = extract(text, published=PUBLISHED).iloc[0]
    assert row["precision"] == "near"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("An American U-2 from Osan was fired at over the Yellow Sea on Monday.", "Yellow Sea"),
        ("A helicopter on a flight from Camp Page to Kimpo strayed over the Demilitarized Zone on "
         "Saturday and was shot down.", "Demilitarized Zone"),
        ("A sergeant of the North crossed the line near Yanggu on Sunday; he is held at a base in "
         "Wonju.", "Yanggu"),
        ("The North fired shells from Hwanghae Province, across from Baengnyeong, on Tuesday.",
         "Hwanghae Province"),
        ("경기도 파주에서 18일 목함지뢰 폭발로 다친 남성이 고양의 병원으로 옮겨졌다.", "파주"),
    ],
)  # fmt: skip
def test_bases_journeys_and_what_came_after_are_no_place_of_it(text: str, place: str) -> None:
    assert {where for _, where in places(text)} == {place}


@pytest.mark.parametrize(
    ("text", "number", "place"),
    [
        # A place that stands with another day is of the other deed.
        ("North Korea blew up roads near Kaesong on May 15, and on May 31 it launched a missile.",
         1, None),
        ("Pyongyang launched a rocket from Musudan-ri on April 5 and carried out a nuclear test on "
         "May 25.", 1, None),
        ("PANMUNJOM, Korea, June 20 (AP) - A party of 151 South Koreans crossed the line here on "
         "Thursday and was driven by way of Kaesong to Pyongyang.", 0, "PANMUNJOM"),
        ("North Korean officers told the United Nations Command at Panmunjom on Wednesday that it "
         "would no longer honor the armistice.", 0, "Panmunjom"),
        ("North Korea carried out a nuclear test at Punggye-ri on May 25, 2009. On Feb. 12, 2013, "
         "it carried out another nuclear test at the same mountain.", 1, "Punggye-ri"),
    ],
)  # fmt: skip
def test_a_place_is_of_the_deed_it_stands_with(text: str, number: int, place: str | None) -> None:
    table = extract(text, published=date(2024, 6, 22))
    found = table["place"].iloc[number]
    assert (found if isinstance(found, str) else None) == place


def test_what_words_answer_was_before_their_day() -> None:
    table = extract(
        "Kim Yo Jong issued a threat on Friday after South Korean activists launched balloons "
        "carrying leaflets across the border. The activists said they sent 20 balloons with "
        "300,000 leaflets from Paju on Thursday.",
        published=date(2024, 6, 22),
    )
    leaflets = table[table["kind"] == "leaflet"]
    assert [str(d.date()) for d in leaflets["date_start"]] == ["2024-06-20"]


def test_fire_plays_where_the_sentence_before_it_does() -> None:
    table = extract(
        "A North Korean soldier ran across the line at Panmunjom last November. His comrades shot "
        "at him four times.",
        published=date(2024, 6, 22),
    )
    assert table["place"].tolist() == ["Panmunjom", "Panmunjom"]


def test_a_report_from_panmunjom_tells_of_panmunjom() -> None:
    table = extract(
        "PANMUNJOM, Korea (AP) - North Korea on Thursday returned the body of an American pilot.",
        published=date(2024, 6, 22),
    )
    assert table["place"].tolist() == ["PANMUNJOM"]


def test_who_was_shot_the_day_before_is_told_once() -> None:
    table = extract(
        "A North Korean soldier who was shot by his comrades as he ran to the South remained in "
        "critical condition on Friday. Four soldiers fired 40 rounds at the man on Thursday.",
        published=date(2024, 6, 22),
    )
    shots = table[table["kind"] == "gunfire"]
    assert [str(d.date()) for d in shots["date_start"]] == ["2024-06-20"]
