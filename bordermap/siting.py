"""The numbers of siting: probabilities, distances, nearest points of positions and shapes.

A reported position is a Gaussian with 95 % inside its radius; the line has an
accuracy of its own. Both together give a probability for each side, exact on
the line's bends (see `bordermap.probability`).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.geo import densified, geodesic_of_chord_m, metres_per_degree, polygon_area_m2
from bordermap.probability import WIDTH_SIGMAS, PolygonMass, sigma_m

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray

    from bordermap.line import DemarcationLine

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

__all__ = ["Siting", "site_points", "site_shapes"]

# Beyond this many sigmas the probability differs from 0 or 1 by less than a millionth.
_REACH = 5.0
# A shape's outline and a route are measured at points no farther apart.
_STEP_M = 500.0


@dataclass(frozen=True, slots=True)
class Siting:
    """What is known of n positions against a line; NaN or "" where nothing is.

    ``p_left`` is the probability of lying left of the line (north in Korea),
    ``p_zone`` of lying in its zones; ``distance_m`` is geodesic;
    ``segment_no`` numbers the rows of the line's segments, -1 for none.
    """

    p_left: Floats
    p_zone: Floats
    distance_m: Floats
    nearest_lon: Floats
    nearest_lat: Floats
    segment_no: NDArray[np.intp]


def site_points(
    lon: ArrayLike, lat: ArrayLike, radius_m: ArrayLike = 0.0, *, line: DemarcationLine
) -> Siting:
    """Return side probability, geodesic distance, nearest point and segment of n points.

    Parameters
    ----------
    lon, lat
        Degrees, EPSG:4326; NaN where unknown.
    radius_m
        Metres that hold the true spot with 95 % probability; NaN counts as 0.
    line
        What to check against.
    """
    x, y = np.asarray(lon, float), np.asarray(lat, float)
    radius = np.broadcast_to(np.asarray(radius_m, float), x.shape)
    edges = line.edges
    nearest = edges.index.nearest(x, y)
    edge = nearest.edge
    found = edge >= 0
    start, along = edges.start[edge], (edges.end - edges.start)[edge]
    foot = start + nearest.t[:, None] * along
    distance = geodesic_of_chord_m(nearest.chord_m, x, y, foot[:, 0], foot[:, 1])
    sigma = sigma_m(radius, edges.accuracy_m[edge])
    inside = found & _in_window(x, y, line)
    p_left = np.full(len(x), np.nan)
    rows = np.flatnonzero(inside)
    p_left[rows] = _p_left(x[rows], y[rows], sigma[rows], distance[rows], nearest.edge[rows],
                           nearest.t[rows], line)  # fmt: skip
    p_zone = np.where(inside, 0.0, np.nan)
    if len(line.zones):
        # Zones lie along the line: what is farther than their width and the doubt is outside.
        reach = _zone_reach_m(line) + _REACH * sigma
        rows = np.flatnonzero(inside & (distance <= reach))
        p_zone[rows] = _zone_mass(line)(x[rows], y[rows], sigma[rows])
    number = np.where(found, edges.segment_no[edge], -1)
    return Siting(
        p_left=p_left,
        p_zone=p_zone,
        distance_m=distance,
        nearest_lon=np.where(found, foot[:, 0], np.nan),
        nearest_lat=np.where(found, foot[:, 1], np.nan),
        segment_no=number,
    )


def _in_window(x: Floats, y: Floats, line: DemarcationLine) -> Bools:
    west, south, east, north = line.window_wsen
    return (x >= west) & (x <= east) & (y >= south) & (y <= north)


def _p_left(
    x: Floats, y: Floats, sigma: Floats, distance: Floats, edge: Any, t: Floats,
    line: DemarcationLine,
) -> Floats:  # fmt: skip
    import shapely

    p = shapely.contains_xy(line.left_polygon, x, y).astype(float)
    close = np.flatnonzero(distance < _REACH * sigma)
    p[close] = _left_mass(line)(x[close], y[close], sigma[close])
    # Beyond an end the line goes on, but nobody said where: its direction is taken as
    # uncertain by 45 degrees at 95 %, so doubt grows with the way beyond the end.
    last = len(line.edges.start) - 1
    beyond = np.flatnonzero(((edge == 0) & (t == 0.0)) | ((edge == last) & (t == 1.0)))
    if len(beyond):
        p[beyond] = _p_beyond(x[beyond], y[beyond], sigma[beyond], edge[beyond] == 0, p[beyond],
                              line)  # fmt: skip
    return p


def _p_beyond(
    x: Floats, y: Floats, sigma: Floats, first: Bools, p: Floats, line: DemarcationLine
) -> Floats:
    from scipy.special import ndtr

    end = np.where(first[:, None], line.chain[0], line.chain[-1])
    outward = np.where(first[:, None], *line.outward)
    east, north = metres_per_degree(end[:, 1])
    offset = np.stack([(x - end[:, 0]) * east, (y - end[:, 1]) * north], axis=-1)
    forward = np.stack([outward[:, 0] * east, outward[:, 1] * north], axis=-1)
    forward /= np.linalg.norm(forward, axis=1)[:, None]
    way = np.einsum("ij,ij->i", offset, forward)
    # Positive on the left of the chain, whose direction is against the first end's.
    across = offset[:, 1] * forward[:, 0] - offset[:, 0] * forward[:, 1]
    across *= np.where(first, -1.0, 1.0)
    wide = np.hypot(sigma, np.maximum(way, 0.0) / WIDTH_SIGMAS)
    return np.where(way > 0, ndtr(across / np.maximum(wide, 1e-9)), p)


@functools.lru_cache(maxsize=8)
def _left_mass(line: DemarcationLine) -> PolygonMass:
    return PolygonMass(line.left_polygon)


@functools.lru_cache(maxsize=8)
def _zone_polygon(line: DemarcationLine) -> Any:
    import shapely

    return shapely.union_all(_demarcated(line).geometry.to_numpy(), grid_size=1e-7)


@functools.lru_cache(maxsize=8)
def _zone_mass(line: DemarcationLine) -> PolygonMass:
    return PolygonMass(_zone_polygon(line))


@functools.lru_cache(maxsize=8)
def _zone_reach_m(line: DemarcationLine) -> float:
    """Return how far the zones reach from the line, metres, by their vertices."""
    import shapely

    c = shapely.get_coordinates(_demarcated(line).geometry.to_numpy())
    return float(line.edges.index.nearest(c[:, 0], c[:, 1]).chord_m.max()) * 1.01


def _demarcated(line: DemarcationLine) -> gpd.GeoDataFrame:
    """Return the zones along the line proper: all but the estuary's waters."""
    return line.zones[line.zones["zone"] != "estuary"]


