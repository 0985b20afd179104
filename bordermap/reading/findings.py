"""What reading a table finds: faults that reject a row, repairs, and doubts.

A fault names row, column, value, reason and remedy. A repair was made because
only one reading is possible, and is told. A doubt changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from bordermap.errors import InputError, at

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["Fault", "Findings", "Note"]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong with a cell, or with a row (``column`` is ""); rows are counted from 0."""

    row: int
    order: int
    column: str
    value: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something to tell of many rows at once: how many, and the file's numbers of the first."""

    column: str
    what: str
    count: int
    rows: tuple[int, ...]

    def __str__(self) -> str:
        rows = ", ".join(str(r) for r in self.rows)
        more = ", ..." if self.count > len(self.rows) else ""
        where = f"row{'s' * (self.count > 1)} {rows}{more}"
        column = f"{self.column}: " if self.column else ""
        return f"{column}{self.count} {self.what} ({where})"


@dataclass(slots=True)
class Findings:
    """All that is found in one table.

    Attributes
    ----------
    name
        The file's name, for messages.
    numbers
        The number of each row in the file, as a spreadsheet counts.
    columns
        The file's own name of each of our columns.
    """

    name: str
    numbers: NDArray[np.int64]
    columns: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    repairs: list[Note] = field(default_factory=list)
    doubts: list[Note] = field(default_factory=list)
    repaired: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        self.repaired = np.zeros(len(self.numbers), bool)

    def fault(
        self, wrong: pd.Series | NDArray[np.bool_], column: str, values: pd.Series, reason: str,
        remedy: str,
    ) -> None:  # fmt: skip
        """Note a fault in every row where ``wrong`` holds."""
        rows = np.flatnonzero(np.asarray(wrong, bool))
        cells = values.iloc[rows]
        theirs = self.columns.get(column, column)
        blank = cells.isna()
        self.faults += [
            Fault(int(row), len(self.faults), theirs, "" if b else str(cell), reason, remedy)
            for row, cell, b in zip(rows, cells, blank, strict=True)
        ]

    def repair(self, made: pd.Series | NDArray[np.bool_], column: str, what: str) -> None:
        """Note that cells were read otherwise than they are written."""
        rows = np.flatnonzero(np.asarray(made, bool))
        if len(rows):
            self.repaired[rows] = True
            self.repairs.append(self._note(rows, column, what))

    def doubt(self, rows: NDArray[np.intp], column: str, what: str) -> None:
        """Note that rows look doubtful; they stay as they are."""
        if len(rows):
            self.doubts.append(self._note(np.sort(rows), column, what))

    def bad_rows(self) -> NDArray[np.intp]:
        """Return the faulty rows, each once, ascending from 0."""
        return np.unique(np.array([f.row for f in self.faults], dtype=np.intp))

    def first_faults(self) -> list[Fault]:
        """Return for each faulty row the fault that was found first."""
        first: dict[int, Fault] = {}
        for fault in sorted(self.faults):
            first.setdefault(fault.row, fault)
        return list(first.values())

    def raise_first(self) -> None:
        """Raise the fault of the lowest row, if there is any."""
        if not self.faults:
            return
        fault = min(self.faults)
        number = int(self.numbers[fault.row])
        where = f"{at(self.name, row=number)}:"
        if fault.column:
            where = at(self.name, row=number, column=fault.column, value=fault.value)
        more = len(self.bad_rows()) - 1
        rest = f" ({more} more row{'s' * (more > 1)} with faults)" if more else ""
        raise InputError(f"{where} {fault.reason}; {fault.remedy}{rest}")

    def _note(self, rows: NDArray[np.intp], column: str, what: str) -> Note:
        theirs = self.columns.get(column, column)
        numbers = tuple(int(n) for n in self.numbers[rows[:3]])
        return Note(column=theirs, what=what, count=len(rows), rows=numbers)
