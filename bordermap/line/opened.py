"""A line out of anyone's file: checked, with defaults for what the file does not say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.errors import LineError
from bordermap.geo import metres_per_degree
from bordermap.line.demarcation import DemarcationLine

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    import geopandas as gpd
    import shapely
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["read_line"]

# Ends of neighbouring segments closer than this are one point; farther is a gap.
_GAP_M = 1.0


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
