"""Bytes from a file or standard input, their encoding, and what format they are in."""

from __future__ import annotations

import codecs
import io
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bordermap.errors import InputError
from bordermap.reading.limits import MAX_FILE_BYTES

__all__ = ["FORMATS", "Source", "decoded", "large_size", "opened"]

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
    ".xlsx": "xlsx",
}
"""What a file's ending says of its format."""

_TEXTS = frozenset({"csv", "json", "geojson", "ndjson"})
_CHUNK = 1 << 22
_HEAD = 1 << 18
_LARGE = 1 << 24
# What Western texts hold beside ASCII: letters with accents, quotation marks, dashes, degrees.
_ACCENTS = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüýßœšžŠŽÀÁÂÄÅÆÇÈÉÊËÍÎÏÑÓÔÖØÚÛÜ‘’“”„‚–—…°·«»€£§º\xa0"
)


@dataclass(frozen=True, slots=True)
class Source:
    """One input: its name as the user gave it, its format, its bytes, and their encoding.

    ``encoding`` is what the bytes were found to be in; None for a format that is
    no text. A large file's bytes stay on disk until they are asked for.
    """

    name: str
    format: str
    encoding: str | None
    size: int
    head: bytes
    held: bytes | None

    @classmethod
    def of(cls, data: bytes, *, name: str, format: str, encoding: str | None) -> Source:
        """Return a source whose bytes are here already."""
        return cls(
            name=name, format=format, encoding=encoding, size=len(data), head=data[:_HEAD],
            held=data,
        )  # fmt: skip

    @property
    def data(self) -> bytes:
        """All bytes."""
        return _bytes(self.name) if self.held is None else self.held

    def stream(self) -> BinaryIO:
        """Open the bytes for reading once through."""
        return Path(self.name).open("rb") if self.held is None else io.BytesIO(self.held)

    @property
    def text(self) -> str:
        """The decoded text, without a byte order mark."""
        return self.data.decode(self.encoding or "utf-8").removeprefix("\ufeff")

    @property
    def guessed(self) -> str | None:
        """The encoding, where it is a guess that the user should hear of."""
        return None if (self.encoding or "utf-8").startswith("utf") else self.encoding


def opened(path: str | Path, *, format: str | None = None) -> Source:
    """Return the bytes of a file, or of standard input for ``-``, and what they are.

    Raises
    ------
    InputError
        There is no such file, it is empty, too large, in no known encoding,
        or of no known format.
    """
    name = str(path)
    known = format or FORMATS.get(Path(name).suffix.lower())
    size = large_size(name) if known == "csv" else None
    if size is not None:
        with Path(name).open("rb") as file:
            head = file.read(_HEAD)
        if not head.startswith((b"\xff\xfe", b"\xfe\xff")) and _is_clean_utf8(name):
            return Source(
                name=name, format="csv", encoding="utf-8", size=size, head=head, held=None
            )
    data = _bytes(path)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise InputError(f"{name}: the file is empty; give at least a header and a row")
    if known is None and name == "-":
        known = _guess(data)
    if known not in {*FORMATS.values(), "xml"}:
        raise InputError(
            f'{name}: "{known or Path(name).suffix}" is no format that can be read; '
            f"use --from with one of {', '.join(sorted(set(FORMATS.values())))}"
        )
    encoding = _encoding(data, name) if known in _TEXTS else None
    return Source.of(data, name=name, format=known, encoding=encoding)


def decoded(data: bytes, name: str) -> str:
    """Return bytes as text, in whichever known encoding they are."""
    return data.decode(_encoding(data, name)).removeprefix("\ufeff")


def large_size(name: str) -> int | None:
    """Return the size of a file on disk that is too large to hold twice; else None."""
    try:
        status = Path(name).stat()
    except (OSError, ValueError):
        return None
    large = stat.S_ISREG(status.st_mode) and _LARGE < status.st_size <= MAX_FILE_BYTES
    return status.st_size if large else None


