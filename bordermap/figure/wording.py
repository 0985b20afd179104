"""What a figure says around its map, in English and Korean."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import Counter

    import geopandas as gpd
    import pandas as pd

    from bordermap.figure.marks import Marks
    from bordermap.line import DemarcationLine

__all__ = ["WORDS", "beside", "footer", "subtitle"]

WORDS: dict[str, tuple[str, str]] = {
    "uncertainty": ("Where the true spot lies (95 %)", "실제 위치 범위 (95 %)"),
    "area": ("Known only to an area", "지역만 알려진 사건"),
    "spot": ("Place of a moved symbol", "옮겨 그린 기호의 위치"),
    "published": ("Line as published by {by}.", "분계선 출처: {by}."),
    "at_lat": ("scale at {lat}", "{lat} 기준 축척"),
}
"""Words of the furniture, English first."""


def subtitle(incidents: gpd.GeoDataFrame, lang: str) -> str:
    """Return how many incidents there are and from when to when."""
    total = len(incidents)
    first, last = incidents["date_start"].min(), incidents["date_end"].max()
    span = _span(first, last, lang)
    if lang == "ko":
        return f"사건 {total:,}건" + (f", {span}" if span else "")
    return f"{total:,} incident{'s' * (total != 1)}" + (f", {span}" if span else "")


def _span(first: pd.Timestamp, last: pd.Timestamp, lang: str) -> str:
    import pandas as pd

    if pd.isna(first):
        return ""
    last = first if pd.isna(last) else last
    if lang == "ko":
        months = [f"{d.year}년 {d.month}월" for d in (first, last)]
        day = f"{first.year}년 {first.month}월 {first.day}일"
    else:
        months = [f"{d:%B} {d.year}" for d in (first, last)]
        day = f"{first.day} {first:%B} {first.year}"
    if first == last:
        return day
    return months[0] if months[0] == months[1] else f"{months[0]} – {months[1]}"


def beside(marks: Marks, lang: str) -> str:
    """Return which incidents the map does not show, and why, or nothing."""
    ko = lang == "ko"
    parts = []
    wide, out = sum(marks.too_wide.values()), sum(marks.outside.values())
    if wide:
        names = _listed(marks.too_wide, ko)
        parts.append(
            f"넓은 지역만 알려진 {wide}건{names}"
            if ko
            else f"{wide} known only to a wider area{names}"
        )
    if out:
        names = _listed(marks.outside, ko)
        parts.append(f"지도 밖 {out}건{names}" if ko else f"{out} outside it{names}")
    if marks.nowhere:
        n = marks.nowhere
        parts.append(f"장소 없음 {n}건" if ko else f"{n} without a place")
    if not parts:
        return ""
    return ("지도에 없는 사건: " if ko else "Not on the map: ") + "; ".join(parts) + "."


def _listed(names: Counter[tuple[str, str]], ko: bool) -> str:
    """Return the commonest names, at most four."""
    known = [pair[ko] for pair, _ in sorted(names.items(), key=lambda i: (-i[1], i[0])) if pair[ko]]
    if not known:
        return ""
    text = ", ".join(known[:4]) + (" …" if len(known) > 4 else "")
    return f" ({text})"


def footer(
    line: DemarcationLine, attributions: tuple[str, ...], credit: str | None, lang: str
) -> list[str]:
    """Return the credit, whose line it is, and whose data."""
    published = WORDS["published"][lang == "ko"].format(by=line.published_by)
    said = dict.fromkeys([*line.attributions, *attributions])
    # The sign and the name it stands before stay on one line.
    data = "; ".join(a.rstrip(".") for a in said).replace("© ", "©\u00a0")
    return [
        *([credit] if credit else []),
        f"{published} {'자료' if lang == 'ko' else 'Data'}: {data}.",
    ]
