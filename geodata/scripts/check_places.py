"""Compare the curated table with GeoNames: which places are more than 3 km apart.

Run ``python geodata/scripts/check_places.py KP.txt KR.txt`` with GeoNames dumps (plain or
gzipped). Every row of ``places/border_places.csv`` whose name a dump has, in the same country
and within 30 km, is compared with the nearest record of that name; farther away a name is a
namesake. Each difference over 3 km needs its reason in the row's ``note``.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bordermap.gazetteer.folding import fold, sound
from bordermap.gazetteer.hangul import is_hangul, spellings
from bordermap.gazetteer.ranking import about_m

TABLE = Path(__file__).resolve().parent.parent / "places" / "border_places.csv"
DIFFERENT_M = 3_000.0
SAME_NAME_M = 30_000.0
SUFFIX = re.compile(
    r"[- ](?:si|gun|gu|ŭp|up|eup|myŏn|myeon|ni|li|ri|dong|tong|do|nodongjagu)$", re.I
)
HANGUL_SUFFIX = "시군구읍면리동도"


class Difference(NamedTuple):
    """A curated place and the record of its name, more than 3 km from it."""

    place_id: str
    name: str
    record: str
    distance_m: float
    radius_m: float
    note: str


def keys(name: str) -> set[str]:
    """Return the keys of a name as written, with and without the suffix of its kind."""
    if is_hangul(name):
        joined = name.replace(" ", "")
        has_suffix = len(joined) >= 3 and joined[-1] in HANGUL_SUFFIX
        return {joined, joined[:-1]} if has_suffix else {joined}
    forms = {fold(name), fold(SUFFIX.sub("", name))}
    return {sound(form) or form for form in forms if form}


def spelled_keys(korean: str) -> set[str]:
    """Return the keys of a name in hangul and of all its romanisations."""
    return {k for form in keys(korean) for name in (form, *spellings(form)) for k in keys(name)}


def records(paths: Iterable[Path]) -> dict[str, list[tuple[str, str, float, float]]]:
    """Return the records of dumps by key: GeoNames id, country, longitude, latitude."""
    found: dict[str, list[tuple[str, str, float, float]]] = defaultdict(list)
    for path in paths:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as file:
            for line in file:
                fields = line.rstrip("\n").split("\t")
                record = (fields[0], fields[8], float(fields[5]), float(fields[4]))
                names = [fields[1], *fields[3].split(",")]
                wanted = {k for n in names if n and (n.isascii() or is_hangul(n) or len(n) < 30)
                          for k in keys(n)}  # fmt: skip
                for key in wanted:
                    found[key].append(record)
    return found


def compared(paths: Iterable[Path]) -> Iterator[Difference]:
    """Yield each curated row that the dumps know with its distance from their record."""
    known = records(paths)
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lon, lat = float(row["lon"]), float(row["lat"])
            same = [
                (about_m(lon, lat, r[2], r[3]), r[0])
                for key in spelled_keys(row["name_ko"])
                for r in known.get(key, ())
                if row["country"] in {"", r[1]}
            ]
            if not same:
                continue
            distance_m, geonames_id = min(same)
            if distance_m <= SAME_NAME_M:
                yield Difference(
                    row["place_id"],
                    row["name_en"],
                    geonames_id,
                    distance_m,
                    float(row["radius_m"]),
                    row["note"],
                )


def main() -> None:
    """Print what differs, and how much was compared."""
    paths = [Path(p) for p in sys.argv[1:]]
    if not paths:
        raise SystemExit("give GeoNames dumps, such as KP.txt KR.txt")
    rows = list(compared(paths))
    different = [r for r in rows if r.distance_m > DIFFERENT_M]
    for row in sorted(different, key=lambda r: -r.distance_m):
        print(
            f"{row.place_id}\t{row.name}\tGeoNames {row.record}\t{row.distance_m / 1000:.1f} km\t"
            f"{row.note or 'NO REASON GIVEN'}"
        )
    print(f"{len(rows)} compared, {len(different)} more than 3 km apart", file=sys.stderr)
    if any(not r.note for r in different):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
