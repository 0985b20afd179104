"""Incident tables exported in parts: what memory gives, in every format, after a kill too."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import bordermap as bm
from bordermap.errors import InputError
from bordermap.loading import load_all
from bordermap.parts import Engine, export_parts, source
from bordermap.parts.source import cut
from bordermap.reading import How

KOREA = bm.load_line()
PLACES = ["Paju", "the DMZ", "Kaesong", "Cheorwon", "nowhere known", None]


def reports(n: int = 800) -> pd.DataFrame:
    """Return n incidents: half with coordinates, half with places, each unlike the others."""
    rng = np.random.default_rng(7)
    spots = np.arange(n) % 2 == 0
    return pd.DataFrame(
        {
            "date": (pd.Timestamp("2024-01-01") + pd.to_timedelta(np.arange(n) % 300, "D"))
            .astype("str"),
            "kind": np.array(["leaflet", "crossing", "drone"])[np.arange(n) % 3],
            "title": [f'No {i}, "quoted"\nand more' for i in range(n)],
            "place": [None if s else PLACES[i % 6] for i, s in enumerate(spots)],
            "lon": np.where(spots, rng.uniform(125, 129, n).round(5), np.nan),
            "lat": np.where(spots, rng.uniform(37, 39, n).round(5), np.nan),
            "claim": np.where(spots, "north_side", None),
            "note": [f"=1+{i}" for i in range(n)],
        }
    )  # fmt: skip


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "TEXT_BYTES", 10_000)
    monkeypatch.setattr(source, "ROWS", 150)
    monkeypatch.setattr(source, "CHUNK_ROWS", 60)


def written(folder: Path, ending: str, table: pd.DataFrame) -> Path:
    path = folder / f"in{ending}"
    if ending == ".csv":
        table.to_csv(path, index=False)
    elif ending == ".ndjson":
        table.to_json(path, orient="records", lines=True)
    else:
        table.to_parquet(path, row_group_size=100)
    return path


def export(path: Path, output: Path, how: How | None = None) -> object:
    return export_parts([str(path)], output, line=KOREA, how=how or How(), engine=Engine.MEMORY)


@pytest.mark.parametrize("ending", [".csv", ".ndjson", ".parquet"])
def test_the_incidents_are_those_of_memory(tmp_path: Path, ending: str) -> None:
    table = reports()
    in_memory = load_all([written(tmp_path, ".csv", table)], line=KOREA).incidents
    path = written(tmp_path, ending, table)
    assert len(cut([str(path)])) > 5
    found = export(path, tmp_path / "out.parquet")
    assert (found.rows_read, found.incidents, found.rejected) == (800, 800, 0)
    assert found.placed == int(in_memory.geometry.notna().sum())
    assert found.by_side == in_memory["side"].value_counts().sort_index().to_dict()
    ours = gpd.read_parquet(tmp_path / "out.parquet").set_index("id").sort_index()
    theirs = in_memory.set_index("id").sort_index()
    assert set(ours.columns) == set(theirs.columns)
    pd.testing.assert_frame_equal(
        pd.DataFrame(ours.drop(columns="geometry"))[sorted(set(ours) - {"geometry"})],
        pd.DataFrame(theirs.drop(columns="geometry"))[sorted(set(ours) - {"geometry"})],
        check_dtype=False,
    )
    same = ours.geometry.geom_equals_exact(theirs.geometry, 1e-12) | ours.geometry.isna()
    assert same.all()
    assert (ours.geometry.isna() == theirs.geometry.isna()).all()


@pytest.mark.parametrize("ending", [".csv", ".ndjson", ".geojson"])
def test_a_text_has_the_lines_that_memory_writes(tmp_path: Path, ending: str) -> None:
    path = written(tmp_path, ".csv", reports(300))
    export(path, tmp_path / f"parts{ending}")
    bm.write(load_all([path], line=KOREA).incidents, tmp_path / f"memory{ending}")
    ours, theirs = ((tmp_path / f"{n}{ending}").read_text() for n in ("parts", "memory"))
    if ending == ".csv":
        columns = pd.read_csv(tmp_path / "memory.csv", dtype="str")
        parts = pd.read_csv(tmp_path / "parts.csv", dtype="str")
        pd.testing.assert_frame_equal(
            parts.sort_values("id", ignore_index=True),
            columns.sort_values("id", ignore_index=True),
        )
        return
    features = [
        json.loads(text)["features"] if ending == ".geojson"
        else [json.loads(line) for line in text.splitlines()]
        for text in (ours, theirs)
    ]  # fmt: skip
    by_id = [sorted(f, key=lambda x: x["id"]) for f in features]
    assert by_id[0] == by_id[1]
    assert len(by_id[0]) == 300


def test_a_folder_of_parts_is_geoparquet_that_others_read(tmp_path: Path) -> None:
    export(written(tmp_path, ".csv", reports(300)), tmp_path / "out")
    parts = [gpd.read_parquet(p) for p in sorted((tmp_path / "out").glob("part-*.parquet"))]
    assert len(parts) > 2
    assert sum(map(len, parts)) == 300
    assert all(p.crs.to_epsg() == 4326 for p in parts)


def test_columns_that_only_some_parts_have_are_in_the_whole(tmp_path: Path) -> None:
    path = tmp_path / "in.ndjson"
    rows = [{"date": "2024-06-01", "place": "Paju", "title": f"{i} " + "x" * 200,
             **({"depth": i} if i < 40 else {"depth": "deep", "late": "y"})}
            for i in range(150)]  # fmt: skip
    path.write_text("\n".join(json.dumps(r) for r in rows))
    for ending in (".parquet", ".csv"):
        export(path, tmp_path / f"out{ending}")
    whole = gpd.read_parquet(tmp_path / "out.parquet")
    assert len(whole) == len(pd.read_csv(tmp_path / "out.csv")) == 150
    assert int(whole["late"].notna().sum()) == 110
    assert "deep" in set(whole["depth"])


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".ndjson"])
def test_a_bad_row_is_told_with_its_number_in_the_file(tmp_path: Path, ending: str) -> None:
    table = reports().assign(title="short")
    table.loc[600, "date"] = "early spring"
    path = written(tmp_path, ending, table)
    # The header of CSV is line 1.
    number = 602 if ending == ".csv" else 601
    with pytest.raises(InputError, match=rf':{number}: date "early spring"'):
        export(path, tmp_path / "out.parquet")
    (tmp_path / "out.parquet.parts").rename(tmp_path / "gone")
    found = export(path, tmp_path / "out.parquet", How(skip=True))
    assert (found.incidents, found.rejected) == (799, 1)
    rejects = pd.read_csv(tmp_path / "out.rejects.csv")
    assert rejects["reject_row"].tolist() == [number]


def test_what_cannot_be_done_in_parts_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, ".csv", reports(5))
    with pytest.raises(InputError, match="cannot be written in parts"):
        export(path, tmp_path / "out.qgz")
    from bordermap.reading import Merge

    with pytest.raises(InputError, match="whole table"):
        export(path, tmp_path / "out.csv", How(merge=Merge.SAME))
    path.write_bytes("date,place\n2024-06-01,파주\n".encode("cp949"))
    with pytest.raises(InputError, match="is no UTF-8"):
        export(path, tmp_path / "out2.csv")


@pytest.mark.slow
def test_a_killed_export_goes_on_and_its_workers_end(tmp_path: Path) -> None:
    table = pd.concat([reports(2000).assign(note=f"{i}") for i in range(8)], ignore_index=True)
    table.to_parquet(tmp_path / "in.parquet", row_group_size=1000)
    words = [sys.executable, "-c",
             "from bordermap.parts import source\n"
             "source.ROWS = 1000\n"
             "from bordermap.cli import main\n"
             "main()",
             "export", "in.parquet", "-o", "out.csv", "--engine", "stream"]  # fmt: skip
    env = {**os.environ, "PYTHONPATH": str(Path(bm.__file__).parent.parent)}
    pipe = subprocess.Popen(words, cwd=tmp_path, env=env, stdout=subprocess.PIPE, text=True)
    notes = tmp_path / "out.csv.parts"
    while pipe.poll() is None and len(list(notes.glob("_part-*"))) < 2:
        time.sleep(0.01)
    pipe.send_signal(signal.SIGKILL)
    # The workers hold the pipe; it is at its end when they are gone.
    pipe.communicate(timeout=60)
    done = len(list(notes.glob("_part-*")))
    assert 2 <= done < 16
    assert not (tmp_path / "out.csv").exists()
    again = subprocess.run(
        words, cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert again.returncode == 0, again.stderr
    assert f"in 16 parts, {done} done before" in again.stderr
    assert len(pd.read_csv(tmp_path / "out.csv")) == 16_000
    assert not notes.exists()
