"""The gazetteer of a run: opened once in each process, and the same one when it goes on."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bordermap.gazetteer import Gazetteer

__all__ = ["Book", "book_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A gazetteer as it travels to the workers.

    Attributes
    ----------
    paths
        Its files; None for what is installed where a worker runs.
    digests
        What tells a run whether it goes on with the same gazetteer.
    made
        The gazetteer that was made for the run, whose files are there as long as it is; it
        stays in the process that made it.
    """

    paths: tuple[Path, ...] | None
    digests: tuple[str, ...]
    made: Gazetteer | None = field(default=None, repr=False)

    def __reduce__(self) -> tuple[Callable[[], Book], tuple[()]]:
        return functools.partial(Book, paths=self.paths, digests=self.digests), ()

    def opened(self) -> Gazetteer:
        """Return the gazetteer, opened once a process."""
        return _opened(self.paths)


def book_of(
    make: Callable[[Sequence[str]], Gazetteer] | None, names: Callable[[], Sequence[str]]
) -> Book:
    """Return the gazetteer that is made for the names of a table, or the installed one."""
    gazetteer = make(names()) if make else Gazetteer.open()
    return Book(
        paths=tuple(gazetteer.index.paths) if make else None,
        digests=tuple(_digest(path) for path in gazetteer.index.paths),
        made=gazetteer if make else None,
    )


@functools.lru_cache(maxsize=1)
def _opened(paths: tuple[Path, ...] | None) -> Gazetteer:
    return Gazetteer.open(paths=paths)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
