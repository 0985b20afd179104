"""A page to review an extraction: the text with marks, the records, a small map.

One HTML file without any request: the text stands in it escaped, the page's
only script selects, and a Content-Security-Policy lets no other run.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.counts import counted
from bordermap.files import written_whole
from bordermap.style import KINDS
from bordermap.table import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import geopandas as gpd

    from bordermap.extract.reports import Report

__all__ = ["SHOWN_CHARACTERS", "review_page", "write_review"]

_WIDTH, _HEIGHT = 420.0, 300.0
# What the map shows at least: the line from Baengnyeong-do to the East Sea.
_WINDOW = (124.4, 36.8, 129.2, 39.6)
_FIELDS = (
    ("Date", "date"), ("Time", "time_local"), ("Place", "place"), ("Located", "located"),
    ("Actor", "actor"), ("Target", "target"), ("Direction", "direction"), ("Claim", "claim"),
    ("Said by", "claimed_by"), ("Counts", "quantities"), ("Remarks", "remarks"),
)  # fmt: skip
_CODES = frozenset({"direction", "claim"})
SHOWN_CHARACTERS = 400_000
"""As many characters of a text are shown."""


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    css: str
    title: str
    record: str | None = None


def write_review(reports: Sequence[Report], table: gpd.GeoDataFrame, path: Path) -> None:
    """Write the page; see `review_page`."""
    with written_whole(path) as partial:
        partial.write_text(review_page(reports, table), encoding="utf-8", newline="")


def review_page(reports: Sequence[Report], table: gpd.GeoDataFrame) -> str:
    """Return one HTML page that shows reports and what was read in them, linked.

    Parameters
    ----------
    reports
        The reports, with their texts and mentions.
    table
        Their incidents, EPSG:4326.

    Returns
    -------
    A page that makes no request. Texts of more than 400,000 characters are shown
    up to there.
    """
    script = files("bordermap").joinpath("review.js").read_text(encoding="utf-8")
    style = files("bordermap").joinpath("review.css").read_text(encoding="utf-8")
    rows = _rows(table)
    shown = [_report(report, rows) for report in reports]
    title = f"{counted(len(rows), 'incident')} in {counted(len(reports), 'report')}"
    policy = (
        f"default-src 'none'; script-src 'sha256-{_digest(script)}'; "
        f"style-src 'sha256-{_digest(style)}'; base-uri 'none'; form-action 'none'"
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy)}">\n'
        f"<title>{html.escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<header><h1>{html.escape(title)}</h1>{_legend()}</header>\n<main>\n"
        f'<div class="texts">{"".join(shown)}</div>\n'
        f'<aside>{_map(table, rows)}<ol class="records">{"".join(map(_card, rows))}</ol></aside>\n'
        f"</main>\n<script>{script}</script>\n</body>\n</html>\n"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _legend() -> str:
    parts = (
        ("place", "place"), ("metonym", "a government by its capital"),
        ("other-name", "a ship, a road, a paper, a dateline"), ("quote", "tells of an incident"),
        ("field", "its evidence"),
    )  # fmt: skip
    marks = " ".join(f'<span class="m {css}">{text}</span>' for css, text in parts)
    return f'<p class="legend">{marks}</p>'


def _rows(table: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return the rows with missing values as None, and words for date and place."""
    import pandas as pd

    rows = []
    for row in table.drop(columns=table.geometry.name).to_dict("records"):
        known = {k: None if pd.isna(v) else v for k, v in row.items()}
        known["date"] = _days(known)
        known["located"] = _located(known)
        rows.append(known)
    return rows


def _days(row: dict[str, Any]) -> str:
    if row["date_start"] is None:
        return "not told"
    first, last = row["date_start"].date().isoformat(), row["date_end"].date().isoformat()
    return first if first == last else f"{first} to {last} ({row['date_precision']})"


def _located(row: dict[str, Any]) -> str | None:
    if row.get("place_name") is None:
        return None
    radius_km = (row["radius_m"] or 0.0) / 1000
    return f"{row['place_name']} ({row['precision']}, {radius_km:.3g} km)"


def _report(report: Report, rows: list[dict[str, Any]]) -> str:
    """Return one report: its name and its text with marks."""
    starts, titles = (set(report.rows.column(c)) for c in ("quote_start", "source_title"))
    mine = [
        r
        for r in rows
        if r["quote_start"] in starts
        and r["source_title"] in titles
        and r["quote"] == report.text[r["quote_start"] : r["quote_end"]]
    ]
    text = report.text[:SHOWN_CHARACTERS]
    marks = [m for m in (*_mentions(report), *_evidence(mine)) if m.end <= len(text)]
    day = f" <time>{report.published.isoformat()}</time>" if report.published else ""
    cut = "<p class='cut'>The text goes on.</p>" if report.length > len(text) else ""
    return (
        f"<article><h2>{html.escape(report.name)}{day}</h2>"
        f'<div class="text">{_marked(text, marks)}</div>{cut}</article>\n'
    )


def _mentions(report: Report) -> Iterable[_Mark]:
    for offset, mentions in report.mentions:
        for mention in mentions:
            css = str(mention.usage)
            css = css if css in {"place", "metonym"} else "other-name"
            where = f": {mention.place_name}" if mention.place_name else ""
            yield _Mark(
                mention.start + offset, mention.end + offset, css, f"{mention.usage}{where}"
            )


