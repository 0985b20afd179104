"""GeoPackage 1.2 written by the standard library's SQLite: no GDAL, no QGIS, same bytes again.

https://www.geopackage.org/spec120/. Version 1.2 is what QGIS 3.22 and its GDAL
open without a warning.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.errors import OutputError
from bordermap.files import without_sqlite_versions, written_whole
from bordermap.qgis.blobs import declared_type, geometry_blobs, stored
from bordermap.qgis.spatial_index import fill_index

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["FeatureTable", "add_metadata", "add_table", "last_change", "opened_package"]

_CHUNK = 20_000
_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,'
    'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)
_SCHEMA = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL,
  definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
  identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_ogr_contents (table_name TEXT NOT NULL PRIMARY KEY,
  feature_count INTEGER DEFAULT NULL);
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,
  m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
  definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,
  md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL,
  mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT,
  column_name TEXT, row_id_value INTEGER,
  timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
"""
_METADATA_SPEC = "http://www.geopackage.org/spec120/#extension_metadata"
_INDEX_SPEC = "http://www.geopackage.org/spec120/#extension_rtree"


@dataclass(frozen=True, kw_only=True, eq=False)
class FeatureTable:
    """One table on its way into a package.

    Attributes
    ----------
    name, title, description
        The table's name, what a reader sees, and a sentence on it.
    columns
        Its attributes, n rows.
    shapes
        n geometries in EPSG:4326, none missing; None for a table without geometry.
    geometry_type
        ``POINT``, ``MULTIPOLYGON``, ... or ``GEOMETRY``.
    """

    name: str
    title: str
    description: str
    columns: pd.DataFrame
    shapes: NDArray[np.object_] | None
    geometry_type: str = "GEOMETRY"


@contextmanager
def opened_package(path: str | Path) -> Iterator[sqlite3.Connection]:
    """Give a database with the core tables; it is at ``path`` when the block ends well.

    Raises
    ------
    OutputError
        The file cannot be written, or the disk is full.
    """
    with written_whole(path) as partial:
        db = sqlite3.connect(partial, isolation_level=None)
        try:
            db.executescript(
                "PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
                "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;"
                "PRAGMA application_id=0x47504B47; PRAGMA user_version=10200;"
            )
            db.executescript("BEGIN;" + _SCHEMA)
            db.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _systems())
            rows = [(t, None, "gpkg_metadata", _METADATA_SPEC, "read-write")
                    for t in ("gpkg_metadata", "gpkg_metadata_reference")]  # fmt: skip
            db.executemany("INSERT INTO gpkg_extensions VALUES (?, ?, ?, ?, ?)", rows)
            yield db
            db.execute("COMMIT")
        except sqlite3.Error as error:
            raise OutputError(f"{path}: cannot be written: {error}") from error
        finally:
            db.close()
        without_sqlite_versions(partial)


def add_table(db: sqlite3.Connection, table: FeatureTable) -> None:
    """Write one table with its rows, spatial index and entries in the package's contents."""
    columns = _column_names(table.columns)
    types = [declared_type(table.columns.iloc[:, i]) for i in range(len(columns))]
    fields = [f"{_quoted(c)} {t}" for c, t in zip(columns, types, strict=True)]
    if table.shapes is not None:
        fields.insert(0, f"geom {table.geometry_type}")
    name = _quoted(table.name)
    db.execute(
        f"CREATE TABLE {name} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {', '.join(fields)})"
    )
    slots = ", ".join("?" * (len(fields) + 1))
    for first in range(0, len(table.columns), _CHUNK):
        part = table.columns.iloc[first : first + _CHUNK]
        cells = [stored(part.iloc[:, i], t) for i, t in enumerate(types)]
        if table.shapes is not None:
            cells.insert(0, geometry_blobs(table.shapes[first : first + _CHUNK]))
        rows = zip(range(first + 1, first + len(part) + 1), *cells, strict=True)
        db.executemany(f"INSERT INTO {name} VALUES ({slots})", rows)  # noqa: S608
    _register(db, table)


