"""Demarcation lines: what is published of them, their segments, zones and accuracy.

A line is data, not truth: it says who published it and how far it may be off.
"""

from __future__ import annotations

import dataclasses
import functools
import pickle
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.errors import LineError, MissingDataError
from bordermap.files import geodata_path
from bordermap.geo import densified, metres_per_degree
from bordermap.nearest import EdgeIndex

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    import geopandas as gpd
    import pandas as pd
    import shapely
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["DemarcationLine", "LineEdges", "available_lines", "load_line", "read_line"]

# Longest edge in the index: 1 km of chord sags under the ellipsoid by 0.02 m.
_LONGEST_EDGE_M = 1000.0
# Ends of neighbouring segments closer than this are one point; farther is a gap.
_GAP_M = 1.0
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
        if self.id in _packaged_ids() and load_line(self.id) is self:
            return load_line, (self.id,)
        facts = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        return _thawed, (pickle.dumps(facts),)

    @property
    def length_m(self) -> float:
        """Geodesic length in metres."""
        return float(self.segments.geometry.apply(_length_m).sum())


@functools.lru_cache(maxsize=8)
def _thawed(facts: bytes) -> DemarcationLine:
    """Return a line from its pickled facts, the same object for the same bytes."""
    return DemarcationLine(**pickle.loads(facts))  # noqa: S301 - written by __reduce__


def _packaged_ids() -> list[str]:
    return sorted(path.stem for path in geodata_path("lines").glob("*.geojson"))


def _length_m(geometry: shapely.LineString) -> float:
    from pyproj import Geod

    return float(Geod(ellps="WGS84").geometry_length(geometry))


def available_lines() -> pd.DataFrame:
    """Return one row a segment of each packaged line: names, length, accuracy, source, licence.

    ``accuracy_m`` is metres at 95 %, the worst where parts of a segment differ;
    ``length_km`` is geodesic; ``drawn`` is ``mapped`` or ``schematic``.
    """
    import tomllib

    import pandas as pd

    with geodata_path("SOURCES.toml").open("rb") as file:
        sources = tomllib.load(file)
    rows = []
    for line_id in _packaged_ids():
        line = load_line(line_id)
        source = sources.get(f"lines/{line_id}.geojson", {})
        for segment, parts in line.segments.groupby("segment", sort=False):
            rows.append(
                {
                    "id": line.id,
                    "segment": str(segment),
                    "name_en": str(parts["name_en"].iloc[0]),
                    "name_ko": str(parts["name_ko"].iloc[0]),
                    "sides": f"{line.left_name}/{line.right_name}",
                    "drawn": "schematic" if line.is_schematic else "mapped",
                    "length_km": round(sum(_length_m(g) for g in parts.geometry) / 1000, 1),
                    "accuracy_m": float(parts["accuracy_m"].max()),
                    "asserts": str(parts["asserts"].iloc[0]),
                    "published_by": line.published_by,
                    "date": source.get("date"),
                    "licence": source.get("licence"),
                    "attribution": str(parts["attribution"].iloc[0]),
                }
            )
    return pd.DataFrame(rows)


def load_line(line_id: str = "korea") -> DemarcationLine:
    """Return a packaged line by its id.

    Raises
    ------
    MissingDataError
        There is no line of that id; the message lists those there are.
    """
    return _loaded(line_id)


@functools.cache
def _loaded(line_id: str) -> DemarcationLine:
    # Ids are names of files: a path as an id could leave the folder.
    known = _packaged_ids()
    if line_id not in known:
        raise MissingDataError(f'no line "{line_id}"; there are {", ".join(known)}')
    # Not every line has zones; those of Korea are the DMZ and the estuary.
    folder = geodata_path("zones")
    zones = [*folder.glob(f"{line_id}.geojson"), *sorted(folder.glob(f"{line_id}-*.geojson"))]
    return read_line(geodata_path(f"lines/{line_id}.geojson"), zones=zones)


