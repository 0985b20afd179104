"""A line written to a file is the same line when it is read back."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest

from bordermap.line import available_lines, load_line, read_line
from bordermap.linefile import line_text
from bordermap.site import site_points


@pytest.mark.parametrize("line_id", list(available_lines()["id"].unique()))
def test_a_written_line_reads_back_to_the_same_line(line_id: str, tmp_path: Path) -> None:
    line = load_line(line_id)
    path = tmp_path / "line.geojson"
    path.write_text(line_text(line), encoding="utf-8")
    again = read_line(path)
    for name in ("id", "name_ko", "left_name", "right_name", "published_by", "timezone",
                 "zone_width_m", "window_wsen", "is_schematic", "attributions"):  # fmt: skip
        assert getattr(again, name) == getattr(line, name), name
    assert np.abs(again.chain - line.chain).max() <= 1e-7
    columns = ["segment", "name_en", "name_ko", "accuracy_m", "asserts", "attribution"]
    assert again.segments[columns].equals(line.segments[columns])


def test_a_written_line_sites_as_the_packaged_one_does(tmp_path: Path) -> None:
    line = load_line()
    path = tmp_path / "mine.geojson"
    path.write_text(line_text(line), encoding="utf-8")
    rng = np.random.default_rng(3)
    lon, lat = rng.uniform(124, 130, 500), rng.uniform(36, 40, 500)
    ours, theirs = (site_points(lon, lat, 100.0, line=k) for k in (line, read_line(path)))
    assert np.abs(ours.p_left - theirs.p_left).max() < 1e-3
    assert np.abs(ours.distance_m - theirs.distance_m).max() < 0.05


def test_gdal_reads_a_written_line(tmp_path: Path) -> None:
    path = tmp_path / "line.geojson"
    path.write_text(line_text(load_line()), encoding="utf-8")
    frame = gpd.read_file(path)
    assert set(frame["segment"]) == {"nll_west", "estuary", "mdl", "nll_east"}
    assert frame.crs.to_epsg() == 4326
