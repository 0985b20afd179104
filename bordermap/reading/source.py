"""Bytes from a file or standard input, their encoding, and what format they are in."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from bordermap.errors import InputError

__all__ = ["FORMATS", "Source", "opened"]

FORMATS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".json": "json",
    ".geojson": "geojson",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".geojsonl": "ndjson",
    ".geojsons": "ndjson",
}
"""What a file's ending says of its format."""


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one input, its name as the user gave it, and its format."""

    name: str
    format: str
    text: str


def opened(path: str | Path, *, format: str | None = None) -> Source:
    """Return the decoded text of a file, or of standard input for ``-``.

    Raises
    ------
    InputError
        There is no such file, it is empty, in no known encoding, or of no
        known format.
    """
    name = str(path)
    data = _bytes(path)
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise InputError(f"{name}: the file is empty; give at least a header and a row")
    text = _decoded(data, name)
    if "\x00" in text:
        raise InputError(f"{name}: holds null bytes; it is no text table")
    known = (
        format or FORMATS.get(Path(name).suffix.lower()) or (_guess(text) if name == "-" else None)
    )
    if known not in set(FORMATS.values()):
        raise InputError(
            f'{name}: "{known or Path(name).suffix}" is no format that can be read; '
            f"use --format with one of {', '.join(sorted(set(FORMATS.values())))}"
        )
    return Source(name=name, format=known, text=text)


def _bytes(path: str | Path) -> bytes:
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def _decoded(data: bytes, name: str) -> str:
    """Return text: by its byte order mark, else UTF-8, else cp949 (Korean Windows)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp949"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            failed = error
    raise InputError(
        f"{name}: byte {failed.start} is neither UTF-8 nor cp949; save the file as UTF-8"
    ) from failed


def _guess(text: str) -> str:
    start = text.lstrip()[:1]
    if start == "[":
        return "json"
    if start == "{":
        head = text[:4096]
        return "geojson" if '"FeatureCollection"' in head else "ndjson"
    return "csv"
