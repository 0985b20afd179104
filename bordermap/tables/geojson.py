"""GeoJSON by RFC 7946, and one feature a line for streams."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.layers import time_span, without_vague_points
from bordermap.tables.tokens import in_order, json_tokens

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["collection", "feature_lines", "incident_collection", "incident_lines", "rounded"]

_DECIMALS = 7  # 0.01 m at the equator
# Rows turned to text at a time: some 25 MB of text.
_CHUNK = 20_000


def incident_collection(incidents: gpd.GeoDataFrame) -> Iterator[str]:
    """Yield the text of a FeatureCollection of incidents, in pieces.

    Beside the table's columns it has ``start_dt`` and ``end_dt``, half-open local
    times for time sliders; reading leaves them out.
    """
    frame = without_vague_points(incidents)
    yield from collection(frame, feature_lines(_with_times(frame), frame))


def incident_lines(incidents: gpd.GeoDataFrame) -> Iterator[str]:
    """Yield newline-delimited features of incidents, in pieces of many lines."""
    frame = without_vague_points(incidents)
    for lines in feature_lines(_with_times(frame), frame):
        yield "\n".join(lines) + "\n"


def collection(frame: gpd.GeoDataFrame, pieces: Iterator[list[str]]) -> Iterator[str]:
    """Yield a FeatureCollection around pieces of features, with the frame's bbox."""
    yield f'{{"type":"FeatureCollection",{_bbox(frame)}"features":['
    between = "\n"
    for lines in pieces:
        yield between + ",\n".join(lines)
        between = ",\n"
    yield "\n]}\n"


def feature_lines(properties: pd.DataFrame, frame: gpd.GeoDataFrame) -> Iterator[list[str]]:
    """Yield features as JSON, one a line, in lists of many; ``properties`` has an ``id``."""
    from json import dumps

    keys = (dumps(str(c), ensure_ascii=False).replace("%", "%%") for c in properties.columns)
    fields = ",".join(f"{key}:%s" for key in keys)
    row = f'{{"type":"Feature","id":%s,"properties":{{{fields}}},"geometry":%s}}'
    where = list(properties.columns).index("id")
    for first in range(0, len(properties), _CHUNK):
        part = properties.iloc[first : first + _CHUNK]
        columns = [json_tokens(part.iloc[:, i]) for i in range(part.shape[1])]
        shapes = frame.geometry.iloc[first : first + _CHUNK].to_numpy()
        yield list(
            map(row.__mod__, zip(columns[where], *columns, _geometries(shapes), strict=True))
        )


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
