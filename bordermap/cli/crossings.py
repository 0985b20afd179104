"""``bordermap crossings``."""

from __future__ import annotations

from pathlib import Path

import click

from bordermap.cli.options import line_option, talk


@click.command("crossings")
@click.argument("tracks", nargs=-1, required=True, metavar="TRACK...")
@click.option("-o", "--output", type=click.Path(path_type=Path, allow_dash=True), default="-",
              help="GeoJSON (or .csv) to write; standard output by default.")  # fmt: skip
@click.option("--accuracy-m", type=click.FloatRange(min=0, min_open=True), default=30.0,
              show_default=True,
              help="Accuracy of fixes that state none, metres at 95 %.")  # fmt: skip
@line_option
def command(tracks: tuple[str, ...], output: Path, accuracy_m: float, line: str | None) -> None:
    """Find where tracks cross the line.

    TRACK is GPX, GeoJSON LineStrings with times, CSV of positions (id, time, lon,
    lat), or GeoParquet. Tracks without a crossing give their closest approach.
    """
    import pandas as pd

    from bordermap.pipeline import line_of
    from bordermap.reading.fixes import read_fixes
    from bordermap.tables import events_text, write_text
    from bordermap.tracks import find_crossings

    fixes = pd.concat([read_fixes(path) for path in tracks], ignore_index=True)
    found = find_crossings(fixes, line=line_of(line), accuracy_m=accuracy_m)
    text = events_text(found, "csv" if output.suffix.lower() == ".csv" else "geojson")
    if str(output) == "-":
        click.echo(text, nl=False)
    else:
        write_text(text, output)
    crossings = int((found["event"] == "crossing").sum())
    talk(f"{found['track_id'].nunique()} tracks, {len(fixes)} fixes, {crossings} crossings")
