"""Where tracks cross the line: time, place, direction, how deep and for how long.

The rule. Each fix has a signed distance d to the line as published, positive on
the left, and an accuracy a, the radius that holds the true spot with 95 %
probability. A fix is *beyond doubt* on a side where |d| > 2 a, which a jitter
along the line passes once in a million fixes. A crossing is a change of side
between two fixes beyond doubt that follow one another with none such between
(hysteresis); it is dated where the path between them goes over the line, the
last time where it does so more than once. The line's own accuracy takes no
part in finding crossings, but tells whether one is `certain`: whether the track
went deeper beyond the line than the line may be off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.errors import InputError

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    from bordermap.line import DemarcationLine

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = [
    "DEFAULT_ACCURACY_M",
    "Carry",
    "continue_crossings",
    "find_crossings",
    "finish_crossings",
    "signed_distance",
]

DEFAULT_ACCURACY_M = 30.0
"""Accuracy of a fix that states none: 95 % of GPS fixes at sea lie within it (IMO A.1046)."""

_BEYOND_DOUBT = 2.0
_CHUNK = 2_000_000


def signed_distance(
    lon: ArrayLike, lat: ArrayLike, *, line: DemarcationLine
) -> tuple[Floats, Ints]:
    """Return metres to the line, positive left of it, and the nearest segment's row.

    Distances are chords of the ellipsoid: 0.01 m short of geodesics at 60 km.
    """
    import shapely

    x, y = np.asarray(lon, float), np.asarray(lat, float)
    nearest = line.edges.index.nearest(x, y)
    left = shapely.contains_xy(line.left_polygon, x, y)
    segment = np.where(nearest.edge >= 0, line.edges.segment_no[nearest.edge], -1)
    return np.where(left, nearest.chord_m, -nearest.chord_m), segment


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
    closest = _closest(new)
    if carry is not None:
        new = pd.concat([carry.fixes, new], ignore_index=True)
        closest = _closest(pd.concat([carry.closest, closest], ignore_index=True))
    new = new.sort_values(["track_id", "time"], kind="stable", ignore_index=True)
    track, names = pd.factorize(new["track_id"])
    side = _sides(new)
    before, after = _changes(track, side)
    crossings = _crossings(new, before, after, line)
    first, stays = _stays(new, track, side, after, crossings["time"].to_numpy())
    crossings = crossings.join(stays[~first].reset_index(drop=True))
    if carry is not None:
        known = stays[first].set_axis(names[track[_openings(track, side)]])
        resumed = _resumed(carry.open_crossings, known)
        crossings = pd.concat([resumed, crossings], ignore_index=True)
    returned = crossings["returned"].to_numpy(bool)
    return crossings[returned], Carry(_tail(new, track, side), crossings[~returned], closest)


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

    at = _over(fixes["distance_m"].to_numpy(), after)
    lon, lat = fixes["lon"].to_numpy(), fixes["lat"].to_numpy()
    start = np.stack([lon[at], lat[at]], axis=-1)
    step = np.stack([lon[at + 1], lat[at + 1]], axis=-1) - start
    share = _share(start, step, fixes["distance_m"].to_numpy()[at], line)
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


def _over(distance: Floats, after: Ints) -> Ints:
    """Return the row of the fix before the path last goes over the line."""
    turns = np.flatnonzero((distance[1:] > 0) != (distance[:-1] > 0))
    # Between two fixes on different sides there is at least one turn.
    last: Ints = turns[np.searchsorted(turns, after) - 1] if len(after) else turns[:0]
    return last


def _share(start: Floats, step: Floats, distance: Floats, line: DemarcationLine) -> Floats:
    """Return how far along each step (0..1) it meets the line, the middle of several; or NaN."""
    import shapely

    if not len(start):
        return np.empty(0)
    ends = start + step
    pieces = shapely.linestrings(np.stack([start, ends], axis=1))
    chain = np.vstack([line.edges.start, line.edges.end[-1:]])
    edges = shapely.linestrings(np.stack([chain[:-1], chain[1:]], axis=1))
    tree = shapely.STRtree(np.atleast_1d(np.asarray(edges, object)))
    row, edge = tree.query(pieces, predicate="intersects")
    a, b = line.edges.start[edge] - start[row], line.edges.end[edge] - line.edges.start[edge]
    across = step[row, 0] * b[:, 1] - step[row, 1] * b[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]) / across
    # A step along an edge meets it everywhere; half-way is as good as any.
    t = np.clip(np.where(across == 0, 0.5, t), 0.0, 1.0)
    order = np.lexsort((t, row))
    row, t = row[order], t[order]
    number = np.bincount(row, minlength=len(start))
    begin = np.cumsum(number) - number
    share = np.full(len(start), np.nan)
    met = number > 0
    share[met] = t[(begin + number // 2)[met]]
    # Rounding can hide a meeting where a fix lies on the line itself. Otherwise the path went
    # round the line's end: a change of side, but no crossing.
    on_it = np.isnan(share) & (abs(distance) < 1.0)
    return np.where(on_it, 0.0, share)


def _stays(
    fixes: pd.DataFrame, track: Ints, side: NDArray[np.int8], after: Ints, crossed: Any
) -> tuple[NDArray[np.bool_], pd.DataFrame]:
    """Return each track's stays on one side: whether it is the first, its depth, end, return.

    A stay begins with a track's first fix beyond doubt or with a crossing, and
    ends with the next crossing (``crossed``, its time) or the track's last fix.
    """
    import pandas as pd

    times = fixes["time"].to_numpy()
    opening = _openings(track, side)
    begin = np.concatenate([opening, after])
    order = np.argsort(begin, kind="stable")
    begin = begin[order]
    first = np.concatenate([np.ones(len(opening), bool), np.zeros(len(after), bool)])[order]
    follows = np.zeros(len(begin), bool)
    follows[:-1] = ~first[1:]
    last = np.searchsorted(track, track[begin], side="right") - 1
    stop = np.where(follows, np.append(begin[1:], 0) - 1, last)
    end = times[last]
    end[follows] = np.asarray(crossed)
    depth = np.zeros(len(begin))
    if len(begin):
        begins = np.zeros(len(side), np.int64)
        begins[begin] = 1
        d = fixes["distance_m"].to_numpy() * side[begin][np.cumsum(begins) - 1]
        depth = np.maximum.reduceat(np.append(d, 0.0), np.stack([begin, stop + 1], 1).ravel())[::2]
    return first, pd.DataFrame({"depth_m": depth, "end": end, "returned": follows})


def _openings(track: Ints, side: NDArray[np.int8]) -> Ints:
    """Return the row of each track's first fix beyond doubt."""
    sure = np.flatnonzero(side)
    first: Ints = sure[np.diff(track[sure], prepend=-1) != 0]
    return first


