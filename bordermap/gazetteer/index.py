"""Read an index of places: keys to places, places to their facts and shapes."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from bordermap.errors import MissingDataError
from bordermap.gazetteer.store import SCHEMA_VERSION

if TYPE_CHECKING:
    import shapely

__all__ = ["Index", "Record", "is_packaged"]

# SQLite takes 999 parameters in its oldest builds.
_CHUNK = 900
_T = TypeVar("_T")
# Numbers of places from several files live side by side.
_FILE_STEP = 100_000_000


class Record(NamedTuple):
    """One place as the index holds it; ``no`` is its number among all open files."""

    no: int
    place_id: str
    name_en: str
    name_rr: str | None
    name_mr: str | None
    name_dprk: str | None
    name_ko: str | None
    hanja: str | None
    lon: float
    lat: float
    radius_m: float
    feature_class: str
    country: str | None
    within: str | None
    importance: float
    rank: int
    line_m: float | None
    source: str
    note: str | None
    has_shape: int


def is_packaged(no: int) -> bool:
    """Return whether a place's number is one of the first file, the most trusted."""
    return no < _FILE_STEP


_FIELDS = ", ".join(Record._fields[:-1]) + ", shape IS NOT NULL"


class Index:
    """One or more index files, opened for reading when first asked.

    Parameters
    ----------
    paths
        The files, the most trusted first.

    Raises
    ------
    MissingDataError
        A file is missing, or was written by another version.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = list(paths)
        self._local = threading.local()

    @property
    def paths(self) -> list[Path]:
        """The files, the most trusted first."""
        return list(self._paths)

    @property
    def _open(self) -> list[sqlite3.Connection]:
        # A connection belongs to the thread that made it.
        found: list[sqlite3.Connection] | None = getattr(self._local, "open", None)
        if found is None:
            found = [_connect(path) for path in self._paths]
            self._local.open = found
        return found

    def lookup(self, keys: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
        """Return for every key that is known the places and tiers it leads to."""
        found: dict[str, list[tuple[int, int]]] = {}
        wanted = sorted(set(keys))
        for number, connection in enumerate(self._open):
            base = number * _FILE_STEP
            for chunk in _chunks(wanted):
                marks = ",".join("?" * len(chunk))
                query = f"SELECT key, no, tier FROM key WHERE key IN ({marks})"  # noqa: S608
                for key, no, tier in connection.execute(query, chunk):
                    found.setdefault(key, []).append((base + no, tier))
        return found

    def best(self, keys: Iterable[str]) -> dict[str, list[tuple[int, float, str | None, str]]]:
        """Return for every key that is known the likeliest place of each tier.

        A place is given as tier, importance, country and feature class.
        """
        found: dict[str, list[tuple[int, float, str | None, str]]] = {}
        for connection in self._open:
            for chunk in _chunks(sorted(set(keys))):
                marks = ",".join("?" * len(chunk))
                # SQLite takes bare columns from the row that holds the maximum.
                query = (
                    "SELECT key, tier, max(importance), country, feature_class "  # noqa: S608
                    f"FROM key JOIN place USING (no) WHERE key IN ({marks}) GROUP BY key, tier"
                )
                for key, *answer in connection.execute(query, chunk):
                    found.setdefault(key, []).append(tuple(answer))
        return found

    def records(self, numbers: Iterable[int]) -> dict[int, Record]:
        """Return the places of these numbers."""
        found: dict[int, Record] = {}
        by_file: dict[int, list[int]] = {}
        for no in sorted(set(numbers)):
            by_file.setdefault(no // _FILE_STEP, []).append(no % _FILE_STEP)
        for number, wanted in by_file.items():
            base = number * _FILE_STEP
            for chunk in _chunks(wanted):
                marks = ",".join("?" * len(chunk))
                query = f"SELECT {_FIELDS} FROM place WHERE no IN ({marks})"  # noqa: S608
                for no, *facts in self._open[number].execute(query, chunk):
                    found[base + no] = Record._make((base + no, *facts))
        return found

    def by_place_id(self, place_id: str) -> Record | None:
        """Return the place of an id, or None."""
        for number, connection in enumerate(self._open):
            query = f"SELECT {_FIELDS} FROM place WHERE place_id = ?"  # noqa: S608
            row = connection.execute(query, (place_id,)).fetchone()
            if row is not None:
                return Record(number * _FILE_STEP + row[0], *row[1:])
        return None

    def shape(self, place_id: str) -> shapely.Geometry | None:
        """Return the polygon or line of a place in EPSG:4326, or None."""
        import shapely

        for connection in self._open:
            row = connection.execute(
                "SELECT shape FROM place WHERE place_id = ? AND shape IS NOT NULL", (place_id,)
            ).fetchone()
            if row is not None:
                geometry: shapely.Geometry = shapely.from_wkb(row[0])
                return geometry
        return None

    def where(self, condition: str, values: Sequence[object] = ()) -> Iterator[Record]:
        """Yield the places that meet a condition on the table's columns."""
        for number, connection in enumerate(self._open):
            query = f"SELECT {_FIELDS} FROM place WHERE {condition} ORDER BY no"  # noqa: S608
            for row in connection.execute(query, values):
                yield Record(number * _FILE_STEP + row[0], *row[1:])

    def keys(self, *, least_importance: float = 0.0) -> Iterator[tuple[str, int, int]]:
        """Yield every key with its place and tier, sorted by key within each file."""
        for number, connection in enumerate(self._open):
            # Of an imported dump nothing is important enough: its keys need not be read.
            most = connection.execute("SELECT max(importance) FROM place").fetchone()[0]
            if most is None or most < least_importance:
                continue
            rows = connection.execute(
                "SELECT key, no, tier FROM key JOIN place USING (no) WHERE importance >= ? "
                "ORDER BY key, no",
                (least_importance,),
            )
            for key, no, tier in rows:
                yield key, number * _FILE_STEP + no, tier

    def count(self) -> int:
        """Return how many places there are."""
        return sum(int(c.execute("SELECT count(*) FROM place").fetchone()[0]) for c in self._open)

    def has_country(self, code: str) -> bool:
        """Return whether any place lies in the country of this ISO code."""
        query = "SELECT 1 FROM place WHERE country = ? LIMIT 1"
        return any(c.execute(query, (code,)).fetchone() for c in self._open)

    def countries(self) -> set[str]:
        """Return the ISO codes of the countries in which places lie."""
        query = "SELECT DISTINCT country FROM place WHERE country IS NOT NULL"
        return {code for c in self._open for (code,) in c.execute(query)}

    def about(self) -> list[dict[str, str]]:
        """Return what each file says of itself."""
        return [dict(c.execute("SELECT name, value FROM about")) for c in self._open]


def _chunks(values: Sequence[_T]) -> Iterator[tuple[_T, ...]]:
    iterator = iter(values)
    while chunk := tuple(islice(iterator, _CHUNK)):
        yield chunk


def _connect(path: Path) -> sqlite3.Connection:
    if not path.exists():
        raise MissingDataError(f"{path}: the gazetteer is not there; reinstall bordermap")
    # Immutable: no lock files beside it, and it opens on read-only media.
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None)
        row = connection.execute("SELECT value FROM about WHERE name = 'schema'").fetchone()
    except sqlite3.DatabaseError as error:
        raise MissingDataError(f"{path}: no gazetteer index: {error}") from error
    if row is None or row[0] != str(SCHEMA_VERSION):
        raise MissingDataError(f"{path}: made by another version; remove it and add it again")
    return connection
