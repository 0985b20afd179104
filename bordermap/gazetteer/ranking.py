"""Which of several places a name means: candidates, evidence, probabilities.

Each candidate gets a sum of evidence, as logarithms of odds: how well the
spelling fits, how often such a place is meant, what kind of place the words
say, what it is said to lie in, the country, the other places of the same
report, the nearness of the line. A candidate's probability is its share of
the exponentials.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bordermap.gazetteer.classes import CLASSES
from bordermap.gazetteer.folding import Parsed, fold, parse
from bordermap.gazetteer.store import korean_key

if TYPE_CHECKING:
    from bordermap.gazetteer.index import Record

__all__ = [
    "Candidate",
    "Context",
    "forms",
    "is_hardly_found",
    "is_two_sided",
    "rank_candidates",
    "share_out",
    "tier_quality",
]

# How well a form fits: as written, without its generic word, by sound.
_AS_WRITTEN, _STEM, _SOUND, _SOUND_STEM = 1.0, 0.97, 0.93, 0.9
_PARTS = {_STEM, _SOUND_STEM}
_TIER = {0: 1.0, 1: 0.97, 2: 1.0}
# Logarithms of odds.
_PER_IMPORTANCE = 9.0
_PER_QUALITY = 20.0
_KIND_FITS, _KIND_DIFFERS = 1.2, -2.5
# "Paju-eup" is known as a whole, so Paju, which lacks its suffix, is hardly meant.
_WHOLE_IS_KNOWN = -2.0
# Suffixes that only Korean places bear.
_KOREAN_KINDS = {"township", "ri"}
_BREVES_FIT, _BREVES_DIFFER = 1.5, -1.0
# The Revised Romanisation is the South's; northern names are seldom written in it.
_SOUTHERN_SPELLING = -1.3
# Another place is written so to the letter.
_SOUNDS_ALIKE = -2.0
# Other names of a town in GeoNames are often those of its neighbours.
_OTHER_NAME = -0.8
_COUNTRY_FITS, _COUNTRY_DIFFERS = 3.0, -4.0
_WITHIN_FITS, _WITHIN_DIFFERS = 5.0, -3.0
_NEAR, _NEAR_COUNTRY, _NEAR_SCALE_M = 5.0, 3.0, 60_000.0
_LINE, _LINE_SCALE_M = 1.5, 40_000.0
# Namesakes on both sides stay open unless one is this much likelier (12 to 1).
_SIDE_MARGIN = 2.5
_SIDES = {"KP", "KR"}
# A dump has every hamlet (38 called Kosong), so one of them is near to anything by chance.
_IMPORTED_WEIGHT = 0.5
# Two records with one name this close are one place.
_SAME_M = 12_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What else is known when a name is read.

    Attributes
    ----------
    country
        ISO code that the place is said to lie in, or None.
    within
        Names of larger places around it, beyond those in the name itself.
    near
        Longitude, latitude (degrees) and country of other places of the report.
    is_border
        Whether the report tells of the border: nearness to the line counts.
    """

    country: str | None = None
    within: tuple[str, ...] = ()
    near: tuple[tuple[float, float, str | None], ...] = ()
    is_border: bool = False


@dataclass(slots=True)
class Candidate:
    """A place that a name may mean, with the evidence for it by its kind.

    ``is_part`` says that it bears only a part of what was written.
    """

    record: Record
    quality: float
    is_part: bool = False
    evidence: dict[str, float] = field(default_factory=dict)
    probability: float = 0.0

    @property
    def total(self) -> float:
        """The sum of the evidence, a logarithm of odds."""
        return sum(self.evidence.values())


def tier_quality(tier: int) -> float:
    """Return how well a key of a tier stands for its place; see `store.place_keys`."""
    return _TIER[tier]


def forms(parsed: Parsed) -> list[tuple[str, float, str | None]]:
    """Return the keys to look up for a name: key, quality, kind of place it says."""
    head = fold(parsed.head)
    if not parsed.stems and not parsed.whole:
        heard = korean_key(head)
        keys = ((head, _AS_WRITTEN), (heard, _SOUND))
        return [(key, quality, None) for key, quality in keys if key]
    found: dict[str, tuple[float, str | None]] = {}

    def add(key: str | None, quality: float, kind: str | None) -> None:
        if key and quality > found.get(key, (0.0, None))[0]:
            found[key] = (quality, kind)

    if parsed.whole:
        add(fold(parsed.whole), _AS_WRITTEN, None)
    add(head, _STEM if parsed.whole else _AS_WRITTEN, None)
    add(korean_key(head), _SOUND, None)
    for stem, kind in parsed.stems:
        key = fold(stem)
        if len(key) < 3 and key.isascii():
            continue
        add(key, _STEM, kind)
        add(korean_key(key), _SOUND_STEM, kind)
    return [(key, quality, kind) for key, (quality, kind) in found.items()]


