"""Incidents counted in the squares of a grid: what a map shows of millions of them.

The squares are those of web maps: the world in Mercator's projection, cut into
``2**level`` squares each way. Four squares of a level are one of the level above, so
that a count on any coarser level is a sum of counts and as true. How fine squares and
times are depends on how many different counts there are, on nothing else: neither
on the order of rows nor on how they came.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.errors import InputError
from bordermap.layers import known_as_areas, known_as_points
from bordermap.tally import UNITS, Days, Tally

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

__all__ = ["LEVEL", "Cells", "Counts", "Table", "count_cells", "newest_of"]

LEVEL = 15
"""Finest squares: 2**15 across the world, 1.2 km at the equator and 0.96 km at 38 N."""

FACETS = ("kind", "side", "zone")
"""Columns that counts are told apart by."""

_SHAPES_AT_MOST = 20_000
_ALL, _BY_TIME, _BY_FACET, _PLAIN = range(4)
# Different counts of a table at most: what a page reads in a second or two.
_AT_MOST = {_ALL: 2_000_000, _BY_TIME: 1_000_000, _BY_FACET: 500_000, _PLAIN: 250_000}
_TIMED = [
    (13, "day"), (12, "day"), (12, "month"), (11, "month"), (10, "month"), (10, "quarter"),
    (9, "quarter"), (9, "year"), (8, "year"), (7, "year"), (6, "year"), (5, "year"), (4, "year"),
]  # fmt: skip
_UNTIMED = [(level, "none") for level in range(LEVEL, 3, -1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Counts in the squares of one level, each square's one after another.

    ``x`` and ``y`` are a square's column from the west and row from the north; the
    counts of square ``i`` end at ``ends[i]``. ``facet`` and ``time`` number
    `Cells.facets` and `Cells.times`; a table without them tells them not apart.
    """

    level: int
    by_facet: bool
    by_time: bool
    x: NDArray[np.int64]
    y: NDArray[np.int64]
    ends: NDArray[np.int64]
    facet: NDArray[np.int64]
    time: NDArray[np.int64]
    count: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """All counts of a table of incidents.

    ``tables`` each count every incident that is known to a spot: by facets and time,
    by time, by facets, and by square alone, the last in the finest squares.
    ``areas`` counts those known to an area (``x`` numbers ``shapes``) and, with an
    ``x`` of -1, those without a place. ``times`` are first and last day since 1970 in
    whole units (`bordermap.tally.UNDATED` where there is none), and whether the dates
    are exact to a day or two.
    """

    rows: int
    points: int
    areas_rows: int
    first_day: int | None
    last_day: int | None
    unit: str
    facets: tuple[tuple[str | None, str | None, str | None], ...]
    times: NDArray[np.int64]
    tables: tuple[Table, ...]
    areas: Table
    shapes: tuple[Any, ...]
    shape_names: tuple[tuple[str | None, str | None], ...]


