"""One event told by several reports becomes one row, and can be taken apart again.

Two rows are scored by kind, time, place, actors and counts; those that pass the
threshold are joined, at most one row a report. The joined row takes each
field from the member that knows it best and carries all its members whole.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bordermap.errors import InputError
from bordermap.kin import are_kin
from bordermap.ordering import sort_incidents
from bordermap.table import (
    AREA_PRECISIONS,
    COLUMNS,
    DatePrecision,
    Kind,
    Precision,
    as_incidents,
)

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["THRESHOLD", "merge", "pair_score", "unmerge"]

THRESHOLD = 0.5
"""Rows whose score reaches this are taken for one event."""

_Row = dict[str, Any]
_FINER = {p: n for n, p in enumerate(DatePrecision)}
# A report misdates by a day, or counts from its own time zone.
_DAY_APART = 0.6
_UNDATED, _UNPLACED = 0.45, 0.7
_COARSE_DATE, _KIN, _OTHER_SIDE, _OTHER_COUNT = 0.6, 0.75, 0.2, 0.8
_AREA_AND_SPOT, _TWO_AREAS = 0.85, 0.5
# Two spots are one within their doubt and this much more.
_SLACK_M = 5000.0
_ADDED = ("members", "sources", "merge_score")


def merge(incidents: gpd.GeoDataFrame, *, threshold: float = THRESHOLD) -> gpd.GeoDataFrame:
    """Return one row an event, where several reports tell of it.

    Parameters
    ----------
    incidents
        An incident table, EPSG:4326; located rows are also compared by place.
    threshold
        Score from 0 to 1 from which two rows are one event.

    Returns
    -------
    The table, sorted, with ``members`` (JSON: the joined rows whole, so that
    `unmerge` gives them back), ``sources`` (JSON: where each is said, with its
    words) and ``merge_score`` (the least score within the event); all three are
    missing where one row stands alone.
    """
    import pandas as pd

    table = incidents.reset_index(drop=True)
    rows: list[_Row] = [_plain(row) for row in table.to_dict("records")]
    groups = _groups(rows, threshold)
    alone = [g[0] for g, _ in groups if len(g) == 1]
    kept = table.iloc[sorted(alone)]
    joined = [_joined([rows[n] for n in g], score) for g, score in groups if len(g) > 1]
    if not joined:
        return sort_incidents(table.assign(**dict.fromkeys(_ADDED)))
    made = as_incidents(_frame(joined), name="merged")
    both = pd.concat([kept, made], ignore_index=True)
    return sort_incidents(as_incidents(both, name="merged"))


def unmerge(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the rows that `merge` joined, as they were.

    Raises
    ------
    InputError
        ``members`` holds no JSON that `merge` wrote.
    """
    import pandas as pd

    if "members" not in incidents:
        return sort_incidents(incidents)
    whole = incidents["members"].notna()
    rows: list[_Row] = []
    for number, text in zip(incidents.index[whole], incidents.loc[whole, "members"], strict=True):
        try:
            rows += json.loads(text)
        except (ValueError, TypeError) as error:
            raise InputError(f"row {number}: members cannot be read: {error}") from error
    rest = incidents.loc[~whole].drop(columns=[c for c in _ADDED if c in incidents])
    if not rows:
        return sort_incidents(rest)
    both = pd.concat([rest, as_incidents(_frame(rows), name="members")], ignore_index=True)
    return sort_incidents(as_incidents(both, name="members"))


def _plain(row: _Row) -> _Row:
    """Return a row as JSON can hold it: days as text, the geometry as WKT, nothing missing."""
    import pandas as pd
    import shapely

    plain: _Row = {}
    for name, value in row.items():
        if name == "geometry":
            if value is not None and not value.is_empty:
                plain[name] = shapely.to_wkt(value, rounding_precision=9)
        elif isinstance(value, pd.Timestamp):
            plain[name] = value.date().isoformat()
        elif not pd.isna(value):
            plain[str(name)] = value.item() if hasattr(value, "item") else value
    return plain


