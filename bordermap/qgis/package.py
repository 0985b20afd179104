"""One GeoPackage that opens in QGIS as a finished map, and projects that point to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bordermap.files import written_whole
from bordermap.layers import Group, Layer, build_layers, known_as_points, without_vague_points
from bordermap.qgis.geopackage import add_metadata, add_table, last_change, opened_package
from bordermap.qgis.ground_content import ground_contents
from bordermap.qgis.incident_content import about_incidents, incident_contents, time_range
from bordermap.qgis.incident_looks import mixed
from bordermap.qgis.line_content import (
    about_line,
    crossings_content,
    line_content,
    places_content,
    zones_content,
)
from bordermap.qgis.looks import qml
from bordermap.qgis.markup import ET
from bordermap.qgis.project import (
    ProjectFacts,
    metadata_element,
    project_row,
    project_text,
    zipped,
)

if TYPE_CHECKING:
    import sqlite3

    import geopandas as gpd

    from bordermap.line import DemarcationLine
    from bordermap.qgis.content import Content

__all__ = ["MOST_DISCS", "WRITERS", "write_geopackage", "write_qgz", "write_qml"]

WRITERS = {".gpkg": "gpkg", ".qgz": "qgz"}
"""What a file's ending says of the format to write."""

MOST_DISCS = 100_000
"""Up to so many incidents have their doubt as polygons; beyond, QGIS draws it from ``radius_m``."""

# Names of the embedded project and of the metadata's standard, as QGIS itself has them.
_PROJECT = "bordermap"
_MARK = "<!-- written by bordermap export: it may write this file again -->"
_QGIS_STANDARD = "http://mrcc.com/qgis.dtd"
_TABLES = (
    """CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
  f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))""",
    "CREATE TABLE qgis_projects (name TEXT PRIMARY KEY, metadata BLOB, content BLOB)",
)


def write_geopackage(
    incidents: gpd.GeoDataFrame,
    path: str | Path,
    *,
    line: DemarcationLine,
    crossings: gpd.GeoDataFrame | None = None,
    title: str | None = None,
    credit: str | None = None,
    lang: str = "en",
) -> None:
    """Write a GeoPackage with styled layers and a project inside, whole or not at all.

    In QGIS, Project > Open From > GeoPackage opens the project ``bordermap``;
    layers dragged in one by one have the same looks as their defaults.

    Parameters
    ----------
    incidents
        A sited incident table, EPSG:4326.
    path
        The file to write.
    line
        The line it was sited against.
    crossings
        Events of `bordermap.tracks.find_crossings`, to be a layer of their own.
    title, credit
        Words over and under the printed map.
    lang
        ``en`` or ``ko``: the language of labels; names are in both.

    Raises
    ------
    OutputError
        The file cannot be written, or the disk is full.
    """
    contents = _contents(incidents, line, crossings, lang)
    facts = _facts(contents, incidents, line, Path(path).name, title, credit, lang)
    with opened_package(path) as db:
        for content in contents:
            add_table(db, content.table)
        _add_styles(db, contents)
        for content in contents:
            about = metadata_element(content.table.title, content.table.description, content.about)
            about.tag = "qgis"
            text = ET.tostring(about, encoding="unicode")
            add_metadata(db, content.table.name, _QGIS_STANDARD, text)
        row = project_row(project_text(contents, facts), _PROJECT)
        db.execute("INSERT INTO qgis_projects VALUES (?, ?, ?)", row)


def write_qgz(
    incidents: gpd.GeoDataFrame,
    path: str | Path,
    *,
    line: DemarcationLine,
    crossings: gpd.GeoDataFrame | None = None,
    title: str | None = None,
    credit: str | None = None,
    lang: str = "en",
) -> Path:
    """Write a project file and, beside it under the same name, its GeoPackage; return the latter.

    The project names the GeoPackage without a folder: both may be moved
    together. Parameters and errors are those of `write_geopackage`.
    """
    package = Path(path).with_suffix(".gpkg")
    write_geopackage(incidents, package, line=line, crossings=crossings, title=title,
                     credit=credit, lang=lang)  # fmt: skip
    contents = _contents(incidents, line, crossings, lang)
    facts = _facts(contents, incidents, line, package.name, title, credit, lang)
    with written_whole(path) as partial:
        partial.write_bytes(zipped(project_text(contents, facts), Path(path).stem))
    return package


