"""Which names stand on a figure's map, in which order and letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bordermap.figure.lettering import Label
from bordermap.layers import Group
from bordermap.style import PALETTES

if TYPE_CHECKING:
    from bordermap.basemap import Basemap
    from bordermap.figure.marks import Marks
    from bordermap.figure.plane import Plane
    from bordermap.layers import Layer

__all__ = ["country_labels", "divide_labels", "ground_labels", "sign_labels"]

_COLOURS = PALETTES["light"]
# The least important rank that is named, by how many degrees of longitude the map is wide.
_RANKS = ((14.0, 2), (7.0, 3), (3.5, 4), (1.7, 5), (0.8, 6))
_SIZES = {"country": 8.0, "sea": 7.0, "area": 6.5, "province": 6.0, "capital": 7.0, "city": 6.3}
_ON_THE_SPOT = {"country", "sea", "area", "province", "lake"}
_WATER = {"sea", "lake"}


def ground_labels(basemap: Basemap, plane: Plane, *, lang: str, scale: float) -> list[Label]:
    """Return the base map's names that suit the map's scale, the most important first."""
    wide = plane.window_wsen[2] - plane.window_wsen[0]
    last = next((rank for degrees, rank in _RANKS if wide > degrees), 7)
    rows = basemap.labels[basemap.labels["rank"] <= last]
    at = plane.mm(np.column_stack([rows.geometry.x, rows.geometry.y]))
    made = []
    for row, (x, y) in zip(rows.itertuples(), at, strict=True):
        kind = str(row.kind)
        name = str(row.name_ko if lang == "ko" else row.name_en)
        is_spot = kind not in _ON_THE_SPOT and kind != "island"
        quiet = kind in {"province", "area", "country"}
        size = _SIZES.get(kind, 5.6) * scale
        made.append(
            Label(
                words=name.upper() if kind == "country" and lang == "en" else name,
                x=float(x),
                y=float(y),
                size_pt=size if int(row.rank) < 6 else size * 0.92,
                colour=_COLOURS[
                    "text_water" if kind in _WATER else "text_quiet" if quiet else "text"
                ],
                weight="bold" if kind == "capital" else "normal",
                italic=kind in _WATER and lang == "en",
                gap_mm=0.9 * scale if is_spot else 0.0,
                dot="capital" if kind == "capital" else "town" if is_spot else "",
            )
        )
    return made


def sign_labels(marks: Marks, *, lang: str, size_mm: float, scale: float) -> list[Label]:
    """Return the places of incidents, each once, those with most incidents first."""
    counts: dict[str, tuple[int, float, float, float]] = {}
    for sign in marks.signs:
        name = sign.names[lang == "ko"]
        if name:
            moved = abs(sign.x - sign.place_x) + abs(sign.y - sign.place_y)
            n, *kept = counts.get(name, (0, sign.x, sign.y, np.inf))
            # The name stands by the symbol that is nearest to the place.
            x, y, least = kept if kept[2] <= moved else (sign.x, sign.y, moved)
            counts[name] = (n + sign.count, x, y, least)
    ordered = sorted(counts.items(), key=lambda item: (-item[1][0], item[0]))
    return [
        Label(
            words=name, x=x, y=y, size_pt=6.6 * scale, colour=_COLOURS["text"], weight="bold",
            gap_mm=size_mm * 0.66,
        )
        for name, (_, x, y, _) in ordered
    ]  # fmt: skip


def divide_labels(
    layers: tuple[Layer, ...], plane: Plane, *, lang: str, scale: float
) -> list[Label]:
    """Return each segment's name beside the middle of what the map shows of it."""
    import shapely

    made: dict[str, Label] = {}
    for layer in layers:
        if layer.group is not Group.LINE:
            continue
        whole = shapely.line_merge(shapely.union_all(layer.frame.geometry.to_numpy()))
        seen = shapely.get_parts(shapely.clip_by_rect(whole, *plane.window_wsen))
        longest = max(seen, key=lambda p: p.length, default=None)
        name = layer.name_ko if lang == "ko" else layer.name_en
        if longest is None or name in made:
            continue
        on_paper = plane.on_paper(longest)
        if on_paper.length < 14 * scale:
            continue
        spot = on_paper.interpolate(0.5, normalized=True)
        made[name] = Label(
            words=name, x=spot.x, y=spot.y, size_pt=6.0 * scale, colour=layer.style.colour,  # type: ignore[union-attr]
            weight="bold", gap_mm=2.0 * scale, wide=True,
        )  # fmt: skip
    return list(made.values())


def country_labels(
    basemap: Basemap, plane: Plane, labels: list[Label], *, lang: str, scale: float
) -> list[Label]:
    """Return the names of countries whose own label lies off the map, set on what it shows.

    None where the map names an area that more than one country claims: whose
    that is would then be said by where a name stands.
    """
    import shapely

    if (basemap.labels["kind"] == "area").any():
        return []
    named = {label.words.casefold() for label in labels}
    least = 0.08 * plane.width_mm * plane.height_mm
    made = []
    for (en, ko), rows in basemap.land.groupby(["name_en", "name_ko"], sort=True):
        name = str(ko if lang == "ko" else en)
        land = plane.on_paper(shapely.union_all(rows.geometry.to_numpy()))
        if name.casefold() in named or land.area < least:
            continue
        largest = max(shapely.get_parts(land), key=lambda p: p.area)
        spot = shapely.centroid(shapely.maximum_inscribed_circle(largest, tolerance=0.5))
        made.append(
            Label(
                words=name.upper() if lang == "en" else name, x=spot.x, y=spot.y,
                size_pt=_SIZES["country"] * scale, colour=_COLOURS["text_quiet"],
                gap_mm=1.0 * scale, wide=True, on_spot=True,
            )
        )  # fmt: skip
    return made
