"""A gazetteer that also knows what an online service answered for the names it lacks."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bordermap.gazetteer import Gazetteer
from bordermap.gazetteer.classes import CLASSES
from bordermap.gazetteer.folding import fold, parse
from bordermap.gazetteer.hangul import is_hangul
from bordermap.gazetteer.known import known_names
from bordermap.gazetteer.store import Place, korean_key, write_index
from bordermap.table import AREA_PRECISIONS

if TYPE_CHECKING:
    from bordermap.online import Answer, OnlineGeocoder

__all__ = ["Supplement", "lacking", "place_of", "supplement"]

# The service's word for a kind of place -> ours, and the metres that hold such a place where
# the service gives no bounding box.
_KINDS: dict[str, tuple[str, float]] = {
    "country": ("country", 500_000.0),
    "state": ("province", 100_000.0), "province": ("province", 100_000.0),
    "region": ("province", 100_000.0),
    "county": ("county", 25_000.0), "state_district": ("county", 40_000.0),
    "municipality": ("county", 20_000.0),
    "city": ("city", 15_000.0), "town": ("town", 7_000.0), "district": ("district", 8_000.0),
    "city_district": ("district", 8_000.0), "borough": ("district", 6_000.0),
    "suburb": ("district", 5_000.0), "quarter": ("village", 3_000.0),
    "village": ("village", 3_000.0), "hamlet": ("village", 1_500.0),
    "neighbourhood": ("village", 2_000.0), "locality": ("village", 2_000.0),
    "isolated_dwelling": ("village", 1_000.0), "farm": ("village", 1_000.0),
    "island": ("island", 10_000.0), "islet": ("island", 1_000.0),
    "archipelago": ("island", 20_000.0),
    "sea": ("sea", 300_000.0), "ocean": ("sea", 2_000_000.0), "bay": ("sea", 20_000.0),
    "strait": ("sea", 30_000.0), "river": ("river", 50_000.0), "stream": ("river", 10_000.0),
    "peak": ("mountain", 2_000.0), "mountain_range": ("mountain", 30_000.0),
    "ridge": ("mountain", 5_000.0), "saddle": ("pass", 1_000.0), "cape": ("cape", 2_000.0),
    "lake": ("lake", 5_000.0), "water": ("lake", 5_000.0), "reservoir": ("lake", 5_000.0),
    "dam": ("dam", 1_000.0), "beach": ("beach", 1_500.0), "aerodrome": ("airfield", 3_000.0),
    "station": ("station", 500.0), "halt": ("station", 500.0), "harbour": ("port", 2_000.0),
    "military": ("base", 3_000.0), "base": ("base", 3_000.0), "barracks": ("base", 1_000.0),
    "bridge": ("site", 1_000.0), "building": ("site", 200.0), "house": ("site", 200.0),
}  # fmt: skip
# A thing that is none of these, and has no bounding box.
_OTHER = ("site", 5_000.0)
_LEAST_RADIUS_M = 100.0
# How likely a service's answers are, by their order and by whether they bear the name asked.
_LIKELIEST, _NAMED_OTHERWISE, _PER_PLACE = 0.6, 0.35, 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """A gazetteer with a service's answers, and what came of asking.

    Attributes
    ----------
    gazetteer
        Knows all that the first one knew, and the answers.
    asked, found
        How many names the first one lacked, and how many of them the service knew.
    from_cache
        How many of them were answered by an earlier run.
    unanswered
        Names to which the service gave no answer but an error, with the last of them.
    """

    gazetteer: Gazetteer
    asked: int = 0
    found: int = 0
    from_cache: int = 0
    unanswered: dict[str, str]


def supplement(
    gazetteer: Gazetteer,
    names: Iterable[str],
    *,
    online: OnlineGeocoder,
    on_progress: Callable[[int, int], None] | None = None,
) -> Supplement:
    """Return a gazetteer that also knows what a service says of the names it lacks.

    Names that the gazetteer knows are never sent. An answer is weighed against
    its namesakes like any other place, so a name that the service finds on both
    sides of the line is not given to one.

    Parameters
    ----------
    gazetteer
        What is known offline.
    names
        As reports write them.
    online
        The service.
    on_progress
        See `OnlineGeocoder.ask`.

    Raises
    ------
    OnlineError
        See `OnlineGeocoder.ask`.
    """
    wanted = lacking(gazetteer, list(names))
    queries = {name: _query(name) for name in wanted}
    asked = online.ask(list(dict.fromkeys(queries.values())), on_progress=on_progress)
    places: dict[str, Place] = {}
    found = 0
    for name, query in queries.items():
        answers = asked.answers.get(query, ())
        found += bool(answers)
        for number, answer in enumerate(answers):
            place = place_of(answer, service=online.service.id, name=name, number=number)
            known = places.get(place.place_id)
            if known:
                aliases = tuple(dict.fromkeys((*known.aliases, *place.aliases)))
                importance = max(known.importance, place.importance)
                place = replace(known, aliases=aliases, importance=importance)
            places[place.place_id] = place
    about = {"kind": "online", "id": online.service.id, "attribution": online.service.attribution}
    return Supplement(
        gazetteer=_with_places(gazetteer, list(places.values()), about),
        asked=len(wanted),
        found=found,
        from_cache=asked.from_cache,
        unanswered=asked.unanswered,
    )


def lacking(gazetteer: Gazetteer, names: Sequence[str]) -> list[str]:
    """Return those names, each once, that the gazetteer knows at best by a misspelling."""
    unique = list(dict.fromkeys(n for n in names if isinstance(n, str) and n.strip()))
    known = known_names(unique, gazetteer.index)
    return [name for name in unique if name not in known]


def _query(name: str) -> str:
    """Return a name without the "near" and "off the coast of" that no service understands."""
    parsed = parse(name)
    if parsed.is_vague and not is_hangul(parsed.head):
        return ", ".join((parsed.head, *parsed.within))
    return " ".join(name.split())


def place_of(answer: Answer, *, service: str, name: str, number: int) -> Place:
    """Return a service's answer as a place for an index.

    The radius reaches the farthest corner of the service's bounding box, or is
    the usual one of such a place where it gives no box.

    Parameters
    ----------
    answer
        The answer.
    service
        The service's id; becomes the prefix of the place's id.
    name
        The name that was asked.
    number
        The answer's place in the service's list, from 0.
    """
    feature_class, usual_m = _KINDS.get(answer.kind or "", _OTHER)
    radius_m = usual_m if answer.bbox_wsen is None else _reach_m(answer)
    head = parse(name).head
    korean = next((n for n in answer.names if is_hangul(n)), None)
    named_so = {fold(n) for n in answer.names} | {korean_key(fold(n)) for n in answer.names}
    fits = fold(head) in named_so or korean_key(fold(head)) in named_so - {None}
    return Place(
        place_id=f"{service}:{answer.reference}",
        name_en=answer.name,
        name_ko=korean,
        lon=answer.lon,
        lat=answer.lat,
        radius_m=float(round(max(radius_m, _LEAST_RADIUS_M), -1)),
        feature_class=feature_class,
        country=answer.country,
        importance=max(0.0, (_LIKELIEST if fits else _NAMED_OTHERWISE) - _PER_PLACE * number),
        rank=5,
        source=f"{service} {answer.reference}",
        shape=_box(answer) if CLASSES[feature_class].precision in AREA_PRECISIONS else None,
        aliases=(head,),
    )


def _reach_m(answer: Answer) -> float:
    from bordermap.geo import geodesic_m

    if answer.bbox_wsen is None:
        raise ValueError("no bounding box")
    west, south, east, north = answer.bbox_wsen
    lons, lats = [west, west, east, east], [south, north, south, north]
    return float(geodesic_m([answer.lon] * 4, [answer.lat] * 4, lons, lats).max())


def _box(answer: Answer) -> bytes | None:
    """Return the bounding box of an area as WKB, or None where there is none to draw."""
    import shapely

    if answer.bbox_wsen is None:
        return None
    west, south, east, north = answer.bbox_wsen
    # Around the 180th meridian west is the larger; such a box would be the rest of the world.
    if not (west < east <= west + 180 and south < north):
        return None
    wkb: bytes = shapely.to_wkb(shapely.box(west, south, east, north))
    return wkb


def _with_places(gazetteer: Gazetteer, places: list[Place], about: dict[str, str]) -> Gazetteer:
    """Return a gazetteer with an index of these places behind its own, as long as it lives."""
    if not places:
        return gazetteer
    folder = tempfile.mkdtemp(prefix="bordermap-")
    path = Path(folder) / "online.sqlite"
    write_index(path, places, about=about)
    both = Gazetteer.open(paths=[*gazetteer.index.paths, path])
    weakref.finalize(both, shutil.rmtree, folder, ignore_errors=True)
    return both
