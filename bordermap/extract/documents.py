"""Reports from files: plain text, Markdown, HTML pages, PDF, folders, standard input.

Every report becomes plain text; offsets count in that text. Bytes that are no
text in the encoding that fits best become a replacement character, null bytes
a space: a report is never refused for a broken letter.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bordermap.errors import InputError, MissingDataError, at
from bordermap.extract.encoded import LongText, decoded

__all__ = ["FORMATS", "Document", "decoded", "read_documents"]

FORMATS = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text", ".rst": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf",
    ".csv": "table", ".tsv": "table",
}  # fmt: skip
"""What a file's ending says of its format."""

# Beyond this a page is no article, and a parser's tree would take many times its size.
_LARGEST_HTML = 20_000_000
# Bytes of a file that is worth decoding part by part.
_LONG = 200_000
_SIGN = re.compile(rb"[^\xef\xbb\xbf\x00 \t\r\n]")
_MARKUP = re.compile(rb"<(?:!doctype html|html|head|body|article)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One report.

    Attributes
    ----------
    name
        The file's name as the user gave it.
    text
        Plain text; a file's where it is long by its bytes.
    title, outlet, url, published
        What the file itself says, or None.
    """

    name: str
    text: str | LongText
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None

    @property
    def source_title(self) -> str:
        """The title with the outlet, else the file's name."""
        if self.title and self.outlet and self.outlet not in self.title:
            return f"{self.title} ({self.outlet})"
        return self.title or self.name


def read_documents(path: str | Path, *, format: str | None = None) -> Iterator[Document]:
    """Yield the reports of a file, of a folder (its files in order of name), or of ``-``.

    Parameters
    ----------
    path
        A file, a folder, or ``-`` for standard input.
    format
        ``text``, ``html`` or ``pdf`` where the ending does not tell.

    Raises
    ------
    InputError
        There is nothing to read, or it cannot be read.
    MissingDataError
        The package that reads HTML or PDF is not installed.
    """
    folder = Path(path)
    if str(path) != "-" and folder.is_dir():
        files = sorted(
            f for f in folder.rglob("*") if FORMATS.get(f.suffix.lower()) in {"text", "html", "pdf"}
        )
        if not files:
            raise InputError(f"{path}: the folder holds no .txt, .md, .html or .pdf file")
        for file in files:
            yield _document(file, format)
        return
    yield _document(path, format)


def _document(path: str | Path, format: str | None) -> Document:
    data = _bytes(path)
    known = format or FORMATS.get(Path(str(path)).suffix.lower()) or _guess(data)
    if not _SIGN.search(data):
        raise InputError(f"{path}: the file is empty; give it a text")
    if known == "pdf":
        return _pdf(str(path), data)
    if known == "html":
        return _html(str(path), data)
    text = LongText(data) if len(data) > _LONG else decoded(data)
    if _is_rubbish(text):
        raise InputError(f"{path}: holds no text; give it plain text, Markdown, HTML or PDF")
    return Document(name=str(path), text=text)


def _bytes(path: str | Path) -> bytes:
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def _guess(data: bytes) -> str:
    if data.startswith(b"%PDF-"):
        return "pdf"
    return "html" if _MARKUP.search(data[:2048]) else "text"


# Signs that no text has; of bytes without meaning they are a tenth.
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROL = 0.05
_SAMPLE = 200_000
_LETTER = re.compile(r"[^\W\d_]")


def _is_rubbish(text: str | LongText) -> bool:
    """Return whether a text is none: no letter in it, or many signs that are never written."""
    parts = [text] if isinstance(text, str) else text
    head = ""
    for part in parts:
        head += part
        if len(head) >= _SAMPLE:
            break
    head = head[:_SAMPLE]
    control = len(_CONTROL.findall(head))
    return control > _MOST_CONTROL * len(head) or not any(map(_LETTER.search, parts))


def _html(name: str, data: bytes) -> Document:
    if len(data) > _LARGEST_HTML:
        raise InputError(
            f"{name}: has {len(data) // 1_000_000} MB, no article has; save its text as .txt"
        )
    try:
        import trafilatura
    except ImportError as error:
        raise MissingDataError(
            f"{name}: reading HTML needs trafilatura; pip install bordermap[documents]"
        ) from error
    try:
        page = trafilatura.bare_extraction(
            data, with_metadata=True, include_comments=False, favor_recall=True
        )
    except (ValueError, RecursionError, AttributeError) as error:
        raise InputError(f"{name}: cannot be read as HTML: {error}") from error
    found = page if page is None or isinstance(page, dict) else page.as_dict()
    if not found or not found.get("text"):
        raise InputError(f"{name}: no article was found in the page; save its text as .txt")
    return Document(
        name=name,
        # One line a paragraph; sentences end with it.
        text=found["text"].replace("\n", "\n\n"),
        title=found.get("title") or None,
        outlet=found.get("sitename") or None,
        url=_url(found.get("url")),
        published=_day(found.get("date")),
    )


def _url(text: str | None) -> str | None:
    return text if text and text.startswith(("http://", "https://")) else None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _pdf(name: str, data: bytes) -> Document:
    from io import BytesIO

    try:
        import pypdf
    except ImportError as error:
        raise MissingDataError(
            f"{name}: reading PDF needs pypdf; pip install bordermap[documents]"
        ) from error
    try:
        reader = pypdf.PdfReader(BytesIO(data))
        pages = [page.extract_text() for page in reader.pages]
        title = reader.metadata.title if reader.metadata else None
    except (pypdf.errors.PyPdfError, ValueError, KeyError, OSError) as error:
        raise InputError(f"{name}: cannot be read as PDF: {error}") from error
    text = "\n\n".join(pages).replace("\x00", " ")
    if not text.strip():
        raise InputError(f"{name}: {at('page 1')} holds no text but a picture; use OCR first")
    return Document(name=name, text=text, title=title or None)
