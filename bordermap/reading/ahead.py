"""A large file is parsed while something else is done, such as loading what comes after."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bordermap.reading.source import FORMATS, large_size, opened

if TYPE_CHECKING:
    import pandas as pd

    from bordermap.reading.how import How
    from bordermap.reading.raw import RawTable

__all__ = ["parsed_ahead"]


class _StoppedError(Exception):
    """Nobody waits for the table any more."""


@contextmanager
def parsed_ahead(
    path: str | Path | pd.DataFrame, how: How
) -> Iterator[Callable[[], RawTable] | None]:
    """Give what hands out, once, the table of a large delimited file; None for other files.

    The file is parsed meanwhile: on leaving it is done or, after an error, given up.
    """
    if not _is_large(path, how):
        yield None
        return
    stopped = threading.Event()

    def tell(what: str, share: float) -> None:
        if stopped.is_set():
            raise _StoppedError
        if how.progress:
            how.progress(what, share)

    def parse() -> RawTable:
        from bordermap.reading import raw_table

        return raw_table(opened(str(path), format=how.format), replace(how, progress=tell))

    with ThreadPoolExecutor(max_workers=1) as pool:
        try:
            parsed = [pool.submit(parse)]
            # Handed out and let go of: the table is large.
            yield lambda: parsed.pop().result()
        except BaseException:
            stopped.set()
            raise


def _is_large(path: str | Path | pd.DataFrame, how: How) -> bool:
    if not isinstance(path, str | Path):
        return False
    known = how.format or FORMATS.get(Path(path).suffix.lower())
    return known == "csv" and large_size(str(path)) is not None
