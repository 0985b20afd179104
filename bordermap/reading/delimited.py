"""CSV, TSV and their like: a quick reader for clean files and a careful one for all.

Both give the same table. The quick one is Apache Arrow's; it refuses whatever
is ragged or odd, and the careful one then finds out what is wrong and where.
"""

from __future__ import annotations

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.errors import InputError, at
from bordermap.reading.arrow import cells_by_arrow
from bordermap.reading.distinct import by_category, is_coded
from bordermap.reading.limits import MAX_CELL_CHARS, MAX_COLUMNS
from bordermap.reading.raw import RaggedRow, RawTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pandas as pd

    from bordermap.reading.source import Source

__all__ = ["GUARDED", "read_delimited", "unique_names"]

GUARDED = r"^'(?='*[=+\-@\t\r ])"
"""A cell that our writers guarded against being taken for a formula."""

_DELIMITERS = ",;\t|"
# Up to here the careful reader is as quick as the user can see.
_SMALL_BYTES = 1 << 18
_ROWS_AT_ONCE = 20_000
# From so many rows it is told whether a column repeats few texts, and what a long text is.
_SAMPLED = 1000
_LONG = 64


def read_delimited(
    source: Source,
    *,
    header_of: Callable[[list[str]], list[str] | None] | None = None,
    progress: Callable[[float], None] | None = None,
) -> RawTable:
    """Return the table in a delimited text.

    Parameters
    ----------
    source
        The file's bytes and encoding.
    header_of
        Given the first record, returns the names of the columns where the file
        has no header, else None.
    progress
        Called with the share that is read, 0 to 1.

    Raises
    ------
    InputError
        There is no row, a quote is never closed, a cell or the header is too large.
    """
    head = _head(source)
    delimiter = _delimiter(head, source.name)
    first, lines = _first_record(head, delimiter, source.name)
    try:
        given = header_of(first) if header_of else None
    except InputError as error:
        raise InputError(f"{source.name}: {error}") from error
    names = unique_names(given or first)
    if len(names) > MAX_COLUMNS:
        raise InputError(f"{at(source.name, row=1)}: {len(names)} columns; at most {MAX_COLUMNS}")
    skip = 0 if given else lines
    table = None
    if source.size > _SMALL_BYTES:
        table = _quick(source, names, delimiter, skip=skip, progress=progress)
    if table is None:
        table = _careful(source, names, delimiter, has_header=given is None)
    if table.cells.empty and not table.ragged:
        raise InputError(f"{source.name}: there is a header but no row; add rows")
    return table


def _head(source: Source) -> str:
    """Return the beginning of the text, or all of it if it is small."""
    if source.size <= len(source.head):
        return source.text.lstrip("\r\n")
    text = source.head.decode(source.encoding or "utf-8", errors="ignore").removeprefix("\ufeff")
    return text.lstrip("\r\n")


def _delimiter(head: str, name: str) -> str:
    """Return the delimiter that cuts the first records into the same number of cells, most."""
    if not head.strip():
        raise InputError(f"{name}: the file is empty; give at least a header and a row")
    first = head.splitlines()[0]

    def score(delimiter: str) -> tuple[float, int]:
        rows = list(islice(_records(head, delimiter), 20))[:-1] or [[first]]
        widths = [len(r) for r in rows if r]
        if not widths or max(widths[:1]) < 2:
            return (0.0, first.count(delimiter))
        same = sum(w == widths[0] for w in widths) / len(widths)
        return (same, first.count(delimiter))

    usable = [d for d in _DELIMITERS if d in first] or [","]
    return max(usable, key=lambda d: (score(d)[0] > 0.5, first.count(d), score(d)[0]))


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(MAX_CELL_CHARS)
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter,
        skipinitialspace=_spaced(text, delimiter),
    )  # fmt: skip
    try:
        yield from reader
    except csv.Error:
        return


def _spaced(text: str, delimiter: str) -> bool:
    """Whether the header puts a space between delimiter and quote: ``date, "place"``."""
    first = text.lstrip("\r\n").splitlines()[0] if text.strip() else ""
    return f'{delimiter} "' in first


def _first_record(head: str, delimiter: str, name: str) -> tuple[list[str], int]:
    """Return the first record and how many lines it takes, with the empty ones before it."""
    csv.field_size_limit(MAX_CELL_CHARS)
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter,
                        skipinitialspace=_spaced(head, delimiter))  # fmt: skip
    try:
        first = next(reader)
    except csv.Error as error:
        raise InputError(f"{at(name, row=1)}: cannot be read as CSV: {error}") from error
    return [c.strip() for c in first], reader.line_num


def unique_names(names: Sequence[str]) -> list[str]:
    """Return the names, each once: a second ``date`` becomes ``date_2``, a blank ``column_3``."""
    found: dict[str, None] = {}
    for number, name in enumerate(names, start=1):
        plain = name or f"column_{number}"
        unique, nth = plain, 1
        while unique in found:
            nth += 1
            unique = f"{plain}_{nth}"
        found[unique] = None
    return list(found)


