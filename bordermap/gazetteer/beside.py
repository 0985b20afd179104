"""A table with the places that one of its columns names, beside its rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from bordermap.errors import InputError
from bordermap.gazetteer.answers import SIDES
from bordermap.gazetteer.column import geocode_column
from bordermap.gazetteer.ranking import Context

if TYPE_CHECKING:
    import pandas as pd

    from bordermap.gazetteer.book import Gazetteer

__all__ = ["contexts_in", "found_places", "names_in", "with_places"]


def names_in(frame: pd.DataFrame, column: str, *, name: str) -> pd.Series:
    """Return a column of names as text without spaces around; missing ones stay so.

    Parameters
    ----------
    frame
        A table.
    column
        One of its columns.
    name
        What an error calls the table.

    Raises
    ------
    InputError
        There is no such column.
    """
    if column not in frame:
        raise InputError(
            f'{name}: no column "{column}"; it has {", ".join(map(str, frame.columns))}'
        )
    return frame[column].astype("str").where(frame[column].notna()).str.strip()


def contexts_in(
    frame: pd.DataFrame, names: pd.Series, column: str | None, *, gazetteer: Gazetteer, name: str
) -> Sequence[Context]:
    """Return what a column of prose tells of each name; nothing without such a column."""
    if column is None:
        return [Context()] * len(names)
    names_in(frame, column, name=name)
    texts = frame[column].astype("str").fillna("")
    return [
        gazetteer.context_of(text, place) if isinstance(place, str) else Context()
        for place, text in zip(names.tolist(), texts.tolist(), strict=True)
    ]


def found_places(
    names: Any,
    contexts: Sequence[Context],
    countries: Collection[str | None] | None,
    gazetteer: Gazetteer,
) -> pd.DataFrame:
    """Return one row a name, as the gazetteer geocodes a column, with the side."""
    import pandas as pd

    column = pd.Series(list(names), dtype="str", name="name")
    found = geocode_column(column, gazetteer=gazetteer, contexts=contexts, countries=countries)
    # Half-way between two namesakes is neither.
    found[["lon", "lat"]] = found[["lon", "lat"]].where(~found["two_sides"])
    side = found["country"].map({country: side for side, country in SIDES.items()})
    return found.assign(side=side.astype("str").where(side.notna()))


def with_places(frame: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Return a table with places beside its rows; taken column names get ``geocoded_`` before."""
    taken = {c: f"geocoded_{c}" for c in found.columns if c in frame.columns}
    if taken.keys() & {"lon", "lat"}:
        taken |= {"lon": "geocoded_lon", "lat": "geocoded_lat"}
    return frame.assign(**found.rename(columns=taken).set_axis(frame.index))