def is_hardly_found(hits: Sequence[tuple[Record, int, float, str | None]]) -> bool:
    """Return whether a name leads nowhere, or only a part of it to places of another kind."""
    return all(
        kind is not None and kind not in CLASSES[record.feature_class].groups
        for record, _, _, kind in hits
    )


def rank_candidates(
    hits: Iterable[tuple[Record, int, float, str | None]],
    *,
    parsed: Parsed,
    context: Context,
    containers: Callable[[str], Sequence[Record]],
) -> list[Candidate]:
    """Return the candidates for a name, the likeliest first, with probabilities.

    Parameters
    ----------
    hits
        Places found: record, tier of its key, quality of the form, kind it says.
    parsed
        The name.
    context
        What else is known.
    containers
        Gives the places that the name of a larger place may mean.
    """
    best: dict[int, Candidate] = {}
    for record, tier, quality, kind in hits:
        if (kind or parsed.kind) in _KOREAN_KINDS and record.country not in _SIDES:
            continue  # no place abroad is called "-ri"
        fits = quality * _TIER[tier]
        evidence = _evidence_of_name(record, fits, kind, parsed)
        is_part = quality in _PARTS and evidence.get("kind", 0.0) <= 0.0
        candidate = Candidate(record, fits, is_part, evidence)
        known = best.get(record.no)
        if known is None or candidate.total > known.total:
            best[record.no] = candidate
    candidates = list(best.values())
    if len(candidates) > 1:
        _compare_names(candidates, parsed)
        _prefer_whole(candidates)
    if len(candidates) > 1 or parsed.within or context.country:
        _weigh(candidates, parsed=parsed, context=context, containers=containers)
    if len(candidates) > 1:
        candidates.sort(key=lambda c: (-c.total, c.record.no))
        candidates = _without_doubles(candidates)
    share_out(candidates)
    return candidates


def _evidence_of_name(
    record: Record, fits: float, kind: str | None, parsed: Parsed
) -> dict[str, float]:
    """Return what the name alone says for a place."""
    evidence = {
        "spelling": _PER_QUALITY * math.log(fits),
        "importance": _PER_IMPORTANCE * record.importance,
    }
    said = kind or parsed.kind
    if said is not None:
        if said in CLASSES[record.feature_class].groups:
            evidence["kind"] = _KIND_FITS
        elif kind:
            evidence["kind"] = _KIND_DIFFERS
    if record.name_mr and parsed.has_breves:
        wanted = _squeezed(parsed.head)
        fits_breves = any(
            _squeezed(name).startswith(wanted) for name in (record.name_mr, record.name_dprk or "")
        )
        evidence["breves"] = _BREVES_FIT if fits_breves else _BREVES_DIFFER
    return evidence


def _compare_names(candidates: list[Candidate], parsed: Parsed) -> None:
    """Add what tells names apart only where there is more than one."""
    for candidate in candidates:
        record, evidence = candidate.record, candidate.evidence
        if record.feature_class == "settlement" and not _is_own_name(parsed, record):
            evidence["name"] = _OTHER_NAME
        if is_southern_spelling(parsed, record):
            evidence["romanisation"] = _SOUTHERN_SPELLING


def _is_own_name(parsed: Parsed, record: Record) -> bool:
    """Return whether a town is written as its own name, in one of the systems."""
    written = {fold(parsed.head), *(fold(stem) for stem, _ in parsed.stems)}
    names = (record.name_en, record.name_ko, record.name_rr, record.name_mr, record.name_dprk)
    return any(fold(name) in written for name in names if name)


def is_southern_spelling(parsed: Parsed, record: Record) -> bool:
    """Return whether a northern place is written as only the South writes it."""
    if record.country != "KP" or not record.name_rr or not parsed.head.isascii():
        return False
    stem = parsed.stems[0][0] if parsed.stems else parsed.head
    written = fold(stem)
    others = (record.name_mr, record.name_dprk, record.name_en)
    return fold(record.name_rr).startswith(written) and not any(
        name and fold(name).startswith(written) for name in others
    )


def _squeezed(name: str) -> str:
    """Return a name in lower case without what is not a letter; breves stay."""
    return "".join(c for c in name.lower() if c.isalpha())


def _prefer_whole(candidates: list[Candidate]) -> None:
    """Count against a place with only part or the sound of what was written, if another has all."""
    if all(c.is_part for c in candidates):
        return
    is_known = any(c.quality >= _STEM and not c.is_part for c in candidates)
    for candidate in candidates:
        if candidate.is_part:
            candidate.evidence["part"] = _WHOLE_IS_KNOWN
        elif is_known and candidate.quality < _STEM:
            candidate.evidence["sound"] = _SOUNDS_ALIKE