def _resumed(open_crossings: pd.DataFrame, stays: pd.DataFrame) -> pd.DataFrame:
    """Return the carried crossings with what the tracks' first stays of this part add.

    A carried crossing's track always has such a stay: its tail was carried too.
    """
    more = stays.loc[open_crossings["track_id"]]
    return open_crossings.assign(
        depth_m=np.maximum(open_crossings["depth_m"].to_numpy(), more["depth_m"].to_numpy()),
        end=more["end"].to_numpy(),
        returned=more["returned"].to_numpy(),
    )


def _closest(fixes: pd.DataFrame) -> pd.DataFrame:
    """Return one row a track: its fix nearest to the line, the first of several."""
    if not len(fixes):
        return fixes
    rows = abs(fixes["distance_m"]).groupby(fixes["track_id"].to_numpy()).idxmin()
    return fixes.loc[np.sort(rows.to_numpy())]


def _tail(fixes: pd.DataFrame, track: Ints, side: NDArray[np.int8]) -> pd.DataFrame:
    """Return each track's fixes since its last one beyond doubt, that one included."""
    if not len(fixes):
        return fixes
    rows = np.arange(len(fixes))
    last_sure = np.maximum.accumulate(np.where(side != 0, rows, -1))
    end = np.searchsorted(track, track, side="right") - 1
    begin = np.searchsorted(track, track, side="left")
    return fixes[rows >= np.maximum(last_sure[end], begin)]
