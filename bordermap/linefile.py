"""A demarcation line as a file: what `bordermap.line.read_line` reads back to the same line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from bordermap.line import DemarcationLine

__all__ = ["line_text"]

_DIGITS = 7  # A centimetre.


def line_text(line: DemarcationLine) -> str:
    """Return a line as GeoJSON (RFC 7946), one feature a line of text.

    The foreign member ``bordermap`` holds what is said of the whole line: its
    names, sides, publisher, window and zone width. Coordinates have 7 decimals.
    """
    about = {
        "id": line.id,
        "name_en": line.name_en,
        "name_ko": line.name_ko,
        "left_name": line.left_name,
        "right_name": line.right_name,
        "left_name_ko": line.left_name_ko,
        "right_name_ko": line.right_name_ko,
        "published_by": line.published_by,
        "timezone": line.timezone,
        "zone_width_m": line.zone_width_m,
        "window_wsen": list(line.window_wsen),
        "note": line.note,
        "is_schematic": line.is_schematic,
    }
    properties = line.segments.drop(columns="geometry").to_dict("records")
    features = [
        {"type": "Feature", "properties": _plain(row), "geometry": _geometry(geometry)}
        for row, geometry in zip(properties, line.segments.geometry, strict=True)
    ]
    body = ",\n".join(_json(feature) for feature in features)
    return f'{{"type":"FeatureCollection","bordermap":{_json(about)},"features":[\n{body}\n]}}\n'


def _geometry(geometry: Any) -> dict[str, Any]:
    coordinates = np.asarray(geometry.coords).round(_DIGITS).tolist()
    return {"type": "LineString", "coordinates": coordinates}


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    return {str(key): value for key, value in row.items()}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
