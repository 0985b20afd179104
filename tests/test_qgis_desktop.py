"""The files in the real QGIS: opened as the desktop opens them, each frame, each picture."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from bordermap.pipeline import write

if TYPE_CHECKING:
    import geopandas as gpd

SCRIPT = Path(__file__).parent / "qgis" / "desktop.py"
# Debian's QGIS is bound to Debian's Python.
PYTHON = "/usr/bin/python3"
KOREA = [125.6, 37.2, 128.8, 38.8]


def has_qgis() -> bool:
    if not Path(PYTHON).exists():
        return False
    probe = [PYTHON, "-c", "import qgis.core, qgis.gui"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


pytestmark = [
    pytest.mark.qgis,
    pytest.mark.skipif(not has_qgis(), reason="no QGIS; on Debian: apt install python3-qgis"),
]


def desktop(job: dict[str, Any], *, zone: str = "UTC") -> dict[str, Any]:
    """Do one job in QGIS; nothing may be said on standard error, by GDAL or by others."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TZ": zone}
    done = subprocess.run(
        [PYTHON, str(SCRIPT), json.dumps(job)], capture_output=True, text=True, env=env, check=False
    )
    assert done.returncode == 0, done.stderr
    complaints = [
        line
        for line in done.stderr.splitlines()
        # Qt on the folder of the test, not on the file.
        if line and not line.startswith("QStandardPaths:")
    ]
    assert complaints == []
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, seeds: gpd.GeoDataFrame) -> Path:
    made = tmp_path_factory.mktemp("qgis")
    write(seeds, made / "seeds.qgz", title="June 2024")
    write(seeds, made / "seeds.geojson")
    return made


@pytest.fixture(scope="module")
def uri(folder: Path) -> str:
    return f"geopackage:{folder / 'seeds.gpkg'}?projectName=bordermap"


@pytest.fixture(scope="module")
def opened(uri: str, folder: Path) -> dict[str, Any]:
    return desktop(
        {"do": "project", "uri": uri, "png": str(folder / "map.png"), "view": KOREA,
         "layout_png": str(folder / "layout.png")}
    )  # fmt: skip


