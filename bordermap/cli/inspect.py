"""``bordermap inspect``."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import click

from bordermap.cli.options import inputs
from bordermap.counts import counted

if TYPE_CHECKING:
    from bordermap.reading import How
    from bordermap.reading.inspecting import Inspection


@click.command("inspect")
@inputs
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="How it is written on standard output.")  # fmt: skip
def command(inputs: tuple[str, ...], how: How, form: str) -> None:
    """Show what a file is taken for: its source, its columns, what is missing."""
    from bordermap.reading.inspecting import inspect_source

    if not inputs:
        raise click.UsageError("give a file to inspect")
    found = [inspect_source(name, how) for name in inputs]
    if form == "json":
        shown = [dataclasses.asdict(f) for f in found]
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        click.echo("\n\n".join(_text(f) for f in found))


def _text(found: Inspection) -> str:
    how = ", ".join(p for p in (found.format, found.encoding) if p)
    size = f"{counted(found.rows, 'row')}, {counted(len(found.columns), 'column')}"
    lines = [f"{found.name}: {how}, {size}"]
    if found.source:
        lines.append(f"recognised as {found.source}, read by: {found.codebook}")
    width = max(len(c.theirs) for c in found.columns[:60])
    for column in found.columns:
        target = f"{column.ours} ({column.why})" if column.ours else column.why
        samples = " | ".join(column.samples) or "(empty)"
        lines.append(f"  {column.theirs:<{width}}  {target:<32}  {samples}")
    for ours, theirs in found.made.items():
        lines.append(f"  {'':<{width}}  {ours} is made from {', '.join(theirs)}")
    if found.missing:
        lines.append(f"missing: {found.missing}")
    if found.counts:
        counts = ", ".join(f"{n} {what}" for what, n in found.counts.items())
        lines.append(f"if it were read: {counts}")
    lines += [f"  {told}" for told in found.told]
    return "\n".join(lines)
