"""Tables in parts: the same answers as in memory, whatever the parts, and after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bordermap as bm
from bordermap.errors import InputError
from bordermap.parts import Engine, check_parts, crossings_of_parts, source
from bordermap.parts.engines import NO_DASHBOARD
from bordermap.parts.source import cut, rows_of
from bordermap.reading.fixes import read_fixes

KOREA = bm.load_line()


def positions(n: int = 3000, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "mmsi": rng.integers(440_000_000, 440_000_020, n),
            "time": pd.Timestamp("2024-06-01") + pd.to_timedelta(np.arange(n), "min"),
            "lon": rng.uniform(124.5, 130, n).round(6),
            "lat": rng.uniform(36.5, 39.5, n).round(6),
            "accuracy_m": rng.uniform(5, 500, n).round(1),
        }
    )


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut small tables into many parts."""
    monkeypatch.setattr(source, "TEXT_BYTES", 20_000)
    monkeypatch.setattr(source, "ROWS", 500)
    monkeypatch.setattr(source, "CHUNK_ROWS", 200)


def in_memory(table: pd.DataFrame) -> pd.DataFrame:
    sited = bm.site(table.rename(columns={"accuracy_m": "radius_m"}))
    return sited.rename(columns={"radius_m": "accuracy_m"})


@pytest.mark.usefixtures("small_parts")
def test_parquet_in_parts_is_sited_as_in_memory(tmp_path: Path) -> None:
    table = positions()
    table.to_parquet(tmp_path / "in.parquet", row_group_size=300)
    found = check_parts([str(tmp_path / "in.parquet")], tmp_path / "out.parquet", line=KOREA,
                        engine=Engine.MEMORY)  # fmt: skip
    assert found.parts > 5
    assert found.rows == found.placed == len(table)
    written = pd.read_parquet(tmp_path / "out.parquet")
    pd.testing.assert_frame_equal(written, in_memory(table), check_dtype=False)
    assert found.by_side == written["side"].value_counts().sort_index().to_dict()
    assert not list(tmp_path.glob("*.parts"))


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("ending", [".csv", ".ndjson"])
def test_text_in_parts_is_sited_as_in_memory(ending: str, tmp_path: Path) -> None:
    table = positions().assign(note='a "quoted"\nline, with commas', time="2024-06-01")
    path = tmp_path / f"in{ending}"
    if ending == ".csv":
        table.to_csv(path, index=False)
    else:
        table.to_json(path, orient="records", lines=True)
    found = check_parts([str(path)], tmp_path / f"out{ending}", line=KOREA, engine=Engine.MEMORY)
    assert found.parts > 3
    out = tmp_path / f"out{ending}"
    written = pd.read_csv(out) if ending == ".csv" else pd.read_json(out, lines=True)
    assert written["note"].unique().tolist() == ['a "quoted"\nline, with commas']
    wanted = in_memory(table)
    assert written["side"].tolist() == wanted["side"].tolist()
    np.testing.assert_allclose(written["distance_m"], wanted["distance_m"], rtol=1e-9)


def test_points_of_geoparquet_and_places_are_taken_too(tmp_path: Path) -> None:
    table = positions(50)
    points = gpd.GeoDataFrame(
        table[["mmsi"]], geometry=gpd.points_from_xy(table.lon, table.lat), crs=4326
    )
    points.to_parquet(tmp_path / "points.parquet")
    check_parts([str(tmp_path / "points.parquet")], tmp_path / "a.parquet", line=KOREA,
                engine=Engine.MEMORY)  # fmt: skip
    sited = pd.read_parquet(tmp_path / "a.parquet")
    assert sited["side"].tolist() == bm.site(points)["side"].tolist()
    (tmp_path / "named.csv").write_text("what,place\na,Paju\nb,Pyongyang\nc,nowhere known\n")
    found = check_parts([str(tmp_path / "named.csv")], tmp_path / "b.csv", line=KOREA,
                        engine=Engine.MEMORY)  # fmt: skip
    assert (found.rows, found.placed) == (3, 2)
    located = pd.read_csv(tmp_path / "b.csv")
    assert located["side"].tolist()[:2] == ["south", "north"]
    assert located["place_id"].isna().tolist() == [False, False, True]


