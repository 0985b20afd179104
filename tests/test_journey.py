"""The whole journey: from the packaged seeds, and the README's examples, to files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import bordermap as bm

if TYPE_CHECKING:
    import geopandas as gpd

ROOT = Path(__file__).parent.parent


def test_the_seeds_are_located_as_the_report_allows(seeds: gpd.GeoDataFrame) -> None:
    table = seeds.set_index("title")
    paju = table.loc["Leaflets flown north from Paju"]
    assert paju.geometry.geom_type == "Point"
    assert paju.side == "south"
    assert 37.7 < paju.geometry.y < 38.0
    # What is known only to the line, the border or a country is no point.
    for place in ("military demarcation line", "inter-Korean border", "front-line areas",
                  "South Korea"):  # fmt: skip
        found = table[table.place == place]
        assert len(found), place
        assert not (found.geometry.geom_type == "Point").any(), place
    # What has no place has no geometry, and is not dropped.
    assert table[table.place.isna()].geometry.isna().all()
    assert len(table) == 24


def test_diplomacy_far_away_has_a_place_but_no_side(seeds: gpd.GeoDataFrame) -> None:
    hanoi = seeds[seeds.place == "Hanoi"].iloc[0]
    assert 105 < hanoi.geometry.x < 107
    assert pd.isna(hanoi.side)
    seoul = seeds[seeds.place == "Seoul"].iloc[0]
    assert seoul.side == "south"


def test_the_third_crossing_agrees_with_the_line(seeds: gpd.GeoDataFrame) -> None:
    crossings = seeds[seeds.kind == "crossing"]
    assert len(crossings) == 3
    assert (crossings.agrees == "agrees").all()
    assert (crossings.side == "unsure").all()


def test_the_readme_journey_runs_twice_to_the_same_bytes(tmp_path: Path) -> None:
    outputs = []
    for seed, zone in (("1", "UTC"), ("2", "Asia/Seoul")):
        folder = tmp_path / seed
        folder.mkdir()
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
        for words in (["render"], ["export", "-o", "seeds.geojson"], ["export", "-o", "seeds.csv"]):
            done = subprocess.run(
                [sys.executable, "-m", "bordermap", *words],
                cwd=folder, env=env, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
        names = ["maps/korea.html", "seeds.geojson", "seeds.csv"]
        outputs.append([(folder / name).read_bytes() for name in names])
    assert outputs[0] == outputs[1]
    features = json.loads(outputs[0][1])["features"]
    assert len(features) == 24


def test_the_python_journey_of_the_readme_runs(tmp_path: Path) -> None:
    table = tmp_path / "incidents.csv"
    table.write_text("date,place,kind,title\n2024-06-20,Paju,leaflet,Leaflets\n")
    incidents = bm.load(table)
    bm.map(incidents, title="June 2024").save(str(tmp_path / "map.html"))
    bm.write(incidents, tmp_path / "incidents.geojson")
    assert "June 2024" in (tmp_path / "map.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "incidents.geojson").read_text())["features"]


def test_a_data_frame_is_read_as_a_file_of_its_columns() -> None:
    frame = pd.DataFrame(
        {
            "event_date": ["2024-06-20", "20 June 2024"],
            "location": ["Paju", None],
            "latitude": [None, 38.5],
            "longitude": [None, 127.0],
        }
    )
    table = bm.load(frame)
    assert sorted(table.side) == ["north", "south"]
    assert table.date_start.dt.strftime("%Y-%m-%d").unique().tolist() == ["2024-06-20"]
    assert "2 incidents" in bm.map(frame, title="Frame").get_root().render()
    with pytest.raises(bm.InputError, match="table:1: latitude"):
        bm.load(frame.assign(latitude=[None, 95.0]))


def test_an_input_without_output_is_drawn_under_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("date,place\n2024-06-20,Paju\n")
    done = subprocess.run(
        [sys.executable, "-m", "bordermap", "render", "mine.csv"], cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [p.name for p in (tmp_path / "maps").iterdir()] == ["mine.html"]


def test_every_public_name_is_there_and_no_module_hides_it() -> None:
    for _ in range(2):  # importing a module of the same name must not take its place
        for name in bm.__all__:
            found = getattr(bm, name)
            assert found is not None
            assert not isinstance(found, ModuleType), name
