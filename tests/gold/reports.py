"""The hand-annotated reports: texts, and what a careful reader finds in them.

Each report is a text file with a TOML file of the same name beside it;
``docs/gold.md`` tells how they are annotated. No offset is written by hand:
`load` finds each annotated string in its text.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = [
    "HALVES", "USAGES", "DateMention", "Days", "Incident", "Mention", "Place", "Report", "Span",
    "Trap", "load", "load_places",
]  # fmt: skip

ROOT = Path(__file__).parent / "reports"
HALVES = ("dev", "test")
USAGES = ("place", "metonym", "name-part")
_WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_WEEKDAYS_KO = "월요일|화요일|수요일|목요일|금요일|토요일|일요일"
_UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a text, the end exclusive."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day, and the precision: day, week, month or year."""

    first: dt.date
    last: dt.date
    precision: str

    @classmethod
    def of(cls, value: str) -> Days:
        """Read ``2024-06-18``, ``2024-06``, ``2024``, or two days with a slash between."""
        if "/" in value:
            first, last = (dt.date.fromisoformat(v) for v in value.split("/"))
            return cls(first, last, "week")
        if re.fullmatch(r"\d{4}", value):
            return cls(dt.date(int(value), 1, 1), dt.date(int(value), 12, 31), "year")
        if re.fullmatch(r"\d{4}-\d{2}", value):
            year, month = map(int, value.split("-"))
            last_day = calendar.monthrange(year, month)[1]
            return cls(dt.date(year, month, 1), dt.date(year, month, last_day), "month")
        day = dt.date.fromisoformat(value)
        return cls(day, day, "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something truly is: a point with a tolerance, or an area by its gazetteer ids."""

    key: str
    lon: float
    lat: float
    tolerance_km: float
    area: tuple[str, ...] = ()
    or_none: bool = False
    side: str | None = None
    abroad: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name in the text: of a place, of a government by its capital, or part of another name."""

    text: str
    span: Span
    usage: str
    place: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date in the text and the days it means; None where it means none exactly."""

    text: str
    span: Span
    days: Days | None

    @property
    def form(self) -> str:
        """How it is written: weekday, no_year, year or relative."""
        if re.fullmatch(f"(on )?({_WEEKDAYS}|{_WEEKDAYS_KO})", self.text):
            return "weekday"
        if re.search(r"\b(19|20)\d\d", self.text):
            return "year"
        if re.search(r"\d", self.text) or re.search("|".join(calendar.month_name[1:]), self.text):
            return "no_year"
        return "relative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What the report tells: the first kind, days and place are the best, the others right too."""

    kinds: tuple[str, ...]
    days: tuple[Days, ...]
    place: str | None
    at: tuple[Place, ...]
    actor: str | None
    direction: str | None
    claim: str | None
    claimed_by: str | None
    quantities: dict[str, float]
    quotes: tuple[Span, ...]
    optional: bool
    background: bool

    @property
    def is_point(self) -> bool:
        """Whether the report gives a spot, not only an area, and not nothing."""
        return bool(self.at) and not any(p.area for p in self.at[:1])

    @property
    def side(self) -> str | None:
        """The side of the line, where all right places lie on one."""
        sides = {p.side for p in self.at}
        return sides.pop() if len(sides) == 1 and self.is_point else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """Words that tell of no incident: a threat, a plan, a denial, an exercise."""

    why: str
    kind: str | None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report and its annotation."""

    name: str
    half: str
    text: str
    published: dt.date
    language: str
    cited: tuple[str, ...]
    mentions: tuple[Mention, ...]
    dates: tuple[DateMention, ...]
    incidents: tuple[Incident, ...]
    traps: tuple[Trap, ...]

    @property
    def required(self) -> tuple[Incident, ...]:
        """The incidents that a careful reader must find."""
        return tuple(i for i in self.incidents if not i.optional)


def load_places() -> dict[str, Place]:
    """Return the true places by key."""
    with (ROOT / "places.toml").open("rb") as file:
        rows = tomllib.load(file)
    return {
        key: Place(key=key, **{k: tuple(v) if k == "area" else v for k, v in row.items()})
        for key, row in rows.items()
    }


def load(*halves: str) -> list[Report]:
    """Return the reports of the halves named, of both with none, in the order of their names."""
    places = load_places()
    return [
        _report(path, half, places)
        for half in halves or HALVES
        for path in sorted((ROOT / half).glob("*.txt"))
    ]


def _report(path: Path, half: str, places: dict[str, Place]) -> Report:
    text = path.read_text(encoding="utf-8")
    with path.with_suffix(".toml").open("rb") as file:
        notes = tomllib.load(file)
    taken: list[Span] = []
    mentions = []
    # A longer name first: "Kaesong" does not stand in "Kaesong Industrial Complex".
    for written, usage, *rest in sorted(notes["mentions"], key=lambda m: -len(m[0])):
        place = places[rest[0]] if rest else None
        spans = [s for s in occurrences(text, written) if not any(s.overlaps(t) for t in taken)]
        wanted = _chosen(spans, rest[1:], path, written)
        mentions += [Mention(text=written, span=s, usage=usage, place=place) for s in wanted]
        if len(rest) < 2 or max(rest[1:]) == len(spans):
            taken += spans
    dates = [
        DateMention(text=written, span=span, days=None if value == _UNKNOWN else Days.of(value))
        for written, value, *which in notes["dates"]
        for span in _chosen(occurrences(text, written), which, path, written)
    ]
    return Report(
        name=path.stem,
        half=half,
        text=text,
        published=notes["published"],
        language=notes["language"],
        cited=tuple(notes["cited"]),
        mentions=tuple(sorted(mentions, key=lambda m: m.span.start)),
        dates=tuple(sorted(dates, key=lambda d: d.span.start)),
        incidents=tuple(_incident(i, text, places, path) for i in notes.get("incidents", ())),
        traps=tuple(
            Trap(why=t["why"], kind=t.get("kind"), span=_one(text, t["quote"], path))
            for t in notes.get("not_incidents", ())
        ),
    )


def _incident(row: dict[str, Any], text: str, places: dict[str, Place], path: Path) -> Incident:
    known = {
        "kind", "kind_also", "date", "date_also", "place", "at", "actor", "direction", "claim",
        "claimed_by", "quantities", "quote", "quote_also", "optional", "background",
    }  # fmt: skip
    if unknown := row.keys() - known:
        raise ValueError(f"{path.stem}: {', '.join(sorted(unknown))}: no such field")
    quotes = [row["quote"], *row.get("quote_also", ())]
    dates = [row["date"], *row.get("date_also", ())]
    return Incident(
        kinds=(row["kind"], *row.get("kind_also", ())),
        days=tuple(Days.of(d) for d in dates if d != _UNKNOWN),
        place=row.get("place"),
        at=tuple(places[key] for key in row.get("at", ())),
        actor=row.get("actor"),
        direction=row.get("direction"),
        claim=row.get("claim"),
        claimed_by=row.get("claimed_by"),
        quantities=row.get("quantities", {}),
        quotes=tuple(_one(text, quote, path) for quote in quotes),
        optional=row.get("optional", False),
        background=row.get("background", False),
    )


def occurrences(text: str, written: str) -> list[Span]:
    """Return where a string stands in a text as a word of its own.

    >>> occurrences("Korea, Koreans, Korea's", "Korea")
    [Span(start=0, end=5), Span(start=16, end=21)]
    """
    # Korean particles follow a name without a space; Latin letters and digits would not.
    pattern = rf"(?<![0-9A-Za-z가-힣]){re.escape(written)}(?![0-9A-Za-z])"
    return [Span(m.start(), m.end()) for m in re.finditer(pattern, text)]


def _chosen(spans: list[Span], which: list[int], path: Path, written: str) -> list[Span]:
    if not spans or max(which, default=0) > len(spans):
        raise ValueError(f'{path.stem}: "{written}" stands {len(spans)} times in the text')
    return [spans[n - 1] for n in which] if which else spans


def _one(text: str, quote: str, path: Path) -> Span:
    if text.count(quote) != 1:
        raise ValueError(f'{path.stem}: "{quote}" stands {text.count(quote)} times in the text')
    start = text.index(quote)
    return Span(start, start + len(quote))
