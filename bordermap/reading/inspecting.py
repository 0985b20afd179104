"""What a file is taken for, before anything is done with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bordermap.errors import InputError
from bordermap.reading.how import How
from bordermap.reading.plan import Plan, plan_for
from bordermap.reading.records import read_table
from bordermap.reading.source import opened

if TYPE_CHECKING:
    from pathlib import Path

    from bordermap.reading.raw import RawTable
    from bordermap.reading.result import Reading

__all__ = ["InspectedColumn", "Inspection", "inspect_source"]

_SAMPLES = 3
_SAMPLE_CHARS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectedColumn:
    """One column: what it is taken for and how we know, or under which name it is kept."""

    theirs: str
    ours: str | None
    why: str
    filled: int
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What was found in one file.

    Attributes
    ----------
    name, format, encoding
        The file as it is read; no encoding for a format that is no text.
    source, codebook
        The source that it was recognised as, and the codebook that is followed.
    rows
        How many rows it has.
    columns
        Its columns in their order.
    made
        Our columns that are made from codes -> the file's columns.
    missing
        What a table needs and this one lacks, with what to do.
    counts
        Rows ``kept``, ``repaired``, ``rejected``; empty where something is missing.
    told
        Repairs and doubts, in words; and the first fault.
    """

    name: str
    format: str
    encoding: str | None
    source: str | None
    codebook: str | None
    rows: int
    columns: tuple[InspectedColumn, ...]
    made: dict[str, tuple[str, ...]]
    missing: str | None
    counts: dict[str, int]
    told: tuple[str, ...]


def inspect_source(path: str | Path, how: How | None = None) -> Inspection:
    """Return what a file is taken for, and what became of its rows if it were read.

    Raises
    ------
    InputError
        The file cannot be opened or holds no table.
    """
    from bordermap.reading import raw_table

    how = replace(how or How(), skip=True)
    source = opened(path, format=how.format)
    raw = raw_table(source, how)
    plan = plan_for(raw.cells.columns, how, raw.name)
    missing, reading = None, None
    try:
        reading = read_table(raw, how)
    except InputError as error:
        missing = str(error)
    mapping = plan.mapping
    return Inspection(
        name=raw.name,
        format=source.format,
        encoding=source.encoding,
        source=mapping.title if mapping else None,
        codebook=mapping.codebook if mapping else None,
        rows=len(raw.cells),
        columns=_columns(raw, plan),
        made=_made(raw, plan),
        missing=missing,
        counts=_counts(reading),
        told=_told(reading),
    )


def _columns(raw: RawTable, plan: Plan) -> tuple[InspectedColumn, ...]:
    ours_of = {theirs: ours for ours, theirs in plan.columns.items()}
    found = []
    for column in raw.cells.columns:
        ours = ours_of.get(column)
        why = plan.why[ours].value if ours else "kept as it is"
        if column in plan.left_out:
            why = "left out: made anew"
        elif ours is None and plan.rest[column] != column:
            why = f"kept as {plan.rest[column]}"
        cells = raw.cells[column].dropna()
        samples = tuple(_short(str(c)) for c in cells.drop_duplicates().iloc[:_SAMPLES])
        found.append(
            InspectedColumn(
                theirs=str(column), ours=ours, why=why, filled=len(cells), samples=samples
            )
        )
    return tuple(found)


def _short(text: str) -> str:
    line = "".join(c if c.isprintable() else " " for c in text)
    return line if len(line) <= _SAMPLE_CHARS else f"{line[: _SAMPLE_CHARS - 3]}..."


def _made(raw: RawTable, plan: Plan) -> dict[str, tuple[str, ...]]:
    from bordermap.reading.mapping import plain

    if plan.mapping is None:
        return {}
    there = {plain(c): str(c) for c in raw.cells.columns}
    rules = {ours: rule.columns for ours, rule in plan.mapping.values.items()}
    rules |= plan.mapping.join
    rules["quantities"] = tuple(plan.mapping.counts.values())
    found = {o: tuple(there[c] for c in theirs if c in there) for o, theirs in rules.items()}
    return {o: theirs for o, theirs in found.items() if theirs and o not in plan.columns}


def _counts(reading: Reading | None) -> dict[str, int]:
    if reading is None:
        return {}
    report = reading.report
    return {"kept": report.kept, "repaired": report.repaired, "rejected": report.rejected}


def _told(reading: Reading | None) -> tuple[str, ...]:
    if reading is None:
        return ()
    told = [*reading.report.notes, *reading.report.repairs, *reading.report.doubts]
    if len(reading.rejects):
        first = reading.rejects.iloc[0]
        told.append(
            f"first rejected: row {first['reject_row']}: {first['reject_column']} "
            f'"{_short(str(first["reject_value"]))}" {first["reject_reason"]}; '
            f"{first['reject_remedy']}"
        )
    return tuple(told)
