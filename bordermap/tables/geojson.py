"""GeoJSON by RFC 7946, and one feature a line for streams."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.layers import time_span, without_vague_points
from bordermap.tables.tokens import NARROW, in_order, json_tokens, narrow, slices

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["collection", "features", "incident_collection", "incident_lines", "rounded"]

_DECIMALS = 7  # 0.01 m at the equator
# Rows put together at a time.
_LINES = 250


def incident_collection(incidents: gpd.GeoDataFrame) -> Iterator[bytes]:
    """Yield a FeatureCollection of incidents, UTF-8, in pieces.

    Beside the table's columns it has ``start_dt`` and ``end_dt``, half-open local
    times for time sliders; reading leaves them out.
    """
    frame = without_vague_points(incidents)
    yield from collection(frame, features(_with_times(frame), frame))


def incident_lines(incidents: gpd.GeoDataFrame, *, between: str = "\n") -> Iterator[bytes]:
    """Yield newline-delimited features of incidents, UTF-8, in pieces of many lines.

    The last line of a piece has no end, so that another ``between`` may follow.
    """
    frame = without_vague_points(incidents)
    yield from features(_with_times(frame), frame, between=between)


def collection(frame: gpd.GeoDataFrame, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield a FeatureCollection around pieces of features, with the frame's bbox."""
    yield f'{{"type":"FeatureCollection",{_bbox(frame)}"features":['.encode()
    between = b"\n"
    for piece in pieces:
        yield between
        yield piece
        between = b",\n"
    yield b"\n]}\n"


def features(
    properties: pd.DataFrame, frame: gpd.GeoDataFrame, *, between: str = ",\n"
) -> Iterator[bytes]:
    """Yield features as JSON, UTF-8, in pieces of many; ``properties`` has an ``id``."""
    for some in slices(len(properties)):
        part = properties.iloc[some]
        shapes = frame.geometry.iloc[some].to_numpy()
        row, columns = _template(part)
        rows = map(row.__mod__, zip(*columns, _geometries(shapes), strict=True))
        while lines := list(islice(rows, _LINES)):
            yield between.join(lines).encode(NARROW)


def _template(part: pd.DataFrame) -> tuple[str, list[list[str]]]:
    """Return how a feature is written, and the columns that fill it, the id first."""
    names = [narrow(json.dumps(str(c), ensure_ascii=False)) for c in part.columns]
    tokens = [json_tokens(part.iloc[:, i]) for i in range(part.shape[1])]
    columns = [tokens[list(part.columns).index("id")]]
    fields = []
    for name, column in zip(names, tokens, strict=True):
        # What is the same in all rows, as much is in a table of one kind, is written but once.
        same = column[0] if column.count(column[0]) == len(column) else None
        fields.append(f"{name}:{same or ''}".replace("%", "%%") + ("" if same else "%s"))
        columns += [] if same else [column]
    properties = ",".join(fields)
    row = f'{{"type":"Feature","id":%s,"properties":{{{properties}}},"geometry":%s}}'
    return row, columns


def rounded(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return geometries with 7 decimals and outer rings counter-clockwise; empty ones as None."""
    import shapely

    result = np.array(shapes, dtype=object)
    known = ~(shapely.is_missing(result) | shapely.is_empty(result))
    result[~known] = None
    cut = shapely.transform(result[known], lambda c: np.round(c, _DECIMALS))
    result[known] = shapely.orient_polygons(cut)
    return result


def _with_times(frame: gpd.GeoDataFrame) -> pd.DataFrame:
    start, end = (_seconds(times) for times in time_span(frame))
    return in_order(frame).assign(start_dt=start, end_dt=end)


def _seconds(times: NDArray[np.datetime64]) -> Any:
    import pandas as pd

    text = np.datetime_as_string(times.astype("datetime64[s]")).astype(object)
    text[np.isnat(times)] = None
    return pd.array(text, dtype="str")


def _geometries(shapes: NDArray[np.object_]) -> list[str]:
    import shapely

    texts = np.full(len(shapes), "null", dtype=object)
    is_point = (shapely.get_type_id(shapes) == 0) & ~shapely.is_empty(shapes)
    # Points, which are most, are rounded as numbers: no new geometry is made of them.
    x, y = np.round(shapely.get_coordinates(shapes[is_point]), _DECIMALS).T.tolist()
    write = '{{"type":"Point","coordinates":[{!r},{!r}]}}'.format
    texts[is_point] = list(map(write, x, y))
    others = np.array(shapes, dtype=object)
    others[is_point] = None
    others = rounded(others)
    known = ~shapely.is_missing(others)
    texts[known] = shapely.to_geojson(others[known])
    return list(texts)


def _bbox(frame: gpd.GeoDataFrame) -> str:
    import shapely

    shapes = frame.geometry.to_numpy()
    if not len(shapes):
        return ""
    bounds = np.round(shapely.total_bounds(shapes), _DECIMALS).tolist()
    if np.isnan(bounds).any():
        return ""
    return f'"bbox":[{",".join(repr(v).removesuffix(".0") for v in bounds)}],'
