"""``bordermap export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bordermap.cli.loading import loaded
from bordermap.cli.online import Online, online_options
from bordermap.cli.options import engine_options, inputs, line_option, talk
from bordermap.counts import counted

if TYPE_CHECKING:
    import geopandas as gpd

    from bordermap.line import DemarcationLine
    from bordermap.reading import How

_FORMATS = ["geojson", "ndjson", "csv", "gpkg", "qgz", "kml", "kmz", "parquet", "pmtiles"]


@click.command("export")
@inputs
@click.option("-o", "--output", type=click.Path(path_type=Path, allow_dash=True), required=True,
              help="The file to write; its ending says how. - is standard output.")  # fmt: skip
@click.option("--to", "--format", "to", type=click.Choice(_FORMATS),
              help="The format to write, where the ending does not tell.")  # fmt: skip
@click.option("--profile", type=click.Choice(["acled", "ged"]),
              help="For CSV: the columns of ACLED or of UCDP GED.")  # fmt: skip
@click.option("--tracks", multiple=True, type=click.Path(path_type=Path), metavar="TRACK",
              help="Add where these tracks cross the line, as a layer (.gpkg, .qgz).")  # fmt: skip
@click.option("--title", help="The title over the map in QGIS and Google Earth.")
@click.option("--lang", type=click.Choice(["en", "ko"]), default="en", show_default=True,
              help="The language of labels; names of layers are in both.")  # fmt: skip
@engine_options
@line_option
@online_options
def command(
    inputs: tuple[str, ...], how: How, output: Path, to: str | None, profile: str | None,
    tracks: tuple[Path, ...], title: str | None, lang: str, engine: str, scheduler: str | None,
    line: str | None,
    online: Online,
) -> None:  # fmt: skip
    """Write located and sited incidents for QGIS and other programs.

    The output's ending says how: .gpkg (GeoPackage with a QGIS project inside), .qgz (QGIS
    project with its GeoPackage), .geojson (with a style for QGIS), .ndjson, .csv, .kml or
    .kmz (Google Earth), .parquet (GeoParquet), .pmtiles (vector tiles). With --engine it is
    .parquet, .geojson, .ndjson, .csv, or a folder of GeoParquet.
    """
    from bordermap import pipeline
    from bordermap.loading import line_of

    if engine != "memory":
        if to or tracks or title or profile or not inputs or str(output) == "-":
            raise click.UsageError(
                f"--engine {engine} needs inputs and a file or folder to write; --to, "
                "--profile, --tracks and --title do not go with it"
            )
        _in_parts(inputs, how, output, engine, scheduler, line_of(line), online)
        return
    found = loaded(inputs, how, line, online)
    incidents, against = found.incidents, found.line
    if str(output) == "-":
        if to not in {None, "geojson", "ndjson", "csv"}:
            raise click.UsageError(f"{to} cannot go to standard output; give a file")
        click.echo(_text(incidents, to, profile), nl=False)
        return
    pipeline.write(
        incidents,
        output,
        format=to,
        profile=profile,
        line=against,
        crossings=_crossings(tracks, against) if tracks else None,
        title=title,
        lang=lang,
    )
    shown = counted(len(incidents), "incident")
    talk(f"{output}: {shown}{_left_out(incidents, output, to)}")


def _left_out(incidents: gpd.GeoDataFrame, output: Path, to: str | None) -> str:
    """Say what a format has no room for."""
    from bordermap.layers import unplaced

    without = int(unplaced(incidents).sum())
    if not without or (to or output.suffix[1:].lower()) != "pmtiles":
        return ""
    return f", {without} of them without a place and in no tile"


def _in_parts(
    inputs: tuple[str, ...], how: How, output: Path, engine: str, scheduler: str | None,
    line: DemarcationLine, online: Online,
) -> None:  # fmt: skip
    """Export tables larger than memory."""
    from dataclasses import replace

    from bordermap.loading import region_of
    from bordermap.parts import Engine, export_parts

    if scheduler and online.service:
        raise click.UsageError(
            "--online puts answers on this machine, where the workers of --scheduler cannot read "
            "them; leave one of the two out"
        )
    found = export_parts(
        inputs, output, line=line, how=replace(how, region_wsen=region_of(line)),
        engine=Engine(engine), scheduler=scheduler,
        book=(lambda names: online.gazetteer(names, line)) if online.service else None,
    )  # fmt: skip
    before = f", {found.parts_done_before} done before" if found.parts_done_before else ""
    aside = ""
    if found.rejected:
        rejects = f"{output.with_suffix('')}.rejects.csv"
        aside = f", {counted(found.rejected, 'row')} set aside in {rejects}"
    talk(
        f"{output}: {counted(found.incidents, 'incident')}, {found.placed} placed, "
        f"in {counted(found.parts, 'part')}{before}{aside}"
    )


def _text(incidents: gpd.GeoDataFrame, to: str | None, profile: str | None) -> str:
    from bordermap.tables import incidents_text
    from bordermap.tables.profiles import profile_csv

    if profile is None:
        return incidents_text(incidents, to or "geojson")
    if to not in {None, "csv"}:
        raise click.UsageError("--profile is for CSV; leave out --to")
    return profile_csv(incidents, profile)


def _crossings(tracks: tuple[Path, ...], line: DemarcationLine) -> gpd.GeoDataFrame:
    import pandas as pd

    from bordermap.reading.fixes import read_fixes
    from bordermap.tracks import find_crossings

    fixes = pd.concat([read_fixes(path) for path in tracks], ignore_index=True)
    return find_crossings(fixes, line=line)
