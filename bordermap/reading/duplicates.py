"""Rows that tell the same incident: counted always, merged only where the user asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bordermap.reading.distinct import as_text
from bordermap.reading.how import Merge

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from bordermap.reading.findings import Findings

__all__ = ["find_duplicates", "has_unique_ids"]

# Alike are rows of one kind and day, within so many degrees (about 1 km), and with words of which
# so many in a hundred agree.
_NEAR_DEGREES = 0.01
_SAME_WORDS = 90.0
# Rows of one day, kind and spot are compared with so many before them: not with all, which
# would take hours for a table that gives one point to all of its rows.
_MOST_COMPARED = 200
_TITLES = ("title", "summary", "place")


def has_unique_ids(frame: pd.DataFrame) -> bool:
    """Whether a table has ids, no two of them the same."""
    return "id" in frame and bool(frame["id"].is_unique)


def find_duplicates(
    frame: gpd.GeoDataFrame, raw: pd.DataFrame, keep: NDArray[np.intp], merge: Merge | None,
    findings: Findings, *, ids_differ: bool,
) -> NDArray[np.intp]:  # fmt: skip
    """Return the rows to merge into an earlier one; note those that are only counted.

    Parameters
    ----------
    frame
        The typed table.
    raw
        The file's own cells.
    keep
        The rows without faults; only they count.
    merge
        What the user consents to.
    findings
        Where duplicates are told.
    ids_differ
        What `has_unique_ids` found.

    Returns
    -------
    Positions of rows that repeat an earlier one, ascending.
    """
    import pandas as pd

    nothing = np.array([], dtype=np.intp)
    if len(keep) < 2:
        return nothing
    ids = frame["id"].iloc[keep] if "id" in frame else pd.Series(dtype="str")
    again: NDArray[np.bool_] = np.zeros(len(keep), bool)
    if len(ids) and not ids_differ:
        again = (ids.duplicated() & ids.notna()).to_numpy(bool)
    if len(ids) and not again.any() and bool(ids.notna().all()):
        same = again  # An id is made of a row's cells, so rows with ids of their own differ.
    else:
        good = raw.iloc[keep] if len(keep) < len(raw) else raw
        same = _repeated_rows(good, frame.iloc[keep] if len(keep) < len(frame) else frame)
    if merge is Merge.SAME:
        chosen, what = same, "merged with an earlier row that is the same in every column"
    elif merge is Merge.ID:
        chosen, what = again, "merged with an earlier row of the same id"
    elif merge is Merge.ALIKE:
        chosen, what = _alike(frame, keep), "merged with an earlier row alike"
    else:
        chosen, what = np.zeros(len(keep), bool), ""
    findings.doubt(keep[chosen], "", what)
    told = "the same in every column as an earlier row; kept, merge them with --merge same"
    findings.doubt(keep[same & ~chosen], "", told)
    told = "with the id of an earlier row; kept, merge them with --merge id"
    findings.doubt(keep[again & ~same & ~chosen], "id", told)
    return keep[chosen]


def _repeated_rows(raw: pd.DataFrame, frame: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Return which rows repeat an earlier one in every cell."""
    candidates = np.ones(len(raw), bool)
    # Narrow down by the columns that differ most before comparing whole rows.
    for column in raw.columns:
        if not candidates.any():
            return candidates
        if len(raw) > 1000 and bool(raw[column].is_unique):
            return np.zeros(len(raw), bool)
    repeated: NDArray[np.bool_] = raw.duplicated().to_numpy()
    if "geometry" in frame and not {"lat", "wkt", "coordinates"} & set(raw.columns):
        at = frame.geometry.to_wkt().reset_index(drop=True)
        repeated = raw.reset_index(drop=True).assign(_at=at).duplicated().to_numpy()
    return repeated


def _alike(frame: gpd.GeoDataFrame, keep: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which rows tell, in nearly the same words, what an earlier one tells."""
    from rapidfuzz import fuzz

    rows = frame.iloc[keep]
    spots = rows.geometry.representative_point() if len(rows) else rows.geometry
    cells = {
        "kind": as_text(rows["kind"]).to_numpy(),
        "day": rows["date_start"].to_numpy(),
        "x": np.round(spots.x.to_numpy() / _NEAR_DEGREES),
        "y": np.round(spots.y.to_numpy() / _NEAR_DEGREES),
    }
    import pandas as pd

    words = pd.Series("", index=rows.index)
    for column in (c for c in _TITLES if c in rows):
        words = words + " " + as_text(rows[column]).fillna("")
    alike = np.zeros(len(rows), bool)
    groups = pd.DataFrame(cells).groupby(list(cells), sort=False, dropna=False)
    for members in groups.indices.values():
        kept: list[str] = []
        for n in sorted(members):
            text = words.iloc[n].strip().casefold()
            latest = kept[-_MOST_COMPARED:]
            alike[n] = any(fuzz.token_set_ratio(text, k) >= _SAME_WORDS for k in latest)
            if not alike[n]:
                kept.append(text)
    return alike
