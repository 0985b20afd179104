"""``bordermap export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bordermap.cli.online import Online, online_options
from bordermap.cli.options import inputs, line_option, set_aside, talk

if TYPE_CHECKING:
    from bordermap.reading import How


@click.command("export")
@inputs
@click.option("-o", "--output", type=click.Path(path_type=Path, allow_dash=True), required=True,
              help="The file to write; its ending says how. - is standard output.")  # fmt: skip
@click.option("--to", type=click.Choice(["geojson", "csv", "ndjson"]),
              help="The format to write, where the ending does not tell.")  # fmt: skip
@line_option
@online_options
def command(
    inputs: tuple[str, ...], how: How, output: Path, to: str | None, line: str | None,
    online: Online,
) -> None:  # fmt: skip
    """Write located and sited incidents for QGIS and other programs."""
    from bordermap import pipeline, tables

    against = pipeline.line_of(line)
    loaded = pipeline.load_all(
        inputs,
        line=against,
        how=how,
        book=lambda names: online.gazetteer(names, against),
    )
    set_aside(loaded)
    if str(output) == "-":
        click.echo(tables.incidents_text(loaded.incidents, to or "geojson"), nl=False)
        return
    tables.write_incidents(loaded.incidents, output, format=to)
    talk(f"{output}: {len(loaded.incidents)} incidents")
