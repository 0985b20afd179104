"""What tells of an incident in a sentence: the kind, and the words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bordermap.table import Kind

__all__ = ["Trigger"]


@dataclass(slots=True)
class Trigger:
    """Words that tell of an incident.

    Attributes
    ----------
    kind, rank
        Of the frame that matched.
    first, last
        Tokens of the match, last inclusive.
    head
        The token that says that it happened.
    is_noun
        Whether the words only name an incident.
    is_loose
        Whether only its words tell the kind: what else is told goes before.
    is_opening
        Whether it is the declaration that a report opens with.
    is_another
        Whether it is one more of what was told before: "the North did the same".
    """

    kind: Kind
    rank: int
    first: int
    last: int
    head: int
    is_noun: bool
    is_loose: bool = False
    is_opening: bool = False
    is_another: bool = False