def write_qml(incidents: gpd.GeoDataFrame, path: str | Path) -> bool:
    """Write the look of a GeoJSON of incidents beside it; return whether it was written.

    A style that somebody else saved under this name is left as it is.
    """
    file = Path(path)
    if file.exists() and _MARK not in file.read_text(encoding="utf-8", errors="replace"):
        return False
    kinds = incidents["kind"].fillna("other").unique()
    with written_whole(file) as partial:
        partial.write_text(f"{qml(mixed(kinds))}{_MARK}\n", encoding="utf-8", newline="")
    return True


def _contents(
    incidents: gpd.GeoDataFrame,
    line: DemarcationLine,
    crossings: gpd.GeoDataFrame | None,
    lang: str,
) -> list[Content]:
    """Return what the package holds, bottom to top."""
    frame = without_vague_points(incidents)
    groups = {Group.ZONES, Group.LINE, Group.PLACES}
    if int(known_as_points(frame).sum()) <= MOST_DISCS:
        groups.add(Group.UNCERTAINTY)
    layers: dict[Group, list[Layer]] = {group: [] for group in Group}
    for layer in build_layers(frame, line, groups=groups):
        layers[layer.group].append(layer)
    on_line = about_line(line)
    discs = next(iter(layers[Group.UNCERTAINTY]), None)
    made = incident_contents(frame, discs, about_incidents(on_line))
    about = made["incidents"].about
    return [
        content
        for content in (
            made.pop("unplaced"),
            *ground_contents(line, lang, without_names=_place_names(layers[Group.PLACES])),
            zones_content(layers[Group.ZONES], on_line, lang),
            made.pop("uncertainty", None),
            *(made.pop(name) for name in list(made) if name != "incidents"),
            line_content(layers[Group.LINE], on_line, lang),
            *(places_content(layer, about, lang) for layer in layers[Group.PLACES]),
            crossings_content(crossings, on_line) if crossings is not None else None,
            made["incidents"],
        )
        if content is not None
    ]


def _place_names(layers: Sequence[Layer]) -> set[str]:
    """Return the places that have a label of their own."""
    return {str(name) for layer in layers for name in layer.frame["place_name"].dropna()}


def _facts(
    contents: Sequence[Content],
    incidents: gpd.GeoDataFrame,
    line: DemarcationLine,
    package: str,
    title: str | None,
    credit: str | None,
    lang: str,
) -> ProjectFacts:
    times = time_range(incidents)
    told = [part for c in contents for part in c.about.attribution.split("; ")]
    words = "; ".join(dict.fromkeys(told))  # each holder once
    published = f"Line as published by {line.published_by}."
    return ProjectFacts(
        title=title or (line.name_ko if lang == "ko" else line.name_en),
        package=package,
        bounds_wsen=_view(line),
        times=times,
        credit=" ".join(t for t in (credit, published, words) if t),
        lang=lang,
    )


def _view(line: DemarcationLine) -> tuple[float, float, float, float]:
    """Return what the map shows at first: the whole line with some room around it."""
    w, s, e, n = (float(v) for v in line.segments.total_bounds)
    room = max(e - w, n - s) * 0.06
    return w - room, s - room, e + room, n + room


def _add_styles(db: sqlite3.Connection, contents: Sequence[Content]) -> None:
    for statement in _TABLES:  # one by one: executescript() would end the transaction
        db.execute(statement)
    for number, content in enumerate(contents, start=1):
        table = content.table
        column = "geom" if table.shapes is not None else ""
        db.execute(
            "INSERT INTO layer_styles VALUES (?, '', '', ?, ?, ?, ?, '', 1, ?, '', NULL, ?)",
            (number, table.name, column, table.name, qml(content.look), table.title, last_change()),
        )
    db.execute(
        "INSERT INTO gpkg_contents VALUES ('layer_styles', 'attributes', 'layer_styles', "
        "'Looks of the layers in QGIS', ?, NULL, NULL, NULL, NULL, NULL)", (last_change(),),
    )  # fmt: skip
    db.execute("INSERT INTO gpkg_ogr_contents VALUES ('layer_styles', ?)", (len(contents),))
