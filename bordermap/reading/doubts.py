"""What looks wrong in a table though each cell can be read: told, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.counts import counted
from bordermap.geo import repeats
from bordermap.reading.distinct import as_text, distinct

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from bordermap.reading.findings import Findings

__all__ = ["find_doubts", "named_days"]

# One spot on so many rows, and under so many names, is a placeholder.
_PLACEHOLDER_ROWS = 20
_PLACEHOLDER_NAMES = 3
# So many busy spots are a large table's towns, not placeholders.
_MOST_SPOTS = 50
# A day of an address or a source so close to a year off is the same day of another year.
_YEAR_OFF_DAYS = 10
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NAMED = r"\b(?:on|of|the|this|last|night|morning)\s+((?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
_URL_DAY = r"(?:^|[^0-9])((?:19|20)\d{2})[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?:[^0-9]|$)"


def find_doubts(
    frame: gpd.GeoDataFrame, raw: pd.DataFrame, keep: NDArray[np.intp], findings: Findings, *,
    named: NDArray[np.bool_], spot: NDArray[np.intp] | None,
) -> None:  # fmt: skip
    """Note rows that look doubtful.

    ``named`` is what `named_days` found of all rows, ``spot`` what `positions` did.

    Looked for are one point on many rows, days off by a year against the
    source's day, the address or a year column, and texts that name a weekday
    that is not their date's.
    """
    if not len(keep):
        return
    good = frame.iloc[keep] if len(keep) < len(frame) else frame
    _one_point(good, keep, findings, None if spot is None else spot[keep])
    _year_column(good, raw, keep, findings)
    _year_off(good, keep, findings)
    _weekday(good, keep, findings, np.flatnonzero(named[keep]))


def _one_point(
    frame: gpd.GeoDataFrame, keep: NDArray[np.intp], findings: Findings,
    spots: NDArray[np.intp] | None,
) -> None:  # fmt: skip
    import shapely

    shapes = frame.geometry.to_numpy()
    points = np.flatnonzero(shapely.get_type_id(shapes) == 0)
    if len(points) < _PLACEHOLDER_ROWS:
        return
    if spots is None:
        spot = repeats(shapely.get_x(shapes[points]), shapely.get_y(shapes[points]))[1]
    else:
        spot = spots[points]
    many = np.flatnonzero(np.bincount(spot) >= _PLACEHOLDER_ROWS)
    if len(many) >= _MOST_SPOTS:
        return
    place = distinct(frame["place"].iloc[points], strip=False)[0] if "place" in frame else None
    # In the order in which they occur.
    for number in sorted(many, key=lambda n: int((spot == n).argmax())):
        rows = np.flatnonzero(spot == number)
        names = 0 if place is None else int((np.unique(place[rows]) >= 0).sum())
        if 0 < names < _PLACEHOLDER_NAMES:
            continue
        point = shapes[points[rows[0]]]
        under = f" under {counted(names, 'name')}" if names else ""
        findings.doubt(
            keep[points[rows]],
            "lat",
            f"rows at one point {point.y:g}, {point.x:g}{under}; is it a placeholder?",
        )


def _year_column(
    frame: gpd.GeoDataFrame, raw: pd.DataFrame, keep: NDArray[np.intp], findings: Findings
) -> None:
    import pandas as pd

    column = next((c for c in raw.columns if str(c).strip().lower() == "year"), None)
    if column is None:
        return
    codes, texts = distinct(raw[column], strip=False)
    years = np.append(pd.to_numeric(pd.Series(texts, dtype="str"), errors="coerce"), np.nan)
    said = years[codes][keep]
    dated = frame["date_start"].dt.year.to_numpy(float, na_value=np.nan)
    wrong = np.isfinite(said) & np.isfinite(dated) & (said != dated)
    wrong &= frame["date_end"].dt.year.to_numpy(float, na_value=np.nan) != said
    findings.doubt(keep[wrong], str(column), "of another year than their date")


def _year_off(frame: gpd.GeoDataFrame, keep: NDArray[np.intp], findings: Findings) -> None:
    start = frame["date_start"]
    off = np.zeros(len(frame), bool)
    if "source_date" in frame:
        off |= _about_a_year(start, frame["source_date"])
    if "source_url" in frame and bool(frame["source_url"].notna().any()):
        off |= _about_a_year(start, _days_of(frame["source_url"]))
    exact = frame["date_precision"].isin(["day", "week"]).to_numpy()
    findings.doubt(keep[off & exact], "date_start", "a year off the day of their source")


def _about_a_year(one: pd.Series, other: pd.Series) -> NDArray[np.bool_]:
    apart = (other - one).dt.days.abs().to_numpy(float, na_value=np.nan)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.abs(apart - 365.25) <= _YEAR_OFF_DAYS)


def _days_of(addresses: pd.Series) -> Any:
    """Return the days that addresses hold, as 2024/06/20, 2024-06-20 or 20240620."""
    import pandas as pd

    codes, texts = distinct(addresses, strip=False)
    parts = pd.Series(texts, dtype="str").str.extract(_URL_DAY)
    text = parts[0] + "-" + parts[1] + "-" + parts[2]
    days = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce").astype("datetime64[s]")
    by_row = np.append(days.to_numpy(), np.datetime64("NaT", "s"))[codes]
    return pd.Series(by_row, index=addresses.index)


def _words(frame: pd.DataFrame) -> str | None:
    """Return the column whose words are looked through for weekdays."""
    return next((c for c in ("summary", "quote", "title") if c in frame), None)


def named_days(frame: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which rows' words hold "day": few, found before anything is copied or matched."""
    column = _words(frame)
    if column is None:
        return np.zeros(len(frame), bool)
    # As a pattern it takes Arrow a quarter of the time that it takes as a plain string.
    found = as_text(frame[column]).str.contains("day", regex=True, na=False)
    return np.asarray(found.to_numpy(bool))


def _weekday(
    frame: gpd.GeoDataFrame, keep: NDArray[np.intp], findings: Findings, named: NDArray[np.intp]
) -> None:
    """Note rows whose words name one weekday, and another than that of their one day."""
    column = _words(frame)
    if column is None:
        return
    sure = (frame["date_precision"] == "day") & (frame["date_start"] == frame["date_end"])
    named = named[sure.to_numpy(bool)[named]]
    if not len(named):
        return
    found = as_text(frame[column].iloc[named]).str.lower().str.findall(_NAMED)
    wrong = []
    for row, names in zip(named, found, strict=True):
        days = {_WEEKDAYS.index(name) for name in names}
        if len(days) == 1 and days != {int(frame["date_start"].iloc[row].weekday())}:
            wrong.append(row)
    findings.doubt(keep[np.array(wrong, dtype=np.intp)], column,
                   "naming a weekday that is not their date's")  # fmt: skip
