"""KML 2.2 for Google Earth: folders, styles, time spans; all columns as typed data.

https://docs.ogc.org/is/07-147r2/07-147r2.htm
"""

from __future__ import annotations

import html
import io
import json
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.layers import (
    Group,
    build_layers,
    known_as_areas,
    known_as_points,
    unplaced,
    without_vague_points,
)
from bordermap.style import AREA, KINDS, AreaStyle, LineStyle
from bordermap.tables.geojson import rounded
from bordermap.tables.icons import icon_png
from bordermap.tables.kmlshapes import kml_colour, kml_shape
from bordermap.tables.kmltext import escaped, exact_json, is_exact
from bordermap.tables.tokens import in_order, iso_times

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from bordermap.layers import Layer
    from bordermap.line import DemarcationLine

__all__ = ["kml_pieces", "kmz_bytes"]

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n'
)
_FOLDERS = (
    ("Incidents", "사건"), ("Areas", "지역 단위"), ("Without a place", "위치 미상"),
)  # fmt: skip


def kml_pieces(
    incidents: gpd.GeoDataFrame,
    *,
    line: DemarcationLine,
    title: str | None = None,
    lang: str = "en",
    icons: bool = False,
) -> Iterator[str]:
    """Yield a KML document in pieces.

    Parameters
    ----------
    incidents
        A sited incident table, EPSG:4326.
    line
        The line to draw, with its zones.
    title
        The document's name.
    lang
        The language of folders' and kinds' names, ``en`` or ``ko``.
    icons
        Whether the kinds' pictures lie beside the document, as in KMZ; without
        them Google Earth's own pin takes the kind's colour.
    """
    frame = without_vague_points(incidents)
    plain = in_order(frame)
    layers = build_layers(frame, line, groups={Group.ZONES, Group.UNCERTAINTY, Group.LINE})
    yield _HEAD
    yield f"<name>{escaped(title or (line.name_ko if lang == 'ko' else line.name_en))}</name>\n"
    yield from _styles(_kinds(plain), layers, icons)
    types = json.dumps({str(c): str(plain[c].dtype) for c in plain}, ensure_ascii=True)
    yield f'<ExtendedData><Data name="bordermap_types"><value>{escaped(types)}</value></Data>'
    yield "</ExtendedData>\n"
    yield _schema(plain)
    placed = (known_as_points(frame), known_as_areas(frame), unplaced(frame))
    for names, rows in zip(_FOLDERS, placed, strict=True):
        yield f"<Folder><name>{names[lang == 'ko']}</name>\n"
        yield from _by_kind(frame, plain, rows.to_numpy(bool), lang)
        yield "</Folder>\n"
    for layer in reversed(layers):
        yield from _drawn(layer, lang)
    yield "</Document>\n</kml>\n"


def kmz_bytes(
    incidents: gpd.GeoDataFrame,
    *,
    line: DemarcationLine,
    title: str | None = None,
    lang: str = "en",
) -> bytes:
    """Return a KMZ: the document and a picture of each kind; parameters as `kml_pieces`."""
    text = "".join(kml_pieces(incidents, line=line, title=title, lang=lang, icons=True))
    files = {"doc.kml": text.encode()}
    files |= {f"files/{kind}.png": icon_png(KINDS[kind]) for kind in _kinds(in_order(incidents))}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            # A fixed date, the earliest that ZIP knows: the clock's would change the bytes.
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            archive.writestr(entry, data)
    return buffer.getvalue()


def _kinds(plain: pd.DataFrame) -> list[Any]:
    """Return the kinds that occur, in the legend's order."""
    there = set(plain["kind"].fillna("other"))
    return [kind for kind in KINDS if str(kind) in there]


def _styles(kinds: list[Any], layers: tuple[Layer, ...], icons: bool) -> Iterator[str]:
    for kind in kinds:
        rgb = KINDS[kind].colour
        href = f"<Icon><href>files/{kind}.png</href></Icon>" if icons else ""
        tint = kml_colour("#FFFFFF" if icons else rgb)
        yield (
            f'<Style id="kind_{kind}"><IconStyle><color>{tint}</color><scale>0.9</scale>{href}'
            "</IconStyle><LabelStyle><scale>0.8</scale></LabelStyle>"
            f"<LineStyle><color>{kml_colour(rgb, 0.5)}</color><width>5</width></LineStyle>"
            f"<PolyStyle><color>{kml_colour(rgb, max(AREA.fill_opacity, 0.12))}</color></PolyStyle>"
            "</Style>\n"
        )
    for layer in layers:
        if isinstance(layer.style, LineStyle):
            look = f"<color>{kml_colour(layer.style.colour)}</color><width>3</width>"
            yield f'<Style id="{layer.id}"><LineStyle>{look}</LineStyle></Style>\n'
        elif isinstance(layer.style, AreaStyle):
            edge = kml_colour(layer.style.stroke, 0.8)
            inside = kml_colour(layer.style.fill, max(layer.style.fill_opacity, 0.1))
            yield (
                f'<Style id="{layer.id}"><LineStyle><color>{edge}</color><width>1</width>'
                f"</LineStyle><PolyStyle><color>{inside}</color></PolyStyle></Style>\n"
            )


