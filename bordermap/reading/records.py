"""From raw columns, whatever they are called, to the incident table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.errors import InputError, at
from bordermap.reading.cells import Faults, choices, days, numbers
from bordermap.table import COLUMNS, Stage, as_incidents

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["Reading", "as_reading"]

# What analysts call a column -> what the table calls it, lower-cased without spaces.
ALIASES = {
    "date": "date_start", "event_date": "date_start", "day": "date_start", "when": "date_start",
    "start_date": "date_start", "end_date": "date_end", "time": "time_local",
    "type": "kind", "event_type": "kind", "category": "kind",
    "name": "title", "headline": "title", "event": "title",
    "description": "summary", "notes": "summary", "text": "summary",
    "location": "place", "where": "place", "toponym": "place", "place_written": "place",
    "source": "source_title", "url": "source_url", "link": "source_url",
    "latitude": "lat", "y": "lat", "lng": "lon", "long": "lon", "longitude": "lon",
    "longtitude": "lon", "x": "lon", "uncertainty_m": "radius_m", "accuracy_m": "radius_m",
    "geometry": "wkt", "geom": "wkt",
}  # fmt: skip

# Columns that the writers add for other programs; reading makes them anew.
_DERIVED = {"start_dt", "end_dt"}
_SITED = {c.name for c in COLUMNS.values() if c.stage is Stage.SITED}
_DAYS = ("date_start", "date_end", "source_date")


@dataclass(frozen=True, slots=True)
class Reading:
    """One input read: the good rows as incidents, the others as they stood with their faults."""

    name: str
    incidents: gpd.GeoDataFrame
    rejects: pd.DataFrame
    rows_read: int


def as_reading(
    raw: pd.DataFrame, *, name: str, geometry: Any = None, skip: bool = False, first_row: int = 2
) -> Reading:
    """Return the raw rows as incidents.

    Parameters
    ----------
    raw
        Strings (or JSON values) under the file's own column names.
    name
        The file's name, for messages.
    geometry
        Shapely geometries of the rows in EPSG:4326, where the format has them.
    skip
        Set rows with faults aside instead of stopping at the first.
    first_row
        The number that the first data row has in the file.

    Raises
    ------
    InputError
        A needed column is missing, or, unless ``skip``, a value cannot be read.
    """
    import pandas as pd

    renamed = _renamed(raw)
    _check_columns(renamed, name, has_geometry=geometry is not None)
    faults = Faults(name, first_row)
    columns = _typed_columns(renamed, faults)
    shapes = _geometry(renamed, geometry, faults)
    if not skip:
        faults.raise_first()
    bad = faults.rows()
    keep = np.setdiff1d(np.arange(len(raw)), bad)
    frame = pd.DataFrame(columns, index=renamed.index).iloc[keep]
    incidents = as_incidents(_with_geometry(frame.reset_index(drop=True), shapes[keep]), name=name)
    return Reading(
        name=name,
        incidents=incidents,
        rejects=_rejects(raw, faults, first_row),
        rows_read=len(raw),
    )


def _renamed(raw: pd.DataFrame) -> pd.DataFrame:
    names: dict[str, str] = {}
    for column in raw.columns:
        plain = "_".join(str(column).strip().lower().split())
        target = ALIASES.get(plain, plain)
        # A column under its own name goes before another that only may mean it.
        if target in names.values():
            target = plain if plain not in names.values() else f"{plain}_2"
        names[column] = target
    exact = {c for c in raw.columns if c in COLUMNS or c in {"lat", "lon", "wkt"}}
    for column, target in names.items():
        if column not in exact and target in exact:
            names[column] = "_".join(str(column).strip().lower().split())
    return raw.rename(columns=names).drop(columns=list(_DERIVED), errors="ignore")


def _check_columns(frame: pd.DataFrame, name: str, *, has_geometry: bool) -> None:
    have = set(frame.columns)
    if "date_start" not in have:
        raise InputError(
            f"{at(name, row=1)}: no date column; add date (2024-06-20, 2024-06 or 2024)"
        )
    for one, other in (("lat", "lon"), ("lon", "lat")):
        if one in have and other not in have:
            raise InputError(
                f"{at(name, row=1)}: there is {one} but no {other} column; add {other}"
            )
    if not has_geometry and not have & {"place", "lat", "wkt"}:
        raise InputError(
            f"{at(name, row=1)}: no column says where; add place (a name), or lat and lon"
        )


def _typed_columns(frame: pd.DataFrame, faults: Faults) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    dates = days(frame["date_start"], "date_start", faults)
    given_end = "date_end" in frame
    ends = days(frame["date_end"], "date_end", faults) if given_end else dates
    columns["date_start"] = dates["start"]
    columns["date_end"] = ends["end"].fillna(dates["end"])
    early = columns["date_end"] < columns["date_start"]
    if given_end:
        faults.add(early, "date_end", frame["date_end"], "is before date_start", "swap them")
    if "source_date" in frame:
        columns["source_date"] = days(frame["source_date"], "source_date", faults)["start"]
    columns["date_precision"] = dates["precision"]
    for column in frame.columns:
        if column in _DAYS or column in {"lat", "lon", "wkt"}:
            continue
        known = COLUMNS.get(column)
        values = frame[column]
        if known is None:
            columns[column] = values
        elif known.choices:
            picked = choices(values, column, faults, known.choices)
            columns[column] = picked.fillna(columns[column]) if column in columns else picked
        elif known.dtype in {"float64", "Int64"}:
            high = 1.0 if column.startswith("p_") or column == "place_score" else np.inf
            low = -180.0 if column.startswith("nearest_") else 0.0
            columns[column] = numbers(values, column, faults, low=low, high=high, what="a number")
        else:
            columns[column] = _text(values, column)
    if "kind" not in columns:
        columns["kind"] = "other"
    # A table that carries the whole of siting was written by us and comes back whole;
    # single columns of these names are somebody else's.
    return (
        columns if set(columns) >= _SITED else {k: columns[k] for k in columns if k not in _SITED}
    )


def _text(values: pd.Series, column: str) -> pd.Series:
    import json

    import pandas as pd

    if column == "quantities":
        values = pd.Series(
            [json.dumps(v, sort_keys=True, ensure_ascii=False) if isinstance(v, dict) else v
             for v in values],
            index=values.index,
            dtype=object,
        )  # fmt: skip
    text = values.astype("str").where(values.notna())
    return text.mask(text.str.strip() == "")


def _geometry(frame: pd.DataFrame, given: Any, faults: Faults) -> Any:
    import shapely

    shapes = np.full(len(frame), None, dtype=object) if given is None else np.asarray(given, object)
    if "wkt" in frame:
        text = frame["wkt"].fillna("").astype("str")
        cells = np.array([t or None for t in text], dtype=object)
        read = np.asarray(shapely.from_wkt(cells, on_invalid="ignore"), object)
        wrong = (text != "") & shapely.is_missing(read)
        faults.add(wrong, "wkt", frame["wkt"], "is no geometry", "write it as POINT (127.1 37.9)")
        shapes = np.where(shapely.is_missing(shapes), read, shapes)
    if "lat" in frame:
        lat, lon = _coordinates(frame, faults)
        has = (lat.notna() & lon.notna()).to_numpy() & shapely.is_missing(shapes)
        shapes[has] = shapely.points(lon[has], lat[has])
    return shapes


def _coordinates(frame: pd.DataFrame, faults: Faults) -> tuple[pd.Series, pd.Series]:
    import pandas as pd

    raw_lat = pd.to_numeric(frame["lat"], errors="coerce")
    raw_lon = pd.to_numeric(frame["lon"], errors="coerce")
    swapped = (raw_lat.abs() > 90) & (raw_lat.abs() <= 180) & (raw_lon.abs() <= 90)
    faults.add(
        swapped, "lat", frame["lat"], "is not a latitude",
        "lat and lon look swapped; exchange the columns' names",
    )  # fmt: skip
    lat = numbers(frame["lat"].mask(swapped), "lat", faults, low=-90, high=90, what="a latitude")
    lon = numbers(frame["lon"].mask(swapped), "lon", faults, low=-180, high=180, what="a longitude")
    for one, name in ((lat, "lon"), (lon, "lat")):
        alone = one.notna() & (frame[name].isna() | (frame[name].astype("str").str.strip() == ""))
        faults.add(alone, name, frame[name], "is empty", "give both coordinates or none")
    return lat, lon


def _with_geometry(frame: pd.DataFrame, shapes: Any) -> gpd.GeoDataFrame:
    import geopandas as gpd

    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes, index=frame.index), crs=4326)


def _rejects(raw: pd.DataFrame, faults: Faults, first_row: int) -> pd.DataFrame:
    """Return the faulty rows as they stood, behind what is wrong with the first of their cells."""
    import pandas as pd

    first: dict[int, tuple[str, str, str, str]] = {}
    for row, *what in sorted(faults.entries):
        first.setdefault(row, (what[0], what[1], what[2], what[3]))
    rows = list(first)
    about = pd.DataFrame(
        [(row + first_row, *first[row]) for row in rows],
        columns=["reject_row", "reject_column", "reject_value", "reject_reason", "reject_remedy"],
    )
    return pd.concat([about, raw.iloc[rows].reset_index(drop=True)], axis=1)
