"""Prose to incidents: what happened, when, where, who; and what did not happen."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bordermap.errors import InputError
from bordermap.extract import extract, find_toponyms
from bordermap.extract.dates import find_dates
from bordermap.extract.patterns import load_patterns
from bordermap.extract.tokens import sentences
from bordermap.table import AREA_PRECISIONS
from bordermap.tables import incidents_text

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

DAY = date(2024, 6, 22)  # a Saturday


def read(text: str, published: date | None = DAY) -> gpd.GeoDataFrame:
    return extract(text, published=published)


def kinds(text: str) -> list[str]:
    return read(text)["kind"].tolist()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("crossing", "North Korean soldiers stepped over the line near Cheorwon on Tuesday."),
        ("gunfire", "The two sides traded fire for ten minutes near Paju on Sunday."),
        ("artillery", "The North shot about 200 shells into the sea on Friday morning."),
        ("balloon", "North Korea floated some 100 trash-filled balloons toward the South."),
        ("leaflet", "Activists flew 300,000 leaflets from Paju on Thursday night."),
        ("loudspeaker", "The South turned its loudspeakers on again on Sunday afternoon."),
        ("mine", "A mine went off and injured two soldiers near Cheorwon on Monday."),
        ("construction", "The two sides destroyed ten guard posts each in November."),
        ("infiltration", "About 120 commandos came ashore near Uljin in late October 1968."),
        ("defection", "A soldier of the North walked over the line and asked for asylum."),
        ("drone", "Hikers found a small drone near Inje on Friday."),
        ("aircraft", "Four fighters of the North came within 15 meters of an RC-135 on Sunday."),
        ("naval", "Warships of North and South Korea fought off Yeonpyeong Island on Tuesday."),
        ("missile", "North Korea fired two ballistic missiles from Sunan on Wednesday."),
        ("nuclear", "North Korea set off a nuclear device at Punggye-ri on Monday."),
        ("explosion", "North Korea blew up parts of two roads north of the line on Tuesday."),
        ("abduction", "A trawler was seized by a patrol boat of the North on Friday."),
        ("cyber_gps", "GPS receivers failed on hundreds of ships since Wednesday."),
        ("deployment", "The North moved two missiles to its east coast on Thursday."),
        ("diplomacy", "North Korea cut all telephone lines to the South at noon on Tuesday."),
        ("statement", "North Korea declared on Saturday that it was in a state of war."),
        ("other", "Two officers were hacked to death by North Korean guards on Friday."),
    ],
)
def test_every_kind_is_read(kind: str, text: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("missile", "북한이 4일 자강도 무평리에서 탄도미사일 1발을 발사했다고 합참이 밝혔다."),
        ("crossing", "북한군 10여 명이 18일 다시 분계선을 넘어왔다."),
        ("gunfire", "남북 양측은 10분간 총격을 주고받았다."),
        ("artillery", "해병대는 K-9 자주포 80발로 응사했다."),
        ("leaflet", "탈북민 단체가 20일 파주에서 대북전단 30만 장을 띄웠다."),
        ("loudspeaker", "우리 군은 4일 전방의 대북 확성기를 모두 뜯어냈다."),
        ("mine", "4일 오전 파주 비무장지대에서 목함지뢰가 터져 하사 2명이 다쳤다."),
        ("defection", "북한 주민 1명이 8일 새벽 교동도로 귀순했다."),
    ],
)
def test_the_main_kinds_are_read_in_korean(kind: str, text: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Seoul would fire back if the North shelled the islands again.",
        "North Korea threatened to blow up the liaison office.",
        "The soldiers did not cross the Military Demarcation Line.",
        "No shots were fired along the line.",
        "Police stopped activists from launching balloons with leaflets at Imjingak on Monday.",
        "The North plans to send soldiers back into the guard posts.",
        "If the North fires a missile, the allies will answer.",
        "The law bans flying leaflets over the border.",
        "The missile is capable of striking Guam.",
        "South Korea regularly fires warning shots at boats.",
        "The army would send troops to Mount Kumgang, put up loudspeakers and dig trenches.",
        "경찰은 7일 파주 임진각에서 전단을 날리려던 단체를 막았다.",
        "북한은 확성기를 조준 사격하겠다고 위협했다.",
    ],
)
def test_threats_plans_and_what_did_not_happen_are_no_incidents(text: str) -> None:
    assert kinds(text) == []


def test_prompting_somebody_to_do_it_is_doing_it() -> None:
    assert "gunfire" in kinds("The shots prompted South Korean troops to return fire on Monday.")


def test_the_quote_is_exactly_the_text_at_its_offsets() -> None:
    text = "Seoul spoke.\n\nActivists flew 20 balloons with 300,000 leaflets from Paju on Thursday."
    row = read(text).iloc[0]
    assert row["quote"] == text[row["quote_start"] : row["quote_end"]]
    items = json.loads(row["evidence"])
    assert {"kind", "date", "place", "actor", "quantities.leaflets"} <= {i["field"] for i in items}
    assert all(text[i["start"] : i["end"]] == i["quote"] for i in items)


def test_counts_are_read_with_their_things() -> None:
    text = (
        "Activists sent 20 balloons carrying 300,000 propaganda leaflets, 5,000 USB sticks "
        "and 3,000 U.S. dollar bills from Paju on Thursday night."
    )
    assert json.loads(read(text)["quantities"][0]) == {
        "balloons": 20, "leaflets": 300000, "usb_sticks": 5000, "dollar_bills": 3000,
    }  # fmt: skip


def test_an_actor_and_a_direction_come_from_the_sentence() -> None:
    row = read("North Korean soldiers crossed the MDL at around 11 a.m. on Thursday.").iloc[0]
    assert (row["actor"], row["direction"]) == ("North Korean soldiers", "north_to_south")
    assert (row["claim"], row["time_local"]) == ("crossed_line", "11:00")


def test_a_target_that_an_earlier_sentence_named_rests_on_the_words_there() -> None:
    text = (
        "On the long night march through the hills of the eastern coast, South Korean "
        "soldiers fired at a boat on June 3, 2024. They captured a spy."
    )
    row = read(text).query("kind == 'infiltration'").iloc[0]
    assert row["target"] == "South Korean soldiers"
    words = [e["quote"] for e in json.loads(row["evidence"]) if e["field"] == "target"]
    assert words == ["South Korean soldiers"]


def test_who_says_so_is_kept() -> None:
    row = read("Soldiers crossed the line on Monday, the Joint Chiefs of Staff said.").iloc[0]
    assert row["claimed_by"] == "Joint Chiefs of Staff"


def test_fire_and_the_fire_that_answers_are_two_incidents() -> None:
    text = "The North shelled Yeonpyeong Island on Tuesday. The South replied with 80 shells."
    found = read(text)
    assert found["kind"].tolist() == ["artillery", "artillery"]
    assert set(found["direction"]) == {"north_to_south", "south_to_north"}


def test_one_incident_told_three_times_is_one_record() -> None:
    text = (
        "North Korea fired a missile on Tuesday. The missile was launched from Mupyong-ri in "
        "Chagang Province at 7:23 a.m. The launch was the first in five years."
    )
    found = read(text)
    assert len(found) == 1
    assert found["time_local"][0] == "07:23"
    assert found["place"][0] != ""


# --- where


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Soldiers crossed the Military Demarcation Line on Monday.", "mdl"),
        ("Shots were fired in the Demilitarized Zone on Monday.", "dmz"),
        ("Soldiers crossed the line in the central section on Monday.", "central-front"),
        ("North Korea fired a missile into the sea between Korea and Japan.", "east-sea"),
    ],
)  # fmt: skip
def test_an_area_or_a_line_is_never_a_pin(text: str, place: str) -> None:
    row = read(text).iloc[0]
    assert row["place_id"] == place
    assert isinstance(row["place_name_ko"], str)
    assert row["precision"] in set(AREA_PRECISIONS)
    assert row["geometry"].geom_type != "Point"


def test_what_has_no_place_gets_none() -> None:
    row = read("North Korea tested a new missile at an undisclosed location.").iloc[0]
    assert row["geometry"] is None


def test_a_government_is_no_place_of_an_incident() -> None:
    found = read(
        "Seoul said that North Korean soldiers fired shots on Monday. Pyongyang denied it."
    )
    assert found["place"].isna().all()


def test_an_offset_is_a_point_with_doubt_of_its_own() -> None:
    text = "Guards fired shots on Monday about 7 miles southeast of Panmunjom."
    row = read(text).iloc[0]
    assert row["precision"] == "near"
    assert row["geometry"].x > 126.677
    assert row["geometry"].y < 37.956
    assert 2000 < row["radius_m"] < 5000


def test_off_an_island_is_wider_than_on_it() -> None:
    on = read("North Korea shelled Yeonpyeong Island on Tuesday.").iloc[0]
    off = read("A patrol boat was sunk off Yeonpyeong Island on Tuesday.").iloc[0]
    assert off["radius_m"] >= 10_000 > on["radius_m"]
    assert off["precision"] == "near"


def usages(text: str) -> dict[str, str]:
    return {m.text: m.usage.value for m in find_toponyms(text)}


def test_capitals_are_towns_only_where_the_words_say_so() -> None:
    assert usages("Seoul said a drone fell in Pyongyang.") == {
        "Seoul": "metonym", "Pyongyang": "place",
    }  # fmt: skip
    assert usages("Moscow's pact with Pyongyang angered Washington.") == dict.fromkeys(
        ["Moscow", "Pyongyang", "Washington"], "metonym"
    )


@pytest.mark.parametrize(
    "text",
    [
        "The corvette Cheonan sank.",  # a ship
        "The Cheonan was raised.",
        "Park Sang-hak spoke.",  # a person
        "The Korea JoongAng Daily reported it.",  # a paper
        "Radio Pyongyang denied it.",
        "They sent anti-Pyongyang leaflets.",
        "SEOUL, June 18 - It was quiet.",  # a dateline
        "They met President Moon Jae-in.",
    ],
)
def test_look_alikes_are_no_places(text: str) -> None:
    assert usages(text) == {}


def test_a_road_called_after_a_town_is_no_town() -> None:
    assert "Donghae" not in usages("The Donghae road near Goseong was mined.")


@pytest.mark.parametrize("name", ["Chorwon", "Cheorwon", "Ch'ŏrwŏn", "철원"])
def test_spellings_of_one_place_are_all_found(name: str) -> None:
    text = f"{name}에서 총격이 있었다." if name == "철원" else f"Shots were fired near {name}."
    assert name in usages(text)


def test_the_spelling_tells_the_southern_from_the_northern_province() -> None:
    found = {m.text: m.place_id for m in find_toponyms("It fell in Gangwon Province.")}
    assert found == {"Gangwon Province": "kr-gangwon"}


def test_a_larger_place_after_a_comma_tells_namesakes_apart() -> None:
    found = find_toponyms("It fell in Goseong, South Gyeongsang Province, on Monday.")
    assert found[0].place_id == "kr-goseong-gyeongnam"


# --- when


@pytest.mark.parametrize(
    ("words", "start", "end", "precision"),
    [
        ("on Thursday", "2024-06-20", "2024-06-20", "day"),
        ("on June 18", "2024-06-18", "2024-06-18", "day"),
        ("on 9 June 2024", "2024-06-09", "2024-06-09", "day"),
        ("yesterday", "2024-06-21", "2024-06-21", "day"),
        ("earlier this month", "2024-06-01", "2024-06-22", "month"),
        ("in 2015", "2015-01-01", "2015-12-31", "year"),
        ("in October 2014", "2014-10-01", "2014-10-31", "month"),
        ("in December", "2023-12-01", "2023-12-31", "month"),
        ("two days ago", "2024-06-20", "2024-06-20", "day"),
        ("last week", "2024-06-10", "2024-06-16", "week"),
        ("on the 18th", "2024-06-18", "2024-06-18", "day"),
    ],
)
def test_dates_are_resolved_with_their_precision(
    words: str, start: str, end: str, precision: str
) -> None:
    row = read(f"North Korean soldiers crossed the line {words}.").iloc[0]
    assert (str(row["date_start"].date()), str(row["date_end"].date())) == (start, end)
    assert row["date_precision"] == precision


def test_a_date_that_nothing_tells_is_unknown() -> None:
    row = read("North Korean soldiers crossed the line.", None).iloc[0]
    assert row["date_precision"] == "unknown"
    assert row["date_start"] is not row["date_start"] or str(row["date_start"]) == "NaT"


def test_the_previous_day_goes_back_from_the_day_named_last() -> None:
    text = (
        "South Korea summoned the ambassador on Friday. Its military said it had fired warning "
        "shots the previous day."
    )
    found = read(text)
    days = dict(zip(found["kind"], found["date_start"].dt.strftime("%Y-%m-%d"), strict=True))
    assert days["gunfire"] == "2024-06-20"


def test_a_weekday_that_contradicts_its_date_is_reported() -> None:
    row = read("Soldiers crossed the line on Thursday, June 21.").iloc[0]
    assert row["remarks"] == "Thursday is not 2024-06-21, a Friday"


def test_a_dateline_and_the_day_of_saying_date_nothing_else() -> None:
    text = (
        "SEOUL, Aug. 11 - Two sergeants were maimed by mines, Seoul said on Aug. 10. The mines "
        "went off on Aug. 4 near Paju."
    )
    found = read(text, date(2015, 8, 11))
    assert found["date_start"].dt.strftime("%Y-%m-%d").tolist() == ["2015-08-04"]


def test_the_day_of_publication_is_read_from_the_head() -> None:
    text = "Title\n\nJune 22, 2024 by A. Writer\n\nSoldiers crossed the line on Thursday."
    assert str(extract(text)["date_start"][0].date()) == "2024-06-20"


def test_no_such_day_is_no_date() -> None:
    assert find_dates(sentences("It fell on June 31, 2024.")[0], published=DAY, anchor=None)[
        0
    ].span is None  # fmt: skip


# --- the ground


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_and_tokens_stay_in_their_sentence(text: str) -> None:
    for sentence in sentences(text):
        assert len(sentence.words) == len(sentence.raws)
        for token, raw in enumerate(sentence.raws):
            start, end = sentence.span(token, token)
            assert sentence.start <= start < end <= sentence.end
            assert text[start:end] == raw
    table = extract(text, published=DAY)
    for row in table.to_dict("records"):
        assert row["quote"] == text[row["quote_start"] : row["quote_end"]]


def test_the_same_text_gives_the_same_table() -> None:
    text = "Activists flew leaflets from Paju on Thursday. The North fired shots on Friday."
    assert incidents_text(read(text), "geojson") == incidents_text(read(text), "geojson")


def test_a_text_without_incidents_gives_an_empty_table() -> None:
    assert len(read("The weather was fine in Paju.")) == 0


def test_a_pattern_file_with_a_fault_says_where(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text('[kinds.crossing]\nframes = ["<nobody> !cross~"]\n')
    with pytest.raises(InputError, match=r'kinds.crossing: "<nobody> !cross~" is no frame'):
        load_patterns(path)
    path.write_text("[kinds.nonsense]\nframes = ['a']\n")
    with pytest.raises(InputError, match="nonsense"):
        load_patterns(path)
