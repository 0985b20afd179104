"""Which incidents a figure shows as symbols, which as areas, and which beside the map."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.layers import Group, known_as_areas, known_as_points
from bordermap.table import Kind, Precision

if TYPE_CHECKING:
    import geopandas as gpd

    from bordermap.figure.plane import Plane, Window
    from bordermap.layers import Layer
    from bordermap.line import DemarcationLine

__all__ = ["Marks", "Region", "Sign", "bounds_of", "collected"]

# Land that takes more of the map than this is no place on it any more.
_WIDEST_SHARE = 0.25
# Points of one kind closer than this on paper are one symbol with a number.
_SAME_MM = 0.4
# At least this much of the world, degrees, so that one village has its surroundings.
_LEAST_DEG = 0.35
# More symbols than this are not pushed apart: the way from each to its place would be lost.
_MOST_SPREAD = 150


@dataclass(slots=True, kw_only=True)
class Sign:
    """One symbol: its kind, how many incidents, its place and where it is drawn, mm."""

    kind: Kind
    place_x: float
    place_y: float
    count: int
    names: tuple[str, str]
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """An area or line to which incidents are known: its names, shape on paper, kinds.

    A sea has no outline that could be drawn without looking like a border.
    """

    names: tuple[str, str]
    shape: Any
    kinds: Counter[Kind]
    is_water: bool = False


@dataclass(slots=True, kw_only=True)
class Marks:
    """What is drawn, and how many incidents are not, by the reason."""

    signs: list[Sign] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    discs: Any = None
    outside: Counter[tuple[str, str]] = field(default_factory=Counter)
    too_wide: Counter[tuple[str, str]] = field(default_factory=Counter)
    nowhere: int = 0

    @property
    def kinds(self) -> Counter[Kind]:
        """How many incidents of each kind are on the map."""
        found: Counter[Kind] = Counter()
        for sign in self.signs:
            found[sign.kind] += sign.count
        for region in self.regions:
            found.update(region.kinds)
        return found


def bounds_of(incidents: gpd.GeoDataFrame, line: DemarcationLine) -> Window:
    """Return the window that shows what lies near the line, degrees, with a margin.

    Incidents beyond the line's own window (talks in a far capital) do not
    stretch it, unless there are none within.
    """
    import shapely

    near = shapely.box(*line.window_wsen)
    placed = incidents[known_as_points(incidents) | known_as_areas(incidents)]
    placed = placed[placed["precision"] != str(Precision.COUNTRY)]
    shapes = placed.geometry[placed.geometry.within(near)].to_numpy()
    if not len(shapes):
        shapes = line.segments.geometry.to_numpy()
    west, south, east, north = (float(v) for v in shapely.total_bounds(shapes))
    margin = 0.07 * max(east - west, north - south, _LEAST_DEG)
    lack_x, lack_y = (max(0.0, _LEAST_DEG - d) / 2 for d in (east - west, north - south))
    return (
        west - margin - lack_x, south - margin - lack_y,
        east + margin + lack_x, north + margin + lack_y,
    )  # fmt: skip


def collected(
    layers: tuple[Layer, ...], incidents: gpd.GeoDataFrame, plane: Plane, *, size_mm: float
) -> Marks:
    """Return what the layers put on this plane, with symbols of this size pushed apart."""
    marks = Marks()
    for layer in layers:
        if layer.group is Group.INCIDENTS:
            _add_signs(marks, layer.frame, plane)
        elif layer.group is Group.AREAS:
            _add_regions(marks, layer.frame, plane)
        elif layer.group is Group.UNCERTAINTY:
            marks.discs = _visible_discs(layer.frame, plane, size_mm)
    on_map = known_as_points(incidents) | known_as_areas(incidents)
    marks.nowhere = int((~on_map).sum())
    if len(marks.signs) <= _MOST_SPREAD:
        _push_apart(marks.signs, plane, size_mm)
    return marks


def _names(row: Any) -> tuple[str, str]:
    """Return a row's place in English and Korean, as the gazetteer or the report has it."""
    given = [getattr(row, c, None) for c in ("place_name", "place", "place_name_ko")]
    name, written, korean = (v if isinstance(v, str) and v else "" for v in given)
    return name or written, korean or name or written


