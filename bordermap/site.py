"""On which side of the line, how far from it, in which zone, and how surely.

A reported position is a Gaussian with 95 % inside its radius; the line has an
accuracy of its own. Both together give a probability for each side, exact on
the line's bends (see `bordermap.probability`); a side is told only where it
passes 0.95.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.geo import repeats
from bordermap.line import DemarcationLine, load_line
from bordermap.siting import Siting, site_points, site_shapes
from bordermap.table import Agreement, Claim, Direction

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["BORDER_AREA_M", "SURE", "Siting", "site", "site_points"]

SURE = 0.95
"""A side or zone is told when its probability reaches this."""

BORDER_AREA_M = 10_000.0
"""Within so many metres of the line a position is in the border area."""

UNSURE = "unsure"


def site(incidents: Any, *, line: DemarcationLine | None = None) -> Any:
    """Return the table with the sited columns: side, probabilities, distance, zone, agreement.

    Points are sited with their ``radius_m`` (missing counts as exact); polygons
    by the share of their area on each side; lines by the mean over their length.
    Rows without geometry, and rows outside the line's window, have no side.

    Parameters
    ----------
    incidents
        A GeoDataFrame in EPSG:4326, or a DataFrame with ``lon`` and ``lat`` in
        degrees; where known with ``radius_m``, ``claim`` and ``direction``. A Dask
        table of either is sited part by part when it is computed.
    line
        What to check against; the line between the two Koreas by default.

    Returns
    -------
    A new table of the same type, with the columns of stage ``sited`` of
    `bordermap.table.COLUMNS` behind its own.

    Raises
    ------
    ValueError
        The table has no CRS, is not in EPSG:4326, or has neither geometry nor
        ``lon`` and ``lat``.
    """
    line = line or load_line()
    if hasattr(incidents, "map_partitions"):
        return incidents.map_partitions(site, line=line, meta=site(incidents._meta, line=line))
    geometry = _geometries(incidents)
    radius = (
        incidents["radius_m"].to_numpy(float)
        if "radius_m" in incidents
        else np.zeros(len(incidents))
    )
    if geometry is None:
        lon, lat = incidents["lon"].to_numpy(float), incidents["lat"].to_numpy(float)
        siting = site_points(lon, lat, radius, line=line)
    else:
        siting = _site_geometries(geometry, radius, line)
    return incidents.assign(**_columns(siting, incidents, geometry, line))


def _geometries(table: Any) -> Any:
    """Return the table's geometries, or None where it has positions in columns."""
    if "geometry" not in table and {"lon", "lat"} <= set(table.columns):
        return None
    crs = getattr(table, "crs", None)
    if crs is None or crs.to_epsg() != 4326:
        raise ValueError(
            f"the table is in {crs}; use to_crs('EPSG:4326'), or give columns lon and lat"
        )
    return table.geometry.to_numpy()


def _site_geometries(geometry: Any, radius: Floats, line: DemarcationLine) -> Siting:
    import shapely

    kind = shapely.get_type_id(geometry)
    known = (kind >= 0) & ~shapely.is_empty(geometry)
    points = known & (kind == 0)
    lon, lat = np.full(len(geometry), np.nan), np.full(len(geometry), np.nan)
    lon[points], lat[points] = shapely.get_x(geometry[points]), shapely.get_y(geometry[points])
    first, number = repeats(lon, lat, radius)
    siting = site_points(lon[first], lat[first], radius[first], line=line)
    siting = Siting(*(getattr(siting, name)[number] for name in Siting.__slots__))
    shapes = np.flatnonzero(known & ~points)
    if len(shapes):
        _put(siting, shapes, site_shapes(geometry[shapes], line))
    return siting


def _put(siting: Siting, rows: Any, other: Siting) -> None:
    for name in Siting.__slots__:
        getattr(siting, name)[rows] = getattr(other, name)


def _columns(
    siting: Siting, incidents: pd.DataFrame, geometry: Any, line: DemarcationLine
) -> dict[str, Any]:
    p, found = siting.p_left, siting.segment_no >= 0
    side = np.where(p >= SURE, 1, np.where(p <= 1 - SURE, 2, np.where(np.isnan(p), -1, 0)))
    groups, group_no = np.unique(line.segments["segment"].astype(str), return_inverse=True)
    return {
        "side": _named([UNSURE, line.left_name, line.right_name], side),
        "p_north": p,
        "distance_m": siting.distance_m,
        "nearest_lon": siting.nearest_lon,
        "nearest_lat": siting.nearest_lat,
        "line_id": _named([line.id], np.where(found, 0, -1)),
        "line_segment": _named(list(groups), np.where(found, group_no[siting.segment_no], -1)),
        "zone": _zone(siting, side, incidents, geometry, line),
        "p_dmz": siting.p_zone,
        "agrees": _agreement(siting, incidents, line),
    }


