"""A source's codes as values of ours: kinds, precisions, radii, counts, titles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from bordermap.reading.findings import Findings
    from bordermap.reading.mapping import SourceMapping, Values

__all__ = ["coded_columns"]


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
    import pandas as pd

    result = pd.Series(pd.NA, index=frame.index, dtype="str")
    for column in (c for c in rule.columns if c in frame):
        codes, uniques = pd.factorize(frame[column])
        meant = [rule.of(str(u)) for u in uniques]
        strange = [n for n, m in enumerate(meant) if m is None and str(uniques[n]).strip()]
        if strange and rule.strict:
            known = ", ".join(rule.values)
            findings.fault(np.isin(codes, strange), column, frame[column],
                           "is no code of this source", f"use one of {known}")  # fmt: skip
        values = pd.Series([*meant, None], dtype="str").iloc[codes].set_axis(frame.index)
        result = values if bool(result.isna().all()) else result.fillna(values)
    return result.fillna(rule.default) if rule.default is not None else result


def _joined(columns: list[pd.Series]) -> pd.Series:
    """Return the texts joined by a comma; blank ones are left out."""
    joined = columns[0]
    for column in columns[1:]:
        both = joined.str.cat(column, sep=", ")
        joined = both.fillna(joined).fillna(column)
    return joined


def _counts(counts: dict[str, pd.Series], findings: Findings, mapping: SourceMapping) -> pd.Series:
    """Return JSON objects of whole counts, keys sorted; counts that are not given are left out."""
    import pandas as pd

    frame = pd.DataFrame(counts)
    keys = sorted(counts)
    codes = pd.Series(0, index=frame.index)
    for key in keys:
        codes = codes * (frame[key].nunique(dropna=False) + 1) + pd.factorize(frame[key])[0] + 1
        codes = pd.Series(pd.factorize(codes)[0], index=frame.index)
    first = ~codes.duplicated()
    texts = []
    for row in frame[first][keys].itertuples(index=False):
        pairs = {k: _whole(v) for k, v in zip(keys, row, strict=True)}
        known = {k: v for k, v in pairs.items() if v is not None}
        texts.append(json.dumps(known) if known else None)
    for key in keys:
        cells = frame[key]
        wrong = cells.notna() & ~cells.str.fullmatch(r"\s*(\d+(\.0*)?)?\s*").fillna(True).astype(
            bool
        )
        findings.fault(wrong, mapping.counts[key], cells, "is no count", "give a whole number")
    return pd.Series(texts, dtype="str").iloc[codes].set_axis(frame.index)


def _whole(cell: object) -> int | None:
    text = str(cell).strip().split(".")[0] if isinstance(cell, str) else ""
    return int(text) if text.isdecimal() and len(text) < 16 else None
