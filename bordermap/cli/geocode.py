"""``bordermap geocode``."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from bordermap.cli.online import Online, online_options
from bordermap.cli.options import talk


@click.command("geocode")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--format",
    "format",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="How the answers are written.",
)
@click.option("--country", help="Only places in this country (ISO code: KR, KP, ...).")
@click.option("--explain", is_flag=True, help="Show the other candidates too.")
@online_options
def command(
    names: tuple[str, ...], format: str, country: str | None, explain: bool, online: Online
) -> None:
    """Look up place names in the offline gazetteer.

    NAME is a place in any spelling, hangul or romanised; with none, names are read
    from standard input, one a line. A name that is not found has an empty answer.
    """
    wanted = tuple(name for name in (names or map(str.strip, sys.stdin)) if name.strip())
    if not wanted:
        raise click.UsageError("no name to look up; give some, or one a line on standard input")
    gazetteer = online.gazetteer(wanted, None)
    answers = []
    for name in wanted:
        found = gazetteer.search(name, country=country, limit=5 if explain else 1)
        answers += [_answer(name, match) for match in found] or [_answer(name, None)]
    missing = [a["name"] for a in answers if a["place_id"] is None]
    if missing:
        talk(f"not in the gazetteer: {', '.join(missing)}")
    if format == "json":
        click.echo(json.dumps(answers, ensure_ascii=False, indent=1))
        return
    if format == "csv":
        _write_csv(answers)
        return
    widths = {k: max(len(k), *(len(_cell(a[k])) for a in answers)) for k in answers[0]}
    for row in [dict(zip(widths, widths, strict=True)), *answers]:
        click.echo("  ".join(_cell(row[k]).ljust(w) for k, w in widths.items()).rstrip())


def _answer(name: str, match: Any) -> dict[str, Any]:
    """Return one row: what was asked, and the place, its coordinates, doubt and source."""
    columns = ("place_id", "name_en", "name_ko", "country", "lon", "lat", "radius_m", "precision",
               "score", "source")  # fmt: skip
    values: dict[str, Any] = {c: getattr(match, c, None) for c in columns}
    for column, digits in (("lon", 5), ("lat", 5), ("radius_m", 0), ("score", 2)):
        if values[column] is not None:
            values[column] = round(float(values[column]), digits)
    if values["precision"] is not None:
        values["precision"] = str(values["precision"])
    return {"name": name, **values}


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _write_csv(answers: list[dict[str, Any]]) -> None:
    import csv

    writer = csv.DictWriter(sys.stdout, list(answers[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(answers)
