"""``bordermap lines``."""

from __future__ import annotations

import click


@click.command("lines")
@click.argument("line", required=False, metavar="[ID|FILE]")
@click.option(
    "--format",
    "format",
    type=click.Choice(["table", "json", "csv", "geojson"]),
    help="table (the default), json or csv for the list; geojson for one line.",
)
def command(line: str | None, format: str | None) -> None:
    """List the packaged lines, or write one as GeoJSON."""
    if line is not None:
        from bordermap.pipeline import line_of

        if format not in {None, "geojson"}:
            raise click.UsageError("one line is written as geojson only")
        found = line_of(line)
        click.echo(found.segments.assign(line_id=found.id).to_json(drop_id=True), nl=False)
        return
    if format == "geojson":
        raise click.UsageError("name the line to write, as in: bordermap lines korea")
    from bordermap.line import available_lines

    lines = available_lines()
    if format == "json":
        click.echo(lines.to_json(orient="records", force_ascii=False, indent=1))
    elif format == "csv":
        click.echo(lines.to_csv(index=False), nl=False)
    else:
        columns = ["id", "name_en", "sides", "length_km", "accuracy_m", "date", "licence"]
        click.echo(lines[columns].to_string(index=False))
        for row in lines.itertuples():
            click.echo(f"{row.id}: as published by {row.published_by}")
