"""What the user said of a file, and what they consent to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["How", "Merge"]


class Merge(StrEnum):
    """Which rows are taken for one incident. Nothing is merged unless asked for."""

    ID = "id"
    SAME = "same"
    ALIKE = "alike"


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How a file is to be read.

    Attributes
    ----------
    format
        ``csv, json, ...`` where the ending does not tell.
    source
        The id of a mapping (``acled``), where the columns are not to tell.
    columns
        Our column -> the file's column, as the user says.
    skip
        Set rows with faults aside instead of stopping at the first.
    fix_swapped
        Exchange latitude and longitude where they are swapped.
    merge
        Which rows to merge, None for none.
    region_wsen
        Where positions are expected: west, south, east, north in degrees.
    only
        The columns of the table that the caller will look at; None for all. Others may be
        left out, but not where a row has no position or no id of its own: finding these
        takes all that a row says.
    progress
        Called with what is done and the share of it, 0 to 1.
    """

    format: str | None = None
    source: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    skip: bool = False
    fix_swapped: bool = False
    merge: Merge | None = None
    region_wsen: tuple[float, float, float, float] | None = None
    only: frozenset[str] | None = None
    progress: Callable[[str, float], None] | None = None