def site_shapes(shapes: NDArray[np.object_], line: DemarcationLine) -> Siting:
    """Return the siting of n polygons by their area and lines by their length.

    Parameters
    ----------
    shapes
        Polygons and lines, single or multiple, EPSG:4326; none empty. Equal ones
        are measured once.
    line
        What to check against.
    """
    import shapely

    keys = shapely.to_wkb(shapes)
    _, first, number = np.unique(keys, return_index=True, return_inverse=True)
    several = [_site_shape(shape, line) for shape in shapes[first]]
    columns = (np.concatenate([getattr(s, name) for s in several]) for name in Siting.__slots__)
    return Siting(*(column[number] for column in columns))


def _site_shape(shape: Any, line: DemarcationLine) -> Siting:
    """Site one polygon or line. There are few different ones, so this is no hot path."""
    import shapely

    parts = shapely.get_parts(shape)
    outline = [
        densified(shapely.get_coordinates(part), longest_m=_STEP_M)[0]
        for part in (shapely.get_rings(parts) if _is_area(shape) else parts)
    ]
    points = np.vstack(outline)
    at = site_points(points[:, 0], points[:, 1], line=line)
    best = int(np.nanargmin(at.distance_m))
    distance, lon, lat, number = (
        values[best] for values in (at.distance_m, at.nearest_lon, at.nearest_lat, at.segment_no)
    )
    met = shapely.intersection(shape, shapely.LineString(line.chain))
    if not met.is_empty:
        where = met.representative_point()
        there = site_points([where.x], [where.y], line=line)
        distance, lon, lat, number = 0.0, where.x, where.y, there.segment_no[0]
    inside = _in_window(points[:, 0], points[:, 1], line)
    p_left, p_zone = np.nan, np.nan
    if inside.all() and _is_area(shape):
        p_left, p_zone = (_share(shape, part) for part in (line.left_polygon, _zone_polygon(line)))
    elif inside.all():
        p_left, p_zone = float(at.p_left.mean()), float(at.p_zone.mean())
    values = (p_left, p_zone, distance, lon, lat, number)
    return Siting(*(np.array([v]) for v in values))


def _is_area(shape: Any) -> bool:
    return shape.geom_type in {"Polygon", "MultiPolygon"}


def _share(shape: Any, part: Any) -> float:
    import shapely

    both = shapely.intersection(shapely.make_valid(shape), part)
    whole, piece = polygon_area_m2(np.array([shape, both], dtype=object))
    return float(np.clip(piece / whole, 0.0, 1.0)) if whole > 0 else np.nan
