"""What stands in a table's cells: dates, coordinates, choices; and what is wrong with them.

Each function takes a column of strings and returns values with a note of the
rows that could not be read. Nothing is guessed in silence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from bordermap.errors import InputError, at

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Faults", "choices", "days", "numbers"]


@dataclass(slots=True)
class Faults:
    """What is wrong in a table: one entry a cell, in the order in which it was found.

    ``first_row`` is the number that the first data row has in the file.
    """

    name: str
    first_row: int = 2
    entries: list[tuple[int, str, str, str, str]] = field(default_factory=list)

    def add(
        self, wrong: pd.Series, column: str, values: pd.Series, reason: str, remedy: str
    ) -> None:
        """Note every row where ``wrong`` holds."""
        rows = np.flatnonzero(wrong.to_numpy(bool))
        cells = values.iloc[rows]
        self.entries += [
            (int(row), column, str(cell), reason, remedy)
            for row, cell in zip(rows, cells, strict=True)
        ]

    def rows(self) -> list[int]:
        """Return the faulty rows, each once, ascending from 0."""
        return sorted({row for row, *_ in self.entries})

    def raise_first(self) -> None:
        """Raise the fault of the lowest row, if there is any."""
        if self.entries:
            row, column, value, reason, remedy = min(self.entries)
            where = at(self.name, row=row + self.first_row, column=column, value=value)
            more = len(self.rows()) - 1
            rest = f" ({more} more row{'s' * (more > 1)} with faults)" if more else ""
            raise InputError(f"{where} {reason}; {remedy}{rest}")


_ISO = r"^(?P<y>\d{4})(?:[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?)?(?:[T ]\d{2}:?\d{2}.*)?$"
_NUMERIC = r"^(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y>\d{4})$"
_WORDS = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%d-%b-%Y", "%B %d %Y", "%d-%b-%y")


def days(values: pd.Series, column: str, faults: Faults) -> pd.DataFrame:
    """Return ``start``, ``end`` (datetime64[s]) and ``precision`` of a column of dates.

    Read are ISO days, months and years (2024-06-20, 2024-06, 2024), days with the
    month in words, and numeric days whose order of day and month the column as a
    whole makes certain.
    """
    import pandas as pd

    text = _stripped(values)
    start = pd.Series(pd.NaT, index=values.index, dtype="datetime64[s]")
    precision = pd.Series("unknown", index=values.index, dtype="str")
    iso = text.str.extract(_ISO)
    ymd = (
        iso["y"] + "-" + iso["m"].fillna("1").str.zfill(2) + "-" + iso["d"].fillna("1").str.zfill(2)
    )
    start = start.fillna(_parsed(ymd, "%Y-%m-%d"))
    precision = precision.mask(iso["y"].notna(), "year").mask(iso["m"].notna(), "month")
    precision = precision.mask(iso["d"].notna(), "day")
    start = start.fillna(_numeric(text, column, faults))
    for pattern in _WORDS:
        if not bool((start.isna() & (text != "")).any()):
            break
        start = start.fillna(_parsed(text.where(start.isna()), pattern))
    precision = precision.mask(start.notna() & (precision == "unknown"), "day")
    wrong = (text != "") & start.isna()
    faults.add(wrong, column, values, "is not a date", "write it as 2024-06-20, 2024-06 or 2024")
    end = start.where(precision != "month", start + pd.offsets.MonthEnd(1))
    end = end.where(precision != "year", start + pd.offsets.YearEnd(1)).astype("datetime64[s]")
    return pd.DataFrame(
        {"start": start, "end": end, "precision": precision.where(start.notna(), "unknown")}
    )


def _stripped(values: pd.Series) -> pd.Series:
    """Return the cells as text without blanks around it; numbers as they are written, NA as ""."""
    return values.astype("object").fillna("").astype("str").str.strip()


def _parsed(text: pd.Series, pattern: str) -> pd.Series:
    import pandas as pd

    return pd.to_datetime(text, format=pattern, errors="coerce").astype("datetime64[s]")


def _numeric(text: pd.Series, column: str, faults: Faults) -> pd.Series:
    """Read 20/06/2024 or 06/20/2024, whichever the whole column can only be."""
    import pandas as pd

    parts = text.str.extract(_NUMERIC)
    found = parts["y"].notna()
    if not bool(found.any()):
        return pd.Series(pd.NaT, index=text.index, dtype="datetime64[s]")
    first, second = (pd.to_numeric(parts[c]) for c in ("a", "b"))
    day_first, month_first = bool((first > 12).any()), bool((second > 12).any())
    if day_first == month_first:
        reason = "may be day/month or month/day" if not day_first else "has no one order of parts"
        faults.add(found, column, text, reason, "write dates as 2024-06-20")
        # Read it anyhow, so that the fault is told once: as ambiguous, not as no date.
    order = "%d/%m/%Y" if day_first else "%m/%d/%Y"
    joined = parts["a"].str.zfill(2) + "/" + parts["b"].str.zfill(2) + "/" + parts["y"]
    return _parsed(joined, order)


def numbers(
    values: pd.Series, column: str, faults: Faults, *, low: float, high: float, what: str
) -> pd.Series:
    """Return a column of floats in a range; empty cells are NaN."""
    import pandas as pd

    text = _stripped(values)
    result = pd.to_numeric(text.mask(text == ""), errors="coerce").astype("float64")
    wrong = (text != "") & ~(result.between(low, high))
    faults.add(wrong & result.isna(), column, values, "is not a number", f"give {what} as 37.95")
    remedy = f"give {what}, {low:g} to {high:g}"
    faults.add(wrong & result.notna(), column, values, f"is not {what}", remedy)
    return result.where(~wrong)


def choices(values: pd.Series, column: str, faults: Faults, allowed: tuple[str, ...]) -> pd.Series:
    """Return a column of a closed choice, lower-cased; empty cells are missing."""
    text = _stripped(values)
    folded = text.str.lower().str.replace(r"[\s-]+", "_", regex=True)
    wrong = (text != "") & ~folded.isin(allowed)
    faults.add(wrong, column, values, "is not a known value", f"use one of {', '.join(allowed)}")
    return folded.mask((text == "") | wrong)
