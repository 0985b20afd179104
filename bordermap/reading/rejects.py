"""Rows set aside: as they stood, behind what is wrong; corrected, they are read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bordermap.reading.distinct import as_text

if TYPE_CHECKING:
    import pandas as pd

    from bordermap.reading.findings import Findings
    from bordermap.reading.raw import RawTable

__all__ = ["reject_table", "rejects_text"]

# Cells that a spreadsheet would take for a formula get a quote, which reading takes off again.
_FORMULA = r"^('*[=+\-@\t\r ])"


def reject_table(raw: RawTable, findings: Findings) -> pd.DataFrame:
    """Return the faulty rows: ``reject_row`` to ``reject_remedy``, then the file's own cells.

    Geometries that the format itself has go into a column ``wkt``, so that the
    rows can be written as CSV and read again.
    """
    import pandas as pd
    import shapely

    faults = findings.first_faults()
    rows = np.array([f.row for f in faults], dtype=np.intp)
    about = pd.DataFrame(
        {
            "reject_row": raw.numbers[rows],
            "reject_column": pd.Series([f.column for f in faults], dtype="str"),
            "reject_value": pd.Series([f.value for f in faults], dtype="str"),
            "reject_reason": pd.Series([f.reason for f in faults], dtype="str"),
            "reject_remedy": pd.Series([f.remedy for f in faults], dtype="str"),
        }
    )
    faulty = (raw.cells.iloc[rows] if faults else raw.cells.head(0)).reset_index(drop=True)
    own = faulty.assign(**{str(c): as_text(v) for c, v in faulty.items()})
    own = own.drop(columns=[c for c in about if c in own])
    if raw.geometry is not None and len(rows):
        shapes = np.asarray(raw.geometry, dtype=object)[rows]
        own["wkt"] = pd.Series(shapely.to_wkt(shapes, rounding_precision=9), dtype="str")
    return pd.concat([about, own], axis=1)


def rejects_text(rejects: pd.DataFrame) -> str:
    """Return rejects as CSV whose cells no spreadsheet takes for a formula."""
    guarded = {
        str(c): rejects[c].str.replace(_FORMULA, r"'\1", regex=True)
        for c in rejects
        if str(c) != "reject_row"
    }
    return rejects.assign(**guarded).to_csv(index=False, lineterminator="\n")
