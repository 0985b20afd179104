"""A column of names geocoded in parts: the rows that memory gives, whatever the parts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bordermap.errors import InputError
from bordermap.gazetteer import Gazetteer
from bordermap.gazetteer.beside import contexts_in, found_places, names_in, with_places
from bordermap.parts import Engine, geocode_parts, geocoding, source

NAMES = ["Paju", " 개성", "the DMZ", "Kaesŏng", "Nowhere at all", "Goseong", "Yeonpyeong-do", None]
TEXTS = ["North Korean soldiers near Kosong", "in Gangwon Province, South Korea", None]


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut small tables into many parts."""
    monkeypatch.setattr(source, "TEXT_BYTES", 9_000)
    monkeypatch.setattr(source, "ROWS", 300)
    monkeypatch.setattr(source, "CHUNK_ROWS", 100)


def table(rows: int = 1000) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    return pd.DataFrame(
        {
            "n": [f"row {k}" for k in range(rows)],
            "place": pd.Series([NAMES[k] for k in rng.integers(0, len(NAMES), rows)], dtype="str"),
            "text": pd.Series([TEXTS[k] for k in rng.integers(0, len(TEXTS), rows)], dtype="str"),
            "lon": "taken",
        }
    )


def in_memory(frame: pd.DataFrame, *, context_column: str | None = None) -> pd.DataFrame:
    gazetteer = Gazetteer.open()
    names = names_in(frame, "place", name="table")
    contexts = contexts_in(frame, names, context_column, gazetteer=gazetteer, name="table")
    return with_places(frame, found_places(names.tolist(), contexts, None, gazetteer))


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("context_column", [None, "text"])
def test_parquet_in_parts_is_geocoded_as_in_memory(
    tmp_path: Path, context_column: str | None
) -> None:
    table().to_parquet(tmp_path / "in.parquet", row_group_size=150)
    done = geocode_parts([str(tmp_path / "in.parquet")], tmp_path / "out.parquet", column="place",
                         context_column=context_column, engine=Engine.MEMORY)  # fmt: skip
    written = pd.read_parquet(tmp_path / "out.parquet")
    expected = in_memory(table(), context_column=context_column)
    pd.testing.assert_frame_equal(written, expected)
    assert (done.rows, done.parts) == (1000, 4)
    assert done.found == int(expected["place_id"].notna().sum()) > 500
    assert done.names_not_found == ("Nowhere at all",)
    assert done.not_found == int((table()["place"] == "Nowhere at all").sum())
    assert {"geocoded_lon", "geocoded_lat", "lon"} <= set(written)


@pytest.mark.usefixtures("small_parts")
def test_text_in_parts_is_geocoded_as_in_memory(tmp_path: Path) -> None:
    expected = in_memory(table())
    table().to_csv(tmp_path / "in.csv", index=False)
    done = geocode_parts([str(tmp_path / "in.csv")], tmp_path / "out.csv", column="place",
                         engine=Engine.MEMORY)  # fmt: skip
    written = pd.read_csv(tmp_path / "out.csv", dtype={"n": "str"})
    assert done.parts > 2
    pd.testing.assert_frame_equal(written, expected, check_dtype=False)
    table().to_json(tmp_path / "in.ndjson", orient="records", lines=True)
    geocode_parts([str(tmp_path / "in.ndjson")], tmp_path / "out.ndjson", column="place",
                  engine=Engine.MEMORY)  # fmt: skip
    lines = pd.read_json(tmp_path / "out.ndjson", lines=True)
    assert lines["place_id"].fillna("").tolist() == expected["place_id"].fillna("").tolist()


@pytest.mark.usefixtures("small_parts")
def test_a_run_that_broke_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table().to_parquet(tmp_path / "in.parquet", row_group_size=150)
    real = geocoding.found_places

    def breaking(names: list[str], *more: object) -> pd.DataFrame:
        if breaking.left == 0:
            raise KeyboardInterrupt
        breaking.left -= 1
        return real(names, *more)  # type: ignore[arg-type]

    breaking.left = 7
    monkeypatch.setattr(geocoding, "found_places", breaking)
    paths, out = [str(tmp_path / "in.parquet")], tmp_path / "out.parquet"
    with pytest.raises(KeyboardInterrupt):
        geocode_parts(paths, out, column="place", engine=Engine.MEMORY)
    assert not out.exists()
    monkeypatch.setattr(geocoding, "found_places", real)
    with pytest.raises(InputError, match="another run"):
        geocode_parts(paths, out, column="n", engine=Engine.MEMORY)
    done = geocode_parts(paths, out, column="place", engine=Engine.MEMORY)
    assert done.parts_done_before == 2
    pd.testing.assert_frame_equal(pd.read_parquet(out), in_memory(table()))


def test_a_column_that_is_not_there_is_told(tmp_path: Path) -> None:
    table(5).to_csv(tmp_path / "in.csv", index=False)
    with pytest.raises(InputError, match=r'in.csv: no column "town"; it has n, place, text, lon'):
        geocode_parts([str(tmp_path / "in.csv")], tmp_path / "out.csv", column="town",
                      engine=Engine.MEMORY)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("engine", [Engine.STREAM, Engine.DASK])
def test_processes_and_dask_give_the_same(tmp_path: Path, engine: Engine) -> None:
    table(400).to_parquet(tmp_path / "in.parquet", row_group_size=150)
    geocode_parts([str(tmp_path / "in.parquet")], tmp_path / "out", column="place", engine=engine)
    written = pd.read_parquet(tmp_path / "out")
    pd.testing.assert_frame_equal(written, in_memory(table(400)))
