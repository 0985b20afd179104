"""Which places the names of a report are: resolved among each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bordermap.extract.mention import Mention, Usage
from bordermap.gazetteer import Context
from bordermap.gazetteer.folding import fold, parse
from bordermap.table import AREA_PRECISIONS, Precision

if TYPE_CHECKING:
    from bordermap.gazetteer import Gazetteer, Match, Resolution

__all__ = ["resolve_mentions"]

_Near = tuple[tuple[float, float, str | None], ...]
_Known = dict[tuple[str, str | None, _Near], "Resolution"]
_CACHE: dict[int, _Known] = {}
_MOST_CACHED = 50_000
_ASKED = frozenset({Usage.PLACE, Usage.METONYM, Usage.DATELINE})


def _resolved(
    gazetteer: Gazetteer, names: Sequence[str], countries: Sequence[str | None], near: _Near = ()
) -> list[Resolution]:
    """Return resolutions, each name in a country asked for once."""
    known = _CACHE.setdefault(id(gazetteer), {})
    if len(known) > _MOST_CACHED:
        known.clear()
    wanted = list(zip(names, countries, strict=True))
    found = {(name, country): known.get((name, country, near)) for name, country in set(wanted)}
    missing = [pair for pair in dict.fromkeys(wanted) if found[pair] is None]
    if missing:
        contexts = [Context(country=c, is_border=True, near=near) for _, c in missing]
        new = gazetteer.resolve_all([n for n, _ in missing], contexts=contexts)
        for pair, resolution in zip(missing, new, strict=True):
            found[pair] = known[*pair, near] = resolution
    return [r for r in map(found.__getitem__, wanted) if r is not None]


def resolve_mentions(
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
    *,
    countries: Sequence[str | None],
    side_of: Callable[[int], str | None],
) -> list[Resolution | None]:
    """Fill in what the mentions were resolved to, the places of the report together.

    Parameters
    ----------
    mentions
        All mentions of a text; only places and metonyms are resolved.
    gazetteer
        Where to look.
    countries
        For each the country in which it is likelier, or None.
    side_of
        Tells, by its number, the country of a mention that may be one of two
        namesakes, where nothing else tells; or None.

    Returns
    -------
    One resolution a mention, None where it was not looked up.
    """
    asked = [n for n, m in enumerate(mentions) if m.usage in _ASKED]
    names = [", ".join([mentions[n].name, *mentions[n].within]) for n in asked]
    first = _resolved(gazetteer, names, [countries[n] for n in asked])
    near = _settled(mentions, asked, first)
    again = [
        i for i, r in enumerate(first) if r.two_sides or (r.match and r.match.score < 0.9 and near)
    ]
    if again and near:
        second = _resolved(
            gazetteer, [names[i] for i in again], [countries[asked[i]] for i in again], near
        )
        for i, resolution in zip(again, second, strict=True):
            first[i] = resolution
    found: list[Resolution | None] = [None] * len(mentions)
    holding = _holding(mentions, asked, first)
    for n, resolution in zip(asked, first, strict=True):
        found[n] = resolution
        match = resolution.match
        if resolution.two_sides:
            country = holding[n] if n in holding else side_of(n)
            told = next((m for m in resolution.two_sides if m.country == country), None)
            spelt = _by_spelling(mentions[n].name, resolution)
            # What English words tell goes before a spelling: the South was once spelt so too.
            is_english = mentions[n].name.isascii() and told is not None
            match = told if is_english else spelt or told
        if match is not None:
            _fill(mentions[n], match)
        elif len(resolution.two_sides) == _PAIR:
            _fill_between(mentions[n], *resolution.two_sides)
    return found


def _holding(
    mentions: Sequence[Mention], asked: Sequence[int], found: Sequence[Resolution]
) -> dict[int, str | None]:
    """Return for larger places the country of what is in them: "강원도 원산" is in the North."""
    countries: dict[int, str | None] = {}
    for n, resolution in zip(asked, found, strict=True):
        inner = mentions[n]
        larger = mentions[n - 1] if n else None
        country = resolution.match.country if resolution.match else None
        if larger is None or country is None or resolution.two_sides:
            continue
        if larger.text in inner.within and larger.end <= inner.start:
            countries[n - 1] = country
    return countries


def _by_spelling(name: str, resolution: Resolution) -> Match | None:
    """Return the namesake whose own English name is spelt so: Gangwon is South, Kangwon North."""
    written = _bare(name)
    same = [m for m in resolution.two_sides if _bare(m.name_en) == written]
    return same[0] if len(same) == 1 else None


def _bare(name: str) -> str:
    parsed = parse(name.split(" (", maxsplit=1)[0])
    return fold(parsed.stems[0][0] if parsed.stems else parsed.head)


def _settled(
    mentions: Sequence[Mention], asked: Sequence[int], found: Sequence[Resolution]
) -> tuple[tuple[float, float, str | None], ...]:
    """Return the places of the report that are beyond doubt and small."""
    place = Usage.PLACE
    spots = {
        (r.match.lon, r.match.lat, r.match.country)
        for n, r in zip(asked, found, strict=True)
        if r.match is not None
        and not r.two_sides
        and r.match.score >= 0.9
        and mentions[n].usage is place
        and r.match.precision not in AREA_PRECISIONS
    }
    return tuple(sorted(spots, key=lambda s: (s[0], s[1])))


# Two counties of one name on both sides of the line lie so near each other.
_TWINS_M = 60_000.0
_PAIR = 2


def _fill_between(mention: Mention, one: Match, other: Match) -> None:
    """Place a name that two neighbours across the line bear between them, its radius reaching both.

    "In the hills of Chorwon" is as good as near: which of the two counties stays open.
    """
    from bordermap.geo import geodesic_m

    apart_m = float(geodesic_m([one.lon], [one.lat], [other.lon], [other.lat])[0])
    if apart_m > _TWINS_M or {one.precision, other.precision} & AREA_PRECISIONS:
        return
    mention.feature_class = one.feature_class
    mention.lon, mention.lat = (one.lon + other.lon) / 2, (one.lat + other.lat) / 2
    mention.radius_m = apart_m / 2 + max(one.radius_m, other.radius_m)
    mention.precision = Precision.NEAR


# An area no larger than a village (the Joint Security Area) is a spot: its radius holds it.
_SPOT_RADIUS_M = 1000.0


def _fill(mention: Mention, match: Match) -> None:
    mention.place_id = match.place_id
    mention.place_name, mention.place_name_ko = match.name_en, match.name_ko
    mention.lon, mention.lat = match.lon, match.lat
    mention.radius_m = match.radius_m
    is_spot = match.precision is Precision.AREA and match.radius_m <= _SPOT_RADIUS_M
    mention.precision = Precision.PLACE if is_spot else match.precision
    mention.feature_class = match.feature_class
    mention.country = match.country