def _quick(
    source: Source, names: list[str], delimiter: str, *, skip: int,
    progress: Callable[[float], None] | None,
) -> RawTable | None:  # fmt: skip
    """Return the table as Arrow reads it; None where it is not there, or the file is not clean."""
    if source.encoding != "utf-8" or source.head[:1] in {b"\r", b"\n"}:
        return None
    head = source.head.decode("utf-8", errors="ignore").removeprefix("\ufeff")
    if _spaced(head, delimiter):
        return None
    few = _of_few_texts(islice(_records(head, delimiter), skip, skip + _SAMPLED), len(names))
    cells = cells_by_arrow(source, names, delimiter, skip=skip, few=few, progress=progress)
    if cells is None:
        return None
    return _table(source, cells, np.arange(len(cells), dtype=np.int64) + 1 + bool(skip), ())


def _of_few_texts(records: Iterable[list[str]], width: int) -> frozenset[int]:
    """Return the columns whose first cells repeat each other: they are read as categories."""
    rows = [record for record in records if len(record) == width]
    few = set()
    for number, cells in enumerate(zip(*rows, strict=True)):
        texts = {c for c in cells if c}
        filled = sum(map(bool, cells))
        # Long texts take longer to tell apart than to copy, so those have to repeat more.
        most = 0.5 if sum(map(len, texts)) > _LONG * len(texts) else 0.97
        if len(texts) <= most * filled:
            few.add(number)
    return frozenset(few)


def _careful(source: Source, names: list[str], delimiter: str, *, has_header: bool) -> RawTable:
    """Return the table record by record, with the rows that have too many cells set apart."""
    import pandas as pd

    text = source.text.lstrip("\r\n")
    lead = source.text[: len(source.text) - len(text)].count("\n")
    width = len(names)
    columns: list[list[Any]] = [[] for _ in names]
    chunks: list[pd.DataFrame] = []
    numbers: list[int] = []
    ragged: list[RaggedRow] = []

    def flush() -> None:
        chunks.append(pd.DataFrame({n: pd.Series(c, dtype="str") for n, c in enumerate(columns)}))
        for column in columns:
            column.clear()

    for number, record in enumerate(_all_records(text, delimiter, source.name), start=1 + lead):
        if number == 1 + lead and has_header:
            continue
        if not any(record):
            continue
        surplus = record[width:]
        if any(cell.strip() for cell in surplus):
            ragged.append(RaggedRow(len(numbers), len(record), delimiter.join(surplus)))
        numbers.append(number)
        for column, cell in zip(columns, record, strict=False):
            column.append(cell or None)
        for column in columns[len(record) :]:
            column.append(None)
        if len(columns[0]) >= _ROWS_AT_ONCE:
            flush()
    flush()
    frame = pd.concat(chunks, ignore_index=True).set_axis(names, axis=1)
    return _table(source, frame, np.array(numbers, dtype=np.int64), tuple(ragged))


def _all_records(text: str, delimiter: str, name: str) -> Iterator[list[str]]:
    csv.field_size_limit(MAX_CELL_CHARS)
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=_spaced(text, delimiter))
    number, record, before = 0, [""], 0
    while True:
        number += 1
        start = reader.line_num
        try:
            record = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            reason = str(error)
            if "field larger" in reason:
                reason = f"a cell has more than {MAX_CELL_CHARS} characters; is a quote missing?"
            raise InputError(f"{at(name, row=number)}: cannot be read as CSV: {reason}") from error
        before = start
        yield record
    _check_closed(text, record, name, row=number - 1, lines=reader.line_num - before)


def _check_closed(text: str, last: list[str], name: str, *, row: int, lines: int) -> None:
    """Refuse a text whose last record swallowed the lines behind a quote that never closes."""
    if lines > 1 and last and "\n" in last[-1].rstrip("\n") and text.count('"') % 2:
        raise InputError(
            f"{at(name, row=row)}: a quote is opened and never closed, {lines} lines from its "
            "end; close it, or double a quote that is part of the text"
        )


def _table(
    source: Source, frame: pd.DataFrame, numbers: Any, ragged: tuple[RaggedRow, ...]
) -> RawTable:
    notes = (f"read as {source.guessed}",) if source.guessed else ()
    return RawTable(name=source.name, cells=_unguarded(frame), numbers=numbers, ragged=ragged,
                    notes=notes)  # fmt: skip


def _unguarded(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the cells without blanks before them and without our guard against formulas."""

    def bare(cells: pd.Series) -> pd.Series:
        if is_coded(cells):
            return by_category(cells, bare)
        if bool(cells.str.startswith(" ").any()):
            cells = cells.str.lstrip(" ")
        if bool(cells.str.startswith("'").any()):
            cells = cells.str.replace(GUARDED, "", regex=True)
        return cells

    columns = {str(name): frame[name] for name in frame.columns}
    with ThreadPoolExecutor(max_workers=2) as pool:
        bared = zip(columns, pool.map(bare, columns.values()), strict=True)
        changed = {name: cells for name, cells in bared if cells is not columns[name]}
    return frame.assign(**changed) if changed else frame