def _frame(rows: list[_Row]) -> gpd.GeoDataFrame:
    import geopandas as gpd
    import pandas as pd
    import shapely

    frame = pd.DataFrame([{k: v for k, v in r.items() if k != "geometry"} for r in rows])
    shapes = [shapely.from_wkt(r["geometry"]) if "geometry" in r else None for r in rows]
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, crs="EPSG:4326"))


def _groups(rows: list[_Row], threshold: float) -> list[tuple[list[int], float]]:
    """Return numbers of rows that are one event, with the least score among them."""
    scored = sorted(
        ((pair_score(rows[a], rows[b]), a, b) for a, b in _pairs(rows)),
        key=lambda s: (-s[0], rows[s[1]]["id"], rows[s[2]]["id"]),
    )
    known = {(a, b): score for score, a, b in scored}
    group: dict[int, list[int]] = {n: [n] for n in range(len(rows))}
    least = dict.fromkeys(range(len(rows)), 1.0)
    for score, a, b in scored:
        if score < threshold:
            break
        first, second = group[a], group[b]
        if first is second:
            continue
        # Every member must fit every other, so that a chain of neighbours is not one event.
        all_scores = [known.get((min(i, j), max(i, j)), 0.0) for i in first for j in second]
        if min(all_scores) < threshold:
            continue
        both = sorted(first + second)
        worst = min(least[a], least[b], *all_scores)
        for n in both:
            group[n], least[n] = both, worst
    found = {g[0]: (g, least[g[0]]) for g in group.values()}
    return [found[n] for n in sorted(found)]


def _pairs(rows: list[_Row]) -> set[tuple[int, int]]:
    """Return pairs that share a day, give or take one, and could be of one kind."""
    by_day: dict[int, list[int]] = {}
    wide = [n for n, row in enumerate(rows) if _days(row) is None or _length(row) > 7]
    for n, row in enumerate(rows):
        days = _days(row)
        if days is not None and days[1] - days[0] <= 7:
            for day in range(days[0], days[1] + 1):
                by_day.setdefault(day, []).append(n)
    pairs = {(a, b) for a in wide for b in range(len(rows)) if a < b}
    pairs |= {(b, a) for a in wide for b in range(a)}
    for day, here in by_day.items():
        near = here + by_day.get(day + 1, [])
        pairs |= {(min(a, b), max(a, b)) for a in here for b in near if a != b}
    return {(a, b) for a, b in pairs if _kinds(rows[a], rows[b]) > 0}


def _days(row: _Row) -> tuple[int, int] | None:
    from datetime import date

    if "date_start" not in row:
        return None
    first = date.fromisoformat(row["date_start"]).toordinal()
    last = row.get("date_end") or row["date_start"]
    return first, date.fromisoformat(last).toordinal()


def _length(row: _Row) -> int:
    days = _days(row)
    return 0 if days is None else days[1] - days[0]


def pair_score(a: _Row, b: _Row) -> float:
    """Return how likely two rows tell of one event, 0 to 1.

    Rows of one report are never one event: the report itself told them apart.
    """
    if _report(a) == _report(b) and _report(a) is not None:
        return 0.0
    score = _kinds(a, b) * _times(a, b)
    if score == 0:
        return 0.0
    score *= _places(a, b)
    if a.get("direction") and b.get("direction") and a["direction"] != b["direction"]:
        score *= _OTHER_SIDE
    return score * _counts(a, b)


def _report(row: _Row) -> tuple[object, object] | None:
    if row.get("source_url") is None and row.get("source_title") is None:
        return None
    return row.get("source_url"), row.get("source_title")


def _kinds(a: _Row, b: _Row) -> float:
    if a.get("kind") is None or b.get("kind") is None:
        return 0.0
    if a["kind"] == b["kind"]:
        return 1.0
    return _KIN if are_kin(Kind(a["kind"]), Kind(b["kind"])) else 0.0


def _times(a: _Row, b: _Row) -> float:
    one, two = _days(a), _days(b)
    if one is None or two is None:
        return _UNDATED
    gap = max(one[0], two[0]) - min(one[1], two[1])
    if gap > 1:
        return 0.0
    if gap == 1:
        return _DAY_APART
    return 1.0 if one[1] - one[0] == two[1] - two[0] else _COARSE_DATE


