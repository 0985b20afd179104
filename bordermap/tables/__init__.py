"""Incident tables as files that any program opens: GeoJSON, CSV, KML, GeoParquet, PMTiles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bordermap.errors import InputError, OutputError
from bordermap.files import written_whole

if TYPE_CHECKING:
    import geopandas as gpd

    from bordermap.line import DemarcationLine

__all__ = [
    "WRITERS",
    "events_text",
    "format_of",
    "incident_pieces",
    "incidents_text",
    "write_incidents",
    "write_text",
]

WRITERS = {".geojson": "geojson", ".json": "geojson", ".csv": "csv", ".ndjson": "ndjson",
           ".geojsonl": "ndjson", ".kml": "kml", ".kmz": "kmz", ".parquet": "parquet",
           ".geoparquet": "parquet", ".pmtiles": "pmtiles"}  # fmt: skip
"""What a file's ending says of the format to write."""


def format_of(path: str | Path, format: str | None = None) -> str:
    """Return the format to write: the one that is named, else by the ending.

    Raises
    ------
    InputError
        The ending names no format.
    """
    found = format or WRITERS.get(Path(path).suffix.lower())
    if found is None:
        raise InputError(
            f'{path}: "{Path(path).suffix}" is no format that can be written; '
            f"use one of .gpkg, .qgz, {', '.join(sorted(WRITERS))}, or name the format"
        )
    return found


def write_incidents(
    incidents: gpd.GeoDataFrame,
    path: str | Path,
    *,
    format: str | None = None,
    profile: str | None = None,
    line: DemarcationLine | None = None,
    title: str | None = None,
    lang: str = "en",
) -> None:
    """Write an incident table to a file, whole or not at all.

    ``profile`` names the columns of a CSV: ``acled`` or ``ged``; ours by default.
    ``line``, ``title`` and ``lang`` are for KML: the line to draw (Korea's by
    default), the document's name, and the language of its folders; PMTiles take the title.

    Raises
    ------
    InputError
        Neither ``format`` nor the ending names a format that can be written.
    OutputError
        The file cannot be written.
    """
    kind = format_of(path, format)
    if profile is not None and kind != "csv":
        raise InputError(f"{path}: a profile is for CSV; leave it out, or write .csv")
    if kind == "parquet":
        from bordermap.tables.geoparquet import write_geoparquet

        write_geoparquet(incidents, path)
    elif kind == "pmtiles":
        from bordermap.tables.pmtiles import write_pmtiles

        write_pmtiles(incidents, path, title=title)
    elif kind in {"kml", "kmz"}:
        _write_kml(incidents, path, kind, line=line, title=title, lang=lang)
    elif profile is not None:
        from bordermap.tables.profiles import profile_csv

        write_text(profile_csv(incidents, profile), path)
    else:
        _write_pieces(incident_pieces(incidents, kind), path)


def _write_kml(
    incidents: gpd.GeoDataFrame, path: str | Path, kind: str, *, line: DemarcationLine | None,
    title: str | None, lang: str,
) -> None:  # fmt: skip
    from bordermap.line import load_line
    from bordermap.tables.kml import kml_pieces, kmz_bytes

    against = line or load_line()
    if kind == "kml":
        write_text(kml_pieces(incidents, line=against, title=title, lang=lang), path)
        return
    data = kmz_bytes(incidents, line=against, title=title, lang=lang)
    with written_whole(path) as partial:
        partial.write_bytes(data)


def write_text(text: str | Iterable[str], path: str | Path) -> None:
    """Write text, or pieces of it, to a file as UTF-8, whole or not at all.

    Raises
    ------
    OutputError
        The file cannot be written, or the text holds half of a surrogate pair.
    """
    # Each piece's line ends are its own, and bytes are the same everywhere.
    _write_pieces((p.encode() for p in ([text] if isinstance(text, str) else text)), path)


def _write_pieces(pieces: Iterable[bytes], path: str | Path) -> None:
    with written_whole(path) as partial, partial.open("wb") as file:
        try:
            file.writelines(pieces)
        except UnicodeEncodeError as error:
            raise OutputError(f"{path}: text holds half of a surrogate pair; mend it") from error


def incidents_text(incidents: gpd.GeoDataFrame, format: str) -> str:
    """Return the table as text in ``geojson``, ``csv`` or ``ndjson``."""
    if format == "csv":
        from bordermap.tables.delimited import incident_csv

        return "".join(incident_csv(incidents))
    return b"".join(incident_pieces(incidents, format)).decode()


def incident_pieces(incidents: gpd.GeoDataFrame, format: str) -> Iterator[bytes]:
    """Return the table as text in ``geojson``, ``csv`` or ``ndjson``, UTF-8, in pieces."""
    from bordermap.tables import geojson

    if format == "csv":
        from bordermap.tables.delimited import incident_csv

        return (piece.encode() for piece in incident_csv(incidents))
    if format == "geojson":
        return geojson.incident_collection(incidents)
    if format == "ndjson":
        return (piece + b"\n" for piece in geojson.incident_lines(incidents))
    raise InputError(f'"{format}" is no text that can be written; use geojson, csv or ndjson')


def events_text(events: gpd.GeoDataFrame, format: str) -> str:
    """Return crossings as text in ``geojson`` or ``csv``; times in ISO 8601 without offset."""
    from bordermap.tables import geojson
    from bordermap.tables.delimited import incident_csv
    from bordermap.tables.tokens import in_order

    nth = events.groupby("track_id").cumcount() + 1
    ids = [f"{track}-{n}" for track, n in zip(events["track_id"], nth, strict=True)]
    named = events.assign(id=ids)
    if format == "csv":
        return "".join(incident_csv(named))
    return b"".join(geojson.collection(named, geojson.features(in_order(named), named))).decode()
