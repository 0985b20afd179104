"""How well an extractor reads the annotated reports.

The rules are those of ``docs/gold.md``. An extractor is two functions (see
`Extractor`), so that the scoring itself can be tested with made-up ones.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from reports import Days, Incident, Mention, Place, Report, Span

from bordermap.table import AREA_PRECISIONS, Precision

__all__ = ["Extractor", "Found", "Score", "Tally", "found_incidents", "score"]

# Kinds that one event is fairly called by: a mine that goes off is an explosion.
_COMPATIBLE = (
    {"crossing", "infiltration", "defection"},
    {"gunfire", "artillery", "naval"},
    {"balloon", "leaflet"},
    {"mine", "explosion"},
    {"mine", "construction", "deployment"},
    {"drone", "aircraft"},
    {"missile", "artillery"},
    {"nuclear", "explosion"},
    {"abduction", "naval", "aircraft"},
    {"diplomacy", "statement", "other"},
)
# Countries and words for the line and its parts are neither asked for nor held
# against an extractor: whether "the North" is a place name is a matter of taste.
_UNSCORED = re.compile(
    r"(the )?((north|south)( korea)?|(north |south )?koreas?|dprk|rok|u\.?s\.?a?|u\.?n\.?|"
    r"united states|america|china|japan|russia|soviet union|burma|(inter-korean |land )?border|"
    r"front( line)?|frontline|(western|central|eastern|mid-western) (front|section|sector|"
    r"(end|half|part|stretch|flank|portion) of the (zone|dmz|border|front|line|frontier))|"
    r"(east|west|south) coast|(korean )?peninsula|neutral waters)('s|’s)?"
    r"|북한|남한|한국|대한민국|북측|남측|남북|북|남|미국|중국|일본|러시아|한반도|전방|접경지역?"
    r"|(서부|중부|동부|중서부)전선",
    re.IGNORECASE,
)
_AREAS = {str(p) for p in AREA_PRECISIONS}
_EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Extractor:
    """The two functions that are judged; see ``docs/gold.md`` for what they return."""

    extract: Callable[..., Any]
    find_toponyms: Callable[..., Sequence[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One incident of an extractor."""

    kind: str | None
    first: dt.date | None
    last: dt.date | None
    precision: str | None
    quote: Span | None
    lon: float | None
    lat: float | None
    place_ids: frozenset[str]
    place_precision: str | None
    place: str | None
    side: str | None
    direction: str | None
    actor: str | None
    quantities: frozenset[float] = frozenset()

    @property
    def is_area(self) -> bool:
        return self.lon is not None and self.place_precision in _AREAS

    @property
    def is_pin(self) -> bool:
        return self.lon is not None and not self.is_area


@dataclass(slots=True)
class Tally:
    """How often right, out of how many; precision and recall where both are asked."""

    right: int = 0
    asked: int = 0
    given: int = 0

    def add(self, is_right: bool) -> None:
        self.right += is_right
        self.asked += 1

    @property
    def share(self) -> float:
        """Right of asked: an accuracy, or recall."""
        return self.right / self.asked if self.asked else float("nan")

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else float("nan")

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.asked + self.given) if self.asked + self.given else 0.0


