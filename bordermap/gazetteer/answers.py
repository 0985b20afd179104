"""What a name was taken for, as rows to show: the answer, or both sides, or all with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bordermap.counts import counted

if TYPE_CHECKING:
    from bordermap.gazetteer.match import Match, Resolution

__all__ = ["EVIDENCE", "SIDES", "answer_rows", "explained"]

SIDES = {"north": "KP", "south": "KR"}
"""The side of the line on which a country administers what lies there."""
_SIDE_OF = {country: side for side, country in SIDES.items()}

EVIDENCE = {
    "spelling": "how well the spelling fits",
    "importance": "how often such a place is meant",
    "kind": "whether the word for its kind fits",
    "part": "another place has the whole of the name",
    "sound": "another place is written so to the letter",
    "name": "another name of the place than its own",
    "breves": "whether its breves are those of the place",
    "romanisation": "spelt as only the South spells names",
    "country": "whether it lies in the country said",
    "within": "whether it lies in the larger place said",
    "near": "how near it is to the other places named",
    "line": "how near it is to the line",
}
"""What each kind of evidence is about; its numbers are logarithms of odds."""
_DIGITS = {"lon": 5, "lat": 5, "radius_m": 0, "score": 2}
_COLUMNS = (
    "place_id", "name_en", "name_ko", "country", "side", "lon", "lat", "radius_m", "precision",
    "score", "source",
)  # fmt: skip


def answer_rows(resolution: Resolution, *, explain: bool = False) -> list[dict[str, Any]]:
    """Return the rows that answer a name: one, or one for each side that has it.

    Parameters
    ----------
    resolution
        What the name was taken for.
    explain
        Return all candidates, each with its evidence.

    Returns
    -------
    Rows with ``name``, the place's columns and ``reading``: ``only``,
    ``likeliest``, ``both sides`` (nothing tells which), ``candidate`` or
    ``not found``. Longitude and latitude are degrees, EPSG:4326; metres; a
    score is 0 to 1.
    """
    both = {m.place_id for m in resolution.two_sides}
    if resolution.match is None:
        return [_row(resolution.name, None, "not found", explain=explain)]
    matches: Sequence[Match] = (resolution.match, *resolution.alternatives)
    if not explain:
        matches = resolution.two_sides or (resolution.match,)
    # The rival of the other side may stand too far down to be an alternative.
    missing = [m for m in resolution.two_sides if m.place_id not in {x.place_id for x in matches}]
    rows = []
    for match in (*matches, *missing):
        if match.place_id in both:
            reading = "both sides"
        elif match is resolution.match:
            reading = "likeliest" if resolution.alternatives else "only"
        else:
            reading = "candidate"
        rows.append(_row(resolution.name, match, reading, explain=explain))
    return rows


def _row(name: str, match: Match | None, reading: str, *, explain: bool) -> dict[str, Any]:
    values: dict[str, Any] = {c: getattr(match, c, None) for c in _COLUMNS}
    if match is not None:
        values["side"] = _SIDE_OF.get(match.country or "")
        values["precision"] = str(match.precision)
        values |= {c: round(float(values[c]), digits) for c, digits in _DIGITS.items()}
    row = {"name": name, **values, "reading": reading}
    if explain:
        row["evidence"] = {} if match is None else {k: round(v, 2) for k, v in match.evidence}
    return row


def explained(rows: Sequence[dict[str, Any]]) -> str:
    """Return the candidates of one name with the reasons of their order, to be read."""
    name = rows[0]["name"]
    if rows[0]["place_id"] is None:
        return f"{name}: not in the gazetteer\n"
    both = " Both sides of the line have it and nothing tells which." * any(
        r["reading"] == "both sides" for r in rows
    )
    lines = [f"{name}: {counted(len(rows), 'place')}.{both}"]
    for row in rows:
        korean = f" {row['name_ko']}" if row["name_ko"] else ""
        side = f", {row['side']}" if row["side"] else ""
        lines.append(
            f"  {row['score']:.2f}  {row['name_en']}{korean} ({row['place_id']}; "
            f"{row['country'] or 'no country'}{side}) {row['lat']:.4f} N {row['lon']:.4f} E, "
            f"{row['radius_m'] / 1000:.1f} km; {row['reading']}"
        )
        lines += [
            f"        {value:+6.2f}  {kind}: {EVIDENCE.get(kind, kind)}"
            for kind, value in row["evidence"].items()
        ]
        lines.append(f"        source: {row['source']}")
    return "\n".join(lines) + "\n"
