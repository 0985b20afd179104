"""Places of a column of tables larger than memory, part by part."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bordermap.files import written_whole
from bordermap.gazetteer.beside import contexts_in, found_places, names_in, with_places
from bordermap.parts.books import Book, book_of
from bordermap.parts.checking import ENDINGS
from bordermap.parts.engines import Engine
from bordermap.parts.files import join, write_frames
from bordermap.parts.runs import Run, begun
from bordermap.parts.source import Part, cut, expanded, rows_of
from bordermap.parts.working import target_of, work_on

if TYPE_CHECKING:
    import pandas as pd

    from bordermap.gazetteer import Gazetteer

__all__ = ["Geocoded", "geocode_parts"]

_NAMES_TOLD = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Geocoded:
    """What was counted: rows, those with a place; and some names that were not found."""

    rows: int
    found: int
    not_found: int
    names_not_found: tuple[str, ...]
    parts: int
    parts_done_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    column: str
    context_column: str | None
    countries: tuple[str | None, ...] | None


def geocode_parts(
    paths: Sequence[str],
    output: str | Path,
    *,
    column: str,
    context_column: str | None = None,
    countries: Collection[str | None] | None = None,
    engine: Engine = Engine.STREAM,
    scheduler: str | None = None,
    book: Callable[[Sequence[str]], Gazetteer] | None = None,
) -> Geocoded:
    """Write tables of any size with places beside their rows, and return the counts.

    Rows keep their order and columns; each name means what it means in memory. A run
    that was killed goes on where it stopped.

    Parameters
    ----------
    paths
        Parquet, CSV or NDJSON files, folders or patterns of them.
    output
        As for `bordermap.parts.checking.check_parts`.
    column
        Where the names stand.
    context_column
        Prose in which they stand, which tells namesakes apart.
    countries
        ISO codes to which answers are limited; see `Gazetteer.resolve_all`.
    engine, scheduler, book
        As for `bordermap.parts.checking.check_parts`.

    Raises
    ------
    InputError
        There is no such column, a file cannot be read in parts, or the folder
        holds something else.
    """
    target = target_of(output, ENDINGS)
    ending = target.ending or ".parquet"
    parts = cut(expanded(paths))
    known = book_of(book, lambda: _names_of(parts, column))
    limits = None if countries is None else tuple(sorted(countries, key=str))
    asked = _Asked(column=column, context_column=context_column, countries=limits)
    run = begun(target.folder, parts, asked=repr(asked), ending=ending, known=known.digests)
    work = functools.partial(_geocode_part, run=run, asked=asked, ending=ending, known=known)
    done = work_on(run, parts, work, label="geocoding", engine=engine, scheduler=scheduler)
    target.put_together([run.path(part.number, ending) for part in parts], join)
    names = dict.fromkeys(name for note in done.notes for name in note["names"])
    return Geocoded(
        rows=done.sum_of("rows"),
        found=done.sum_of("found"),
        not_found=done.sum_of("not_found"),
        names_not_found=tuple(names)[:_NAMES_TOLD],
        parts=len(parts),
        parts_done_before=done.before,
    )


def _names_of(parts: Sequence[Part], column: str) -> list[str]:
    """Return all different names, for a service that is asked for those not known."""
    names: dict[str, None] = {}
    for part in parts:
        for rows in rows_of(part):
            found = names_in(rows, column, name=part.path).dropna()
            names |= dict.fromkeys(found.unique().tolist())
    return list(names)


def _geocode_part(part: Part, *, run: Run, asked: _Asked, ending: str, known: Book) -> int:
    """Write one part and note its counts; return its rows."""
    gazetteer = known.opened()
    counts = {"rows": 0, "found": 0, "not_found": 0}
    unknown: dict[str, None] = {}

    def geocoded() -> Iterator[pd.DataFrame]:
        for rows in rows_of(part):
            names = names_in(rows, asked.column, name=part.path)
            contexts = contexts_in(
                rows, names, asked.context_column, gazetteer=gazetteer, name=part.path
            )
            found = found_places(names.tolist(), contexts, asked.countries, gazetteer)
            has_place = found["place_id"].notna().to_numpy()
            lacking = names[names.notna().to_numpy() & ~has_place]
            counts["rows"] += len(rows)
            counts["found"] += int(has_place.sum())
            counts["not_found"] += len(lacking)
            some = lacking.unique()[: _NAMES_TOLD + len(unknown)].tolist()
            unknown.update(dict.fromkeys(some))
            yield with_places(rows, found)

    with written_whole(run.path(part.number, ending)) as partial:
        write_frames(geocoded(), partial, ending)
    run.finish(part.number, {**counts, "names": list(unknown)[:_NAMES_TOLD]})
    return counts["rows"]
