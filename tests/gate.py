"""The gate: one command that sets up a virtual environment and runs every check.

``python3 tests/gate.py`` needs Python 3.11, git and pip. It makes ``.venv``,
installs the project with its development extras, then runs ruff, mypy, pytest
with doctests, builds the wheel and renders a map from it in a fresh
environment. It stops at the first failure and returns its exit code.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = "Scripts" if os.name == "nt" else "bin"


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run one command, say what it is and how long it took, stop on failure."""
    words = [str(word) for word in command]
    print(f"\n$ {' '.join(words)}", flush=True)
    start = time.monotonic()
    done = subprocess.run(words, cwd=cwd, check=False)
    print(f"  {time.monotonic() - start:.0f} s", flush=True)
    if done.returncode:
        sys.exit(done.returncode)


def environment(path: Path, *install: str | Path) -> Path:
    """Make a virtual environment and return its folder of programs."""
    if not (path / BIN).exists():
        run(sys.executable, "-m", "venv", path)
    run(path / BIN / "python", "-m", "pip", "install", "-q", *install)
    return path / BIN


def main() -> None:
    """Run every check."""
    programs = environment(ROOT / ".venv", "-e", ".[dev]")
    run(programs / "ruff", "format", "--check", ".")
    run(programs / "ruff", "check", ".")
    run(programs / "mypy")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        run(programs / "python", "-m", "build", "--wheel", "--outdir", room)
        wheel = next(room.glob("*.whl"))
        fresh = environment(room / "venv", wheel)
        run(fresh / "bordermap", "render", "-o", room / "map.html", cwd=room)
        if (room / "map.html").stat().st_size < 10_000:
            sys.exit("the map that the wheel renders is empty")
    run(programs / "python", "-m", "pytest")


if __name__ == "__main__":
    main()
