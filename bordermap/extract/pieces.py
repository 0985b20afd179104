"""Texts of any length, read in pieces so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["pieces"]

# A report is shorter; what is longer is many reports, or none.
_LONGEST = 200_000


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield a text in pieces of at most 200,000 characters, each with its offset.

    Cut at an empty line, else at a line's end, else at a space.

    >>> [(offset, len(piece)) for offset, piece in pieces("x" * 300_000)]
    [(0, 200000), (200000, 100000)]
    """
    start = 0
    while len(text) - start > _LONGEST:
        end = start + _LONGEST
        for mark in ("\n\n", "\n", " "):
            cut = text.rfind(mark, start + _LONGEST // 2, end)
            if cut > 0:
                end = cut + len(mark)
                break
        yield start, text[start:end]
        start = end
    yield start, text[start:]
