"""A table as it stands in a file: its cells as text, its rows with their numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bordermap.reading.distinct import as_text, is_coded

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["RaggedRow", "RawTable"]


@dataclass(frozen=True, slots=True)
class RaggedRow:
    """A row with more cells than the header: its place from 0, how many cells, its surplus."""

    row: int
    cells: int
    surplus: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """One table out of a file.

    Attributes
    ----------
    name
        The file's name as the user gave it.
    cells
        n rows under the file's own column names, each name once; NA where empty. A
        column is text, or categories of text (see `bordermap.reading.distinct`).
    numbers
        The n rows' numbers in the file.
    geometry
        n shapely geometries in EPSG:4326, where the format has them.
    numeric
        Columns whose values the format itself knows as numbers.
    ragged
        Rows that have too many cells.
    notes
        What the user should hear of how the file was read.
    """

    name: str
    cells: pd.DataFrame
    numbers: NDArray[np.int64]
    geometry: Any = None
    numeric: frozenset[str] = frozenset()
    ragged: tuple[RaggedRow, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def frame(self) -> pd.DataFrame:
        """The cells as plain text."""
        coded = {str(c): as_text(v) for c, v in self.cells.items() if is_coded(v)}
        return self.cells.assign(**coded) if coded else self.cells
