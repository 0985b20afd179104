"""Files of incidents: what goes in comes back, from every format, whatever stands in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hostile import assert_same

from bordermap.pipeline import load, read, write

if TYPE_CHECKING:
    import geopandas as gpd

ENDINGS = ["csv", "geojson", "ndjson", "gpkg", "qgz", "kml", "kmz", "parquet"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_exported_is_read_as_the_same_table(
    tmp_path: Path, seeds: gpd.GeoDataFrame, ending: str
) -> None:
    path = tmp_path / f"x.{ending}"
    write(seeds, path)
    assert_same(read(path), seeds, within_deg=1e-7)
    assert_same(load(path), seeds, within_deg=1e-7, siting=1e-5)


@pytest.mark.parametrize("ending", ENDINGS)
def test_hostile_text_and_every_sort_of_shape_come_back_unchanged(
    tmp_path: Path, hostile: gpd.GeoDataFrame, ending: str
) -> None:
    path = tmp_path / f"x.{ending}"
    write(hostile, path)
    # CSV has no types: a column that is not documented comes back as text.
    as_text = {"weight": "str", "count": "str"} if ending == "csv" else {}
    assert_same(read(path), hostile.astype(as_text), within_deg=1e-7)
