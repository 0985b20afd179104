"""Folium layers of our own: incidents and a demarcation line, drawn on canvas."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from html import escape
from typing import TYPE_CHECKING, Any

from branca.element import Element, Figure
from folium.map import Layer

from bordermap.webmap.assets import bundled, content_id, json_text
from bordermap.webmap.columns import pack_by_turns, pack_incidents
from bordermap.webmap.ground import pack_ground
from bordermap.webmap.lookbook import look, pack_line, sides
from bordermap.webmap.packing import Pack

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import geopandas as gpd

    from bordermap.line import DemarcationLine

__all__ = ["DataLayer", "DemarcationLayer", "GroundLayer", "IncidentLayer", "Verbatim"]

# Fewer records are inflated in a blink.
_BY_TURNS_ABOVE = 5000


class Verbatim(Element):
    """Text that goes into the page as it is.

    Branca reads an element's text as a Jinja template, and text from outside
    could then run as one.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **kwargs: Any) -> str:  # noqa: ARG002 - Branca passes them
        """Return the text."""
        return self.text


class DataLayer(Layer):
    """A layer whose data is a pack in the page and whose drawing is in our bundle."""

    maker = ""
    role = ""

    def __init__(
        self,
        pack: Pack,
        *,
        name: str,
        show: bool,
        options: dict[str, Any],
        later: Sequence[Pack] = (),
    ) -> None:
        # Leaflet's layer control takes a name for HTML, and Branca for a Jinja template.
        safe = escape(name).replace("{", "&#123;")
        super().__init__(name=safe, overlay=True, control=True, show=show)
        self._name = type(self).__name__
        # Deflating runs without Python's lock: two packs at a time.
        with ThreadPoolExecutor(max_workers=2) as pool:
            (self.text, self.encoding), *self.later = pool.map(Pack.to_text, [pack, *later])
        self.options = options
        texts = [self.text, *(part for pair in self.later for part in pair)]
        self._content = content_id(self._name, name, json_text(options), *texts)
        self._id = self._content

    @property
    def data_id(self) -> str:
        """The id of the element with the pack that the layer draws from."""
        return f"{self.get_name()}_data"

    @property
    def later_ids(self) -> list[str]:
        """The ids of the elements with packs that are read after the first picture."""
        return [f"{self.get_name()}_later{k}" for k in range(len(self.later))]

    @property
    def data_block(self) -> str:
        """The first pack as a script element that does not run."""
        return _block(self.data_id, self.text, self.encoding)

    @property
    def later_blocks(self) -> str:
        """The later packs as script elements that do not run."""
        named = zip(self.later_ids, self.later, strict=True)
        return "\n".join(_block(name, *pack) for name, pack in named)

    def render(self, **kwargs: Any) -> str:
        """Add the data, the bundle (once a page) and the layer's one line of script."""
        figure = self.get_root()
        if not isinstance(figure, Figure):
            raise TypeError(f"{self._name} is on no map; add it with add_to(map)")
        self._tell_apart(figure)
        figure.html.add_child(Verbatim(self.data_block), name=self.data_id)
        if getattr(self._parent, "draws_data_layers", False):
            return ""  # our own page brings the bundle and finds the data by its id
        figure.html.add_child(Verbatim(self.later_blocks), name=f"{self.get_name()}_later")
        for name, tag in (("bordermap-layer.css", "style"), ("bordermap-layer.js", "script")):
            figure.header.add_child(Verbatim(f"<{tag}>{bundled(name)}</{tag}>"), name=name)
        options = json_text({**self.options, "look": look(), "later": self.later_ids})
        figure.script.add_child(
            Verbatim(
                f'var {self.get_name()} = L.bordermap.{self.maker}("{self.data_id}", {options});\n'
            ),
            name=self.get_name(),
        )
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        return ""

    def _tell_apart(self, figure: Figure) -> None:
        """Give layers of equal content different names: two maps of a page may show the same."""
        equal = [c for c in _data_layers(figure) if c._content == self._content]
        number = equal.index(self)
        self._id = f"{self._content}_{number}" if number else self._content


class IncidentLayer(DataLayer):
    """Incidents of a sited table: symbols by kind, clusters, areas, doubt, cards.

    Add it to any `folium.Map`; a `folium.LayerControl` switches it. The data
    is in the page once, in columns.

    Parameters
    ----------
    incidents
        An incident table, EPSG:4326, located; sited ones show side and distance.
    line
        The line they were sited against: cards name its sides with their probabilities.
    name
        What a layer control calls it.
    lang
        ``en`` or ``ko``: the language of labels and cards.
    show
        Whether it is on when the map opens.
    uncertainty
        Draw the disc that holds the true spot with 95 % probability.

    Examples
    --------
    >>> import bordermap as bm, folium
    >>> plain = folium.Map(location=[38, 127], zoom_start=8, tiles=None)
    >>> _ = bm.IncidentLayer(bm.load()).add_to(plain)
    """

    maker = "incidentLayer"
    role = "incidents"

    def __init__(
        self,
        incidents: gpd.GeoDataFrame,
        *,
        line: DemarcationLine | None = None,
        name: str = "Incidents",
        lang: str = "en",
        show: bool = True,
        uncertainty: bool = True,
    ) -> None:
        options = {"lang": lang, "uncertainty": uncertainty, "sides": sides(line) if line else []}
        large = len(incidents) > _BY_TURNS_ABOVE
        first, *then = pack_by_turns(incidents) if large else [pack_incidents(incidents)]
        super().__init__(first, name=name, show=show, options=options, later=then)
        self.bounds_wsen = _bounds(incidents)

    def _get_self_bounds(self) -> list[list[float | None]]:
        if self.bounds_wsen is None:
            return [[None, None], [None, None]]
        west, south, east, north = self.bounds_wsen
        return [[south, west], [north, east]]  # Folium speaks latitude first


class DemarcationLayer(DataLayer):
    """A line in its segments with the zones along it.

    Parameters
    ----------
    line
        What to draw.
    name
        What a layer control calls it; the line's own name by default.
    lang
        ``en`` or ``ko``.
    show
        Whether it is on when the map opens.
    """

    maker = "demarcationLayer"
    role = "line"

    def __init__(
        self,
        line: DemarcationLine,
        *,
        name: str | None = None,
        lang: str = "en",
        show: bool = True,
    ) -> None:
        label = name or (line.name_ko if lang == "ko" else line.name_en)
        super().__init__(pack_line(line), name=label, show=show, options={"lang": lang})
        self.bounds_wsen = tuple(float(v) for v in line.segments.total_bounds)

    def _get_self_bounds(self) -> list[list[float | None]]:
        west, south, east, north = self.bounds_wsen
        return [[south, west], [north, east]]  # Folium speaks latitude first


class GroundLayer(DataLayer):
    """The offline base map of our own page.

    Parameters
    ----------
    line
        In whose window it is detailed.
    """

    role = "ground"

    def __init__(self, line: DemarcationLine) -> None:
        super().__init__(pack_ground(line), name="Base map", show=True, options={})
        self.control = False


def _data_layers(element: Element) -> Iterator[DataLayer]:
    for child in element._children.values():
        if isinstance(child, DataLayer):
            yield child
        else:
            yield from _data_layers(child)


def _block(name: str, text: str, encoding: str) -> str:
    return f'<script type="text/plain" id="{name}" data-encoding="{encoding}">{text}</script>'


def _bounds(incidents: gpd.GeoDataFrame) -> tuple[float, float, float, float] | None:
    import numpy as np

    west, south, east, north = (float(v) for v in incidents.geometry.total_bounds)
    return None if np.isnan(west) else (west, south, east, north)
