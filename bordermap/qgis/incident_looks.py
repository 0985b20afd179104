"""The looks of incidents: points by kind, areas, bands, doubt, and all of them in one layer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from bordermap.qgis.labels import Label
from bordermap.qgis.looks import Look, by_rule, categorized, tip
from bordermap.qgis.symbols import band, fill, marker, with_disc
from bordermap.style import AREA, KINDS, PALETTES, UNCERTAINTY, AreaStyle, KindStyle

if TYPE_CHECKING:
    from bordermap.qgis.markup import ET

__all__ = ["TIMES", "areas", "bands", "mixed", "points", "table", "uncertainty", "within"]

TIMES = ("start_dt", "end_dt")
"""The fields of begin and end, half-open, that every incident layer has."""

_KIND = "coalesce(\"kind\", 'other')"
_TITLE = 'coalesce("title", "place_name", "place", "kind")'
_QUIET = PALETTES["light"]["text_quiet"]
_DAYS = (
    'CASE WHEN "start_dt" IS NULL THEN \'no date\' WHEN "date_start" = "date_end" '
    'THEN to_string("date_start") ELSE to_string("date_start") || \' – \' || '
    'to_string("date_end") END'
)
_TIP = tip(_TITLE, _DAYS, 'coalesce("place_name", "place")', '"summary"', '"source_title"')


def within(begin: str, end: str) -> str:
    """Return the expression that is true unless the time frame is narrower than this range.

    Undated incidents are drawn with the whole range, and in no frame of it.
    """
    return (
        "(@map_start_time IS NULL OR (@map_start_time <= "
        f"to_datetime('{begin}') AND @map_end_time >= to_datetime('{end}')))"
    )


def points(
    kinds: Iterable[str], *, when: str = "", timed: bool = True, has_discs: bool = False,
    labels_from: int = 0,
) -> Look:  # fmt: skip
    """Return the look of incidents known to a spot.

    Parameters
    ----------
    kinds
        The kinds that the legend lists; others share the last symbol.
    when
        A QGIS expression; where it is false nothing is drawn. Without it all is.
    timed
        Whether the time slider filters the layer.
    has_discs
        Whether each marker draws its disc of doubt, for want of a layer of them.
    labels_from
        The smallest scale at which there are labels; 0 for all.
    """

    def symbol(style: KindStyle) -> ET.Element:
        made = marker(style)
        return with_disc(made, UNCERTAINTY) if has_discs else made

    listed = _listed(kinds)
    return Look(
        layer_type="Point",
        renderer=lambda: categorized(
            _if(when, _KIND),
            [(kind, _name(style), symbol(style)) for kind, style in listed],
        ),
        label=Label(
            expression=_if(when, _TITLE),
            place="around",
            weight=63,
            priority=8,
            smallest_scale=labels_from,
        ),
        times=TIMES if timed else None,
        shown=_TITLE,
        tip=_TIP,
    )


def areas(kinds: Iterable[str], *, when: str = "", timed: bool = True) -> Look:
    """Return the look of incidents known to a polygon: washed in the kind's colour."""
    return _shapes("Polygon", kinds, lambda style: fill(_washed(style)), when, timed, 1.0)


def bands(kinds: Iterable[str], *, when: str = "", timed: bool = True) -> Look:
    """Return the look of incidents known to a line: a broad translucent band along it."""
    return _shapes("Line", kinds, lambda style: band(style.colour), when, timed, 0.3)


def uncertainty(*, when: str = "", timed: bool = True) -> Look:
    """Return the look of the discs that hold the true spot with 95 % probability."""
    radius = "format_number(\"radius_m\" / 1000, 1) || ' km'"
    label = "Holds the spot at 95 % · 95 % 오차원"
    return Look(
        layer_type="Polygon",
        renderer=lambda: by_rule([(when or "true", label, fill(UNCERTAINTY))]),
        label=Label(
            expression=_if(when, radius),
            place="rim",
            size=6.5,
            colour=_QUIET,
            priority=1,
            smallest_scale=1_500_000,
        ),
        times=TIMES if timed else None,
        shown='"title"',
        tip=tip('"title"', radius),
    )


def mixed(kinds: Iterable[str]) -> Look:
    """Return the look of a layer that holds points, lines and polygons: a GeoJSON's.

    QGIS opens such a file as a layer for each sort of geometry and gives all of
    them this one style; a rule draws only what its sort of symbol can draw.
    """
    listed = _listed(kinds)

    sorts: dict[str, Callable[[KindStyle], ET.Element]] = {
        "Point": lambda style: with_disc(marker(style), UNCERTAINTY),
        "Polygon": lambda style: fill(_washed(style)),
        "Line": lambda style: band(style.colour, width=7.0),
    }

    def rules() -> list[tuple[str, str, ET.Element]]:
        made = []
        for sort, symbol in sorts.items():
            is_sort = f"geometry_type($geometry) = '{sort}'"
            for kind, style in listed:
                condition = f"{is_sort} AND {_KIND} = '{kind}'"
                made.append((condition, _name(style), symbol(style)))
        return made

    return Look(
        layer_type="Unknown",
        renderer=lambda: by_rule(rules()),
        label=Label(expression=_TITLE, place="around", weight=63),
        times=TIMES,
        shown=_TITLE,
        tip=_TIP,
    )


def table() -> Look:
    """Return the look of incidents without a place: a table."""
    return Look(layer_type="No", renderer=None, shown=_TITLE)


def _shapes(
    sort: str,
    kinds: Iterable[str],
    symbol: Callable[[KindStyle], ET.Element],
    when: str,
    timed: bool,
    opacity: float,
) -> Look:
    listed = _listed(kinds)
    return Look(
        layer_type=sort,
        renderer=lambda: categorized(
            _if(when, _KIND),
            [(kind, _name(style), symbol(style)) for kind, style in listed],
        ),
        label=Label(
            expression=_if(when, _TITLE),
            place="horizontal",
            size=7.5,
            italic=True,
            priority=6,
        ),
        times=TIMES if timed else None,
        opacity=opacity,
        shown=_TITLE,
        tip=_TIP,
    )


def _if(when: str, expression: str) -> str:
    return f"CASE WHEN {when} THEN {expression} END" if when else expression


def _listed(kinds: Iterable[str]) -> list[tuple[str, KindStyle]]:
    """Return the kinds that occur, in the legend's order."""
    there = set(kinds)
    return [(str(kind), style) for kind, style in KINDS.items() if str(kind) in there]


def _name(style: KindStyle) -> str:
    return f"{style.label_en} · {style.label_ko}"


def _washed(style: KindStyle) -> AreaStyle:
    return AreaStyle(
        fill=style.colour, fill_opacity=AREA.fill_opacity, stroke=style.colour,
        stroke_width=AREA.stroke_width, dash=AREA.dash,
    )  # fmt: skip
