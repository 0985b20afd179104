"""PMTiles: every incident with a place in tiles, read back by GDAL."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely

import bordermap as bm
from bordermap.errors import InputError
from bordermap.layers import without_vague_points
from bordermap.tables.pmtiles import MAX_ZOOM, MIN_ZOOM, write_pmtiles


def test_each_zoom_holds_every_incident_with_a_place(
    seeds: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    bm.write(seeds, tmp_path / "seeds.pmtiles", title="June 2024")
    placed = without_vague_points(seeds)
    placed = placed[placed.geometry.notna()].set_index("id")
    assert len(placed) > 10
    for zoom in range(MIN_ZOOM, MAX_ZOOM + 1):
        tiles = pyogrio.read_dataframe(tmp_path / "seeds.pmtiles", ZOOM_LEVEL=zoom)
        assert set(tiles["id"]) == set(placed.index)
    spots = tiles.to_crs("EPSG:4326").set_index("id")
    for name, row in placed.iterrows():
        if row.geometry.geom_type == "Point":
            near = shapely.distance(spots.loc[[name]].geometry.to_numpy(), row.geometry)
            assert near.min() < 2e-4
            assert spots.loc[[name]]["kind"].iloc[0] == row["kind"]
            assert spots.loc[[name]]["date_start"].iloc[0] == row["date_start"].date().isoformat()
    assert pyogrio.read_info(tmp_path / "seeds.pmtiles")["dataset_metadata"]["name"] == "June 2024"


def test_the_same_table_in_any_order_gives_the_same_bytes(
    seeds: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    write_pmtiles(seeds, tmp_path / "a.pmtiles")
    write_pmtiles(seeds.iloc[::-1], tmp_path / "b.pmtiles")
    assert (tmp_path / "a.pmtiles").read_bytes() == (tmp_path / "b.pmtiles").read_bytes()
    assert {p.name for p in tmp_path.iterdir()} == {"a.pmtiles", "b.pmtiles"}


def test_a_table_without_any_place_is_refused(seeds: gpd.GeoDataFrame, tmp_path: Path) -> None:
    nowhere = seeds.set_geometry(gpd.GeoSeries([None] * len(seeds), crs="EPSG:4326"))
    with pytest.raises(InputError, match="nothing to tile"):
        write_pmtiles(nowhere, tmp_path / "none.pmtiles")
    assert list(tmp_path.iterdir()) == []
