"""The incident table as the page carries it: whole columns, quantised, each word once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.layers import known_as_areas, known_as_points
from bordermap.table import COLUMNS
from bordermap.webmap.packing import Pack
from bordermap.webmap.shapes import add_shapes, anchors

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["pack_by_turns", "pack_incidents"]

# Column -> how many of the page's steps make one unit: 1e-6 degrees, 0.0001 of a probability,
# whole metres.
_STEPS = {
    "radius_m": 1, "p_north": 10_000, "distance_m": 1, "nearest_lon": 1_000_000,
    "nearest_lat": 1_000_000, "p_dmz": 10_000, "place_score": 1_000, "quote_start": 1,
    "quote_end": 1,
}  # fmt: skip
# What the first picture and the filters need, then what the list and a hover show.
_DRAWN = frozenset(
    {
        "kind", "date_start", "date_end", "date_precision", "place", "place_name",
        "place_name_ko", "radius_m", "side", "zone",
    }
)  # fmt: skip
_POINTED_AT = frozenset({"title", "distance_m", "nearest_lon", "nearest_lat"})
_POINT_STEPS = 1_000_000
_NONE = -(2**31)
_LARGEST = 2**31 - 1


def pack_incidents(incidents: gpd.GeoDataFrame) -> Pack:
    """Return an incident table packed for the page, in the table's order.

    Points are rounded to 1e-6 degrees (0.1 m), shapes to 1e-5, metres to whole
    ones. Columns that hold nothing are left out. A point that stands for an
    area (see `bordermap.layers.unplaced`) does not travel.
    """
    return _packed(incidents, _names(incidents), geometry=True)


def pack_by_turns(incidents: gpd.GeoDataFrame) -> list[Pack]:
    """Return what the page draws from, what lists and hovers show, and all other columns.

    A large map answers sooner when it need not read all its words first.
    """
    names = _names(incidents)
    rest = [n for n in names if n not in _DRAWN]
    packs = [
        _packed(incidents, [n for n in names if n in _DRAWN], geometry=True),
        _packed(incidents, [n for n in rest if n in _POINTED_AT], geometry=False),
        _packed(incidents, [n for n in rest if n not in _POINTED_AT], geometry=False),
    ]
    for pack in packs[1:]:
        pack.facts["order"] = [str(n) for n in names]
    return packs


def _names(incidents: gpd.GeoDataFrame) -> list[Any]:
    found = [c for c in incidents if c != incidents.geometry.name]
    return [c for c in COLUMNS if c in found] + [c for c in found if c not in COLUMNS]


def _packed(incidents: gpd.GeoDataFrame, names: list[Any], *, geometry: bool) -> Pack:
    pack = Pack(rows=len(incidents), columns={})
    for number, name in enumerate(names):
        column = incidents[name]
        if not bool(column.notna().any()):
            continue
        entry = _add(pack, f"c{number}", str(name), column)
        pack.facts["columns"][str(name)] = {
            **entry, "array": f"c{number}", "documented": name in COLUMNS,
        }  # fmt: skip
    if geometry:
        _add_points(pack, incidents)
        _add_areas(pack, incidents)
    return pack


def _add(pack: Pack, array: str, name: str, column: pd.Series) -> dict[str, Any]:
    import pandas as pd

    if pd.api.types.is_datetime64_any_dtype(column):
        whole = column.dt.tz_localize(None) if column.dt.tz is not None else column
        days = whole.to_numpy(dtype="datetime64[D]").astype(np.int64)
        pack.add(array, np.where(column.isna(), _NONE, days), "i4")
        return {"type": "day"}
    if name in _STEPS:
        pack.add(array, _stepped(column, _STEPS[name]), "i4")
        return {"type": "number", "steps": _STEPS[name]}
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        pack.add(array, column.to_numpy(dtype=float, na_value=np.nan), "f8")
        return {"type": "float"}
    words = column.astype("str").where(column.notna())
    return pack.add_column(array, words)


def _stepped(column: pd.Series, steps: int) -> NDArray[np.int64]:
    values = column.to_numpy(dtype=float, na_value=np.nan) * steps
    whole = np.clip(np.round(values), -_LARGEST, _LARGEST)
    return np.where(np.isnan(values), _NONE, np.nan_to_num(whole)).astype(np.int64)


def _add_points(pack: Pack, incidents: gpd.GeoDataFrame) -> None:
    points = known_as_points(incidents).to_numpy()
    for name, values in (
        ("lon", incidents.geometry[points].x),
        ("lat", incidents.geometry[points].y),
    ):
        all_rows = np.full(len(incidents), _NONE, dtype=np.int64)
        all_rows[points] = np.round(values.to_numpy(float) * _POINT_STEPS).astype(np.int64)
        pack.add(name, all_rows, "i4")


def _add_areas(pack: Pack, incidents: gpd.GeoDataFrame) -> None:
    """Add each different shape once, and which one each row has."""
    import pandas as pd
    import shapely

    areas = known_as_areas(incidents).to_numpy()
    shapes = incidents.geometry.to_numpy()[areas]
    codes, _ = pd.factorize(np.array(shapely.to_wkb(shapes, hex=True), dtype=object))
    rows = np.full(len(incidents), _NONE, dtype=np.int64)
    rows[areas] = codes
    _, first = np.unique(codes, return_index=True)
    distinct = [shapes[i] for i in first]
    if distinct:
        pack.add("shape", rows, "i4")
        add_shapes(pack, "shapes", distinct)
        spots = np.round(anchors(distinct) * _POINT_STEPS)
        pack.add("shapes.anchor", spots.ravel(), "i4")
