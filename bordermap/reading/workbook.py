"""Excel workbooks: the first sheet that holds a table."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.errors import InputError, MissingDataError, at
from bordermap.reading.limits import MAX_CELL_CHARS, MAX_COLUMNS, MAX_UNPACKED_BYTES
from bordermap.reading.raw import RaggedRow, RawTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bordermap.reading.source import Source

__all__ = ["check_archive", "read_workbook"]


def check_archive(data: bytes, name: str) -> None:
    """Refuse an archive that unpacks to too much, leads outside itself, or declares XML entities.

    Every member is unpacked once, a piece at a time, for an archive's own word
    on its sizes may lie.

    Raises
    ------
    InputError
        What is wrong with it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            total = 0
            for member in archive.infolist():
                parts = member.filename.replace("\\", "/").split("/")
                if ".." in parts or member.filename.startswith(("/", "\\")):
                    raise InputError(f'{name}: its part "{member.filename}" leads outside of it')
                total = _unpacked(archive, member, name, total)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{name}: cannot be unpacked: {error}") from error
    except (OSError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise InputError(f"{name}: cannot be unpacked: {error}") from error


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, total: int) -> int:
    is_xml = member.filename.lower().endswith((".xml", ".rels", ".kml", ".vml"))
    with archive.open(member) as part:
        tail = b""
        while block := part.read(1 << 20):
            total += len(block)
            if total > MAX_UNPACKED_BYTES:
                limit = MAX_UNPACKED_BYTES // 1024**2
                raise InputError(f"{name}: unpacks to more than {limit} MB; is it a zip bomb?")
            if is_xml and re.search(rb"<!(DOCTYPE|ENTITY)", (tail + block).upper()):
                raise InputError(f"{name}: {member.filename} declares a DOCTYPE; it is refused")
            tail = block[-16:]
    return total


def read_workbook(source: Source) -> RawTable:
    """Return the table on the first sheet of a workbook that has one.

    Days are turned to ISO text, numbers to their shortest form. Formulas give
    the values that the workbook was saved with.

    Raises
    ------
    InputError
        The file is no workbook, unpacks to too much, or holds no table.
    MissingDataError
        The package that reads workbooks is not installed.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise MissingDataError("Excel files need: pip install 'bordermap[excel]'") from error
    check_archive(source.data, source.name)
    try:
        book = openpyxl.load_workbook(io.BytesIO(source.data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            # A workbook may claim a million columns: read what is there.
            sheet.reset_dimensions()
            rows = [tuple(row) for row in _bounded(sheet.iter_rows(values_only=True), source.name)]
            if any(any(c is not None for c in row) for row in rows):
                return _table(rows, source.name)
    except InputError:
        raise
    except Exception as error:
        # openpyxl raises whatever a broken part makes it stumble on.
        raise InputError(f"{source.name}: cannot be read as a workbook: {error!r}"[:300]) from error
    raise InputError(f"{source.name}: no sheet holds a row; add rows")


def _bounded(rows: Iterable[tuple[Any, ...]], name: str) -> Iterable[tuple[Any, ...]]:
    for number, row in enumerate(rows, start=1):
        if number > 1_048_576 or len(row) > 16_384:
            raise InputError(f"{at(name, row=number)}: more rows or columns than Excel can have")
        yield row


def _table(rows: list[tuple[Any, ...]], name: str) -> RawTable:
    import pandas as pd

    start = next(n for n, row in enumerate(rows) if any(c is not None for c in row))
    header = [_cell(c) or "" for c in rows[start]]
    while header and not header[-1]:
        header.pop()
    if len(header) > MAX_COLUMNS:
        raise InputError(f"{name}: {len(header)} columns; at most {MAX_COLUMNS}")
    from bordermap.reading.delimited import unique_names

    names = unique_names([h.strip() for h in header])
    body = [
        (n, [_cell(c) for c in row])
        for n, row in enumerate(rows[start + 1 :], start=start + 2)
        if any(c is not None for c in row)
    ]
    if not body:
        raise InputError(f"{name}: there is a header but no row; add rows")
    ragged = []
    for row, (_, cells) in enumerate(body):
        surplus = [c for c in cells[len(names) :] if c]
        if surplus:
            ragged.append(RaggedRow(row, len(cells), ",".join(surplus)))
    frame = pd.DataFrame(
        {
            column: pd.Series([c[n] if n < len(c) else None for _, c in body], dtype="str")
            for n, column in enumerate(names)
        }
    )
    numbers = np.array([n for n, _ in body], dtype=np.int64)
    return RawTable(name=name, cells=frame, numbers=numbers, ragged=tuple(ragged))


def _cell(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = str(value)
    if len(text) > MAX_CELL_CHARS:
        raise InputError(f"a cell has more than {MAX_CELL_CHARS} characters")
    return text.encode("utf-8", "replace").decode("utf-8")
