"""Incident tables larger than memory: read, located, sited and written, part by part.

Each part becomes one file of GeoParquet; a single file is put together from
these at the end, so that all its rows have the columns that any part has.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bordermap.errors import InputError
from bordermap.files import written_whole
from bordermap.locate import locate
from bordermap.parts.books import Book, book_of
from bordermap.parts.checking import places_of
from bordermap.parts.engines import Engine
from bordermap.parts.joining import join, write_geoparquet
from bordermap.parts.runs import Run, begun
from bordermap.parts.source import Part, bytes_of, cut, expanded, rows_of
from bordermap.parts.working import target_of, work_on
from bordermap.site import site

if TYPE_CHECKING:
    from bordermap.gazetteer import Gazetteer
    from bordermap.line import DemarcationLine
    from bordermap.reading import How, Reading

__all__ = ["ENDINGS", "Exported", "export_parts"]

ENDINGS = {
    ".parquet": "parquet", ".geojson": "geojson", ".json": "geojson", ".csv": "csv",
    ".ndjson": "ndjson", ".geojsonl": "ndjson",
}  # fmt: skip
"""Endings of what can be written, and the format each stands for."""

# Parts of 500,000 incidents took 3 GB on two cores, these 1.2.
_ROWS = 100_000
_PARQUET = ".parquet"
_REJECTS = ".rejects.parquet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was counted: rows read, incidents written and placed, rows set aside, by side."""

    rows_read: int
    incidents: int
    placed: int
    rejected: int
    by_side: dict[str, int]
    parts: int
    parts_done_before: int


def export_parts(
    paths: Sequence[str],
    output: str | Path,
    *,
    line: DemarcationLine,
    how: How,
    engine: Engine = Engine.STREAM,
    scheduler: str | None = None,
    book: Callable[[Sequence[str]], Gazetteer] | None = None,
) -> Exported:
    """Write incidents of tables of any size as `bordermap.loading.load_all` makes them.

    Incidents are those that reading in memory gives, in the order of the parts
    and sorted within each. Two things need the whole table and are done within
    each part only: numbering ids that occur twice, and telling namesakes apart
    by the other places of their report. A run that was killed goes on where it
    stopped.

    Parameters
    ----------
    paths
        CSV, NDJSON or Parquet files, folders or patterns of them.
    output
        A file (`ENDINGS`), or a folder where each part is a file of GeoParquet.
        Rows set aside go into ``NAME.rejects.csv`` beside it.
    line
        What to check against.
    how
        What the user said of the files; merging is not possible in parts.
    engine, scheduler
        See `bordermap.parts.engines.workers`.
    book
        As for `bordermap.parts.checking.check_parts`.

    Raises
    ------
    InputError
        A row that cannot be read, with file and row; or a format that cannot be
        written in parts.
    """
    target = target_of(output, ENDINGS)
    if how.merge is not None:
        raise InputError("--merge looks at the whole table; it does not go with parts")
    parts = cut(expanded(paths), rows_at_most=_ROWS)
    known = book_of(book, lambda: places_of(parts))
    how = replace(how, progress=None)  # it does not travel between processes
    run = begun(target.folder, parts, line=line.segments.to_json(), how=repr(how),
                known=known.digests)  # fmt: skip
    work = functools.partial(_export_part, run=run, line=line, how=how, known=known)
    done = work_on(run, parts, work, label="exporting", engine=engine, scheduler=scheduler)
    _write_rejects(run, parts, Path(f"{target.path.with_suffix('')}.rejects.csv"))
    files = [run.path(part.number, _PARQUET) for part in parts]
    target.put_together(
        files,
        lambda paths, whole: join(
            [path for path in paths if path.stat().st_size], whole, ENDINGS[target.ending]
        ),
    )
    return Exported(
        rows_read=done.sum_of("rows_read"),
        incidents=done.sum_of("incidents"),
        placed=done.sum_of("placed"),
        rejected=done.sum_of("rejected"),
        by_side=done.counts_of("by_side"),
        parts=len(parts),
        parts_done_before=done.before,
    )


