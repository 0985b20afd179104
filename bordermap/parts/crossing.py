"""Crossings of more tracks than memory holds: fixes sorted into buckets by track."""

from __future__ import annotations

import functools
import itertools
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bordermap.files import written_whole
from bordermap.parts.engines import Engine, workers
from bordermap.parts.files import arrow
from bordermap.parts.runs import Run, begun
from bordermap.parts.source import ROWS, Part, cut, expanded, rows_of
from bordermap.progress import progress
from bordermap.reading.fixes import fixes_of
from bordermap.tracks import DEFAULT_ACCURACY_M, find_crossings

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from bordermap.line import DemarcationLine

__all__ = ["crossings_of_parts"]


def crossings_of_parts(
    paths: Sequence[str],
    work: str | Path,
    *,
    line: DemarcationLine,
    accuracy_m: float = DEFAULT_ACCURACY_M,
    engine: Engine = Engine.STREAM,
    scheduler: str | None = None,
) -> gpd.GeoDataFrame:
    """Return what `bordermap.tracks.find_crossings` does, for fixes that do not fit into memory.

    All fixes of a track go into one bucket, whatever files and parts they stand
    in and in whatever order; then each bucket is searched. A run that was
    killed goes on where it stopped.

    Parameters
    ----------
    paths
        Parquet, CSV or NDJSON files of positions, folders or patterns of them.
    work
        A folder for the buckets, as large as the fixes; removed at the end.
    line, accuracy_m
        As in `bordermap.tracks.find_crossings`.
    engine, scheduler
        See `bordermap.parts.engines.workers`.
    """
    import geopandas as gpd
    import pandas as pd

    parts = cut(expanded(paths))
    run = begun(Path(work), parts, line=line.segments.to_json(), accuracy_m=accuracy_m)
    sizes = [p.rows if p.rows is not None else (p.end - p.begin) // 40 for p in parts]
    buckets = max(1, -(-sum(sizes) // ROWS))
    missing = [part for part in parts if run.note(part.number) is None]
    spread = functools.partial(_spread, run=run, buckets=buckets)
    # Buckets are numbered behind the parts, so that the run's notes keep both apart.
    numbers = [len(parts) + k for k in range(buckets)]
    left = [n for n in numbers if run.note(n) is None]
    search = functools.partial(_search, run=run, parts=len(parts), line=line, accuracy_m=accuracy_m)
    with workers(engine, scheduler) as each:
        with progress("sorting by track", total=len(missing), unit="parts") as more:
            for _ in each(spread, missing):
                more(1)
        with progress("searching", total=len(left), unit="buckets") as more:
            for _ in each(search, left):
                more(1)
    found = [gpd.read_parquet(run.path(n, ".parquet")) for n in numbers]
    events = gpd.GeoDataFrame(pd.concat(found, ignore_index=True), crs="EPSG:4326")
    shutil.rmtree(work)
    return events.sort_values(["track_id", "time", "event"], kind="stable", ignore_index=True)


def _spread(part: Part, *, run: Run, buckets: int) -> int:
    """Write a part's fixes as one batch a bucket; return their number."""
    import numpy as np
    import pandas as pd

    pa = arrow()
    frames = [fixes_of(rows, part.path) for rows in rows_of(part)]
    rows = 0
    with written_whole(run.path(part.number, ".arrow")) as partial:
        if frames:
            fixes = pd.concat(frames, ignore_index=True)
            fixes = fixes.assign(track_id=fixes["track_id"].astype("str"))
            rows = len(fixes)
            bucket = pd.util.hash_array(fixes["track_id"].to_numpy(object)) % buckets
            order = np.argsort(bucket, kind="stable")
            ends = np.searchsorted(bucket[order], np.arange(buckets + 1))
            table = pa.Table.from_pandas(fixes.iloc[order], preserve_index=False)
            with pa.ipc.new_file(partial, table.schema) as file:
                for begin, end in itertools.pairwise(ends):
                    file.write_batch(_batch(pa, table, int(begin), int(end)))
    run.finish(part.number, {"rows": rows})
    return rows


def _batch(pa: Any, table: Any, begin: int, end: int) -> Any:
    """Return rows of a table as one batch, also where there are none."""
    found = table.slice(begin, end - begin).combine_chunks().to_batches()
    return found[0] if found else pa.RecordBatch.from_pylist([], schema=table.schema)


def _search(number: int, *, run: Run, parts: int, line: DemarcationLine, accuracy_m: float) -> int:
    """Write the crossings of one bucket's tracks; return how many fixes it held."""
    fixes = _bucket(run, number - parts, parts)
    found = find_crossings(fixes, line=line, accuracy_m=accuracy_m)
    with written_whole(run.path(number, ".parquet")) as partial:
        found.to_parquet(partial)
    run.finish(number, {"rows": len(fixes)})
    return len(fixes)


def _bucket(run: Run, bucket: int, parts: int) -> pd.DataFrame:
    """Return the fixes of one bucket from all parts, in the parts' order."""
    import pandas as pd

    pa = arrow()
    frames = []
    for number in range(parts):
        path = run.path(number, ".arrow")
        if path.stat().st_size:
            with pa.memory_map(str(path)) as source:
                frames.append(pa.ipc.open_file(source).get_batch(bucket).to_pandas())
    fixes: pd.DataFrame = pd.concat(frames, ignore_index=True)
    return fixes