@pytest.mark.usefixtures("small_parts")
def test_rows_with_coordinates_and_rows_with_places_go_into_one_table(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {
            "date": "2024-06-01",
            "kind": "leaflet",
            "title": [f"{n}" + "x" * 100 for n in range(400)],
            "place": ["Paju", None, "Kaesong", "the DMZ"] * 100,
            "lon": [np.nan, 127.1, np.nan, np.nan] * 100,
            "lat": [np.nan, 38.4, np.nan, np.nan] * 100,
        }
    )
    table.to_csv(tmp_path / "in.csv", index=False)
    found = check_parts([str(tmp_path / "in.csv")], tmp_path / "out.csv", line=KOREA,
                        engine=Engine.MEMORY)  # fmt: skip
    assert (found.rows, found.placed) == (400, 400)
    assert found.parts > 2
    written = pd.read_csv(tmp_path / "out.csv").set_index("title").sort_index()
    whole = bm.load(tmp_path / "in.csv").set_index("title").sort_index()
    for column in ("side", "place_id", "place_source", "precision", "agrees"):
        ours, theirs = (t[column].astype("str").fillna("nan") for t in (written, whole))
        assert ours.tolist() == theirs.tolist()
    for column in ("p_north", "distance_m", "radius_m"):
        np.testing.assert_allclose(written[column], whole[column], rtol=1e-9)


def test_a_part_of_text_ends_where_a_record_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "in.csv"
    rows = [f'{i},"two\nlines, ""{i}"""' for i in range(500)]
    path.write_text("n,text\n" + "\n".join(rows))
    monkeypatch.setattr(source, "TEXT_BYTES", 700)
    parts = cut([str(path)])
    assert len(parts) > 10
    read = pd.concat([f for p in parts for f in rows_of(p)], ignore_index=True)
    assert read["n"].astype(int).tolist() == list(range(500))
    assert read["text"].tolist() == [f'two\nlines, "{i}"' for i in range(500)]


@pytest.mark.usefixtures("small_parts")
def test_a_bad_coordinate_is_told_with_its_row(tmp_path: Path) -> None:
    table = positions()
    table.loc[1234, "lat"] = 95.0
    table.to_parquet(tmp_path / "in.parquet", row_group_size=300)
    with pytest.raises(InputError, match=r'in.parquet:1236: lat "95.0" is not degrees up to 90'):
        check_parts([str(tmp_path / "in.parquet")], tmp_path / "o", line=KOREA,
                    engine=Engine.MEMORY)  # fmt: skip


