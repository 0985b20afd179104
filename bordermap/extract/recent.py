"""The records told last in a text, found by their kinds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bordermap.extract.records import Record
    from bordermap.table import Kind

__all__ = ["REACH", "Recent"]

REACH = 40
"""A report has fewer records, and so many sentences, than what is compared with each."""


class Recent:
    """Records in the order of the text.

    Attributes
    ----------
    records
        All of them.
    """

    __slots__ = ("_by_kind", "records")

    def __init__(self) -> None:
        self.records: list[Record] = []
        # Numbers of records: in a long text few of the last are of any one kind.
        self._by_kind: dict[Kind, list[int]] = {}

    def append(self, record: Record) -> None:
        """Add the next record."""
        self._by_kind.setdefault(record.kind, []).append(len(self.records))
        self.records.append(record)

    def of(self, kinds: Iterable[Kind]) -> Iterator[Record]:
        """Return those of some kinds among the last, the last one first."""
        least = len(self.records) - REACH
        found: list[int] = []
        for kind in kinds:
            numbers = self._by_kind.get(kind)
            if numbers is not None and numbers[-1] >= least:
                found += numbers[bisect_left(numbers, least) :]
        found.sort(reverse=True)
        return map(self.records.__getitem__, found)

    def renamed(self) -> None:
        """Find the records by their kinds anew, one of which has changed."""
        self._by_kind = {}
        for number in range(max(0, len(self.records) - REACH), len(self.records)):
            self._by_kind.setdefault(self.records[number].kind, []).append(number)
