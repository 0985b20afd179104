"""``bordermap render``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bordermap.cli.online import Online, online_options
from bordermap.cli.options import inputs, line_option, set_aside, talk
from bordermap.cli.paper import Paper, paper_options

if TYPE_CHECKING:
    import folium

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
@paper_options
@online_options
def command(
    inputs: tuple[str, ...], how: How, output: Path | None, title: str | None,
    lang: str, credit: str | None, basemap: str | None, line: str | None, paper: Paper,
    online: Online,
) -> None:  # fmt: skip
    """Draw an interactive map of incidents in one HTML file.

    INPUT is CSV, JSON, GeoJSON or NDJSON, or - for standard input. With none, the
    packaged incidents of June 2024 are drawn to maps/korea.html; without -o an
    INPUT is drawn to maps/INPUT.html. With --static or --embed that file is written
    instead, and the HTML file only if -o names one.
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
    named = SEEDS_TITLE if title is None and not inputs and line is None else title
    credit = pipeline.credit_of(loaded.incidents, credit)
    written = paper.write_static(loaded.incidents, against, title=named, lang=lang, credit=credit)
    if output or paper.embed or not written:
        drawn = webmap.build_map(
            loaded.incidents, line=against, title=named, lang=lang, credit=credit, basemap=basemap
        )
        written += paper.write_embed(drawn)
    if output or not written:
        own = [Path(name).stem for name in inputs if name != "-"]
        written.append(_write_page(drawn, output, own[0] if own else against.id))
    placed = int(loaded.incidents.geometry.notna().sum())
    talk(f"{', '.join(written)}: {len(loaded.incidents)} incidents, {placed} of them on the map")


def _write_page(drawn: folium.Map, output: Path | None, name: str) -> str:
    """Write the map where the user wants it, else into maps/, and return the name."""
    from bordermap import webmap

    if str(output) == "-":
        click.echo(drawn.get_root().render(), nl=False)
        return "-"
    path = output or Path("maps") / f"{name}.html"
    if output is None:
        path.parent.mkdir(exist_ok=True)
    webmap.save_map(drawn, path)
    return str(path)
