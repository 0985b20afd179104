"""The line as published, its zones, the places named and the crossings found, as layers."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import numpy as np

from bordermap.files import geodata_path
from bordermap.layers import GROUP_NAMES, Group, Layer
from bordermap.qgis.content import About, Content, Drawn, both_names
from bordermap.qgis.feature_table import feature_table
from bordermap.qgis.labels import Label
from bordermap.qgis.looks import Look, categorized, single, tip
from bordermap.qgis.symbols import dot, fill, stroke
from bordermap.style import PALETTES, AreaStyle, LineStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from bordermap.line import DemarcationLine

__all__ = ["about_line", "crossings_content", "line_content", "places_content", "zones_content"]

_LIGHT = PALETTES["light"]
_NOT_STATED = "not stated"


def about_line(line: DemarcationLine) -> About:
    """Return the source, licence and attribution of a line; what is not known is said to be so."""
    with geodata_path("SOURCES.toml").open("rb") as file:
        known = tomllib.load(file).get(f"lines/{line.id}.geojson", {})
    # A user's line may bear a packaged one's name; its attribution tells them apart.
    is_packaged = str(known.get("attribution", "")) in line.attributions
    attribution = "; ".join(line.attributions) or _NOT_STATED
    return About(
        source=f"Line as published by {line.published_by}"
        + (f"; {known['origin']}, version {known['version']}" if is_packaged else ""),
        licence=str(known["licence"]) if is_packaged else _NOT_STATED,
        attribution=attribution,
    )


def zones_content(layers: Sequence[Layer], about: About, lang: str) -> Content | None:
    """Return the zones along the line, hatched; None where there are none."""
    styles = [
        (str(layer.frame["zone"].iloc[0]), both_names(layer.name_en, layer.name_ko), layer.style)
        for layer in layers
        if isinstance(layer.style, AreaStyle)
    ]
    if not styles:
        return None
    look = Look(
        layer_type="Polygon",
        renderer=lambda: categorized("zone", [(v, n, fill(style)) for v, n, style in styles]),
        label=Label(
            expression=f'"name_{lang}"',
            place="horizontal",
            size=7,
            italic=True,
            colour=_LIGHT["zone"],
            priority=2,
            smallest_scale=600_000,
        ),
        tip=tip('"name_en"', '"name_ko"'),
    )
    frame = _stacked(layers)
    return _content("zones", Group.ZONES, frame, look, about, "Zones along the line")


def line_content(layers: Sequence[Layer], about: About, lang: str) -> Content:
    """Return the segments of the line, each with its stroke, accuracy and what it asserts."""
    styles = [
        (str(layer.frame["segment"].iloc[0]), both_names(layer.name_en, layer.name_ko), layer.style)
        for layer in layers
        if isinstance(layer.style, LineStyle)
    ]
    look = Look(
        layer_type="Line",
        renderer=lambda: categorized("segment", [(v, n, stroke(style)) for v, n, style in styles]),
        label=Label(
            expression=f'"name_{lang}"',
            place="line",
            size=8,
            colour=_LIGHT["line"],
            priority=7,
            weight=63,
            wrap=0,
        ),
        tip=tip('"name_en"', '"name_ko"', '"asserts"', "\"accuracy_m\" || ' m at 95 %'"),
    )
    frame = _stacked(layers)
    return _content("line", Group.LINE, frame, look, about, about.source)


def places_content(layer: Layer, about: About, lang: str) -> Content:
    """Return the places that incidents were located at, with how many are at each."""
    other = "en" if lang == "ko" else "ko"
    name = {"en": '"place_name"', "ko": '"place_name_ko"'}
    look = Look(
        layer_type="Point",
        renderer=lambda: single(dot(_LIGHT["text_quiet"])),
        label=Label(
            expression=f"coalesce({name[lang]}, {name[other]})",
            place="around",
            size=7.5,
            colour=_LIGHT["text_quiet"],
            priority=4,
        ),
        shown='"place_name"',
        tip=tip('"place_name"', '"place_name_ko"', "\"incidents\" || ' incidents'"),
    )
    return _content("places", Group.PLACES, layer.frame, look, about, "Places of incidents")


def crossings_content(events: gpd.GeoDataFrame, about: About) -> Content:
    """Return where tracks cross the line, or come closest to it."""
    look = Look(
        layer_type="Point",
        renderer=lambda: categorized(
            "event",
            [
                ("crossing", "Crossing · 월선", dot(_LIGHT["line"], size=8)),
                (
                    "closest_approach",
                    "Closest approach · 최근접점",
                    dot(_LIGHT["text_quiet"], size=7),
                ),
            ],
        ),
        label=Label(expression='"track_id"', place="around", size=7.5, priority=7),
        times=("start_dt", "end_dt"),
        shown='"track_id" || \' \' || to_string("time")',
        tip=tip('"track_id"', '"event"', '"time"', '"direction"', "\"depth_m\" || ' m deep'"),
    )
    # A crossing is a moment; half-open, it lasts a second.
    start = events["time"].astype("datetime64[s]")
    frame = events.assign(start_dt=start, end_dt=start + np.timedelta64(1, "s"))
    return _content("crossings", Group.LINE, frame, look, about, "Crossings of tracks",
                    names=("Crossings of tracks", "항적의 월선"))  # fmt: skip


def _stacked(layers: Sequence[Layer]) -> gpd.GeoDataFrame:
    import geopandas as gpd
    import pandas as pd

    frames = [layer.frame for layer in layers]
    return gpd.GeoDataFrame(pd.concat(frames, ignore_index=True), crs="EPSG:4326")


def _content(
    name: str, group: Group, frame: gpd.GeoDataFrame, look: Look, about: About, words: str,
    *, names: tuple[str, str] | None = None,
) -> Content:  # fmt: skip
    import pandas as pd

    names = names or GROUP_NAMES[group]
    columns = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    table = feature_table(name, both_names(*names), words, columns, frame.geometry.to_numpy())
    drawn = Drawn(key=name, name_en=names[0], name_ko=names[1], look=look)
    return Content(table=table, group=GROUP_NAMES[group], look=look, about=about, drawn=(drawn,))
