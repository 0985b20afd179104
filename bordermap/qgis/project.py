"""A QGIS project: layers in groups, extent, time range and step, metadata, print layout."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bordermap.qgis.content import About, Content, Drawn, both_names
from bordermap.qgis.ground_content import BASE_MAP
from bordermap.qgis.layout import print_layout
from bordermap.qgis.looks import VERSION, elements
from bordermap.qgis.markup import document, node
from bordermap.style import PALETTES

if TYPE_CHECKING:
    from bordermap.qgis.markup import ET

__all__ = ["ProjectFacts", "metadata_element", "project_text", "zipped"]

_SEA = PALETTES["light"]["sea"]
_PROJ4 = {
    "EPSG:4326": "+proj=longlat +datum=WGS84 +no_defs",
    "EPSG:3857": "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 "
    "+units=m +nadgrids=@null +wktext +no_defs",
}
_WEB_MERCATOR_M = 20037508.342789244
# QgsTemporalNavigationObject: 2 is a fixed range, which shows all and plays on a click.
_FIXED_RANGE = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFacts:
    """What a project says of itself.

    ``package`` is the GeoPackage's file name, relative to the project;
    ``bounds_wsen`` is degrees; ``times`` are the first and last moment, ISO.
    """

    title: str
    package: str
    bounds_wsen: tuple[float, float, float, float]
    times: tuple[str, str] | None
    credit: str
    lang: str = "en"


def project_text(contents: Sequence[Content], facts: ProjectFacts) -> str:
    """Return a project's XML; ``contents`` come bottom to top."""
    # The layer tree lists what is drawn on top first.
    shown = [(content, drawn) for content in reversed(contents) for drawn in content.drawn]
    extent = mercator(facts.bounds_wsen)
    root = node(
        "qgis",
        {"version": VERSION, "projectname": facts.title},
        node("homePath", {"path": ""}),
        node("title", text=facts.title),
        node("projectCrs", None, _crs("EPSG:3857")),
        _tree(shown, facts.package),
        _canvas(extent),
        node("projectlayers", None, *(_layer(c, d, facts.package) for c, d in shown)),
        node("layerorder", None, *(node("layer", {"id": d.layer_id}) for _, d in shown)),
        _properties(),
        metadata_element(
            facts.title, "An incident map with the line as published; see each layer's metadata.",
            About(source="bordermap", licence="see layers", attribution=facts.credit),
        ),
        node("Layouts", None, print_layout(
            title=facts.title, credit=facts.credit, extent=extent, sea=_SEA,
            legend=[(c.drawn[-1].layer_id, c.table.title) for c in reversed(contents)
                    if c.drawn and c.group not in {None, BASE_MAP}],
        )),
        node("ProjectViewSettings", {"UseProjectScales": "0", "rotation": "0"}, node("Scales"),
             node("DefaultViewExtent", _corners(extent), _crs("EPSG:3857"))),
        *_time_settings(facts.times),
    )  # fmt: skip
    return document(root)


def zipped(project: str, name: str) -> bytes:
    """Return a project as QGZ; the same text gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        # A fixed date, the earliest that ZIP knows: the clock's would change the bytes.
        entry = zipfile.ZipInfo(f"{name}.qgs", date_time=(1980, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.create_system = 3
        archive.writestr(entry, project)
    return buffer.getvalue()


def mercator(bounds_wsen: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Return bounds of degrees in metres of web Mercator (EPSG:3857)."""
    w, s, e, n = bounds_wsen

    def y(lat: float) -> float:
        capped = np.clip(lat, -85.05, 85.05)
        return float(np.log(np.tan(np.pi / 4 + np.radians(capped) / 2)) * 6378137.0)

    return w / 180 * _WEB_MERCATOR_M, y(s), e / 180 * _WEB_MERCATOR_M, y(n)


def metadata_element(title: str, abstract: str, about: About) -> ET.Element:
    """Return a layer's or project's metadata: what it is, whence, under what licence."""
    return node(
        "resourceMetadata",
        None,
        node("identifier", text=""),
        node("language", text="ENG"),
        node("type", text="dataset"),
        node("title", text=title),
        node("abstract", text=abstract),
        node("history", text=f"Source: {about.source}"),
        node("license", text=about.licence),
        node("rights", text=about.attribution),
        node("encoding", text="UTF-8"),
        node("crs", None, _crs("EPSG:4326")),
    )


def project_row(project: str, name: str) -> tuple[str, str, str]:
    """Return a project as a row of ``qgis_projects``: name, metadata, hex of its QGZ."""
    about = {"last_modified_time": "1970-01-01T00:00:00", "last_modified_user": "bordermap"}
    return name, json.dumps(about), zipped(project, name).hex()


