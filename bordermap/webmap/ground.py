"""The base map as the page carries it: land, water, rivers, boundaries and names."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from bordermap.basemap import Basemap, load_basemap
from bordermap.webmap.packing import Pack
from bordermap.webmap.shapes import add_shapes

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from bordermap.line import DemarcationLine

__all__ = ["pack_ground"]

Window = tuple[float, float, float, float]
_WORLD: Window = (-180.0, -60.0, 180.0, 84.0)
# Degrees: how far a drawn shore may be from the source, and the grid its vertices lie on.
_NEAR_TOLERANCE, _NEAR_STEP = 0.0003, 1e-4


class Grain(NamedTuple):
    """How coarse: degrees off the source, the grid's step, the smallest land in degrees squared."""

    tolerance_deg: float
    step_deg: float
    smallest_deg2: float


_AROUND, _AROUND_DEG = Grain(0.012, 0.002, 0.0005), 7.0
_FAR = Grain(0.06, 0.01, 0.02)
# Ponds and reservoirs under this many square degrees (about 3 km2) are only noise.
_SMALLEST_HOLE = 3e-4
# Land that comes this near to the line (degrees) is the land that the map is about.
_TOUCHES_DEG = 0.15
# A window wider than this, degrees, fills a screen by itself.
_LONG_DEG = 7.0
# Spots for a country's name: their distance in degrees, and how many at most.
_SPOT_DEG, _MOST_SPOTS = 0.3, 260


def pack_ground(line: DemarcationLine) -> Pack:
    """Return what lies under a line's map, detailed in its window and coarse around it.

    Land is in two groups, the countries that the line divides and all others,
    each without inner boundaries: the line itself is drawn by its own layer.
    """
    return _packed(line.id, line.window_wsen, line)


@functools.lru_cache(maxsize=4)
def _packed(_: str, window: Window, line: DemarcationLine) -> Pack:
    import shapely

    window = _as_wide_as_a_screen(window)
    near, far = load_basemap(window), load_basemap(_WORLD)
    box = shapely.box(*window)
    about = _divided(near.land, line)
    pack = Pack(window=list(window), attributions=list(dict.fromkeys(near.attributions)))
    shapes: dict[str, list[Any]] = {
        "home": _merged(near.land[about], _NEAR_TOLERANCE),
        "other": _merged(near.land[~about], _NEAR_TOLERANCE),
        "lakes": _simple(near.lakes, _NEAR_TOLERANCE * 2),
    }
    for name, geometries in shapes.items():
        add_shapes(pack, name, geometries, step_deg=_NEAR_STEP)
    around = _widened(window, _AROUND_DEG)
    beyond = shapely.box(*around)
    _add_coarse(pack, "around", load_basemap(around), box, _AROUND)
    _add_coarse(pack, "far", far, beyond, _FAR)
    _add_lines(pack, "rivers", near.rivers, "rank", _NEAR_STEP)
    _add_lines(pack, "boundaries", near.boundaries, "kind", _NEAR_STEP)
    _add_labels(pack, near.labels, far.labels, box)
    # Where the map names an area that more than one country claims, a country's name
    # that wanders over it would say whose it is: there names stay where they are given.
    contested = bool((near.labels["kind"] == "area").any())
    _add_roomy_spots(pack, near.land[about] if not contested else near.land.iloc[:0])
    return pack


def _divided(land: gpd.GeoDataFrame, line: DemarcationLine) -> pd.Series:
    """Return which land belongs to a country that the line runs through or beside."""
    import shapely

    near = shapely.buffer(shapely.union_all(line.segments.geometry.to_numpy()), _TOUCHES_DEG)
    shapely.prepare(near)
    touched = set(land.loc[shapely.intersects(near, land.geometry.to_numpy()), "iso"])
    found: pd.Series = land["iso"].isin(touched)
    return found


def _merged(land: gpd.GeoDataFrame, tolerance_deg: float) -> list[Any]:
    """Return land without inner boundaries and small ponds."""
    import shapely

    parts = shapely.get_parts(shapely.simplify(_joined(land), tolerance_deg))
    return [_without_ponds(p) for p in parts if not p.is_empty]


def _joined(land: gpd.GeoDataFrame) -> Any:
    """Return one geometry of all land; islands that touch nothing need no union."""
    import shapely

    shapes = land.geometry.to_numpy()
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    touching = np.zeros(len(shapes), dtype=bool)
    touching[one[one != other]] = True
    mainland = shapely.get_parts(shapely.union_all(shapes[touching]))
    return shapely.multipolygons(shapely.get_parts([*mainland, *shapes[~touching]]))


def _without_ponds(polygon: Any) -> Any:
    import shapely

    large = [r for r in polygon.interiors if shapely.area(shapely.Polygon(r)) > _SMALLEST_HOLE]
    return shapely.Polygon(polygon.exterior, large)


