"""``bordermap extract``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bordermap.cli.options import talk
from bordermap.counts import counted

if TYPE_CHECKING:
    import geopandas as gpd

    from bordermap.extract.gathered import Rows
    from bordermap.extract.reports import Report


@click.command("extract")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--output", type=click.Path(path_type=Path, allow_dash=True), default="-",
              help="Write the incidents here (.geojson, .csv, .ndjson); standard output "
                   "by default.")  # fmt: skip
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
              help="The day of reports that do not tell their own.")  # fmt: skip
@click.option("--format", "format", type=click.Choice(["text", "html", "pdf", "table"]),
              help="The inputs' format, where their ending does not tell.")  # fmt: skip
@click.option("--to", type=click.Choice(["geojson", "csv", "ndjson"]),
              help="The format to write, where the ending does not tell.")  # fmt: skip
@click.option("--text-column", metavar="NAME", help="The column of prose in a table.")
@click.option("--date-column", metavar="NAME", help="The column with a table's days.")
@click.option("--review", type=click.Path(path_type=Path), metavar="FILE.html",
              help="Write a page that shows the text with what was read marked.")  # fmt: skip
def command(
    inputs: tuple[str, ...], output: Path, published: datetime | None, format: str | None,
    to: str | None, text_column: str | None, date_column: str | None, review: Path | None,
) -> None:  # fmt: skip
    """Read incidents out of reports: text, HTML, PDF, or a table with prose.

    INPUT is a file, a folder of them, or - for standard input. Each incident
    comes with the words that say so; what the report gives no place or date for
    has none.
    """
    from bordermap import tables
    from bordermap.extract.forms import forget
    from bordermap.extract.frame import as_table
    from bordermap.review import SHOWN_CHARACTERS, write_review

    rows, count, reviewed = _gathered(
        inputs,
        published=published.date() if published else None,
        format=format,
        text_column=text_column,
        date_column=date_column,
        kept=SHOWN_CHARACTERS if review is not None else 0,
    )
    forget()
    with _lean_arrow():
        table = as_table(rows, name=inputs[0])
        if review is not None:
            write_review(reviewed, table, review)
            talk(f"{review}: open it in a browser")
        if str(output) == "-":
            for piece in tables.incident_pieces(table, to or "geojson"):
                click.echo(piece, nl=False)
        else:
            tables.write_incidents(table, output, format=to)
    _tell(count, table)


@contextmanager
def _lean_arrow() -> Iterator[None]:
    """Let Arrow, in which pandas keeps texts where it is installed, take memory from the system.

    Its own pool is made for speed with threads, and holds 20 MB for a column of 5 MB.
    """
    try:
        import pyarrow as pa
    except ImportError:
        yield
        return
    pool = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(pool)


def _gathered(
    inputs: tuple[str, ...], *, published: date | None, format: str | None,
    text_column: str | None, date_column: str | None, kept: int,
) -> tuple[Rows, int, list[Report]]:  # fmt: skip
    """Return the incidents of all reports, how many reports there are, and those to review.

    Reports themselves, which hold their texts and names, are kept for a review alone.
    """
    from bordermap.extract.gathered import Rows
    from bordermap.extract.lexicon import packaged_gazetteer
    from bordermap.extract.reports import read_input

    rows, count = Rows(), 0
    reviewed: list[Report] = []
    for path in inputs:
        for report in read_input(
            path, gazetteer=packaged_gazetteer(), published=published, format=format,
            text_column=text_column, date_column=date_column, kept=kept,
        ):  # fmt: skip
            rows.extend(report.rows)
            count += 1
            if kept:
                reviewed.append(report)
    return rows, count, reviewed


def _tell(count: int, table: gpd.GeoDataFrame) -> None:
    """Say what was found, and what the texts themselves contradict."""
    kinds = Counter(table["kind"])
    told = ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items())) or "none"
    placed = int(table.geometry.notna().sum())
    talk(f"{counted(count, 'report')}, {counted(len(table), 'incident')} ({told})")
    talk(f"{placed} with a place, {len(table) - placed} without; check them with bordermap check")
    for name, remark in table.loc[table["remarks"].notna(), ["source_title", "remarks"]].values:
        talk(f"{name}: {remark}")
