"""Rows of incidents gathered from many texts: kept as columns, equal values once.

A row as a dictionary of its own takes as much again as what is in it. Here it costs a
pointer a column, and what many rows say alike (a kind, a day, a place) is kept once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from sys import intern
from typing import Any

__all__ = ["Rows"]

# What hardly any two incidents say alike.
_OWN = frozenset({"title", "quote", "evidence", "remarks"})


class Rows:
    """Rows that have the same columns, as dictionaries when one goes through them.

    >>> rows = Rows([{"kind": "mine", "quote": "A mine blew up."}])
    >>> rows.extend([{"kind": "drone", "quote": "A drone fell."}])
    >>> len(rows), rows[1]["quote"], rows.column("kind")
    (2, 'A drone fell.', ['mine', 'drone'])
    """

    __slots__ = ("_columns", "_count")

    def __init__(self, rows: Iterable[Mapping[str, Any]] = ()) -> None:
        self._columns: dict[str, list[Any]] = {}
        self._count = 0
        self.extend(rows)

    def extend(self, rows: Rows | Iterable[Mapping[str, Any]]) -> None:
        """Add rows behind those that are there."""
        if isinstance(rows, Rows):
            for name, values in rows._columns.items():
                self._columns.setdefault(name, []).extend(values)
            self._count += len(rows)
            return
        for row in rows:
            for name, value in row.items():
                is_shared = isinstance(value, str) and name not in _OWN
                self._columns.setdefault(name, []).append(intern(value) if is_shared else value)
            self._count += 1

    def column(self, name: str) -> list[Any]:
        """Return the values of a column, row after row."""
        return self._columns.get(name, [])

    def take(self, name: str) -> list[Any]:
        """Return the values of a column, which is let go: the rows have it no more."""
        return self._columns.pop(name, [])

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> dict[str, Any]:
        return {name: values[number] for name, values in self._columns.items()}

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(self.__getitem__, range(self._count))
