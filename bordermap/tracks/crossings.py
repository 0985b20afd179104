"""Crossings found in fixes, whole or part by part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.errors import InputError
from bordermap.tracks.over import last_over, share_of_step, signed_distance
from bordermap.tracks.stays import closest_fixes, openings, resumed, stays_of, tail_of

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from bordermap.line import DemarcationLine

    Ints = NDArray[np.int64]

__all__ = [
    "DEFAULT_ACCURACY_M",
    "Carry",
    "continue_crossings",
    "find_crossings",
    "finish_crossings",
]

DEFAULT_ACCURACY_M = 30.0
"""Accuracy of a fix that states none: 95 % of GPS fixes at sea lie within it (IMO A.1046)."""

_BEYOND_DOUBT = 2.0
_CHUNK = 2_000_000


@dataclass(frozen=True, slots=True)
class Carry:
    """What a later part of the same tracks needs of the earlier ones.

    ``fixes`` are each track's last fix beyond doubt and those after it,
    ``open_crossings`` the crossings whose stay has not ended, ``closest`` each
    track's nearest fix so far.
    """

    fixes: pd.DataFrame
    open_crossings: pd.DataFrame
    closest: pd.DataFrame


def find_crossings(
    fixes: Any, *, line: DemarcationLine, accuracy_m: float = DEFAULT_ACCURACY_M
) -> Any:
    """Return every crossing of the line, and the closest approach of tracks without one.

    Parameters
    ----------
    fixes
        n rows: ``track_id``, ``time`` (datetime64), ``lon``, ``lat`` (degrees,
        EPSG:4326) and, if known, ``accuracy_m``. In any order. A Dask table is
        brought together by track and searched part by part when it is computed.
    line
        The line to check against.
    accuracy_m
        Metres at 95 % for fixes that state none.

    Returns
    -------
    One row a crossing, by track and time: ``track_id``, ``event``
    (``crossing``, or ``closest_approach`` for a track that has none), ``time``
    (interpolated), ``time_before`` and ``time_after`` (of the fixes around it),
    ``direction`` (such as ``north_to_south``), ``line_segment``, ``depth_m``
    (greatest distance beyond), ``duration_s`` (until it came back, or its last
    fix where ``returned`` is false), ``certain``, ``distance_m`` (0 for a
    crossing) and the point.

    Raises
    ------
    InputError
        A column is missing, or a latitude or longitude is out of range.
    """
    if hasattr(fixes, "map_partitions"):
        return _by_track(fixes, line, accuracy_m)
    done, carry = continue_crossings(fixes, line=line, accuracy_m=accuracy_m)
    return finish_crossings([done], carry, line=line)


def _by_track(fixes: Any, line: DemarcationLine, accuracy_m: float) -> Any:
    """Return the lazy table of crossings of a Dask table: each track's fixes in one part."""
    meta = find_crossings(fixes._meta, line=line, accuracy_m=accuracy_m)
    together = fixes.shuffle("track_id")
    return together.map_partitions(find_crossings, line=line, accuracy_m=accuracy_m, meta=meta)


def continue_crossings(
    fixes: pd.DataFrame,
    *,
    line: DemarcationLine,
    accuracy_m: float = DEFAULT_ACCURACY_M,
    carry: Carry | None = None,
) -> tuple[pd.DataFrame, Carry]:
    """Return the crossings whose stay has ended, and what the next part needs.

    Parts follow one another in time; splitting tracks at any fixes and handing
    ``carry`` on finds the same crossings as one call does. Arguments and errors
    are those of `find_crossings`; `finish_crossings` makes its result.
    """
    import pandas as pd

    new = _measured(fixes, line, accuracy_m)
    closest = closest_fixes(new)
    if carry is not None:
        new = pd.concat([carry.fixes, new], ignore_index=True)
        closest = closest_fixes(pd.concat([carry.closest, closest], ignore_index=True))
    new = new.sort_values(["track_id", "time"], kind="stable", ignore_index=True)
    track, names = pd.factorize(new["track_id"])
    side = _sides(new)
    before, after = _changes(track, side)
    crossings = _crossings(new, before, after, line)
    first, stays = stays_of(new, track, side, after, crossings["time"].to_numpy())
    crossings = crossings.join(stays[~first].reset_index(drop=True))
    if carry is not None:
        known = stays[first].set_axis(names[track[openings(track, side)]])
        again = resumed(carry.open_crossings, known)
        crossings = pd.concat([again, crossings], ignore_index=True)
    returned = crossings["returned"].to_numpy(bool)
    return crossings[returned], Carry(tail_of(new, track, side), crossings[~returned], closest)


