"""What a map shows, in one sentence, for readers who hear it and for search engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bordermap.layers import known_as_areas, known_as_points

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from bordermap.cells import Cells
    from bordermap.line import DemarcationLine

__all__ = ["summary"]


def summary(
    incidents: gpd.GeoDataFrame,
    line: DemarcationLine,
    *,
    cells: Cells | None = None,
    all_rows: str | None = None,
) -> dict[str, str]:
    """Return how many incidents the map shows, when and how well placed, in en and ko.

    Parameters
    ----------
    incidents
        What can be opened one by one.
    line
        What they were sited against.
    cells
        The counts of all, where ``incidents`` are but the newest.
    all_rows
        The file beside the map that holds all.
    """
    if cells is None:
        points = int(known_as_points(incidents).sum())
        areas = int(known_as_areas(incidents).sum())
        first, last = incidents["date_start"].min(), incidents["date_end"].max()
        return _told(line, len(incidents), points, areas, first, last)
    first, last = (_day(d) for d in (cells.first_day, cells.last_day))
    told = _told(line, cells.rows, cells.points, cells.areas_rows, first, last)
    told["en"] += f" Counts by square; the newest {len(incidents):,} can be opened one by one."
    told["ko"] += f" 격자별 건수이며, 최근 {len(incidents):,}건은 하나씩 열어 볼 수 있습니다."
    if all_rows:
        told["en"] += f" All are in {all_rows}."
        told["ko"] += f" 전체 자료: {all_rows}."
    return told


def _day(days: int | None) -> pd.Timestamp:
    import pandas as pd

    if days is None:
        return pd.NaT  # type: ignore[return-value]
    return pd.Timestamp("1970-01-01") + pd.Timedelta(days=days)


def _told(
    line: DemarcationLine, total: int, points: int, areas: int,
    first: pd.Timestamp, last: pd.Timestamp,
) -> dict[str, str]:  # fmt: skip
    nowhere = total - points - areas
    noun = "incident" if total == 1 else "incidents"
    told = ((points, "at a known place", "지점이 알려진 사건"),
            (areas, "known only to an area", "지역만 알려진 사건"),
            (nowhere, "without a place", "장소를 모르는 사건"))  # fmt: skip
    en = f"{total:,} {noun} at the {_lowered(line.name_en)}{_span_en(first, last)}"
    ko = f"{line.name_ko} 사건 {total:,}건{_span_ko(first, last)}"
    if points < total:
        en += ": " + ", ".join(f"{n:,} {words}" for n, words, _ in told if n)
        ko += ": " + ", ".join(f"{words} {n:,}건" for n, _, words in told if n)
    return {"en": f"{en}.", "ko": f"{ko}."}


def _lowered(name: str) -> str:
    """Return a name as it stands inside a sentence: "Line between" loses its capital."""
    first, _, rest = name.partition(" ")
    return f"{first.lower()} {rest}" if first == "Line" and rest else name


def _span_en(first: pd.Timestamp, last: pd.Timestamp) -> str:
    import pandas as pd

    if pd.isna(first):
        return ""
    if pd.isna(last) or first == last:
        return f", {first.day} {first:%B %Y}"
    return f", {first:%B %Y} to {last:%B %Y}"


def _span_ko(first: pd.Timestamp, last: pd.Timestamp) -> str:
    import pandas as pd

    if pd.isna(first):
        return ""
    if pd.isna(last) or first == last:
        return f", {first.year}년 {first.month}월 {first.day}일"
    return f", {first.year}년 {first.month}월–{last.year}년 {last.month}월"
