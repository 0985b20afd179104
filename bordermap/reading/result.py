"""What reading one input gives: incidents, rejects, and what is told of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from bordermap.reading.findings import Note

__all__ = ["Reading", "Report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of one file's rows: read are kept, merged and rejected together.

    ``repaired`` of the kept rows were read otherwise than they are written.
    """

    name: str
    source: str | None
    read: int
    kept: int
    repaired: int
    merged: int
    rejected: int
    notes: tuple[str, ...]
    repairs: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One input read: the good rows as incidents, the others as they stood with their faults.

    ``rows_read`` is the number of incidents, rejects and merged rows together;
    ``has_unique_ids`` tells that no two incidents have one id, if that was looked for.
    """

    name: str
    incidents: gpd.GeoDataFrame
    rejects: pd.DataFrame
    rows_read: int
    rows_repaired: int = 0
    rows_merged: int = 0
    has_unique_ids: bool = False
    source: str | None = None
    notes: tuple[str, ...] = ()
    repairs: tuple[Note, ...] = ()
    doubts: tuple[Note, ...] = ()

    @property
    def report(self) -> Report:
        """The counts and what is to be told, without the tables."""
        return Report(
            name=self.name,
            source=self.source,
            read=self.rows_read,
            kept=len(self.incidents),
            repaired=self.rows_repaired,
            merged=self.rows_merged,
            rejected=len(self.rejects),
            notes=self.notes,
            repairs=tuple(str(r) for r in self.repairs),
            doubts=tuple(str(d) for d in self.doubts),
        )