def _is_clean_utf8(name: str) -> bool:
    """Whether a file is UTF-8 without null bytes, read a piece at a time."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with Path(name).open("rb") as file:
            while chunk := file.read(_CHUNK):
                # Pieces of plain ASCII need no decoding; a cut character is never one.
                if not (chunk.isascii() and decoder.getstate()[0] == b""):
                    decoder.decode(chunk)
                if b"\x00" in chunk:
                    return False
            decoder.decode(b"", final=True)
    except (OSError, UnicodeDecodeError):
        return False
    return True


def _bytes(path: str | Path) -> bytes:
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
        else:
            # One more than allowed, for a device or a pipe has no size to ask for.
            with Path(path).open("rb") as file:
                status = os.fstat(file.fileno())
                known = stat.S_ISREG(status.st_mode) and status.st_size <= MAX_FILE_BYTES
                data = file.read() if known else file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path}: cannot be read: {reason}") from error
    if len(data) > MAX_FILE_BYTES:
        raise InputError(f"{path}: is larger than {MAX_FILE_BYTES // 1024**3} GB; split it")
    return data


def _encoding(data: bytes, name: str) -> str:
    """Return the encoding: by byte order mark, by zero bytes, UTF-8, Korean, or a Western guess."""
    found = _unicode(data)
    if found is None:
        found = _legacy(data)
    if found is None:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InputError(
                f"{name}: byte {error.start} is neither UTF-8 nor cp949; save the file as UTF-8"
            ) from error
    if found is not None and found.startswith("utf-16"):
        if "\x00" in data.decode(found):
            raise InputError(f"{name}: holds null bytes; it is no text table")
    elif b"\x00" in data:
        raise InputError(f"{name}: holds null bytes; it is no text table")
    return found or "utf-8"


def _unicode(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) and _decodes(data, "utf-16"):
        return "utf-16"
    head = data[:4096]
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        # Every second byte of Latin text in UTF-16 is zero.
        mostly = len(head) >= 8 and zeros.count(0) > 0.4 * len(zeros)
        if mostly and _decodes(data, encoding):
            return encoding
    return "utf-8" if _decodes(data, "utf-8") else None


def _legacy(data: bytes) -> str | None:
    """Tell Korean text from that of Western Windows and old Macs, which decode as anything."""
    if _decodes(data, "euc_kr"):
        return "cp949"
    # Only old Macs end lines with CR alone.
    western = "mac_roman" if b"\r" in data and b"\n" not in data else "cp1252"
    if _decodes(data, "cp949"):
        letters = [c for c in data.decode("cp949") if c > "\x7f"]
        # Syllables outside KS X 1001 are rare in Korean, yet what Western bytes decode to.
        rare = sum(not _decodes(c.encode("cp949"), "euc_kr") for c in letters)
        if rare <= 0.1 * len(letters):
            return "cp949"
    return western if _looks_western(data, western) else None


def _looks_western(data: bytes, encoding: str) -> bool:
    """Whether the bytes decode to text with a sprinkling of accents, not to noise."""
    head = data[:65536]
    if not _decodes(head, encoding):
        return False
    odd = [c for c in head.decode(encoding) if c > "\x7f"]
    return len(odd) <= 0.2 * len(head) and sum(c in _ACCENTS for c in odd) >= 0.9 * len(odd)


def _decodes(data: bytes, encoding: str) -> bool:
    """Whether the bytes are in an encoding, without ever holding all of the text."""
    if data.isascii():
        return not encoding.startswith("utf-16")
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(data), _CHUNK):
            decoder.decode(data[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _guess(data: bytes) -> str:
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"PK\x03\x04"):
        return "xlsx"
    if start.startswith(b"["):
        return "json"
    if start.startswith(b"{"):
        return "geojson" if b'"FeatureCollection"' in start[:4096] else "ndjson"
    return "csv"
