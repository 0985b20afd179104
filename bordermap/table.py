"""The incident table: its columns, choices and ids, and the check that they hold.

A table is a GeoDataFrame in EPSG:4326, one row an incident, sorted by date and
then id. Stages add columns and change none. Unknown is missing (NaN, NaT,
None), never an empty string or 0.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from bordermap.errors import InputError
from bordermap.ordering import sort_incidents

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd
    import pandas as pd

__all__ = [
    "AREA_PRECISIONS",
    "COLUMNS",
    "FACTS",
    "Agreement",
    "Claim",
    "Column",
    "DatePrecision",
    "Direction",
    "Kind",
    "Precision",
    "Stage",
    "as_incidents",
    "ids_of",
    "incident_ids",
]


class Kind(StrEnum):
    """What kind of incident a record tells of."""

    CROSSING = "crossing"
    GUNFIRE = "gunfire"
    ARTILLERY = "artillery"
    BALLOON = "balloon"
    LEAFLET = "leaflet"
    LOUDSPEAKER = "loudspeaker"
    MINE = "mine"
    CONSTRUCTION = "construction"
    INFILTRATION = "infiltration"
    DEFECTION = "defection"
    DRONE = "drone"
    AIRCRAFT = "aircraft"
    NAVAL = "naval"
    MISSILE = "missile"
    NUCLEAR = "nuclear"
    EXPLOSION = "explosion"
    ABDUCTION = "abduction"
    CYBER_GPS = "cyber_gps"
    DEPLOYMENT = "deployment"
    DIPLOMACY = "diplomacy"
    STATEMENT = "statement"
    OTHER = "other"


class DatePrecision(StrEnum):
    """How exactly a date is known; the days run from ``date_start`` to ``date_end``."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class Precision(StrEnum):
    """How exactly a place is known."""

    EXACT = "exact"
    NEAR = "near"
    PLACE = "place"
    DISTRICT = "district"
    PROVINCE = "province"
    COUNTRY = "country"
    AREA = "area"
    WATER = "water"


AREA_PRECISIONS = frozenset(
    {Precision.PROVINCE, Precision.COUNTRY, Precision.AREA, Precision.WATER}
)
"""Places known as an area or a line: drawn and exported as such, never as a point."""


class Direction(StrEnum):
    """Which way across the line."""

    NORTH_TO_SOUTH = "north_to_south"
    SOUTH_TO_NORTH = "south_to_north"


class Claim(StrEnum):
    """What the report itself says of the position."""

    CROSSED_LINE = "crossed_line"
    INSIDE_DMZ = "inside_dmz"
    NORTH_SIDE = "north_side"
    SOUTH_SIDE = "south_side"


class Agreement(StrEnum):
    """Whether the geometry bears out the claim."""

    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    CANNOT_TELL = "cannot_tell"


class Stage(StrEnum):
    """Which stage of the journey adds a column."""

    REPORTED = "reported"
    LOCATED = "located"
    SITED = "sited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One documented column: its name, dtype, stage, meaning and closed choice if any."""

    name: str
    dtype: str
    stage: Stage
    meaning: str
    choices: tuple[str, ...] = ()


def _column(
    stage: Stage, name: str, dtype: str, meaning: str, choices: type[StrEnum] | None = None
) -> Column:
    values = tuple(str(c) for c in choices) if choices else ()
    return Column(name=name, dtype=dtype, stage=stage, meaning=meaning, choices=values)


_R, _L, _S = Stage.REPORTED, Stage.LOCATED, Stage.SITED
_DAY = "datetime64[s]"

