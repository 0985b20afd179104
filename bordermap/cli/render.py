"""``bordermap render``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bordermap.cli.online import Online, online_options
from bordermap.cli.options import inputs, line_option, set_aside, talk

if TYPE_CHECKING:
    from bordermap.reading import How

SEEDS_TITLE = {
    "en": "June 2024 at the line between the two Koreas",
    "ko": "2024년 6월, 남북 분계선에서",
}
"""What the map of the packaged incidents is called."""


@click.command("render")
@inputs
@click.option("-o", "--output", type=click.Path(path_type=Path, allow_dash=True),
              help="The HTML file to write; - is standard output.")  # fmt: skip
@click.option("--title", help="The map's title.")
@click.option("--lang", type=click.Choice(["en", "ko"]), default="en", show_default=True,
              help="The language that the map opens in.")  # fmt: skip
@click.option("--credit", help="A line of credit under the map.")
@click.option("--basemap", metavar="NAME", help="An online base map by its name in xyzservices, "
              "like OpenStreetMap.Mapnik; without it the map needs no network.")  # fmt: skip
@line_option
@online_options
def command(
    inputs: tuple[str, ...], how: How, output: Path | None, title: str | None,
    lang: str, credit: str | None, basemap: str | None, line: str | None, online: Online,
) -> None:  # fmt: skip
    """Draw an interactive map of incidents in one HTML file.

    INPUT is CSV, JSON, GeoJSON or NDJSON, or - for standard input. With none, the
    packaged incidents of June 2024 are drawn to maps/korea.html.
    """
    from bordermap import pipeline, webmap

    against = pipeline.line_of(line)
    loaded = pipeline.load_all(
        inputs,
        line=against,
        how=how,
        book=lambda names: online.gazetteer(names, against),
    )
    set_aside(loaded)
    path = output or Path("maps") / f"{against.id}.html"
    if output is None:
        path.parent.mkdir(exist_ok=True)
    drawn = webmap.build_map(
        loaded.incidents,
        line=against,
        title=SEEDS_TITLE if title is None and not inputs and line is None else title,
        lang=lang,
        credit=pipeline.credit_of(loaded.incidents, credit),
        basemap=basemap,
    )
    if str(output) == "-":
        click.echo(drawn.get_root().render(), nl=False)
    else:
        webmap.save_map(drawn, path)
    placed = int(loaded.incidents.geometry.notna().sum())
    talk(f"{path}: {len(loaded.incidents)} incidents, {placed} of them on the map")
