"""The gazetteer: names to places, namesakes told apart, areas with their shapes."""

from __future__ import annotations

import pytest

from bordermap.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Paju", "kr-paju"),
        ("개성", "kp-kaesong"),
        ("Kaesŏng", "kp-kaesong"),
        ("Gaeseong", "kp-kaesong"),
        ("Baeknyeong", "kr-baengnyeongdo"),
        ("the DMZ", "dmz"),
        ("front-line areas", "border-area"),
        ("inter-Korean border", "mdl"),
        ("Goseong County, South Gyeongsang", "kr-goseong-gyeongnam"),
    ],
)
def test_a_name_in_any_spelling_finds_its_place(
    gazetteer: Gazetteer, name: str, place_id: str
) -> None:
    resolution = gazetteer.resolve(name)
    assert resolution.match is not None
    assert resolution.match.place_id == place_id
    assert not resolution.two_sides


@pytest.mark.parametrize("name", ["Cheorwon", "Ch'ŏrwŏn", "Kosong", "Kangwon", "Gangwon Province"])
def test_a_name_of_both_sides_is_not_given_to_one(gazetteer: Gazetteer, name: str) -> None:
    assert {m.country for m in gazetteer.resolve(name).two_sides} == {"KP", "KR"}


@pytest.mark.parametrize("name", ["London", "Beijing", "Busan Street", "Reading", "Mobile", "Son"])
def test_a_name_from_elsewhere_gives_no_korean_place(gazetteer: Gazetteer, name: str) -> None:
    assert all(m.country not in {"KP", "KR"} for m in gazetteer.search(name))


def test_the_line_and_the_zone_bring_their_shapes(gazetteer: Gazetteer) -> None:
    line, zone = gazetteer.geometry("mdl"), gazetteer.geometry("dmz")
    assert line is not None
    assert zone is not None
    assert line.geom_type == "LineString"
    assert zone.contains(line.interpolate(0.5, normalized=True))


def test_labels_come_most_important_first(gazetteer: Gazetteer) -> None:
    labels = gazetteer.labels((126.0, 37.0, 127.5, 38.5))
    assert labels["rank"].is_monotonic_increasing
    assert "Seoul" in set(labels["name_en"])


def test_many_candidates_are_told_names_or_not_at_once(gazetteer: Gazetteer) -> None:
    found = gazetteer.known(["the soldiers", "Paju", "Ch'ŏrwŏn", "Yeonpyeong Island", "said on"])
    assert list(found) == ["Paju", "Ch'ŏrwŏn", "Yeonpyeong Island"]
    assert found["Paju"].quality == 1.0
    assert found["Paju"].feature_class == "city"


def test_a_name_known_by_sound_alone_says_so(gazetteer: Gazetteer) -> None:
    found = gazetteer.known(["Kaesong", "Gaesung", "Gaeseoung", "Kaessong"])
    assert found["Kaesong"].quality == 1.0
    assert found["Kaessong"].quality < 0.97