def finish_crossings(
    done: list[pd.DataFrame], carry: Carry, *, line: DemarcationLine
) -> gpd.GeoDataFrame:
    """Return the table of `find_crossings` from the parts' ended crossings and the last carry."""
    import geopandas as gpd
    import pandas as pd

    crossings = pd.concat([*done, carry.open_crossings], ignore_index=True)
    crossings = crossings[crossings["met"].to_numpy(bool)]
    quiet = carry.closest[~carry.closest["track_id"].isin(crossings["track_id"])]
    nearest = abs(quiet["distance_m"])
    events = pd.concat(
        [
            crossings.assign(event="crossing", distance_m=0.0),
            quiet.assign(event="closest_approach", distance_m=nearest),
        ],
        ignore_index=True,
    ).sort_values(["track_id", "time", "event"], kind="stable", ignore_index=True)
    segments = line.segments.iloc[events["segment_no"].to_numpy(int)]
    doubt = np.hypot(segments["accuracy_m"].to_numpy(float), events["accuracy_m"].to_numpy(float))
    lasted = (events["end"] - events["time"]).dt.total_seconds()
    is_crossing = (events["event"] == "crossing").to_numpy()
    columns = {
        "track_id": events["track_id"],
        "event": events["event"],
        "time": events["time"],
        "time_before": events["time_before"],
        "time_after": events["time_after"],
        "direction": events["direction"],
        "line_id": line.id,
        "line_segment": segments["segment"].to_numpy(),
        "depth_m": events["depth_m"],
        "duration_s": lasted,
        "returned": events["returned"].astype("boolean"),
        "certain": pd.Series(np.where(is_crossing, events["depth_m"] > doubt, None)).astype(
            "boolean"
        ),
        "distance_m": events["distance_m"],
    }
    points = gpd.points_from_xy(events["lon"], events["lat"])
    return gpd.GeoDataFrame(pd.DataFrame(columns), geometry=points, crs="EPSG:4326")


def _measured(fixes: pd.DataFrame, line: DemarcationLine, accuracy_m: float) -> pd.DataFrame:
    """Return the fixes with signed distance, segment, accuracy; those without a spot left out."""
    import pandas as pd

    missing = [c for c in ("track_id", "time", "lon", "lat") if c not in fixes]
    if missing:
        raise InputError(f"fixes have no column {', '.join(missing)}")
    lon, lat = fixes["lon"].to_numpy(float), fixes["lat"].to_numpy(float)
    off = (abs(lon) > 180) | (abs(lat) > 90)
    if off.any():
        row = int(off.argmax())
        raise InputError(f"row {row}: {lon[row]}, {lat[row]} is not longitude, latitude in degrees")
    accuracy = (
        fixes["accuracy_m"].fillna(accuracy_m).to_numpy(float)
        if "accuracy_m" in fixes
        else np.full(len(fixes), accuracy_m)
    )
    distance, segment = np.empty(len(lon)), np.empty(len(lon), np.int64)
    for begin in range(0, len(lon), _CHUNK):
        part = slice(begin, begin + _CHUNK)
        distance[part], segment[part] = signed_distance(lon[part], lat[part], line=line)
    frame = pd.DataFrame(
        {
            "track_id": fixes["track_id"].to_numpy(),
            # Crossings are dated between fixes: whole seconds, as some files hold, are too coarse.
            "time": fixes["time"].to_numpy().astype("datetime64[ms]"),
            "lon": lon,
            "lat": lat,
            "accuracy_m": accuracy,
            "distance_m": distance,
            "segment_no": segment,
        }
    )
    return frame[np.isfinite(distance) & fixes["time"].notna().to_numpy()]


def _sides(fixes: pd.DataFrame) -> NDArray[np.int8]:
    """Return 1 left and -1 right beyond doubt, else 0."""
    d = fixes["distance_m"].to_numpy()
    sure = abs(d) > _BEYOND_DOUBT * fixes["accuracy_m"].to_numpy()
    return np.where(sure, np.sign(d), 0).astype(np.int8)


def _changes(track: Ints, side: NDArray[np.int8]) -> tuple[Ints, Ints]:
    """Return the rows before and after each change of side beyond doubt."""
    sure = np.flatnonzero(side)
    same = track[sure[1:]] == track[sure[:-1]]
    turned = np.flatnonzero(same & (side[sure[1:]] != side[sure[:-1]]))
    return sure[turned], sure[turned + 1]


def _crossings(
    fixes: pd.DataFrame, before: Ints, after: Ints, line: DemarcationLine
) -> pd.DataFrame:
    """Return time, point and direction of each change: where the path goes over the line."""
    import pandas as pd

    at = last_over(fixes["distance_m"].to_numpy(), after)
    lon, lat = fixes["lon"].to_numpy(), fixes["lat"].to_numpy()
    start = np.stack([lon[at], lat[at]], axis=-1)
    step = np.stack([lon[at + 1], lat[at + 1]], axis=-1) - start
    share = share_of_step(start, step, fixes["distance_m"].to_numpy()[at], line)
    met = ~np.isnan(share)
    share = np.where(met, share, 0.5)
    point = start + share[:, None] * step
    times = fixes["time"].to_numpy()
    time = times[at] + ((times[at + 1] - times[at]) * share).astype(
        times.dtype.str.replace("M", "m")
    )
    names = np.array(
        [f"{line.right_name}_to_{line.left_name}", f"{line.left_name}_to_{line.right_name}"],
        dtype=object,
    )
    _, segment = signed_distance(point[:, 0], point[:, 1], line=line)
    return pd.DataFrame(
        {
            "track_id": fixes["track_id"].to_numpy()[at],
            "time": time,
            "time_before": times[before],
            "time_after": times[after],
            "direction": names[(fixes["distance_m"].to_numpy()[before] > 0).astype(int)],
            "segment_no": segment,
            "accuracy_m": fixes["accuracy_m"].to_numpy()[after],
            "lon": point[:, 0],
            "lat": point[:, 1],
            "met": met,
        }
    )