def _as_wide_as_a_screen(window: Window) -> Window:
    """Return the window of a short line stretched to what a wide screen shows around it.

    Without it the coarse land beyond begins in view, a shade darker and with a
    hard edge. The window of a long line fills a screen, and is dear to carry.
    """
    west, south, east, north = window
    width, height = east - west, north - south
    if width > _LONG_DEG:
        return window
    # Two and a half times as wide as high on the screen; a degree of longitude is shorter.
    wanted = 2.5 * height / np.cos(np.radians((south + north) / 2))
    half_lack = max(0.0, wanted - width) / 2
    more = height * 0.25
    return (
        round(max(west - half_lack, -180.0), 2), round(max(south - more, -60.0), 2),
        round(min(east + half_lack, 180.0), 2), round(min(north + more, 84.0), 2),
    )  # fmt: skip


def _widened(window: Window, by_deg: float) -> Window:
    west, south, east, north = window
    return (
        round(max(west - by_deg, -180.0), 2),
        round(max(south - by_deg, -60.0), 2),
        round(min(east + by_deg, 180.0), 2),
        round(min(north + by_deg, 84.0), 2),
    )


def _add_coarse(pack: Pack, name: str, base: Basemap, without: Any, grain: Grain) -> None:
    """Add land, shores and countries' boundaries outside a box, each where it is large enough."""
    import shapely

    def outside(frame: gpd.GeoDataFrame) -> Any:
        shapes = shapely.simplify(frame.geometry.to_numpy(), grain.tolerance_deg)
        shapes = shapes[~shapely.is_empty(shapes)]
        crossing = shapely.intersects(without, shapes)
        shapes[crossing] = shapely.difference(shapely.make_valid(shapes[crossing]), without)
        return shapely.get_parts(shapes)

    land = outside(base.land)
    shores = shapely.line_merge(outside(base.coast))
    countries = outside(base.boundaries[base.boundaries["kind"] == "country"])
    for suffix, shapes in (
        ("", land[shapely.area(land) > grain.smallest_deg2]),
        ("_coast", shores[shapely.length(shores) > grain.tolerance_deg * 6]),
        ("_boundaries", countries[shapely.length(countries) > grain.tolerance_deg]),
    ):
        add_shapes(pack, f"{name}{suffix}", list(shapes), step_deg=grain.step_deg)


def _simple(frame: gpd.GeoDataFrame, tolerance_deg: float) -> list[Any]:
    import shapely

    return list(shapely.get_parts(shapely.simplify(frame.geometry.to_numpy(), tolerance_deg)))


def _add_lines(
    pack: Pack, name: str, frame: gpd.GeoDataFrame, by: str, step_deg: float
) -> None:  # fmt: skip
    """Add lines, those of one rank or kind as one geometry, and say in the header which."""
    import shapely

    groups = [(value, rows) for value, rows in frame.groupby(by, sort=True)]
    merged = [
        shapely.simplify(shapely.line_merge(shapely.union_all(rows.geometry.to_numpy())), 0.0008)
        for _, rows in groups
    ]
    add_shapes(pack, name, merged, step_deg=step_deg)
    pack.facts[name] = [v if isinstance(v, str) else int(v) for v, _ in groups]


def _add_labels(
    pack: Pack, near: gpd.GeoDataFrame, far: gpd.GeoDataFrame, box: Any
) -> None:  # fmt: skip
    import pandas as pd
    import shapely

    beyond = far[~shapely.intersects(box, far.geometry.to_numpy()) & (far["rank"] <= 2)]
    labels = pd.concat([near, beyond], ignore_index=True).sort_values(
        ["rank", "kind", "name_en"], kind="stable", ignore_index=True
    )
    spots = shapely.get_coordinates(labels.geometry.to_numpy())
    pack.add("labels.spot", np.round(spots * 1e5).ravel(), "i4")
    pack.add("labels.rank", labels["rank"].to_numpy(), "u1")
    kinds = sorted(labels["kind"].unique())
    pack.add("labels.kind", labels["kind"].map({k: i for i, k in enumerate(kinds)}), "u1")
    pack.facts["label_kinds"] = kinds
    pack.add_words("labels.en", labels["name_en"].tolist())
    pack.add_words("labels.ko", labels["name_ko"].fillna(labels["name_en"]).tolist())


def _add_roomy_spots(pack: Pack, land: gpd.GeoDataFrame) -> None:
    """Add where a country's name may stand when its own place is out of sight.

    Spots on a grid, those farthest from shore and border first.
    """
    import shapely

    found: dict[str, list[list[float]]] = {}
    for name, rows in land.groupby("name_en", sort=True):
        shape = shapely.simplify(_joined(rows), 0.02)
        west, south, east, north = shapely.bounds(shape)
        lon, lat = np.meshgrid(
            np.arange(west, east, _SPOT_DEG), np.arange(south, north, _SPOT_DEG * 0.8)
        )
        spots = np.asarray(shapely.points(lon.ravel(), lat.ravel()))
        shapely.prepare(shape)
        inside = spots[shapely.contains(shape, spots)]
        room = shapely.distance(shapely.boundary(shape), inside)
        order = np.argsort(-room, kind="stable")[:_MOST_SPOTS]
        order = order[room[order] > 0.12]
        found[str(name)] = shapely.get_coordinates(inside[order]).round(3).tolist()
    pack.facts["roomy"] = found
