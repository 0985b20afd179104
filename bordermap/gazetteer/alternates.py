"""More names for places that are known: GeoNames' table of alternate names.

The layout is that of https://download.geonames.org/export/dump/readme.txt:
number, geonameid, language, name and flags; 8 columns, or 10 in version 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bordermap.counts import counted
from bordermap.errors import InputError, at
from bordermap.gazetteer.store import Place

if TYPE_CHECKING:
    from bordermap.gazetteer.dump import Complain
    from bordermap.gazetteer.index import Index, Record

__all__ = ["COLUMNS", "numbers_of", "read_alternates"]

COLUMNS = (8, 10)
# What the column of languages holds that is no language, and names nothing one would write.
_NO_NAMES = frozenset({"link", "wkdt", "post", "phon", "iata", "icao", "faac", "tcid", "unlc"})
_LONGEST_NAME = 200
_SOURCE = re.compile(r"\bGeoNames (\d+)\b")


def numbers_of(index: Index) -> dict[int, str]:
    """Return the ids of the places that GeoNames has a number for, by that number."""
    found: dict[int, str] = {}
    for record in index.where("source LIKE '%GeoNames %'"):
        number = _SOURCE.search(record.source)
        if number:
            found.setdefault(int(number[1]), record.place_id)
    return found


def read_alternates(
    lines: Iterable[tuple[int, str]], *, name: str, index: Index, complain: Complain
) -> Iterator[Place]:
    """Yield those known places, under their own ids, that the table has more names for.

    Only the names of known places are held in memory.

    Parameters
    ----------
    lines
        Their numbers, from 1, and text.
    name
        What to call the table in an error.
    index
        What is known.
    complain
        Called with the error of a line that cannot be read; the line is left
        out if it returns.
    """
    known = numbers_of(index)
    names: dict[int, dict[str, None]] = {}
    for number, line in lines:
        cells = line.split("\t")
        if len(cells) not in COLUMNS:
            complain(InputError(
                f"{at(name, row=number)}: {counted(len(cells), 'column')} where alternate names "
                "have 8 or 10"
            ))  # fmt: skip
            continue
        if not (cells[1].isascii() and cells[1].isdecimal()):
            complain(InputError(
                f"{at(name, row=number, column='geonameid', value=cells[1])} cannot be read; "
                "it is a whole number"
            ))  # fmt: skip
            continue
        written = " ".join(cells[3].split())
        fits = 0 < len(written) <= _LONGEST_NAME and cells[2] not in _NO_NAMES
        if fits and (geonames_id := int(cells[1])) in known:
            names.setdefault(geonames_id, {})[written] = None
    for geonames_id in sorted(names):
        record = index.by_place_id(known[geonames_id])
        if record is not None:
            yield _with_names(record, tuple(names[geonames_id]))


def _with_names(record: Record, names: tuple[str, ...]) -> Place:
    facts = record._asdict()
    for column in ("no", "has_shape"):
        del facts[column]
    return Place(**facts, aliases=names, is_korean=record.country in {"KP", "KR"})
