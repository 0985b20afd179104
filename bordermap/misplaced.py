"""Incidents whose coordinates lie far from every place of the name that they bear."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bordermap.gazetteer import Gazetteer
from bordermap.gazetteer.folding import parse
from bordermap.gazetteer.ranking import forms, tier_quality
from bordermap.geo import geodesic_m, repeats

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

__all__ = ["FAR_M", "far_from_their_name"]

FAR_M = 50_000.0
"""A county and its neighbours; a namesake in another province is farther."""

# So many names are looked up, those on the most rows first: each takes about 0.1 ms.
_MOST_NAMES = 5_000
# Names known only by their sound lead to too many places to doubt a position by.
_LEAST_QUALITY = 0.8


def far_from_their_name(
    incidents: gpd.GeoDataFrame, *, gazetteer: Gazetteer | None = None
) -> NDArray[np.bool_]:
    """Return which incidents' own coordinates are far from all places of their ``place``.

    A county at the border that a table stores under the position of its
    namesake in the south is found so, and so is a capital's position under the
    name of a village.

    Parameters
    ----------
    incidents
        A located table, EPSG:4326; only points that the input brought count.
    gazetteer
        Where to look; the packaged one by default.

    Returns
    -------
    n flags: the name is known, and its nearest place lies more than ``FAR_M`` plus
    both radii away.
    """
    import pandas as pd
    import shapely

    far = np.zeros(len(incidents), bool)
    shapes = incidents.geometry.to_numpy()
    asked = (shapely.get_type_id(shapes) == 0) & incidents["place"].notna().to_numpy(bool)
    if "place_source" in incidents:
        asked &= (incidents["place_source"] == "input").to_numpy(bool)
    rows = np.flatnonzero(asked)
    if not len(rows):
        return far
    codes, distinct = pd.factorize(incidents["place"].iloc[rows])
    names = distinct.tolist()
    common = np.sort(np.argsort(-np.bincount(codes), kind="stable")[:_MOST_NAMES])
    places = _places([str(names[n]) for n in common], gazetteer or Gazetteer.open())
    lon, lat = shapely.get_x(shapes[rows]), shapely.get_y(shapes[rows])
    radius = incidents["radius_m"].fillna(0.0).to_numpy(float)[rows]
    first, number = repeats(codes, lon, lat, radius)
    by_code = dict(zip(common.tolist(), places, strict=True))
    doubtful = np.zeros(len(first), bool)
    for n, row in enumerate(first):
        there = by_code.get(int(codes[row]))
        if there is not None and len(there):
            apart = geodesic_m(lon[row], lat[row], there[:, 0], there[:, 1]) - there[:, 2]
            doubtful[n] = float(np.min(apart)) > FAR_M + radius[row]
    far[rows] = doubtful[number]
    return far


def _places(names: list[str], book: Gazetteer) -> list[NDArray[np.float64]]:
    """Return longitude, latitude and radius of all places of each name."""
    keys = [
        {key: quality for key, quality, kind in forms(parse(name)) if kind is None}
        for name in names
    ]
    hits = book.index.lookup({key for found in keys for key in found})
    numbers = [
        sorted(
            {
                no
                for key, quality in found.items()
                for no, tier in hits.get(key, ())
                if quality * tier_quality(tier) >= _LEAST_QUALITY
            }
        )
        for found in keys
    ]
    records = book.index.records({no for found in numbers for no in found})
    return [
        np.array([(records[no].lon, records[no].lat, records[no].radius_m) for no in found], float)
        for found in numbers
    ]
