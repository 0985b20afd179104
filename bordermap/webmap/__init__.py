"""The web map: Folium layers of our own, and a page that opens offline."""

from __future__ import annotations

from bordermap.webmap.layer import DemarcationLayer, IncidentLayer
from bordermap.webmap.page import IncidentMap, build_map, save_map

__all__ = ["DemarcationLayer", "IncidentLayer", "IncidentMap", "build_map", "save_map"]