def read_line(
    path: str | os.PathLike[str], *, zones: Sequence[str | os.PathLike[str]] = ()
) -> DemarcationLine:
    """Return a line from any GeoJSON or GeoPackage of LineStrings.

    Parameters
    ----------
    path
        A file in EPSG:4326 whose lines form one chain. Its properties may give
        ``left_name``, ``right_name`` (else ``left`` and ``right``),
        ``accuracy_m`` (else 100), ``zone_width_m``, ``segment``, ``name_en``,
        ``name_ko``, ``attribution``, ``published_by``.
    zones
        Files of zone polygons; without them they are made from
        ``zone_width_m``, where that is given.

    Raises
    ------
    LineError
        The file is no line, or a line with a gap, a self-crossing, another CRS
        or coordinates the wrong way round; the message says where.
    """
    from bordermap import linecheck

    frame, about = linecheck.opened(Path(path))
    frame = linecheck.chained(frame, name=str(path), gap_m=_GAP_M)
    about = {**_first_row(frame), **about}
    segments = _with_defaults(frame, about)
    width_m = float(about.get("zone_width_m") or 0.0)
    line = DemarcationLine(
        id=str(about.get("id") or Path(path).stem),
        name_en=str(about.get("name_en") or Path(path).stem),
        name_ko=str(about.get("name_ko") or about.get("name_en") or Path(path).stem),
        left_name=str(about.get("left_name") or "left"),
        right_name=str(about.get("right_name") or "right"),
        left_name_ko=str(about.get("left_name_ko") or about.get("left_name") or "왼쪽"),
        right_name_ko=str(about.get("right_name_ko") or about.get("right_name") or "오른쪽"),
        published_by=str(about.get("published_by") or Path(path).name),
        timezone=str(about.get("timezone") or "UTC"),
        note=str(about.get("note") or ""),
        is_schematic=about.get("is_schematic") is True,
        segments=segments,
        zones=_read_zones(zones) if zones else _zones(segments, about, width_m),
        window_wsen=_window(segments, about.get("window_wsen")),
        zone_width_m=width_m,
        attributions=tuple(dict.fromkeys(a for a in segments["attribution"] if a)),
    )
    if line.left_name == line.right_name or "unsure" in (line.left_name, line.right_name):
        raise LineError(f"{path}: left_name and right_name must differ, and not be unsure")
    return line


def _read_zones(paths: Sequence[str | os.PathLike[str]]) -> gpd.GeoDataFrame:
    import geopandas as gpd
    import pandas as pd

    parts = [gpd.read_file(path) for path in paths]
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs="EPSG:4326")


def _first_row(frame: gpd.GeoDataFrame) -> dict[str, Any]:
    row = frame.drop(columns="geometry").iloc[0].dropna()
    return {str(k): v for k, v in row.items()}


def _with_defaults(frame: gpd.GeoDataFrame, about: dict[str, Any]) -> gpd.GeoDataFrame:
    import geopandas as gpd
    import pandas as pd

    defaults: dict[str, Any] = {
        "segment": about.get("id") or "line",
        "name_en": about.get("name_en") or "Line",
        "name_ko": about.get("name_ko") or about.get("name_en") or "Line",
        "accuracy_m": 100.0,
        "accuracy_note": "not stated; 100 m assumed",
        "asserts": "as its publisher says",
        "attribution": "",
    }
    columns = {}
    for name, default in defaults.items():
        values = frame[name] if name in frame else pd.Series([None] * len(frame), dtype=object)
        columns[name] = values.where(values.notna(), default)
    result = gpd.GeoDataFrame(columns, geometry=frame.geometry, crs="EPSG:4326")
    accuracy = pd.to_numeric(result["accuracy_m"], errors="coerce")
    if not bool((accuracy >= 0).all()):
        raise LineError("accuracy_m must be a number of metres, 0 or more")
    return result.assign(accuracy_m=accuracy.astype(float))


def _window(segments: gpd.GeoDataFrame, given: Any) -> tuple[float, float, float, float]:
    if given:
        w, s, e, n = (float(v) for v in given)
        return (w, s, e, n)
    w, s, e, n = segments.total_bounds
    margin = max(e - w, n - s, 0.5) / 2
    return (w - margin, max(s - margin, -90.0), e + margin, min(n + margin, 90.0))


def _zones(segments: gpd.GeoDataFrame, about: dict[str, Any], width_m: float) -> gpd.GeoDataFrame:
    """Return the zone of a user's line: both sides up to ``width_m``, or no rows."""
    import geopandas as gpd
    import shapely
    from shapely.ops import split

    columns = ["zone", "name_en", "name_ko", "geometry"]
    if width_m <= 0:
        return gpd.GeoDataFrame(columns=columns, geometry="geometry", crs="EPSG:4326")
    chain = shapely.line_merge(shapely.union_all(segments.geometry.to_numpy()))
    lat = float(shapely.get_coordinates(chain)[:, 1].mean())
    east, north = metres_per_degree(lat)
    scale = np.array([float(east), float(north)])
    flat = shapely.transform(chain, lambda c: c * scale)
    band = flat.buffer(width_m, cap_style="flat")
    rows = []
    for half in split(band, _extended(shapely.get_coordinates(flat), width_m / 100)).geoms:
        inner = half.representative_point()
        at = flat.project(inner)
        a, b = flat.interpolate(max(at - 1, 0)), flat.interpolate(at + 1)
        is_left = (b.x - a.x) * (inner.y - a.y) > (b.y - a.y) * (inner.x - a.x)
        side = str(
            about.get("left_name" if is_left else "right_name") or ("left" if is_left else "right")
        )
        polygon = shapely.transform(half, lambda c: c / scale)
        rows.append((f"zone_{side}", f"Zone, {side}", f"Zone, {side}", polygon))
    frame = gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs="EPSG:4326")
    return frame.dissolve("zone", as_index=False)


def _extended(c: Floats, by: float) -> shapely.LineString:
    import shapely

    first = c[0] + (c[0] - c[1]) / np.hypot(*(c[0] - c[1])) * by
    last = c[-1] + (c[-1] - c[-2]) / np.hypot(*(c[-1] - c[-2])) * by
    return shapely.LineString([first, *c, last])