def _places(a: _Row, b: _Row) -> float:
    if "geometry" not in a or "geometry" not in b:
        return _UNPLACED
    if a.get("place_id") is not None and a.get("place_id") == b.get("place_id"):
        return 1.0
    distance_m = _distance_m(a["geometry"], b["geometry"])
    reach_m = _SLACK_M + sum(
        float(r.get("radius_m") or 0.0) for r in (a, b) if not _is_area(r)
    )  # fmt: skip
    if distance_m > reach_m:
        return 0.0
    areas = _is_area(a) + _is_area(b)
    return (1.0, _AREA_AND_SPOT, _TWO_AREAS)[areas]


def _is_area(row: _Row) -> bool:
    return row.get("precision") in {str(p) for p in AREA_PRECISIONS}


def _distance_m(one: str, two: str) -> float:
    """Return the metres between two geometries, by the nearest points in degrees."""
    import shapely

    from bordermap.geo import geodesic_m

    line = shapely.shortest_line(shapely.from_wkt(one), shapely.from_wkt(two))
    (lon1, lat1), (lon2, lat2) = shapely.get_coordinates(line)
    return float(geodesic_m([lon1], [lat1], [lon2], [lat2])[0])


def _counts(a: _Row, b: _Row) -> float:
    """Return less than 1 where both count the same thing and differ by more than half."""
    one, two = (json.loads(r.get("quantities") or "{}") for r in (a, b))
    for key in one.keys() & two.keys():
        low, high = sorted((float(one[key]), float(two[key])))
        if high > 0 and low < high / 2:
            return _OTHER_COUNT
    return 1.0


def _joined(members: list[_Row], score: float) -> _Row:
    """Return one row for several, each field from the member that knows it best."""
    ids = sorted(m["id"] for m in members)
    row: _Row = {}
    for name in [c for c in COLUMNS if c != "id"]:
        values = [m[name] for m in members if name in m]
        if values:
            row[name] = _commonest(values)
    row |= _best(members, _date_doubt, ("date_start", "date_end", "date_precision", "time_local"))
    place = ("place", "geometry", "radius_m", "precision", *(c for c in COLUMNS if "place_" in c))
    row |= _best(members, _place_doubt, place)
    counts = [json.loads(m["quantities"]) for m in members if "quantities" in m]
    if counts:
        merged = {k: _commonest([c[k] for c in counts if k in c]) for c in counts for k in c}
        row["quantities"] = json.dumps(merged, sort_keys=True)
    claimed = sorted({m["claimed_by"] for m in members if "claimed_by" in m})
    row["claimed_by"] = "; ".join(claimed) or None
    row["id"] = "bm-" + hashlib.sha256("\n".join(ids).encode()).hexdigest()[:12]
    row["merge_score"] = round(score, 3)
    row["sources"] = json.dumps([_source(m) for m in members], ensure_ascii=False)
    row["members"] = json.dumps(members, ensure_ascii=False, sort_keys=True)
    return row


def _commonest(values: Sequence[Any]) -> Any:
    """Return the value given most often, the first among equals."""
    counts = Counter(map(str, values))
    return max(values, key=lambda v: counts[str(v)])


def _best(members: list[_Row], doubt: Any, names: Sequence[str]) -> _Row:
    """Return fields that belong together from the member that doubts them least."""
    best = min(members, key=lambda m: (doubt(m), m["id"]))
    return {name: best.get(name) for name in names if any(name in m for m in members)}


def _date_doubt(row: _Row) -> int:
    precision = DatePrecision(row.get("date_precision") or DatePrecision.UNKNOWN)
    return _FINER[precision] if "date_start" in row else len(_FINER)


def _place_doubt(row: _Row) -> tuple[int, float]:
    if "geometry" not in row:
        return 9, 0.0
    precision = Precision(row.get("precision") or Precision.EXACT)
    return int(precision in AREA_PRECISIONS), float(row.get("radius_m") or 0.0)


def _source(row: _Row) -> _Row:
    names = ("id", "source_title", "source_url", "source_date", "claimed_by", "quote",
             "quote_start", "quote_end")  # fmt: skip
    return {name: row[name] for name in names if name in row}