class Counts:
    """Counts in the making; parts of a table are added in any order."""

    def __init__(self) -> None:
        self._facets: dict[tuple[str | None, ...], int] = {}
        self._shapes: dict[bytes, int] = {}
        self._names: list[tuple[str, str]] = []
        self._tallies = {
            _ALL: Tally(_TIMED, at_most=_AT_MOST[_ALL], finest=LEVEL),
            _BY_TIME: Tally(_TIMED, at_most=_AT_MOST[_BY_TIME], finest=LEVEL),
            _BY_FACET: Tally(_UNTIMED, at_most=_AT_MOST[_BY_FACET], finest=LEVEL),
            _PLAIN: Tally(_UNTIMED, at_most=_AT_MOST[_PLAIN], finest=LEVEL),
        }
        self._elsewhere = Tally(_TIMED, at_most=_AT_MOST[_PLAIN], finest=0)
        self._rows = self._points = self._area_rows = 0
        self._first: int | None = None
        self._last: int | None = None

    def add(self, incidents: gpd.GeoDataFrame) -> None:
        """Count a part of a sited incident table, EPSG:4326."""
        points = known_as_points(incidents).to_numpy()
        areas = known_as_areas(incidents).to_numpy()
        facet = self._facets_of(incidents)
        days = Days.of(incidents)
        self._rows += len(incidents)
        self._points += int(points.sum())
        self._area_rows += int(areas.sum())
        self._span(days)
        x, y = _squares(incidents.geometry.to_numpy()[points])
        for which, tally in self._tallies.items():
            tally.add(
                x, y,
                facet[points] if which in {_ALL, _BY_FACET} else np.zeros(len(x), dtype=np.int64),
                days.where(points) if which in {_ALL, _BY_TIME} else None,
            )  # fmt: skip
        number = np.full(len(incidents), -1, dtype=np.int64)
        number[areas] = self._shapes_of(incidents[areas])
        number = number[~points]
        self._elsewhere.add(number + 1, np.zeros_like(number), facet[~points], days.where(~points))

    def done(self) -> Cells:
        """Return the counts of all that was added."""
        tallies = [*self._tallies.values(), self._elsewhere]
        for tally in tallies:
            tally.settle()
        # A window of time has to mean the same in every table.
        unit = max((t.unit for t in tallies if t.unit != "none"), key=UNITS.index)
        for tally in tallies:
            tally.coarsen_time(unit)
        facets = sorted(self._facets, key=lambda f: tuple(("" if v is None else v) for v in f))
        facet_order = _places(self._facets[f] for f in facets)
        times, time_codes = _common_times(tallies)
        wkb = sorted(self._shapes)
        shape_order = _places(self._shapes[w] for w in wkb)
        import shapely

        tables = [
            _table(t, which, facet_order, time_codes[i])
            for i, (which, t) in enumerate(self._tallies.items())
        ]
        return Cells(
            rows=self._rows, points=self._points, areas_rows=self._area_rows,
            first_day=self._first, last_day=self._last, unit=unit,
            facets=tuple((f[0], f[1], f[2]) for f in facets), times=times,
            tables=tuple(tables),
            areas=_areas(self._elsewhere, facet_order, time_codes[-1], shape_order),
            shapes=tuple(shapely.from_wkb(wkb)),
            shape_names=tuple(
                (en or None, ko or None) for en, ko in (self._names[self._shapes[w]] for w in wkb)
            ),
        )  # fmt: skip

    def _span(self, days: Days) -> None:
        first, last = days.span()
        if first is not None and last is not None:
            self._first = first if self._first is None else min(self._first, first)
            self._last = last if self._last is None else max(self._last, last)

    def _facets_of(self, incidents: gpd.GeoDataFrame) -> NDArray[np.int64]:
        import pandas as pd

        number = np.zeros(len(incidents), dtype=np.int64)
        codes, words = {}, {}
        for name in FACETS:
            column = pd.Series(None, index=incidents.index, dtype="str")
            if name in incidents:
                column = incidents[name].astype("str").where(incidents[name].notna())
            codes[name], found = pd.factorize(column)
            words[name] = [*map(str, found), None]  # a code of -1 is the last, none
            number = number * len(words[name]) + codes[name] + 1
        _, first, where = np.unique(number, return_index=True, return_inverse=True)
        known = np.empty(len(first), dtype=np.int64)
        for group, row in enumerate(first.tolist()):
            told = tuple(words[name][codes[name][row]] for name in FACETS)
            known[group] = self._facets.setdefault(told, len(self._facets))
        return known[where] if len(first) else number

    def _shapes_of(self, incidents: gpd.GeoDataFrame) -> NDArray[np.int64]:
        """Return the numbers of areas' shapes; each is kept once, with its first name in order."""
        import pandas as pd
        import shapely

        codes, shapes = pd.factorize(
            np.array(shapely.to_wkb(incidents.geometry.to_numpy()), dtype=object)
        )
        numbers = np.empty(len(shapes), dtype=np.int64)
        for code, wkb in enumerate(shapes):
            numbers[code] = self._shapes.setdefault(wkb, len(self._shapes))
        if len(self._shapes) > _SHAPES_AT_MOST:
            raise InputError(
                f"more than {_SHAPES_AT_MOST:,} different areas cannot be drawn; "
                "give points, or fewer incidents"
            )
        self._names += [("", "")] * (len(self._shapes) - len(self._names))
        for number, name in {*zip(numbers[codes].tolist(), _names(incidents), strict=True)}:
            before = self._names[number]
            self._names[number] = min(before, name) if before[0] and name[0] else max(before, name)
        return numbers[codes]


