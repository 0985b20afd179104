"""Siting: sides, probabilities, distances and zones against the real line."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from bordermap.geo import metres_per_degree
from bordermap.line import DemarcationLine, load_line
from bordermap.site import site, site_points

REFERENCE = Path(__file__).parent.parent.parent / "shared" / "reference"
KOREA = load_line("korea")


def table(
    points: list[tuple[float, float]], radius_m: float = 0.0, **columns: object
) -> gpd.GeoDataFrame:
    geometry = gpd.points_from_xy(*zip(*points, strict=True))
    rows = [{"radius_m": radius_m, **columns}] * len(points)
    return gpd.GeoDataFrame(rows, geometry=geometry, crs=4326)


def random_near_line(n: int, seed: int = 7) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return n positions within about 3 km of the line on land, radii 10 m to 5 km."""
    rng = np.random.default_rng(seed)
    mdl = np.vstack([g.coords for g in KOREA.segments.geometry[KOREA.segments.segment == "mdl"]])
    at = mdl[rng.integers(0, len(mdl), n)]
    east, north = metres_per_degree(at[:, 1])
    away = rng.uniform(0, 3000, n)
    angle = rng.uniform(0, 2 * np.pi, n)
    lon, lat = at[:, 0] + away * np.cos(angle) / east, at[:, 1] + away * np.sin(angle) / north
    return lon, lat, np.exp(rng.uniform(np.log(10), np.log(5000), n))


@pytest.mark.skipif(not REFERENCE.exists(), reason="no reference data beside the checkout")
def test_no_site_of_known_side_is_put_on_the_other() -> None:
    sites = pd.read_csv(REFERENCE / "sites_dev.csv")
    frame = table(list(zip(sites.lon, sites.lat, strict=True)))
    sited = site(frame.assign(radius_m=sites.coord_uncertainty_m.astype(float)))
    truth = sites.true_side.map({"N": "north", "S": "south", "LINE": "unsure"})
    wrong = sites[(sited.side != truth) & (sited.side != "unsure")]
    assert wrong.empty, wrong.name.tolist()
    # Far from the line a side is told, so that "unsure" is no way to be always right.
    far = sited.distance_m > 3 * np.maximum(frame.radius_m, 2000)
    assert (sited.side[far] == truth[far]).all()
    assert far.sum() >= 25


@pytest.mark.parametrize(
    ("lon", "lat"), [(124.71237, 37.97396), (125.70, 37.66)], ids=["Baengnyeong", "Yeonpyeong"]
)
def test_the_islands_south_of_the_limit_line_are_south(lon: float, lat: float) -> None:
    assert site(table([(lon, lat)], radius_m=1500.0)).side[0] == "south"


def test_a_place_whose_doubt_reaches_the_line_has_no_side() -> None:
    seoul_to_line = table([(126.9784, 37.566)], radius_m=90_000.0)
    sited = site(seoul_to_line)
    assert sited.side[0] == "unsure"
    assert 0.05 < sited.p_north[0] < 0.5


def test_a_place_outside_the_window_has_a_distance_but_no_side() -> None:
    moscow = site(table([(37.6173, 55.7558)], claim="north_side"))
    assert pd.isna(moscow.side[0])
    assert np.isnan(moscow.p_north[0])
    assert moscow.distance_m[0] > 6e6
    assert moscow.agrees[0] == "cannot_tell"


def test_a_row_without_geometry_is_kept_without_siting() -> None:
    frame = gpd.GeoDataFrame({"radius_m": [np.nan]}, geometry=[None], crs=4326)
    sited = site(frame)
    assert len(sited) == 1
    assert sited[["side", "p_north", "distance_m", "zone", "line_segment"]].isna().all(axis=None)


def test_distance_is_the_geodesic_one_to_the_nearest_point() -> None:
    rng = np.random.default_rng(3)
    lon, lat = rng.uniform(124.5, 130, 200), rng.uniform(36.5, 39.5, 200)
    sited = site_points(lon, lat, line=KOREA)
    # The truth: geodesic distances to the line cut into pieces of 20 m.
    dense = np.vstack([shapely.segmentize(shapely.LineString(KOREA.chain), 0.0002).coords])
    geod = Geod(ellps="WGS84")
    for i in range(0, 200, 10):
        _, _, all_m = geod.inv(
            np.full(len(dense), lon[i]), np.full(len(dense), lat[i]), dense[:, 0], dense[:, 1]
        )
        assert sited.distance_m[i] <= all_m.min() + 0.01
        # The nearest of points 20 m apart is farther than the line by at most 10**2 / 2d.
        slack = 0.1 + min(10.0, 10.0**2 / (2 * all_m.min()))
        assert sited.distance_m[i] >= all_m.min() - slack


