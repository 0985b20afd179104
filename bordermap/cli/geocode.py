"""``bordermap geocode``."""

from __future__ import annotations

import json
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

import click

from bordermap.cli.online import Online, online_options
from bordermap.cli.options import engine_options, talk
from bordermap.counts import counted

if TYPE_CHECKING:
    import pandas as pd

    from bordermap.gazetteer import Gazetteer

_NAMES_SHOWN = 10


@click.command("geocode")
@click.argument("names", nargs=-1, metavar="[NAME|FILE]...")
@click.option(
    "--column",
    metavar="COLUMN",
    help="Read a file (- for standard input) and look up the names in this column.",
)
@click.option(
    "--context",
    metavar="TEXT",
    help="A sentence or report in which the names stand; it tells namesakes apart.",
)
@click.option(
    "--context-column", metavar="COLUMN", help="With --column: a column that holds such text."
)
@click.option("--country", help="Only places in this country (ISO code: KR, KP, ...).")
@click.option(
    "--side",
    type=click.Choice(["north", "south"]),
    help="Only places on this side of the line, or on it.",
)
@click.option(
    "--explain", is_flag=True, help="Show all candidates, and why they are in this order."
)
@click.option(
    "--format",
    "format",
    type=click.Choice(["table", "json", "csv", "geojson"]),
    help="How the answers are written: table by default, csv with --column.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="-",
    help="Where to write; standard output by default.",
)
@engine_options
@online_options
def command(
    names: tuple[str, ...], column: str | None, context: str | None, context_column: str | None,
    country: str | None, side: str | None, explain: bool, format: str | None, output: str,
    engine: str, scheduler: str | None, online: Online,
) -> None:  # fmt: skip
    """Look up place names in the offline gazetteer.

    NAME is a place in any spelling, hangul or romanised; with none, names are read
    from standard input, one a line. With --column, FILE is a table (CSV, JSON, GeoJSON,
    NDJSON, XLSX) and comes back with the places beside its rows; with --engine it may be
    larger than memory. A name that is not found
    has an empty answer; one that both sides of the line bear is not given to either.
    """
    from bordermap.gazetteer import Gazetteer
    from bordermap.gazetteer.limits import countries_of

    countries = countries_of(Gazetteer.open(), country=country, side=side)
    if engine != "memory":
        if column is None or not names or output == "-" or format or explain or context:
            raise click.UsageError(
                f"--engine {engine} needs --column, files, and -o with a file or folder to "
                "write; --format, --explain and --context do not go with it"
            )
        _in_parts(names, output, column, context_column, countries, engine, scheduler, online)
        return
    if column is not None:
        if explain or context:
            raise click.UsageError("--explain and --context go with names, not with --column")
        text = _table_text(names, column, context_column, countries, format or "csv", online)
    elif context_column is not None:
        raise click.UsageError("--context-column goes with --column")
    else:
        text = _names_text(names, context, countries, explain, format or "table", online)
    _write(text, output)


def _names_text(
    names: tuple[str, ...], context: str | None, countries: set[str | None] | None, explain: bool,
    format: str, online: Online,
) -> str:  # fmt: skip
    """Return the answers to names as text."""
    from bordermap.gazetteer import Context
    from bordermap.gazetteer.answers import answer_rows, explained

    wanted = tuple(name for name in (names or map(str.strip, sys.stdin)) if name.strip())
    if not wanted:
        raise click.UsageError("no name to look up; give some, or one a line on standard input")
    gazetteer = online.gazetteer(wanted, None)
    contexts = [gazetteer.context_of(context, n) if context else Context() for n in wanted]
    if format == "geojson":
        from bordermap.gazetteer.beside import found_places

        return _geojson(found_places(wanted, contexts, countries, gazetteer), gazetteer)
    found = gazetteer.resolve_all(wanted, contexts=contexts, countries=countries)
    by_name = [answer_rows(r, explain=explain) for r in found]
    _say_missing([rows[0]["name"] for rows in by_name if rows[0]["place_id"] is None])
    if explain and format == "table":
        return "\n".join(map(explained, by_name))
    answers = [row for rows in by_name for row in rows]
    if format == "json":
        return json.dumps(answers, ensure_ascii=False, indent=1) + "\n"
    if format == "csv":
        return _csv(answers)
    return _aligned(answers)


