"""Which columns of a known source are which of ours: data files, one a source.

``mappings/ID.toml`` names the codebook it follows; see docs/import.md.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bordermap.errors import InputError

__all__ = ["SourceMapping", "Values", "mapping_of", "mappings", "plain", "recognised"]

_FOLDER = Path(__file__).resolve().parent / "mappings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """How the codes of a source's columns become values of one of ours.

    ``columns`` are tried in order until one gives a value. With ``prefix`` the
    longest beginning of a code that is known counts (CAMEO: 1831, 183, 18).
    ``strict`` refuses a code that the codebook does not have.
    """

    columns: tuple[str, ...]
    values: Mapping[str, str]
    prefix: bool = False
    strict: bool = False
    default: str | None = None

    def of(self, code: str) -> str | None:
        """Return our value of a code, or None."""
        code = code.strip()
        if code in self.values:
            return self.values[code]
        folded = code.casefold()
        for length in range(len(folded) - 1, 0, -1) if self.prefix else ():
            if folded[:length] in self.values:
                return self.values[folded[:length]]
        return self.values.get(folded)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMapping:
    """One source: how its table is known, and what its columns and codes mean.

    Attributes
    ----------
    id, title, codebook, url
        Its name, and the codebook that the mapping follows.
    needs
        Sets of columns; a table that has all of one set is of this source.
    columns
        Our column -> its columns, the first that is there counts.
    first_of
        Our columns whose cells list several values, and what parts them.
    join
        Our columns that are several of its columns in one text.
    values
        Our columns that are made from codes.
    counts
        Keys of ``quantities`` -> its columns.
    spread
        Whether a date with week or month precision stands for the days around it.
    headers
        Number of columns -> their names, for files without a header.
    """

    id: str
    title: str
    codebook: str
    url: str
    needs: tuple[frozenset[str], ...]
    columns: Mapping[str, tuple[str, ...]]
    first_of: Mapping[str, str]
    join: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Values]
    counts: Mapping[str, str]
    spread: bool
    headers: Mapping[int, tuple[str, ...]]


def plain(column: object) -> str:
    """Return a column's name as mappings write it: lower case, words joined by ``_``."""
    return "_".join(str(column).strip().lower().replace("-", "_").split())


@functools.cache
def mappings() -> tuple[SourceMapping, ...]:
    """Return all packaged mappings, by id."""
    return tuple(_loaded(path) for path in sorted(_FOLDER.glob("*.toml")))


def mapping_of(id: str) -> SourceMapping:
    """Return a packaged mapping.

    Raises
    ------
    InputError
        There is none of this id.
    """
    for mapping in mappings():
        if mapping.id == id:
            return mapping
    known = ", ".join(m.id for m in mappings())
    raise InputError(f'"{id}" is no source with a mapping; use one of {known}')


def recognised(columns: Iterable[object]) -> SourceMapping | None:
    """Return the source whose columns a table has; of several, the one that asks for most."""
    have = {plain(c) for c in columns}
    fits = [
        (len(needs), mapping) for mapping in mappings() for needs in mapping.needs if needs <= have
    ]
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def _loaded(path: Path) -> SourceMapping:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return SourceMapping(
        id=path.stem,
        title=data["title"],
        codebook=data["codebook"],
        url=data["url"],
        needs=tuple(frozenset(needs) for needs in data["needs"]),
        columns={ours: tuple(theirs) for ours, theirs in data["columns"].items()},
        first_of=data.get("first_of", {}),
        join={ours: tuple(theirs) for ours, theirs in data.get("join", {}).items()},
        values={ours: _values(rule) for ours, rule in data.get("values", {}).items()},
        counts=data.get("counts", {}),
        spread=data.get("spread", False),
        headers={
            len(names): tuple(plain(n) for n in names) for names in data.get("headers", {}).values()
        },
    )


def _values(rule: dict[str, Any]) -> Values:
    return Values(
        columns=tuple(rule["from"]),
        values={str(k).casefold(): str(v) for k, v in rule["map"].items()},
        prefix=rule.get("prefix", False),
        strict=rule.get("strict", False),
        default=rule.get("default"),
    )
