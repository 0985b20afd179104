"""Lines: what is packaged loads whole, what users bring is checked."""

from __future__ import annotations

import itertools
import json
import pickle
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from bordermap.errors import BordermapError, LineError, MissingDataError
from bordermap.line import available_lines, load_line, read_line

REFERENCE = Path(__file__).parent.parent.parent / "shared" / "reference"
needs_reference = pytest.mark.skipif(
    not REFERENCE.exists(), reason="no reference data beside the checkout"
)
METRIC = "+proj=tmerc +lat_0=38 +lon_0=127.5 +ellps=WGS84 +units=m"


def geojson(path: Path, *lines: list[tuple[float, float]], **properties: object) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": {"type": "LineString", "coordinates": line},
        }
        for line in lines
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_korea_has_its_four_segments_in_one_chain() -> None:
    line = load_line("korea")
    assert list(dict.fromkeys(line.segments.segment)) == ["nll_west", "estuary", "mdl", "nll_east"]
    ends = [(g.coords[0], g.coords[-1]) for g in line.segments.geometry]
    assert all(a[1] == b[0] for a, b in itertools.pairwise(ends))
    assert shapely.LineString(line.chain).is_simple
    assert (line.segments.accuracy_m > 0).all()
    assert line.segments.asserts.str.len().gt(20).all()


@pytest.mark.parametrize("line_id", list(available_lines()["id"].unique()))
def test_every_packaged_line_has_its_left_side_on_the_left(line_id: str) -> None:
    line = load_line(line_id)
    assert line.left_polygon.is_valid
    assert line.left_name != line.right_name
    west, south, east, north = line.window_wsen
    assert west < east
    assert south < north
    # Compass names are checked against the compass: the point left of the middle of the line.
    _, left = line.direction
    middle = shapely.LineString(line.chain).interpolate(0.5, normalized=True)
    reach = 0.3 * np.hypot(*(line.chain[-1] - line.chain[0]))
    names = {"north": (0, 1), "south": (0, -1), "east": (1, 0), "west": (-1, 0)}
    points_to = np.zeros(2)
    for name, vector in names.items():
        if name in line.left_name:
            points_to += vector
    if points_to.any():
        assert left @ points_to > 0
        assert line.left_polygon.contains(shapely.Point(*(middle.coords[0] + left * reach)))


@needs_reference
def test_the_line_on_land_lies_within_its_accuracy_of_an_independent_one() -> None:
    other = gpd.read_file(REFERENCE / "lsib_dmz.geojson").to_crs(METRIC)
    theirs = other[other.DISCLAIME1 == "Military Demarcation Line"].geometry.iloc[0]
    segments = load_line("korea").segments.to_crs(METRIC)
    ours = shapely.union_all(segments.geometry[segments.segment == "mdl"].to_numpy())
    samples = shapely.points(shapely.get_coordinates(shapely.segmentize(ours, 50)))
    off = shapely.distance(samples, theirs)
    assert off.mean() < 150
    assert np.percentile(off, 95) < 400


@needs_reference
def test_the_zone_covers_what_independent_limits_enclose() -> None:
    other = gpd.read_file(REFERENCE / "lsib_dmz.geojson").to_crs(METRIC)
    limits = other[other.DISCLAIME1 == "DMZ"].geometry.to_list()
    ring = np.vstack([shapely.get_coordinates(limits[0]), shapely.get_coordinates(limits[1])[::-1]])
    if not shapely.Polygon(ring).is_valid:
        ring = np.vstack([shapely.get_coordinates(limits[0]), shapely.get_coordinates(limits[1])])
    theirs = shapely.make_valid(shapely.Polygon(ring))
    zones = load_line("korea").zones.to_crs(METRIC)
    ours = shapely.union_all(zones.geometry[zones.zone != "estuary"].to_numpy())
    both = shapely.intersection(ours, theirs).area
    assert both / shapely.union(ours, theirs).area >= 0.93


