"""Counts in words."""

from __future__ import annotations

__all__ = ["counted"]


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """Return a count with its noun in the number that it asks for.

    Examples
    --------
    >>> counted(1, "incident"), counted(0, "incident"), counted(2, "party", "parties")
    ('1 incident', '0 incidents', '2 parties')
    """
    return f"{count} {noun if count == 1 else plural or noun + 's'}"