def add_metadata(db: sqlite3.Connection, table: str | None, uri: str, text: str) -> None:
    """Attach a text about a table, or about the whole package, under a standard's address."""
    mime = "text/xml" if text.startswith("<") else "text/plain"
    number = db.execute(
        "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata) "
        "VALUES ('dataset', ?, ?, ?)", (uri, mime, text),
    ).lastrowid  # fmt: skip
    scope = "geopackage" if table is None else "table"
    row = (scope, table, None, None, last_change(), number, None)
    db.execute("INSERT INTO gpkg_metadata_reference VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def last_change() -> str:
    """Return the time stamped on contents: SOURCE_DATE_EPOCH, or 1970.

    The clock's would make other bytes of the same input.
    """
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _register(db: sqlite3.Connection, table: FeatureTable) -> None:
    import shapely

    kind, srs = ("attributes", None) if table.shapes is None else ("features", 4326)
    box: list[float | None] = [None] * 4
    if table.shapes is not None and len(table.shapes):
        box = [float(v) for v in shapely.total_bounds(table.shapes)]
    db.execute(
        "INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (table.name, kind, table.title, table.description, last_change(), *box, srs),
    )
    db.execute("INSERT INTO gpkg_ogr_contents VALUES (?, ?)", (table.name, len(table.columns)))
    if table.shapes is None:
        return
    db.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, 4326, 0, 0)",
               (table.name, table.geometry_type))  # fmt: skip
    extension = (table.name, "geom", "gpkg_rtree_index", _INDEX_SPEC, "write-only")
    db.execute("INSERT INTO gpkg_extensions VALUES (?, ?, ?, ?, ?)", extension)
    index = f"rtree_{table.name}_geom".replace('"', '""')
    db.execute(f'CREATE VIRTUAL TABLE "{index}" USING rtree(id, minx, maxx, miny, maxy)')
    rows = np.arange(1, len(table.shapes) + 1, dtype=np.int64)
    fill_index(db, index, rows, shapely.bounds(table.shapes))
    for trigger in _triggers(table.name):
        db.execute(trigger)


def _triggers(table: str) -> Iterator[str]:
    """Yield the triggers that keep the index when a program edits the layer (annex L)."""
    t, r = table.replace('"', '""'), f"rtree_{table}_geom".replace('"', '""')
    box = ", ".join(f'ST_{f}(NEW."geom")' for f in ("MinX", "MaxX", "MinY", "MaxY"))
    put = f'INSERT OR REPLACE INTO "{r}" VALUES (NEW."fid", {box});'  # noqa: S608
    drop = f'DELETE FROM "{r}" WHERE id = OLD."fid";'  # noqa: S608
    there = 'NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom")'
    gone = '(NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom"))'
    same, moved = 'OLD."fid" = NEW."fid"', 'OLD."fid" != NEW."fid"'
    both = f'DELETE FROM "{r}" WHERE id IN (OLD."fid", NEW."fid");'  # noqa: S608
    for name, when, test, do in (
        ("insert", f'AFTER INSERT ON "{t}"', there, put),
        ("update1", f'AFTER UPDATE OF "geom" ON "{t}"', f"{same} AND {there}", put),
        ("update2", f'AFTER UPDATE OF "geom" ON "{t}"', f"{same} AND {gone}", drop),
        ("update3", f'AFTER UPDATE ON "{t}"', f"{moved} AND {there}", f"{drop} {put}"),
        ("update4", f'AFTER UPDATE ON "{t}"', f"{moved} AND {gone}", both),
        ("delete", f'AFTER DELETE ON "{t}"', 'OLD."geom" NOT NULL', drop),
    ):
        yield f'CREATE TRIGGER "{r}_{name}" {when} WHEN ({test}) BEGIN {do} END'


def _column_names(frame: pd.DataFrame) -> list[str]:
    """Return names that SQLite holds apart: it does not tell Title from title."""
    taken, names = {"fid", "geom"}, []
    for column in map(str, frame.columns):
        name, number = column, 2
        while name.lower() in taken:
            name, number = f"{column}_{number}", number + 1
        taken.add(name.lower())
        names.append(name)
    return names


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""').replace("\x00", "") + '"'


def _systems() -> list[tuple[Any, ...]]:
    return [
        ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian"),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic"),
        ("WGS 84 geodetic", 4326, "EPSG", 4326, _WGS84, "longitude and latitude in degrees"),
    ]
