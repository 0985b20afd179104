"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from bordermap.pipeline import Loaded

__all__ = ["engine_options", "inputs", "line_option", "on_error", "set_aside", "talk"]

F = TypeVar("F", bound=Callable[..., object])


def inputs(function: F) -> F:
    """Add the input files and their format."""
    function = click.option(
        "--format",
        "format",
        type=click.Choice(["csv", "json", "geojson", "ndjson"]),
        help="The input's format, where its ending does not tell.",
    )(function)
    return click.argument("inputs", nargs=-1, metavar="[INPUT]...")(function)


def line_option(function: F) -> F:
    """Add the line to check against."""
    return click.option(
        "--line",
        metavar="ID|FILE",
        help="The line: an id of `bordermap lines`, or a GeoJSON or GeoPackage of your own.",
    )(function)


def on_error(function: F) -> F:
    """Add what to do with rows that cannot be read."""
    return click.option(
        "--on-error",
        type=click.Choice(["stop", "skip"]),
        default="stop",
        show_default=True,
        help="Stop at the first bad row, or set bad rows aside in NAME.rejects.csv.",
    )(function)


def engine_options(function: F) -> F:
    """Add where tables larger than memory are worked on."""
    function = click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="With --engine dask: a scheduler (tcp://host:8786), not a cluster on this machine.",
    )(function)
    return click.option(
        "--engine",
        type=click.Choice(["memory", "stream", "dask"]),
        default="memory",
        show_default=True,
        help="stream: part by part on all cores, for tables larger than memory. dask: on a "
        "cluster. Both read .parquet, .csv and .ndjson, folders and patterns of them.",
    )(function)


def talk(message: str) -> None:
    """Say something to the user, on stderr: stdout carries data only."""
    click.echo(message, err=True)


def set_aside(loaded: Loaded) -> None:
    """Write rejected rows beside their input and say how many were read, kept and rejected."""
    if loaded.rejects.empty:
        return
    from bordermap.files import written_whole

    names = []
    for name, rows in loaded.rejects.groupby("reject_file", sort=True):
        path = Path("stdin.rejects.csv" if name == "-" else f"{Path(str(name)).stem}.rejects.csv")
        if name != "-":
            path = Path(str(name)).parent / path
        with written_whole(path) as partial:
            text = rows.drop(columns="reject_file").dropna(axis=1, how="all").to_csv(index=False)
            partial.write_text(text, encoding="utf-8", newline="")
        names.append(str(path))
    kept, rejected = len(loaded.incidents), len(loaded.rejects)
    talk(f"{loaded.rows_read} rows read, {kept} kept, {rejected} rejected: {', '.join(names)}")
