"""The GeoPackage itself: valid, the same bytes again, and true to its geometry."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from hostile import hostile_incidents
from hypothesis import given, settings
from hypothesis import strategies as st

from bordermap.geo import polygon_area_m2
from bordermap.line import load_line
from bordermap.pipeline import write
from bordermap.qgis.spatial_index import fill_index
from bordermap.tracks import find_crossings

if TYPE_CHECKING:
    import geopandas as gpd


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory, seeds: gpd.GeoDataFrame) -> Path:
    path = tmp_path_factory.mktemp("package") / "seeds.gpkg"
    write(seeds, path)
    return path


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    db = sqlite3.connect(path)
    try:
        return db.execute(sql).fetchall()
    finally:
        db.close()


def test_a_package_is_a_sound_database_of_version_1_2(package: Path) -> None:
    assert rows(package, "PRAGMA integrity_check") == [("ok",)]
    assert rows(package, "PRAGMA foreign_key_check") == []
    assert rows(package, "PRAGMA application_id") == [(0x47504B47,)]
    assert rows(package, "PRAGMA user_version") == [(10200,)]


def test_every_layer_has_a_sound_index_of_all_its_rows(package: Path) -> None:
    listed = rows(package, "SELECT table_name FROM gpkg_geometry_columns")
    assert len(listed) > 4
    for (name,) in listed:
        assert rows(package, f"SELECT rtreecheck('rtree_{name}_geom')") == [("ok",)]
        (count,) = rows(package, f'SELECT count(*) FROM "{name}"')[0]  # noqa: S608
        indexed = f'SELECT count(*) FROM "rtree_{name}_geom"'  # noqa: S608
        assert rows(package, indexed) == [(count,)]


@given(
    st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90), st.floats(0, 5)), max_size=2000),
    st.tuples(st.floats(-180, 180), st.floats(-90, 90)),
)
@settings(deadline=None, max_examples=25)
def test_the_packed_index_finds_what_a_look_at_every_box_finds(
    boxes: list[tuple[float, float, float]], corner: tuple[float, float]
) -> None:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE r USING rtree(id, minx, maxx, miny, maxy)")
    array = np.array([(x, y, x + w, y + w) for x, y, w in boxes]).reshape(-1, 4)
    fill_index(db, "r", np.arange(1, len(array) + 1), array)
    assert db.execute("SELECT rtreecheck('r')").fetchall() == [("ok",)]
    x, y = corner
    found = db.execute(
        "SELECT count(*) FROM r WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?",
        (x, x + 30, y, y + 30),
    ).fetchone()[0]
    inside = (
        (array[:, 2] >= x) & (array[:, 0] <= x + 30) & (array[:, 3] >= y) & (array[:, 1] <= y + 30)
    )
    # 32-bit bounds are rounded outwards: a box on the very edge may count.
    near = 1e-4
    at_most = (
        (array[:, 2] >= x - near) & (array[:, 0] <= x + 30 + near)
        & (array[:, 3] >= y - near) & (array[:, 1] <= y + 30 + near)
    )  # fmt: skip
    assert int(inside.sum()) <= found <= int(at_most.sum())


def test_the_same_table_gives_the_same_bytes(tmp_path: Path, seeds: gpd.GeoDataFrame) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        write(seeds, tmp_path / folder / "x.qgz")
    for name in ("x.qgz", "x.gpkg"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_discs_of_doubt_have_their_radius_in_true_metres(package: Path) -> None:
    import geopandas as gpd

    discs = gpd.read_file(package, layer="uncertainty")
    area_m2 = np.abs(polygon_area_m2(discs.geometry.to_numpy()))
    assert np.allclose(area_m2, np.pi * discs["radius_m"] ** 2, rtol=0.003)


def test_areas_are_polygons_in_a_layer_of_their_own(package: Path, seeds: gpd.GeoDataFrame) -> None:
    kinds = dict(rows(package, "SELECT table_name, geometry_type_name FROM gpkg_geometry_columns"))
    assert (kinds["incidents"], kinds["areas"], kinds["bands"]) == (
        "POINT", "MULTIPOLYGON", "LINESTRING",
    )  # fmt: skip
    areas = seeds[seeds.geometry.geom_type.isin(["Polygon", "MultiPolygon"])]
    assert rows(package, "SELECT id FROM areas ORDER BY id") == [(i,) for i in sorted(areas.id)]


def test_times_are_half_open_and_days_are_days(package: Path) -> None:
    types = {name: kind for _, name, kind, *_ in rows(package, "PRAGMA table_info(incidents)")}
    assert (types["date_start"], types["start_dt"], types["end_dt"]) == (
        "DATE", "DATETIME", "DATETIME",
    )  # fmt: skip
    (found,) = rows(
        package, "SELECT date_start, start_dt, end_dt FROM incidents WHERE place = 'Paju'"
    )
    assert found == ("2024-06-20", "2024-06-20T00:00:00.000Z", "2024-06-21T00:00:00.000Z")


def test_each_layer_tells_source_licence_and_attribution(package: Path) -> None:
    found = rows(
        package,
        "SELECT table_name, metadata FROM gpkg_metadata JOIN gpkg_metadata_reference "
        "ON id = md_file_id",
    )
    tables = {name for (name,) in rows(package, "SELECT table_name FROM gpkg_contents")}
    assert {name for name, _ in found} == tables - {"layer_styles"}
    for name, text in found:
        about = ET.fromstring(text)  # noqa: S314 - our own file
        for tag in ("history", "license", "rights", "title", "abstract"):
            assert about.findtext(tag), (name, tag)


def test_an_empty_table_still_opens_with_the_line(tmp_path: Path, seeds: gpd.GeoDataFrame) -> None:
    write(seeds.iloc[:0], tmp_path / "x.gpkg")
    names = [n for (n,) in rows(tmp_path / "x.gpkg", "SELECT table_name FROM gpkg_contents")]
    assert "line" in names
    assert rows(tmp_path / "x.gpkg", "SELECT count(*) FROM incidents") == [(0,)]


def test_columns_that_sqlite_takes_for_one_are_kept_apart(
    tmp_path: Path, seeds: gpd.GeoDataFrame
) -> None:
    table = seeds.assign(Title="other", fid=1, geom="g", **{'a"b': 2})
    write(table, tmp_path / "x.gpkg")
    names = [name for _, name, *_ in rows(tmp_path / "x.gpkg", "PRAGMA table_info(incidents)")]
    assert len(names) == len({n.lower() for n in names})
    assert {"title", "Title_2", "fid_2", "geom_2", 'a"b'} <= set(names)


def test_crossings_of_tracks_are_a_layer(tmp_path: Path, seeds: gpd.GeoDataFrame) -> None:
    fixes = pd.DataFrame(
        {
            "track_id": "a",
            "time": pd.to_datetime(["2024-06-20T11:00:00", "2024-06-20T11:10:00"]),
            "lon": 126.677,
            "lat": [37.94, 37.97],
        }
    )
    events = find_crossings(fixes, line=load_line())
    write(seeds, tmp_path / "x.gpkg", crossings=events)
    ((event, start, end),) = rows(
        tmp_path / "x.gpkg", "SELECT event, start_dt, end_dt FROM crossings"
    )
    assert event == "crossing"
    assert start[:15] == end[:15] == "2024-06-20T11:0"


def test_a_style_that_somebody_saved_is_not_overwritten(
    tmp_path: Path, seeds: gpd.GeoDataFrame
) -> None:
    write(seeds, tmp_path / "x.geojson")
    made = (tmp_path / "x.qml").read_text(encoding="utf-8")
    write(seeds, tmp_path / "x.geojson")
    assert (tmp_path / "x.qml").read_text(encoding="utf-8") == made
    (tmp_path / "x.qml").write_text("<qgis/>")
    write(seeds, tmp_path / "x.geojson")
    assert (tmp_path / "x.qml").read_text() == "<qgis/>"


def test_hostile_titles_leave_the_project_well_formed(tmp_path: Path) -> None:
    write(hostile_incidents(), tmp_path / "x.gpkg", title="]]> <b>&\x07 \u202e'\"")
    (hexed,) = rows(tmp_path / "x.gpkg", "SELECT content FROM qgis_projects")[0]
    import io
    import zipfile

    archive = zipfile.ZipFile(io.BytesIO(bytes.fromhex(hexed)))
    root = ET.fromstring(archive.read("bordermap.qgs"))  # noqa: S314 - our own file
    assert root.findtext("title") == "]]> <b>&\ufffd \u202e'\""
