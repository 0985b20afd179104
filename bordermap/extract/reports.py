"""From inputs to rows of the incident table: what the command does, without a screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bordermap.collector import collected_later
from bordermap.extract.assembly import read_text
from bordermap.extract.documents import FORMATS, Document, read_documents
from bordermap.extract.frame import rows_of
from bordermap.extract.gathered import Rows
from bordermap.extract.head import published_in
from bordermap.extract.pieces import pieces
from bordermap.extract.rows import main_record, read_rows

if TYPE_CHECKING:
    from bordermap.extract.mention import Mention
    from bordermap.extract.records import Record
    from bordermap.gazetteer import Gazetteer

__all__ = ["Report", "read_input", "report_of"]


@dataclass(slots=True)
class Report:
    """One report that was read.

    Attributes
    ----------
    text
        The text, or as many pieces of its beginning as were to be kept.
    length
        Characters of the whole text.
    mentions
        Names of places in it, piece by piece, with the piece's offset in the text.
    rows
        The incidents as rows of the table.
    main
        Of a table's row, the record that it is about.
    """

    name: str
    text: str
    length: int
    published: date | None
    mentions: list[tuple[int, list[Mention]]]
    rows: Rows
    main: Record | None = None


def read_input(
    path: str,
    *,
    gazetteer: Gazetteer,
    published: date | None = None,
    format: str | None = None,
    text_column: str | None = None,
    date_column: str | None = None,
    kept: int | None = None,
) -> Iterator[Report]:
    """Yield the reports of an input, with their incidents.

    Parameters
    ----------
    path
        A file, a folder, ``-``, or a table with a text column.
    gazetteer
        Where to look names up.
    published
        The day of reports that do not tell their own.
    format
        ``text``, ``html``, ``pdf`` or ``table`` where the ending does not tell.
    text_column, date_column
        Of a table; see `bordermap.extract.rows.read_rows`.
    kept
        Of how many characters of each text it and its names are wanted; all by default.
    """
    known = format or FORMATS.get(Path(path).suffix.lower())
    if known == "table":
        for row in read_rows(path, text_column=text_column, date_column=date_column):
            day = row.day or published
            reading = read_text(row.text, published=day, gazetteer=gazetteer, is_about_one=True)
            main = main_record(reading, row.day)
            source = {"title": row.title, "url": row.url, "date": row.day}
            name = f"{path}:{row.number}"
            rows = Rows(rows_of(reading, gazetteer, name=name, source=source))
            if kept is None or kept > 0:
                mentions = [(0, reading.mentions)]
                yield Report(name, row.text, len(row.text), day, mentions, rows, main)
            else:
                yield Report(name, "", len(row.text), day, [], rows)
        return
    for document in read_documents(path, format=format):
        yield report_of(document, gazetteer=gazetteer, published=published, kept=kept)


def report_of(
    document: Document, *, gazetteer: Gazetteer, published: date | None, kept: int | None = None
) -> Report:
    """Return what a document tells; long ones are read in pieces. See `read_input`."""
    day = document.published
    texts: list[str] = []
    mentions: list[tuple[int, list[Mention]]] = []
    rows = Rows()
    length = 0
    with collected_later():
        for offset, piece in pieces(document.text):
            if offset == 0:
                day = day or published_in(piece) or published
            source = {"title": document.source_title, "url": document.url, "date": day}
            reading = read_text(piece, published=day, gazetteer=gazetteer)
            rows.extend(
                rows_of(reading, gazetteer, name=document.name, source=source, offset=offset)
            )
            if kept is None or offset < kept:
                texts.append(piece)
                mentions.append((offset, reading.mentions))
            length = offset + len(piece)
    return Report(document.name, "".join(texts), length, day, mentions, rows)
