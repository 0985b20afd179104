"""Texts of any length, read in pieces so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

__all__ = ["pieces"]

# A report is shorter; what is longer is many reports, or none.
_LONGEST = 100_000


def pieces(text: str | Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield a text in pieces of at most 100,000 characters, each with its offset.

    Cut at an empty line, else at a line's end, else at a space.

    Parameters
    ----------
    text
        The text, or parts of it one after another, of any length.

    Examples
    --------
    >>> [(offset, len(piece)) for offset, piece in pieces("x" * 300_000)]
    [(0, 100000), (100000, 100000), (200000, 100000)]
    """
    start, held = 0, ""
    for part in _slices(text) if isinstance(text, str) else text:
        held += part
        while len(held) > _LONGEST:
            end = _end(held)
            yield start, held[:end]
            start, held = start + end, held[end:]
    yield start, held


def _slices(text: str) -> Iterator[str]:
    return (text[start : start + _LONGEST] for start in range(0, len(text), _LONGEST))


def _end(text: str) -> int:
    """Return where the first piece of a text that is longer than one ends."""
    for mark in ("\n\n", "\n", " "):
        cut = text.rfind(mark, _LONGEST // 2, _LONGEST)
        if cut > 0:
            return cut + len(mark)
    return _LONGEST