def test_a_folder_of_another_run_is_not_gone_on_with(tmp_path: Path) -> None:
    positions(50).to_parquet(tmp_path / "a.parquet")
    positions(60).to_parquet(tmp_path / "b.parquet")
    out = tmp_path / "out"
    check_parts([str(tmp_path / "a.parquet")], out, line=KOREA, engine=Engine.MEMORY)
    again = check_parts([str(tmp_path / "a.parquet")], out, line=KOREA, engine=Engine.MEMORY)
    assert again.parts_done_before == again.parts == 1
    with pytest.raises(InputError, match="another run"):
        check_parts([str(tmp_path / "b.parquet")], out, line=KOREA, engine=Engine.MEMORY)
    assert len(pd.read_parquet(out)) == 50


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_crossings_are_found_whatever_the_partition(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    tmp_path = tmp_path_factory.mktemp("tracks")
    rng = np.random.default_rng(data.draw(st.integers(0, 10_000)))
    tracks, fixes = 6, 60
    lat = 37.955 + np.cumsum(rng.normal(0, 0.01, (tracks, fixes)), axis=1)
    table = pd.DataFrame(
        {
            "track_id": np.repeat([f"t{i}" for i in range(tracks)], fixes),
            "time": np.tile(pd.date_range("2024-06-01", periods=fixes, freq="min"), tracks),
            "lon": 126.677,
            "lat": lat.ravel(),
        }
    ).sample(frac=1.0, random_state=int(rng.integers(1000)))
    cuts = data.draw(st.lists(st.integers(1, len(table) - 1), max_size=6, unique=True))
    paths = []
    for i, piece in enumerate(np.split(np.arange(len(table)), sorted(cuts))):
        paths.append(str(tmp_path / f"{i}.parquet"))
        table.iloc[piece].to_parquet(paths[-1])
    found = crossings_of_parts(paths, tmp_path / "work", line=KOREA, engine=Engine.MEMORY)
    whole = bm.find_crossings(read_fixes_of(paths), line=KOREA)
    pd.testing.assert_frame_equal(pd.DataFrame(found), pd.DataFrame(whole), check_dtype=False)
    assert not (tmp_path / "work").exists()


def read_fixes_of(paths: list[str]) -> pd.DataFrame:
    return pd.concat([read_fixes(p) for p in paths], ignore_index=True)


def test_buckets_of_many_parts_hold_whole_tracks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bordermap.parts.crossing.ROWS", 400)
    table = positions(2000).assign(lat=lambda t: 37.955 + 0.02 * np.sin(np.arange(len(t)) / 9))
    table["lon"] = 126.677
    paths = []
    for i, piece in enumerate(np.array_split(np.arange(len(table)), 7)):
        paths.append(str(tmp_path / f"{i}.csv"))
        table.iloc[piece].to_csv(paths[-1], index=False)
    found = crossings_of_parts(paths, tmp_path / "work", line=KOREA, engine=Engine.MEMORY)
    whole = bm.find_crossings(
        read_fixes_of(paths).assign(track_id=lambda t: t["track_id"].astype("str")), line=KOREA
    )
    assert (whole["event"] == "crossing").sum() > 50
    pd.testing.assert_frame_equal(pd.DataFrame(found), pd.DataFrame(whole), check_dtype=False)


@pytest.mark.slow
def test_a_killed_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    table = positions(400_000)
    table.to_parquet(tmp_path / "in.parquet", row_group_size=20_000)
    words = [sys.executable, "-c",
             "from bordermap.parts import source\n"
             "source.ROWS = 20_000\n"
             "from bordermap.cli import main\n"
             "main()",
             "check", "in.parquet", "-o", "out", "--engine", "stream"]  # fmt: skip
    env = {**os.environ, "PYTHONPATH": str(Path(bm.__file__).parent.parent)}
    first = subprocess.Popen(
        words, cwd=tmp_path, env=env, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while first.poll() is None and len(list(tmp_path.glob("out/_part-*"))) < 3:
        time.sleep(0.01)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    done = len(list(tmp_path.glob("out/_part-*")))
    assert 3 <= done < 20, "the run was over before it was killed"
    for part in tmp_path.glob("out/part-*.parquet"):
        assert len(pd.read_parquet(part)) == 20_000  # whole, or not there
    again = subprocess.run(
        words, cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert again.returncode == 0, again.stderr
    assert f"20 parts, {done} done before" in again.stderr
    written = pd.read_parquet(tmp_path / "out")
    pd.testing.assert_frame_equal(written, in_memory(table), check_dtype=False)


@pytest.mark.slow
def test_a_dask_worker_that_dies_changes_nothing(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    table = positions(300_000)
    table.to_parquet(tmp_path / "in.parquet", row_group_size=10_000)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, scheduler_kwargs=NO_DASHBOARD, silence_logs=50
    ) as cluster:
        out = tmp_path / "out"
        killed = threading.Thread(target=kill_one, args=(cluster, out))
        killed.start()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(source, "ROWS", 10_000)
            found = check_parts([str(tmp_path / "in.parquet")], out, line=KOREA,
                                engine=Engine.DASK,
                                scheduler=cluster.scheduler_address)  # fmt: skip
        killed.join()
    assert found.rows == 300_000
    written = pd.read_parquet(out)
    pd.testing.assert_frame_equal(written, in_memory(table), check_dtype=False)


def kill_one(cluster: object, out: Path) -> None:
    """Kill a worker process once three parts are done."""
    while len(list(out.glob("_part-*"))) < 3:
        time.sleep(0.01)
    worker = next(iter(cluster.workers.values()))  # type: ignore[attr-defined]
    os.kill(worker.pid, signal.SIGKILL)


def test_a_dask_table_stays_lazy_and_gives_the_same() -> None:
    dd = pytest.importorskip("dask.dataframe")
    table = positions(2000)
    lazy = bm.site(dd.from_pandas(table, npartitions=4))
    assert hasattr(lazy, "dask")
    pd.testing.assert_frame_equal(lazy.compute(), bm.site(table), check_dtype=False)


def test_crossings_of_a_dask_table_are_those_of_memory() -> None:
    dd = pytest.importorskip("dask.dataframe")
    table = positions(2000).assign(lon=126.677)
    table["lat"] = 37.955 + 0.02 * np.sin(np.arange(len(table)) / 9)
    fixes = table.rename(columns={"mmsi": "track_id"})
    whole = bm.find_crossings(fixes, line=KOREA)
    lazy = bm.find_crossings(dd.from_pandas(fixes, npartitions=7), line=KOREA).compute()
    order = ["track_id", "time", "event"]
    pd.testing.assert_frame_equal(
        pd.DataFrame(lazy.sort_values(order, ignore_index=True)),
        pd.DataFrame(whole.sort_values(order, ignore_index=True)),
        check_dtype=False,
    )


def test_places_of_a_dask_table_are_located_among_their_report() -> None:
    dd = pytest.importorskip("dask.dataframe")
    table = pd.DataFrame(
        {
            "place": ["Kosong", "Hwajinpo", "Goseong", "Busan", "Paju"] * 3,
            "source_url": [f"https://example.org/{i}" for i in (1, 1, 2, 2, 3)] * 3,
        }
    )
    whole = bm.locate(table)
    lazy = bm.locate(dd.from_pandas(table, npartitions=4)).compute().sort_index()
    assert lazy["place_id"].tolist() == whole["place_id"].tolist()
