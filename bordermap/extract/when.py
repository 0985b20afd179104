"""What an expression of time means, in either language."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from bordermap.extract.korean_times import KOREAN
from bordermap.extract.reckoning import RESOLVERS

if TYPE_CHECKING:
    from bordermap.extract.spans import Span

__all__ = ["resolve"]

_RESOLVERS = RESOLVERS | KOREAN


def resolve(match: re.Match[str], published: date | None, anchor: date | None) -> Span | None:
    """Return what an expression means, or None where nothing tells."""
    kind = str(match.lastgroup)  # the outermost one, which closes last
    words = match[kind].replace(" .", "").split()
    try:
        return _RESOLVERS[kind](words, published, anchor, match)
    except (ValueError, OverflowError):
        return None  # no such day: 31 June
