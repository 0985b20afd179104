"""KML and KMZ that export wrote: the incidents among their placemarks."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import numpy as np

from bordermap.errors import InputError
from bordermap.reading.limits import MAX_FILE_BYTES
from bordermap.table import as_incidents

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

__all__ = ["read_kml"]

_NS = "{http://www.opengis.net/kml/2.2}"


def read_kml(path: Path) -> gpd.GeoDataFrame | None:
    """Return the incidents of a KML or KMZ that export wrote; None if it is somebody else's.

    Raises
    ------
    InputError
        The file is no KML, or declares a document type, which may hide entities.
    """
    import geopandas as gpd
    import pandas as pd

    data = _document(path)
    if b"<!DOCTYPE" in data[:65536]:
        raise InputError(f"{path}: declares a document type; save it without")
    try:
        root = ET.fromstring(data)  # noqa: S314 - no document type, so no entities
    except ET.ParseError as error:
        raise InputError(f"{path}: is no KML: {error}") from error
    told = root.findtext(f"{_NS}Document/{_NS}ExtendedData/{_NS}Data[@name='bordermap_types']/"
                         f"{_NS}value")  # fmt: skip
    if told is None:
        return None
    try:
        types: dict[str, str] = json.loads(told)
        rows = [_row(mark) for mark in root.iter(f"{_NS}Placemark") if _is_incident(mark)]
    except (ValueError, TypeError) as error:
        raise InputError(f"{path}: an incident is broken: {error}") from error
    columns = {
        name: _typed(pd.Series([row[0].get(name) for row in rows], dtype=object), kind)
        for name, kind in types.items()
    }
    shapes = np.array([row[1] for row in rows], dtype=object)
    frame = pd.DataFrame(columns)
    _put_vague(frame, shapes)
    geometry = gpd.GeoSeries(shapes, crs="EPSG:4326")
    lonlat = [c for c in ("lon", "lat") if c in frame]
    return as_incidents(frame.drop(columns=lonlat).assign(geometry=geometry), name=str(path))


def _document(path: Path) -> bytes:
    if path.suffix.lower() != ".kmz":
        return path.read_bytes()
    try:
        with zipfile.ZipFile(path) as archive:
            name = next((n for n in archive.namelist() if n.lower().endswith(".kml")), None)
            if name is None:
                raise InputError(f"{path}: holds no KML")
            if archive.getinfo(name).file_size > MAX_FILE_BYTES:
                raise InputError(f"{path}: unpacks to too much; split it")
            return archive.read(name)
    except zipfile.BadZipFile as error:
        raise InputError(f"{path}: is no KMZ: {error}") from error


def _is_incident(mark: ET.Element) -> bool:
    data = mark.find(f"{_NS}ExtendedData/{_NS}SchemaData")
    return data is not None and data.get("schemaUrl") == "#incident"


def _row(mark: ET.Element) -> tuple[dict[str, str], Any]:
    """Return a placemark's values by column, and its geometry."""
    cells = {
        str(data.get("name")): data.text or ""
        for data in mark.iterfind(f"{_NS}ExtendedData/{_NS}SchemaData/{_NS}SimpleData")
    }
    exact = mark.findtext(f"{_NS}ExtendedData/{_NS}Data[@name='bordermap_exact']/{_NS}value")
    cells.update(json.loads(exact) if exact else {})
    shapes = [_shape(child) for child in mark if child.tag in _SHAPES]
    return cells, shapes[0] if shapes else None


def _shape(node: ET.Element) -> Any:
    import shapely

    kind = node.tag.removeprefix(_NS)
    if kind == "Polygon":
        outer = node.find(f"{_NS}outerBoundaryIs")
        holes = [_ring(hole) for hole in node.iterfind(f"{_NS}innerBoundaryIs")]
        return shapely.Polygon(_ring(outer) if outer is not None else [], holes)
    if kind == "MultiGeometry":
        parts = [_shape(child) for child in node if child.tag in _SHAPES]
        made: dict[str, Any] = {
            "Point": shapely.MultiPoint,
            "LineString": shapely.MultiLineString,
            "Polygon": shapely.MultiPolygon,
        }
        sorts = {part.geom_type for part in parts}
        return made.get(sorts.pop() if len(sorts) == 1 else "", shapely.GeometryCollection)(parts)
    pairs = _pairs(node.findtext(f"{_NS}coordinates"))
    return shapely.Point(pairs[0]) if kind == "Point" else shapely.LineString(pairs)


_SHAPES = {f"{_NS}{kind}" for kind in ("Point", "LineString", "Polygon", "MultiGeometry")}


def _ring(boundary: ET.Element) -> list[tuple[float, float]]:
    return _pairs(boundary.findtext(f"{_NS}LinearRing/{_NS}coordinates"))


def _pairs(text: str | None) -> list[tuple[float, float]]:
    pairs = [part.split(",") for part in (text or "").split()]
    return [(float(pair[0]), float(pair[1])) for pair in pairs]


def _typed(values: pd.Series, dtype: str) -> pd.Series:
    import pandas as pd

    if dtype.startswith("datetime64"):
        return pd.to_datetime(values, format="ISO8601").astype("datetime64[s]")
    if dtype in {"bool", "boolean"}:
        return values.map({"true": True, "false": False}).astype("boolean").astype(dtype)  # type: ignore[call-overload, no-any-return]
    if dtype.lower().startswith(("int", "uint")):
        return values.astype("Int64").astype(dtype)  # type: ignore[call-overload, no-any-return]
    if dtype.lower().startswith("float"):
        return pd.to_numeric(values).astype("float64")
    return values.astype("str")


def _put_vague(frame: pd.DataFrame, shapes: Any) -> None:
    """Put points that stand for areas, kept as coordinates beside the map, among the shapes."""
    import shapely

    if not {"lon", "lat"} <= set(frame.columns):
        return
    lon, lat = frame["lon"].to_numpy(float), frame["lat"].to_numpy(float)
    known = ~np.isnan(lon) & shapely.is_missing(shapes)
    shapes[known] = shapely.points(lon[known], lat[known])
