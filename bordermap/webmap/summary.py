"""What a map shows, in one sentence, for readers who hear it and for search engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bordermap.layers import known_as_areas, known_as_points

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from bordermap.line import DemarcationLine

__all__ = ["summary"]


def summary(incidents: gpd.GeoDataFrame, line: DemarcationLine) -> dict[str, str]:
    """Return how many incidents the map shows, when and how well placed, in en and ko."""
    total = len(incidents)
    points = int(known_as_points(incidents).sum())
    areas = int(known_as_areas(incidents).sum())
    nowhere = total - points - areas
    first, last = incidents["date_start"].min(), incidents["date_end"].max()
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