def _evidence(rows: Iterable[dict[str, Any]]) -> Iterable[_Mark]:
    for row in rows:
        yield _Mark(row["quote_start"], row["quote_end"], "quote", row["kind"], row["id"])
        for item in json.loads(row["evidence"] or "[]"):
            yield _Mark(item["start"], item["end"], "field", item["field"], row["id"])


def _marked(text: str, marks: list[_Mark]) -> str:
    """Return text as HTML, cut where marks begin and end, each piece with all its marks."""
    edges = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    by_start = sorted(marks, key=lambda m: m.start)
    parts: list[str] = []
    open_marks: list[_Mark] = []
    nth = 0
    for begin, end in pairwise(edges):
        while nth < len(by_start) and by_start[nth].start <= begin:
            open_marks.append(by_start[nth])
            nth += 1
        open_marks = [m for m in open_marks if m.end > begin]
        piece = html.escape(text[begin:end])
        parts.append(_span(piece, open_marks) if open_marks else piece)
    return "".join(parts)


def _span(piece: str, marks: list[_Mark]) -> str:
    classes = " ".join(sorted({m.css for m in marks}))
    records = " ".join(sorted({m.record for m in marks if m.record}))
    title = "; ".join(dict.fromkeys(m.title for m in marks if m.css != "quote"))
    link = f' data-r="{html.escape(records)}" tabindex="0"' if records else ""
    hint = f' title="{html.escape(title)}"' if title else ""
    return f'<span class="m {classes}"{link}{hint}>{piece}</span>'


def _card(row: dict[str, Any]) -> str:
    """Return a record as an item of the list."""
    style = KINDS[Kind(row["kind"])]
    facts = "".join(
        f"<dt>{label}</dt><dd>{html.escape(_shown(name, row[name]))}</dd>"
        for label, name in _FIELDS
        if row.get(name) is not None
    )
    return (
        f'<li data-r="{html.escape(row["id"])}" tabindex="0">'
        f"<h3>{html.escape(style.label_en)}</h3><p>{html.escape(row['title'] or '')}</p>"
        f"<dl>{facts}</dl></li>\n"
    )


def _shown(name: str, value: object) -> str:
    """Return a field as words: "north to south"."""
    return str(value).replace("_", " ") if name in _CODES else str(value)


def _map(table: gpd.GeoDataFrame, rows: list[dict[str, Any]]) -> str:
    """Return the map as SVG: the line, and a point or an outline for each place."""
    import shapely

    from bordermap.line import load_line

    shapes = table.geometry.to_numpy()
    line = shapely.union_all(load_line().segments.geometry.to_numpy())
    west, south, east, north = _window(shapes)
    stretch = np.cos(np.radians((south + north) / 2))
    scale = min(_WIDTH / ((east - west) * stretch), _HEIGHT / (north - south))

    def xy(coordinates: Any) -> Any:
        lon, lat = coordinates[:, 0], coordinates[:, 1]
        return np.column_stack([(lon - west) * stretch * scale, (north - lat) * scale])

    parts = [f'<path class="line" d="{_path(shapely.transform(line, xy))}"/>']
    for shape, row in zip(shapes, rows, strict=True):
        if shape is None or shape.is_empty:
            continue
        drawn = shapely.transform(shape, xy)
        label = html.escape(f"{row['kind']}: {row['place']}")
        link = f'data-r="{html.escape(row["id"])}"'
        if drawn.geom_type == "Point":
            radius = max(4.0, (row["radius_m"] or 0.0) / 111_195 * scale)
            parts.append(
                f'<g {link}><title>{label}</title><circle class="doubt" cx="{drawn.x:.1f}" '
                f'cy="{drawn.y:.1f}" r="{radius:.1f}"/><circle class="spot" cx="{drawn.x:.1f}" '
                f'cy="{drawn.y:.1f}" r="3"/></g>'
            )
        else:
            css = "area" if drawn.geom_type.endswith("Polygon") else "route"
            parts.append(
                f'<g {link}><title>{label}</title><path class="{css}" d="{_path(drawn)}"/></g>'
            )
    return (
        f'<svg viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" role="img" '
        f'aria-label="Where the incidents are">{"".join(parts)}</svg>'
    )


def _window(shapes: Any) -> tuple[float, float, float, float]:
    """Return what the map shows: the line's country, and points on the peninsula beyond it."""
    import shapely

    west, south, east, north = _WINDOW
    for shape in shapes:
        if shape is None or shape.geom_type != "Point":
            continue
        lon, lat = shapely.get_x(shape), shapely.get_y(shape)
        if 123 < lon < 132 and 32.5 < lat < 43.5:
            west, east = min(west, lon - 0.3), max(east, lon + 0.3)
            south, north = min(south, lat - 0.3), max(north, lat + 0.3)
    return west, south, east, north


def _path(shape: Any) -> str:
    """Return a line's or an area's outline as SVG path data, tenths of a pixel."""
    import shapely

    parts = []
    for piece in shapely.get_parts(shape):
        rings = [piece.exterior, *piece.interiors] if piece.geom_type == "Polygon" else [piece]
        for ring in rings:
            points = shapely.get_coordinates(ring.simplify(0.4))
            parts.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points))
    return "".join(parts)
