"""Text and shapes that break writers, for the tests of every format."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
from shapely.geometry import GeometryCollection, LineString, MultiPoint, MultiPolygon, Point, box

from bordermap.line import load_line
from bordermap.site import site
from bordermap.table import as_incidents

TEXTS = {
    "quotes": "\"double\" 'single' `tick` \\ backslash \\n no line end",
    "cdata": "]]> <![CDATA[ <b>bold</b> </script><script>alert(1)</script>",
    "sql": "'); DROP TABLE incidents; --",
    "entities": "&amp; &lt; &#0; &#x41; & < > &nbsp; <!ENTITY x SYSTEM 'file:///etc/passwd'>",
    "formula": "=cmd|' /C calc'!A0",
    "formula_plus": "+1+1",
    "formula_at": "@SUM(A1)",
    "formula_tab": "\t=1",
    "guarded": "'=1",
    "emoji": "🎈🇰🇷👩‍👩‍👧",
    "hangul": "군사분계선 철책 ㄱㅏ ᄒᆞᆫ",
    "rtl": "\u202eright to left\u202c שלום مرحبا",
    "line_ends": "one\ntwo\r\nthree\rfour\u2028five\u2029six\x85seven",
    "controls": "bell\x07 escape\x1b unit\x1f delete\x7f vertical\x0b form\x0c",
    "percent": "%s %d %(x)s {0} {x} ${x} [% x %]",
    "spaces": "  leads and trails  ",
    "delimiters": "a,b;c\td|e",
    "not_a_number": "NaN",
    "number": "007",
    "date": "2024-06-20",
    "true": "true",
    "null": "null",
    "long": "x" * 50_000 + "한" * 50_000,
    "combining": "Z\u0351\u0343\u032aalgo",
    "private": "\ue000\U0010ffff\ufffe\uffff",
}
"""One text a name; each is to come back from every format as it went."""

SHAPES = {
    "point": Point(126.78, 37.7612345),
    "polygon": box(127, 38, 128, 38.3),
    "hole": box(126, 37, 127, 38).difference(box(126.3, 37.3, 126.5, 37.5)),
    "multipolygon": MultiPolygon([box(125, 37, 125.2, 37.1), box(125.5, 37, 125.7, 37.1)]),
    "multipolygon_of_one": MultiPolygon([box(125, 37, 125.2, 37.1)]),
    "line": LineString([(126, 38), (127, 38.2), (128, 38.4)]),
    "multipoint": MultiPoint([(126, 37.9), (127, 38)]),
    "collection": GeometryCollection([Point(127, 38), LineString([(126, 38), (127, 38)])]),
    "none": None,
    "province": Point(128, 38),
}
"""One geometry of each sort that an incident may have; ``province`` is a vague point."""


def hostile_incidents() -> gpd.GeoDataFrame:
    """Return sited incidents: every text in several columns, every sort of geometry."""
    rows = [
        {"id": f"text-{name}", "title": text, "summary": text, "actor": text, "note": text,
         "kind": "leaflet", "date_start": "2024-06-20", "date_end": "2024-06-20",
         "date_precision": "day", "source_url": f"https://example.org/?q={number}",
         "geometry": SHAPES["point"], "precision": "place", "radius_m": 3000.0,
         "quote_start": number, "quote_end": None, "weight": 0.1 * number, "count": number}
        for number, (name, text) in enumerate(TEXTS.items())
    ] + [
        {"id": f"shape-{name}", "title": name, "kind": "mine", "date_start": "2015-01-01",
         "date_end": "2015-12-31", "date_precision": "year", "geometry": shape,
         "precision": "province" if name == "province" else "area", "radius_m": 40_000.0,
         "weight": None, "count": 0}
        for name, shape in SHAPES.items()
    ] + [
        {"id": "undated", "title": "no date", "kind": "other", "date_precision": "unknown",
         "geometry": SHAPES["point"], "count": 2**53},
    ]  # fmt: skip
    frame = gpd.GeoDataFrame(pd.DataFrame(rows), geometry="geometry", crs="EPSG:4326")
    texts = {c: frame[c].astype("str") for c in ("note",)}
    return site(as_incidents(frame.assign(**texts)), line=load_line())


def assert_same(
    found: gpd.GeoDataFrame, wanted: gpd.GeoDataFrame, *, within_deg: float, siting: float = 0.0
) -> None:
    """Hold every column, type and geometry against the table that was written.

    Shapes may be off by ``within_deg``, for text formats round them. Where they were
    sited anew numbers may be off by ``siting``, of 1.
    """
    one, other = (frame.sort_values("id", ignore_index=True) for frame in (found, wanted))
    pd.testing.assert_frame_equal(
        pd.DataFrame(one.drop(columns="geometry")),
        pd.DataFrame(other.drop(columns="geometry")),
        check_like=True,
        rtol=siting,
        atol=siting,
    )
    assert (one.geometry.isna() == other.geometry.isna()).all()
    assert one.geometry.geom_type.tolist() == other.geometry.geom_type.tolist()
    known = one.geometry.notna()
    # Normalised: GeoJSON wants outer rings counter-clockwise, which turns some round.
    one_shape, other_shape = (f.geometry[known].normalize() for f in (one, other))
    assert one_shape.geom_equals_exact(other_shape, within_deg).all()
