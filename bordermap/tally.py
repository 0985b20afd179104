"""Counts by square, facet and time that stay within a size by growing coarser.

A tally goes down a ladder of resolutions. Different counts only ever become more with
more rows, so it ends on the first rung where those of all rows fit, in whatever
order the rows came.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bordermap.errors import BordermapError

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

__all__ = ["UNDATED", "UNITS", "Days", "Tally", "bucket"]

UNITS = ("none", "day", "month", "quarter", "year")
"""Units of time, each made of whole ones of the unit before."""

UNDATED = -(2**31)
"""Stands for the day of an incident without a date."""

# A key is the square (row and column), the facet and the time in 63 bits.
_AXIS, _FACET, _TIME = 15, 14, 18
# Rows that are numbered at a time, and different times that are kept: together less than 2**18.
_AT_ONCE = 100_000
_TIMES_AT_MOST = 1 << 17
# Rows that are gathered before they are counted.
_GATHERED = 500_000


@dataclass(frozen=True, slots=True)
class Days:
    """First and last days since 1970, `UNDATED` where there is none; exact to a day or two."""

    first: NDArray[np.int64]
    last: NDArray[np.int64]

    @classmethod
    def of(cls, incidents: gpd.GeoDataFrame) -> Days:
        """Return the days of incidents; one day where the last is not told."""
        first = _days(incidents, "date_start")
        last = _days(incidents, "date_end")
        last = np.where((last == UNDATED) | (last < first), first, last)
        return cls(first, np.where(first == UNDATED, UNDATED, last))

    def where(self, mask: NDArray[np.bool_]) -> Days:
        """Return the days of some rows."""
        return Days(self.first[mask], self.last[mask])

    def span(self) -> tuple[int | None, int | None]:
        """Return the first and the last of all days."""
        known = self.first != UNDATED
        if not known.any():
            return None, None
        return int(self.first[known].min()), int(self.last[known].max())


def _days(incidents: gpd.GeoDataFrame, name: str) -> NDArray[np.int64]:
    if name not in incidents:
        return np.full(len(incidents), UNDATED, dtype=np.int64)
    days = incidents[name].to_numpy(dtype="datetime64[D]")
    return np.where(np.isnat(days), UNDATED, days.astype(np.int64))


def bucket(
    first: NDArray[np.int64], last: NDArray[np.int64], unit: str
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return days widened to whole units; `UNDATED` stays.

    Examples
    --------
    >>> day = np.array([np.datetime64("2024-06-20").astype(int)])
    >>> [str(d.astype("datetime64[D]")[0]) for d in bucket(day, day, "quarter")]
    ['2024-04-01', '2024-06-30']
    """
    if unit == "day":
        return first, last
    months = {"month": 1, "quarter": 3, "year": 12}[unit]

    def widened(days: NDArray[np.int64], on: int) -> NDArray[np.int64]:
        known = np.where(days == UNDATED, 0, days).astype("datetime64[D]")
        month = known.astype("datetime64[M]").astype(np.int64)
        edge = (month // months + on) * months
        found: NDArray[np.int64] = edge.astype("datetime64[M]").astype("datetime64[D]").astype(int)
        return np.where(days == UNDATED, UNDATED, found - on)

    return widened(first, 0), widened(last, 1)


class Tally:
    """Counts that grow coarser, rung by rung, when there are too many different ones.

    Parameters
    ----------
    ladder
        Levels of squares with units of time, fine ones first; the last is kept
        whatever its size.
    at_most
        How many different counts are kept.
    finest
        The level of the squares that are added; 0 for things that are no squares.
    """

    def __init__(self, ladder: Sequence[tuple[int, str]], *, at_most: int, finest: int) -> None:
        self._ladder = ladder
        self._rung = 0
        self._at_most = at_most
        self._finest = finest
        self._keys = np.zeros(0, dtype=np.int64)
        self._counts = np.zeros(0, dtype=np.int64)
        self._waiting: list[NDArray[np.int64]] = []
        self.times = np.zeros((0, 3), dtype=np.int64)
        self._known: dict[tuple[int, ...], int] = {}
        self._unit: str | None = None

    @property
    def level(self) -> int:
        """The level of the squares as they are now."""
        return min(self._ladder[self._rung][0], self._finest)

    @property
    def unit(self) -> str:
        """The unit of time as it is now."""
        return self._unit or self._ladder[self._rung][1]

    def add(
        self, x: NDArray[np.int64], y: NDArray[np.int64], facet: NDArray[np.int64],
        days: Days | None,
    ) -> None:  # fmt: skip
        """Count rows by the column and row of their square, their facet's number and their days."""
        if len(x) and int(facet.max()) >= 1 << _FACET:
            raise BordermapError("too many different zones to count incidents by")
        for begin in range(0, len(x), _AT_ONCE):
            part = slice(begin, begin + _AT_ONCE)
            some = None if days is None else Days(days.first[part], days.last[part])
            time = np.zeros(len(x[part]), dtype=np.int64) if some is None else self._timed(some)
            shift = self._finest - self.level
            self._waiting.append(_key(x[part] >> shift, y[part] >> shift, facet[part], time))
            if sum(map(len, self._waiting)) >= _GATHERED or len(self._known) >= _TIMES_AT_MOST:
                self.settle()

    def columns(self) -> tuple[NDArray[np.int64], ...]:
        """Return column, row, facet, time and count of all different ones."""
        self.settle()
        return (*_parts(self._keys), self._counts)

    def coarsen_time(self, unit: str) -> None:
        """Widen all times to a unit, if they are told apart by smaller ones."""
        self.settle()
        if self.unit != "none" and UNITS.index(self.unit) < UNITS.index(unit):
            self._retime(unit)
        self._unit = None if self.unit == "none" else unit

    def _timed(self, days: Days) -> NDArray[np.int64]:
        rough = (days.last - days.first >= 2).astype(np.int64)
        first, last = bucket(days.first, days.last, self.unit)
        return self._numbered(np.column_stack([first, last, 1 - rough]))

    def _numbered(self, times: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the numbers of times; new ones get the next."""
        unique, where = np.unique(times, axis=0, return_inverse=True)
        numbers = [self._known.setdefault(tuple(row), len(self._known)) for row in unique.tolist()]
        if len(self._known) > len(self.times):
            self.times = np.array(list(self._known), dtype=np.int64)
        return np.asarray(numbers, dtype=np.int64)[where.reshape(-1)]

    def settle(self) -> None:
        """Count what is gathered, so that level, unit and times are those of all rows."""
        if self._waiting:
            keys = np.concatenate(self._waiting)
            self._waiting = []
            self._merge(
                np.concatenate([self._keys, keys]),
                np.concatenate([self._counts, np.ones(len(keys), dtype=np.int64)]),
            )
        while self._is_full() and self._rung + 1 < len(self._ladder):
            self._step_down()

    def _is_full(self) -> bool:
        return len(self._keys) > self._at_most or len(self._known) >= _TIMES_AT_MOST

    def _step_down(self) -> None:
        before, unit = self.level, self.unit
        self._rung += 1
        shift = before - self.level
        if shift:
            x, y, facet, time = _parts(self._keys)
            self._merge(_key(x >> shift, y >> shift, facet, time), self._counts)
        if self.unit != unit:
            self._retime(self.unit)

    def _retime(self, unit: str) -> None:
        x, y, facet, time = _parts(self._keys)
        first, last = bucket(self.times[:, 0], self.times[:, 1], unit)
        old = np.column_stack([first, last, self.times[:, 2]])
        self._known, self.times = {}, np.zeros((0, 3), dtype=np.int64)
        renumbered = self._numbered(old)
        self._merge(_key(x, y, facet, renumbered[time]), self._counts)

    def _merge(self, keys: NDArray[np.int64], counts: NDArray[np.int64]) -> None:
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        self._keys = keys[first]
        self._counts = np.add.reduceat(counts[order], first) if len(first) else counts[:0]


def _key(
    x: NDArray[np.int64], y: NDArray[np.int64], facet: NDArray[np.int64], time: NDArray[np.int64]
) -> NDArray[np.int64]:
    return (((y << (_AXIS + 1)) | x) << _FACET | facet) << _TIME | time


def _parts(keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    """Return column, row, facet and time of keys."""
    time = keys & ((1 << _TIME) - 1)
    facet = (keys >> _TIME) & ((1 << _FACET) - 1)
    place = keys >> (_TIME + _FACET)
    return place & ((1 << (_AXIS + 1)) - 1), place >> (_AXIS + 1), facet, time
