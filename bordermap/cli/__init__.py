"""The ``bordermap`` command. Each subcommand is a module, imported when it is called."""

from __future__ import annotations

import importlib
import os
import sys

import click

import bordermap
from bordermap.errors import BordermapError

__all__ = ["COMMANDS", "main"]

# Name -> the line that `bordermap --help` shows. A test holds it against the command's own help,
# so that the help need not import the commands.
COMMANDS = {
    "render": "Draw an interactive map of incidents in one HTML file.",
    "check": "Check incidents against the line: placed, on which side, contradicting.",
    "inspect": "Show what a file is taken for: its source, its columns, what is missing.",
    "export": "Write located and sited incidents for QGIS and other programs.",
    "geocode": "Look up place names in the offline gazetteer.",
    "gazetteer": "Add places from GeoNames to the gazetteer; list, describe and remove them.",
    "extract": "Read incidents out of reports: text, HTML, PDF, or a table with prose.",
    "merge": "Join records of one event from several reports, or take them apart.",
    "crossings": "Find where tracks cross the line.",
    "lines": "List the packaged lines, or write one as GeoJSON.",
}


class _Commands(click.Group):
    """A group that imports a command's module only when that command runs."""

    # click names the context, and we have no use for it.
    # ruff: noqa: ARG002
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"bordermap.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(bordermap.__version__, prog_name="bordermap")
@click.option("-v", "--verbose", count=True, help="Say more; -vv shows where an error arose.")
@click.pass_context
def _bordermap(ctx: click.Context, verbose: int) -> None:
    """Map incidents along contested borders: geocode, check against the line, render."""
    ctx.obj = verbose


def main() -> None:
    """Run the command; a `BordermapError` ends it with one line on stderr and exit code 1."""
    # Arrow's allocator gives back what has been free for so long, ms: at once, parsing would ask
    # for each block's memory anew; never, a fifth of the peak on large tables would be that.
    os.environ.setdefault("MIMALLOC_PURGE_DELAY", "1000")
    verbose = any(a in {"-vv", "-vvv"} for a in sys.argv) or sys.argv.count("-v") > 1
    try:
        _bordermap(prog_name="bordermap")
    except BordermapError as error:
        if verbose:
            raise
        click.echo(f"bordermap: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of our output went away (head, less): not our failure.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
