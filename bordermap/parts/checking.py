"""Tables larger than memory located and sited, part by part."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bordermap.errors import InputError, at
from bordermap.files import written_whole
from bordermap.locate import locate
from bordermap.parts.books import Book, book_of
from bordermap.parts.engines import Engine
from bordermap.parts.files import join, write_frames
from bordermap.parts.runs import Run, begun
from bordermap.parts.source import Part, cut, expanded, rows_of
from bordermap.parts.working import target_of, work_on
from bordermap.reading.fixes import named_columns
from bordermap.site import site
from bordermap.table import COLUMNS, Stage

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from bordermap.gazetteer import Gazetteer
    from bordermap.line import DemarcationLine

__all__ = ["ENDINGS", "Checked", "check_parts", "places_of"]

ENDINGS = (".parquet", ".csv", ".ndjson")
"""Endings of what can be written."""

_SITED = [c.name for c in COLUMNS.values() if c.stage is Stage.SITED]
_LOCATED = [c.name for c in COLUMNS.values() if c.stage is Stage.LOCATED]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was counted: rows, those placed, rows by side, contradictions."""

    rows: int
    placed: int
    by_side: dict[str, int]
    contradicting: int
    parts: int
    parts_done_before: int


def check_parts(
    paths: Sequence[str],
    output: str | Path,
    *,
    line: DemarcationLine,
    engine: Engine = Engine.STREAM,
    scheduler: str | None = None,
    book: Callable[[Sequence[str]], Gazetteer] | None = None,
) -> Checked:
    """Site tables of any size and return the counts.

    Rows keep their order and columns; sited columns come behind them. Rows with
    coordinates (``geometry`` of points, or ``lon`` and ``lat`` under any of
    their usual names, with ``radius_m`` or ``accuracy_m`` where known) are sited
    by these, others are located by their ``place``. A run that was killed goes on where it stopped.

    Parameters
    ----------
    paths
        Parquet, CSV or NDJSON files, folders or patterns of them.
    output
        A file (`ENDINGS`), or a folder where each part is a file of GeoParquet's
        kind, ``part-000000.parquet``. A file's parts are kept in ``NAME.parts``
        beside it until all are there.
    line
        What to check against.
    engine, scheduler
        See `bordermap.parts.engines.workers`.
    book
        Makes the gazetteer for the places that are to be located, which are read
        first then; its files must be where the workers are. The packaged one
        and the user's by default.

    Raises
    ------
    InputError
        A file cannot be read in parts, has neither coordinates nor places, or
        a coordinate out of range; or the folder holds something else.
    """
    target = target_of(output, ENDINGS)
    ending = target.ending or ".parquet"
    parts = cut(expanded(paths))
    known = book_of(book, lambda: places_of(parts))
    run = begun(target.folder, parts, line=line.segments.to_json(), ending=ending,
                known=known.digests)  # fmt: skip
    work = functools.partial(_check_part, run=run, line=line, ending=ending, known=known)
    done = work_on(run, parts, work, label="checking", engine=engine, scheduler=scheduler)
    target.put_together([run.path(part.number, ending) for part in parts], join)
    return Checked(
        rows=done.sum_of("rows"),
        placed=done.sum_of("placed"),
        by_side=done.counts_of("by_side"),
        contradicting=done.sum_of("contradicting"),
        parts=len(parts),
        parts_done_before=done.before,
    )


def places_of(parts: Sequence[Part]) -> list[str]:
    """Return the places that are to be located, each once."""
    names: dict[str, None] = {}
    for part in parts:
        for rows in rows_of(part):
            if "place" in rows:
                lacking = rows["place"][~_have_spots(rows)]
                names |= dict.fromkeys(str(p) for p in lacking.dropna().unique())
    return list(names)


def _has_spots(rows: pd.DataFrame) -> bool:
    return "geometry" in rows or {"lon", "lat"} <= named_columns(rows.columns).keys()


def _have_spots(rows: pd.DataFrame) -> Any:
    """Return for each row whether it brings coordinates."""
    found = named_columns(rows.columns)
    if "geometry" in rows:
        return rows["geometry"].notna()
    if {"lon", "lat"} <= found.keys():
        return rows[found["lon"]].notna() & rows[found["lat"]].notna()
    return rows["place"].isna() & False