COLUMNS: dict[str, Column] = {
    c.name: c
    for c in (
        _column(_R, "id", "str", "stable: same facts, same id"),
        _column(_R, "title", "str", "one line"),
        _column(_R, "summary", "str", "a paragraph"),
        _column(_R, "kind", "str", "what kind of incident", Kind),
        _column(_R, "date_start", _DAY, "first day, local to the line's time zone"),
        _column(_R, "date_end", _DAY, "last day, inclusive"),
        _column(_R, "date_precision", "str", "how exactly the date is known", DatePrecision),
        _column(_R, "time_local", "str", "HH:MM where given"),
        _column(_R, "place", "str", "the toponym as written"),
        _column(_R, "actor", "str", "who did it"),
        _column(_R, "target", "str", "to whom"),
        _column(_R, "direction", "str", "which way across the line", Direction),
        _column(_R, "quantities", "str", "JSON object of counts, keys sorted"),
        _column(_R, "source_title", "str", "where it is said"),
        _column(_R, "source_url", "str", "http or https address"),
        _column(_R, "source_date", _DAY, "day of the source"),
        _column(_R, "quote", "str", "the words of evidence"),
        _column(_R, "quote_start", "Int64", "offset of the quote in the source text, characters"),
        _column(_R, "quote_end", "Int64", "offset of the quote's end, exclusive"),
        _column(_R, "claimed_by", "str", "who says so"),
        _column(_R, "claim", "str", "what the report says of the position", Claim),
        _column(_L, "radius_m", "float64", "metres that hold the true spot with 95 % probability"),
        _column(_L, "precision", "str", "how exactly the place is known", Precision),
        _column(_L, "place_id", "str", "the gazetteer's row"),
        _column(_L, "place_name", "str", "its English name"),
        _column(_L, "place_name_ko", "str", "its Korean name"),
        _column(_L, "place_source", "str", "gazetteer, input, or an online service's name"),
        _column(_L, "place_score", "float64", "0 to 1"),
        _column(_L, "place_alternatives", "str", "JSON list of what else it might have been"),
        _column(_L, "place_attribution", "str", "what an online service's licence asks to show"),
        _column(_S, "side", "str", "the line's name for the side (north, south), or unsure"),
        _column(_S, "p_north", "float64", "probability of lying left of the line; north in Korea"),
        _column(_S, "distance_m", "float64", "geodesic metres to the nearest point of the line"),
        _column(_S, "nearest_lon", "float64", "degrees, EPSG:4326"),
        _column(_S, "nearest_lat", "float64", "degrees, EPSG:4326"),
        _column(_S, "line_id", "str", "the line it was checked against"),
        _column(_S, "line_segment", "str", "the segment of the nearest point"),
        _column(_S, "zone", "str", "dmz_north, dmz_south, estuary, border_area, or missing"),
        _column(_S, "p_dmz", "float64", "probability of lying inside the line's zone"),
        _column(_S, "agrees", "str", "the claim against the geometry", Agreement),
    )
}
"""Every documented column but ``geometry``, in the order in which files show them."""

FACTS = (
    "kind", "date_start", "date_end", "date_precision", "time_local", "title", "summary", "place",
    "actor", "target", "direction", "quantities", "source_title", "source_url", "claimed_by",
)  # fmt: skip
"""The columns that the id of an incident is made of, its geometry aside."""


def as_incidents(frame: pd.DataFrame, *, name: str = "table") -> gpd.GeoDataFrame:
    """Return ``frame`` as an incident table: documented dtypes, ids, sorted, EPSG:4326.

    Columns that the frame lacks are added empty up to the ``reported`` stage;
    columns that are not documented are kept behind the others. ``geometry``
    is taken as it is, else left missing.

    Parameters
    ----------
    frame
        n rows; dates as datetimes or ISO strings, choices as their values.
    name
        What to call the table in an error.

    Raises
    ------
    InputError
        A value outside a closed choice, a date that cannot be read, an end
        before its start, a geometry without a CRS or not in EPSG:4326.
    """
    import geopandas as gpd
    import pandas as pd

    # A column of a GeoDataFrame takes five times as long to get.
    frame = pd.DataFrame(frame)
    columns: dict[str, Any] = {}
    empty: dict[str, pd.Series] = {}
    for column in COLUMNS.values():
        if column.name in frame.columns:
            columns[column.name] = _typed(frame[column.name], column, name)
        elif column.stage is Stage.REPORTED:
            if column.dtype not in empty:
                empty[column.dtype] = pd.Series(pd.NA, index=frame.index, dtype=column.dtype)
            columns[column.name] = empty[column.dtype]
    rest = [c for c in frame.columns if c not in COLUMNS and c != "geometry"]
    columns |= {c: frame[c] for c in rest}
    columns["geometry"] = _geometry(frame, name)
    table = pd.DataFrame(columns, index=frame.index)
    starts, ends = (table[c].to_numpy("datetime64[s]") for c in ("date_start", "date_end"))
    if bool((ends < starts).any()):
        row = int((ends < starts).argmax())
        raise InputError(f"{name}: row {row}: date_end is before date_start; swap them")
    missing_id = table["id"].isna().to_numpy()
    if missing_id.any():
        ids = incident_ids(table)
        table["id"] = ids if missing_id.all() else table["id"].where(~missing_id, ids)
    return gpd.GeoDataFrame(sort_incidents(table), geometry="geometry", crs="EPSG:4326")


