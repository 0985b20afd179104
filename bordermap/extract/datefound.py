"""An expression of time in a sentence, and what the words around it make of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bordermap.extract.spans import Span

__all__ = ["DateFound"]


@dataclass(slots=True)
class DateFound:
    """An expression of time.

    Attributes
    ----------
    first, last
        Its tokens, last inclusive.
    span
        What it was resolved to, or None (no publication day known).
    is_saying
        Whether it tells when something was said.
    is_future
        Whether it lies after the publication.
    is_before_clause
        Whether it dates what follows ("two days after the pact was signed").
    is_attribute
        Whether it only tells which thing is meant ("the agreement of 2018").
    before
        The day of a deed told before it from which it counts ("넘은 지 하루 만인 14일"), or None.
    """

    first: int
    last: int
    span: Span | None
    is_saying: bool = False
    is_future: bool = False
    is_before_clause: bool = False
    is_attribute: bool = False
    before: Span | None = None
