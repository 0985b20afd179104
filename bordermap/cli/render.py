"""``bordermap render``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bordermap.cli import large
from bordermap.cli.loading import loaded
from bordermap.cli.online import Online, online_options
from bordermap.cli.options import inputs, line_option, talk
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
@click.option("--singles", type=click.IntRange(min=1), metavar="N",
              help="Show counts by square, and the newest N incidents one by one; by itself "
              "20,000 of more than 1,000,000.")  # fmt: skip
@click.option("--engine", type=click.Choice(["memory", "stream", "dask"]),
              help="As for export: stream or dask for tables larger than memory; stream by itself "
              "for more than 1,000,000 rows of .parquet, .csv or .ndjson.")  # fmt: skip
@click.option("--scheduler", metavar="ADDRESS",
              help="With --engine dask: a scheduler (tcp://host:8786).")  # fmt: skip
@line_option
@paper_options
@online_options
def command(
    inputs: tuple[str, ...], how: How, output: Path | None, title: str | None,
    lang: str, credit: str | None, basemap: str | None, singles: int | None,
    engine: str | None, scheduler: str | None, line: str | None, paper: Paper, online: Online,
) -> None:  # fmt: skip
    """Draw an interactive map of incidents in one HTML file.

    INPUT is CSV, JSON, GeoJSON or NDJSON, or - for standard input. With none, the
    packaged incidents of June 2024 are drawn to maps/korea.html; without -o an
    INPUT is drawn to maps/INPUT.html. With --static or --embed that file is written
    instead, and the HTML file only if -o names one. Of more than a million incidents the
    map shows counts and the newest; all are in a GeoParquet file beside it.
    """
    from bordermap import pipeline, webmap
    from bordermap.loading import line_of

    engine = large.engine_for(inputs, how, engine, scheduler, singles)
    found = loaded(inputs, how, line, online) if engine == "memory" else None
    against = found.line if found else line_of(line)
    own = [Path(name).stem for name in inputs if name != "-"]
    target = output or Path("maps") / f"{own[0] if own else against.id}.html"
    if output is None:
        target.parent.mkdir(exist_ok=True)
    cells = None
    if found is None:
        if not inputs or str(output) == "-" or paper.static or paper.embed:
            raise click.UsageError(
                f"--engine {engine} needs inputs and a file to write; --static and --embed do "
                "not go with it"
            )
        incidents, cells = large.in_parts(
            inputs, how, target, singles, engine, scheduler, against, online
        )
    else:
        incidents = found.incidents
    named = SEEDS_TITLE if title is None and not inputs and line is None else title
    credit = pipeline.credit_of(incidents, credit)
    written = paper.write_static(incidents, against, title=named, lang=lang, credit=credit)
    if output or paper.embed or not written:
        if engine == "memory" and str(output) != "-":
            incidents, cells = large.in_memory(incidents, singles, target, against)
        drawn = webmap.build_map(
            incidents, line=against, title=named, lang=lang, credit=credit, basemap=basemap,
            cells=cells, all_rows=large.beside(target).name,
        )  # fmt: skip
        written += paper.write_embed(drawn)
    if output or not written:
        written.append(_write_page(drawn, target))
    talk(f"{', '.join(written)}: {large.told(cells, incidents, target)}")


def _write_page(drawn: folium.Map, target: Path) -> str:
    """Write the map and return its name."""
    from bordermap import webmap

    if str(target) == "-":
        click.echo(drawn.get_root().render(), nl=False)
        return "-"
    webmap.save_map(drawn, target)
    return str(target)
