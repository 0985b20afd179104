"""Coordinates against the name that a row bears."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from bordermap.misplaced import far_from_their_name


def incidents(place: str | None, lon: float, lat: float, radius_m: float) -> gpd.GeoDataFrame:
    columns = {"place": pd.Series([place], dtype="str"), "radius_m": [radius_m]}
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy([lon], [lat]), crs=4326)


@pytest.mark.parametrize(
    ("place", "lon", "lat", "radius_m", "far"),
    [
        ("Paju", 126.78, 37.76, 100.0, False),
        ("Tongyeong", 128.47, 38.38, 100.0, True),  # a border county under a southern town's name
        ("Seoul", 129.04, 35.18, 100.0, True),
        ("Goseong", 128.35, 34.97, 100.0, False),  # the namesake in the south is there
        ("Goseong", 126.55, 37.97, 100.0, True),
        ("Seoul", 129.04, 35.18, 400_000.0, False),
        ("Nowhere at all", 127.0, 37.0, 100.0, False),
        (None, 127.0, 37.0, 100.0, False),
    ],
)
def test_a_position_far_from_every_place_of_its_name_is_told(
    place: str | None, lon: float, lat: float, radius_m: float, far: bool
) -> None:
    assert far_from_their_name(incidents(place, lon, lat, radius_m)).tolist() == [far]


def test_places_that_were_looked_up_are_not_doubted() -> None:
    table = incidents("Seoul", 129.04, 35.18, 100.0)
    assert not far_from_their_name(table.assign(place_source="gazetteer")).any()
    assert far_from_their_name(table.assign(place_source="input")).any()
    nowhere = table.set_geometry(gpd.GeoSeries([None], crs=4326))
    assert not far_from_their_name(nowhere).any()
    assert far_from_their_name(table.iloc[:0]).dtype == np.bool_


def test_areas_in_the_table_are_passed_over() -> None:
    far = incidents("Seoul", 129.04, 35.18, 100.0)
    area = far.assign(geometry=[shapely.box(129, 35, 129.1, 35.2)])
    both = gpd.GeoDataFrame(pd.concat([area, far], ignore_index=True), crs=4326)
    assert far_from_their_name(both).tolist() == [False, True]
