"""Arguments and options that several commands share."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

__all__ = ["engine_options", "inputs", "line_option", "talk"]

F = TypeVar("F", bound=Callable[..., object])

# What --from takes; a test holds them against the mappings and formats that there are.
SOURCES = ("acled", "csis", "gdelt", "ucdp-ged")
FORMATS = ("csv", "geojson", "json", "ndjson", "xlsx")


def inputs(function: Callable[..., None]) -> Callable[..., None]:
    """Add the input files and how they are read; the command gets ``inputs`` and a `How`."""

    @functools.wraps(function)
    def command(
        *args: Any, inputs: tuple[str, ...], source: str | None, columns: tuple[str, ...],
        on_error: str, fix_swapped: bool, merge: str | None, **kwargs: Any,
    ) -> None:  # fmt: skip
        from bordermap.reading import How, Merge

        how = How(
            format=source if source in FORMATS else None,
            source=source if source in SOURCES else None,
            columns=_columns(columns),
            skip=on_error == "skip",
            fix_swapped=fix_swapped,
            merge=Merge(merge) if merge else None,
            progress=_Bar() if sys.stderr.isatty() else None,
        )
        function(*args, inputs=inputs, how=how, **kwargs)

    for option in (
        click.option("--merge", type=click.Choice(["id", "same", "alike"]),
                     help="Merge rows of one id, the same in every column, or alike: of one kind, "
                          "day, spot and nearly the same words. Nothing is merged otherwise."),
        click.option("--fix-swapped", is_flag=True,
                     help="Exchange latitude and longitude where they are swapped."),
        click.option("--on-error", type=click.Choice(["stop", "skip"]), default="stop",
                     show_default=True,
                     help="Stop at the first bad row, or set bad rows aside in NAME.rejects.csv."),
        click.option("--map", "columns", metavar="OURS=THEIRS,...", multiple=True,
                     help="Tell which column is which: kind=event_type,lat=Y."),
        click.option("--from", "source", type=click.Choice([*SOURCES, *FORMATS]),
                     help="What the input is, where its columns or its ending do not tell."),
    ):  # fmt: skip
        command = option(command)
    return click.argument("inputs", nargs=-1, metavar="[INPUT]...")(command)


def _columns(told: tuple[str, ...]) -> dict[str, str]:
    from bordermap.reading.plan import READABLE

    columns: dict[str, str] = {}
    for pair in (p for words in told for p in words.split(",") if p.strip()):
        ours, sign, theirs = pair.partition("=")
        ours, theirs = ours.strip(), theirs.strip()
        if not sign or not ours or not theirs:
            raise click.UsageError(f'--map "{pair}" is not OURS=THEIRS, as in kind=event_type')
        ours = {"date": "date_start"}.get(ours, ours)
        if ours not in READABLE:
            raise click.UsageError(
                f'--map: "{ours}" is no column of ours; use one of {", ".join(READABLE)}'
            )
        columns[ours] = theirs
    return columns


def line_option(function: F) -> F:
    """Add the line to check against."""
    return click.option(
        "--line",
        metavar="ID|FILE",
        help="The line: an id of `bordermap lines`, or a GeoJSON or GeoPackage of your own.",
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


class _Bar:
    """How far a large input is, on a terminal; small ones are done before it shows."""

    def __init__(self) -> None:
        import time

        self._clock = time.monotonic
        self._start = self._shown = self._clock()
        self._width = 0

    def __call__(self, what: str, share: float) -> None:
        now = self._clock()
        if now - self._start < 1.0 or (now - self._shown < 0.1 and 0.0 < share < 1.0):
            return
        self._shown = now
        filled = round(24 * share)
        line = f"{what:<9} [{'#' * filled}{'-' * (24 - filled)}] {share:4.0%}"
        if what == "siting" and share >= 1.0:
            line = ""
        sys.stderr.write("\r" + line.ljust(self._width) + ("\r" if not line else ""))
        sys.stderr.flush()
        self._width = max(self._width, len(line))