def layer(opened: dict[str, Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(x for x in opened["layers"] if x["id"] == f"bordermap_{key}")
    return found


def days_of(seeds: gpd.GeoDataFrame) -> dict[str, list[str]]:
    """Return which incidents with a place happen on each day, by a reading of our own."""
    dated = seeds[seeds.date_start.notna() & seeds.geometry.notna()]
    days = pd.date_range("2014-12-31", "2015-01-02").append(
        pd.date_range("2015-12-30", "2016-01-02")).append(
        pd.date_range("2024-05-30", "2024-06-24"))  # fmt: skip
    return {
        f"{day:%Y-%m-%d}": sorted(dated[(dated.date_start <= day) & (day <= dated.date_end)].id)
        for day in days
    }


def test_the_project_in_the_geopackage_opens_with_one_call(opened: dict[str, Any]) -> None:
    assert opened["read"] is True
    assert opened["error"] == ""
    assert opened["title"] == "June 2024"
    assert opened["crs"] == "EPSG:3857"
    assert all(x["valid"] for x in opened["layers"])
    assert opened["drawing"] == []


def test_every_layer_is_styled_and_labelled_and_named_in_both_languages(
    opened: dict[str, Any],
) -> None:
    names = {x["id"]: x["name"] for x in opened["layers"]}
    assert names["bordermap_incidents"] == "Incidents · 사건"
    for found in opened["layers"]:
        assert any("가" <= c <= "힣" for c in found["name"]), found["name"]
        assert found["licenses"][0]
        assert "OpenStreetMap" in found["rights"][0]
        assert found["history"][0].startswith("Source: ")
        if found["spatial"]:
            is_ground = found["id"].startswith("bordermap_basemap_")
            assert found["labels"] or is_ground, found["id"]
            assert found["renderer"] in {
                "QgsCategorizedSymbolRenderer", "QgsSingleSymbolRenderer", "QgsRuleBasedRenderer",
            }  # fmt: skip
    incidents = layer(opened, "incidents")
    assert incidents["renderer"] == "QgsCategorizedSymbolRenderer"
    assert set(incidents["symbols"]) == {"SvgMarker"}
    assert "Leaflets · 전단 살포" in incidents["legend"]
    assert layer(opened, "line")["count"] > 3


def test_layers_lie_in_the_order_of_the_web_map(opened: dict[str, Any]) -> None:
    # On top first; the order is that of bordermap.layers.Group, upside down.
    order = [key.removeprefix("bordermap_").removesuffix("_undated") for key in opened["order"]]
    wanted = ["incidents", "places", "line", "bands", "areas", "uncertainty", "zones"]
    assert list(dict.fromkeys(order))[: len(wanted)] == wanted
    assert opened["groups"][0] == "Incidents · 사건"


def test_fields_have_their_types(opened: dict[str, Any]) -> None:
    fields = layer(opened, "incidents")["fields"]
    assert (fields["date_start"], fields["start_dt"]) == ("Date", "DateTime")
    assert (fields["radius_m"], fields["quote_start"]) == ("Real", "Integer64")
    assert fields["title"] == "String"


def test_no_incident_is_left_out(opened: dict[str, Any], seeds: gpd.GeoDataFrame) -> None:
    tables = ("incidents", "areas", "bands", "spots", "unplaced")
    counts = [
        x["count"]
        for x in opened["layers"]
        if x["id"].removeprefix("bordermap_").removesuffix("_undated") in tables
    ]
    assert sum(counts) == len(seeds)
    assert layer(opened, "unplaced")["count"] == int(seeds.geometry.isna().sum())
    assert layer(opened, "unplaced")["spatial"] is False


def test_the_time_slider_has_the_range_and_steps_of_a_day(opened: dict[str, Any]) -> None:
    assert opened["range"] == ["2015-01-01T00:00:00Z", "2024-06-22T00:00:00Z"]
    assert opened["step"] == [1.0, 4]  # 4 is days
    controller = opened["controller"]
    assert controller["mode"] == 2  # on: a fixed range, the whole of it
    assert controller["range"] == ["2015-01-01", "2024-06-22"]
    assert controller["frame"] == [1.0, 4]
    for key in ("incidents", "bands", "uncertainty"):
        found = layer(opened, key)
        assert (found["temporal"], found["mode"]) == (True, 4)  # expressions
        assert (found["start"], found["end"]) == ("start_dt", "end_dt")


@pytest.mark.parametrize("zone", ["UTC", "Asia/Seoul", "America/New_York"])
def test_each_day_shows_exactly_the_incidents_of_that_day(
    uri: str, seeds: gpd.GeoDataFrame, zone: str
) -> None:
    days = days_of(seeds)
    keys = ("incidents", "incidents_undated", "areas", "areas_undated", "bands", "bands_undated")
    found = desktop(
        {"do": "project", "uri": uri, "frames": list(days),
         "frame_layers": [f"bordermap_{k}" for k in keys]}, zone=zone,
    )  # fmt: skip
    assert found["frames"] == days
    # A month's incidents show on each of its days, and no day before or after.
    june = set(seeds[(seeds.date_precision == "month") & seeds.geometry.notna()].id)
    assert june <= set(days["2024-06-01"])
    assert not june & set(days["2024-05-31"])


@pytest.mark.slow
def test_every_day_of_the_whole_range_shows_exactly_its_incidents(
    uri: str, seeds: gpd.GeoDataFrame
) -> None:
    dated = seeds[seeds.date_start.notna() & seeds.geometry.notna()]
    days = {f"{day:%Y-%m-%d}": [] for day in pd.date_range("2014-12-31", "2024-06-23")}
    for row in dated.itertuples():
        for day in pd.date_range(row.date_start, row.date_end):
            days[f"{day:%Y-%m-%d}"].append(row.id)
    keys = ("incidents", "incidents_undated", "areas", "areas_undated", "bands", "bands_undated")
    found = desktop({"do": "project", "uri": uri, "frames": list(days),
                     "frame_layers": [f"bordermap_{k}" for k in keys]})  # fmt: skip
    assert found["frames"] == {day: sorted(ids) for day, ids in days.items()}


def test_the_project_file_beside_its_geopackage_may_move(folder: Path, tmp_path: Path) -> None:
    for name in ("seeds.qgz", "seeds.gpkg"):
        shutil.copy(folder / name, tmp_path / name)
    found = desktop({"do": "project", "uri": str(tmp_path / "seeds.qgz")})
    assert found["read"] is True
    assert all(x["valid"] for x in found["layers"])
    assert list(found["layouts"]) == ["Map"]


@pytest.mark.parametrize("key", ["incidents", "bands", "line", "zones", "uncertainty", "places"])
def test_a_layer_dragged_in_alone_has_its_look(
    folder: Path, opened: dict[str, Any], key: str
) -> None:
    found = desktop({"do": "layer", "uri": f"{folder / 'seeds.gpkg'}|layername={key}"})
    assert found["style"] is True, found["message"]
    inside = layer(opened, key)
    for fact in ("renderer", "symbols", "legend", "labels", "temporal"):
        assert found[fact] == inside[fact]


@pytest.mark.parametrize("sort", ["Point", "LineString"])
def test_a_bare_geojson_has_its_look_and_its_days(
    folder: Path, seeds: gpd.GeoDataFrame, sort: str
) -> None:
    days = days_of(seeds)
    found = desktop(
        {"do": "layer", "uri": f"{folder / 'seeds.geojson'}|geometrytype={sort}",
         "frames": list(days), "png": str(folder / f"{sort}.png"), "view": KOREA}
    )  # fmt: skip
    assert found["style"] is True, found["message"]
    assert found["renderer"] == "QgsRuleBasedRenderer"
    assert (found["temporal"], found["labels"]) == (True, True)
    assert (found["fields"]["start_dt"], found["fields"]["date_start"]) == ("DateTime", "Date")
    of_sort = set(seeds[seeds.geometry.geom_type == sort].id)
    assert found["frames"] == {day: [i for i in ids if i in of_sort] for day, ids in days.items()}


def pixels(path: Path) -> np.ndarray[Any, Any]:
    from matplotlib.image import imread

    image: np.ndarray[Any, Any] = (imread(path)[:, :, :3] * 255).round().astype(int)
    return image


def share_of(image: np.ndarray[Any, Any], hex_rgb: str, within: int = 6) -> float:
    wanted = np.array([int(hex_rgb[i : i + 2], 16) for i in (1, 3, 5)])
    return float((np.abs(image - wanted).max(axis=2) <= within).mean())


def test_the_picture_shows_the_line_the_marker_and_the_sea(
    opened: dict[str, Any], folder: Path
) -> None:
    assert opened["read"]
    image = pixels(folder / "map.png")
    assert share_of(image, "#7A1230") > 0.001  # the line
    assert share_of(image, "#75489B") > 0.0001  # the badge of leaflets at Paju
    assert share_of(image, "#DDE6EA") > 0.02  # the sea
    assert share_of(image, "#F6F4EE") > 0.1  # the land


def test_the_print_layout_has_all_its_parts_and_draws_them(
    opened: dict[str, Any], folder: Path
) -> None:
    assert opened["layouts"] == {"Map": ["credit", "legend", "map", "scale", "title"]}
    assert opened["layout"] is True
    image = pixels(folder / "layout.png")
    assert share_of(image, "#7A1230") > 0.0005
    legend = image[:, int(image.shape[1] * 0.72) :]
    assert share_of(legend, "#75489B") > 0.0001


def test_ogrinfo_reads_every_file_without_a_word_on_stderr(folder: Path) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("no ogrinfo; on Debian: apt install gdal-bin")
    for name in ("seeds.gpkg", "seeds.geojson"):
        done = subprocess.run(
            ["ogrinfo", "-ro", "-al", str(folder / name)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, ""), name
        assert "Leaflets flown north from Paju" in done.stdout
