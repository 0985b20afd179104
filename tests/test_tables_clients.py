"""Our files in other people's hands: validators, schemas, databases, drivers."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
import shapely
from hostile import SHAPES, TEXTS

from bordermap.errors import InputError
from bordermap.pipeline import load, read, write
from bordermap.style import KINDS
from bordermap.table import Kind
from bordermap.tables.icons import icon_png

if TYPE_CHECKING:
    import geopandas as gpd


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, hostile: gpd.GeoDataFrame) -> Path:
    made = tmp_path_factory.mktemp("clients")
    seeds = load()
    for ending in ("geojson", "ndjson", "csv", "kml", "kmz", "parquet", "gpkg"):
        write(seeds, made / f"seeds.{ending}")
        write(hostile, made / f"hostile.{ending}")
    return made


NAMES = ["seeds", "hostile"]


@pytest.mark.parametrize("name", NAMES)
def test_geojson_is_valid_with_rings_by_the_right_hand(folder: Path, name: str) -> None:
    from geojson_validator import validate_geometries, validate_structure

    collection = json.loads((folder / f"{name}.geojson").read_text(encoding="utf-8"))
    assert validate_structure(collection) == {}
    assert validate_geometries(collection)["invalid"] == {}


def test_geojson_keeps_to_rfc_7946(folder: Path) -> None:
    text = (folder / "seeds.geojson").read_text(encoding="utf-8")
    collection = json.loads(text)
    assert "crs" not in collection
    assert len(collection["bbox"]) == 4
    numbers = re.findall(r"\d+\.(\d+)", json.dumps([f["geometry"] for f in collection["features"]]))
    assert max(map(len, numbers)) <= 7
    keys = [list(f["properties"]) for f in collection["features"]]
    assert all(k == keys[0] for k in keys)


def test_a_point_that_stands_for_an_area_is_no_point_in_any_map_file(folder: Path) -> None:
    features = json.loads((folder / "hostile.geojson").read_text(encoding="utf-8"))["features"]
    (province,) = (f for f in features if f["properties"]["title"] == "province")
    assert province["geometry"] is None
    assert (province["properties"]["lon"], province["properties"]["lat"]) == (128.0, 38.0)
    text = (folder / "hostile.kml").read_text(encoding="utf-8")
    (mark,) = (m for m in text.split("<Placemark>") if "<name>province</name>" in m)
    assert "<Point>" not in mark
    back = read(folder / "hostile.parquet").set_index("title")
    assert back.geometry["province"] == SHAPES["province"]


@pytest.mark.parametrize("name", NAMES)
def test_kml_is_valid_against_its_schema(folder: Path, name: str) -> None:
    import fastkml
    from lxml import etree

    # The schema of OGC 07-147r2, as fastkml carries it.
    path = Path(fastkml.__file__).parent / "schema" / "ogckml22.xsd"
    schema = etree.XMLSchema(etree.parse(str(path)))
    parser = etree.XMLParser(huge_tree=True)
    document = etree.parse(str(folder / f"{name}.kml"), parser)
    assert schema.validate(document), schema.error_log.last_error
    packed = zipfile.ZipFile(folder / f"{name}.kmz").read("doc.kml")
    assert schema.validate(etree.parse(io.BytesIO(packed), parser)), schema.error_log.last_error


def test_kmz_brings_the_picture_of_every_kind_it_names(folder: Path) -> None:
    archive = zipfile.ZipFile(folder / "seeds.kmz")
    named = set(re.findall(r"<href>(.*?)</href>", archive.read("doc.kml").decode()))
    assert named == set(archive.namelist()) - {"doc.kml"}
    assert all(archive.read(name).startswith(b"\x89PNG") for name in named)
    assert not any("://" in name for name in named)


def test_kml_tells_time_by_inclusive_days(folder: Path) -> None:
    text = (folder / "seeds.kml").read_text(encoding="utf-8")
    (mark,) = (m for m in text.split("<Placemark>") if "north from Paju</name><desc" in m)
    assert "<begin>2024-06-20</begin><end>2024-06-20</end>" in mark
    # What has no place and what has no date are placemarks too.
    assert text.count('schemaUrl="#incident"') == 24


def test_the_picture_of_a_kind_has_its_colours() -> None:
    from matplotlib.image import imread

    style = KINDS[Kind.LEAFLET]
    image = imread(io.BytesIO(icon_png(style)))
    assert image.shape == (64, 64, 4)
    rgb = [int(style.colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    solid = image[image[:, :, 3] == 1][:, :3]
    assert (np.abs(solid - rgb).max(axis=1) < 0.01).mean() > 0.4
    assert (solid.min(axis=1) > 0.99).mean() > 0.1  # the white glyph
    assert image[0, 0, 3] == 0


@pytest.mark.parametrize("name", NAMES)
def test_geopandas_reads_the_geoparquet(folder: Path, name: str, hostile: gpd.GeoDataFrame) -> None:
    import geopandas as gpd

    found = gpd.read_parquet(folder / f"{name}.parquet")
    assert found.crs.to_epsg() == 4326
    if name == "hostile":
        assert set(TEXTS.values()) <= set(found["title"])
        assert len(found) == len(hostile)
    near = gpd.read_parquet(folder / f"{name}.parquet", bbox=(126.7, 37.7, 126.8, 37.8))
    assert 0 < len(near) < len(found)


def test_geoparquet_has_version_1_1_and_its_covering(folder: Path) -> None:
    import pyarrow.parquet as pq

    geo = json.loads(pq.read_metadata(folder / "hostile.parquet").metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    column = geo["columns"][geo["primary_column"]]
    assert column["encoding"] == "WKB"
    assert column["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    assert {"Point", "MultiPolygon", "GeometryCollection"} <= set(column["geometry_types"])
    assert len(column["bbox"]) == 4


def test_duckdb_reads_the_geoparquet_with_its_types(folder: Path) -> None:
    import duckdb

    path = str(folder / "seeds.parquet")
    described = duckdb.execute("DESCRIBE SELECT * EXCLUDE (geometry) FROM read_parquet(?)", [path])
    types = {row[0]: row[1] for row in described.fetchall()}
    assert (types["date_start"], types["title"], types["radius_m"]) == ("DATE", "VARCHAR", "DOUBLE")
    (count,) = duckdb.execute(
        "SELECT count(*) FROM read_parquet(?) WHERE kind = 'leaflet' AND bbox.xmin > 126 "
        "AND bbox.xmax < 127", [path],
    ).fetchone()  # fmt: skip
    assert count == 1


def test_boxes_of_the_geoparquet_hold_their_shapes(tmp_path: Path) -> None:
    import geopandas as gpd
    import pyarrow.parquet as pq

    seeds = load()
    rng = np.random.default_rng(7)
    points = shapely.points(rng.uniform(-180, 180, 500), rng.uniform(-90, 90, 500))
    many = seeds.iloc[np.zeros(500, int)].reset_index(drop=True).assign(precision="place")
    write(many.set_geometry(gpd.GeoSeries(points, crs=4326)), tmp_path / "x.parquet")
    table = pq.read_table(tmp_path / "x.parquet")
    shapes = shapely.from_wkb(table["geometry"].to_numpy())
    boxes = pd.DataFrame(table["bbox"].to_pylist())
    x, y = shapely.get_x(shapes), shapely.get_y(shapes)
    assert ((boxes.xmin <= x) & (x <= boxes.xmax) & (boxes.ymin <= y) & (y <= boxes.ymax)).all()
    # Neighbours in the file are neighbours on the ground.
    step = np.hypot(np.diff(x), np.diff(y)).mean()
    shuffled = np.hypot(np.diff(rng.permutation(x)), np.diff(rng.permutation(y))).mean()
    assert step < shuffled / 5


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ending", ["gpkg", "geojson", "kml"])
def test_gdal_reads_it_without_a_word_on_stderr(folder: Path, name: str, ending: str) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("no ogrinfo; on Debian: apt install gdal-bin")
    command = ["ogrinfo", "-ro", "-al", str(folder / f"{name}.{ending}")]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, "")


@pytest.mark.parametrize(
    ("profile", "columns"),
    [
        ("acled", {"event_id_cnty", "event_date", "time_precision", "geo_precision", "notes"}),
        ("ged", {"id", "date_prec", "where_prec", "best", "geom_wkt", "gwnob"}),
    ],
)
def test_a_profile_has_the_data_sets_columns(
    tmp_path: Path, profile: str, columns: set[str]
) -> None:
    write(load(), tmp_path / "x.csv", profile=profile)
    found = pd.read_csv(tmp_path / "x.csv")
    assert columns <= set(found.columns)
    assert len(found.columns) == {"acled": 31, "ged": 49}[profile]
    assert len(found) == 24


def test_profiles_code_precision_as_their_codebooks_do(tmp_path: Path) -> None:
    seeds = load()
    write(seeds, tmp_path / "a.csv", profile="acled")
    acled = pd.read_csv(tmp_path / "a.csv").set_index("event_id_cnty").loc[seeds.id]
    is_area = (seeds.precision == "area").to_numpy()
    assert (acled.geo_precision[is_area] == 3).all()
    assert (acled.time_precision[(seeds.date_precision == "day").to_numpy()] == 1).all()
    assert acled.time_precision[(seeds.date_precision == "year").to_numpy()].isna().all()
    write(seeds, tmp_path / "g.csv", profile="ged")
    ged = pd.read_csv(tmp_path / "g.csv").set_index("id").loc[seeds.id]
    assert (ged.where_prec[is_area] == 5).all()
    assert (ged.date_prec[(seeds.date_precision == "year").to_numpy()] == 5).all()
    assert ged.date_prec[seeds.date_start.isna().to_numpy()].isna().all()
    # No toll that nobody told.
    assert (
        ged.best[~seeds.quantities.fillna("").str.contains("deaths|fatalities").to_numpy()]
        .isna()
        .all()
    )


@pytest.mark.parametrize("profile", ["acled", "ged"])
def test_a_profile_is_read_again_by_its_own_reader(tmp_path: Path, profile: str) -> None:
    seeds = load()
    placed = seeds[seeds.geometry.notna() & (seeds.date_precision == "day")]
    write(placed, tmp_path / "x.csv", profile=profile)
    found = read(tmp_path / "x.csv")
    assert set(found.id) == set(placed.id)
    assert found.set_index("id").date_start.to_dict() == placed.set_index("id").date_start.to_dict()


def test_profiles_are_for_csv_alone(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a profile is for CSV"):
        write(load(), tmp_path / "x.geojson", profile="acled")
    with pytest.raises(InputError, match='"gted" is no profile'):
        write(load(), tmp_path / "x.csv", profile="gted")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.kml", b"<kml", "is no KML"),
        ("x.kml", b'<!DOCTYPE kml [<!ENTITY a "b">]><kml/>', "declares a document type"),
        ("x.kml", b'<kml xmlns="http://www.opengis.net/kml/2.2"/>', "holds no incidents"),
        ("x.kmz", b"PK", "is no KMZ"),
        ("x.parquet", b"PAR1", "is no GeoParquet"),
        ("x.gpkg", b"SQLite format 3\x00" + b"\x00" * 200, "is no GeoPackage, or broken"),
        ("x.qgz", b"", "its data is not beside it; put x.gpkg there"),
    ],
)
def test_a_broken_file_gets_one_line(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError) as error:
        read(tmp_path / name)
    assert message in str(error.value)
    assert "\n" not in str(error.value)
