"""A source's codes as values of ours: kinds, precisions, radii, counts, titles."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import numpy as np

from bordermap.geo import repeats
from bordermap.reading.distinct import as_text, coded, distinct, is_coded

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from bordermap.reading.findings import Findings
    from bordermap.reading.mapping import SourceMapping, Values

__all__ = ["coded_columns"]

_FEW_COMBINED = 1000


def coded_columns(
    frame: pd.DataFrame, mapping: SourceMapping, findings: Findings
) -> dict[str, pd.Series]:
    """Return our columns that a mapping makes out of a source's codes.

    Parameters
    ----------
    frame
        The file's columns under their plain names, text.
    mapping
        What the codes mean.
    findings
        Where codes that the codebook does not have are noted.
    """
    made = {
        ours: _from_codes(frame, rule, findings)
        for ours, rule in mapping.values.items()
        if any(c in frame for c in rule.columns)
    }
    for ours, theirs in mapping.join.items():
        there = [frame[c] for c in theirs if c in frame]
        if there:
            made[ours] = _joined(there)
    counts = {key: frame[c] for key, c in mapping.counts.items() if c in frame}
    if counts:
        made["quantities"] = _counts(counts, findings, mapping)
    return made


def _from_codes(frame: pd.DataFrame, rule: Values, findings: Findings) -> pd.Series:
    ours: dict[str, int] = {}
    number = np.full(len(frame), -1)
    for column in (c for c in rule.columns if c in frame):
        codes, texts = distinct(frame[column], strip=False)
        meant = [rule.of(t) for t in texts]
        strange = [n for n, m in enumerate(meant) if m is None and texts[n].strip()]
        if strange and rule.strict:
            known = ", ".join(rule.values)
            findings.fault(np.isin(codes, strange), column, frame[column],
                           "is no code of this source", f"use one of {known}")  # fmt: skip
        own = [-1 if m is None else ours.setdefault(m, len(ours)) for m in meant]
        number = np.where(number < 0, np.array([*own, -1])[codes], number)
    if rule.default is not None:
        number[number < 0] = ours.setdefault(rule.default, len(ours))
    return coded(list(ours), number, frame.index)


def _joined(columns: list[pd.Series]) -> pd.Series:
    """Return the texts joined by a comma; blank ones are left out."""
    if all(is_coded(c) for c in columns):
        first, number = _combined([c.cat.codes.to_numpy() for c in columns])
        once = _joined([as_text(c.iloc[first]) for c in columns])
        return coded(once.array, number, columns[0].index)
    joined, *others = (as_text(c) for c in columns)
    for column in others:
        # Not str.cat(), which goes through Python's strings one by one.
        joined = (joined + ", " + column).fillna(joined).fillna(column)
    return joined


def _combined(codes: list[NDArray[np.integer]]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return what `repeats` does, in no order, for whole numbers from -1 that combine to few."""
    whole = np.zeros(len(codes[0]), np.int64)
    kinds = 1
    for column in codes:
        most = int(column.max(initial=-1)) + 2
        if kinds * most > max(len(whole), _FEW_COMBINED):
            return repeats(*codes)
        whole = whole * most + column + 1
        kinds *= most
    first = np.full(kinds, -1, np.intp)
    first[whole] = np.arange(len(whole))
    there = first >= 0
    return first[there], (np.cumsum(there) - 1)[whole]


def _counts(counts: dict[str, pd.Series], findings: Findings, mapping: SourceMapping) -> pd.Series:
    """Return JSON objects of whole counts, keys sorted; counts that are not given are left out."""
    keys = sorted(counts)
    values = {}
    for key in keys:
        codes, said = distinct(counts[key], strip=False)
        whole = [_whole(text) for text in said]
        bad = [n for n, w in enumerate(whole) if w is None and said[n].strip()]
        findings.fault(np.isin(codes, bad), mapping.counts[key], counts[key], "is no count",
                       "give a whole number")  # fmt: skip
        values[key] = np.array([*(np.nan if w is None else w for w in whole), np.nan])[codes]
    first, number = repeats(*values.values())
    texts = []
    for row in first:
        known = {k: int(values[k][row]) for k in keys if np.isfinite(values[k][row])}
        texts.append(json.dumps(known) if known else None)
    return coded(texts, number, counts[keys[0]].index)


def _whole(cell: str) -> int | None:
    """Return a count as GED and ACLED write it (3, 3.0), up to a billion."""
    found = re.fullmatch(r"\s*(\d{1,9})(?:\.0*)?\s*", cell, re.ASCII)
    return int(found[1]) if found else None