def _check_part(part: Part, *, run: Run, line: DemarcationLine, ending: str, known: Book) -> int:
    """Write one part and note its counts; return its rows."""
    counts: Counter[str] = Counter()
    sides: Counter[str] = Counter()

    def checked() -> Iterator[pd.DataFrame]:
        for rows in rows_of(part):
            wider = checked_rows(
                rows,
                line=line,
                name=part.path,
                first_row=part.first_row + counts["rows"],
                gazetteer=known.opened(),
            )
            counts["rows"] += len(wider)
            counts["placed"] += int(wider["distance_m"].notna().sum())
            counts["contradicting"] += int((wider["agrees"] == "contradicts").sum())
            sides.update({str(k): int(v) for k, v in wider["side"].value_counts().items()})
            yield wider

    with written_whole(run.path(part.number, ending)) as partial:
        write_frames(checked(), partial, ending)
    note = {name: counts[name] for name in ("rows", "placed", "contradicting")}
    run.finish(part.number, {**note, "by_side": dict(sides)})
    return counts["rows"]


def checked_rows(
    rows: pd.DataFrame, *, line: DemarcationLine, name: str = "table", first_row: int = 0,
    gazetteer: Gazetteer | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Return rows with the sited columns behind their own, and the located where they were.

    Parameters
    ----------
    rows
        A frame with coordinates or places; see `check_parts`.
    line
        What to check against.
    name, first_row
        What an error calls the table, and the number of the first row in it.
    gazetteer
        Where to look for places.
    """
    found = named_columns(rows.columns)
    if _has_spots(rows):
        spots = _spots(rows, found, name, first_row)
        if "place" in rows:
            rows = _with_points(rows, spots)
            located = site(locate(rows, gazetteer=gazetteer), line=line)
            own = rows.drop(columns="geometry")
            return _beside(own, located, [c for c in (*_LOCATED, *_SITED) if c in located])
        return _beside(rows, site(_with_claims(spots, rows), line=line), _SITED)
    if "place" not in rows:
        raise InputError(
            f"{at(name, row=1)}: neither lon and lat nor geometry nor place; "
            f"there are {', '.join(map(str, rows.columns))}"
        )
    located = site(locate(rows, gazetteer=gazetteer), line=line)
    return _beside(rows, located, [c for c in (*_LOCATED, *_SITED) if c in located])


def _with_points(rows: pd.DataFrame, spots: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the rows with the points that they bring, and with none where they bring a place."""
    import geopandas as gpd
    import pandas as pd

    points = gpd.GeoSeries(gpd.points_from_xy(spots["lon"], spots["lat"]), crs="EPSG:4326")
    points[spots["lon"].isna() | spots["lat"].isna()] = None
    plain = pd.DataFrame(rows.drop(columns="geometry", errors="ignore"))
    if "radius_m" in spots:
        plain = plain.assign(radius_m=spots["radius_m"].to_numpy())
    return gpd.GeoDataFrame(plain, geometry=points.to_numpy(), crs="EPSG:4326")


def _beside(rows: pd.DataFrame, wider: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Return the rows with some columns of a table of as many rows in place of theirs."""
    import pandas as pd

    kept = rows.drop(columns=[c for c in columns if c in rows])
    both: pd.DataFrame = pd.concat([kept, wider[columns].set_axis(rows.index, axis=0)], axis=1)
    return both


def _spots(rows: pd.DataFrame, found: dict[str, Any], name: str, first_row: int) -> pd.DataFrame:
    """Return ``lon``, ``lat`` and ``radius_m`` as numbers."""
    import pandas as pd
    import shapely

    columns: dict[str, Any] = {}
    if "geometry" in rows:
        shapes = rows["geometry"].to_numpy(object)
        points = shapely.from_wkb(shapes) if not hasattr(rows["geometry"], "geom_type") else shapes
        columns["lon"], columns["lat"] = shapely.get_x(points), shapely.get_y(points)
    else:
        for column in ("lon", "lat"):
            columns[column] = pd.to_numeric(rows[found[column]], errors="coerce").to_numpy(float)
            _refuse(rows[found[column]], columns[column], column, name, first_row)
    if "accuracy_m" in found:
        radius = pd.to_numeric(rows[found["accuracy_m"]], errors="coerce")
        columns["radius_m"] = radius.to_numpy(float)
    return pd.DataFrame(columns)


def _refuse(cells: pd.Series, values: Any, column: str, name: str, first_row: int) -> None:
    """Stop at a cell that is no degree."""
    import numpy as np

    limit = {"lon": 180, "lat": 90}[column]
    wrong = (np.isnan(values) & cells.notna().to_numpy()) | (np.abs(values) > limit)
    if wrong.any():
        row = int(wrong.argmax())
        where = at(name, row=first_row + row + 2, column=str(cells.name), value=cells.iloc[row])
        raise InputError(f"{where} is not degrees up to {limit}; is it swapped or in metres?")


def _with_claims(spots: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    told = [c for c in ("claim", "direction") if c in rows]
    return spots.assign(**{c: rows[c].to_numpy() for c in told})
