"""Longitudes and latitudes as people write them: degrees, minutes, letters, pairs, MGRS."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.reading.distinct import distinct
from bordermap.reading.mgrs import from_mgrs

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from bordermap.reading.findings import Findings

    Floats = NDArray[np.float64]

__all__ = ["UNKNOWN_WORDS", "read_angle", "read_pair", "split_pairs", "two_columns"]

UNKNOWN_WORDS = frozenset(
    {"unknown", "n/a", "na", "n.a.", "none", "null", "nan", "nil", "-", "--", "?", "??", "tbd",
     "not available", "not known", "unspecified", "미상", "불명", "없음"}
)  # fmt: skip
"""What people write into a cell to say that they do not know."""

_LONGEST = 80
_NUMBER = r"\d{1,3}(?:[.,]\d+)?"
_ANGLE = re.compile(
    rf"(?P<h>[NSEWnsew])?\s*(?P<sign>[-+−])?\s*(?P<d>{_NUMBER})\s*(?:°|º|deg\.?|d)?"
    r"(?:[\s:]*(?P<m>\d{1,2}(?:[.,]\d+)?)\s*(?:'|’|′|min\.?|m)?"
    r"(?:[\s:]*(?P<s>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|”|″|''|’’|sec\.?|s(?![A-Za-z]))?)?)?"
    r"\s*(?P<t>[NSEWnsew])?",
    re.ASCII,
)


def read_angle(text: str) -> tuple[float, str] | None:
    r"""Return degrees and the axis that a letter tells (``lat``, ``lon`` or ""), or None.

    Examples
    --------
    >>> read_angle("37°57'03.6\"N")
    (37.951, 'lat')
    >>> read_angle("126,677")
    (126.677, '')
    """
    text = text.strip()
    found = _ANGLE.fullmatch(text) if len(text) <= _LONGEST else None
    if not found or (found["h"] and found["t"]):
        return None
    degrees, minutes, seconds = (
        float((found[g] or "0").replace(",", ".")) for g in ("d", "m", "s")
    )
    whole_first = found["m"] is None or degrees.is_integer()
    whole_second = found["s"] is None or minutes.is_integer()
    if minutes >= 60 or seconds >= 60 or not whole_first or not whole_second:
        return None
    letter = (found["h"] or found["t"] or "").upper()
    if letter and found["sign"]:
        return None
    value = degrees + minutes / 60 + seconds / 3600
    negative = letter in {"S", "W"} or (found["sign"] or "") in {"-", "−"}
    axis = "lat" if letter in {"N", "S"} else "lon" if letter else ""
    return round(-value if negative else value, 9), axis


def read_pair(text: str) -> tuple[float, float, float | None] | str:
    """Return longitude, latitude and radius (metres, MGRS only) of one cell, or a reason.

    Read are pairs with letters (``38N 127E``), pairs of decimals of which only one
    can be a latitude, and grid references.
    """
    text = text.strip().strip("()[]").strip()
    if len(text) > _LONGEST:
        return "is no pair of coordinates"
    square = from_mgrs(text)
    if square:
        return square
    halves = _halves(text)
    return _ordered(*halves) if halves else "is no pair of coordinates"


def _ordered(
    first: tuple[float, str], second: tuple[float, str]
) -> tuple[float, float, float | None] | str:
    """Return the angles as longitude and latitude, where letters or size tell which is which."""
    (one, letter), (two, other) = first, second
    if {letter, other} == {"lat", "lon"}:
        return (two, one, None) if letter == "lat" else (one, two, None)
    if not letter and not other:
        if abs(one) <= 90 < abs(two) <= 180:
            return two, one, None
        if abs(two) <= 90 < abs(one) <= 180:
            return one, two, None
        if max(abs(one), abs(two)) <= 90:
            return "does not tell which is the latitude"
    return "is no pair of coordinates"


def _halves(text: str) -> tuple[tuple[float, str], tuple[float, str]] | None:
    lettered = re.fullmatch(
        r"(?:([^NSEWnsew]+[NSEWnsew])[\s,;/]*([^NSEWnsew]+[NSEWnsew])"
        r"|([NSEWnsew][^NSEWnsew]+?)[\s,;/]*([NSEWnsew][^NSEWnsew]+))",
        text,
    )
    if lettered:
        parts = [p for p in lettered.groups() if p]
    else:
        cut = ";" if ";" in text else "," if text.count(",") == 1 else None
        cut = ", " if cut is None and text.count(", ") == 1 else cut
        parts = text.split(cut) if cut else text.replace("/", " ").split()
    if len(parts) != 2:
        return None
    one, two = read_angle(parts[0].strip(" ,;/")), read_angle(parts[1].strip(" ,;/"))
    return (one, two) if one and two else None


def two_columns(frame: pd.DataFrame, findings: Findings) -> tuple[Floats, Floats]:
    """Return longitude and latitude of the columns ``lon`` and ``lat``; NaN where empty.

    Decimal commas and degrees with minutes are read and told as repairs, and so
    are words for "unknown". What is out of range is a fault.
    """
    lat = _axis(frame["lat"], "lat", findings)
    lon = _axis(frame["lon"], "lon", findings)
    return lon, lat


def _axis(values: pd.Series, axis: str, findings: Findings) -> Floats:
    import pandas as pd

    codes, texts = distinct(values, strip=False)
    plain = pd.to_numeric(pd.Series(texts, dtype="str"), errors="coerce").to_numpy(float)
    plain = np.where(np.isfinite(plain), plain, np.nan)
    odd = np.flatnonzero(np.isnan(plain))
    say: dict[str, list[int]] = {}
    for n in odd.tolist():
        text = texts[n].strip()
        read = read_angle(text)
        if text.lower() in UNKNOWN_WORDS or not text:
            say.setdefault("read as not known", []).append(n)
        elif read is None:
            say.setdefault("bad", []).append(n)
        elif read[1] not in {"", axis}:
            say.setdefault("axis", []).append(n)
        else:
            plain[n] = read[0]
            comma = bool(re.fullmatch(r"\s*[-+]?\d+,\d+\s*", text))
            what = "decimal commas" if comma else "degrees with letters or minutes"
            say.setdefault(f"read from {what}", []).append(n)
    what = "a latitude" if axis == "lat" else "a longitude"
    other = "longitude" if axis == "lat" else "latitude"
    for key, found in sorted(say.items()):
        rows = np.isin(codes, found)
        if key == "bad":
            findings.fault(rows, axis, values, "is not a number", f"give {what} as 37.95")
        elif key == "axis":
            findings.fault(rows, axis, values, f"is a {other} by its letter",
                           "exchange the columns' names")  # fmt: skip
        else:
            findings.repair(rows, axis, key)
    by_row: Floats = np.append(plain, np.nan)[codes]
    return by_row


def split_pairs(values: pd.Series, column: str, findings: Findings) -> tuple[Floats, Floats, Any]:
    """Return longitude, latitude and radius of a column of pairs or grid references."""
    codes, texts = distinct(values)
    lon, lat, radius = (np.full(len(texts) + 1, np.nan) for _ in range(3))
    unknown: list[int] = []
    reasons: dict[str, list[int]] = {}
    for n, text in enumerate(texts):
        if text.lower() in UNKNOWN_WORDS:
            unknown.append(n)
            continue
        read = read_pair(text)
        if isinstance(read, str):
            reasons.setdefault(read, []).append(n)
        else:
            lon[n], lat[n] = read[:2]
            radius[n] = np.nan if read[2] is None else read[2]
    findings.repair(np.isin(codes, unknown), column, "read as not known")
    for reason, found in sorted(reasons.items()):
        remedy = "write it as 37.95N 126.68E, or give lat and lon in two columns"
        findings.fault(np.isin(codes, found), column, values, reason, remedy)
    return lon[codes], lat[codes], radius[codes]
