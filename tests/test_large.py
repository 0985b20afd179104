"""Maps of counts made in parts and in memory: the same counts, the same newest ones."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from click.testing import CliRunner
from test_cells import incidents, plain

from bordermap.cells import count_cells, newest_of
from bordermap.cli import large
from bordermap.cli.render import command
from bordermap.errors import InputError
from bordermap.ordering import sort_incidents
from bordermap.parts import counted, is_large
from bordermap.parts.joining import write_geoparquet


@pytest.fixture(scope="module")
def table() -> gpd.GeoDataFrame:
    return sort_incidents(incidents(2000, seed=5))


@pytest.mark.parametrize("singles", [1, 130, 1950, 2000, 9000])
def test_counting_a_file_twice_read_gives_what_memory_gives(
    table: gpd.GeoDataFrame, tmp_path: Path, singles: int
) -> None:
    write_geoparquet(table.sample(frac=1, random_state=2), tmp_path / "all.parquet")
    cells, newest = counted(tmp_path / "all.parquet", singles=singles)
    assert plain(cells) == plain(count_cells([table]))
    expected = newest_of(table, singles)
    assert newest["id"].tolist() == expected["id"].tolist()
    assert len(newest) == min(singles, 2000)
    oldest = newest["date_start"].min()
    left = table[~table["id"].isin(newest["id"])]
    assert not (left["date_start"] > oldest).any()


def csv_of(table: gpd.GeoDataFrame) -> pd.DataFrame:
    points = table[table.geometry.geom_type == "Point"]
    return pd.DataFrame(
        {
            "title": points["title"], "kind": points["kind"],
            "date": points["date_start"].dt.strftime("%Y-%m-%d"),
            "lon": points.geometry.x, "lat": points.geometry.y,
        }
    ).dropna()  # fmt: skip


def test_only_files_of_many_rows_are_large(table: gpd.GeoDataFrame, tmp_path: Path) -> None:
    rows = csv_of(table)
    rows.to_csv(tmp_path / "in.csv", index=False)
    rows.to_parquet(tmp_path / "in.parquet")
    for name in ("in.csv", "in.parquet"):
        path = str(tmp_path / name)
        assert is_large([path], more_than=len(rows) - 1)
        assert not is_large([path], more_than=len(rows))
    assert not is_large([], more_than=0)
    assert not is_large(["-"], more_than=0)
    assert not is_large([str(tmp_path / "none.csv")], more_than=0)
    with pytest.raises(InputError, match="no such file"):
        is_large([str(tmp_path / "*.tsv")], more_than=0)


@pytest.mark.slow
def test_render_in_parts_writes_counts_the_newest_and_a_table_of_all(
    table: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    rows = csv_of(table)
    rows.to_csv(tmp_path / "in.csv", index=False)
    rows.sample(frac=1, random_state=1).to_csv(tmp_path / "mixed.csv", index=False)
    pages = []
    for name in ("in.csv", "mixed.csv"):
        out = tmp_path / name / "map.html"
        out.parent.with_suffix(".d").mkdir()
        out = out.parent.with_suffix(".d") / "map.html"
        done = CliRunner().invoke(
            command, [str(tmp_path / name), "-o", str(out), "--singles", "60"],
            catch_exceptions=False,
        )  # fmt: skip
        assert done.exit_code == 0
        assert f"{len(rows)} incidents" in done.output
        assert "the newest 60 can be opened" in done.output
        assert len(gpd.read_parquet(out.with_suffix(".parquet"))) == len(rows)
        pages.append(out.read_text(encoding="utf-8"))
    assert f"{len(rows):,} incidents" in pages[0]
    assert "the newest 60 can be opened one by one. All are in map.parquet." in pages[0]
    assert pages[0] == pages[1]


def test_few_incidents_are_drawn_as_ever(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, ["-o", str(tmp_path / "map.html")], catch_exceptions=False)
    assert done.exit_code == 0
    assert [p.name for p in tmp_path.iterdir()] == ["map.html"]
    assert "Counts by square;" not in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_a_table_in_memory_with_singles_is_counted_too(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        command, ["-o", str(tmp_path / "map.html"), "--singles", "5"], catch_exceptions=False
    )
    assert done.exit_code == 0
    assert {p.name for p in tmp_path.iterdir()} == {"map.html", "map.parquet"}
    text = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "the newest 5 can be opened one by one" in text


@pytest.mark.parametrize(
    "more",
    [
        ["--engine", "stream"],
        ["--engine", "dask"],
        ["x.csv", "--engine", "stream", "-o", "-"],
        ["--scheduler", "tcp://x:1"],
    ],
)
def test_usage_that_makes_no_sense_is_refused(more: list[str]) -> None:
    assert CliRunner().invoke(command, more).exit_code == 2


def test_the_limits_are_those_of_the_help() -> None:
    text = command.get_help(command.make_context("render", []))
    assert f"{large.SINGLES:,}" in text
    assert f"{large.OPENED_AT_MOST:,}" in text
