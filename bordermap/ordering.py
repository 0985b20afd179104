"""The order of an incident table: by first day, unknown ones last, then by id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["incident_order", "sort_incidents"]

_DAY_SECONDS = 86_400
_Frame = TypeVar("_Frame", bound="pd.DataFrame")


def sort_incidents(incidents: _Frame) -> _Frame:
    """Return the table sorted by ``date_start`` (unknown last), then ``id``, rows renumbered."""
    if _in_order(incidents):
        return incidents.reset_index(drop=True)
    ordered = incidents.iloc[incident_order(incidents)].reset_index(drop=True)
    return cast("_Frame", ordered)


def _in_order(incidents: pd.DataFrame) -> bool:
    """Whether the rows stand as `incident_order` would put them, told without sorting."""
    days = _days_unknown_last(incidents)
    if bool((days[1:] < days[:-1]).any()):
        return False
    ties = days[1:] == days[:-1]
    if not bool(ties.any()):
        return True
    ids = incidents["id"]
    later = ids.iloc[1:].reset_index(drop=True)
    ahead = ids.iloc[:-1].reset_index(drop=True)
    return not bool(((later < ahead).to_numpy(bool) & ties).any())


def incident_order(incidents: pd.DataFrame) -> Any:
    """Return the positions of the rows by ``date_start`` (unknown last), then ``id``."""
    import numpy as np

    # Two stable sorts: sort_values by two columns takes four times as long for a million rows.
    by_id = incidents["id"].argsort(kind="stable").to_numpy()
    return by_id[np.argsort(_short(_days_unknown_last(incidents))[by_id], kind="stable")]


def _short(seconds: Any) -> Any:
    """Return whole days as 16 bits, which sort five times as fast, where that many hold them."""
    import numpy as np

    if not len(seconds):
        return seconds
    first, last = int(seconds.min()), int(seconds.max())
    if last - first >= _DAY_SECONDS << 16:
        return seconds
    days, rest = np.divmod(seconds - first, _DAY_SECONDS)
    return seconds if bool(rest.any()) else days.astype(np.uint16)


def _days_unknown_last(incidents: pd.DataFrame) -> Any:
    """Return first days as whole numbers that sort as days do, the highest where unknown."""
    import numpy as np

    days = incidents["date_start"].to_numpy("datetime64[s]").view("int64")
    # Not a time is the lowest integer; as the highest it comes last.
    return np.where(days == np.iinfo(np.int64).min, np.iinfo(np.int64).max, days)