def incident_ids(incidents: pd.DataFrame) -> pd.Series:
    """Return one stable id a row: the same facts give the same id in any row order.

    The id is ``bm-`` and 12 hexadecimal digits of the SHA-256 of the facts
    (kind, dates, place, people, words, source; coordinates where the row brings
    them). Rows that are equal in all of them get ``-2``, ``-3``, ... appended.
    """
    import pandas as pd
    import shapely

    facts = [_as_texts(incidents[c]) for c in FACTS if c in incidents.columns]
    if "geometry" in incidents.columns:
        written = shapely.to_wkt(incidents["geometry"].to_numpy(), rounding_precision=7)
        facts.append([text or "" for text in written.tolist()])
    return pd.Series(ids_of(zip(*facts, strict=True)), index=incidents.index, dtype="str")


def ids_of(facts: Iterable[tuple[str, ...]]) -> list[str]:
    """Return the ids of rows of facts, all texts; see `incident_ids`.

    >>> ids_of([("mine", "2015-08-04"), ("mine", "2015-08-04")])
    ['bm-6536d0176734', 'bm-6536d0176734-2']
    """
    seen: dict[str, int] = {}
    ids: list[str] = []
    for row in facts:
        # JSON keeps the boundaries between fields, so ("a", "b") and ("ab", "") differ.
        told = json.dumps(row, ensure_ascii=False).encode()
        digest = f"bm-{hashlib.sha256(told).hexdigest()[:12]}"
        seen[digest] = nth = seen.get(digest, 0) + 1
        ids.append(digest if nth == 1 else f"{digest}-{nth}")
    return ids


def _as_texts(values: pd.Series) -> list[str]:
    """Return values as texts, days as ISO writes them, missing ones empty."""
    import numpy as np
    import pandas as pd

    texts: list[str]
    if isinstance(values.dtype, pd.StringDtype):
        texts = values.array.to_numpy(dtype=object, na_value="").tolist()
        return texts
    texts = values.astype("str").tolist()
    if pd.api.types.is_datetime64_any_dtype(values):
        texts = np.datetime_as_string(values.to_numpy("datetime64[s]"), unit="D").tolist()
    return ["" if missing else t for t, missing in zip(texts, values.isna(), strict=True)]


def _typed(values: pd.Series, column: Column, name: str) -> pd.Series:
    import pandas as pd

    typed: pd.Series
    try:
        if values.dtype == column.dtype and (column.dtype != _DAY or _are_days(values)):
            typed = values
        elif column.dtype == _DAY:
            days = pd.to_datetime(values, format="ISO8601")
            if days.dt.tz is not None:
                days = days.dt.tz_localize(None)
            typed = days.dt.normalize().astype("datetime64[s]")
        else:
            typed = values.astype(cast("Any", column.dtype))
    except (ValueError, TypeError) as error:
        raise InputError(f"{name}: {column.name}: {error}") from error
    # Few values are distinct: to look at each once costs a fraction of a look at every row.
    if column.choices and not {*column.choices, None}.issuperset(
        cast("Any", typed.array.unique()).to_numpy(dtype=object, na_value=None)
    ):
        wrong = typed.notna() & ~typed.isin(column.choices)
        if bool(wrong.any()):
            row = int(wrong.to_numpy().argmax())
            raise InputError(
                f'{name}: row {row}: {column.name} "{typed.iloc[row]}" is not one of '
                f"{', '.join(column.choices)}"
            )
    return typed


def _are_days(values: pd.Series) -> bool:
    """Return whether datetimes are whole days, the missing ones aside."""
    moments = values.to_numpy()
    return not bool((moments > moments.astype("datetime64[D]")).any())


def _geometry(frame: pd.DataFrame, name: str) -> Any:
    import geopandas as gpd

    if "geometry" not in frame.columns:
        return gpd.GeoSeries([None] * len(frame), index=frame.index, crs="EPSG:4326")
    geometry = gpd.GeoSeries(frame["geometry"])
    if geometry.crs is None:
        if bool(geometry.notna().any()):
            raise InputError(f"{name}: geometry has no CRS; set it with set_crs('EPSG:4326')")
        return geometry.set_crs("EPSG:4326")
    if geometry.crs.to_epsg() != 4326:
        raise InputError(f"{name}: geometry is in {geometry.crs}; use to_crs('EPSG:4326')")
    return geometry