def _weigh(
    candidates: list[Candidate],
    *,
    parsed: Parsed,
    context: Context,
    containers: Callable[[str], Sequence[Record]],
) -> None:
    """Add the evidence of the context."""
    larger = [(parse(n), containers(n)) for n in (*parsed.within, *context.within)]
    for candidate in candidates:
        place, evidence = candidate.record, candidate.evidence
        if context.country and place.country:
            fits = place.country == context.country
            evidence["country"] = _COUNTRY_FITS if fits else _COUNTRY_DIFFERS
        for name, around in larger:
            if around:
                evidence["within"] = evidence.get("within", 0.0) + _within(place, name, around)
        weight = _IMPORTED_WEIGHT if place.rank > 5 else 1.0
        if context.near:
            evidence["near"] = weight * _nearness(place, context.near)
        if context.is_border and place.line_m is not None:
            evidence["line"] = weight * _LINE * math.exp(-place.line_m / _LINE_SCALE_M)


def _within(place: Record, name: Parsed, around: Sequence[Record]) -> float:
    """Return the evidence of one larger place that a name is put in."""
    holding = [big for big in around if lies_in(place, big)]
    if not holding:
        return _WITHIN_DIFFERS
    southern = all(is_southern_spelling(name, big) for big in holding)
    return _WITHIN_FITS + (_SOUTHERN_SPELLING if southern else 0.0)


def _nearness(place: Record, near: tuple[tuple[float, float, str | None], ...]) -> float:
    """Return the evidence of the other places of a report: how near, and in which country."""
    nearest_m, country = min(
        (about_m(place.lon, place.lat, lon, lat), country or "") for lon, lat, country in near
    )
    same = _NEAR_COUNTRY if country == place.country else 0.0
    return (_NEAR + same) * math.exp(-nearest_m / _NEAR_SCALE_M)


def lies_in(place: Record, big: Record) -> bool:
    """Return whether a place lies in another, by what the gazetteer says or by distance."""
    if place.no == big.no:
        return False
    if big.feature_class == "country":
        return place.country == big.country
    if place.within == big.place_id:
        return True
    if big.country and place.country and big.country != place.country:
        return False
    if place.within and big.feature_class == "province" and place.within[:2] == big.place_id[:2]:
        # A row names the smallest unit; that unit may itself lie in the province.
        known = place.within.startswith(("kr-", "kp-"))
        if known and place.feature_class in {"county", "city", "settlement"}:
            return False
    reach_m = big.radius_m + place.radius_m
    return about_m(place.lon, place.lat, big.lon, big.lat) <= reach_m


def about_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Return the great-circle distance in metres, right to 0.6 %."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    a = math.sin((phi2 - phi1) / 2) ** 2
    a += math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12_742_000.0 * math.asin(min(1.0, math.sqrt(a)))


def _without_doubles(candidates: list[Candidate]) -> list[Candidate]:
    """Drop records of a place that stands before them already, from another source.

    A place in two files has one id; an imported place (rank 6) of any kind gives way.
    """
    kept: list[Candidate] = []
    for candidate in candidates:
        if not any(_is_double(candidate.record, k.record) for k in kept):
            kept.append(candidate)
    return kept


def _is_double(place: Record, better: Record) -> bool:
    if place.place_id == better.place_id:
        return True
    imported = place.rank > 5
    may_give_way = better.rank <= 5 if imported else place.feature_class == "settlement"
    return (
        may_give_way
        and better.country == place.country
        and (imported or place.source != better.source)
        and about_m(place.lon, place.lat, better.lon, better.lat) < max(_SAME_M, better.radius_m)
    )


def share_out(candidates: Sequence[Candidate]) -> None:
    """Set the probabilities of candidates, the likeliest first, as if there were no others."""
    if len(candidates) < 2:
        for candidate in candidates:
            candidate.probability = 1.0
        return
    top = candidates[0].total
    odds = [math.exp(c.total - top) for c in candidates]
    whole = sum(odds)
    for candidate, odd in zip(candidates, odds, strict=True):
        candidate.probability = odd / whole


def is_two_sided(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the best candidate of each side where neither side may be ruled out, else []."""
    if not candidates or candidates[0].record.country not in _SIDES:
        return []
    first = candidates[0]
    for other in candidates[1:]:
        if other.total < first.total - _SIDE_MARGIN:
            break
        if "sound" in other.evidence:
            continue  # The one is written so to the letter: Cheongju is not Jongju.
        if other.record.country in _SIDES and other.record.country != first.record.country:
            return [first, other]
    return []
