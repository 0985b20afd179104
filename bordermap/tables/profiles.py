"""CSV in the columns of ACLED or of UCDP GED, for tools that know those.

Only what our table knows is filled in; actors' codes, regions and the like stay
empty, and no event type is claimed where the codebook's types do not fit.
Columns and codes: ACLED Codebook (2023); UCDP GED Codebook, version 23.1.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.errors import InputError
from bordermap.table import DatePrecision, Kind, Precision
from bordermap.tables.delimited import csv_text

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["PROFILES", "profile_csv"]

PROFILES = ("acled", "ged")
"""The profiles there are."""

_ACLED = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp",
)  # fmt: skip
_GED = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip

# ACLED's types of event and sub-event, where ours mean the same.
_EVENTS = {
    Kind.GUNFIRE: ("Battles", "Armed clash"),
    Kind.ARTILLERY: ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    Kind.ABDUCTION: ("Violence against civilians", "Abduction/forced disappearance"),
}
# 1 the day is known; 2 the week; 3 the month. Years and unknown days have no code.
_ACLED_TIME = {DatePrecision.DAY: 1, DatePrecision.WEEK: 2, DatePrecision.MONTH: 3}
# 1 the town is known; 2 part of a region, or near the town; 3 a larger region.
_ACLED_PLACE = {
    Precision.EXACT: 1, Precision.PLACE: 1, Precision.NEAR: 2, Precision.DISTRICT: 2,
    Precision.PROVINCE: 3, Precision.COUNTRY: 3, Precision.AREA: 3, Precision.WATER: 3,
}  # fmt: skip
# 1 the day; 2 two to six days; 3 the week; 4 the month; 5 more, up to a year.
_GED_TIME = {DatePrecision.WEEK: 3, DatePrecision.MONTH: 4, DatePrecision.YEAR: 5}
# 1 exact; 2 within 25 km; 3 and 4 second- and first-order divisions; 5 a line or area
# without an administrative name; 6 the country; 7 sea or air beyond borders.
_GED_PLACE = {
    Precision.EXACT: 1, Precision.PLACE: 1, Precision.NEAR: 2, Precision.DISTRICT: 3,
    Precision.PROVINCE: 4, Precision.AREA: 5, Precision.COUNTRY: 6, Precision.WATER: 7,
}  # fmt: skip


def profile_csv(incidents: gpd.GeoDataFrame, profile: str) -> str:
    """Return the table as CSV in the columns of a known data set.

    An area is given by a point inside it, as both codebooks have it: the code of
    precision says that it is one. Coordinates are degrees, EPSG:4326, 7 decimals.

    Parameters
    ----------
    incidents
        An incident table, located or not.
    profile
        ``acled`` or ``ged``.

    Raises
    ------
    InputError
        There is no such profile.
    """
    import pandas as pd

    if profile not in PROFILES:
        raise InputError(f'"{profile}" is no profile; use {" or ".join(PROFILES)}')
    lon, lat = _points(incidents)
    shared = {"latitude": lat, "longitude": lon, "year": incidents["date_start"].dt.year}
    columns, order = (_acled(incidents), _ACLED) if profile == "acled" else (_ged(incidents), _GED)
    frame = pd.DataFrame({**shared, **columns}, index=incidents.index).reindex(columns=order)
    return csv_text(frame.assign(year=frame["year"].astype("Int64")))


def _acled(incidents: gpd.GeoDataFrame) -> dict[str, Any]:
    kind = incidents["kind"]
    types = kind.map({str(k): pair[0] for k, pair in _EVENTS.items()})
    return {
        "event_id_cnty": incidents["id"],
        "event_date": incidents["date_start"],
        "time_precision": _coded(incidents["date_precision"], _ACLED_TIME),
        "disorder_type": types.mask(types.notna(), "Political violence"),
        "event_type": types,
        "sub_event_type": kind.map({str(k): pair[1] for k, pair in _EVENTS.items()}),
        "actor1": incidents["actor"],
        "actor2": incidents["target"],
        "location": _place(incidents),
        "geo_precision": _coded(incidents.get("precision"), _ACLED_PLACE),
        "source": incidents["source_title"],
        "notes": incidents["summary"].fillna(incidents["title"]),
        "fatalities": _count(incidents, ("fatalities", "deaths")),
        "tags": "kind=" + kind.fillna("other"),
    }


def _ged(incidents: gpd.GeoDataFrame) -> dict[str, Any]:
    best = _count(incidents, ("deaths", "fatalities"))
    return {
        "id": incidents["id"],
        "relid": incidents["id"],
        "side_a": incidents["actor"],
        "side_b": incidents["target"],
        "number_of_sources": incidents["source_title"].notna().astype("Int64"),
        "source_article": incidents["summary"],
        "source_office": incidents["source_title"],
        "source_date": incidents["source_date"],
        "source_headline": incidents["title"],
        "source_original": incidents["claimed_by"],
        "where_prec": _coded(incidents.get("precision"), _GED_PLACE),
        "where_coordinates": _place(incidents),
        "where_description": incidents["place"],
        "geom_wkt": _wkt(incidents),
        "date_prec": _ged_dates(incidents),
        "date_start": incidents["date_start"],
        "date_end": incidents["date_end"],
        "best": best,
        "high": _count(incidents, ("deaths_high",)).fillna(best),
        "low": _count(incidents, ("deaths_low",)).fillna(best),
    }


def _coded(values: pd.Series | None, codes: dict[Any, int]) -> Any:

    if values is None:
        return None
    return values.map({str(k): code for k, code in codes.items()}).astype("Int64")


def _ged_dates(incidents: gpd.GeoDataFrame) -> Any:
    """Return GED's code of precision: a known day is 1, a known run of days 2 or more."""
    import pandas as pd

    days = (incidents["date_end"] - incidents["date_start"]).dt.days + 1
    by_length = pd.Series(np.select([days <= 1, days <= 6, days <= 7, days <= 31], [1, 2, 3, 4], 5),
                          index=incidents.index)  # fmt: skip
    told = incidents["date_precision"].map({str(k): code for k, code in _GED_TIME.items()})
    code = told.fillna(by_length).where(incidents["date_start"].notna())
    return code.astype("Int64")


def _place(incidents: gpd.GeoDataFrame) -> pd.Series:
    written: pd.Series = incidents["place"]
    if "place_name" not in incidents:
        return written
    known: pd.Series = incidents["place_name"].fillna(written)
    return known


def _points(incidents: gpd.GeoDataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    import shapely

    shapes = incidents.geometry.to_numpy()
    inside = np.where(shapely.get_type_id(shapes) == 0, shapes, shapely.point_on_surface(shapes))
    lon, lat = shapely.get_x(inside), shapely.get_y(inside)
    return np.round(lon, 7), np.round(lat, 7)


def _wkt(incidents: gpd.GeoDataFrame) -> Any:
    import pandas as pd
    import shapely

    text: Any = shapely.to_wkt(incidents.geometry.to_numpy(), rounding_precision=7)
    return pd.array(text, dtype="str")


def _count(incidents: gpd.GeoDataFrame, names: tuple[str, ...]) -> pd.Series:
    """Return the first of these counts that ``quantities`` has; unknown is no 0."""
    import pandas as pd

    def first(text: Any) -> int | None:
        found = json.loads(text) if isinstance(text, str) else {}
        values = (found.get(n) for n in names) if isinstance(found, dict) else ()
        return next((int(v) for v in values if isinstance(v, int | float)), None)

    counts = [first(text) for text in incidents["quantities"]]
    return pd.Series(counts, index=incidents.index, dtype="Int64")
