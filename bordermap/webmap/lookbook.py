"""The shared style and the line's facts as the page reads them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bordermap.style import AREA, FAMILIES, KINDS, PALETTES, UNCERTAINTY, ZONES, line_style
from bordermap.symbols import BADGES, GLYPHS
from bordermap.webmap.packing import Pack
from bordermap.webmap.shapes import add_shapes, anchors

if TYPE_CHECKING:
    from bordermap.line import DemarcationLine

__all__ = ["look", "pack_line", "sides"]


def look() -> dict[str, Any]:
    """Return colours, symbols and labels of all kinds, for both themes."""
    return {
        "families": {name: asdict(family) for name, family in FAMILIES.items()},
        "kinds": {str(kind): asdict(style) for kind, style in KINDS.items()},
        "badges": BADGES,
        "glyphs": GLYPHS,
        "area": asdict(AREA),
        "uncertainty": asdict(UNCERTAINTY),
        "palettes": PALETTES,
    }


def sides(line: DemarcationLine) -> list[dict[str, str]]:
    """Return the two sides, the left one first, with their names in both languages."""
    named = ((line.left_name, line.left_name_ko), (line.right_name, line.right_name_ko))
    return [{"id": name, "en": name.capitalize(), "ko": ko or name} for name, ko in named]


def pack_line(line: DemarcationLine) -> Pack:
    """Return a line's segments and zones packed for the page, with their names and strokes.

    Neighbouring segments of one kind (the same ``segment``) are one to a reader.
    """
    segments, zones = line.segments, line.zones
    pack = Pack(
        id=line.id,
        name={"en": line.name_en, "ko": line.name_ko},
        sides=sides(line),
        published_by=line.published_by,
        attributions=list(line.attributions),
        note=line.note,
        window=list(line.window_wsen),
        zone_width_m=line.zone_width_m,
        segments=[
            {
                "segment": str(row.segment), "en": str(row.name_en), "ko": str(row.name_ko),
                "accuracy_m": float(row.accuracy_m), "asserts": str(row.asserts),
                "style": asdict(line_style(str(row.segment))),
            }
            for row in segments.itertuples()
        ],
        zones=[
            {
                "zone": str(row.zone), "en": str(row.name_en), "ko": str(row.name_ko),
                "style": asdict(ZONES.get(str(row.zone), AREA)),
            }
            for row in zones.itertuples()
        ],
    )  # fmt: skip
    add_shapes(pack, "segments", list(segments.geometry))
    add_shapes(pack, "zones", list(zones.geometry))
    if len(zones):
        pack.facts["zone_anchors"] = anchors(zones.geometry).round(5).tolist()
    return pack
