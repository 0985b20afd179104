"""Whether a file of lines is one usable chain; if not, where the fault lies."""

from __future__ import annotations

import itertools
import json
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.errors import LineError
from bordermap.geo import geodesic_m

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

__all__ = ["chained", "opened"]


def opened(path: Path) -> tuple[gpd.GeoDataFrame, dict[str, Any]]:
    """Return a file's features and its foreign member ``bordermap``, if any.

    Raises
    ------
    LineError
        The file is not there, cannot be read, or is not in EPSG:4326.
    """
    import geopandas as gpd
    from pyogrio.errors import DataSourceError

    if not path.exists():
        raise LineError(f"{path}: no such file")
    try:
        with warnings.catch_warnings():
            # A geometry that GDAL does not know becomes none, which is told below.
            warnings.simplefilter("ignore", RuntimeWarning)
            frame = gpd.read_file(path)
    except (DataSourceError, ValueError, UnicodeDecodeError) as error:
        raise LineError(f"{path}: cannot be read as GeoJSON or GeoPackage: {error}") from error
    if not isinstance(frame, gpd.GeoDataFrame) or frame.geometry.isna().all():
        raise LineError(f"{path}: has no geometry; give a LineString or MultiLineString")
    if frame.crs is None or frame.crs.to_epsg() != 4326:
        raise LineError(f"{path}: is in {frame.crs}; convert it to EPSG:4326 (to_crs)")
    return frame, _about(path)


def _about(path: Path) -> dict[str, Any]:
    if path.suffix.lower() not in {".geojson", ".json"}:
        return {}
    try:
        text = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise LineError(f"{path}: is no valid JSON: {error}") from error
    about = text.get("bordermap") if isinstance(text, dict) else None
    return about if isinstance(about, dict) else {}


def chained(frame: gpd.GeoDataFrame, *, name: str, gap_m: float) -> gpd.GeoDataFrame:
    """Return the lines in chain order, one LineString a row, ends joined.

    Parameters
    ----------
    frame
        Features in EPSG:4326; MultiLineStrings are taken apart.
    name
        What to call the file in an error.
    gap_m
        Ends that lie no farther apart are joined; farther is a gap.

    Raises
    ------
    LineError
        Another geometry than lines, coordinates out of range or the wrong way
        round, a gap, a branch, or a self-crossing; with its place.
    """
    import shapely

    kinds = set(frame.geometry.geom_type)
    if not kinds <= {"LineString", "MultiLineString"}:
        wrong = ", ".join(sorted(str(k) for k in kinds - {"LineString", "MultiLineString"}))
        raise LineError(f"{name}: holds {wrong}; give LineStrings only")
    frame = frame.explode(ignore_index=True)
    _check_coordinates(shapely.get_coordinates(frame.geometry.to_numpy()), name)
    order, turned = _order(frame, name, gap_m)
    frame = frame.iloc[order].reset_index(drop=True)
    parts = [
        np.asarray(g.coords)[::-1] if turn else np.asarray(g.coords)
        for g, turn in zip(frame.geometry, turned, strict=True)
    ]
    for before, after in itertools.pairwise(parts):
        after[0] = before[-1]
    frame = frame.set_geometry([shapely.LineString(p) for p in parts], crs="EPSG:4326")
    _check_simple(shapely.LineString(np.vstack([parts[0], *(p[1:] for p in parts[1:])])), name)
    return frame


def _check_coordinates(c: np.ndarray, name: str) -> None:
    off = ~np.isfinite(c).all(axis=1) | (abs(c[:, 0]) > 180) | (abs(c[:, 1]) > 90)
    if off.any():
        x, y = c[int(off.argmax())]
        hint = "; latitude and longitude look swapped" if abs(y) > 90 and abs(x) <= 90 else ""
        raise LineError(
            f"{name}: {x:g}, {y:g} is not longitude, latitude in degrees{hint}; "
            "GeoJSON wants longitude first"
        )


def _order(frame: gpd.GeoDataFrame, name: str, gap_m: float) -> tuple[list[int], list[bool]]:
    """Return the features' order along the chain, and which to turn round.

    The first feature keeps its direction unless all others disagree with it.
    """
    ends = [(np.asarray(g.coords)[0], np.asarray(g.coords)[-1]) for g in frame.geometry]
    order, turned = [0], [False]
    left = set(range(1, len(ends)))

    def meets(a: np.ndarray, b: np.ndarray) -> bool:
        return bool(geodesic_m(a[0], a[1], b[0], b[1]) <= gap_m)

    while left:
        head = ends[order[0]][1 if turned[0] else 0]
        tail = ends[order[-1]][0 if turned[-1] else 1]
        for i in sorted(left):
            first, last = ends[i]
            if meets(tail, first) or meets(tail, last):
                order.append(i)
                turned.append(not meets(tail, first))
                break
            if meets(head, last) or meets(head, first):
                order.insert(0, i)
                turned.insert(0, not meets(head, last))
                break
        else:
            i = min(left, key=lambda k: min(geodesic_m(*tail, *e) for e in ends[k]))
            away = float(min(geodesic_m(*tail, *e) for e in ends[i]))
            raise LineError(
                f"{name}: a gap of {away:,.0f} m at {tail[0]:.5f}, {tail[1]:.5f}; "
                "join the parts into one chain"
            )
        left.discard(i)
    if sum(turned) > len(turned) / 2:
        order, turned = order[::-1], [not t for t in turned[::-1]]
    return order, turned


def _check_simple(chain: Any, name: str) -> None:
    import shapely

    if chain.length == 0:
        raise LineError(f"{name}: the line has no length")
    if not chain.is_simple:
        # Where a line noded with itself has more than two ends, it crosses itself.
        noded = shapely.node(chain)
        ends = np.vstack([[g.coords[0], g.coords[-1]] for g in noded.geoms])
        points, number = np.unique(ends.round(9), axis=0, return_counts=True)
        x, y = points[int(number.argmax())]
        raise LineError(f"{name}: the line crosses itself at {x:.5f}, {y:.5f}")
