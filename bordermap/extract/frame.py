"""Records as an incident table: the reported columns, and the place where it was resolved."""

from __future__ import annotations

import functools
import json
from datetime import date
from sys import intern
from typing import TYPE_CHECKING, Any

from bordermap.extract.where import geometry_of
from bordermap.table import COLUMNS, FACTS, DatePrecision, as_incidents, ids_of

if TYPE_CHECKING:
    import geopandas as gpd

    from bordermap.extract.assembly import Reading
    from bordermap.extract.gathered import Rows
    from bordermap.extract.records import Record
    from bordermap.gazetteer import Gazetteer

__all__ = ["as_table", "rows_of"]

_TITLE_LENGTH = 110
# json.dumps makes an encoder anew at each call that is not by default.
_as_json = json.encoder.encode_basestring
_as_sorted_json = json.JSONEncoder(sort_keys=True).encode


def rows_of(
    reading: Reading,
    gazetteer: Gazetteer,
    *,
    name: str,
    source: dict[str, Any],
    offset: int = 0,
) -> list[dict[str, Any]]:
    """Return one row an incident with the documented columns, ``evidence`` and ``remarks``.

    Parameters
    ----------
    reading
        What was read.
    gazetteer
        Whose shapes the areas have.
    name
        What the text is called where ``source`` has no title.
    source
        ``title``, ``url`` and ``date`` of the report, as far as known.
    offset
        Where the reading's text begins in the whole text, characters.
    """
    rows = [_row(record, reading, gazetteer, source, offset) for record in reading.records]
    said: dict[str, str] = {}
    for row in rows:
        row["source_title"] = row["source_title"] or name
        # What one sentence tells of several incidents is kept once.
        for column in ("quote", "title"):
            row[column] = said.setdefault(row[column], row[column])
    return rows


def as_table(rows: Rows, *, name: str) -> gpd.GeoDataFrame:
    """Return rows as an incident table, located as far as they were resolved.

    The rows are used up: each column is let go as soon as it stands in the table.
    """
    import geopandas as gpd
    import numpy as np
    import pandas as pd
    from geopandas.array import from_shapely

    days = zip(rows.column("date_start"), rows.column("date_end"), strict=True)
    if not rows or any((end or "") < (start or "") for start, end in days):
        # Without rows there is nothing to take a dtype from; days turned round are refused there.
        given = {c: rows.column(c) for c in _COLUMNS}
        return as_incidents(pd.DataFrame(given, dtype=object), name=name)
    ids, order = _ids_in_order(rows)

    def taken(column: str) -> list[Any]:
        values = ids if column == "id" else rows.take(column)
        return [values[n] for n in order]

    # Made of their dtypes at once: the table is valid, and need not be looked through again.
    columns: dict[str, Any] = {}
    for column in COLUMNS.values():
        if column.name == "id" or column.name in _COLUMNS:
            values = taken(column.name)
            is_plain = column.dtype not in {"str", "Int64"}
            columns[column.name] = (
                np.array(values, dtype=column.dtype)
                if is_plain
                else pd.array(values, dtype=_dtype(column.dtype))
            )
    columns["evidence"] = pd.array(taken("evidence"), dtype=_dtype("str"))
    columns["remarks"] = taken("remarks")
    columns["geometry"] = from_shapely(taken("geometry"), crs="EPSG:4326")
    return gpd.GeoDataFrame(columns, geometry="geometry")


@functools.cache
def _dtype(name: str) -> Any:
    """Return what pandas calls so: it takes longer to find than a column to make."""
    import pandas as pd

    return pd.api.types.pandas_dtype(name)


