"""The countries to which answers are limited."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from bordermap.errors import InputError
from bordermap.gazetteer.answers import SIDES

if TYPE_CHECKING:
    from bordermap.gazetteer.book import Gazetteer

__all__ = ["countries_of"]


def countries_of(
    gazetteer: Gazetteer, *, country: str | None, side: str | None
) -> set[str | None] | None:
    """Return the countries to which answers are limited, None for no limit.

    A side also keeps what is no country's: the line, the zone, the seas.

    Raises
    ------
    InputError
        The gazetteer has no place in such a country.

    Examples
    --------
    >>> from bordermap.gazetteer import Gazetteer
    >>> countries_of(Gazetteer.open(), country="kr", side=None)
    {'KR'}
    """
    on_side = None if side is None else {SIDES[side], None}
    if country is None:
        return on_side
    code = _known(gazetteer, country)
    return {code} if on_side is None or code in on_side else set()


def _known(gazetteer: Gazetteer, country: str) -> str:
    code = country.strip().upper()
    if gazetteer.index.has_country(code):
        return code
    named = [m for m in gazetteer.search(country, limit=1) if m.feature_class == "country"]
    near = [m.country for m in named if m.country] or difflib.get_close_matches(
        code, sorted(gazetteer.index.countries()), n=3
    )
    meant = f" (did you mean {' or '.join(near)}?)" if near else ""
    raise InputError(
        f'--country "{country}": the gazetteer has no such country{meant}; give an ISO code of '
        "two letters, KP for the North, KR for the South"
    )
