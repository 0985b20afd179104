"""A sited incident table and its line, as ordered layers that every output draws.

Bottom to top: zones, uncertainty, areas, the line, places, incidents by kind.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from bordermap.geo import discs
from bordermap.style import AREA, KINDS, UNCERTAINTY, ZONES, AreaStyle, KindStyle, LineStyle
from bordermap.style import line_style as style_of_segment
from bordermap.table import AREA_PRECISIONS, Kind

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from bordermap.line import DemarcationLine

    Days = NDArray[np.datetime64]

__all__ = [
    "GROUP_NAMES",
    "Group",
    "Layer",
    "build_layers",
    "known_as_areas",
    "known_as_points",
    "time_span",
    "unplaced",
    "without_vague_points",
]


Style = KindStyle | LineStyle | AreaStyle


class Group(StrEnum):
    """What a layer shows; layers of one group follow each other."""

    ZONES = "zones"
    UNCERTAINTY = "uncertainty"
    AREAS = "areas"
    LINE = "line"
    PLACES = "places"
    INCIDENTS = "incidents"


GROUP_NAMES: dict[Group, tuple[str, str]] = {
    Group.ZONES: ("Zones", "구역"),
    Group.UNCERTAINTY: ("Uncertainty", "위치 오차"),
    Group.AREAS: ("Areas", "지역 단위"),
    Group.LINE: ("Demarcation line", "분계선"),
    Group.PLACES: ("Places", "지명"),
    Group.INCIDENTS: ("Incidents", "사건"),
}
"""What a group is called in English and Korean."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Layer:
    """One layer: what it is called, what is in it, how it looks.

    Attributes
    ----------
    id
        Stable and unique among the layers of one build: ``incidents_balloon``.
    group
        What it shows.
    name_en, name_ko
        What a reader sees.
    frame
        Its rows, EPSG:4326; incidents keep all their columns.
    style
        A kind's symbol, a stroke, or a fill.
    """

    id: str
    group: Group
    name_en: str
    name_ko: str
    frame: gpd.GeoDataFrame
    style: Style


def known_as_points(incidents: gpd.GeoDataFrame) -> pd.Series:
    """Return which rows are known to a spot: they have a point and no area precision."""
    import pandas as pd
    import shapely

    shapes = incidents.geometry.to_numpy()
    is_point = pd.Series(
        (shapely.get_type_id(shapes) == 0) & ~shapely.is_empty(shapes), index=incidents.index
    )
    if "precision" in incidents.columns:
        is_point &= ~incidents["precision"].isin(list(AREA_PRECISIONS))
    return is_point


def known_as_areas(incidents: gpd.GeoDataFrame) -> pd.Series:
    """Return which rows are known to an area or a line and have its shape."""
    import pandas as pd
    import shapely

    shapes = incidents.geometry.to_numpy()
    is_shape = (shapely.get_type_id(shapes) > 0) & ~shapely.is_empty(shapes)
    return pd.Series(is_shape, index=incidents.index)


def unplaced(incidents: gpd.GeoDataFrame) -> pd.Series:
    """Return which rows stand beside the map: no geometry, or a point that is an area's."""
    return ~known_as_points(incidents) & ~known_as_areas(incidents)