def test_the_index_answers_as_measuring_every_edge_does() -> None:
    rng = np.random.default_rng(5)
    lon, lat = rng.uniform(123, 132, 20_000), rng.uniform(34, 42, 20_000)
    near_lon, near_lat, _ = random_near_line(20_000)
    index = KOREA.edges.index
    for x, y in ((lon, lat), (near_lon, near_lat)):
        many = index.nearest(x, y)
        some = rng.choice(len(x), 500, replace=False)
        brute = index._all(x[some], y[some])
        assert np.allclose(many.chord_m[some], brute.chord_m, atol=0.02, rtol=2e-6)


def test_probabilities_are_those_of_monte_carlo_on_the_bends() -> None:
    lon, lat, radius = random_near_line(1000)
    sited = site_points(lon, lat, radius, line=KOREA)
    accuracy = KOREA.segments.accuracy_m.to_numpy()[sited.segment_no]
    sigma = np.hypot(radius / 2.447746830680816, accuracy / 1.959963984540054)
    rng = np.random.default_rng(11)
    east, north = metres_per_degree(lat)
    zone = shapely.union_all(KOREA.zones.geometry[KOREA.zones.zone != "estuary"].to_numpy())
    shapely.prepare(zone)
    off = []
    for i in range(len(lon)):
        x = lon[i] + rng.normal(0, sigma[i], 10_000) / east[i]
        y = lat[i] + rng.normal(0, sigma[i], 10_000) / north[i]
        off.append(
            (
                sited.p_left[i] - shapely.contains_xy(KOREA.left_polygon, x, y).mean(),
                sited.p_zone[i] - shapely.contains_xy(zone, x, y).mean(),
            )
        )
    assert abs(np.array(off)).max() < 0.02


def test_the_zone_as_a_place_is_on_no_side_and_inside_itself() -> None:
    zone = shapely.union_all(KOREA.zones.geometry[KOREA.zones.zone != "estuary"].to_numpy())
    frame = gpd.GeoDataFrame(
        {"radius_m": [np.nan], "claim": "inside_dmz"}, geometry=[zone], crs=4326
    )
    sited = site(frame).iloc[0]
    assert sited.side == "unsure"
    assert abs(sited.p_north - 0.5) < 0.02
    assert sited.zone == "dmz"
    assert sited.p_dmz > 0.999
    assert sited.distance_m == 0
    assert sited.agrees == "agrees"


def test_amid_the_estuary_is_its_zone_and_a_channel_of_one_side_is_not() -> None:
    sited = site(table([(126.40, 37.845), (126.53, 37.70), (126.45, 37.70)]))
    assert sited.zone.tolist()[0] == "estuary"
    assert (sited.zone[1:] != "estuary").all()
    waters = KOREA.zones.geometry[KOREA.zones.zone == "estuary"].iloc[0]
    estuary = KOREA.segments.geometry[KOREA.segments.segment == "estuary"].iloc[0]
    assert shapely.intersection(waters, estuary).length > 0.9 * estuary.length
    assert not waters.intersects(KOREA.zones.geometry[KOREA.zones.zone == "dmz_north"].iloc[0])


def test_a_county_south_of_the_line_is_south_by_its_area() -> None:
    county = shapely.box(126.8, 37.6, 127.0, 37.8)
    sited = site(gpd.GeoDataFrame({"radius_m": [np.nan]}, geometry=[county], crs=4326)).iloc[0]
    assert sited.side == "south"
    assert sited.p_north == 0
    # Its nearest point is on its edge, not its middle.
    assert sited.distance_m < site(table([(126.9, 37.7)])).distance_m[0]


def test_an_area_in_several_parts_is_sited_by_all_of_them() -> None:
    south, north = shapely.box(127, 37, 127.1, 37.1), shapely.box(127, 39, 127.1, 39.1)
    both = shapely.MultiPolygon([south, north])
    sited = site(gpd.GeoDataFrame({"radius_m": [np.nan]}, geometry=[both], crs=4326)).iloc[0]
    assert sited.side == "unsure"
    assert 0.45 < sited.p_north < 0.55


def test_the_line_as_a_place_is_on_no_side() -> None:
    mdl = shapely.MultiLineString(list(KOREA.segments.geometry[KOREA.segments.segment == "mdl"]))
    sited = site(
        gpd.GeoDataFrame({"radius_m": [np.nan], "claim": "crossed_line"}, geometry=[mdl], crs=4326)
    ).iloc[0]
    assert sited.side == "unsure"
    assert sited.distance_m == 0
    assert sited.line_segment == "mdl"


@pytest.mark.parametrize(
    ("lat", "claim", "direction", "agrees"),
    [
        (37.93, "north_side", None, "contradicts"),
        (37.93, "south_side", None, "agrees"),
        (37.93, "crossed_line", "north_to_south", "agrees"),
        (37.70, "crossed_line", "south_to_north", "contradicts"),
        (37.70, "inside_dmz", None, "contradicts"),
        (37.9561, "north_side", None, "cannot_tell"),
    ],
)
def test_claims_are_held_against_the_geometry(
    lat: float, claim: str, direction: str | None, agrees: str
) -> None:
    # Along the meridian of the conference row, where the line is at 37.956.
    sited = site(table([(126.677, lat)], radius_m=30.0, claim=claim, direction=direction))
    assert sited.agrees[0] == agrees