def _ids_in_order(rows: Rows) -> tuple[list[str], list[int]]:
    """Return the ids of rows, and the rows' numbers sorted as every table is."""
    import shapely

    shapes = rows.column("geometry")
    # Incidents of one place share its shape, and that of an area is long to write.
    written = {id(shape): "" for shape in shapes}
    known = {id(shape): shape for shape in shapes if shape is not None}
    texts = shapely.to_wkt(list(known.values()), rounding_precision=7)
    written.update(zip(known, texts, strict=True))
    facts = [rows.column(c) for c in FACTS]
    ids = ids_of(
        (*(value or "" for value in row), written[id(shape)])
        for *row, shape in zip(*facts, shapes, strict=True)
    )
    days = rows.column("date_start")
    return ids, sorted(range(len(rows)), key=lambda n: (days[n] or _LAST, ids[n]))


_LAST = "~"  # after every day
_COLUMNS = (
    "title", "summary", "kind", "date_start", "date_end", "date_precision", "time_local", "place",
    "actor", "target", "direction", "quantities", "source_title", "source_url", "source_date",
    "quote", "quote_start", "quote_end", "claimed_by", "claim", "radius_m", "precision",
    "place_id", "place_name", "place_name_ko", "place_source", "place_score",
    "place_alternatives", "evidence", "remarks",
)  # fmt: skip


def _row(
    record: Record,
    reading: Reading,
    gazetteer: Gazetteer,
    source: dict[str, Any],
    offset: int,
) -> dict[str, Any]:
    start, end = record.quote
    quote = reading.text[start:end]
    span = record.span
    row: dict[str, Any] = {
        "title": _shortened(quote),
        "summary": None,
        "kind": str(record.kind),
        "date_start": span.start.isoformat() if span else None,
        "date_end": span.end.isoformat() if span else None,
        "date_precision": str(span.precision if span else DatePrecision.UNKNOWN),
        "time_local": record.time_local,
        "place": record.site.mention.text if record.site else None,
        "actor": record.actor,
        "target": record.target,
        "direction": str(record.direction) if record.direction else None,
        "quantities": _as_sorted_json(record.quantities) if record.quantities else None,
        "source_title": source.get("title"),
        "source_url": source.get("url"),
        "source_date": _iso(source.get("date") or reading.published),
        "quote": quote,
        "quote_start": start + offset,
        "quote_end": end + offset,
        "claimed_by": record.claimed_by,
        "claim": str(record.claim) if record.claim else None,
        "evidence": _evidence(record, reading.text, offset),
        "remarks": "; ".join(record.remarks) or None,
        **dict.fromkeys(
            ("radius_m", "precision", "place_id", "place_name", "place_name_ko", "place_source",
             "place_score", "place_alternatives", "geometry")
        ),
    }  # fmt: skip
    row.update(_place(record, gazetteer))
    return row


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _place(record: Record, gazetteer: Gazetteer) -> dict[str, Any]:
    site = record.site
    if site is None or site.lon is None or site.resolution is None:
        return {}
    from bordermap.gazetteer.column import alternatives_json

    match = site.resolution.match
    others = alternatives_json(site.resolution)
    return {
        "geometry": geometry_of(site, gazetteer),
        "radius_m": site.radius_m,
        "precision": str(site.precision) if site.precision else None,
        "place_id": site.mention.place_id,
        "place_name": site.mention.place_name,
        "place_name_ko": site.mention.place_name_ko,
        "place_source": "gazetteer",
        "place_score": match.score if match else None,
        # The same for all incidents of a place: kept once.
        "place_alternatives": intern(others) if others else None,
    }


def _evidence(record: Record, text: str, offset: int) -> str:
    """Return the evidence as JSON: field, start, end and the very words."""
    rows = sorted({(e.start, e.end, e.field) for e in record.evidence})
    # Written by hand: only texts need an encoder.
    found = [
        f'{{"field":{_as_json(f)},"start":{s + offset},"end":{e + offset},'
        f'"quote":{_as_json(text[s:e])}}}'
        for s, e, f in rows
    ]
    return f"[{','.join(found)}]"


def _shortened(quote: str) -> str:
    line = " ".join(quote.split())
    if len(line) <= _TITLE_LENGTH:
        return quote if line == quote else line  # the same text is kept once
    return line[: _TITLE_LENGTH - 1].rsplit(" ", 1)[0].rstrip(",;:") + "\u2026"
