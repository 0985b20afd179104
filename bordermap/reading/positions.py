"""Where a table's rows lie: geometries, coordinates in one or two columns, areas as discs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.geo import discs, repeats
from bordermap.reading.coordinates import split_pairs, two_columns
from bordermap.reading.distinct import distinct
from bordermap.table import AREA_PRECISIONS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from bordermap.reading.findings import Findings
    from bordermap.reading.how import How

    Floats = NDArray[np.float64]

__all__ = ["Positions", "as_discs", "positions"]


@dataclass(frozen=True, slots=True)
class Positions:
    """n shapely geometries, None where nothing is known, and radii that came with them (NaN).

    ``spot`` numbers the different coordinates, -1 where a row brings none; None where some
    rows lie elsewhere.
    """

    shapes: NDArray[Any]
    radius_m: Floats
    spot: NDArray[np.intp] | None = None


def positions(frame: pd.DataFrame, given: Any, findings: Findings, how: How) -> Positions:
    """Return where the rows lie.

    Parameters
    ----------
    frame
        Text columns, of which ``lat``, ``lon``, ``coordinates`` and ``wkt`` count.
    given
        Geometries that the format itself has, or None.
    findings
        Where faults and repairs are noted.
    how
        ``region_wsen`` and ``fix_swapped`` count.
    """
    import shapely

    shapes = np.full(len(frame), None, dtype=object)
    radius = np.full(len(frame), np.nan)
    if given is not None:
        shapes = np.array(given, dtype=object)
        shapes[shapely.is_empty(shapes)] = None
    if "wkt" in frame:
        shapes = np.where(shapely.is_missing(shapes), _from_wkt(frame["wkt"], findings), shapes)
    if "lat" in frame:
        lon, lat = _checked(*two_columns(frame, findings), frame, findings, how)
    elif "coordinates" in frame:
        lon, lat, radius = split_pairs(frame["coordinates"], "coordinates", findings)
        lon, lat = _in_range(lon, lat, frame, findings, ("coordinates", "coordinates"))
    else:
        return Positions(shapes, radius)
    has = np.isfinite(lon) & np.isfinite(lat)
    if given is not None or "wkt" in frame:
        has &= shapely.is_missing(shapes)
    rows = np.flatnonzero(has)
    spot = np.full(len(frame), -1, np.intp)
    if len(rows):
        # Shapes never change, so that rows at one spot can share theirs.
        first, spot[rows] = repeats(lon[rows], lat[rows])
        spots = np.asarray(shapely.points(lon[rows][first], lat[rows][first]), dtype=object)
        shapes[rows] = spots[spot[rows]]
    only = given is None and "wkt" not in frame
    return Positions(shapes, radius, spot if only else None)


def as_discs(shapes: NDArray[Any], precision: pd.Series, radius_m: pd.Series) -> NDArray[Any]:
    """Return the shapes with points that stand for an area as discs of their radius.

    A source that gives a province's middle as its point knows the province, not
    the point. Points without a radius stay.
    """
    import shapely

    rows = precision.isin(list(AREA_PRECISIONS)).to_numpy() & (radius_m > 0).to_numpy()
    rows &= shapely.get_type_id(shapes) == 0
    if not rows.any():
        return shapes
    index = np.flatnonzero(rows)
    lon, lat = shapely.get_x(shapes[index]), shapely.get_y(shapes[index])
    radius = radius_m.to_numpy(float)[index]
    first, number = repeats(lon, lat, radius)
    drawn = np.asarray(discs(lon[first], lat[first], radius[first]), dtype=object)
    result = shapes.copy()
    result[index] = drawn[number]
    return result


def _from_wkt(cells: pd.Series, findings: Findings) -> NDArray[Any]:
    import shapely

    codes, said = distinct(cells)
    texts = np.array([*said, None], dtype=object)
    with np.errstate(over="ignore", invalid="ignore"):
        read = np.asarray(shapely.force_2d(shapely.from_wkt(texts, on_invalid="ignore")), object)
        w, s, e, n = shapely.bounds(read).T
        inside = (w >= -180) & (e <= 180) & (s >= -90) & (n <= 90)
    lost = shapely.is_missing(read)
    lost[-1] = False
    off = ~lost & ~inside & ~shapely.is_empty(read)
    off[-1] = False
    findings.fault(lost[codes], "wkt", cells, "is no geometry", "write it as POINT (127.1 37.9)")
    findings.fault(off[codes], "wkt", cells, "reaches beyond 180 or 90 degrees",
                   "give longitude first, in degrees")  # fmt: skip
    read[off | shapely.is_empty(read)] = None
    return np.asarray(read[codes], object)


def _checked(
    lon: Floats, lat: Floats, frame: pd.DataFrame, findings: Findings, how: How
) -> tuple[Floats, Floats]:
    swapped = _swapped(lon, lat, how)
    if swapped.any() and how.fix_swapped:
        lon, lat = np.where(swapped, lat, lon), np.where(swapped, lon, lat)
        findings.repair(swapped, "lat", "exchanged with their longitudes, for they were swapped")
    elif swapped.any():
        beyond = swapped & (np.abs(lat) > 90)
        remedy = "lat and lon look swapped; exchange the columns' names, or use --fix-swapped"
        findings.fault(beyond, "lat", frame["lat"], "is not a latitude", remedy)
        findings.fault(swapped & ~beyond, "lat", frame["lat"],
                       "is far from the line, and near it if exchanged", remedy)  # fmt: skip
        lon, lat = np.where(swapped, np.nan, lon), np.where(swapped, np.nan, lat)
        _alone(lon, lat, frame, findings, but=swapped)
        return _in_range(lon, lat, frame, findings, ("lon", "lat"))
    _alone(lon, lat, frame, findings, but=swapped)
    return _in_range(lon, lat, frame, findings, ("lon", "lat"))


def _swapped(lon: Floats, lat: Floats, how: How) -> NDArray[np.bool_]:
    """Return which rows have their latitude where the longitude should be."""
    with np.errstate(invalid="ignore"):
        swapped = (np.abs(lat) > 90) & (np.abs(lat) <= 180) & (np.abs(lon) <= 90)
        if how.region_wsen:
            w, s, e, n = how.region_wsen
            here = (lon >= w) & (lon <= e) & (lat >= s) & (lat <= n)
            there = (lat >= w) & (lat <= e) & (lon >= s) & (lon <= n)
            swapped |= there & ~here
    return np.asarray(swapped)


def _alone(
    lon: Floats, lat: Floats, frame: pd.DataFrame, findings: Findings, *, but: NDArray[np.bool_]
) -> None:
    already = np.zeros(len(lon), bool)
    already[findings.bad_rows()] = True
    for one, other, name in ((lat, lon, "lon"), (lon, lat, "lat")):
        wrong = np.isfinite(one) & np.isnan(other) & ~but & ~already
        findings.fault(wrong, name, frame[name], "is empty", "give both coordinates or none")


def _in_range(
    lon: Floats, lat: Floats, frame: pd.DataFrame, findings: Findings, names: tuple[str, str]
) -> tuple[Floats, Floats]:
    with np.errstate(invalid="ignore"):
        off_lat, off_lon = np.abs(lat) > 90, np.abs(lon) > 180
    findings.fault(off_lat, names[1], frame[names[1]], "is not a latitude",
                   "give a latitude, -90 to 90")  # fmt: skip
    findings.fault(off_lon, names[0], frame[names[0]], "is not a longitude",
                   "give a longitude, -180 to 180")  # fmt: skip
    null = (lon == 0) & (lat == 0)
    findings.fault(null, names[1], frame[names[1]], "with longitude 0 is null island",
                   "leave both coordinates empty where they are not known")  # fmt: skip
    off = off_lat | off_lon | null
    return np.where(off, np.nan, lon), np.where(off, np.nan, lat)
