"""A file is there whole or not at all: killed writers, full disks, folders that are not there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bordermap.errors import OutputError
from bordermap.pipeline import load, write

PROGRAM = Path(__file__).parent / "interrupted.py"
ENDINGS = ["geojson", "csv", "kml", "kmz", "parquet", "gpkg"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills and limits as on POSIX")


def told(*words: str) -> Any:
    env = {**os.environ, "PYTHONPATH": str(PROGRAM.parent.parent)}
    done = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", str(PROGRAM), *words],
        capture_output=True, text=True, env=env, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
def test_a_killed_writer_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    for ending, trials in told("kill", str(tmp_path), *ENDINGS).items():
        assert {trial["state"] for trial in trials} <= {"old", "new"}, ending
        # The moments are spread well enough that some came before the end.
        assert any(trial["state"] == "old" for trial in trials), ending
        for trial in trials:
            debris = [name for name in trial["left"] if name not in {f"x.{ending}", "x.qml"}]
            assert len(debris) <= 1, ending
            named = rf"\.x\.\w+\.partial\.({ending}|qml)"
            assert all(re.fullmatch(named, name) for name in debris), debris


def test_a_file_too_large_for_the_process_leaves_the_old_one(tmp_path: Path) -> None:
    for ending, found in told("full", str(tmp_path), "8192", *ENDINGS).items():
        assert re.match(r"OutputError: .*: cannot be written: ", found["error"]), ending
        assert (found["old"], found["left"]) == (True, [f"x.{ending}"])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", str(folder)]
    if (
        shutil.which("mount") is None
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("no small disk: mounting needs root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_leaves_the_old_file_and_nothing_else(small_disk: Path) -> None:
    for ending, found in told("full", str(small_disk), "0", *ENDINGS).items():
        assert re.match(r"OutputError: .*: cannot be written: ", found["error"]), ending
        assert (found["old"], found["left"]) == (True, [f"x.{ending}"])


@pytest.mark.parametrize("ending", [*ENDINGS, "qgz"])
def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path, ending: str) -> None:
    with pytest.raises(OutputError, match="cannot be written: No such file") as error:
        write(load(), tmp_path / "none" / f"x.{ending}")
    assert "\n" not in str(error.value)
