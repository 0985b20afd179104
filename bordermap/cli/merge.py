"""``bordermap merge``."""

from __future__ import annotations

from pathlib import Path

import click

from bordermap.cli.options import talk
from bordermap.counts import counted


@click.command("merge")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--output", type=click.Path(path_type=Path, allow_dash=True), default="-",
              help="The table to write (.geojson, .csv, .ndjson); standard output "
                   "by default.")  # fmt: skip
@click.option("--threshold", type=click.FloatRange(0, 1), default=0.5, show_default=True,
              help="Score from which two records are one event.")  # fmt: skip
@click.option("--undo", is_flag=True, help="Take merged records apart again.")
@click.option("--to", type=click.Choice(["geojson", "csv", "ndjson"]),
              help="The format to write, where the ending does not tell.")  # fmt: skip
def command(
    inputs: tuple[str, ...], output: Path, threshold: float, undo: bool, to: str | None,
) -> None:  # fmt: skip
    """Join records of one event from several reports, or take them apart.

    Records of the same kind, near in time and place, become one; its members and
    sources are kept whole in it, so that --undo gives them back.
    """
    import geopandas as gpd
    import pandas as pd

    from bordermap import pipeline, tables
    from bordermap.locate import locate
    from bordermap.merge import merge, unmerge

    read = [pipeline.read(path) for path in inputs]
    table = gpd.GeoDataFrame(pd.concat(read, ignore_index=True), crs="EPSG:4326")
    if undo:
        result = unmerge(table)
        talk(f"{counted(len(table), 'record')}, {len(result)} when taken apart")
    else:
        located = table if "precision" in table else locate(table)
        result = merge(located, threshold=threshold)
        events = int(result["members"].notna().sum())
        found = f"{counted(len(table), 'record')}, {counted(len(result), 'event')}"
        talk(f"{found}, {events} of them told more than once")
    if str(output) == "-":
        click.echo(tables.incidents_text(result, to or "geojson"), nl=False)
    else:
        tables.write_incidents(result, output, format=to)
