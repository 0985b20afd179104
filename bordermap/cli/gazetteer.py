"""``bordermap gazetteer``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bordermap.cli.options import talk
from bordermap.counts import counted


@click.group("gazetteer")
def command() -> None:
    """Add places from GeoNames to the gazetteer; list, describe and remove them."""


@command.command("add")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option("--name", help="What to call it; by default as the file is called.")
@click.option(
    "--on-error",
    type=click.Choice(["stop", "skip"]),
    default="stop",
    show_default=True,
    help="Stop at the first line that cannot be read, or leave such lines out.",
)
def _add(files: tuple[Path, ...], name: str | None, on_error: str) -> None:
    """Import GeoNames dumps (KP.txt) or alternate names, plain, .zip or .gz.

    Fetch them from GeoNames. The places are then known to every command, after the
    packaged ones. A file that was added before under the name is replaced. Add
    alternate names after the dumps whose places they name.
    """
    from bordermap.gazetteer import user

    if name is not None and len(files) > 1:
        raise click.UsageError("--name goes with one file")
    for path in files:
        added = user.add(path, name=name, skip=on_error == "skip")
        for complaint in added.complaints:
            talk(complaint)
        if more := added.skipped - len(added.complaints):
            talk(f"and {more} more lines like these")
        left_out = f", {counted(added.skipped, 'line')} left out" if added.skipped else ""
        verb = "replaced" if added.replaced else "added"
        talk(
            f"{added.index.name} {verb}: {counted(added.index.places, 'place')}{left_out}, "
            f"{added.index.size_bytes / 1e6:.1f} MB; {added.index.attribution}"
        )


@command.command("list")
@click.option("--format", "format", type=click.Choice(["table", "json"]), default="table",
              show_default=True, help="How the list is written.")  # fmt: skip
def _list(format: str) -> None:
    """List what was added."""
    from bordermap.gazetteer import user

    rows = [
        {"name": i.name, "kind": i.kind, "places": i.places,
         "megabytes": round(i.size_bytes / 1e6, 1), "attribution": i.attribution}
        for i in user.listed()
    ]  # fmt: skip
    if format == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    if not rows:
        talk("nothing was added; see bordermap gazetteer add --help")
        return
    texts = [{k: str(v) for k, v in row.items()} for row in rows]
    widths = {k: max(len(k), *(len(t[k]) for t in texts)) for k in texts[0]}
    for text in [dict(zip(widths, widths, strict=True)), *texts]:
        click.echo("  ".join(text[k].ljust(w) for k, w in widths.items()).rstrip())


@command.command("remove")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
def _remove(names: tuple[str, ...]) -> None:
    """Remove what was added under a name."""
    from bordermap.gazetteer import user

    for name in names:
        gone = user.remove(name)
        talk(f"{gone.name} removed: {counted(gone.places, 'place')}")


@command.command("info")
@click.argument("name", required=False)
def _info(name: str | None) -> None:
    """Tell where the gazetteer's files are, what is in them, and whom to credit."""
    from bordermap.errors import InputError
    from bordermap.files import geodata_path
    from bordermap.gazetteer import user
    from bordermap.gazetteer.index import Index

    if name is None:
        packaged = Index([geodata_path("gazetteer.sqlite")])
        about = packaged.about()[0]
        click.echo(f"packaged     {packaged.count()} places; {about['attribution']}")
        click.echo(f"added to     {user.user_folder()}")
    added = [i for i in user.listed() if name in {None, i.name}]
    if name is not None and not added:
        known = ", ".join(i.name for i in user.listed()) or "none"
        raise InputError(f'"{name}" was not added to the gazetteer; added are: {known}')
    for i in added:
        click.echo(
            f"{i.name:<12} {i.kind} of {counted(i.places, 'place')} from {i.file}; {i.attribution}"
        )
        click.echo(f"{'':<12} {i.path}, {i.size_bytes / 1e6:.1f} MB")
