"""The map's own page: one HTML file that needs no network and lets no text run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict
from html import escape
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Element, Figure
from jinja2 import Template

from bordermap.embed import iframe
from bordermap.errors import InputError
from bordermap.files import written_whole
from bordermap.webmap.assets import bundled, content_id, hash_source, json_text
from bordermap.webmap.cells import CellLayer
from bordermap.webmap.layer import DataLayer, DemarcationLayer, GroundLayer, IncidentLayer
from bordermap.webmap.lookbook import look
from bordermap.webmap.summary import summary
from bordermap.webmap.tiles import Tiles, find_tiles

if TYPE_CHECKING:
    import geopandas as gpd

    from bordermap.cells import Cells
    from bordermap.line import DemarcationLine

__all__ = ["IncidentMap", "build_map", "save_map"]

LANGUAGES = ("en", "ko")


class IncidentMap(folium.Map):
    """A `folium.Map` in a page of its own: list, timeline, layers, cards, in two languages.

    `build_map` makes it. Other Folium layers can be added; what they load from
    other hosts is allowed to load, and only that.
    """

    _template = Template("")
    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - Folium's own name and type
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    draws_data_layers = True

    def __init__(self, *, page: dict[str, Any], tiles: Tiles | None = None) -> None:
        super().__init__(tiles=None)
        self.page = {**page, "tiles": asdict(tiles) if tiles else None}
        self.tiles = tiles
        PageFigure().add_child(self)

    def add_data(self, layer: DataLayer) -> None:
        """Add one of our layers, and derive the map's id from all that is in it."""
        layer.add_to(self)
        self._id = content_id(json_text(self.page), *(c.get_name() for c in self.data_layers))

    @property
    def data_layers(self) -> list[DataLayer]:
        """The layers that bring the page's data."""
        return [c for c in self._children.values() if isinstance(c, DataLayer)]

    @property
    def data_ids(self) -> dict[str, Any]:
        """The ids of the elements that hold the page's packs: one for each role, and `later`."""
        first = {layer.role: layer.data_id for layer in self.data_layers}
        return {**first, "later": [name for c in self.data_layers for name in c.later_ids]}


class PageFigure(Figure):
    """The HTML document around an `IncidentMap`."""

    def _repr_html_(self, **kwargs: Any) -> str:
        """Return the map in a sandboxed frame, for Jupyter, Quarto and Marimo."""
        drawn = next(c for c in self._children.values() if isinstance(c, IncidentMap))
        title = drawn.page["title"][drawn.page["lang"]]
        return iframe(self.render(**kwargs), title=title, height="640px")

    def render(self, **kwargs: Any) -> str:
        """Return the whole document."""
        for child in self._children.values():
            child.render(**kwargs)
        drawn = next(c for c in self._children.values() if isinstance(c, IncidentMap))
        style = bundled("bordermap.css")
        script = bundled("bordermap.js")
        extra = self.script.render(**kwargs).strip()
        tiles = drawn.tiles
        parts = {"style": [style], "script": [script, *([extra] if extra else [])]}
        name = drawn.get_name()
        page = drawn.page
        title, about = escape(page["title"][page["lang"]]), escape(page["summary"][page["lang"]])
        config = json_text(
            {**page, "look": look(), "data": drawn.data_ids, "name": name if extra else None}
        )
        return "\n".join(
            [
                "<!DOCTYPE html>",
                f'<html lang="{page["lang"]}" class="bm-document">',
                "<head>",
                '<meta charset="utf-8">',
                f'<meta http-equiv="Content-Security-Policy" content="{_policy(parts, tiles)}">',
                '<meta name="viewport" content="width=device-width, initial-scale=1">',
                # Tile servers turn away pages that do not say where they are from.
                f'<meta name="referrer" content="{"origin" if tiles else "no-referrer"}">',
                f"<title>{title}</title>",
                f'<meta name="description" content="{about}">',
                f"<style>{style}</style>",
                "</head>",
                "<body>",
                f'<div class="bm" id="{name}" data-config="{name}_config">',
                f"<h1>{title}</h1>",
                f"<p>{about}</p>",
                "<noscript><p>The map needs JavaScript.</p></noscript>",
                "</div>",
                f'<script type="application/json" id="{name}_config">{config}</script>',
                self.html.render(**kwargs),
                *(f"<script>{text}</script>" for text in parts["script"]),
                # The script draws while these are still being parsed.
                *(layer.later_blocks for layer in drawn.data_layers if layer.later),
                "</body>",
                "</html>",
                "",
            ]
        )


def _policy(parts: dict[str, list[str]], tiles: Tiles | None) -> str:
    """Return a policy that lets nothing in but what is written in the page, and tiles asked for."""
    allowed = {f"{kind}-src": " ".join(map(hash_source, texts)) for kind, texts in parts.items()}
    rules = {
        "default-src": "'none'",
        **allowed,
        "img-src": " ".join(["data:", "blob:", *(tiles.origins if tiles else ())]),
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def build_map(
    incidents: gpd.GeoDataFrame,
    *,
    line: DemarcationLine,
    title: str | Mapping[str, str] | None = None,
    lang: str = "en",
    credit: str | None = None,
    basemap: str | None = None,
    cells: Cells | None = None,
    all_rows: str | None = None,
) -> IncidentMap:
    """Return an interactive map of incidents, a `folium.Map` in one page.

    Parameters
    ----------
    incidents
        A sited incident table, EPSG:4326. Rows without a place are listed
        beside the map.
    line
        The line it was sited against.
    title
        Words over the map, in one language or by language; by default the line's name.
    lang
        ``en`` or ``ko``: the language the map opens in.
    credit
        A line under the map.
    basemap
        An online base map under it all, by its name in xyzservices: the page
        then asks its hosts, and only those, for images. Without it the page
        draws the packaged base map and asks nobody.
    cells
        Counts of many more incidents, of which ``incidents`` are the newest; see
        `bordermap.cells.count_cells`.
    all_rows
        The name of a file beside the map that holds all that are counted.

    Raises
    ------
    InputError
        Another language, or a base map that is not there or wants a key.
    """
    if lang not in LANGUAGES:
        raise InputError(f'lang is "{lang}"; use one of {", ".join(LANGUAGES)}')
    page = {
        "title": _titles(title, line),
        "lang": lang,
        "credit": credit or "",
        "summary": summary(incidents, line, cells=cells, all_rows=all_rows),
    }
    drawn = IncidentMap(page=page, tiles=find_tiles(basemap) if basemap else None)
    if not basemap:
        drawn.add_data(GroundLayer(line))
    drawn.add_data(DemarcationLayer(line, lang=lang))
    if cells is not None:
        drawn.add_data(CellLayer(cells, incidents))
    drawn.add_data(IncidentLayer(incidents, line=line, lang=lang))
    return drawn


def _titles(title: str | Mapping[str, str] | None, line: DemarcationLine) -> dict[str, str]:
    names = {"en": line.name_en, "ko": line.name_ko}
    if not title:
        return names
    return dict.fromkeys(LANGUAGES, title) if isinstance(title, str) else {**names, **title}


def save_map(drawn: Element, path: str | os.PathLike[str]) -> None:
    """Write a map to an HTML file, whole or not at all.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    text = drawn.get_root().render()
    with written_whole(path) as partial:
        partial.write_text(text, encoding="utf-8", newline="")
