"""JSON, GeoJSON and NDJSON: records and features become a table of text cells."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.errors import InputError, at
from bordermap.reading.limits import MAX_CELL_CHARS, MAX_COLUMNS, MAX_JSON_BYTES, MAX_JSON_DEPTH
from bordermap.reading.raw import RawTable

if TYPE_CHECKING:
    import pandas as pd

    from bordermap.reading.source import Source

__all__ = ["frame_of_values", "parsed_json", "read_structured"]


def read_structured(source: Source) -> RawTable:
    """Return the table in a JSON, GeoJSON or NDJSON text; rows are numbered from 1.

    Raises
    ------
    InputError
        The text is no valid JSON, too deep or too large, holds no records, or
        is in another CRS than WGS84.
    """
    if len(source.data) > MAX_JSON_BYTES:
        limit = MAX_JSON_BYTES // 1024**2
        raise InputError(f"{source.name}: is larger than {limit} MB of JSON; split it or use CSV")
    if source.format == "ndjson":
        records, numbers = _lines(source)
    else:
        records = _records(source)
        numbers = list(range(1, len(records) + 1))
    for number, record in zip(numbers, records, strict=True):
        if not isinstance(record, dict):
            raise InputError(f"{at(source.name, row=number)}: is no record; give {{...}}")
    where = np.array(numbers, dtype=np.int64)
    rows, shapes = _flat(records, source.name, where)
    return RawTable(
        name=source.name, cells=frame_of_values(rows, source.name), numbers=where,
        geometry=shapes, numeric=_numeric(rows),
    )  # fmt: skip


def parsed_json(text: str, where: str) -> Any:
    """Return the value of a JSON text.

    Raises
    ------
    InputError
        The text is no valid JSON or brackets stand too deep in each other.
    """
    try:
        value = json.loads(text, parse_constant=lambda _: None)
    except RecursionError as error:
        raise InputError(f"{where}: is no valid JSON that can be read: nested too deep") from error
    except ValueError as error:
        line = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        line = line if ":" not in where[-8:] else ""
        raise InputError(f"{where}{line}: is no valid JSON: {error}") from error
    if _depth(text) > MAX_JSON_DEPTH:
        raise InputError(
            f"{where}: is no valid JSON for a table: nested deeper than {MAX_JSON_DEPTH} brackets"
        )
    return value


def _depth(text: str) -> int:
    """Return an upper bound of how deep brackets nest: strings are counted along."""
    if text.count("[") + text.count("{") <= MAX_JSON_DEPTH:
        return 0
    depth = deepest = 0
    for found in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', text):
        bracket = found[0]
        if bracket in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif bracket in "]}":
            depth -= 1
    return deepest


def _records(source: Source) -> list[Any]:
    value = parsed_json(source.text, source.name)
    if isinstance(value, dict):
        if value.get("type") == "FeatureCollection":
            _check_crs(value, source.name)
        lists = [value.get(k) for k in ("features", "records", "incidents", "data", "results")]
        value = next((v for v in lists if isinstance(v, list)), value)
        if isinstance(value, dict) and value.get("type") == "Feature":
            value = [value]
    if not isinstance(value, list):
        raise InputError(f"{source.name}: holds no list of records; give [{{...}}, {{...}}]")
    if not value:
        raise InputError(f"{source.name}: holds no record")
    return value


def _check_crs(collection: dict[str, Any], name: str) -> None:
    crs = json.dumps(collection.get("crs") or "")
    if collection.get("crs") and not re.search(r"CRS84|4326", crs):
        raise InputError(f"{name}: is in another CRS than WGS84; convert it to EPSG:4326")


def _lines(source: Source) -> tuple[list[Any], list[int]]:
    records, numbers = [], []
    # An RFC 8142 text sequence puts a record separator before each line.
    for number, line in enumerate(source.text.split("\n"), start=1):
        text = line.strip().removeprefix("\x1e")
        if text:
            records.append(parsed_json(text, at(source.name, row=number)))
            numbers.append(number)
    if not records:
        raise InputError(f"{source.name}: holds no record")
    return records, numbers


def _flat(records: list[Any], name: str, numbers: Any) -> tuple[list[dict[str, Any]], Any]:
    """Return the records' properties, and their geometries if they are features."""
    if not any(r.get("type") == "Feature" for r in records):
        return records, None
    rows: list[dict[str, Any]] = []
    for number, feature in zip(numbers, records, strict=True):
        properties = feature.get("properties") or {}
        if not isinstance(properties, dict):
            raise InputError(f"{at(name, row=number)}: properties are no record; give {{...}}")
        own = {} if feature.get("id") is None else {"id": feature["id"]}
        rows.append({**own, **properties})
    return rows, _shapes(records, name, numbers)


def _numeric(rows: list[dict[str, Any]]) -> frozenset[str]:
    """Return the keys whose values are numbers wherever they are given."""
    kinds: dict[str, set[type]] = {}
    for row in rows:
        for key, value in row.items():
            if value is not None:
                kinds.setdefault(key, set()).add(type(value))
    return frozenset(key for key, found in kinds.items() if found <= {int, float})


def frame_of_values(rows: list[dict[str, Any]], name: str) -> pd.DataFrame:
    """Return one text column a key; numbers as JSON writes them, NA where a row has no value."""
    import pandas as pd

    keys: dict[str, None] = {}
    for row in rows:
        keys.update(dict.fromkeys(row))
        if len(keys) > MAX_COLUMNS:
            raise InputError(f"{name}: more than {MAX_COLUMNS} columns")
    columns = {key: pd.Series([_cell(row.get(key)) for row in rows], dtype="str") for key in keys}
    for key, cells in columns.items():
        longest = cells.str.len().max()
        if longest > MAX_CELL_CHARS:
            raise InputError(f"{name}: {key} has more than {MAX_CELL_CHARS} characters in a cell")
    return pd.DataFrame(columns, index=range(len(rows)))


def _cell(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        # A lone surrogate ("\ud800") is valid JSON and no text.
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, (int, float)):
        return repr(value)
    text = json.dumps(value, ensure_ascii=False, sort_keys=isinstance(value, dict))
    return text.encode("utf-8", "replace").decode("utf-8")


def _shapes(features: list[Any], name: str, numbers: Any) -> Any:
    import shapely

    texts = np.array(
        [json.dumps(f["geometry"]) if f.get("geometry") else None for f in features], dtype=object
    )
    shapes = np.asarray(shapely.from_geojson(texts, on_invalid="ignore"), dtype=object)
    lost = np.array([t is not None for t in texts]) & shapely.is_missing(shapes)
    if lost.any():
        row = int(numbers[lost.argmax()])
        raise InputError(
            f"{at(name, row=row, column='geometry')} is no GeoJSON geometry; "
            'give {"type": "Point", "coordinates": [127.1, 37.9]}'
        )
    shapes = np.asarray(shapely.force_2d(shapes), dtype=object)
    w, s, e, n = shapely.bounds(shapes).T
    with np.errstate(invalid="ignore"):
        off = (w < -180) | (e > 180) | (s < -90) | (n > 90)
    odd = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes) & ~np.isfinite(w + s + e + n)
    if (off | odd).any():
        row = int((off | odd).argmax())
        raise InputError(
            f"{at(name, row=int(numbers[row]), column='geometry')} reaches {w[row]:g}, "
            f"{n[row]:g}; give longitude and latitude in degrees, longitude first"
        )
    return shapes
