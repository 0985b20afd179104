"""Shapes and colours as KML writes them."""

from __future__ import annotations

from typing import Any

__all__ = ["kml_colour", "kml_shape"]


def kml_colour(hex_rgb: str, opacity: float = 1.0) -> str:
    """Return ``#rrggbb`` as KML has it: opacity, blue, green, red."""
    red, green, blue = hex_rgb[1:3], hex_rgb[3:5], hex_rgb[5:7]
    return f"{round(opacity * 255):02x}{blue}{green}{red}".lower()


def kml_shape(shape: Any) -> str:
    """Return a geometry in EPSG:4326 as KML, lying on the ground; "" for None."""
    if shape is None:
        return ""
    kind = shape.geom_type
    if kind == "Point":
        return f"<Point><coordinates>{_coordinates(shape.coords)}</coordinates></Point>"
    if kind in {"LineString", "LinearRing"}:
        return (
            "<LineString><tessellate>1</tessellate>"
            f"<coordinates>{_coordinates(shape.coords)}</coordinates></LineString>"
        )
    if kind == "Polygon":
        inner = "".join(
            f"<innerBoundaryIs>{_ring(ring)}</innerBoundaryIs>" for ring in shape.interiors
        )
        return (
            "<Polygon><tessellate>1</tessellate>"
            f"<outerBoundaryIs>{_ring(shape.exterior)}</outerBoundaryIs>{inner}</Polygon>"
        )
    return f"<MultiGeometry>{''.join(map(kml_shape, shape.geoms))}</MultiGeometry>"


def _ring(ring: Any) -> str:
    return f"<LinearRing><coordinates>{_coordinates(ring.coords)}</coordinates></LinearRing>"


def _coordinates(pairs: Any) -> str:
    return " ".join(f"{pair[0]!r},{pair[1]!r}" for pair in pairs)
