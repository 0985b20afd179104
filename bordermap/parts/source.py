"""Files cut into parts that fit into memory, and the rows of a part."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from bordermap.errors import InputError, MissingDataError
from bordermap.parts.files import arrow

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Part", "bytes_of", "cut", "expanded", "rows_of"]

ROWS = 500_000
"""Rows of a part, as near as the row groups of Parquet allow."""

CHUNK_ROWS = 250_000
"""Rows held in memory at a time."""

TEXT_BYTES = 48 * 2**20
"""Bytes of a part of CSV or NDJSON."""

_PARQUET = {".parquet", ".geoparquet"}
_TEXT = {".csv", ".tsv", ".ndjson", ".jsonl"}
_LINES = {".ndjson", ".jsonl"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of one file: row groups of Parquet, or bytes of a text.

    ``number`` counts over all files of a run; ``first_row`` is the number of
    the part's first row in its file, from 0.
    """

    number: int
    path: str
    row_groups: tuple[int, ...] = ()
    begin: int = 0
    end: int = 0
    rows: int | None = None
    first_row: int = 0


def expanded(paths: Sequence[str]) -> list[str]:
    """Return the files that paths, folders and patterns name, sorted within each.

    A path with ``://`` is opened through fsspec.

    Raises
    ------
    InputError
        A path names no file.
    """
    found: list[str] = []
    for path in paths:
        if "://" in path:
            files = _remote(path)
        elif Path(path).is_dir():
            files = sorted(str(p) for p in Path(path).iterdir() if p.name[0] not in "._")
        else:
            files = sorted(glob.glob(path)) if glob.has_magic(path) else [path]
            files = [f for f in files if Path(f).exists()]
        if not files:
            raise InputError(f"{path}: no such file; patterns go in quotes")
        found += files
    return found


def cut(paths: Sequence[str], *, rows_at_most: int | None = None) -> list[Part]:
    """Return the parts of files, in the files' order, of about `ROWS` or `TEXT_BYTES`.

    Parameters
    ----------
    paths
        Parquet, CSV or NDJSON files.
    rows_at_most
        Smaller parts of Parquet, for work that takes much memory a row; a row group
        stays whole.
    """
    parts: list[Part] = []
    for path in paths:
        ending = Path(path).suffix.lower()
        if ending in _PARQUET:
            pieces = _row_groups(path, min(ROWS, rows_at_most or ROWS))
        elif ending in _TEXT:
            pieces = _stretches(path, TEXT_BYTES)
        else:
            raise InputError(f"{path}: cannot be read in parts; give .parquet, .csv or .ndjson")
        parts += [Part(number=len(parts) + i, path=path, **p) for i, p in enumerate(pieces)]
    return parts


def rows_of(part: Part) -> Iterator[pd.DataFrame]:
    """Yield a part's rows as frames of at most `CHUNK_ROWS`; cells of CSV stay text.

    Raises
    ------
    InputError
        The file cannot be read as what its ending says.
    """
    ending = Path(part.path).suffix.lower()
    if ending in _PARQUET:
        yield from _parquet_rows(part)
        return
    import pandas as pd

    header, text = bytes_of(part)
    if not text.strip():
        return
    try:
        if ending in _LINES:
            yield pd.read_json(BytesIO(text), lines=True, dtype=False)
        else:
            tab = header.count(b"\t") > header.count(b",")
            yield pd.read_csv(
                BytesIO(header + text), sep="\t" if tab else ",", dtype="str", encoding="utf-8-sig"
            )
    except (ValueError, UnicodeDecodeError) as error:
        raise InputError(f"{part.path}: bytes {part.begin} to {part.end}: {error}") from error


def bytes_of(part: Part) -> tuple[bytes, bytes]:
    """Return the header of a part of text, empty for NDJSON, and its records."""
    with opened(part.path) as file:
        header = b"" if Path(part.path).suffix.lower() in _LINES else file.readline()
        file.seek(part.begin)
        return header, file.read(part.end - part.begin)


def opened(path: str) -> BinaryIO:
    """Return a file opened for reading bytes, through fsspec where it is an address."""
    if "://" not in path:
        return Path(path).open("rb")
    file: BinaryIO = _fsspec().open(path, "rb").open()
    return file


def _fsspec() -> Any:
    try:
        import fsspec
    except ImportError as error:
        raise MissingDataError("addresses need: pip install 'bordermap[cluster]'") from error
    return fsspec


def _remote(path: str) -> list[str]:
    system, _, found = _fsspec().get_fs_token_paths(path)
    return [system.unstrip_protocol(f) for f in sorted(found)]


@contextmanager
def _parquet_file(path: str) -> Iterator[Any]:
    pa = arrow()
    import pyarrow.parquet as pq

    with opened(path) as bytes_:
        try:
            file = pq.ParquetFile(bytes_)
        except (pa.ArrowException, OSError) as error:
            raise InputError(f"{path}: cannot be read as Parquet: {error}") from error
        with file:
            yield file


def _row_groups(path: str, rows: int) -> list[dict[str, Any]]:
    with _parquet_file(path) as file:
        sizes = [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)]
    pieces: list[dict[str, Any]] = []
    group: list[int] = []
    held = first = 0
    for number, size in enumerate(sizes):
        if group and held + size > rows:
            pieces.append({"row_groups": tuple(group), "rows": held, "first_row": first})
            group, first, held = [], first + held, 0
        group.append(number)
        held += size
    if group:
        pieces.append({"row_groups": tuple(group), "rows": held, "first_row": first})
    return pieces


def _parquet_rows(part: Part) -> Iterator[pd.DataFrame]:
    with _parquet_file(part.path) as file:
        for batch in file.iter_batches(CHUNK_ROWS, row_groups=list(part.row_groups)):
            yield batch.to_pandas()


def _stretches(path: str, size: int) -> list[dict[str, Any]]:
    """Cut a text where a record ends: at a line's end outside quotes."""
    quotes = Path(path).suffix.lower() not in _LINES
    pieces: list[dict[str, Any]] = []
    with opened(path) as file:
        if quotes:
            file.readline()
        begin = end = file.tell()
        first = 0
        while block := file.read(size):
            end += len(block)
            rows, inside = _records(block, inside=False, quotes=quotes)
            # Go on to the end of the record that the block breaks.
            while not (block.endswith(b"\n") and not inside) and (line := file.readline()):
                end += len(line)
                more, inside = _records(line, inside=inside, quotes=quotes)
                rows += more
                block = line
            rows += not block.endswith(b"\n")
            pieces.append({"begin": begin, "end": end, "rows": rows, "first_row": first})
            begin, first = end, first + rows
    return pieces


def _records(block: bytes, *, inside: bool, quotes: bool) -> tuple[int, bool]:
    """Return how many records end in a block, and whether it ends inside quotes."""
    if not quotes:
        return block.count(b"\n"), False
    pieces = block.split(b'"')
    outside = pieces[1::2] if inside else pieces[::2]
    return sum(p.count(b"\n") for p in outside), inside ^ (len(pieces) % 2 == 0)