def _layer(content: Content, drawn: Drawn, package: str) -> ET.Element:
    look, about = drawn.look, content.about
    name = both_names(drawn.name_en, drawn.name_ko)
    attributes = {
        "type": "vector", "geometry": look.layer_type if look.renderer else "No geometry",
        "labelsEnabled": str(int(look.is_labelled)), "readOnly": "0",
        "hasScaleBasedVisibilityFlag": "0", "styleCategories": "AllStyleCategories",
        "simplifyDrawingHints": "1", "simplifyDrawingTol": "1", "simplifyLocal": "1",
    }  # fmt: skip
    return node(
        "maplayer",
        attributes,
        node("id", text=drawn.layer_id),
        node("datasource", text=_source(content, drawn, package)),
        node("title", text=name),
        node("abstract", text=content.table.description),
        node("attribution", {"href": ""}, text=about.attribution),
        node("layername", text=name),
        node("srs", None, _crs("EPSG:4326")),
        metadata_element(name, content.table.description, about),
        node("provider", {"encoding": "UTF-8"}, text="ogr"),
        *elements(look),
    )


def _source(content: Content, drawn: Drawn, package: str) -> str:
    sort = f"|geometrytype={drawn.sort}" if drawn.sort else ""
    subset = f"|subset={drawn.subset}" if drawn.subset else ""
    return f"./{package}|layername={content.table.name}{sort}{subset}"


def _tree(shown: Sequence[tuple[Content, Drawn]], package: str) -> ET.Element:
    root = node("layer-tree-group")
    groups: dict[tuple[str, str], ET.Element] = {}
    for content, drawn in shown:
        attributes = {
            "id": drawn.layer_id, "name": both_names(drawn.name_en, drawn.name_ko),
            "providerKey": "ogr", "source": _source(content, drawn, package),
            "checked": "Qt::Checked" if drawn.is_visible else "Qt::Unchecked", "expanded": "1",
        }  # fmt: skip
        leaf = node("layer-tree-layer", attributes)
        if content.group is None:
            root.append(leaf)
            continue
        if content.group not in groups:
            look = {"name": both_names(*content.group), "checked": "Qt::Checked", "expanded": "1"}
            groups[content.group] = node("layer-tree-group", look)
            root.append(groups[content.group])
        groups[content.group].append(leaf)
    return root


def _canvas(extent: tuple[float, float, float, float]) -> ET.Element:
    corners = (node(k, text=v) for k, v in _corners(extent).items())
    return node(
        "mapcanvas",
        {"name": "theMapCanvas", "annotationsVisible": "1"},
        node("units", text="meters"),
        node("extent", None, *corners),
        node("rotation", text="0"),
        node("destinationsrs", None, _crs("EPSG:3857")),
    )


def _corners(extent: tuple[float, float, float, float]) -> dict[str, str]:
    return {k: f"{v:.3f}" for k, v in zip(("xmin", "ymin", "xmax", "ymax"), extent, strict=True)}


def _crs(authid: str) -> ET.Element:
    """Return a reference system as QGIS writes it; without the WKT it complains on stderr."""
    from pyproj import CRS

    is_degrees = authid == "EPSG:4326"
    number = authid.removeprefix("EPSG:")
    facts = {
        "wkt": CRS(authid).to_wkt("WKT2_2019"), "proj4": _PROJ4[authid],
        "srsid": "3452" if is_degrees else number, "srid": number, "authid": authid,
        "description": "WGS 84" if is_degrees else "WGS 84 / Pseudo-Mercator",
        "projectionacronym": "longlat" if is_degrees else "merc",
        "ellipsoidacronym": "EPSG:7030", "geographicflag": str(is_degrees).lower(),
    }  # fmt: skip
    return node("spatialrefsys", None, *(node(k, text=v) for k, v in facts.items()))


def _properties() -> ET.Element:
    r, g, b = (str(int(_SEA[i : i + 2], 16)) for i in (1, 3, 5))

    def entry(name: str, kind: str, value: str) -> ET.Element:
        return node(name, {"type": kind}, text=value)

    return node(
        "properties",
        None,
        node("Gui", None, entry("CanvasColorRedPart", "int", r),
             entry("CanvasColorGreenPart", "int", g), entry("CanvasColorBluePart", "int", b)),
        node("Measure", None, entry("Ellipsoid", "QString", "EPSG:7030")),
        node("Paths", None, entry("Absolute", "bool", "false")),
        # Without this the project's reference system is not taken at all.
        node("SpatialRefSys", None, entry("ProjectionsEnabled", "int", "1")),
        node("TemporalControllerWidget", None, entry("NavigationMode", "int", _FIXED_RANGE)),
    )  # fmt: skip


def _time_settings(times: tuple[str, str] | None) -> list[ET.Element]:
    if times is None:
        return []
    span = (node(k, text=f"{v}Z") for k, v in zip(("start", "end"), times, strict=True))
    step = {"timeStep": "1", "timeStepUnit": "d", "frameRate": "2", "cumulativeTemporalRange": "0"}
    return [node("ProjectTimeSettings", step, node("TemporalRange", None, *span))]
