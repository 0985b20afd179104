"""``bordermap crossings``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bordermap.cli.options import engine_options, line_option, talk
from bordermap.counts import counted

if TYPE_CHECKING:
    from bordermap.line import DemarcationLine


@click.command("crossings")
@click.argument("tracks", nargs=-1, required=True, metavar="TRACK...")
@click.option("-o", "--output", type=click.Path(path_type=Path, allow_dash=True), default="-",
              help="GeoJSON (or .csv) to write; standard output by default.")  # fmt: skip
@click.option("--accuracy-m", type=click.FloatRange(min=0, min_open=True), default=30.0,
              show_default=True,
              help="Accuracy of fixes that state none, metres at 95 %.")  # fmt: skip
@engine_options
@line_option
def command(
    tracks: tuple[str, ...], output: Path, accuracy_m: float, engine: str,
    scheduler: str | None, line: str | None,
) -> None:  # fmt: skip
    """Find where tracks cross the line.

    TRACK is GPX, GeoJSON LineStrings with times, CSV of positions (id, time, lon,
    lat), or GeoParquet. Tracks without a crossing give their closest approach.
    """
    from bordermap.loading import line_of
    from bordermap.tables import events_text, write_text

    against = line_of(line)
    if engine == "memory":
        found = _in_memory(tracks, against, accuracy_m)
    else:
        from bordermap.parts import Engine, crossings_of_parts

        # Beside the output, so that a killed run finds what it has done.
        work = Path("crossings.work") if str(output) == "-" else Path(f"{output}.work")
        found = crossings_of_parts(tracks, work, line=against, accuracy_m=accuracy_m,
                                   engine=Engine(engine), scheduler=scheduler)  # fmt: skip
    text = events_text(found, "csv" if output.suffix.lower() == ".csv" else "geojson")
    if str(output) == "-":
        click.echo(text, nl=False)
    else:
        write_text(text, output)
    crossings = int((found["event"] == "crossing").sum())
    tracks_met = counted(found["track_id"].nunique(), "track")
    talk(f"{tracks_met}, {counted(crossings, 'crossing')}")


def _in_memory(tracks: tuple[str, ...], line: DemarcationLine, accuracy_m: float) -> Any:
    import pandas as pd

    from bordermap.reading.fixes import read_fixes
    from bordermap.tracks import find_crossings

    fixes = pd.concat([read_fixes(path) for path in tracks], ignore_index=True)
    return find_crossings(fixes, line=line, accuracy_m=accuracy_m)
