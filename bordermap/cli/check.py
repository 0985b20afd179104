"""``bordermap check``."""

from __future__ import annotations

import dataclasses
import json
import sys
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


@click.command("check")
@inputs
@click.option("-o", "--output", type=click.Path(path_type=Path, allow_dash=True),
              help="Write the checked table (.csv, .geojson, .ndjson; - is standard output, as "
              "CSV); with --engine also a folder of parts.")  # fmt: skip
@click.option("--format", "--report", "report", type=click.Choice(["text", "json"]),
              default="text", show_default=True,
              help="How the summary on standard output is written.")  # fmt: skip
@click.option("--strict", is_flag=True,
              help="Exit with 3 if an incident is unplaced, unsure or contradicting.")  # fmt: skip
@engine_options
@line_option
@online_options
def command(
    inputs: tuple[str, ...], how: How, output: Path | None, report: str, strict: bool,
    engine: str, scheduler: str | None, line: str | None, online: Online,
) -> None:  # fmt: skip
    """Check incidents against the line: placed, on which side, contradicting.

    With no INPUT the packaged incidents of June 2024 are checked.
    """
    from bordermap import pipeline, tables
    from bordermap.loading import line_of

    if engine != "memory":
        _in_parts(inputs, output, report, strict, engine, scheduler, line_of(line), online)
        return
    found = loaded(inputs, how, line, online, only=None if output else ("place",))
    incidents, against = found.incidents, found.line
    summary = pipeline.summarise(incidents)
    far = _far(incidents)
    # The table is the data then, and the summary is talk.
    to_stdout = str(output) == "-"
    say = talk if to_stdout else click.echo
    if to_stdout:
        click.echo(tables.incidents_text(incidents, "csv"), nl=False)
    elif output:
        pipeline.write(incidents, output, line=against)
        talk(f"{output}: {counted(summary.incidents, 'incident')}")
    if report == "json":
        files = [dataclasses.asdict(r) for r in found.reports]
        told = {"line": against.id, **dataclasses.asdict(summary), "far_from_their_name": far,
                "files": files}  # fmt: skip
        say(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        say(_text(summary, against.published_by))
    if strict and not summary.is_clean:
        sys.exit(3)


def _far(incidents: gpd.GeoDataFrame) -> list[str]:
    """Say which incidents lie far from every place of their name, and return their ids."""
    from bordermap.misplaced import FAR_M, far_from_their_name

    ids = [str(i) for i in incidents["id"][far_from_their_name(incidents)]]
    if ids:
        some = ", ".join(ids[:5]) + (", ..." if len(ids) > 5 else "")
        talk(
            f"place: {len(ids)} whose coordinates lie more than {FAR_M / 1000:g} km from every "
            f"place of that name ({some})"
        )
    return ids


def _in_parts(
    inputs: tuple[str, ...], output: Path | None, report: str, strict: bool, engine: str,
    scheduler: str | None, line: DemarcationLine, online: Online,
) -> None:  # fmt: skip
    """Check a table larger than memory: rows keep their order and their own columns."""
    from bordermap.parts import Engine, check_parts

    if not inputs or output is None or str(output) == "-":
        raise click.UsageError(
            f"--engine {engine} needs inputs, and -o with a file or folder to write"
        )
    if scheduler and online.service:
        raise click.UsageError(
            "--online puts answers on this machine, where the workers of --scheduler cannot read "
            "them; leave one of the two out"
        )
    found = check_parts(
        inputs, output, line=line, engine=Engine(engine), scheduler=scheduler,
        book=(lambda names: online.gazetteer(names, line)) if online.service else None,
    )  # fmt: skip
    before = f", {found.parts_done_before} done before" if found.parts_done_before else ""
    talk(f"{output}: {counted(found.rows, 'row')} in {counted(found.parts, 'part')}{before}")
    if report == "json":
        click.echo(json.dumps(dataclasses.asdict(found), indent=1))
    else:
        sides = ", ".join(f"{n} {name}" for name, n in found.by_side.items()) or "none"
        click.echo(
            f"{counted(found.rows, 'row')} against the line as published by {line.published_by}\n"
            f"placed         {found.placed}\nsides          {sides}\n"
            f"contradicting  {found.contradicting}"
        )
    unsure = found.by_side.get("unsure", 0)
    if strict and (found.placed < found.rows or unsure or found.contradicting):
        sys.exit(3)


def _text(summary: object, published_by: str) -> str:
    s = dataclasses.asdict(summary)  # type: ignore[call-overload]

    def counts(found: dict[str, int]) -> str:
        return ", ".join(f"{n} {name}" for name, n in found.items()) or "none"

    return "\n".join(
        [
            f"{counted(s['incidents'], 'incident')} "
            f"against the line as published by {published_by}",
            f"placed         {s['placed']} ({counts(s['by_precision'])}); {s['as_areas']} as areas",
            f"without place  {s['unplaced']}",
            f"sides          {counts(s['by_side'])}",
            f"contradicting  {s['contradicting']}",
        ]
    )