@dataclass(slots=True)
class Score:
    """All tallies by name, and what went wrong, a line each."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def __getitem__(self, name: str) -> Tally:
        return self.tallies.setdefault(name, Tally())


def score(reports: Sequence[Report], extractor: Extractor) -> Score:
    """Return how the extractor does on the reports."""
    total = Score()
    for report in reports:
        mentions = extractor.find_toponyms(report.text, published=report.published)
        _score_toponyms(report, mentions, total)
        table = extractor.extract(report.text, published=report.published, name=report.name)
        _score_incidents(report, found_incidents(table), total)
    return total


def _score_toponyms(report: Report, mentions: Sequence[Any], total: Score) -> None:
    truths = [m for m in report.mentions if m.usage != "name-part"]
    given = [m for m in mentions if str(m.usage) != "name-part"]
    pairs = _pair_mentions(truths, given)
    matched = {id(g) for _, g in pairs}
    spurious = [
        g
        for g in given
        if id(g) not in matched and not _UNSCORED.fullmatch(report.text[g.start : g.end].strip())
    ]
    found, exact = total["toponyms"], total["toponyms, exact span"]
    for tally in (found, exact):
        tally.asked += len(truths)
        tally.given += len(pairs) + len(spurious)
    found.right += len(pairs)
    exact.right += sum(t.span == Span(g.start, g.end) for t, g in pairs)
    for truth, mention in pairs:
        _score_resolution(report, truth, mention, total)
    for truth in {id(t): t for t in truths}.values():
        if not any(t is truth for t, _ in pairs):
            total.errors.append(f'{report.name}: toponym "{truth.text}" not found')
    total.errors += [
        f'{report.name}: "{report.text[g.start : g.end]}" at {g.start} is no toponym'
        for g in spurious
    ]


def _pair_mentions(truths: Sequence[Mention], given: Sequence[Any]) -> list[tuple[Mention, Any]]:
    pairs: list[tuple[Mention, Any]] = []
    free = list(given)
    for truth in truths:
        touching = [g for g in free if truth.span.overlaps(Span(g.start, g.end))]
        if touching:
            best = max(
                touching,
                key=lambda g: min(g.end, truth.span.end) - max(g.start, truth.span.start),
            )
            free = [g for g in free if g is not best]
            pairs.append((truth, best))
    return pairs


def _score_resolution(report: Report, truth: Mention, mention: Any, total: Score) -> None:
    right = str(mention.usage) == truth.usage
    total["usage"].add(right)
    total[f"usage, {truth.usage}"].add(right)
    said = f'{report.name}: "{truth.text}" at {truth.span.start}'
    if not right:
        total.errors.append(f"{said} is a {truth.usage}, not a {mention.usage}")
    place = truth.place
    if place is None:
        return
    for km in (10, 25):
        is_near = _names(place, mention, within_km=km)
        total[f"resolved within {km} km"].add(is_near)
        if km == 25 and not is_near:
            total.errors.append(f"{said} is not {mention.place_id}")


def _names(place: Place, mention: Any, *, within_km: float) -> bool:
    if mention.lon is None or pd.isna(mention.lon):
        return False
    if not place.area:
        return _km(place, mention.lon, mention.lat) <= within_km
    ids = set(str(mention.place_id).split("|"))
    is_area = str(mention.precision) in _AREAS
    near = _km(place, mention.lon, mention.lat) <= place.tolerance_km
    return is_area and (bool(ids & set(place.area)) or near)


def found_incidents(table: Any) -> list[Found]:
    """Return the rows of an incident table; located and sited here where it is not yet."""
    from bordermap.locate import locate
    from bordermap.site import site

    if table.empty:
        return []
    if "precision" not in table:
        table = locate(table)
    if "side" not in table:
        from bordermap.line import load_line

        table = site(table, line=load_line())
    return [_found(row) for row in table.to_dict("records")]


def _found(row: dict[str, Any]) -> Found:
    def get(column: str) -> Any:
        value = row.get(column)
        return None if value is None or pd.isna(value) else value

    shape = row.get("geometry")
    point = None if shape is None or shape.is_empty else shape.centroid
    start, end = get("quote_start"), get("quote_end")
    first, last = get("date_start"), get("date_end")
    return Found(
        kind=get("kind"),
        first=first.date() if first is not None else None,
        last=last.date() if last is not None else (first.date() if first is not None else None),
        precision=get("date_precision"),
        quote=Span(int(start), int(end)) if start is not None and end is not None else None,
        lon=point.x if point is not None else None,
        lat=point.y if point is not None else None,
        place_ids=frozenset((get("place_id") or "").split("|")) - {""},
        place_precision=get("precision"),
        place=get("place"),
        side=get("side"),
        direction=get("direction"),
        actor=get("actor"),
        quantities=frozenset(json.loads(get("quantities") or "{}").values()),
    )


def _score_incidents(report: Report, found: list[Found], total: Score) -> None:
    pairs = _pair_incidents(report.incidents, found)
    taken = {f for _, f in pairs}
    required = [(i, f) for i, f in pairs if not report.incidents[i].optional]
    spare = [n for n in range(len(found)) if n not in taken]
    spare = [n for n in spare if not _is_optional(report, found[n])]
    tally = total["incidents"]
    tally.right += len(required)
    tally.asked += len(report.required)
    tally.given += len(required) + len(spare)
    placed = {i: _place_right(report.incidents[i], found[f]) for i, f in required}
    for i, incident in enumerate(report.incidents):
        if not incident.optional:
            _score_place_of_all(incident, placed.get(i, False), total)
    for i, f in required:
        _score_fields(report, report.incidents[i], found[f], total)
    for n in spare:
        twice = any(_fits(report.incidents[i], found[n]) for i, _ in required)
        total["duplicates"].right += twice
        total.errors.append(f"{report.name}: {'again' if twice else 'no incident'}: {found[n]}")
    _score_traps(report, [found[n] for n in spare], total)
    met = {i for i, _ in pairs}
    for i, incident in enumerate(report.incidents):
        if i not in met and not incident.optional:
            words = report.text[incident.quotes[0].start : incident.quotes[0].end]
            total.errors.append(f"{report.name}: not found: {incident.kinds[0]}: {words}")


def _score_traps(report: Report, spare: Sequence[Found], total: Score) -> None:
    for trap in report.traps:
        fallen = any(
            f.quote and f.quote.overlaps(trap.span) and (trap.kind in {None, f.kind}) for f in spare
        )
        total["traps avoided"].add(not fallen)


def _is_optional(report: Report, found: Found) -> bool:
    return any(
        i.optional and _is_compatible(i, found) and _same_words(i, found) for i in report.incidents
    )


def _pair_incidents(incidents: Sequence[Incident], found: Sequence[Found]) -> list[tuple[int, int]]:
    """Return pairs of numbers, each used once, so that as much as possible agrees."""
    from scipy.optimize import linear_sum_assignment

    if not incidents or not found:
        return []
    gain = np.array([[_agreement(i, f) for f in found] for i in incidents])
    rows, columns = linear_sum_assignment(gain, maximize=True)
    return [(int(r), int(c)) for r, c in zip(rows, columns, strict=True) if gain[r, c] > 0]


def _agreement(incident: Incident, found: Found) -> float:
    # What is optional is no excuse for a record that rests on other words.
    if not _fits(incident, found) or (incident.optional and not _same_words(incident, found)):
        return 0.0
    return (
        10.0
        + (0 if incident.optional else 1)
        + 4 * _same_words(incident, found)
        + 2 * (found.kind in incident.kinds)
        + 1.5 * _same_direction(incident, found)
        + _date_right(incident, found)
        + _place_right(incident, found)
    )


def _fits(incident: Incident, found: Found) -> bool:
    return _is_compatible(incident, found) and (
        _same_words(incident, found) or _same_days(incident, found)
    )


def _is_compatible(incident: Incident, found: Found) -> bool:
    return any(
        found.kind == kind or any({found.kind, kind} <= group for group in _COMPATIBLE)
        for kind in incident.kinds
    )


def _same_words(incident: Incident, found: Found) -> bool:
    return found.quote is not None and any(found.quote.overlaps(q) for q in incident.quotes)


def _same_days(incident: Incident, found: Found) -> bool:
    if found.first is None or found.last is None:
        return False
    return any(d.first <= found.last and found.first <= d.last for d in incident.days)


def _same_direction(incident: Incident, found: Found) -> bool:
    return incident.direction is not None and incident.direction == found.direction


def _date_right(incident: Incident, found: Found) -> bool:
    return any(_days_right(days, found) for days in incident.days)


def _days_right(days: Days, found: Found) -> bool:
    if found.first is None or found.last is None:
        return False
    if days.precision in {"month", "year"}:
        # The month or year that the report was written in may be cut off at its day.
        within = days.first <= found.first and found.last <= days.last
        return within and found.precision == days.precision
    is_exact = (found.first, found.last) == (days.first, days.last)
    # Some days from the first to the last have no precision of their own in the table.
    return is_exact and days.precision in {"week", found.precision}


def _place_right(incident: Incident, found: Found) -> bool:
    if not incident.at or any(p.or_none for p in incident.at):
        country = found.place_precision == Precision.COUNTRY and not incident.at
        if found.lon is None or country:
            return True
    return any(_lies_at(place, found) for place in incident.at)


def _lies_at(place: Place, found: Found) -> bool:
    if found.lon is None or found.lat is None:
        return False
    near = _km(place, found.lon, found.lat) <= place.tolerance_km
    if place.area:
        return found.is_area and (near or bool(found.place_ids & set(place.area)))
    return found.is_pin and near


def _score_fields(report: Report, incident: Incident, found: Found, total: Score) -> None:
    words = report.text[incident.quotes[0].start : incident.quotes[0].end]

    def add(name: str, is_right: bool, *, is_error: bool = True) -> None:
        total[name].add(is_right)
        if not is_right and is_error:
            total.errors.append(f"{report.name}: {name} wrong: {words}: {found}")

    add("kind", found.kind in incident.kinds)
    if incident.days:
        add("date", _date_right(incident, found))
    place_right = _place_right(incident, found)
    add("place", place_right)
    if incident.is_point:
        add("place, where a point is given", place_right, is_error=False)
        add("abstention: none where a point is given", found.is_pin, is_error=False)
    else:
        add("abstention: no pin where none is given", not found.is_pin, is_error=False)
    if incident.side:
        total["side unsure"].add(found.side == "unsure")
        add("side", found.side == incident.side, is_error=found.side not in {None, "unsure"})
    if incident.direction or found.direction:
        add("direction", found.direction == incident.direction)
    if incident.actor:
        add("actor", _party(found.actor) == incident.actor)
    if incident.quantities:
        add("quantities", set(incident.quantities.values()) <= found.quantities)


def _score_place_of_all(incident: Incident, is_right: bool, total: Score) -> None:
    total["all: place"].add(is_right)
    which = "all: place, a point" if incident.is_point else "all: place, no point"
    total[which].add(is_right)


def _party(actor: str | None) -> str | None:
    """Return which party an actor as written belongs to."""
    words = (actor or "").lower()
    # A group may have the other side in its name: "Fighters for a Free North Korea".
    if re.search(
        r"south|\brok|seoul|activist|free north|defector group|남한|우리|한국|국군|단체", words
    ):
        return "south"
    if re.search(
        r"north|dprk|\bkpa\b|korean people|pyongyang|kim (jong|yo|il)|communist|북", words
    ):
        return "north"
    if re.search(r"u\.s|american|united states|us\b|미국|미군", words):
        return "us"
    if re.search(r"chin|russia|soviet|japan|united nations|u\.n\.|중국|러시아|일본|유엔", words):
        return "other"
    return None


def first_toponym(reports: Sequence[Report]) -> Score:
    """Return how well "the first toponym that can be geocoded" places the incidents."""
    from bordermap.gazetteer import Gazetteer

    gazetteer = Gazetteer.open()
    total = Score()
    for report in reports:
        found = _first(report, gazetteer)
        for incident in report.required:
            _score_place_of_all(incident, _place_right(incident, found), total)
    return total


def _first(report: Report, gazetteer: Any) -> Found:
    matches = (gazetteer.resolve(m.text).match for m in report.mentions)
    match = next((m for m in matches if m), None)
    nothing = dict.fromkeys(Found.__dataclass_fields__)
    if match is None:
        return Found(**{**nothing, "place_ids": frozenset()})
    return Found(
        **{
            **nothing,
            "lon": match.lon,
            "lat": match.lat,
            "place_ids": frozenset({match.place_id}),
            "place_precision": str(match.precision),
        }
    )


def shares(reports: Sequence[Report]) -> dict[str, float]:
    """Return the make-up of the reports, for the shares that ``docs/gold.md`` states."""
    capitals = Counter(
        m.usage
        for r in reports
        for m in r.mentions
        if m.place is not None and m.place.key in {"seoul", "pyongyang"}
    )
    forms = Counter(d.form for r in reports for d in r.dates)
    return {
        "reports without a point": float(np.mean([not has_point(r) for r in reports])),
        "capitals that are places": capitals["place"] / capitals.total(),
        "dates that are a weekday": forms["weekday"] / forms.total(),
        "dates without a year": forms["no_year"] / forms.total(),
    }


def has_point(report: Report) -> bool:
    """Whether some incident of the report has a spot."""
    return any(i.is_point for i in report.required)


def _km(place: Place, lon: float, lat: float) -> float:
    one, other = np.radians([place.lon, place.lat]), np.radians([lon, lat])
    half = np.sin((other - one) / 2) ** 2
    return float(
        2 * _EARTH_KM * np.arcsin(np.sqrt(half[1] + np.cos(one[1]) * np.cos(other[1]) * half[0]))
    )
