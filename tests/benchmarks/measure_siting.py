"""Measure the line and the probabilities; the tables in docs/siting.md come from here.

``python tests/benchmarks/measure_siting.py`` needs the reference lines beside the
checkout for the first table; the second needs nothing.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from scipy.special import ndtr

from bordermap.geo import metres_per_degree
from bordermap.line import load_line
from bordermap.probability import sigma_m
from bordermap.site import site_points

REFERENCE = Path(__file__).parents[3] / "shared" / "reference"
METRIC = "+proj=tmerc +lat_0=38 +lon_0=127.5 +ellps=WGS84 +units=m"
DRAWS = 100_000


def offsets(ours: shapely.Geometry, theirs: shapely.Geometry) -> str:
    """Return mean, 95th percentile and maximum of how far ours lies from theirs, metres."""
    samples = shapely.points(shapely.get_coordinates(shapely.segmentize(ours, 50)))
    off = shapely.distance(samples, theirs)
    return f"{off.mean():.0f} | {np.percentile(off, 95):.0f} | {off.max():.0f}"


def lines() -> None:
    korea = load_line("korea")
    segments = korea.segments.to_crs(METRIC)
    lsib = gpd.read_file(REFERENCE / "lsib_dmz.geojson").to_crs(METRIC)
    nll = gpd.read_file(REFERENCE / "nll_1953.geojson").to_crs(METRIC)
    mdl = shapely.union_all(segments.geometry[segments.segment == "mdl"].to_numpy())
    print("| ours against | mean m | 95th m | max m |\n|---|---|---|---|")
    theirs = lsib[lsib.DISCLAIME1 == "Military Demarcation Line"].geometry.iloc[0]
    print(f"| MDL, LSIB | {offsets(mdl, theirs)} |")
    for name, number in (("nll_west", 0), ("nll_east", 1)):
        ours = segments.geometry[segments.segment == name].iloc[0]
        print(f"| {name}, published vertices | {offsets(ours, nll.geometry.iloc[number])} |")
    limits = [shapely.get_coordinates(g) for g in lsib[lsib.DISCLAIME1 == "DMZ"].geometry]
    rings = [shapely.Polygon(np.vstack([limits[0], limits[1][::d]])) for d in (1, -1)]
    zone = next(r for r in rings if r.is_valid)
    ours = shapely.union_all(korea.zones.to_crs(METRIC).query("zone != 'estuary'").geometry)
    share = shapely.intersection(ours, zone).area / shapely.union(ours, zone).area
    print(f"\nDMZ: ours {ours.area / 1e6:.0f} km2, LSIB {zone.area / 1e6:.0f} km2, ", end="")
    print(f"intersection over union {share:.3f}")


def probabilities(n: int = 1000) -> None:
    korea = load_line("korea")
    zone = shapely.union_all(korea.zones.query("zone != 'estuary'").geometry.to_numpy())
    shapely.prepare(zone)
    rng = np.random.default_rng(7)
    mdl = np.vstack([g.coords for g in korea.segments.geometry[korea.segments.segment == "mdl"]])
    print("\n| radius | straight-line formula | exact, p_north | exact, p_dmz |\n|---|---|---|---|")
    for low, high in ((10, 100), (100, 500), (500, 1500), (1500, 5000)):
        at = mdl[rng.integers(0, len(mdl), n // 4)]
        east, north = metres_per_degree(at[:, 1])
        away, angle = rng.uniform(0, 3000, n // 4), rng.uniform(0, 2 * np.pi, n // 4)
        lon, lat = at[:, 0] + away * np.cos(angle) / east, at[:, 1] + away * np.sin(angle) / north
        radius = rng.uniform(low, high, n // 4)
        found = site_points(lon, lat, radius, line=korea)
        accuracy = korea.segments.accuracy_m.to_numpy()[found.segment_no]
        sigma = sigma_m(radius, accuracy)
        left = shapely.contains_xy(korea.left_polygon, lon, lat)
        straight = ndtr(np.where(left, 1, -1) * found.distance_m / sigma)
        worst = np.zeros(3)
        for i in range(len(lon)):
            x = lon[i] + rng.normal(0, sigma[i], DRAWS) / east[i]
            y = lat[i] + rng.normal(0, sigma[i], DRAWS) / north[i]
            truth = shapely.contains_xy(korea.left_polygon, x, y).mean()
            inside = shapely.contains_xy(zone, x, y).mean()
            off = (straight[i] - truth, found.p_left[i] - truth, found.p_zone[i] - inside)
            worst = np.maximum(worst, np.abs(off))
        print(f"| {low} to {high} m | " + " | ".join(f"{w:.3f}" for w in worst) + " |")


if __name__ == "__main__":
    if REFERENCE.exists():
        lines()
    probabilities()
