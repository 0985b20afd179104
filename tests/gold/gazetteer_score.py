"""How well names in context are placed: distance, side, and names that are no place in Korea.

Run ``python tests/gold/gazetteer_score.py`` for the numbers and each name that is off; give
index files of imported dumps as arguments to judge with them too.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import shapely

from bordermap.files import geodata_path
from bordermap.gazetteer import Gazetteer, Match, Resolution
from bordermap.geo import metres_per_degree
from bordermap.table import AREA_PRECISIONS

__all__ = ["FRESH", "GOLD", "Answer", "Score", "gold_rows", "judge", "score"]

GOLD = Path(__file__).parent / "gazetteer.csv"
# Written when the rules were done, and scored without mending anything for it.
FRESH = Path(__file__).parent / "gazetteer_fresh.csv"
KOREAS = {"KR": "south", "KP": "north"}
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """One name of the gold and what it was taken for.

    Attributes
    ----------
    distance_km
        From the true place to the answer, or to its shape if it is an area;
        infinite without an answer, NaN where nothing is to be found.
    side
        ``north``, ``south``, ``unsure`` or ``elsewhere``; None without an answer.
    is_right_side
        Whether the side is the true one, or left open.
    """

    row: Row
    resolution: Resolution
    distance_km: float
    side: str | None
    is_right_side: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of the gold's names, 0 to 1; ``wrong`` holds the answers that are off."""

    names: int
    within_10_km: float
    within_25_km: float
    right_side_or_unsure: float
    two_sided_left_open: float
    traps_not_in_korea: float
    wrong: list[Answer] = field(default_factory=list)


def gold_rows(path: Path = GOLD) -> list[Row]:
    """Return the rows of a gold."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def judge(row: Row, gazetteer: Gazetteer) -> Answer:
    """Return what the gazetteer makes of a name among its words."""
    context = gazetteer.context_of(row["context"], row["name"])
    found = gazetteer.resolve(row["name"], context=context)
    side = _side_of(found)
    return Answer(row, found, _distance_km(row, found, gazetteer), side, _is_right(row, side))


def _side_of(found: Resolution) -> str | None:
    if found.match is None:
        return None
    if found.two_sides:
        return "unsure"
    if found.match.precision in AREA_PRECISIONS and found.match.country is None:
        return "unsure"
    return KOREAS.get(found.match.country or "", "elsewhere" if found.match.country else "unsure")


def _is_right(row: Row, side: str | None) -> bool:
    if row["side"] in {"none", "foreign", "abroad"}:
        return side not in {"north", "south", "unsure"}
    if row["side"] == "both":
        return side == "unsure"
    return side in {row["side"], "unsure", None} or row["side"] == "either"


def _distance_km(row: Row, found: Resolution, gazetteer: Gazetteer) -> float:
    if not row["lon"] or row["side"] == "abroad":
        return float("nan")
    if found.match is None:
        return float("inf")
    spot = shapely.Point(float(row["lon"]), float(row["lat"]))
    answers: Sequence[Match] = found.two_sides or (found.match,)
    # An answer left open places nothing: the farther side counts.
    return max(_km(spot, m, gazetteer) for m in answers)


def _km(spot: shapely.Point, match: Match, gazetteer: Gazetteer) -> float:
    shape = gazetteer.geometry(match.place_id) or shapely.Point(match.lon, match.lat)
    near = shapely.Point(shapely.get_coordinates(shapely.shortest_line(spot, shape))[1])
    x_m, y_m = (float(v[0]) for v in metres_per_degree(np.array([spot.y])))
    return float(np.hypot((near.x - spot.x) * x_m, (near.y - spot.y) * y_m)) / 1000


def score(gazetteer: Gazetteer, path: Path = GOLD) -> Score:
    """Return the shares over a whole gold."""
    answers = [judge(row, gazetteer) for row in gold_rows(path)]
    placed = [a for a in answers if a.row["lon"] and a.row["side"] != "abroad"]
    sided = [a for a in answers if a.row["side"] in {"north", "south", "either"}]
    both = [a for a in answers if a.row["side"] == "both"]
    traps = [a for a in answers if a.row["side"] in {"none", "foreign", "abroad"}]
    off = [a for a in answers if not a.is_right_side or a.distance_km > 10]

    def share(right: Iterator[bool], of: Sequence[Answer]) -> float:
        return sum(right) / len(of)

    return Score(
        names=len(answers),
        within_10_km=share((a.distance_km <= 10 for a in placed), placed),
        within_25_km=share((a.distance_km <= 25 for a in placed), placed),
        right_side_or_unsure=share((a.is_right_side for a in sided), sided),
        two_sided_left_open=share((a.is_right_side for a in both), both),
        traps_not_in_korea=share((a.is_right_side for a in traps), traps),
        wrong=off,
    )


def main() -> None:
    """Print the shares, and each name that is off."""
    paths = [geodata_path("gazetteer.sqlite"), *map(Path, sys.argv[1:])]
    gazetteer = Gazetteer.open(paths=paths)
    for path in (GOLD, FRESH):
        print(path.name)
        _show(score(gazetteer, path))


def _show(found: Score) -> None:
    for name in Score.__dataclass_fields__:
        value = getattr(found, name)
        if name != "wrong":
            print(f"  {name:22} {value if name == 'names' else f'{value:.3f}'}")
    for answer in found.wrong:
        match = answer.resolution.match
        print(
            f"  off: {answer.row['name']} ({answer.row['side']}): "
            f"{match.place_id if match else None} {answer.side} {answer.distance_km:.0f} km"
        )


if __name__ == "__main__":
    main()
