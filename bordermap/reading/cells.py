"""What stands in a table's cells: numbers, choices, text; and what is wrong with them.

Each function takes a column of strings and returns values; its distinct texts
are read once each. Nothing is guessed in silence.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import numpy as np

from bordermap.reading.coordinates import UNKNOWN_WORDS
from bordermap.reading.distinct import by_category, coded, distinct, is_coded

if TYPE_CHECKING:
    import pandas as pd

    from bordermap.reading.findings import Findings

__all__ = ["choices", "numbers", "quantities", "texts"]

_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:([,' \u00a0\u202f])\d{3}(?:\1\d{3})*)(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+")


def numbers(
    values: pd.Series, column: str, findings: Findings, *, low: float, high: float, what: str
) -> pd.Series:
    """Return a column of floats in a range; empty cells are NaN.

    Thousands separators and decimal commas are read where they can only be that.
    """
    import pandas as pd

    codes, texts = distinct(values)
    plain = pd.to_numeric(pd.Series(texts, dtype="str"), errors="coerce").to_numpy(float)
    plain = np.where(np.isfinite(plain), plain, np.nan)
    repaired: dict[str, list[int]] = {}
    bad = []
    for n in np.flatnonzero(np.isnan(plain)):
        text = texts[n]
        if text.lower() in UNKNOWN_WORDS:
            repaired.setdefault("read as not known", []).append(int(n))
        elif _THOUSANDS.fullmatch(text):
            plain[n] = float(re.sub(r"[,' \u00a0\u202f]", "", text))
            repaired.setdefault("read without thousands separators", []).append(int(n))
        elif _DECIMAL_COMMA.fullmatch(text):
            plain[n] = float(text.replace(",", "."))
            repaired.setdefault("read from decimal commas", []).append(int(n))
        else:
            bad.append(int(n))
    findings.fault(np.isin(codes, bad), column, values, "is not a number", f"give {what} as 37.95")
    for how, found in sorted(repaired.items()):
        findings.repair(np.isin(codes, found), column, how)
    by_row = np.append(plain, np.nan)[codes]
    with np.errstate(invalid="ignore"):
        off = (by_row < low) | (by_row > high)
    remedy = (
        f"give {what}, {low:g} to {high:g}"
        if np.isfinite(high)
        else f"give {what}, {low:g} or more"
    )
    findings.fault(off, column, values, f"is not {what} in its range", remedy)
    return pd.Series(np.where(off, np.nan, by_row), index=values.index)


def choices(
    values: pd.Series, column: str, findings: Findings, allowed: tuple[str, ...]
) -> pd.Series:
    """Return a column of a closed choice, lower-cased, as categories; empty cells are missing."""
    codes, said = distinct(values)
    folded = [re.sub(r"[\s-]+", "_", text.lower()) for text in said]
    wrong = [n for n, text in enumerate(folded) if text not in allowed]
    findings.fault(
        np.isin(codes, wrong), column, values, "is not a known value",
        f"use one of {', '.join(allowed)}",
    )  # fmt: skip
    known = [text if text in allowed else None for text in folded]
    return coded(known, codes, values.index)


def texts(values: pd.Series) -> pd.Series:
    """Return a column of text as it is; blank cells are missing."""
    if is_coded(values):
        return by_category(values, texts)
    blank = values.str.isspace()
    return values.mask(blank.fillna(False).astype(bool)) if bool(blank.any()) else values


def quantities(values: pd.Series, column: str, findings: Findings) -> pd.Series:
    """Return JSON objects of counts with their keys sorted, as categories."""
    codes, said = distinct(values)
    bad, read = [], []
    for n, text in enumerate(said):
        try:
            value = json.loads(text, parse_constant=lambda _: None)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            bad.append(n)
        read.append(json.dumps(value, sort_keys=True, ensure_ascii=False))
    findings.fault(
        np.isin(codes, bad), column, values, "is no JSON object", 'write it as {"balloons": 20}'
    )
    wrong = set(bad)
    known = [None if n in wrong else text for n, text in enumerate(read)]
    return coded(known, codes, values.index)
