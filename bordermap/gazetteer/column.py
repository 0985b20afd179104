"""Geocode a column: each name once, the index read in one pass."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from bordermap.collector import collected_later
from bordermap.gazetteer.ranking import Context
from bordermap.table import AREA_PRECISIONS, Precision

if TYPE_CHECKING:
    import pandas as pd

    from bordermap.gazetteer.book import Gazetteer
    from bordermap.gazetteer.match import Match, Resolution

__all__ = ["alternatives_json", "geocode_column", "resolved_row"]

_ANYWHERE = Context()
# Names resolved at a time: what is held of them meanwhile is many times their rows.
_AT_ONCE = 10_000
_COLUMNS = (
    "place_id", "place_name", "place_name_ko", "lon", "lat", "radius_m", "precision", "country",
    "place_score", "place_alternatives", "two_sides", "is_area",
)  # fmt: skip
_Row = tuple[str | float | bool | None, ...]
_NOTHING: _Row = (None, None, None, None, None, None, None, None, None, None, False, False)


def geocode_column(
    names: pd.Series,
    *,
    gazetteer: Gazetteer,
    contexts: Sequence[Context] | None = None,
    countries: Collection[str | None] | None = None,
) -> pd.DataFrame:
    """Return what each name means, one row a name, on the index of ``names``.

    Parameters
    ----------
    names
        n names; missing ones give a missing row.
    gazetteer
        Where to look.
    contexts
        What else is known of each, n of them; a pair of name and context is
        resolved once.
    countries
        ISO codes to which answers are limited; see `Gazetteer.resolve_all`.

    Returns
    -------
    Columns ``place_id``, ``place_name``, ``place_name_ko``, ``lon``, ``lat``
    (degrees, EPSG:4326), ``radius_m``, ``precision``, ``country``,
    ``place_score``, ``place_alternatives`` (JSON), ``two_sides`` (whether both
    sides of the line have the name and nothing tells which) and ``is_area``.
    """
    import pandas as pd

    known: list[Context | None] = list(contexts) if contexts is not None else [None] * len(names)
    code: dict[tuple[str, Context | None], int] = {}
    where = [
        code.setdefault((name, context), len(code)) if isinstance(name, str) else -1
        for name, context in zip(names.tolist(), known, strict=True)
    ]
    unique = list(code)
    rows: list[_Row] = []
    with collected_later():
        for start in range(0, len(unique), _AT_ONCE):
            some = unique[start : start + _AT_ONCE]
            found = gazetteer.resolve_all(
                [name for name, _ in some],
                contexts=[c or _ANYWHERE for _, c in some],
                countries=countries,
            )
            rows += map(resolved_row, found)
    rows.append(_NOTHING)
    table = pd.DataFrame(rows, columns=list(_COLUMNS))
    floats = ["lon", "lat", "radius_m", "place_score"]
    flags = ["two_sides", "is_area"]
    texts = [c for c in _COLUMNS if c not in {*floats, *flags}]
    types = {**dict.fromkeys(floats, "float64"), **dict.fromkeys(texts, "str")}
    table = table.astype({**types, **dict.fromkeys(flags, "bool")})
    return table.iloc[where].set_axis(names.index, axis=0)


def resolved_row(resolution: Resolution) -> _Row:
    """Return a resolution as a row of the table."""
    match = resolution.match
    if match is None:
        return _NOTHING
    others = alternatives_json(resolution)
    if resolution.two_sides:
        first, second = resolution.two_sides
        return (
            f"{first.place_id}|{second.place_id}",
            f"{first.name_en} or {second.name_en}",
            first.name_ko,
            (first.lon + second.lon) / 2,
            (first.lat + second.lat) / 2,
            None,
            Precision.AREA.value,
            None,
            first.score,
            others,
            True,
            True,
        )
    return (
        match.place_id,
        match.name_en,
        match.name_ko,
        match.lon,
        match.lat,
        match.radius_m,
        match.precision.value,
        match.country,
        match.score,
        others,
        False,
        match.precision in AREA_PRECISIONS,
    )


def alternatives_json(resolution: Resolution) -> str | None:
    """Return what else a name might have been as JSON, or None where there is nothing else."""
    others: list[Match] = [m for m in resolution.alternatives if m.score >= 0.01]
    if not others:
        return None
    rows = [
        {"place_id": m.place_id, "name": m.name_en, "lon": m.lon, "lat": m.lat, "score": m.score}
        for m in others
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
