"""The parts of a run worked on, those that are not done yet, and put together at the end."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bordermap.errors import InputError
from bordermap.files import written_whole
from bordermap.parts.engines import Engine, workers
from bordermap.progress import progress

if TYPE_CHECKING:
    from bordermap.parts.runs import Run
    from bordermap.parts.source import Part

__all__ = ["Done", "Target", "target_of", "work_on"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a run writes: a folder of parts, or a file that is put together from such a folder.

    Attributes
    ----------
    path
        What the user named.
    folder
        Where the parts go: the path itself, or ``NAME.parts`` beside the file.
    ending
        The file's, lower case; "" for a folder.
    """

    path: Path
    folder: Path
    ending: str

    def put_together(
        self, files: Sequence[Path], join: Callable[[Sequence[Path], Path], None]
    ) -> None:
        """Make the file of its parts' files, if it is one, and remove their folder."""
        if self.folder != self.path:
            with written_whole(self.path) as partial:
                join(files, partial)
            shutil.rmtree(self.folder)


def target_of(output: str | Path, endings: Collection[str]) -> Target:
    """Return where a run writes.

    Raises
    ------
    InputError
        The output has an ending that cannot be written in parts.
    """
    path = Path(output)
    ending = path.suffix.lower()
    if ending not in ("", *endings):
        raise InputError(
            f"{output}: cannot be written in parts; use {', '.join(endings)} or a folder"
        )
    return Target(path=path, folder=Path(f"{output}.parts") if ending else path, ending=ending)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was noted of each part, in their order, and how many were done before."""

    notes: tuple[dict[str, Any], ...]
    before: int

    def sum_of(self, name: str) -> int:
        """Return the sum of a number that is noted of each part."""
        return sum(note[name] for note in self.notes)

    def counts_of(self, name: str) -> dict[str, int]:
        """Return the sums of counts by name that are noted of each part, sorted by name."""
        found = sum((Counter(note[name]) for note in self.notes), Counter[str]())
        return dict(sorted(found.items()))


def work_on(
    run: Run, parts: Sequence[Part], work: Callable[[Part], int], *, label: str, engine: Engine,
    scheduler: str | None,
) -> Done:  # fmt: skip
    """Work on the parts that are not done, and return what is noted of all.

    Parameters
    ----------
    run
        Where parts are noted when they are done.
    parts
        All parts of the run.
    work
        Writes one part, notes it and returns its rows; it travels between processes.
    label
        What is being done, shown before the progress bar.
    engine, scheduler
        See `bordermap.parts.engines.workers`.
    """
    missing = [part for part in parts if run.note(part.number) is None]
    if missing:
        sizes = [part.rows for part in missing]
        total = None if None in sizes else sum(rows or 0 for rows in sizes)
        with workers(engine, scheduler) as each, progress(label, total=total) as more:
            for rows in each(work, missing):
                more(rows)
    notes = tuple(run.note(part.number) or {} for part in parts)
    return Done(notes=notes, before=len(parts) - len(missing))
