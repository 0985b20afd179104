"""Maps of more incidents than a page opens one by one: counts, and the newest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bordermap.cli.options import talk
from bordermap.counts import counted as in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from bordermap.cells import Cells
    from bordermap.cli.online import Online
    from bordermap.line import DemarcationLine
    from bordermap.reading import How

__all__ = ["OPENED_AT_MOST", "SINGLES", "beside", "engine_for", "in_memory", "in_parts"]

OPENED_AT_MOST = 1_000_000
"""Incidents that a map opens one by one; of more it shows counts and the newest."""

SINGLES = 20_000
"""How many of the newest those are, unless the user tells."""

_SLICE = 100_000


def engine_for(
    inputs: Sequence[str], how: How, engine: str | None, scheduler: str | None, singles: int | None
) -> str:  # fmt: skip
    """Return where a map's table is worked on: in parts by itself, if it has many rows."""
    from bordermap.parts import is_large

    if scheduler is not None and engine != "dask":
        raise click.UsageError("--scheduler goes with --engine dask")
    if engine is not None:
        return engine
    # What fits into one page is read as ever; formats that cannot be read in parts, too.
    large = how.merge is None and is_large(inputs, more_than=singles or OPENED_AT_MOST)
    return "stream" if large else "memory"


def in_parts(
    inputs: tuple[str, ...], how: How, output: Path, singles: int | None, engine: str,
    scheduler: str | None, line: DemarcationLine, online: Online,
) -> tuple[gpd.GeoDataFrame, Cells | None]:  # fmt: skip
    """Write all incidents beside the map; return those it opens, and the counts of all.

    There are no counts where the map opens all.
    """
    from bordermap.loading import region_of
    from bordermap.parts import Engine, counted, export_parts
    from bordermap.pipeline import read

    if scheduler and online.service:
        raise click.UsageError(
            "--online puts answers on this machine, where the workers of --scheduler cannot read "
            "them; leave one of the two out"
        )
    table = beside(output)
    found = export_parts(
        inputs, table, line=line, how=replace(how, region_wsen=region_of(line)),
        engine=Engine(engine), scheduler=scheduler,
        book=(lambda names: online.gazetteer(names, line)) if online.service else None,
    )  # fmt: skip
    if found.rejected:
        rejects = f"{table.with_suffix('')}.rejects.csv"
        talk(f"{in_words(found.rejected, 'row')} set aside in {rejects}")
    if singles is None and found.incidents <= OPENED_AT_MOST:
        return read(table), None
    cells, newest = counted(table, singles=singles or SINGLES)
    return newest, cells


def in_memory(
    incidents: gpd.GeoDataFrame, singles: int | None, output: Path, line: DemarcationLine
) -> tuple[gpd.GeoDataFrame, Cells | None]:
    """Return what `in_parts` does, for a table that is in memory; small ones as they are."""
    from bordermap import pipeline
    from bordermap.cells import count_cells, newest_of

    if len(incidents) <= (singles or OPENED_AT_MOST):
        return incidents, None
    pipeline.write(incidents, beside(output), line=line)
    slices = range(0, len(incidents), _SLICE)
    cells = count_cells(incidents.iloc[first : first + _SLICE] for first in slices)
    return newest_of(incidents, singles or SINGLES), cells


def beside(output: Path) -> Path:
    """Return where the table of all incidents goes."""
    return output.with_suffix(".parquet")


def told(cells: Cells | None, incidents: Any, output: Path) -> str:
    """Return what is said of a map at the end."""
    if cells is None:
        placed = int(incidents.geometry.notna().sum())
        return f"{in_words(len(incidents), 'incident')}, {placed} of them on the map"
    placed = cells.points + cells.areas_rows
    return (
        f"{in_words(cells.rows, 'incident')}, {placed} of them on the map, counted by square; "
        f"the newest {len(incidents)} can be opened; all are in {beside(output)}"
    )
