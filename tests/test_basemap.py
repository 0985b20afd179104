"""The offline base map: what is in it, where it comes from, and that it has no seam."""

from __future__ import annotations

import pytest
import shapely

from bordermap.basemap import load_basemap
from bordermap.errors import InputError
from bordermap.line import available_lines, load_line

PENINSULA = (123.4, 32.8, 132.2, 43.2)


def test_everything_lies_in_the_window() -> None:
    window = (124.0, 37.0, 128.0, 41.5)
    basemap = load_basemap(window)
    frame = shapely.box(*window).buffer(1e-9)
    for name in ("land", "coast", "lakes", "rivers", "boundaries", "labels"):
        shapes = getattr(basemap, name).geometry
        assert len(shapes), name
        assert shapes.within(frame).all(), name


def test_land_goes_on_across_the_line_between_the_koreas() -> None:
    land = load_basemap(PENINSULA).land
    both = shapely.union_all(land[land["iso"].isin(["KOR", "PRK"])].geometry.to_numpy())
    mainland = max(shapely.get_parts(both), key=lambda p: p.area)
    mdl = load_line("korea").segments.query("segment == 'mdl'").union_all()
    inner = shapely.Polygon(mainland.exterior)
    # All of the line but its two ends on the shore runs through one piece of land.
    assert mdl.intersection(inner).length > 0.97 * mdl.length
    holes = [r for r in mainland.interiors if shapely.Polygon(r).distance(mdl) < 0.001]
    assert holes == []


def test_neighbours_share_one_edge() -> None:
    land = load_basemap(PENINSULA).land
    shapes = land.dissolve("iso").loc[["KOR", "PRK"]].geometry.to_numpy()
    assert shapely.intersection(*shapes).area < 1e-9


def test_a_packaged_line_is_not_drawn_by_the_base_map() -> None:
    for line_id in available_lines()["id"]:
        line = load_line(str(line_id))
        boundaries = load_basemap(line.window_wsen).boundaries
        if len(boundaries):
            on_line = boundaries.union_all().intersection(line.segments.union_all().buffer(0.01))
            assert on_line.length < 0.1, line_id


def test_the_capitals_come_first_and_have_korean_names() -> None:
    labels = load_basemap(PENINSULA).labels
    capitals = labels[labels["kind"] == "capital"]
    assert {"Seoul", "Pyongyang"} <= set(capitals["name_en"])
    assert {"서울", "평양"} <= set(capitals["name_ko"])
    assert labels["rank"].is_monotonic_increasing


def test_both_koreas_are_called_what_they_call_themselves() -> None:
    official = {"South Korea": "대한민국", "North Korea": "조선민주주의인민공화국"}
    basemap = load_basemap(PENINSULA)
    for names in (basemap.labels, basemap.land):
        koreas = names[names["name_en"].isin(official)]
        assert dict(zip(koreas["name_en"], koreas["name_ko"], strict=True)) == official


def test_the_sea_in_the_east_has_both_its_names() -> None:
    labels = load_basemap((128.0, 36.0, 136.0, 42.0)).labels
    assert "East Sea / Sea of Japan" in set(labels["name_en"])


def test_a_window_anywhere_has_land_and_says_whose_data_it_is() -> None:
    basemap = load_basemap((30.0, 45.0, 40.0, 50.0))
    assert len(basemap.land)
    assert "© OpenStreetMap contributors" in basemap.attributions


@pytest.mark.parametrize("window", [(2, 1, 1, 2), (0, 0, 0, 0), (0, -91, 1, 1), (170, 0, 190, 1)])
def test_a_window_without_extent_is_refused(window: tuple[float, float, float, float]) -> None:
    with pytest.raises(InputError, match="west below east"):
        load_basemap(window)


def test_cyprus_is_whole_where_a_source_leaves_the_base_areas_out() -> None:
    land = shapely.union_all(load_basemap((32.2, 34.5, 34.7, 35.8)).land.geometry.to_numpy())
    line = load_line("cyprus-green-line").segments.union_all()
    # The line ends on both shores; in between it runs over land.
    assert line.intersection(land.buffer(0.01)).length > 0.97 * line.length
    assert land.contains(shapely.Point(33.73, 35.02))