def _export_part(part: Part, *, run: Run, line: DemarcationLine, how: How, known: Book) -> int:
    """Write one part and note its counts; return the rows read."""
    reading = _reading(part, how)
    note: dict[str, Any] = {"rows_read": 0, "incidents": 0, "placed": 0, "rejected": 0}
    sides: dict[str, int] = {}
    with written_whole(run.path(part.number, _PARQUET)) as partial:
        if reading is not None and len(reading.incidents):
            incidents = reading.incidents
            sited = site(locate(incidents, gazetteer=known.opened()), line=line)
            write_geoparquet(sited, partial)
            sides = {str(k): int(v) for k, v in sited["side"].value_counts().items()}
            note |= {"incidents": len(sited), "placed": int(sited.geometry.notna().sum())}
    if reading is not None:
        note |= {"rows_read": reading.rows_read, "rejected": len(reading.rejects)}
        if len(reading.rejects):
            with written_whole(run.path(part.number, _REJECTS)) as partial:
                reading.rejects.astype("str").to_parquet(partial)
    run.finish(part.number, {**note, "by_side": sides})
    return int(note["rows_read"])


def _reading(part: Part, how: How) -> Reading | None:
    """Return a part's incidents as `bordermap.reading` reads them, or None where it has no row."""
    from bordermap.reading import as_reading, raw_table
    from bordermap.reading.records import read_table
    from bordermap.reading.source import Source

    ending = Path(part.path).suffix.lower()
    if ending in {".parquet", ".geoparquet"}:
        return _parquet_reading(part, how, as_reading)
    header, text = bytes_of(part)
    if not text.strip():
        return None
    try:
        first = header.decode("utf-8-sig")
        (header + text).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{part.path}: is no UTF-8, which tables in parts have to be; convert it"
        ) from error
    offset = part.first_row
    if _is_row(first, how):
        # There is no header: what stands there is the first part's first row.
        header = header if part.first_row == 0 else b""
        offset += part.first_row > 0
    kind = "ndjson" if ending in {".ndjson", ".jsonl"} else "csv"
    source = Source.of(header + text, name=part.path, format=kind, encoding="utf-8")
    raw = raw_table(source, how)
    return read_table(replace(raw, numbers=raw.numbers + offset), how)


def _is_row(line: str, how: How) -> bool:
    """Return whether the first line of a file is one of the sources' that have no header."""
    from bordermap.reading.headers import header_of

    cells = (line.rstrip("\r\n").split(d) for d in "\t,;|")
    return bool(line) and any(header_of(c, how.source) is not None for c in cells)


def _parquet_reading(part: Part, how: How, as_reading: Callable[..., Reading]) -> Reading | None:
    import pandas as pd
    import shapely

    frames = list(rows_of(part))
    if not frames:
        return None
    frame = pd.concat(frames, ignore_index=True)
    shapes = None
    if "geometry" in frame:
        shapes = shapely.from_wkb(frame.pop("geometry").to_numpy(object))
    for column in frame.columns[frame.dtypes.map(pd.api.types.is_datetime64_any_dtype)]:
        frame[column] = frame[column].dt.strftime("%Y-%m-%d").astype("str")
    return as_reading(frame, name=part.path, geometry=shapes, first_row=part.first_row + 1, how=how)


def _write_rejects(run: Run, parts: Sequence[Part], target: Path) -> None:
    import pandas as pd

    from bordermap.reading.rejects import rejects_text

    paths = [p for part in parts if (p := run.path(part.number, _REJECTS)).exists()]
    if not paths:
        return
    rows = pd.concat([pd.read_parquet(p) for p in paths], ignore_index=True)
    with written_whole(target) as partial:
        partial.write_text(rejects_text(rows), encoding="utf-8", newline="")