def _schema(plain: pd.DataFrame) -> str:
    import pandas as pd

    fields = []
    for column in plain:
        kind = "string"
        if pd.api.types.is_bool_dtype(plain[column]):
            kind = "bool"
        elif pd.api.types.is_float_dtype(plain[column]):
            kind = "double"
        fields.append(f'<SimpleField type="{kind}" name="{escaped(str(column))}"/>')
    return f'<Schema name="incident" id="incident">{"".join(fields)}</Schema>\n'


def _by_kind(
    frame: gpd.GeoDataFrame, plain: pd.DataFrame, rows: NDArray[np.bool_], lang: str
) -> Iterator[str]:
    """Yield a folder for each kind with its placemarks."""
    kinds = plain["kind"].fillna("other").to_numpy(object)
    for kind in _kinds(plain):
        inside = np.flatnonzero(rows & (kinds == str(kind)))
        if not len(inside):
            continue
        style = KINDS[kind]
        yield f"<Folder><name>{style.label_ko if lang == 'ko' else style.label_en}</name>\n"
        shapes = rounded(frame.geometry.to_numpy()[inside])
        yield from _placemarks(plain.iloc[inside], shapes)
        yield "</Folder>\n"


def _placemarks(part: pd.DataFrame, shapes: NDArray[np.object_]) -> Iterator[str]:
    names = [str(c) for c in part]
    cells = [_texts(part[c]) for c in part]
    at = {name: cells[i] for i, name in enumerate(names)}
    nothing: list[str | None] = [None] * len(part)
    title, begin, end = (at.get(c, nothing) for c in ("title", "date_start", "date_end"))
    for row, shape in enumerate(shapes):
        span = f"<begin>{begin[row]}</begin><end>{end[row] or begin[row]}</end>"
        kind = at["kind"][row] or "other"
        yield (
            f"<Placemark><name>{escaped(title[row] or kind)}</name>"
            f"<description>{escaped(_description(at, row))}</description>"
            + (f"<TimeSpan>{span}</TimeSpan>" if begin[row] else "")
            + f"<styleUrl>#kind_{kind}</styleUrl>"
            + _data(names, [column[row] for column in cells])
            + kml_shape(shape)
            + "</Placemark>\n"
        )


def _data(names: list[str], values: list[str | None]) -> str:
    """Return all known values of a row; those that XML cannot carry also as exact JSON."""
    known = [(n, v) for n, v in zip(names, values, strict=True) if v is not None]
    broken = {n: v for n, v in known if not is_exact(v)}
    exact = f'<Data name="bordermap_exact"><value>{exact_json(broken)}</value></Data>'
    simple = "".join(f'<SimpleData name="{escaped(n)}">{escaped(v)}</SimpleData>' for n, v in known)
    return (
        f"<ExtendedData>{exact if broken else ''}"
        f'<SchemaData schemaUrl="#incident">{simple}</SchemaData></ExtendedData>'
    )


def _description(at: dict[str, list[str | None]], row: int) -> str:
    """Return what a balloon tells, as HTML with all text from the table escaped."""
    columns = ("date_start", "place_name", "summary", "claimed_by", "source_title", "source_url")
    lines = [at[c][row] for c in columns if c in at]
    return "<br/>".join(html.escape(line) for line in lines if line)


def _texts(values: pd.Series) -> list[str | None]:
    """Return values as text that reads back exactly; unknown as None."""
    import pandas as pd

    known = values.notna().to_numpy(bool)
    if pd.api.types.is_datetime64_dtype(values.dtype):
        return list(iso_times(values.to_numpy()))
    if pd.api.types.is_float_dtype(values.dtype):
        cells = [repr(float(v)) if k else None for v, k in zip(values, known, strict=True)]
    elif pd.api.types.is_bool_dtype(values.dtype):
        cells = [str(v).lower() if k else None for v, k in zip(values, known, strict=True)]
    else:
        cells = [_text(v) if k else None for v, k in zip(values, known, strict=True)]
    return cells


def _text(value: Any) -> str:
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _drawn(layer: Layer, lang: str) -> Iterator[str]:
    """Yield a layer that is no incidents: the line, zones, doubt."""
    name = layer.name_ko if lang == "ko" else layer.name_en
    yield f"<Folder><name>{escaped(name)}</name>\n"
    for row, shape in enumerate(rounded(layer.frame.geometry.to_numpy())):
        own = layer.frame["title"].iloc[row] if "title" in layer.frame else name
        yield (
            f"<Placemark><name>{escaped(str(own) if own == own else name)}</name>"  # noqa: PLR0124
            f"<styleUrl>#{layer.id}</styleUrl>{kml_shape(shape)}</Placemark>\n"
        )
    yield "</Folder>\n"