def count_cells(parts: Iterable[gpd.GeoDataFrame]) -> Cells:
    """Return the counts of a sited incident table, given in parts.

    Examples
    --------
    >>> import bordermap as bm
    >>> cells = count_cells([bm.load()])
    >>> [int(table.count.sum()) == cells.points for table in cells.tables]
    [True, True, True, True]
    """
    counts = Counts()
    for part in parts:
        counts.add(part)
    return counts.done()


def newest_of(incidents: gpd.GeoDataFrame, count: int) -> gpd.GeoDataFrame:
    """Return the incidents that began last, in the table's order.

    Undated ones come last, and of one day the first by ``id``; the order of rows
    changes nothing.
    """
    import pandas as pd

    wkb = incidents.geometry.to_wkb(hex=True).fillna("")
    order = (
        pd.DataFrame({"age": -Days.of(incidents).first, "id": incidents["id"], "wkb": wkb})
        .reset_index(drop=True)
        .sort_values(["age", "id", "wkb"])
    )
    found: gpd.GeoDataFrame = incidents.iloc[np.sort(order.index.to_numpy()[:count])]
    return found.reset_index(drop=True)


def _names(incidents: gpd.GeoDataFrame) -> list[tuple[str, str]]:
    def column(name: str) -> list[str]:
        if name not in incidents:
            return [""] * len(incidents)
        return [str(v) for v in incidents[name].astype("str").fillna("").tolist()]

    english = [a or b for a, b in zip(column("place_name"), column("place"), strict=True)]
    return list(zip(english, column("place_name_ko"), strict=True))


def _squares(points: Any) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return columns and rows of the finest squares; beyond 85 degrees, those at the edge."""
    import shapely

    lon, lat = shapely.get_x(points), shapely.get_y(points)
    across = 2**LEVEL
    north = np.arcsinh(np.tan(np.radians(np.clip(lat, -89.9, 89.9)))) / np.pi
    x = np.floor((lon + 180.0) / 360.0 * across)
    y = np.floor((1.0 - north) / 2.0 * across)
    return (
        np.clip(x, 0, across - 1).astype(np.int64),
        np.clip(y, 0, across - 1).astype(np.int64),
    )


def _places(codes: Iterable[int]) -> NDArray[np.int64]:
    """Return where each code stands in an order of them."""
    order = np.fromiter(codes, dtype=np.int64)
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    return places


def _common_times(
    tallies: list[Tally],
) -> tuple[NDArray[np.int64], list[NDArray[np.int64]]]:
    """Return the different times of all tallies in order, and each tally's numbers among them."""
    times = np.unique(np.concatenate([t.times for t in tallies]), axis=0)
    known = {tuple(row): number for number, row in enumerate(times.tolist())}
    codes = [
        np.array([known[tuple(row)] for row in t.times.tolist()], dtype=np.int64) for t in tallies
    ]
    return times, codes


def _table(tally: Tally, which: int, facets: NDArray[np.int64], times: NDArray[np.int64]) -> Table:
    by_facet, by_time = which in {_ALL, _BY_FACET}, which in {_ALL, _BY_TIME}
    x, y, facet, time, count = tally.columns()
    if by_facet:
        facet = facets[facet]
    if by_time:
        time = times[time]
    return _ordered(tally.level, by_facet, by_time, (x, y, facet, time, count))


def _areas(
    tally: Tally, facets: NDArray[np.int64], times: NDArray[np.int64], shapes: NDArray[np.int64]
) -> Table:
    x, y, facet, time, count = tally.columns()
    number = np.full(len(x), -1, dtype=np.int64)
    number[x > 0] = shapes[x[x > 0] - 1]
    return _ordered(0, True, True, (number, y, facets[facet], times[time], count))


def _ordered(
    level: int, by_facet: bool, by_time: bool, columns: tuple[NDArray[np.int64], ...]
) -> Table:
    x, y, facet, time, count = columns
    order = np.lexsort((time, facet, x, y))
    x, y, facet, time, count = (c[order] for c in (x, y, facet, time, count))
    first = np.ones(len(x), dtype=bool)
    first[1:] = (np.diff(x) != 0) | (np.diff(y) != 0)
    ends = np.append(np.flatnonzero(first)[1:], len(x)) if len(x) else np.zeros(0, dtype=np.int64)
    return Table(
        level=level, by_facet=by_facet, by_time=by_time, x=x[first], y=y[first], ends=ends,
        facet=facet, time=time, count=count,
    )  # fmt: skip
