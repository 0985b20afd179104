from __future__ import annotations

import geopandas as gpd
import pytest
from shapely.geometry import Point, box

from bordermap.geo import polygon_area_m2
from bordermap.layers import Group, build_layers, unplaced
from bordermap.line import load_line
from bordermap.table import as_incidents


@pytest.fixture
def incidents() -> gpd.GeoDataFrame:
    frame = gpd.GeoDataFrame(
        {
            "title": ["a", "b", "c", "d"],
            "kind": ["leaflet", "mine", "statement", "balloon"],
            "precision": ["place", "area", None, "province"],
            "radius_m": [3000.0, None, None, 40000.0],
            "place_name": ["Paju", "DMZ", None, "Gangwon"],
        },
        geometry=[Point(126.78, 37.76), box(127, 38, 128, 38.3), None, Point(128, 38)],
        crs="EPSG:4326",
    )
    return as_incidents(frame)


def groups(incidents: gpd.GeoDataFrame) -> dict[Group, list[str]]:
    found: dict[Group, list[str]] = {}
    for layer in build_layers(incidents, load_line()):
        found.setdefault(layer.group, []).append(layer.id)
    return found


def test_layers_come_bottom_to_top(incidents: gpd.GeoDataFrame) -> None:
    assert list(groups(incidents)) == list(Group)


def test_a_place_known_as_a_province_is_never_a_point(incidents: gpd.GeoDataFrame) -> None:
    assert groups(incidents)[Group.INCIDENTS] == ["incidents_leaflet"]


def test_an_incident_without_a_place_stands_beside_the_map(incidents: gpd.GeoDataFrame) -> None:
    assert set(incidents[unplaced(incidents)]["title"]) == {"c", "d"}


def test_the_disc_of_doubt_has_its_radius_in_true_metres(incidents: gpd.GeoDataFrame) -> None:
    disc = next(x for x in build_layers(incidents, load_line()) if x.group is Group.UNCERTAINTY)
    area_m2 = polygon_area_m2(disc.frame.geometry.to_numpy())[0]
    assert abs(area_m2) == pytest.approx(3.14159 * 3000**2, rel=0.003)


def test_each_segment_of_the_line_is_a_layer(incidents: gpd.GeoDataFrame) -> None:
    line = load_line()
    assert groups(incidents)[Group.LINE] == [
        f"line_{s}" for s in dict.fromkeys(line.segments["segment"])
    ]


def test_layer_ids_are_unique(incidents: gpd.GeoDataFrame) -> None:
    ids = [layer.id for layer in build_layers(incidents, load_line())]
    assert len(set(ids)) == len(ids)


def test_an_empty_table_still_shows_the_line() -> None:
    empty = as_incidents(gpd.GeoDataFrame({"title": []}, geometry=[], crs="EPSG:4326"))
    assert set(groups(empty)) == {Group.ZONES, Group.LINE}


def test_the_table_is_not_changed(incidents: gpd.GeoDataFrame) -> None:
    before = incidents.to_wkt().to_csv()
    build_layers(incidents, load_line())
    assert incidents.to_wkt().to_csv() == before
