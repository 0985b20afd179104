"""``bordermap check``."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path

import click

from bordermap.cli.online import Online, online_options
from bordermap.cli.options import inputs, line_option, on_error, set_aside, talk


@click.command("check")
@inputs
@click.option("-o", "--output", type=click.Path(path_type=Path),
              help="Write the checked table (.csv, .geojson, .ndjson).")  # fmt: skip
@click.option("--report", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="How the summary on standard output is written.")  # fmt: skip
@click.option("--strict", is_flag=True,
              help="Exit with 3 if an incident is unplaced, unsure or contradicting.")  # fmt: skip
@line_option
@on_error
@online_options
def command(
    inputs: tuple[str, ...], format: str | None, output: Path | None, report: str, strict: bool,
    line: str | None, on_error: str, online: Online,
) -> None:  # fmt: skip
    """Check incidents against the line: placed, on which side, contradicting."""
    from bordermap import pipeline, tables

    against = pipeline.line_of(line)
    loaded = pipeline.load_all(
        inputs,
        line=against,
        format=format,
        skip=on_error == "skip",
        book=lambda names: online.gazetteer(names, against),
    )
    set_aside(loaded)
    summary = pipeline.summarise(loaded.incidents)
    if output:
        tables.write_incidents(loaded.incidents, output)
        talk(f"{output}: {summary.incidents} incidents")
    if report == "json":
        click.echo(json.dumps(dataclasses.asdict(summary), ensure_ascii=False, indent=1))
    else:
        click.echo(_text(summary, against.published_by))
    if strict and not summary.is_clean:
        sys.exit(3)


def _text(summary: object, published_by: str) -> str:
    s = dataclasses.asdict(summary)  # type: ignore[call-overload]

    def counts(found: dict[str, int]) -> str:
        return ", ".join(f"{n} {name}" for name, n in found.items()) or "none"

    return "\n".join(
        [
            f"{s['incidents']} incidents against the line as published by {published_by}",
            f"placed         {s['placed']} ({counts(s['by_precision'])}); {s['as_areas']} as areas",
            f"without place  {s['unplaced']}",
            f"sides          {counts(s['by_side'])}",
            f"contradicting  {s['contradicting']}",
        ]
    )
