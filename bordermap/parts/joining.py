"""Parts of GeoParquet written in slices, and put together to one file of any format.

An area's outline stands in each row that is located by it, a thousand times over:
in memory the rows share it, as bytes they do not. So no more than a slice of rows
is ever held as bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bordermap.parts.files import arrow

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["join", "write_geoparquet"]

_SLICE = 10_000


def write_geoparquet(frame: gpd.GeoDataFrame, path: Path) -> None:
    """Write a table as GeoParquet, slice by slice, each a row group."""
    arrow()
    import pyarrow.parquet as pq

    writer = None
    try:
        for first in range(0, len(frame), _SLICE):
            buffer = BytesIO()
            frame.iloc[first : first + _SLICE].to_parquet(buffer)
            table = pq.read_table(buffer)
            if writer is None:
                schema = table.schema.with_metadata(_open_ended(table.schema.metadata))
                writer = pq.ParquetWriter(path, schema, compression="zstd")
            writer.write_table(table.cast(schema))
    finally:
        if writer is not None:
            writer.close()


def join(paths: Sequence[Path], target: Path, format: str) -> None:
    """Write the parts' rows into one file, in order, with all columns that any part has.

    Parameters
    ----------
    paths
        Parts that `write_geoparquet` wrote.
    target
        The file.
    format
        ``parquet``, ``geojson``, ``ndjson`` or ``csv``.
    """
    if format == "parquet":
        _join_parquet(paths, target)
        return
    from bordermap.tables import geojson
    from bordermap.tables.delimited import incident_csv

    frames = _frames(paths)
    with target.open("wb") as file:
        if format == "csv":
            for number, frame in enumerate(frames):
                for nth, text in enumerate(incident_csv(frame)):
                    is_headed = number > 0 and nth == 0
                    file.write((text.partition("\n")[2] if is_headed else text).encode())
        elif format == "ndjson":
            for frame in frames:
                file.writelines(piece + b"\n" for piece in geojson.incident_lines(frame))
        else:
            file.write(b'{"type":"FeatureCollection","features":[')
            between = b"\n"
            for frame in frames:
                for piece in geojson.incident_lines(frame, between=",\n"):
                    file.write(between)
                    file.write(piece)
                    between = b",\n"
            file.write(b"\n]}\n")


def _open_ended(metadata: dict[bytes, bytes]) -> dict[bytes, bytes]:
    """Return metadata that promise no extent and no kinds of geometry: more rows may follow."""
    geo = json.loads(metadata[b"geo"])
    for column in geo["columns"].values():
        column.pop("bbox", None)
        column["geometry_types"] = []
    return {**metadata, b"geo": json.dumps(geo).encode()}


def _schema(paths: Sequence[Path]) -> Any:
    """Return the schema that all parts fit: a column of numbers here and text there is text."""
    pa = arrow()
    import pyarrow.parquet as pq

    fields: dict[str, Any] = {}
    about: dict[bytes, bytes] = {}
    for path in paths:
        schema = pq.read_schema(path)
        about = about or {b"geo": schema.metadata[b"geo"]}
        for field in schema:
            known = fields.setdefault(field.name, field.type)
            if known == pa.null():
                fields[field.name] = field.type
            elif field.type not in {known, pa.null()}:
                fields[field.name] = pa.large_string()
    return pa.schema(list(fields.items()), metadata=about)


def _slices(paths: Sequence[Path]) -> Iterator[Any]:
    """Yield the parts' row groups as Arrow tables of one schema."""
    pa = arrow()
    import pyarrow.parquet as pq

    schema = _schema(paths)
    for path in paths:
        with pq.ParquetFile(path) as file:
            for number in range(file.num_row_groups):
                table = file.read_row_group(number)
                columns = [
                    table[f.name].cast(f.type)
                    if f.name in table.column_names
                    else pa.nulls(table.num_rows, f.type)
                    for f in schema
                ]
                yield pa.table(columns, schema=schema)


def _frames(paths: Sequence[Path]) -> Iterator[gpd.GeoDataFrame]:
    """Yield the row groups as tables."""
    import geopandas as gpd

    for table in _slices(paths):
        frame = table.to_pandas()
        shapes = gpd.GeoSeries.from_wkb(frame.pop("geometry"), crs="EPSG:4326")
        yield gpd.GeoDataFrame(frame, geometry=shapes)


def _join_parquet(paths: Sequence[Path], target: Path) -> None:
    arrow()
    import pyarrow.parquet as pq

    with pq.ParquetWriter(target, _schema(paths), compression="zstd") as writer:
        for table in _slices(paths):
            writer.write_table(table)