@needs_reference
def test_the_limit_line_has_the_published_vertices() -> None:
    other = gpd.read_file(REFERENCE / "nll_1953.geojson").to_crs(METRIC)
    segments = load_line("korea").segments.to_crs(METRIC)
    ours = segments.geometry[segments.segment == "nll_west"].iloc[0]
    theirs = other.geometry.iloc[0]
    assert shapely.hausdorff_distance(ours, theirs) < 50


def test_an_unknown_line_lists_those_there_are() -> None:
    with pytest.raises(MissingDataError, match="korea"):
        load_line("atlantis")
    with pytest.raises(MissingDataError):
        load_line("../lines/korea")


def test_a_users_line_brings_its_names_accuracy_and_zone(tmp_path: Path) -> None:
    path = geojson(
        tmp_path / "wall.geojson",
        [(10, 50), (11, 50.2), (12, 50)],
        left_name="hither",
        right_name="yon",
        accuracy_m=25,
        zone_width_m=1000,
    )
    line = read_line(path)
    assert (line.left_name, line.right_name) == ("hither", "yon")
    assert line.segments.accuracy_m.tolist() == [25.0]
    assert sorted(line.zones.zone) == ["zone_hither", "zone_yon"]
    area = line.zones.to_crs(32632).area.sum()
    assert area == pytest.approx(2000 * line.length_m, rel=0.02)


def test_a_geopackage_is_read_too(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(geometry=[shapely.LineString([(10, 50), (11, 50)])], crs=4326)
    frame.to_file(tmp_path / "line.gpkg")
    assert read_line(tmp_path / "line.gpkg").left_name == "left"


def test_parts_in_any_order_and_direction_make_one_chain(tmp_path: Path) -> None:
    path = geojson(
        tmp_path / "parts.geojson", [(11, 50), (12, 50)], [(11, 50), (10, 50)], [(12, 50), (13, 51)]
    )
    assert read_line(path).chain[:, 0].tolist() == [10, 11, 12, 13]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([[(10, 50), (11, 50)], [(11.5, 50), (12, 50)]], "gap of 35,848 m at 11.00000, 50.00000"),
        ([[(10, 50), (12, 50), (12, 51), (11, 49)]], "crosses itself at 11.5"),
        ([[(37.9, 126.7), (38.0, 126.8)]], "swapped"),
        ([[(200, 50), (201, 50)]], "not longitude, latitude"),
        ([[(10, 50), (10, 50)]], "no length"),
    ],
    ids=["gap", "self-crossing", "swapped", "range", "a point"],
)
def test_a_faulty_line_is_refused_with_the_place_of_the_fault(
    tmp_path: Path, lines: list[list[tuple[float, float]]], message: str
) -> None:
    with pytest.raises(LineError, match=message):
        read_line(geojson(tmp_path / "bad.geojson", *lines))


def test_a_line_in_another_crs_is_refused(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(geometry=[shapely.LineString([(10, 50), (11, 50)])], crs=4326)
    frame.to_crs(3857).to_file(tmp_path / "mercator.gpkg")
    with pytest.raises(LineError, match="EPSG:4326"):
        read_line(tmp_path / "mercator.gpkg")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"type":"FeatureCollection","features":[]}'])
def test_a_file_that_is_no_line_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.geojson"
    path.write_text(text)
    with pytest.raises(BordermapError):
        read_line(path)


def test_polygons_are_refused(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1)], crs=4326)
    frame.to_file(tmp_path / "p.gpkg")
    with pytest.raises(LineError, match="Polygon"):
        read_line(tmp_path / "p.gpkg")


def test_a_line_travels_by_its_id_or_its_facts(tmp_path: Path) -> None:
    packaged = load_line()
    assert len(pickle.dumps(packaged)) < 200
    assert pickle.loads(pickle.dumps(packaged)) is packaged
    own = read_line(geojson(tmp_path / "own.geojson", [(10, 50), (11, 50.2)], accuracy_m=5))
    thawed = pickle.loads(pickle.dumps(own))
    assert (thawed.chain == own.chain).all()
    # Each process makes the index once, however many tables it is handed.
    assert pickle.loads(pickle.dumps(own)) is thawed
