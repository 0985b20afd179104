"""How long and how deep a track stays on one side, and what a later part needs of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

__all__ = ["closest_fixes", "openings", "resumed", "stays_of", "tail_of"]


def stays_of(
    fixes: pd.DataFrame, track: Ints, side: NDArray[np.int8], after: Ints, crossed: Any
) -> tuple[NDArray[np.bool_], pd.DataFrame]:
    """Return each track's stays on one side: whether it is the first, its depth, end, return.

    A stay begins with a track's first fix beyond doubt or with a crossing, and
    ends with the next crossing (``crossed``, its time) or the track's last fix.
    """
    import pandas as pd

    times = fixes["time"].to_numpy()
    opening = openings(track, side)
    begin = np.concatenate([opening, after])
    order = np.argsort(begin, kind="stable")
    begin = begin[order]
    first = np.concatenate([np.ones(len(opening), bool), np.zeros(len(after), bool)])[order]
    follows = np.zeros(len(begin), bool)
    follows[:-1] = ~first[1:]
    last = np.searchsorted(track, track[begin], side="right") - 1
    stop = np.where(follows, np.append(begin[1:], 0) - 1, last)
    end = times[last]
    end[follows] = np.asarray(crossed)
    depth = np.zeros(len(begin))
    if len(begin):
        begins = np.zeros(len(side), np.int64)
        begins[begin] = 1
        d = fixes["distance_m"].to_numpy() * side[begin][np.cumsum(begins) - 1]
        depth = np.maximum.reduceat(np.append(d, 0.0), np.stack([begin, stop + 1], 1).ravel())[::2]
    return first, pd.DataFrame({"depth_m": depth, "end": end, "returned": follows})


def openings(track: Ints, side: NDArray[np.int8]) -> Ints:
    """Return the row of each track's first fix beyond doubt."""
    sure = np.flatnonzero(side)
    first: Ints = sure[np.diff(track[sure], prepend=-1) != 0]
    return first


def resumed(open_crossings: pd.DataFrame, stays: pd.DataFrame) -> pd.DataFrame:
    """Return the carried crossings with what the tracks' first stays of this part add.

    A carried crossing's track always has such a stay: its tail was carried too.
    """
    more = stays.loc[open_crossings["track_id"]]
    return open_crossings.assign(
        depth_m=np.maximum(open_crossings["depth_m"].to_numpy(), more["depth_m"].to_numpy()),
        end=more["end"].to_numpy(),
        returned=more["returned"].to_numpy(),
    )


def closest_fixes(fixes: pd.DataFrame) -> pd.DataFrame:
    """Return one row a track: its fix nearest to the line, the first of several."""
    if not len(fixes):
        return fixes
    rows = abs(fixes["distance_m"]).groupby(fixes["track_id"].to_numpy()).idxmin()
    return fixes.loc[np.sort(rows.to_numpy())]


def tail_of(fixes: pd.DataFrame, track: Ints, side: NDArray[np.int8]) -> pd.DataFrame:
    """Return each track's fixes since its last one beyond doubt, that one included."""
    if not len(fixes):
        return fixes
    rows = np.arange(len(fixes))
    last_sure = np.maximum.accumulate(np.where(side != 0, rows, -1))
    end = np.searchsorted(track, track, side="right") - 1
    begin = np.searchsorted(track, track, side="left")
    return fixes[rows >= np.maximum(last_sure[end], begin)]