def _table_text(
    files: tuple[str, ...], column: str, context_column: str | None,
    countries: set[str | None] | None, format: str, online: Online,
) -> str:  # fmt: skip
    """Return a file's rows with their places as text."""
    from bordermap.gazetteer.beside import contexts_in, found_places, names_in, with_places
    from bordermap.reading import How, raw_table
    from bordermap.reading.source import opened

    if len(files) != 1:
        raise click.UsageError("--column goes with one file, or - for standard input")
    frame = raw_table(opened(files[0]), How()).frame
    names = names_in(frame, column, name=files[0])
    gazetteer = online.gazetteer(names.dropna().unique().tolist(), None)
    contexts = contexts_in(frame, names, context_column, gazetteer=gazetteer, name=files[0])
    found = found_places(names.tolist(), contexts, countries, gazetteer)
    missing = names[names.notna() & found["place_id"].isna().to_numpy()]
    _say_missing(missing.unique().tolist())
    both = with_places(frame, found)
    if format == "geojson":
        return _geojson(found, gazetteer, properties=both)
    rows: list[dict[str, Any]] = [
        {str(k): v for k, v in row.items()}
        for row in both.astype("object").where(both.notna(), None).to_dict("records")
    ]
    if format == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1, default=str) + "\n"
    if format == "table":
        return _aligned(rows)
    from bordermap.tables.delimited import csv_text

    return csv_text(both)


def _in_parts(
    files: tuple[str, ...], output: str, column: str, context_column: str | None,
    countries: set[str | None] | None, engine: str, scheduler: str | None, online: Online,
) -> None:  # fmt: skip
    """Geocode a column of a table larger than memory."""
    from bordermap.parts import Engine, geocode_parts

    if scheduler and online.service:
        raise click.UsageError(
            "--online puts answers on this machine, where the workers of --scheduler cannot read "
            "them; leave one of the two out"
        )
    done = geocode_parts(
        files, output, column=column, context_column=context_column, countries=countries,
        engine=Engine(engine), scheduler=scheduler,
        book=(lambda names: online.gazetteer(names, None)) if online.service else None,
    )  # fmt: skip
    before = f", {done.parts_done_before} done before" if done.parts_done_before else ""
    talk(
        f"{output}: {counted(done.rows, 'row')} in {counted(done.parts, 'part')}{before}, "
        f"{done.found} with a place"
    )
    if done.not_found:
        talk(
            f"not in the gazetteer: {counted(done.not_found, 'row')}, such as "
            f"{', '.join(done.names_not_found)}"
        )


def _geojson(
    found: pd.DataFrame, gazetteer: Gazetteer, *, properties: pd.DataFrame | None = None
) -> str:
    """Return features: points, areas as their shape, and names not found without geometry."""
    import numpy as np
    import shapely

    from bordermap.locate import place_shapes
    from bordermap.tables.geojson import rounded

    rows = (properties if properties is not None else found).astype("object")
    records = rows.where(rows.notna(), None).to_dict("records")
    known = found["place_id"].notna().to_numpy()
    shapes = np.full(len(found), None, dtype=object)
    shapes[known] = place_shapes(found[known], gazetteer)
    features = [
        {
            "type": "Feature",
            "geometry": None if shape is None else json.loads(shapely.to_geojson(shape)),
            "properties": record,
        }
        for record, shape in zip(records, rounded(shapes), strict=True)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, default=str) + "\n"


def _say_missing(names: list[str]) -> None:
    if not names:
        return
    more = len(names) - _NAMES_SHOWN
    talk(
        f"not in the gazetteer: {', '.join(names[:_NAMES_SHOWN])}"
        + (f" and {more} more" if more > 0 else "")
    )


def _aligned(rows: list[dict[str, Any]]) -> str:
    """Return rows as columns of text; a Korean letter is as wide as two Latin ones."""
    texts = [{k: _cell(v) for k, v in row.items()} for row in rows]
    widths = {k: max(_width(k), *(_width(t[k]) for t in texts)) for k in texts[0]}
    lines = [dict(zip(widths, widths, strict=True)), *texts]
    return "".join(
        "  ".join(line[k] + " " * (w - _width(line[k])) for k, w in widths.items()).rstrip() + "\n"
        for line in lines
    )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    text = f"{value:g}" if isinstance(value, float) else str(value)
    # A name is somebody's text: no control character reaches the terminal.
    return "".join(c if c.isprintable() else " " for c in text)


def _csv(answers: list[dict[str, Any]]) -> str:
    import pandas as pd

    from bordermap.tables.delimited import csv_text

    flat = [
        {k: json.dumps(v) if isinstance(v, dict) else v for k, v in row.items()} for row in answers
    ]
    return csv_text(pd.DataFrame(flat))


def _write(text: str, output: str) -> None:
    if output == "-":
        click.echo(text, nl=False)
        return
    from bordermap.files import written_whole

    with written_whole(output) as partial:
        partial.write_text(text, encoding="utf-8", newline="")
