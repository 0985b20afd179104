"""What every command that works in memory begins with: its inputs, located and sited."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from bordermap.cli.options import talk
from bordermap.counts import counted

if TYPE_CHECKING:
    from collections.abc import Collection

    from bordermap.cli.online import Online
    from bordermap.loading import Loaded
    from bordermap.reading import How

__all__ = ["loaded"]


def loaded(
    inputs: tuple[str, ...], how: How, line: str | None, online: Online, *,
    only: Collection[str] | None = None,
) -> Loaded:  # fmt: skip
    """Return the inputs' incidents, and say what became of their rows.

    Rejected rows are written beside their input.

    Parameters
    ----------
    inputs, how, line, online
        What the user said.
    only
        The columns that the command looks at, where those are not all.

    Raises
    ------
    InputError
        Not one row could be read; the rejects are written all the same.
    """
    from bordermap.loading import line_of, load_all

    found = load_all(inputs, line=lambda: line_of(line), how=how, book=online.gazetteer, only=only)
    _set_aside(found)
    return found


def _set_aside(loaded: Loaded) -> None:
    """Write rejected rows beside their input, and say what became of all rows."""
    from bordermap.errors import InputError

    for report in loaded.reports:
        for note in (*report.notes, *report.repairs, *report.doubts):
            talk(f"{report.name}: {note}")
        counts = [f"{counted(report.read, 'row')} read", f"{report.kept} kept"]
        if report.repaired:
            counts[-1] += f" ({report.repaired} of them repaired)"
        if report.merged:
            counts.append(f"{report.merged} merged")
        if report.rejected:
            rows = loaded.rejects[loaded.rejects["reject_file"] == report.name]
            counts.append(f"{report.rejected} rejected: {_written(report.name, rows)}")
        if report.rejected or report.repaired or report.merged:
            talk(f"{report.name}: {', '.join(counts)}")
    if not sum(r.kept for r in loaded.reports):
        names = ", ".join(r.name for r in loaded.reports)
        raise InputError(f"{names}: no row could be read; see the rejects")


def _written(name: str, rows: Any) -> Path:
    """Write one file's rejects beside it and return where; older ones are kept."""
    from bordermap.files import written_whole
    from bordermap.reading.rejects import rejects_text

    folder = Path(name).parent if name != "-" else Path()
    stem = Path(name).stem if name != "-" else "stdin"
    text = rejects_text(rows.drop(columns="reject_file").dropna(axis=1, how="all"))
    path, nth = folder / f"{stem}.rejects.csv", 1
    # Somebody may be at work on the rejects of an earlier run.
    while path.exists() and path.read_bytes() != text.encode():
        nth += 1
        path = folder / f"{stem}.rejects-{nth}.csv"
    with written_whole(path) as partial:
        partial.write_text(text, encoding="utf-8", newline="")
    return path
