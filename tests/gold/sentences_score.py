"""Score the extractor on single sentences: which wordings it understands.

``python tests/gold/sentences_score.py`` prints the totals of every set, ``--set`` those of one;
``--errors`` lists each wrong row, for the dev set only: the others are not to be tuned to.

A row tells of one event, or of two (``crossing+gunfire``); several right kinds of one event
are joined by ``|``. A record is too many where its kind is none of these, or where one of its
kind was already counted. Date and place are asked of the first event, where the row gives them.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd

SENTENCES = Path(__file__).parent / "sentences.csv"
SETS = ("dev", "held", "new", "fresh", "late")
Row = dict[str, str]
Days = tuple[date, date] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the extractor found: a kind, the days, a place as written."""

    kind: str
    days: Days
    place: str

    def __str__(self) -> str:
        first, last = self.days or ("?", "?")
        return f"{self.kind} {first}/{last} at {self.place or '?'}"


@dataclass(slots=True)
class Tally:
    """Right answers, of how many, by the name of what was asked."""

    right: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    too_many: int = 0

    def add(self, name: str, is_right: bool) -> bool:
        self.asked[name] = self.asked.get(name, 0) + 1
        self.right[name] = self.right.get(name, 0) + is_right
        return is_right


def sentences(chosen: Sequence[str] = SETS) -> list[Row]:
    """Return the annotated rows of these sets, in the order of the file."""
    with SENTENCES.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["set"] in chosen]


def days_of(written: str) -> Days:
    """Return first and last day of "2015", "2015-08", "2015-08-04" or "first/last"."""
    if not written:
        return None
    begin, _, end = written.partition("/")
    return pd.Period(begin).start_time.date(), pd.Period(end or begin).end_time.date()


def records_of(row: Row) -> list[Record]:
    """Extract one row."""
    from bordermap.extract import extract

    published = date.fromisoformat(row["published"])
    table = extract(row["text"], published=published, name="sentence")
    columns = (table[name] for name in ("kind", "date_start", "date_end", "place"))
    return [
        Record(
            kind=str(kind),
            days=None if pd.isna(start) or pd.isna(end) else (start.date(), end.date()),
            place="" if pd.isna(place) else str(place),
        )
        for kind, start, end, place in zip(*columns, strict=True)
    ]


def judge(row: Row, found: Sequence[Record], tally: Tally) -> list[str]:
    """Add a row to the tally and return what is wrong with it."""
    if not row["kind"]:
        tally.add("negatives but for statements", all(r.kind == "statement" for r in found))
        return [] if tally.add("negatives left alone", not found) else ["no incident"]
    events = [kinds.split("|") for kinds in row["kind"].split("+")]
    days = days_of(row["date"])
    # Two events may be of one kind: the record with the first's days is the first's.
    rest, partners = sorted(found, key=lambda r: r.days != days), list[Record | None]()
    for kinds in events:
        fits = [r for r in rest if r.kind in kinds]
        partners.append(partner := min(fits, key=lambda r: kinds.index(r.kind), default=None))
        if partner:
            rest.remove(partner)
    wrong = [
        f"not found: {'|'.join(kinds)}"
        for kinds, partner in zip(events, partners, strict=True)
        if not tally.add("events found", partner is not None)
    ]
    tally.add("positives with a record of a right kind", any(partners))
    allowed = {kind for kinds in events for kind in kinds} - {p.kind for p in partners if p}
    for record in rest:
        if record.kind in allowed:
            allowed.remove(record.kind)
        else:
            tally.too_many += 1
            wrong.append(f"too many: {record.kind}")
    if (first := partners[0]) is None:
        return wrong
    if days and not tally.add("date, of those found", first.days == days):
        wrong.append(f"date: {row['date']}")
    ours, theirs = row["place"].casefold(), first.place.casefold()
    is_same = bool(theirs) and (ours in theirs or theirs in ours)
    if ours and not tally.add("place, of those found", is_same):
        wrong.append(f"place: {row['place']}")
    return wrong


def report_of(tally: Tally, title: str) -> Iterable[str]:
    """Return the lines that are printed."""
    yield f"{title:42}{'right':>7}{'of':>6}{'share':>7}"
    for name, asked in tally.asked.items():
        yield f"{name:42}{tally.right[name]:7}{asked:6}{tally.right[name] / asked:7.3f}"
    yield f"{'records too many in positives':42}{tally.too_many:7}"


def main(argv: list[str] | None = None) -> None:
    """Parse the options, extract, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--set", choices=SETS, dest="sets", action="append")
    options.add_argument("--errors", action="store_true", help="list wrong rows; dev set only")
    chosen = options.parse_args(argv)
    for name in chosen.sets or SETS:
        tally = Tally()
        for row in sentences([name]):
            found = records_of(row)
            wrong = judge(row, found, tally)
            if wrong and chosen.errors and name == "dev":
                print(f"{'; '.join(wrong)} -- {' | '.join(map(str, found))}\n    {row['text']}")
        print("\n".join(report_of(tally, name)), end="\n\n")


if __name__ == "__main__":
    main()