def _add_signs(marks: Marks, frame: gpd.GeoDataFrame, plane: Plane) -> None:
    at = plane.mm(np.column_stack([frame.geometry.x, frame.geometry.y]))
    inside = (at > 0).all(axis=1) & (at < (plane.width_mm, plane.height_mm)).all(axis=1)
    groups: dict[tuple[int, int], Sign] = {}
    for row, (x, y), shown in zip(frame.itertuples(), at, np.asarray(inside), strict=True):
        if not shown:
            marks.outside[_names(row)] += 1
            continue
        key = (round(x / _SAME_MM), round(y / _SAME_MM))
        if key in groups:
            groups[key].count += 1
            continue
        kind = Kind(row.kind) if isinstance(row.kind, str) else Kind.OTHER
        groups[key] = Sign(kind=kind, place_x=x, place_y=y, count=1, names=_names(row), x=x, y=y)
    marks.signs += groups.values()


def _add_regions(marks: Marks, frame: gpd.GeoDataFrame, plane: Plane) -> None:
    import shapely

    keys = frame.geometry.to_wkb()
    for _, rows in frame.groupby(keys, sort=False):
        names = _names(next(rows.itertuples()))
        whole = rows.geometry.iloc[0]
        shape = shapely.clip_by_rect(whole, *plane.window_wsen)
        on_paper = plane.on_paper(shape)
        share = on_paper.area / (plane.width_mm * plane.height_mm)
        is_water = (rows["precision"] == str(Precision.WATER)).any()
        is_country = (rows["precision"] == str(Precision.COUNTRY)).any()
        if shape.is_empty:
            marks.outside[names] += len(rows)
        elif is_country or (share > _WIDEST_SHARE and not is_water):
            marks.too_wide[names] += len(rows)
        else:
            kinds = Counter(Kind(k) if isinstance(k, str) else Kind.OTHER for k in rows["kind"])
            marks.regions.append(
                Region(names=names, shape=on_paper, kinds=kinds, is_water=bool(is_water))
            )


def _visible_discs(frame: gpd.GeoDataFrame, plane: Plane, size_mm: float) -> Any:
    """Return the discs in millimetres that are larger than a symbol, each place once."""
    import shapely

    radius_mm = frame["radius_m"].to_numpy(float) / 1000 * plane.mm_per_km()
    shown = frame.geometry[radius_mm > size_mm / 2].to_numpy()
    if not len(shown):
        return None
    once = {shapely.to_wkb(s): s for s in shown}
    inside = shapely.clip_by_rect(np.array(list(once.values())), *plane.window_wsen)
    kept = inside[~shapely.is_empty(inside)]
    return plane.on_paper(kept) if len(kept) else None


def _push_apart(signs: list[Sign], plane: Plane, size_mm: float) -> None:
    """Move symbols that cover each other to the free spots nearest to their places.

    Those with most incidents keep their places, so that no chain of pushes can
    carry a symbol far away.
    """
    wanted, edge = size_mm * 1.06, size_mm * 0.6
    most = (plane.width_mm - edge, plane.height_mm - edge)
    turns = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    # Rings around the place, a quarter of a symbol apart; its own middle first.
    rings = [size_mm * 0.25 * k * np.column_stack([np.cos(turns), np.sin(turns)])
             for k in range(1, 80)]  # fmt: skip
    ways = np.vstack([np.zeros((1, 2)), *rings])
    done = np.full((len(signs), 2), np.inf)
    order = sorted(range(len(signs)), key=lambda n: (-signs[n].count, n))
    for rank, n in enumerate(order):
        sign = signs[n]
        spots = np.clip(np.array([sign.place_x, sign.place_y]) + ways, edge, most)
        apart = np.hypot(*(spots[:, None] - done[None, :rank]).transpose(2, 0, 1))
        free = np.flatnonzero((apart >= wanted).all(axis=1))
        sign.x, sign.y = (float(v) for v in spots[free[0] if len(free) else 0])
        done[rank] = sign.x, sign.y
