"""Index files that a user added, each whole in one file of the user's data folder."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from bordermap.errors import InputError, OutputError, at
from bordermap.files import geodata_path, user_data_path, written_whole
from bordermap.gazetteer import alternates, dump
from bordermap.gazetteer.index import Index
from bordermap.gazetteer.store import Place, write_index

__all__ = ["Added", "UserIndex", "add", "listed", "remove", "user_folder", "user_indexes"]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}")
_SUFFIX = ".sqlite"
_COMPLAINTS_SHOWN = 5
# What a killed import left behind.
_STALE_S = 3600.0
_CHUNK = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class UserIndex:
    """One added file: its name, what it is, how many places and bytes, whom to credit."""

    name: str
    kind: str
    places: int
    size_bytes: int
    attribution: str
    file: str
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What came of adding a file; ``complaints`` are its lines that could not be read."""

    index: UserIndex
    replaced: bool
    skipped: int
    complaints: tuple[str, ...]


def user_folder() -> Path:
    """Return the folder of the user's index files; it need not exist."""
    return user_data_path() / "gazetteer"


def user_indexes() -> list[Path]:
    """Return the user's index files, by name."""
    folder = user_folder()
    found = folder.glob(f"*{_SUFFIX}") if folder.is_dir() else ()
    return sorted(p for p in found if not p.name.startswith("."))


def listed() -> list[UserIndex]:
    """Return what the user added, by name."""
    return [_described(path) for path in user_indexes()]


def add(path: Path, *, name: str | None = None, skip: bool = False) -> Added:
    """Import a GeoNames dump or a table of alternate names; an older one of the name gives way.

    Written whole or not at all, so two processes that add at once, or one that is
    killed, leave whole files.

    Parameters
    ----------
    path
        A dump or table, plain, zipped or gzipped.
    name
        What to call it; by default as its file is called.
    skip
        Leave lines out that cannot be read, instead of stopping at the first.

    Raises
    ------
    InputError
        A line that cannot be read, with file and line; or a file that is neither.
    OutputError
        The data folder cannot be written.
    """
    called = _checked(name if name is not None else _stem(path), path)
    complaints: list[str] = []
    skipped = 0

    def complain(error: InputError) -> None:
        nonlocal skipped
        if not skip:
            raise error
        skipped += 1
        if len(complaints) < _COMPLAINTS_SHOWN:
            complaints.append(str(error))

    folder = user_folder()
    target = folder / f"{called}{_SUFFIX}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear(folder)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror}") from error
    replaced = target.exists()
    with dump.numbered_lines(path) as lines, written_whole(target) as partial:
        kind, places = _places(lines, path=path, but=target, complain=complain)
        about = {"id": called, "kind": kind, "attribution": "GeoNames (CC BY 4.0)",
                 "file": path.name}  # fmt: skip
        if write_index(partial, places, about=about, keys_of=dump.imported_keys) == 0:
            raise InputError(
                f"{path}: no place to add"
                + ("; add the dump of the places first" if kind == "alternate names" else "")
            )
    return Added(
        index=_described(target), replaced=replaced, skipped=skipped, complaints=tuple(complaints)
    )


def remove(name: str) -> UserIndex:
    """Remove what was added under a name, and return what it was.

    Raises
    ------
    InputError
        Nothing was added under this name.
    """
    path = user_folder() / f"{name}{_SUFFIX}"
    if not _NAME.fullmatch(name) or not path.exists():
        known = ", ".join(p.stem for p in user_indexes()) or "none"
        raise InputError(f'"{name}" was not added to the gazetteer; added are: {known}')
    try:
        gone = _described(path)
    except FileNotFoundError:
        # An index of another version cannot be described, and is removed all the more.
        gone = UserIndex(name=name, kind="unknown", places=0, size_bytes=path.stat().st_size,
                         attribution="", file="", path=path)  # fmt: skip
    try:
        path.unlink()
    except OSError as error:
        raise OutputError(f"{path}: cannot be removed: {error.strerror}") from error
    return gone


def _places(
    lines: Iterator[tuple[int, str]], *, path: Path, but: Path, complain: dump.Complain
) -> tuple[str, Iterable[Place]]:
    """Return what a file is, by the columns of its first line, and its places."""
    first = next(lines, None)
    if first is None:
        raise InputError(f"{path}: is empty")
    lines = chain([first], lines)
    columns = first[1].count("\t") + 1
    if columns in alternates.COLUMNS:
        others = [p for p in user_indexes() if p != but]
        index = Index([geodata_path("gazetteer.sqlite"), *others])
        return "alternate names", alternates.read_alternates(
            lines, name=str(path), index=index, complain=complain
        )
    if columns != dump.COLUMNS:
        raise InputError(
            f"{at(path, row=first[0])}: {columns} tab-separated columns; a GeoNames dump has 19, "
            "a table of alternate names 8 or 10"
        )
    return "dump", _near_line(dump.read_places(lines, name=str(path), complain=complain))


def _near_line(places: Iterable[Place]) -> Iterator[Place]:
    """Yield the places; those of Korea with their distance from the divide, to 0.6 %."""
    from dataclasses import replace

    import numpy as np
    import shapely

    from bordermap.geo import metres_per_degree

    index = Index([geodata_path("gazetteer.sqlite")])
    parts = [index.shape(name) for name in ("nll", "estuary", "mdl", "nll-east")]
    divide = shapely.union_all([p for p in parts if p is not None])
    east, north = (float(v) for v in metres_per_degree(38.0))
    line = shapely.transform(divide, lambda c: c * [east, north])
    shapely.prepare(line)
    waiting: list[Place] = []
    for place in chain(places, [None]):
        if place is not None:
            waiting.append(place)
        if waiting and (place is None or len(waiting) == _CHUNK):
            spots = np.array([[p.lon * east, p.lat * north] for p in waiting])
            far_m = np.atleast_1d(shapely.distance(shapely.points(spots), line)).round(-2)
            for one, m in zip(waiting, far_m, strict=True):
                yield replace(one, line_m=float(m)) if one.is_korean else one
            waiting = []


def _described(path: Path) -> UserIndex:
    index = Index([path])
    about = index.about()[0]
    return UserIndex(
        name=path.stem,
        kind=about.get("kind", "unknown"),
        places=index.count(),
        size_bytes=path.stat().st_size,
        attribution=about.get("attribution", ""),
        file=about.get("file", ""),
        path=path,
    )


def _stem(path: Path) -> str:
    name = path.name
    for suffix in (".gz", ".zip", ".txt"):
        if name.lower().endswith(suffix):
            name = name[: -len(suffix)]
    return name


def _checked(name: str, path: Path) -> str:
    if not _NAME.fullmatch(name):
        raise InputError(f'{path}: "{name}" is no name for it; give --name with letters and digits')
    return name


def _clear(folder: Path) -> None:
    """Remove what imports left that were killed long ago."""
    for debris in folder.glob(f".*.partial{_SUFFIX}"):
        try:
            if time.time() - debris.stat().st_mtime > _STALE_S:
                debris.unlink()
        except FileNotFoundError:
            continue  # another import cleared it
