"""A large file is parsed while something else is done, and gives what it gives without that."""

from __future__ import annotations

import time
from pathlib import Path

import pandas as pd
import pytest

from bordermap.errors import InputError
from bordermap.line import load_line
from bordermap.loading import load_all
from bordermap.reading import How, parsed_ahead, source

ROW = "2024-06-20,leaflet,37.76,126.78,Paju\n"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(source, "_LARGE", 1 << 10)
    (tmp_path / "a.csv").write_text("date,kind,lat,lon,place\n" + ROW * 300)
    return tmp_path / "a.csv"


def test_a_file_parsed_ahead_gives_the_same_incidents(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = load_all([path, path], line=load_line)
    monkeypatch.setattr(source, "_LARGE", 1 << 30)
    plain = load_all([path, path], line=load_line())
    pd.testing.assert_frame_equal(pd.DataFrame(ahead.incidents), pd.DataFrame(plain.incidents))
    assert ahead.reports == plain.reports
    assert ahead.line is plain.line


@pytest.mark.parametrize("name", ["a.json", "missing.csv", "-"])
def test_other_files_are_not_parsed_ahead(name: str, path: Path) -> None:
    path.with_name("a.json").write_text('[{"date": "2024", "place": "Paju"}]' + " " * 5000)
    with parsed_ahead(name if name == "-" else path.with_name(name), How()) as parsed:
        assert parsed is None


def test_a_file_that_cannot_be_parsed_is_told_when_it_is_asked_for(path: Path) -> None:
    path.write_text(path.read_text() + '2024-06-21,"never closed,37,126\n' + ROW)
    with parsed_ahead(path, How()) as parsed:
        pass
    assert parsed is not None
    with pytest.raises(InputError, match="quote"):
        parsed()


def test_an_error_meanwhile_gives_the_parsing_up(path: Path) -> None:
    pytest.importorskip("pyarrow")
    path.write_text("date,kind,lat,lon,place\n" + ROW * 500_000)
    shares: list[float] = []

    def slow(_: str, share: float) -> None:
        shares.append(share)
        time.sleep(0.2)

    def fails_meanwhile() -> None:
        with parsed_ahead(path, How(progress=slow)):
            while not shares:
                time.sleep(0.01)
            raise InputError("no such line")

    with pytest.raises(InputError, match="no such line"):
        fails_meanwhile()
    assert shares[-1] < 1.0
