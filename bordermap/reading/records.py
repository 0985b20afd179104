"""From raw columns, whatever they are called, to the incident table."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.reading.cells import choices, numbers, quantities, texts
from bordermap.reading.codes import coded_columns
from bordermap.reading.dates import days
from bordermap.reading.distinct import as_text
from bordermap.reading.doubts import find_doubts, named_days
from bordermap.reading.duplicates import find_duplicates, has_unique_ids
from bordermap.reading.findings import Fault, Findings
from bordermap.reading.how import How
from bordermap.reading.kept import in_order, leave_out, with_geometry
from bordermap.reading.mapping import plain
from bordermap.reading.plan import POSITION, Plan, check_plan, plan_for
from bordermap.reading.positions import as_discs, positions
from bordermap.reading.raw import RawTable
from bordermap.reading.rejects import reject_table
from bordermap.reading.result import Reading
from bordermap.reading.structured import frame_of_values
from bordermap.table import COLUMNS, as_incidents

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["as_reading", "read_table"]

_DAYS = ("date_start", "date_end", "source_date")


def as_reading(
    raw: pd.DataFrame, *, name: str, geometry: Any = None, skip: bool = False, first_row: int = 2,
    how: How | None = None,
) -> Reading:  # fmt: skip
    """Return the raw rows as incidents.

    Parameters
    ----------
    raw
        Strings or other values under the file's own column names.
    name
        The file's name, for messages.
    geometry
        Shapely geometries of the rows in EPSG:4326, where the format has them.
    skip
        Set rows with faults aside instead of stopping at the first.
    first_row
        The number that the first data row has in the file.
    how
        What else the user said; its ``skip`` counts too.

    Raises
    ------
    InputError
        A needed column is missing, or, unless ``skip``, a value cannot be read.
    """
    cells = raw.set_axis([str(c) for c in raw.columns], axis=1).astype(object)
    values: list[dict[str, Any]] = cells.where(raw.notna().to_numpy(), None).to_dict("records")  # type: ignore[assignment]
    frame = frame_of_values(values, name).reindex(columns=cells.columns)
    numbers = np.arange(len(frame), dtype=np.int64) + first_row
    table = RawTable(name=name, cells=frame, numbers=numbers, geometry=geometry)
    return read_table(table, how or How(skip=skip), skip=skip)


def read_table(raw: RawTable, how: How, *, skip: bool = False) -> Reading:
    """Return a raw table as incidents, with what was found on the way."""
    plan = plan_for(raw.cells.columns, how, raw.name)
    check_plan(plan, raw.name, has_geometry=raw.geometry is not None)
    findings = Findings(raw.name, raw.numbers, columns=dict(plan.columns))
    _note_ragged(raw, findings)
    ours = _ours(raw, plan, findings)
    with ThreadPoolExecutor(max_workers=1) as aside:
        # Arrow looks through long columns without Python's lock, while the others are read.
        unique = aside.submit(has_unique_ids, ours)
        named = aside.submit(named_days, ours)
        columns = _typed_columns(ours, plan, findings)
        placed = positions(ours, raw.geometry, findings, how)
    if np.isfinite(placed.radius_m).any() and "radius_m" not in columns:
        columns["radius_m"] = placed.radius_m
    if not (skip or how.skip):
        findings.raise_first()
    shapes = placed.shapes
    if plan.mapping and {"precision", "radius_m"} <= set(columns):
        shapes = as_discs(shapes, columns["precision"], columns["radius_m"])
    frame = with_geometry(columns, shapes, ours.index)
    kept = np.ones(len(frame), bool)
    kept[findings.bad_rows()] = False
    keep = np.flatnonzero(kept)
    ids_differ = unique.result()
    merged = find_duplicates(frame, raw.cells, keep, how.merge, findings, ids_differ=ids_differ)
    kept[merged] = False
    keep = np.flatnonzero(kept)
    find_doubts(frame, raw.cells, keep, findings, named=named.result(), spot=placed.spot)
    rejects = reject_table(raw, findings)
    told = (raw.name, len(raw.cells), raw.notes)
    # A large table is copied into its order column by column, each old one let go.
    del raw, ours, frame
    leave_out(columns, shapes, keep, how.only)
    good = with_geometry(*in_order(columns, shapes, keep))
    name, rows_read, notes = told
    return Reading(
        name=name,
        incidents=as_incidents(good, name=name),
        rejects=rejects,
        rows_read=rows_read,
        rows_repaired=int(findings.repaired[keep].sum()),
        rows_merged=len(merged),
        has_unique_ids=ids_differ and bool(good["id"].notna().all()),
        source=plan.mapping.id if plan.mapping else None,
        notes=notes,
        repairs=tuple(findings.repairs),
        doubts=tuple(findings.doubts),
    )


def _note_ragged(raw: RawTable, findings: Findings) -> None:
    width = len(raw.cells.columns)
    findings.faults += [
        Fault(
            row=row.row, order=0, column="", value=row.surplus,
            reason=f"{row.cells} cells where the header has {width}",
            remedy='quote cells that hold the delimiter ("a, b")',
        )
        for row in raw.ragged
    ]  # fmt: skip


def _ours(raw: RawTable, plan: Plan, findings: Findings) -> pd.DataFrame:
    """Return the file's columns under our names, those made from codes, and the rest."""
    import pandas as pd

    columns: dict[str, pd.Series] = {o: raw.cells[t] for o, t in plan.columns.items()}
    columns |= {
        kept: _as_numbers(raw.cells[theirs]) if theirs in raw.numeric else raw.cells[theirs]
        for theirs, kept in plan.rest.items()
    }
    if plan.mapping:
        for ours, cut in plan.mapping.first_of.items():
            if ours in columns:
                columns[ours] = as_text(columns[ours]).str.partition(cut)[0].astype("str")
        theirs = raw.cells.set_axis([plain(c) for c in raw.cells.columns], axis=1)
        theirs = theirs.loc[:, ~theirs.columns.duplicated()]
        findings.columns |= {plain(c): str(c) for c in raw.cells.columns
                             if plain(c) not in findings.columns}  # fmt: skip
        for ours, made in coded_columns(theirs, plan.mapping, findings).items():
            # What the user tells goes before what a mapping makes.
            if ours not in plan.columns:
                columns[ours] = made
    return pd.DataFrame(columns, index=raw.cells.index)