def test_doubt_grows_beyond_the_end_of_the_line() -> None:
    # 100 km east of the last vertex: 5 km north of the drawn-on line says little, 150 km much.
    near, far = site(table([(131.1, 38.66), (131.1, 40.0)])).side
    assert near == "unsure"
    assert far == "north"


def test_a_frame_without_a_crs_is_refused() -> None:
    frame = gpd.GeoDataFrame({"radius_m": [1.0]}, geometry=gpd.points_from_xy([127], [38]))
    with pytest.raises(ValueError, match="4326"):
        site(frame)


def redrawn(change: Callable[[shapely.Geometry], shapely.Geometry]) -> DemarcationLine:
    """Return the line with its segments and zones drawn otherwise."""
    segments = KOREA.segments.set_geometry(KOREA.segments.geometry.apply(change), crs=4326)
    zones = KOREA.zones.set_geometry(KOREA.zones.geometry.apply(change), crs=4326)
    w, _, e, _ = KOREA.window_wsen
    window = (w, -90.0, e, 90.0)
    return dataclasses.replace(KOREA, segments=segments, zones=zones, window_wsen=window)


MIRRORED = redrawn(lambda g: shapely.transform(g, lambda c: c * [1, -1]))
DENSE = redrawn(lambda g: shapely.segmentize(g, 0.0007))


def test_mirroring_the_world_swaps_the_sides() -> None:
    lon, lat, radius = random_near_line(500)
    here = site_points(lon, lat, radius, line=KOREA)
    there = site_points(lon, -lat, radius, line=MIRRORED)
    assert np.allclose(here.p_left, 1 - there.p_left, atol=1e-6)
    # Rings begin elsewhere when mirrored, and wide doubts see a simplified zone.
    assert np.allclose(here.p_zone, there.p_zone, atol=1e-3)
    assert np.allclose(here.distance_m, there.distance_m, atol=1e-6)


def test_a_denser_line_changes_no_answer_by_more_than_a_metre() -> None:
    lon, lat, radius = random_near_line(500)
    rng = np.random.default_rng(8)
    lon, lat = np.append(lon, rng.uniform(124, 131, 500)), np.append(lat, rng.uniform(35, 42, 500))
    radius = np.append(radius, rng.uniform(0, 5000, 500))
    here, there = (site_points(lon, lat, radius, line=line) for line in (KOREA, DENSE))
    assert abs(here.distance_m - there.distance_m).max() < 1
    assert abs(here.p_left - there.p_left).max() < 0.005
    assert (here.segment_no == there.segment_no).mean() > 0.999


coordinates = st.tuples(st.floats(124.6, 129.9), st.floats(36.0, 41.0), st.floats(0, 20_000))


@settings(max_examples=60, deadline=None)
@given(st.lists(coordinates, min_size=1, max_size=20), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows: list[tuple[float, ...]], random: object) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[attr-defined]
    lon, lat, radius = (np.array(v) for v in zip(*rows, strict=True))
    straight = site_points(lon, lat, radius, line=KOREA)
    shuffled = site_points(lon[order], lat[order], radius[order], line=KOREA)
    assert np.array_equal(straight.p_left[order], shuffled.p_left)
    assert np.array_equal(straight.distance_m[order], shuffled.distance_m)


def test_a_table_of_coordinates_is_sited_as_one_of_points() -> None:
    rng = np.random.default_rng(17)
    lon, lat = rng.uniform(124, 131, 300), rng.uniform(36.5, 39.5, 300)
    radius = rng.uniform(0, 3000, 300)
    plain = site(pd.DataFrame({"lon": lon, "lat": lat, "radius_m": radius}))
    points = site(
        gpd.GeoDataFrame({"radius_m": radius}, geometry=gpd.points_from_xy(lon, lat), crs=4326)
    )
    columns = ["side", "p_north", "distance_m", "zone", "p_dmz", "line_segment"]
    pd.testing.assert_frame_equal(plain[columns], pd.DataFrame(points[columns]))


def test_a_table_without_geometry_and_coordinates_is_refused() -> None:
    with pytest.raises(ValueError, match="lon and lat"):
        site(pd.DataFrame({"place": ["Paju"]}))


def test_far_points_are_measured_as_every_edge_would() -> None:
    rng = np.random.default_rng(8)
    n = 30_000  # enough for the index to be used
    lon, lat = rng.uniform(-180, 180, n), np.degrees(np.arcsin(rng.uniform(-1, 1, n)))
    index = KOREA.edges.index
    many = index.nearest(lon, lat)
    assert index._tree is not None
    some = rng.choice(n, 400, replace=False)
    brute = index._all(lon[some], lat[some])
    assert np.allclose(many.chord_m[some], brute.chord_m, atol=0.02, rtol=2e-6)
