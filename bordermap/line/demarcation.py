"""What a demarcation line is: its segments, zones, sides and short edges."""

from __future__ import annotations

import dataclasses
import functools
import pickle
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.errors import LineError
from bordermap.geo import densified
from bordermap.nearest import EdgeIndex

if TYPE_CHECKING:
    import geopandas as gpd
    import shapely
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["DemarcationLine", "LineEdges", "length_m"]

# Longest edge in the index: 1 km of chord sags under the ellipsoid by 0.02 m.
_LONGEST_EDGE_M = 1000.0
# The half-plane polygons reach so far beyond the line, degrees.
_FAR_DEG = 40.0


@dataclass(frozen=True, slots=True)
class LineEdges:
    """The line cut into m short edges: their ends, segment and accuracy.

    ``start`` and ``end`` are longitude and latitude, shape (m, 2);
    ``segment_no`` is the row in `DemarcationLine.segments`; ``accuracy_m`` is
    metres at 95 %; ``index`` finds the nearest edge.
    """

    start: Floats
    end: Floats
    segment_no: NDArray[np.intp]
    accuracy_m: Floats
    index: EdgeIndex


@dataclass(frozen=True, kw_only=True, eq=False)
class DemarcationLine:
    """One line that divides two sides, in segments, with the zones along it.

    Attributes
    ----------
    id, name_en, name_ko
        What it is called.
    left_name, right_name
        The sides as seen along the chain; for Korea ``north`` and ``south``.
    published_by
        Whose drawing this is, to follow "line as published by".
    segments
        One row a segment in chain order, EPSG:4326 LineStrings: ``segment``,
        ``name_en``, ``name_ko``, ``accuracy_m`` (95 %), ``asserts``,
        ``attribution``.
    zones
        Polygons along the line, EPSG:4326: ``zone``, ``name_en``, ``name_ko``.
    window_wsen
        West, south, east, north in degrees: where sides are told.
    zone_width_m
        How far the zone reaches to each side of the line; 0 where there is none.
    is_schematic
        Whether its publisher drew it roughly, or nobody has checked it against a survey.
    """

    id: str
    name_en: str
    name_ko: str
    left_name: str
    right_name: str
    published_by: str
    segments: gpd.GeoDataFrame
    zones: gpd.GeoDataFrame
    window_wsen: tuple[float, float, float, float]
    left_name_ko: str = ""
    right_name_ko: str = ""
    timezone: str = "UTC"
    zone_width_m: float = 0.0
    note: str = ""
    is_schematic: bool = False
    attributions: tuple[str, ...] = field(default=())

    @functools.cached_property
    def edges(self) -> LineEdges:
        """The line in short edges with their index, made when first asked for."""
        parts, numbers = [], []
        for number, geometry in enumerate(self.segments.geometry):
            vertices, _ = densified(np.asarray(geometry.coords), longest_m=_LONGEST_EDGE_M)
            parts.append(np.hstack([vertices[:-1], vertices[1:]]))
            numbers.append(np.full(len(vertices) - 1, number))
        both, segment_no = np.vstack(parts), np.concatenate(numbers)
        start, end = both[:, :2], both[:, 2:]
        accuracy = self.segments["accuracy_m"].to_numpy(float)[segment_no]
        return LineEdges(start, end, segment_no, accuracy, EdgeIndex(start, end))

    @functools.cached_property
    def chain(self) -> Floats:
        """All vertices in order, longitude and latitude, shape (n, 2)."""
        parts = [np.asarray(g.coords) for g in self.segments.geometry]
        return np.vstack([parts[0], *(p[1:] for p in parts[1:])])

    @functools.cached_property
    def left_polygon(self) -> shapely.Polygon:
        """A polygon of all that lies left of the line, drawn on beyond both ends.

        How far the drawn-on parts (see `outward`) may be trusted is for
        `bordermap.site` to say.
        """
        import shapely

        polygon = self._closed_on_the_left(*self.outward)
        shapely.prepare(polygon)
        return polygon

    @functools.cached_property
    def outward(self) -> tuple[Floats, Floats]:
        """Unit vectors in degrees along which the line goes on beyond its first and last vertex.

        The line's general direction; where that would cross the line itself,
        away from its middle, or straight on from the last edge.

        Raises
        ------
        LineError
            Each of these crosses the line: its ends turn inward.
        """
        chain = self.chain
        along, _ = self.direction
        middle = chain.mean(axis=0)

        def unit(vector: Floats) -> Floats:
            made: Floats = vector / np.hypot(*vector)
            return made

        firsts = (-along, unit(chain[0] - middle), unit(chain[0] - chain[1]))
        lasts = (along, unit(chain[-1] - middle), unit(chain[-1] - chain[-2]))
        for first in firsts:
            for last in lasts:
                if self._closed_on_the_left(first, last).is_valid:
                    return first, last
        raise LineError(f"{self.id}: the line's ends turn inward; cut them off")

    def _closed_on_the_left(self, first: Floats, last: Floats) -> shapely.Polygon:
        import shapely

        chain, (_, left) = self.chain, self.direction
        begin, end = chain[0] + first * _FAR_DEG, chain[-1] + last * _FAR_DEG
        return shapely.Polygon([begin, *chain, end, end + left * _FAR_DEG, begin + left * _FAR_DEG])

    @functools.cached_property
    def direction(self) -> tuple[Floats, Floats]:
        """Two unit vectors in degrees: along the whole line, and to its left."""
        across = self.chain[-1] - self.chain[0]
        along = across / np.hypot(*across)
        return along, np.array([-along[1], along[0]])

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        """Travel to other processes by id, or by the facts alone; each makes its index once."""
        from bordermap.line.packaged import load_line, packaged_ids

        if self.id in packaged_ids() and load_line(self.id) is self:
            return load_line, (self.id,)
        facts = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        return _thawed, (pickle.dumps(facts),)

    @property
    def length_m(self) -> float:
        """Geodesic length in metres."""
        return float(self.segments.geometry.apply(length_m).sum())


@functools.lru_cache(maxsize=8)
def _thawed(facts: bytes) -> DemarcationLine:
    """Return a line from its pickled facts, the same object for the same bytes."""
    return DemarcationLine(**pickle.loads(facts))  # noqa: S301 - written by __reduce__


def length_m(geometry: shapely.LineString) -> float:
    """Return the geodesic length in metres of a line in EPSG:4326."""
    from pyproj import Geod

    return float(Geod(ellps="WGS84").geometry_length(geometry))
