"""A table with a text column: every row a record, dated by the row itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bordermap.errors import InputError, at
from bordermap.extract.dates import full_date
from bordermap.extract.encoded import opened
from bordermap.extract.records import Evidence, Record
from bordermap.extract.spans import day_span
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.assembly import Reading

__all__ = ["Row", "main_record", "read_rows"]

_TEXT = ("description", "text", "body", "content", "article", "story", "notes", "summary")
_DATE = ("date", "published", "publication_date", "event_date", "day", "source_date")
_TITLE = ("title", "headline", "event", "event_type", "type")
_URL = ("url", "link", "source_url", "resources", "source")
# Rows of the table held at a time.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its text, its day, and what it says of its source."""

    number: int
    text: str
    day: date | None
    title: str | None
    url: str | None


def read_rows(
    path: str | Path, *, text_column: str | None = None, date_column: str | None = None
) -> Iterator[Row]:
    """Yield the rows of a CSV or TSV file that has a column of prose.

    Parameters
    ----------
    path
        The file.
    text_column, date_column
        Their names, where they are not usual ones (``description``, ``text``;
        ``date``, ``published``).

    Raises
    ------
    InputError
        There is no such file, no text column, or a day that cannot be read.
    """
    import pandas as pd

    try:
        file = opened(Path(path).read_bytes())
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file") from error
    delimiter = "\t" if str(path).lower().endswith(".tsv") else ","
    number = 1
    try:
        with pd.read_csv(
            file, sep=delimiter, dtype="str", keep_default_na=False, na_values=[""],
            chunksize=_AT_ONCE,
        ) as tables:  # fmt: skip
            for table in tables:
                columns = {str(c).strip().lower(): str(c) for c in table.columns}
                body = _column(columns, text_column, _TEXT, path, is_needed=True)
                is_needed = date_column is not None
                when = _column(columns, date_column, _DATE, path, is_needed=is_needed)
                title, url = (_column(columns, None, names, path) for names in (_TITLE, _URL))
                for row in table.to_dict("records"):
                    number += 1
                    yield Row(
                        number=number,
                        text=row[body] if isinstance(row[body], str) else "",
                        day=_day(row.get(when), path, number, when),
                        title=_text(row.get(title)),
                        url=_url(row.get(url)),
                    )
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise InputError(f"{path}: cannot be read as CSV: {error}") from error


def _column(
    columns: dict[str, str],
    given: str | None,
    usual: tuple[str, ...],
    path: str | Path,
    *,
    is_needed: bool = False,
) -> str:
    if given is not None and given in columns.values():
        return given
    if given is None:
        for name in usual:
            if name in columns:
                return columns[name]
    if is_needed:
        wanted = given or usual[0]
        raise InputError(
            f'{path}: no column "{wanted}" among {", ".join(columns.values())}; '
            "name it with --text-column or --date-column"
        )
    return ""


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _url(value: object) -> str | None:
    text = _text(value) or ""
    first = text.split()[0].rstrip(";") if text else ""
    return first if first.startswith(("http://", "https://")) else None


def _day(value: object, path: str | Path, number: int, column: str) -> date | None:
    text = _text(value)
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        found = full_date(text)
    if found is None:
        raise InputError(
            f"{at(path, row=number, column=column, value=text)} is no day; write it as 2024-06-18"
        )
    return found


def main_record(reading: Reading, day: date | None) -> Record:
    """Return the record that a row is about; one is made where its text gives none.

    The row's own day stands, whatever the text says. Where the text tells of
    no incident that a frame knows, the record is of the kind ``other``.
    """
    records = reading.records
    if not records:
        record = Record(
            kind=Kind.OTHER, sentence=0, paragraph=0, head=0, is_noun=False,
            quote=(0, len(reading.text)),
        )  # fmt: skip
        record.site = reading.best_site
        if record.site is not None:
            mention = record.site.mention
            record.evidence.append(Evidence("place", mention.start, mention.end))
        records.append(record)
        main = record
    else:
        main = next((r for r in records if _may_be(r, day)), records[0])
    if main.site is None or main.site.mention.lon is None:
        main.site = reading.best_site or main.site
    if day is not None:
        main.span = day_span(day)
        for record in records:
            record.span = record.span or main.span
    return main


def _may_be(record: Record, day: date | None) -> bool:
    if record.kind is Kind.STATEMENT:
        return False
    return day is None or record.span is None or record.span.start <= day <= record.span.end
