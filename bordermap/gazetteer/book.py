"""The gazetteer itself: search, resolve, shapes and labels."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bordermap.files import geodata_path
from bordermap.gazetteer.folding import fold, parse
from bordermap.gazetteer.geocoder import GeopyGeocoder
from bordermap.gazetteer.index import Index, Record
from bordermap.gazetteer.known import Known, known_names
from bordermap.gazetteer.match import Match, Resolution
from bordermap.gazetteer.ranking import Candidate, Context, forms, is_two_sided, rank_candidates
from bordermap.gazetteer.surroundings import read_context

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    import shapely

__all__ = ["Gazetteer"]

_ANYWHERE = Context()
# Names that differ in a tenth of their letters are tried; the rest is another name.
_FUZZY_RATIO = 88.0
_FUZZY_LENGTH = 6
_FUZZY_PENALTY = 0.8
_FUZZY_IMPORTANCE = 0.38


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

    def resolve(self, name: str, *, context: Context | None = None) -> Resolution:
        """Return what a name is taken to mean, its alternatives, and whether both sides have it."""
        return self.resolve_all([name], contexts=[context or _ANYWHERE])[0]

    def resolve_all(
        self, names: Sequence[str], *, contexts: Sequence[Context] | None = None
    ) -> list[Resolution]:
        """Return one resolution a name; the index is read in one pass for all."""
        found = []
        for name, candidates in zip(names, self.candidates(names, contexts=contexts), strict=True):
            vague = parse(name).is_vague
            matches = [Match.of(c, is_vague=vague) for c in candidates[:6]]
            sides = tuple(Match.of(c, is_vague=vague) for c in is_two_sided(candidates))
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
        known = contexts if contexts is not None else [_ANYWHERE] * len(names)
        parsed = [parse(name) for name in names]
        wanted = [forms(p) for p in parsed]
        larger = {
            name: forms(parse(name))
            for p, c in zip(parsed, known, strict=True)
            for name in (*p.within, *c.within)
        }
        keys = {key for some in (*wanted, *larger.values()) for key, _, _ in some}
        hits = self._index.lookup(keys)
        places = self._index.records(no for some in hits.values() for no, _ in some)
        misses = [i for i, some in enumerate(wanted) if not any(key in hits for key, _, _ in some)]
        fuzzy = self._fuzzy({fold(parsed[i].head) for i in misses}) if misses else {}
        if fuzzy:
            places |= self._index.records(no for some in fuzzy.values() for no, _, _ in some)

        def around(name: str) -> list[Record]:
            found = [places[no] for key, _, _ in larger[name] for no, _ in hits.get(key, ())]
            return list({r.no: r for r in found if r.radius_m >= 3000}.values())

        answers = []
        for number, (p, some, context) in enumerate(zip(parsed, wanted, known, strict=True)):
            exact: Iterable[tuple[Record, int, float, str | None]] = [
                (places[no], tier, quality, kind)
                for key, quality, kind in some
                for no, tier in hits.get(key, ())
            ]
            if not exact and fuzzy:
                exact = [
                    (places[no], tier, quality, None)
                    for no, tier, quality in fuzzy.get(fold(parsed[number].head), ())
                ]
            answers.append(rank_candidates(exact, parsed=p, context=context, containers=around))
        return answers

    @functools.cached_property
    def _fuzzy_keys(self) -> dict[str, list[tuple[int, int]]]:
        """Keys of places that are likely enough to be meant by a misspelt name."""
        found: dict[str, list[tuple[int, int]]] = {}
        for key, no, tier in self._index.keys(least_importance=_FUZZY_IMPORTANCE):
            if len(key) >= _FUZZY_LENGTH and key.isascii() and not key.startswith("~"):
                found.setdefault(key, []).append((no, tier))
        return found

    def _fuzzy(self, heads: set[str]) -> dict[str, list[tuple[int, int, float]]]:
        """Return for misspelt folded names the places they resemble: number, tier, quality."""
        from rapidfuzz import fuzz, process

        wanted = sorted(h for h in heads if len(h) >= _FUZZY_LENGTH and h.isascii())
        found: dict[str, list[tuple[int, int, float]]] = {}
        keys = list(self._fuzzy_keys) if wanted else []
        for head in wanted:
            # One wrong letter of seven or eight is more than a tenth.
            least = 99.9 * (1 - 1 / len(head)) if len(head) in {7, 8} else _FUZZY_RATIO
            near = process.extract(head, keys, scorer=fuzz.ratio, score_cutoff=least, limit=5)
            for key, ratio, _ in near:
                quality = _FUZZY_PENALTY * ratio / 100
                found.setdefault(head, []).extend(
                    (no, tier, quality) for no, tier in self._fuzzy_keys[key]
                )
        return found

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
