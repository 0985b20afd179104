"""Places from a GeoNames dump: 19 columns, tab-separated, one place a line.

The layout is that of https://download.geonames.org/export/dump/readme.txt.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from bordermap.counts import counted
from bordermap.errors import InputError, at
from bordermap.gazetteer.folding import fold, parse
from bordermap.gazetteer.hangul import is_hangul, revised
from bordermap.gazetteer.store import Place, korean_key

__all__ = ["COLUMNS", "IMPORTED_RANK", "Complain", "imported_keys", "numbered_lines", "read_places"]

COLUMNS = 19
IMPORTED_RANK = 6
"""The rank of an imported place: no map labels it, and what lies near it says less."""

Complain = Callable[[InputError], None]

_KOREAS = {"KP", "KR"}
_LONGEST_LINE = 200_000  # characters; the longest line of allCountries.txt is 12,000
_MOST_NAMES = 200
_LONGEST_NAME = 200
# GeoNames' feature code, or its class where the code is not here -> our kind of place and the
# metres that hold it.
_KINDS: dict[str, tuple[str, float]] = {
    "ADM1": ("province", 80_000.0), "ADM2": ("county", 20_000.0), "ADM3": ("town", 8_000.0),
    "ADM4": ("village", 4_000.0), "ADM5": ("village", 3_000.0), "ADMD": ("district", 10_000.0),
    "A": ("district", 10_000.0), "P": ("settlement", 3_000.0),
    "MT": ("mountain", 2_000.0), "PK": ("mountain", 1_000.0), "HLL": ("mountain", 1_000.0),
    "MTS": ("mountain", 20_000.0), "RDGE": ("mountain", 5_000.0),
    "ISL": ("island", 5_000.0), "ISLET": ("island", 1_000.0), "ISLS": ("island", 10_000.0),
    "CAPE": ("cape", 2_000.0), "PT": ("cape", 1_000.0), "PEN": ("cape", 10_000.0),
    "PASS": ("pass", 1_000.0), "BCH": ("beach", 1_500.0), "T": ("site", 3_000.0),
    "STM": ("river", 30_000.0), "STMS": ("river", 30_000.0), "LK": ("lake", 3_000.0),
    "RSV": ("lake", 3_000.0), "SEA": ("sea", 300_000.0), "BAY": ("sea", 10_000.0),
    "STRT": ("sea", 20_000.0), "CHN": ("sea", 10_000.0), "H": ("site", 3_000.0),
    "AIRP": ("airfield", 3_000.0), "AIRF": ("airfield", 3_000.0), "AIRB": ("airfield", 3_000.0),
    "RSTN": ("station", 500.0), "DAM": ("dam", 1_000.0), "S": ("site", 1_000.0),
    "PRT": ("port", 2_000.0), "MILB": ("base", 3_000.0), "L": ("site", 5_000.0),
    "R": ("site", 5_000.0), "U": ("sea", 20_000.0), "V": ("site", 3_000.0),
}  # fmt: skip
_VOWELS = re.compile("[aeiouwy]+")
# Countries and their like are packaged, with their extent.
_LEFT_OUT = ("PCL", "TERR", "CONT", "ZN")


def read_places(
    lines: Iterable[tuple[int, str]], *, name: str, complain: Complain
) -> Iterator[Place]:
    """Yield the places of a dump, in its order.

    Parameters
    ----------
    lines
        Their numbers, from 1, and text.
    name
        What to call the dump in an error.
    complain
        Called with the error of a line that cannot be read; the line is left
        out if it returns.
    """
    seen: set[int] = set()
    for number, line in lines:
        try:
            place = _place(line, name=name, number=number)
        except InputError as error:
            complain(error)
            continue
        if place is None:
            continue
        geonames_id = int(place.place_id[3:])
        if geonames_id in seen:
            complain(
                InputError(f"{at(name, row=number)}: GeoNames {geonames_id} stands there twice")
            )
            continue
        seen.add(geonames_id)
        yield place


def _place(line: str, *, name: str, number: int) -> Place | None:
    cells = line.split("\t")
    if len(cells) != COLUMNS:
        raise InputError(
            f"{at(name, row=number)}: {counted(len(cells), 'column')} where a GeoNames dump has "
            f"{COLUMNS}"
        )
    if not (cells[0].isascii() and cells[0].isdecimal() and 0 < len(cells[0]) < 13):
        raise _wrong(name, number, "geonameid", cells[0], "it is a whole number")
    lat = _degrees(cells[4], 90.0, name, number, "latitude")
    lon = _degrees(cells[5], 180.0, name, number, "longitude")
    written = " ".join(cells[1].split())
    if not written or len(written) > _LONGEST_NAME or not written.isprintable():
        raise _wrong(name, number, "name", cells[1], "it has 1 to 200 printable characters")
    country = cells[8] or None
    if country is not None and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise _wrong(name, number, "country code", cells[8], "it has two letters")
    code = cells[7]
    if code.startswith(_LEFT_OUT):
        return None
    feature_class, radius_m = _KINDS.get(code) or _KINDS.get(cells[6]) or ("site", 5_000.0)
    population = _population(cells[14], name, number)
    aliases = tuple(
        dict.fromkeys(
            n for n in (cells[2], *cells[3].split(",")[:_MOST_NAMES]) if 0 < len(n) <= _LONGEST_NAME
        )
    )
    return Place(
        place_id=f"gn-{int(cells[0])}",
        name_en=written,
        name_ko=next((n for n in aliases if is_hangul(n)), None),
        lon=lon,
        lat=lat,
        radius_m=max(radius_m, float(round(13.0 * math.sqrt(population), -2))),
        feature_class=feature_class,
        country=country.upper() if country else None,
        importance=_importance(population),
        rank=IMPORTED_RANK,
        source=f"GeoNames {int(cells[0])}",
        aliases=aliases,
        is_korean=country in _KOREAS,
    )


def _importance(population: int) -> float:
    """Return how likely a place is meant: less than any packaged one of the same size."""
    return round(min(0.25, max(0.0, 0.06 * (math.log10(max(population, 1)) - 3))), 3)


def _degrees(text: str, most: float, name: str, number: int, column: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not abs(value) <= most:
        raise _wrong(name, number, column, text, f"it is between -{most:g} and {most:g} degrees")
    return value


def _population(text: str, name: str, number: int) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) < 12):
        raise _wrong(name, number, "population", text, "it is a whole number")
    return int(text)


def _wrong(name: str, number: int, column: str, value: str, rule: str) -> InputError:
    where = at(name, row=number, column=column, value=value)
    return InputError(f"{where} cannot be read; {rule}")


def imported_keys(place: Place) -> dict[str, int]:
    """Return the keys of an imported place with their tiers, as `store.place_keys` does.

    A Korean name of one syllable (Son, Hong) is everybody's name and gets no key. Of the
    romanisations of a hangul name only one is derived, for its sound: all
    others sound alike, and a hundred thousand hamlets stay a matter of seconds.
    """
    keys: dict[str, int] = {}
    for name in (place.name_en, *place.aliases):
        korean = is_hangul(name)
        folded = fold(name)
        stems = [fold(stem) for stem, _ in parse(name).stems]
        for key, tier in ((folded, 0), *((stem, 1) for stem in stems)):
            if _is_one_syllable(key, korean=korean, of_korea=place.is_korean):
                continue
            keys[key] = min(tier, keys.get(key, tier))
            heard = fold(revised(key)) if korean else key
            if place.is_korean and (sounded := korean_key(heard)):
                keys.setdefault(sounded, 2)
    return keys


def _is_one_syllable(key: str, *, korean: bool, of_korea: bool) -> bool:
    if korean:
        return len(key) < 2
    if not key.isascii():
        return not key
    # The longest syllable that any romanisation writes has seven letters (kkwaeng).
    one = key.isalpha() and len(key) <= 7 and len(_VOWELS.findall(key)) < 2
    return len(key) < 4 or (of_korea and one)


@contextmanager
def numbered_lines(path: Path) -> Iterator[Iterator[tuple[int, str]]]:
    """Give the lines of a text file, plain or in a .zip or .gz, with their numbers.

    Raises
    ------
    InputError
        The file is not there, is no such archive, is no UTF-8, holds no text file
        or a line that is too long to be one.
    """
    try:
        with _opened(path) as file, closing(_lines(file, path)) as lines:
            yield lines
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file") from error
    except (zipfile.BadZipFile, EOFError) as error:
        raise InputError(f"{path}: a damaged archive: {error}; fetch it again") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Open by what the file begins with, whatever its name says."""
    import gzip

    with path.open("rb") as file:
        magic = file.read(4)
        file.seek(0)
        if magic[:2] == b"\x1f\x8b":
            with gzip.open(file) as inner:
                yield inner  # type: ignore[misc]
        elif magic == b"PK\x03\x04":
            with zipfile.ZipFile(file) as archive, archive.open(_member(archive, path)) as inner:
                yield inner
        else:
            yield file


def _member(archive: zipfile.ZipFile, path: Path) -> str:
    """Return the name of the table in an archive; GeoNames puts a readme and codes beside it."""
    names = [
        n for n in archive.namelist()
        if n.lower().endswith(".txt") and "readme" not in n.lower() and "codes" not in n.lower()
    ]  # fmt: skip
    if len(names) != 1:
        raise InputError(f"{path}: holds {len(names)} tables (.txt); unpack it and name one")
    return names[0]


def _lines(file: IO[bytes], path: Path) -> Generator[tuple[int, str], None, None]:
    import zlib

    number = 0
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="\n")
    try:
        while line := text.readline(_LONGEST_LINE):
            number += 1
            if len(line) == _LONGEST_LINE:
                raise InputError(
                    f"{at(path, row=number)}: a line of more than {_LONGEST_LINE} characters; "
                    "this is no GeoNames table"
                )
            if stripped := line.rstrip("\r\n"):
                yield number, stripped
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: after line {number}: no UTF-8; GeoNames' files are") from error
    except zlib.error as error:
        raise InputError(f"{path}: a damaged archive: {error}; fetch it again") from error
    finally:
        text.detach()
