"""The base map under everything: land, coast, water, boundaries and names, without a network."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import numpy as np

from bordermap.basemap import LAYERS, Basemap, load_basemap
from bordermap.files import geodata_path
from bordermap.qgis.content import About, Content, Drawn, both_names
from bordermap.qgis.feature_table import feature_table
from bordermap.qgis.labels import Label
from bordermap.qgis.looks import Look, by_rule, categorized, single
from bordermap.qgis.symbols import dot, plain_fill, plain_line
from bordermap.style import PALETTES

if TYPE_CHECKING:
    from collections.abc import Collection

    import geopandas as gpd

    from bordermap.line import DemarcationLine
    from bordermap.qgis.markup import ET

__all__ = ["BASE_MAP", "ground_contents"]

BASE_MAP = ("Base map", "배경 지도")
"""What the group is called in English and Korean."""

_LIGHT = PALETTES["light"]
_NAMES = {
    "land": ("Land", "육지"), "coast": ("Coast", "해안선"), "lakes": ("Lakes", "호수"),
    "rivers": ("Rivers", "강"), "boundaries": ("Boundaries", "경계"), "labels": ("Names", "지명"),
}  # fmt: skip
# The smallest scale at which a name of each rank stands, as on the web map: 1 the most important.
_SCALES = (70_000_000, 17_500_000, 6_200_000, 3_100_000, 1_450_000, 720_000, 360_000, 180_000)
_SEEN = (
    "@map_scale < CASE "
    + " ".join(f'WHEN "rank" = {r} THEN {scale}' for r, scale in enumerate(_SCALES, start=1))
    + " ELSE 90000 END"
)
_DOTS = {"capital": 6.8, "city": 5.2, "town": 4.0, "village": 4.0}


def ground_contents(
    line: DemarcationLine, lang: str, *, without_names: Collection[str] = ()
) -> list[Content]:
    """Return the base map around a line, bottom to top.

    Parameters
    ----------
    line
        What the map is of; the countries that it runs through are lighter.
    lang
        ``en`` or ``ko``: the language of the names.
    without_names
        English names to leave out: of places that another layer labels.
    """
    basemap = load_basemap(_window(line))
    labels = basemap.labels[~basemap.labels["name_en"].isin(list(without_names))]
    looks = {
        "land": _land(_countries(basemap, line)),
        "coast": _lines(_LIGHT["coast"], 0.8),
        "lakes": Look(layer_type="Polygon",
                      renderer=lambda: single(plain_fill(_LIGHT["lake"], _LIGHT["river"]))),
        "rivers": _lines(_LIGHT["river"], 1.0),
        "boundaries": _boundaries(),
        "labels": _names(lang),
    }  # fmt: skip
    about = _about(basemap)
    frames = {name: getattr(basemap, name) for name in LAYERS} | {"labels": labels}
    return [_content(name, frames[name], looks[name], about) for name in LAYERS
            if len(frames[name])]  # fmt: skip


def _window(line: DemarcationLine) -> tuple[float, float, float, float]:
    """Return a square around the line, degrees: what its page shows, and some more."""
    w, s, e, n = (float(v) for v in line.segments.total_bounds)
    half = max(e - w, n - s, 0.5) / 2 * 1.2
    x, y = (w + e) / 2, (s + n) / 2
    return max(x - half, -180.0), max(y - half, -90.0), min(x + half, 180.0), min(y + half, 90.0)


def _countries(basemap: Basemap, line: DemarcationLine) -> list[str]:
    """Return the countries that the line runs through."""
    import shapely

    through = shapely.union_all(line.segments.geometry.to_numpy())
    touched = shapely.intersects(basemap.land.geometry.to_numpy(), through)
    return sorted(basemap.land.loc[np.asarray(touched), "iso"].unique())


def _land(home: list[str]) -> Look:
    listed = ", ".join(f"'{iso}'" for iso in home) or "''"
    own, others = _LIGHT["land"], _LIGHT["land_other"]
    # The edge has the land's own colour: it closes the seams between neighbours.
    return Look(
        layer_type="Polygon",
        renderer=lambda: categorized(
            f"CASE WHEN \"iso\" IN ({listed}) THEN 'home' ELSE 'other' END",
            [
                ("home", "Along the line · 접경국", plain_fill(own, own)),
                ("other", "Other land · 기타 육지", plain_fill(others, others)),
            ],
        ),
    )


def _lines(hex_rgb: str, width: float) -> Look:
    return Look(layer_type="Line", renderer=lambda: single(plain_line(hex_rgb, width)))


def _boundaries() -> Look:
    kinds = (
        ("country", "Countries · 국경", _LIGHT["country"], 1.1, (6.0, 2.5)),
        ("province", "Provinces · 도", _LIGHT["province"], 0.9, (3.0, 2.5)),
        ("county", "Counties · 시군", _LIGHT["county"], 0.7, (1.5, 2.0)),
    )
    return Look(
        layer_type="Line",
        renderer=lambda: categorized(
            "kind", [(kind, name, plain_line(rgb, w, dash)) for kind, name, rgb, w, dash in kinds]
        ),
        shown='"kind"',
    )


def _names(lang: str) -> Look:
    def rules() -> list[tuple[str, str, ET.Element]]:
        return [
            (f"\"kind\" = '{kind}' AND {_SEEN}", kind.title(), dot(_LIGHT["text"], size=size))
            for kind, size in _DOTS.items()
        ]

    name = f'coalesce("name_{lang}", "name_en")'
    sea = f"CASE WHEN {_SEEN} THEN {name} END"
    look: dict[str, Any] = {"wrap": 0, "expression": sea}
    quiet, water = _LIGHT["text_quiet"], _LIGHT["text_water"]
    labels = (
        ("\"kind\" IN ('country', 'province')",
         Label(place="over", size=8, colour=quiet, weight=63, priority=3, **look)),
        ("\"kind\" IN ('sea', 'bay', 'strait', 'lake', 'river', 'ocean')",
         Label(place="over", size=8, colour=water, italic=True, priority=3, **look)),
        ("\"kind\" IN ('island', 'county', 'mountain', 'peak')",
         Label(place="over", size=7, colour=quiet, italic=True, priority=2, **look)),
        ("\"kind\" = 'capital'", Label(place="beside", size=9, weight=75, priority=4, **look)),
        ("\"kind\" IN ('city', 'town', 'village')",
         Label(place="beside", size=8, priority=3, **look)),
    )  # fmt: skip
    return Look(layer_type="Point", renderer=lambda: by_rule(rules()), labels=labels)


def _about(basemap: Basemap) -> About:
    with geodata_path("SOURCES.toml").open("rb") as file:
        known = tomllib.load(file)
    rows = [known[f"basemap/{name}.fgb"] for name in LAYERS]

    def each(key: str) -> str:
        return "; ".join(dict.fromkeys(str(row[key]) for row in rows))

    return About(
        source=each("origin"), licence=each("licence"), attribution="; ".join(basemap.attributions)
    )


def _content(name: str, frame: gpd.GeoDataFrame, look: Look, about: About) -> Content:
    import pandas as pd

    names = _NAMES[name]
    plain = pd.DataFrame(frame.drop(columns=frame.geometry.name)).reset_index(drop=True)
    table = feature_table(
        f"basemap_{name}", both_names(*names), "Base map, to find one's way by; no statement",
        plain, frame.geometry.to_numpy(),
    )  # fmt: skip
    drawn = Drawn(key=f"basemap_{name}", name_en=names[0], name_ko=names[1], look=look,
                  sort=look.layer_type if table.geometry_type == "GEOMETRY" else "")  # fmt: skip
    return Content(table=table, group=BASE_MAP, look=look, about=about, drawn=(drawn,))