def without_vague_points(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the table with no geometry where a point stands for an area.

    Such a point (a province's middle, an empty point) would be drawn as if the
    spot were known. Its coordinates move to the columns ``lon`` and ``lat``,
    degrees, from which reading makes the point again.
    """
    import shapely

    shapes = incidents.geometry.to_numpy().copy()
    vague = (unplaced(incidents) & incidents.geometry.notna()).to_numpy(bool)
    if not vague.any():
        return incidents
    lon, lat = np.full(len(shapes), np.nan), np.full(len(shapes), np.nan)
    lon[vague], lat[vague] = shapely.get_x(shapes[vague]), shapely.get_y(shapes[vague])
    shapes[vague] = None
    return incidents.assign(lon=lon, lat=lat).set_geometry(list(shapes), crs=incidents.crs)


def time_span(incidents: pd.DataFrame) -> tuple[Days, Days]:
    """Return when each incident begins and ends, half-open: the end is no more part of it.

    Midnight of the first day, and midnight after the last; ``datetime64[s]``,
    local to the line's time zone, NaT where there is no date. Time sliders
    that are given inclusive days show an incident a day early or lose its last.
    """
    start = incidents["date_start"].to_numpy("datetime64[s]")
    last = incidents["date_end"].to_numpy("datetime64[s]")
    end = np.where(np.isnat(last), start, last) + np.timedelta64(1, "D")
    return start, end.astype("datetime64[s]")


def build_layers(
    incidents: gpd.GeoDataFrame, line: DemarcationLine, *, groups: Collection[Group] = tuple(Group)
) -> tuple[Layer, ...]:
    """Return the layers of a map, bottom to top.

    Parameters
    ----------
    incidents
        A sited incident table, EPSG:4326. Rows without geometry are in no
        layer; outputs list them beside the map.
    line
        The line it was sited against.
    groups
        Which groups to build; all by default.

    Returns
    -------
    The line's zones, uncertainty discs (geodesic, true metres), incidents
    whose place is an area, the line's segments, places, and one layer of
    incidents for each kind that has any point.
    """
    makers: dict[Group, Callable[[], list[Layer]]] = {
        Group.ZONES: lambda: _zones(line),
        Group.UNCERTAINTY: lambda: _uncertainty(incidents),
        Group.AREAS: lambda: _areas(incidents),
        Group.LINE: lambda: _segments(line),
        Group.PLACES: lambda: _places(incidents),
        Group.INCIDENTS: lambda: _kinds(incidents),
    }
    return tuple(layer for group in Group if group in groups for layer in makers[group]())


def _zones(line: DemarcationLine) -> list[Layer]:
    return [
        _layer(f"zone_{zone}", Group.ZONES, _names(rows), rows, ZONES.get(str(zone), AREA))
        for zone, rows in line.zones.groupby("zone", sort=False)
    ]


def _segments(line: DemarcationLine) -> list[Layer]:
    return [
        _layer(f"line_{segment}", Group.LINE, _names(rows), rows, style_of_segment(str(segment)))
        for segment, rows in line.segments.groupby("segment", sort=False)
    ]


def _uncertainty(incidents: gpd.GeoDataFrame) -> list[Layer]:
    if "radius_m" not in incidents.columns:
        return []
    rows = incidents[known_as_points(incidents) & (incidents["radius_m"] > 0)]
    if rows.empty:
        return []
    shapes = discs(rows.geometry.x, rows.geometry.y, rows["radius_m"])
    columns = [c for c in ("id", "kind", "title", "radius_m", "precision") if c in rows.columns]
    frame = rows[[*columns, "geometry"]].set_geometry(list(shapes), crs="EPSG:4326")
    return [_whole(Group.UNCERTAINTY, frame, UNCERTAINTY)]


def _areas(incidents: gpd.GeoDataFrame) -> list[Layer]:
    rows = incidents[known_as_areas(incidents)]
    return [] if rows.empty else [_whole(Group.AREAS, rows, AREA)]


def _places(incidents: gpd.GeoDataFrame) -> list[Layer]:
    if "place_name" not in incidents.columns:
        return []
    by = [c for c in ("place_id", "place_name", "place_name_ko") if c in incidents.columns]
    rows = known_as_points(incidents) & incidents["place_name"].notna()
    # These columns alone: of a million rows all of them would be half a gigabyte.
    named = incidents[[*by, incidents.geometry.name]][rows]
    if named.empty:
        return []
    counts = named.groupby(by, dropna=False, sort=True).size().rename("incidents")
    first = named.drop_duplicates(by).set_index(by)[["geometry"]]
    frame = first.join(counts).reset_index().sort_values(by, ignore_index=True)
    return [_whole(Group.PLACES, frame, AREA)]


def _kinds(incidents: gpd.GeoDataFrame) -> list[Layer]:
    points = incidents[known_as_points(incidents)]
    by_kind = dict(iter(points.groupby(points["kind"].fillna(str(Kind.OTHER)), sort=False)))
    return [
        _layer(f"incidents_{kind}", Group.INCIDENTS, (style.label_en, style.label_ko), rows, style)
        for kind, style in KINDS.items()
        if (rows := by_kind.get(str(kind))) is not None
    ]


def _names(rows: gpd.GeoDataFrame) -> tuple[str, str]:
    return str(rows["name_en"].iloc[0]), str(rows["name_ko"].iloc[0])


def _layer(
    name: str, group: Group, names: tuple[str, str], frame: gpd.GeoDataFrame, style: Style
) -> Layer:
    name_en, name_ko = names
    return Layer(id=name, group=group, name_en=name_en, name_ko=name_ko, frame=frame, style=style)


def _whole(group: Group, frame: gpd.GeoDataFrame, style: Style) -> Layer:
    """Return the one layer of its group."""
    return _layer(str(group), group, GROUP_NAMES[group], frame, style)
