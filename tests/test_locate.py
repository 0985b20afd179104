"""Locating: areas stay areas, points keep their doubt, nothing is made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import shapely

from bordermap.locate import locate
from bordermap.table import as_incidents

if TYPE_CHECKING:
    import geopandas as gpd


def incidents(*places: str | None, kind: str = "crossing", **columns: object) -> gpd.GeoDataFrame:
    frame = pd.DataFrame({"id": [str(i) for i in range(len(places))], "place": list(places)})
    return as_incidents(frame.assign(kind=kind, **columns))


def test_an_area_is_never_a_point() -> None:
    located = locate(incidents("the DMZ", "inter-Korean border", "South Korea", "West Sea"))
    assert not located.geometry.geom_type.eq("Point").any()
    assert located["precision"].tolist() == ["area", "area", "country", "water"]


def test_a_town_is_a_point_with_its_doubt() -> None:
    located = locate(incidents("Paju"))
    assert located.geometry.iloc[0].geom_type == "Point"
    assert located["precision"].iloc[0] == "district"
    assert located["radius_m"].iloc[0] > 5000


def test_an_unknown_place_has_no_geometry() -> None:
    located = locate(incidents("Nowhere at All", None))
    assert located.geometry.isna().all()
    assert located["place_source"].isna().all()


def test_given_coordinates_stay() -> None:
    frame = incidents("Paju").set_geometry([shapely.Point(126.7, 37.9)], crs="EPSG:4326")
    located = locate(frame)
    assert located.geometry.iloc[0].equals(shapely.Point(126.7, 37.9))
    assert located["place_source"].tolist() == ["input"]
    assert located["precision"].tolist() == ["exact"]


def test_a_name_of_both_sides_becomes_an_area_on_both() -> None:
    located = locate(incidents("Cheorwon"))
    assert located["precision"].tolist() == ["area"]
    assert set(located["place_id"].iloc[0].split("|")) == {"kr-cheorwon", "kp-cholwon"}
    shape = located.geometry.iloc[0]
    assert shape.contains(shapely.Point(127.31, 38.15))
    assert shape.contains(shapely.Point(127.00, 38.42))


def test_other_places_of_the_report_tell_namesakes_apart() -> None:
    table = incidents("Sokcho", "Goseong", source_title="one report")
    located = locate(table)
    assert located["place_id"].tolist() == ["kr-sokcho", "kr-goseong"]


def test_an_empty_table_stays_empty() -> None:
    assert len(locate(incidents())) == 0


def test_the_words_of_a_report_tell_namesakes_apart() -> None:
    table = incidents(
        "Cheorwon",
        "Cheorwon",
        "고성군",
        title=["Shots hit a post in Cheorwon in South Korea", "Shots at Cheorwon", "경남 고성군"],
    )
    located = locate(table)
    assert located["place_id"].iloc[0] == "kr-cheorwon"
    assert set(located["place_id"].iloc[1].split("|")) == {"kr-cheorwon", "kp-cholwon"}
    assert located["place_id"].iloc[2] == "kr-goseong-gyeongnam"