def _named(names: list[str], code: NDArray[Any]) -> Any:
    """Return a column of strings from their numbers, missing where the number is -1."""
    import pandas as pd

    return pd.Series(names, dtype="str").array.take(code, allow_fill=True)


def _zone(
    siting: Siting, side: NDArray[Any], incidents: pd.DataFrame, geometry: Any,
    line: DemarcationLine,
) -> Any:  # fmt: skip
    """Return the narrowest zone that is sure: a half of the zone, the zone, the border area.

    "dmz" without a half stands for positions that are surely inside but on no sure side.
    """
    import shapely

    stem = "dmz" if line.id == "korea" else "zone"
    names = [stem, f"{stem}_{line.left_name}", f"{stem}_{line.right_name}", "estuary",
             "border_area"]  # fmt: skip
    code = np.where(siting.distance_m <= BORDER_AREA_M, 4, -1)
    code[np.isnan(siting.p_left)] = -1
    waters = line.zones[line.zones["zone"] == "estuary"].geometry.to_numpy()
    if len(waters):
        rows = np.flatnonzero(code == 4)
        inner = (
            shapely.points(
                incidents["lon"].to_numpy(float)[rows], incidents["lat"].to_numpy(float)[rows]
            )
            if geometry is None
            else shapely.point_on_surface(geometry[rows])
        )
        shapely.prepare(waters)
        code[rows[shapely.intersects(waters[0], inner)]] = 3
    sure = siting.p_zone >= SURE
    code[sure] = np.maximum(side[sure], 0)
    return _named(names, code)


def _agreement(siting: Siting, incidents: Any, line: DemarcationLine) -> Any:
    """Return whether the geometry bears out each row's claim; missing where there is none.

    A crossing agrees where the line lies within the position's own doubt, or
    the position on the side that it led to; it contradicts where the position
    is surely on the side that it came from and out of the line's reach.
    """
    n = len(siting.p_left)
    names = [str(Agreement.CANNOT_TELL), str(Agreement.AGREES), str(Agreement.CONTRADICTS)]
    if "claim" not in incidents or not bool(incidents["claim"].notna().any()):
        return _named(names, np.full(n, -1))
    claim = incidents["claim"].to_numpy(object, na_value=None)
    direction = (
        incidents["direction"].to_numpy(object, na_value=None)
        if "direction" in incidents
        else np.full(n, None, dtype=object)
    )
    p_north = _p_of("north", siting.p_left, line)
    code = np.where([c is None for c in claim], -1, 0)
    for wanted, p in (
        (Claim.NORTH_SIDE, p_north),
        (Claim.SOUTH_SIDE, 1 - p_north),
        (Claim.INSIDE_DMZ, siting.p_zone),
    ):
        rows = claim == wanted
        code[rows & (p >= SURE)] = 1
        code[rows & (p <= 1 - SURE)] = 2
    rows = claim == Claim.CROSSED_LINE
    reached = np.where(direction == Direction.SOUTH_TO_NORTH, p_north, np.nan)
    reached = np.where(direction == Direction.NORTH_TO_SOUTH, 1 - p_north, reached)
    at_line = siting.distance_m <= _doubt_m(siting, incidents, line)
    code[rows & (at_line | (reached >= SURE))] = 1
    code[rows & ~at_line & (reached <= 1 - SURE)] = 2
    return _named(names, code)


def _p_of(name: str, p_left: Floats, line: DemarcationLine) -> Floats:
    """Return the probability of the side of this name; NaN where the line has none such."""
    if line.left_name == name:
        return p_left
    if line.right_name == name:
        return 1 - p_left
    return np.full(len(p_left), np.nan)


def _doubt_m(siting: Siting, incidents: pd.DataFrame, line: DemarcationLine) -> Floats:
    radius = incidents["radius_m"].to_numpy(float) if "radius_m" in incidents else 0.0
    accuracy: Floats = line.segments["accuracy_m"].to_numpy(float)[siting.segment_no]
    doubt: Floats = np.hypot(np.nan_to_num(radius), accuracy)
    return doubt
