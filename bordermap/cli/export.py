"""``bordermap export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bordermap.cli.online import Online, online_options
from bordermap.cli.options import inputs, line_option, set_aside, talk

if TYPE_CHECKING:
    import geopandas as gpd

    from bordermap.line import DemarcationLine
    from bordermap.reading import How


@click.command("export")
@inputs
@click.option("-o", "--output", type=click.Path(path_type=Path, allow_dash=True), required=True,
              help="The file to write; its ending says how. - is standard output.")  # fmt: skip
@click.option("--to", type=click.Choice(["geojson", "ndjson", "csv", "gpkg", "qgz"]),
              help="The format to write, where the ending does not tell.")  # fmt: skip
@click.option("--tracks", multiple=True, type=click.Path(path_type=Path), metavar="TRACK",
              help="Add where these tracks cross the line, as a layer (.gpkg, .qgz).")  # fmt: skip
@click.option("--title", help="The title over the map in QGIS and Google Earth.")
@click.option("--lang", type=click.Choice(["en", "ko"]), default="en", show_default=True,
              help="The language of labels; names of layers are in both.")  # fmt: skip
@line_option
@online_options
def command(
    inputs: tuple[str, ...], how: How, output: Path, to: str | None, tracks: tuple[Path, ...],
    title: str | None, lang: str, line: str | None,
    online: Online,
) -> None:  # fmt: skip
    """Write located and sited incidents for QGIS and other programs.

    The output's ending says how: .gpkg (GeoPackage with a QGIS project inside), .qgz (QGIS
    project with its GeoPackage), .geojson (with a style for QGIS), .ndjson or .csv.
    """
    from bordermap import pipeline, qgis, tables

    against = pipeline.line_of(line)
    loaded = pipeline.load_all(
        inputs,
        line=against,
        how=how,
        book=lambda names: online.gazetteer(names, against),
    )
    set_aside(loaded)
    if str(output) == "-":
        if to in qgis.WRITERS.values():
            raise click.UsageError(f"{to} cannot go to standard output; give a file")
        click.echo(tables.incidents_text(loaded.incidents, to or "geojson"), nl=False)
        return
    pipeline.write(
        loaded.incidents,
        output,
        format=to,
        line=against,
        crossings=_crossings(tracks, against) if tracks else None,
        title=title,
        lang=lang,
    )
    talk(f"{output}: {len(loaded.incidents)} incidents")


def _crossings(tracks: tuple[Path, ...], line: DemarcationLine) -> gpd.GeoDataFrame:
    import pandas as pd

    from bordermap.reading.fixes import read_fixes
    from bordermap.tracks import find_crossings

    fixes = pd.concat([read_fixes(path) for path in tracks], ignore_index=True)
    return find_crossings(fixes, line=line)
