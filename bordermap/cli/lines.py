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
        from bordermap.linefile import line_text
        from bordermap.loading import line_of

        if format not in {None, "geojson"}:
            raise click.UsageError("one line is written as geojson only")
        click.echo(line_text(line_of(line)), nl=False)
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
        columns = ["id", "segment", "sides", "drawn", "length_km", "accuracy_m", "date", "licence"]
        shown = lines[columns].copy()
        # One line in one segment needs no second name.
        shown["segment"] = shown["segment"].where(shown["segment"] != shown["id"], "-")
        click.echo(shown.to_string(index=False))
        for line_id, publisher in lines[["id", "published_by"]].drop_duplicates().to_numpy():
            click.echo(f"{line_id}: as published by {publisher}")
