"""The gazetteer itself: search, resolve, shapes and labels."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bordermap.files import geodata_path
from bordermap.gazetteer.folding import Parsed, fold, parse
from bordermap.gazetteer.geocoder import GeopyGeocoder
from bordermap.gazetteer.index import Index, Record, is_packaged
from bordermap.gazetteer.known import Known, known_names
from bordermap.gazetteer.match import Match, Resolution
from bordermap.gazetteer.misspelt import Misspelt
from bordermap.gazetteer.ranking import (
    Candidate,
    Context,
    forms,
    is_hardly_found,
    is_two_sided,
    rank_candidates,
    share_out,
)
from bordermap.gazetteer.surroundings import read_context

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    import shapely

__all__ = ["Gazetteer"]

_ANYWHERE = Context()
# The best place and what else is kept of a name.
_MOST = 6
# A place found: its record, the tier of its key, the quality of the form, the kind it says.
_Hit = tuple[Record, int, float, str | None]
_Forms = list[tuple[str, float, str | None]]
# A larger place is larger than a village.
_LEAST_CONTAINER_M = 3000.0


class Gazetteer(GeopyGeocoder):
    """Names of places and where they are, offline; also a geopy geocoder.

    Examples
    --------
    >>> gazetteer = Gazetteer.open()
    >>> [(m.place_id, m.precision.value) for m in gazetteer.search("Kaesŏng", limit=1)]
    [('kp-kaesong', 'district')]
    >>> gazetteer.resolve("the DMZ").match.name_en
    'Demilitarized Zone'
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._index = Index(paths)

    @classmethod
    def open(cls, *, paths: Sequence[Path] | None = None) -> Gazetteer:
        """Return the packaged gazetteer with what the user added, or one of the files given."""
        if paths is None:
            from bordermap.gazetteer.user import user_indexes

            paths = [geodata_path("gazetteer.sqlite"), *user_indexes()]
        return cls(list(paths))

    @property
    def index(self) -> Index:
        """The files behind it."""
        return self._index

    def search(
        self,
        name: str,
        *,
        country: str | None = None,
        limit: int = 5,
        context: Context | None = None,
    ) -> list[Match]:
        """Return what a name may mean, the likeliest first; empty where nothing fits.

        Parameters
        ----------
        name
            In any spelling, with or without a larger place after a comma.
        country
            ISO code; places elsewhere are left out.
        limit
            The most answers wanted.
        context
            What else is known; see `ranking.Context`.
        """
        known = context or _ANYWHERE
        candidates = self.candidates([name], contexts=[known])[0]
        vague = parse(name).is_vague
        if country is not None:
            candidates = [c for c in candidates if c.record.country == country.upper()]
        return [Match.of(c, is_vague=vague) for c in candidates[:limit]]

    def resolve(
        self,
        name: str,
        *,
        context: Context | None = None,
        countries: Collection[str | None] | None = None,
    ) -> Resolution:
        """Return what a name is taken to mean, its alternatives, and whether both sides have it."""
        return self.resolve_all([name], contexts=[context or _ANYWHERE], countries=countries)[0]

    def resolve_all(
        self,
        names: Sequence[str],
        *,
        contexts: Sequence[Context] | None = None,
        countries: Collection[str | None] | None = None,
    ) -> list[Resolution]:
        """Return one resolution a name; the index is read in one pass for all.

        Parameters
        ----------
        names, contexts
            n names and what else is known of each.
        countries
            ISO codes to which all is limited; None stands for what is no
            country's, such as the Demilitarized Zone.
        """
        found = []
        for name, p, ranked in zip(names, *self._ranked(names, contexts), strict=True):
            candidates = ranked
            if countries is not None:
                candidates = [c for c in ranked if c.record.country in countries]
                share_out(candidates)
            matches = [Match.of(c, is_vague=p.is_vague) for c in candidates[:_MOST]]
            sides = tuple(Match.of(c, is_vague=p.is_vague) for c in is_two_sided(candidates))
            found.append(
                Resolution(
                    name=name,
                    match=matches[0] if matches else None,
                    alternatives=tuple(matches[1:]),
                    two_sides=sides,
                )
            )
        return found

    def known(self, names: Iterable[str]) -> dict[str, Known]:
        """Return those of many names that lead to a place, without ranking what they mean.

        Made for scanning text: pass every sequence of words that might be a
        name, then ask `resolve` for those that are. The index is read in one pass.

        Parameters
        ----------
        names
            n candidates; repeats are looked up once.

        Returns
        -------
        The known ones in the order given, each with what is known of it; see
        `bordermap.gazetteer.known.Known`.

        Examples
        --------
        >>> found = Gazetteer.open().known(["soldiers near", "Paju", "Kaesŏng", "of the"])
        >>> [(name, known.country) for name, known in found.items()]
        [('Paju', 'KR'), ('Kaesŏng', 'KP')]
        """
        return known_names(names, self._index)

    def context_of(self, text: str, name: str, *, is_border: bool = False) -> Context:
        """Return what a text says of a name in it: country, larger places, neighbours.

        Examples
        --------
        >>> Gazetteer.open().context_of("Shots hit Cheorwon in South Korea.", "Cheorwon").country
        'KR'
        """
        return read_context(text, name, self, is_border=is_border)

    def candidates(
        self, names: Sequence[str], *, contexts: Sequence[Context] | None = None
    ) -> list[list[Candidate]]:
        """Return the ranked candidates of each name, with the evidence for each."""
        return self._ranked(names, contexts)[1]

    def _ranked(
        self, names: Sequence[str], contexts: Sequence[Context] | None
    ) -> tuple[list[Parsed], list[list[Candidate]]]:
        """Return each name taken apart, and its ranked candidates."""
        known = contexts if contexts is not None else [_ANYWHERE] * len(names)
        parsed = [parse(name) for name in names]
        wanted = [forms(p) for p in parsed]
        larger = {
            name: forms(parse(name))
            for p, c in zip(parsed, known, strict=True)
            if p.within or c.within
            for name in (*p.within, *c.within)
        }
        keys = {key for some in (*wanted, *larger.values()) for key, _, _ in some}
        hits = self._index.lookup(keys)
        places = self._index.records(no for some in hits.values() for no, _ in some)
        found = [
            [(places[no], tier, quality, kind)
             for key, quality, kind in some for no, tier in hits.get(key, ())]
            for some in wanted
        ]  # fmt: skip
        for number, guesses in self._guessed(parsed, found).items():
            found[number] += guesses
        around = functools.cache(functools.partial(_containers, larger, hits, places))
        return parsed, [
            rank_candidates(some, parsed=p, context=context, containers=around)
            for some, p, context in zip(found, parsed, known, strict=True)
        ]

    def _guessed(
        self, parsed: Sequence[Parsed], found: Sequence[Sequence[_Hit]]
    ) -> dict[int, list[_Hit]]:
        """Return by position what names may mean that nothing, or only a part of them, fits."""
        missed = {n: fold(parsed[n].head) for n, hits in enumerate(found) if is_hardly_found(hits)}
        if not missed:
            return {}
        near = self._misspelt.near(missed.values())
        places = self._index.records(no for some in near.values() for no, _, _ in some)
        return {
            n: [(places[no], tier, quality, None) for no, tier, quality in near[head]]
            for n, head in missed.items()
            if head in near
        }

    @functools.cached_property
    def _misspelt(self) -> Misspelt:
        return Misspelt(self._index)

    def geometry(self, place_id: str) -> shapely.Geometry | None:
        """Return the polygon or line of a place in EPSG:4326, or None where it has only a disc."""
        return self._index.shape(place_id)

    def place(self, place_id: str) -> Record | None:
        """Return the facts of a place by its id, or None."""
        return self._index.by_place_id(place_id)

    def names(self, *, least_importance: float = 0.0) -> Iterator[tuple[str, int, int]]:
        """Yield every key with the number and tier of a place, to scan text for names.

        Keys that begin with ``~`` hold a sound (see `folding.sound`); the rest
        are folded names (see `folding.fold`).
        """
        return self._index.keys(least_importance=least_importance)

    def labels(self, window_wsen: tuple[float, float, float, float]) -> gpd.GeoDataFrame:
        """Return places to label on a map, the most important first.

        Parameters
        ----------
        window_wsen
            West, south, east, north in degrees.

        Returns
        -------
        Points in EPSG:4326 with ``place_id``, ``name_en``, ``name_ko``,
        ``rank`` (1 to 5) and ``feature_class``.
        """
        import geopandas as gpd
        import shapely

        west, south, east, north = window_wsen
        condition = (
            "lon BETWEEN ? AND ? AND lat BETWEEN ? AND ? "
            "AND feature_class NOT IN ('line', 'area', 'country') AND rank <= 5"
        )
        rows = list(self._index.where(condition, (west, east, south, north)))
        rows.sort(key=lambda r: (r.rank, -r.importance, r.place_id))
        return gpd.GeoDataFrame(
            {
                "place_id": [r.place_id for r in rows],
                "name_en": [r.name_en.split(" (")[0] for r in rows],
                "name_ko": [r.name_ko for r in rows],
                "rank": [r.rank for r in rows],
                "feature_class": [r.feature_class for r in rows],
            },
            geometry=shapely.points([[r.lon, r.lat] for r in rows]) if rows else [],
            crs="EPSG:4326",
        )

    def geocode_column(
        self, names: pd.Series, *, contexts: Sequence[Context] | None = None
    ) -> pd.DataFrame:
        """Return one row a name; see `bordermap.gazetteer.column`."""
        from bordermap.gazetteer.column import geocode_column

        return geocode_column(names, gazetteer=self, contexts=contexts)


def _containers(
    larger: dict[str, _Forms],
    hits: dict[str, list[tuple[int, int]]],
    places: dict[int, Record],
    name: str,
) -> list[Record]:
    """Return what the name of a larger place may mean; packaged places before added ones."""
    found = {no: places[no] for key, _, _ in larger[name] for no, _ in hits.get(key, ())}
    wide = [r for r in found.values() if r.radius_m >= _LEAST_CONTAINER_M]
    return [r for r in wide if is_packaged(r.no)] or wide
