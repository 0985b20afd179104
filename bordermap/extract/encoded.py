"""Bytes as text: the encoding that they are in, and long ones decoded a part at a time."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO, TextIOWrapper

__all__ = ["LongText", "decoded", "opened"]

# Characters decoded at a time.
_PART = 100_000
_MARK = b"\xef\xbb\xbf"


class _Text(TextIOWrapper):
    """Bytes read as text: null bytes as spaces, without the mark that says that it is UTF-8."""

    def __init__(self, data: bytes, encoding: str, errors: str) -> None:
        bytes_read = BytesIO(data)
        bytes_read.seek(len(_MARK) if data.startswith(_MARK) else 0)
        super().__init__(bytes_read, encoding, errors, newline="\n")

    def read(self, size: int | None = -1, /) -> str:
        return super().read(size).replace("\x00", " ")

    def parts(self) -> Iterator[str]:
        while part := self.read(_PART):
            yield part


class LongText:
    """A text that is kept as its bytes, and decoded each time that it is gone through.

    One letter beyond Latin-1 makes a whole string twice as wide, an emoji four times;
    here only the part that it stands in.

    >>> "".join(LongText("철원에서 shots".encode("cp949")))
    '철원에서 shots'
    """

    __slots__ = ("_data", "_encoding")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._encoding = _encoding_of(data)

    def __iter__(self) -> Iterator[str]:
        """Yield the text in parts of at most 100,000 characters."""
        return _Text(self._data, *self._encoding).parts()


def decoded(data: bytes) -> str:
    r"""Return bytes as text: by their byte order mark, as UTF-8, as cp949, else with losses.

    >>> decoded("철원".encode("cp949")), decoded(b"a\x00b"), decoded(b"\xff\xfea\x00")
    ('철원', 'a b', 'a')
    """
    return opened(data).read()


def opened(data: bytes) -> TextIOWrapper:
    """Return bytes as a file of text; see `decoded`."""
    return _Text(data, *_encoding_of(data))


def _encoding_of(data: bytes) -> tuple[str, str]:
    """Return the encoding of bytes, and what is done with those that are none in it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", "replace"
    if _is_utf16(data):
        return "utf-16-le", "replace"
    for encoding in ("utf-8", "cp949"):
        try:
            for _ in _Text(data, encoding, "strict").parts():
                pass
        except UnicodeDecodeError:
            continue
        return encoding, "strict"
    return "utf-8", "replace"


def _is_utf16(data: bytes) -> bool:
    """Return whether every other byte is null, as in UTF-16 without a byte order mark."""
    head = data[:2000]
    return len(head) >= 4 and head[1::2].count(0) > 0.9 * len(head[1::2]) and 0 not in head[::2]
