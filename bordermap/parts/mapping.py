"""What a map of more incidents than it can open shows: counts by square, and the newest."""

from __future__ import annotations

import glob
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.cells import FACETS, Cells, Counts
from bordermap.ordering import sort_incidents
from bordermap.parts.files import arrow
from bordermap.parts.source import cut, expanded
from bordermap.progress import progress
from bordermap.tally import UNDATED, Days

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["counted", "is_large"]

_COUNTED = [*FACETS, "geometry", "date_start", "date_end", "precision",
            "place", "place_name", "place_name_ko"]  # fmt: skip
_ENDINGS = {".parquet", ".geoparquet", ".csv", ".tsv", ".ndjson", ".jsonl"}
# No row of text that holds an incident is shorter.
_BYTES_A_ROW = 20


def is_large(paths: Sequence[str], *, more_than: int) -> bool:
    """Return whether files that can be read in parts hold more rows than that."""
    if not paths or any(Path(p).suffix.lower() not in _ENDINGS for p in paths):
        return False
    if any("://" not in p and not glob.has_magic(p) and not Path(p).exists() for p in paths):
        return False  # whoever reads it tells so
    files = expanded(paths)
    text = [f for f in files if "parquet" not in Path(f).suffix.lower() and "://" not in f]
    if len(text) == len(files) and sum(Path(f).stat().st_size for f in text) < (
        _BYTES_A_ROW * more_than
    ):
        return False
    return sum(part.rows or 0 for part in cut(files)) > more_than


def counted(path: Path, *, singles: int) -> tuple[Cells, gpd.GeoDataFrame]:
    """Return the counts of all incidents of a GeoParquet file, and the newest of them.

    The file is read twice, a row group at a time; the order of its rows changes nothing.

    Parameters
    ----------
    path
        What `bordermap.parts.export_parts` wrote.
    singles
        How many incidents come back as a table: those that began last, undated ones
        last, and of one day the first by ``id``.
    """
    counts = Counts()
    begun: Counter[int] = Counter()
    with _opened(path) as file:
        rows = file.metadata.num_rows
        with progress("counting", total=rows) as more:
            for frame in _frames(file, _COUNTED):
                counts.add(frame)
                days, number = np.unique(Days.of(frame).first, return_counts=True)
                begun.update(dict(zip(days.tolist(), number.tolist(), strict=True)))
                more(len(frame))
        return counts.done(), _newest(file, begun, singles)


def _newest(file: Any, begun: Counter[int], singles: int) -> gpd.GeoDataFrame:
    """Return the rows of the last days, and as many of the day before as there is room for."""
    import geopandas as gpd
    import pandas as pd

    room, edge = singles, UNDATED
    for day in sorted(begun, reverse=True):
        edge = day
        if begun[day] >= room:
            break
        room -= begun[day]
    found: list[gpd.GeoDataFrame] = []
    at_edge: list[gpd.GeoDataFrame] = []
    for number in range(file.num_row_groups):
        first = Days.of(_frame(file, number, ["date_start"])).first
        if not (first >= edge).any():
            continue
        frame = _frame(file, number, None)
        found.append(frame[first > edge])
        at_edge.append(frame[first == edge])
        if sum(map(len, at_edge)) > 2 * room + 10_000:
            at_edge = [_first_by_id(at_edge, room)]
    chosen = [*found, _first_by_id(at_edge, room)] if at_edge else found
    if not chosen:
        return _frame(file, 0, None) if file.num_row_groups else gpd.GeoDataFrame()
    together = pd.concat(chosen, ignore_index=True)
    return sort_incidents(gpd.GeoDataFrame(together, geometry="geometry", crs="EPSG:4326"))


def _first_by_id(frames: Sequence[gpd.GeoDataFrame], room: int) -> gpd.GeoDataFrame:
    import pandas as pd

    together: gpd.GeoDataFrame = pd.concat(frames, ignore_index=True)
    # Rows of one id in different parts differ in something: their shape decides.
    wkb = together.geometry.to_wkb(hex=True).fillna("")
    order = pd.DataFrame({"id": together["id"], "wkb": wkb}).sort_values(["id", "wkb"]).index
    return together.loc[order[:room]]


def _opened(path: Path) -> Any:
    arrow()
    import pyarrow.parquet as pq

    return pq.ParquetFile(path)


def _frames(file: Any, columns: Sequence[str]) -> Iterator[gpd.GeoDataFrame]:
    for number in range(file.num_row_groups):
        yield _frame(file, number, columns)


def _frame(file: Any, group: int, columns: Sequence[str] | None) -> gpd.GeoDataFrame:
    import geopandas as gpd

    names = file.schema_arrow.names
    wanted = [c for c in names if columns is None or c in columns]
    frame = file.read_row_group(group, columns=wanted).to_pandas()
    if "geometry" not in frame:
        return frame
    shapes = gpd.GeoSeries.from_wkb(frame.pop("geometry"), crs="EPSG:4326")
    return gpd.GeoDataFrame(frame, geometry=shapes)