def _as_numbers(values: pd.Series) -> pd.Series:
    import pandas as pd

    return pd.to_numeric(values, errors="coerce")


def _typed_columns(frame: pd.DataFrame, plan: Plan, findings: Findings) -> dict[str, Any]:
    columns = _dates(frame, plan, findings)
    for column in frame.columns:
        if column in _DAYS or column in POSITION:
            continue
        known = COLUMNS.get(column)
        values = frame[column]
        if known is None:
            columns[column] = values
        elif known.choices:
            picked = choices(values, column, findings, known.choices)
            columns[column] = _filled(picked, columns[column]) if column in columns else picked
        elif known.dtype in {"float64", "Int64"}:
            high = 1.0 if column.startswith("p_") or column == "place_score" else np.inf
            low = -180.0 if column.startswith("nearest_") else 0.0
            columns[column] = numbers(values, column, findings, low=low, high=high, what="a number")
        elif column == "quantities":
            columns[column] = quantities(values, column, findings)
        elif column == "time_local" and column in columns:
            columns[column] = _filled(texts(values), columns[column])
        else:
            columns[column] = texts(values)
    if "kind" not in columns:
        columns["kind"] = "other"
    return columns


def _filled(texts: pd.Series, others: pd.Series) -> pd.Series:
    """Return texts with the others where they are missing."""
    return as_text(texts).fillna(as_text(others)) if bool(texts.isna().any()) else texts


def _dates(frame: pd.DataFrame, plan: Plan, findings: Findings) -> dict[str, Any]:
    dates = days(frame["date_start"], "date_start", findings)
    given_end = "date_end" in frame
    ends = days(frame["date_end"], "date_end", findings) if given_end else dates
    columns: dict[str, Any] = {"date_start": dates["start"]}
    columns["date_end"] = ends["end"].fillna(dates["end"])
    early = columns["date_end"] < columns["date_start"]
    if given_end:
        findings.fault(early, "date_end", frame["date_end"], "is before its start", "swap them")
    if "source_date" in frame:
        columns["source_date"] = days(frame["source_date"], "source_date", findings)["start"]
    columns["date_precision"] = dates["precision"]
    if bool(dates["time"].notna().any()):
        columns["time_local"] = dates["time"]
    if plan.mapping and plan.mapping.spread and "date_precision" in frame:
        start, end = _spread(columns, frame["date_precision"])
        columns |= {"date_start": start, "date_end": end}
    return columns


def _spread(columns: dict[str, Any], precision: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return first and last days of dates that stand for the week or month around them."""
    import pandas as pd

    start, end = columns["date_start"], columns["date_end"]
    first = start.to_numpy("datetime64[s]", copy=True)
    last = end.to_numpy("datetime64[s]", copy=True)
    half = np.timedelta64(3, "D")
    week, month = (precision == "week").to_numpy(bool), (precision == "month").to_numpy(bool)
    last[week] = first[week] + half
    first[week] -= half
    months = first[month].astype("datetime64[M]")
    first[month] = months
    last[month] = (months + 1).astype("datetime64[D]") - 1
    return pd.Series(first, index=start.index), pd.Series(last, index=start.index)
