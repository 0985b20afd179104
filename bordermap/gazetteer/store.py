"""The index on disk: its tables, how it is written, and the keys of a place."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bordermap.files import without_sqlite_versions
from bordermap.gazetteer.classes import CLASSES
from bordermap.gazetteer.folding import fold, parse, sound
from bordermap.gazetteer.hangul import initial_variants, is_hangul, spellings

__all__ = ["SCHEMA_VERSION", "Place", "is_sound", "korean_key", "place_keys", "write_index"]

SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE place (
  no INTEGER PRIMARY KEY, place_id TEXT NOT NULL, name_en TEXT NOT NULL, name_rr TEXT,
  name_mr TEXT, name_dprk TEXT, name_ko TEXT, hanja TEXT, lon REAL NOT NULL, lat REAL NOT NULL,
  radius_m REAL NOT NULL, feature_class TEXT NOT NULL, country TEXT, within TEXT,
  importance REAL NOT NULL, rank INTEGER NOT NULL, line_m REAL, source TEXT NOT NULL, note TEXT,
  shape BLOB
);
CREATE TABLE key (key TEXT NOT NULL, no INTEGER NOT NULL, tier INTEGER NOT NULL,
  PRIMARY KEY (key, no)) WITHOUT ROWID;
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_COLUMNS = (
    "place_id", "name_en", "name_rr", "name_mr", "name_dprk", "name_ko", "hanja", "lon", "lat",
    "radius_m", "feature_class", "country", "within", "importance", "rank", "line_m", "source",
    "note", "shape",
)  # fmt: skip
# Generic words of places where nobody need live.
_NATURAL = frozenset({"mountain", "island", "do", "lake", "pass", "river"})
# Marks a key that holds a sound and not letters; no folded name begins with it.
_SOUND_MARK = "~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place on its way into an index; the fields are the columns of the table.

    ``is_korean`` says that its name is heard by the rules of Korean,
    ``is_spelled`` that every romanisation of its hangul is its name too.
    """

    place_id: str
    name_en: str
    lon: float
    lat: float
    radius_m: float
    feature_class: str
    importance: float
    rank: int
    source: str
    name_rr: str | None = None
    name_mr: str | None = None
    name_dprk: str | None = None
    name_ko: str | None = None
    hanja: str | None = None
    country: str | None = None
    within: str | None = None
    line_m: float | None = None
    note: str | None = None
    shape: bytes | None = None
    aliases: tuple[str, ...] = ()
    is_korean: bool = False
    is_spelled: bool = True


def korean_key(folded: str) -> str | None:
    """Return the key under which the sound of a folded Korean name is kept, or None."""
    heard = sound(folded)
    # One short syllable (Son, Paju's "pa") sounds like too many things.
    return _SOUND_MARK + heard if heard is not None and len(heard) >= 4 else None


def is_sound(key: str) -> bool:
    """Return whether a key holds a sound and not letters."""
    return key.startswith(_SOUND_MARK)


def place_keys(place: Place) -> dict[str, int]:
    """Return every key of a place with its tier.

    Tier 0 is a name as written, 1 a name without its generic word, 2 a name
    by its sound.
    """
    keys: dict[str, int] = {}

    def add(key: str | None, tier: int) -> None:
        if key and tier < keys.get(key, 9):
            keys[key] = tier

    # An English name may carry words in brackets that tell namesakes apart.
    bare = re.sub(r"\s*\(.*?\)", "", place.name_en)
    written = [place.name_en, bare, place.hanja or "", *place.aliases]
    korean = [n for n in (place.name_ko, *place.aliases) if n and is_hangul(n)]
    for name in written:
        add(fold(name), 0)
        for stem, kind in parse(name).stems:
            # "West Sea islands" without its generic word is another place.
            if kind is not None and kind not in CLASSES[place.feature_class].groups:
                continue
            # Shorter ones are names of people (Cho Island, Nam-myeon, Mount Dora).
            least = 5 if kind in _NATURAL else 4
            if len(fold(stem)) >= least or not stem.isascii():
                add(fold(stem), 1)
        if place.is_korean and place.is_spelled and not _has_english_word(name):
            add(korean_key(fold(name)), 2)
    for name in korean:
        for form, tier in _korean_forms(name, place.feature_class):
            add(fold(form), tier)
            for spelled in spellings(form) if place.is_spelled else ():
                add(fold(spelled), tier)
                add(korean_key(fold(spelled)), 2)
    return keys


def _has_english_word(name: str) -> bool:
    """Return whether a name is no Korean word alone: "Mu Island" does not sound like Muui."""
    return is_hangul(name) or (" " in name and bool(parse(name).stems))


def _korean_forms(name: str, feature_class: str) -> Iterator[tuple[str, int]]:
    """Yield a hangul name with and without the suffix that its kind takes."""
    for form in initial_variants(name):
        yield form, 0
        kind = CLASSES[feature_class]
        for suffix in kind.hangul:
            if form.endswith(suffix) and len(form) >= 3:
                yield form[: -len(suffix)], 0
            elif not form.endswith(kind.hangul):
                yield form + suffix, 0
        if feature_class == "island" and form.endswith("도") and len(form) >= 3:
            yield form[:-1], 1
        if feature_class == "province" and form.endswith("도"):
            yield form[:-1], 0


def write_index(
    path: Path,
    places: Iterable[Place],
    *,
    about: dict[str, str],
    keys_of: Callable[[Place], dict[str, int]] = place_keys,
) -> int:
    """Write an index and return how many places it has.

    The same places in the same order give the same bytes. They are taken one by
    one and their keys are sorted on disk, so memory stays bounded.
    """
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        connection.execute("PRAGMA page_size=4096")
        connection.executescript(_SCHEMA + "BEGIN;")
        slots = ", ".join("?" * (len(_COLUMNS) + 1))
        connection.execute("CREATE TEMP TABLE staged (key TEXT, no INTEGER, tier INTEGER)")
        no = 0
        for no, place in enumerate(places, 1):
            row = (no, *(getattr(place, column) for column in _COLUMNS))
            connection.execute(f"INSERT INTO place VALUES ({slots})", row)  # noqa: S608
            keys = [(key, no, tier) for key, tier in keys_of(place).items()]
            connection.executemany("INSERT INTO staged VALUES (?, ?, ?)", keys)
        connection.execute("INSERT INTO key SELECT key, no, tier FROM staged ORDER BY key, no")
        rows = sorted({"schema": str(SCHEMA_VERSION), **about}.items())
        connection.executemany("INSERT INTO about VALUES (?, ?)", rows)
        connection.execute("CREATE INDEX place_id ON place (place_id)")
        connection.execute("COMMIT")
        connection.execute("VACUUM")
    finally:
        connection.close()
    without_sqlite_versions(path)
    return no
