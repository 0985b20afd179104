"""Clean delimited text, parsed by Apache Arrow on all cores.

Whatever is ragged or odd it refuses; the careful reader finds out what is wrong and where.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.reading.limits import MAX_CELL_CHARS

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from bordermap.reading.source import Source

__all__ = ["cells_by_arrow"]

# Larger blocks only take more memory, which is new to the process each time.
_BLOCK = 1 << 21
# A column with more distinct texts than this, and than this share of its rows, is plain text.
_MANY, _MANY_SHARE = 1000, 0.3


def cells_by_arrow(
    source: Source, names: list[str], delimiter: str, *, skip: int, few: frozenset[int],
    progress: Callable[[float], None] | None,
) -> pd.DataFrame | None:  # fmt: skip
    """Return a table's cells; None where Arrow is not there, or the file is not clean.

    Parameters
    ----------
    source
        The file's bytes, UTF-8.
    names, delimiter
        Of its columns, and what parts them.
    skip
        How many lines go before the first record.
    few
        Columns that seem to repeat few texts, by number: they are parsed as categories.
    progress
        Called with the share that is read, 0 to 1.
    """
    try:
        import pyarrow as pa
        from pyarrow import csv as arrow
    except ImportError:
        return None
    keys = [str(n) for n in range(len(names))]
    text = pa.large_string()
    try:
        with closing(_Watched(source, progress)) as file:
            table = arrow.read_csv(
                file,
                read_options=arrow.ReadOptions(
                    column_names=keys, skip_rows=skip, block_size=_BLOCK
                ),
                parse_options=arrow.ParseOptions(
                    delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
                ),
                convert_options=arrow.ConvertOptions(
                    column_types={
                        key: pa.dictionary(pa.int32(), text) if number in few else text
                        for number, key in enumerate(keys)
                    },
                    null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=True,
                ),
            )  # fmt: skip
    except (pa.ArrowInvalid, pa.ArrowCapacityError):
        return None
    table = table.unify_dictionaries()
    if table.num_rows == 0 or _is_odd(table):
        return None
    import pandas as pd

    with ThreadPoolExecutor(max_workers=2) as pool:
        columns = list(pool.map(_series, table.columns))
    del table
    # What parsing took is a third of the table: give it back before more is asked for.
    pa.default_memory_pool().release_unused()
    return pd.DataFrame(dict(zip(names, columns, strict=True)), copy=False)


def _series(column: Any) -> pd.Series:
    """Return an Arrow column as text, or as categories where it does repeat few texts."""
    import pandas as pd
    import pyarrow as pa

    if not pa.types.is_dictionary(column.type):
        return pd.Series(column.to_pandas())
    texts = column.chunk(0).dictionary
    if len(texts) > max(_MANY, _MANY_SHARE * len(column)):
        return pd.Series(column.cast(pa.large_string()).to_pandas())
    numbers = np.concatenate([c.indices.fill_null(-1).to_numpy() for c in column.chunks])
    categories = pd.CategoricalDtype(pd.Index(texts.to_pandas(), dtype="str"))
    return pd.Series(pd.Categorical.from_codes(numbers, dtype=categories, validate=False))


class _Watched:
    """A source as a file that Arrow reads from, telling how far it is."""

    closed = False

    def __init__(self, source: Source, progress: Callable[[float], None] | None) -> None:
        self._file = source.stream()
        self._size = source.size
        self._progress = progress
        if source.head.startswith(b"\xef\xbb\xbf"):
            self._file.seek(3)

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        if self._progress and block:
            self._progress(self._file.tell() / self._size)
        return block

    def close(self) -> None:
        self._file.close()
        self.closed = True

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def writable(self) -> bool:
        return False


def _is_odd(table: Any) -> bool:
    """Whether a row is empty, a cell is too long, or a quote was opened and never closed."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if all(c.null_count for c in table.columns):
        empty = pc.is_null(table.columns[0])
        for column in table.columns[1:]:
            empty = pc.and_(empty, pc.is_null(column))
        if pc.any(empty).as_py():
            return True
    texts = [c.chunk(0).dictionary if pa.types.is_dictionary(c.type) else c for c in table.columns]
    longest = [pc.max(pc.binary_length(c)).as_py() or 0 for c in texts]
    if max(longest) > MAX_CELL_CHARS:
        return True
    last = pa.concat_tables([table.slice(table.num_rows - 1)])
    return any("\n" in (c[0].as_py() or "") for c in last.columns)
