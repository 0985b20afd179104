"""Online base maps, only when asked for: which address, whose, and what may be loaded."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from bordermap.errors import InputError, MissingDataError

__all__ = ["Tiles", "find_tiles"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """One online base map.

    Attributes
    ----------
    url
        A template with ``{z}``, ``{x}``, ``{y}`` and perhaps ``{s}`` and ``{r}``.
    subdomains
        What may stand for ``{s}``.
    attribution
        What its provider asks to be shown, as plain text.
    max_zoom
        The deepest level there is.
    origins
        The hosts that the page's policy lets images come from.
    """

    url: str
    subdomains: tuple[str, ...]
    attribution: str
    max_zoom: int
    origins: tuple[str, ...]


def find_tiles(name: str) -> Tiles:
    """Return an online base map by its name in xyzservices, like ``OpenStreetMap.Mapnik``.

    Raises
    ------
    InputError
        There is none of that name, it wants a key, or it is not on https.
    MissingDataError
        The package xyzservices is not installed.

    Examples
    --------
    >>> find_tiles("opentopomap").origins
    ('https://a.tile.opentopomap.org', 'https://b.tile.opentopomap.org', 'https://c.tile.opentopomap.org')
    """
    try:
        import xyzservices
        from xyzservices import providers
    except ImportError as error:
        raise MissingDataError(
            "--basemap needs xyzservices: pip install bordermap[basemaps]"
        ) from error
    try:
        found: xyzservices.TileProvider = providers.query_name(name)
    except ValueError as error:
        raise InputError(
            f'no base map "{name}"; names are those of xyzservices, like '
            "OpenStreetMap.Mapnik or Esri.WorldImagery"
        ) from error
    if found.requires_token():
        raise InputError(f'base map "{name}" wants a key of its provider; choose one that does not')
    subdomains = tuple(found.get("subdomains", "abc")) if "{s}" in found.url else ("",)
    # The provider's own facts (variant, format) are filled in here; Leaflet fills the rest.
    facts = {str(k): str(v) for k, v in found.items() if k != "url"}
    url = found.url.format_map({**facts, **{k: f"{{{k}}}" for k in ("x", "y", "z", "s", "r")}})
    origins = tuple(dict.fromkeys(_origin(url.replace("{s}", s), name) for s in subdomains))
    return Tiles(
        url=url,
        subdomains=subdomains,
        attribution=str(found.attribution),
        max_zoom=int(found.get("max_zoom", 18)),
        origins=origins,
    )


def _origin(url: str, name: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise InputError(f'base map "{name}" is not served over https; choose another')
    return f"https://{parts.netloc}"
