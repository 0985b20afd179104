"""Prose to incidents: what a report says happened, with the words that say so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bordermap.extract.mention import Mention, Usage

if TYPE_CHECKING:
    import geopandas as gpd

    from bordermap.gazetteer import Gazetteer

__all__ = ["Mention", "Usage", "extract", "find_toponyms"]


def extract(
    text: str,
    *,
    published: date | None = None,
    name: str = "text",
    gazetteer: Gazetteer | None = None,
) -> gpd.GeoDataFrame:
    """Return the incidents that a text tells of, one row each.

    Parameters
    ----------
    text
        Plain text of one report.
    published
        The report's day, local to the line; "Thursday" counts from it. A date
        at the text's head is used where it is not given.
    name
        What to call the text: the ``source_title`` of the rows.
    gazetteer
        Where to look; the packaged one by default.

    Returns
    -------
    An incident table (see `bordermap.table`), EPSG:4326, with ``evidence`` (JSON:
    the words on which each field rests, with their offsets in ``text``) and
    ``remarks``. Where the place was resolved in its report, ``geometry``,
    ``radius_m`` (metres) and ``precision`` are filled; `bordermap.locate`
    resolves the rest.

    Examples
    --------
    >>> found = extract("Soldiers crossed the MDL on Thursday.", published=date(2024, 6, 22))
    >>> found[["kind", "place"]].values.tolist(), str(found["date_start"][0].date())
    ([['crossing', 'MDL']], '2024-06-20')
    """
    from bordermap.extract.assembly import read_text
    from bordermap.extract.frame import as_table, rows_of
    from bordermap.extract.gathered import Rows
    from bordermap.extract.head import published_in
    from bordermap.extract.lexicon import packaged_gazetteer

    book = gazetteer or packaged_gazetteer()
    reading = read_text(text, published=published or published_in(text), gazetteer=book)
    return as_table(Rows(rows_of(reading, book, name=name, source={})), name=name)


def find_toponyms(
    text: str, *, published: date | None = None, gazetteer: Gazetteer | None = None
) -> list[Mention]:
    """Return the names of places in a text, each with how it is meant and where it is.

    Names of countries and words for areas without a name ("the border") are
    left out.

    Parameters
    ----------
    text
        Plain text of one report.
    published
        The report's day; not needed for names, taken for symmetry.
    gazetteer
        Where to look; the packaged one by default.

    Examples
    --------
    >>> [(m.text, m.usage.value) for m in find_toponyms("Seoul said a drone fell near Paju.")]
    [('Seoul', 'metonym'), ('Paju', 'place')]
    """
    from bordermap.extract.assembly import read_mentions
    from bordermap.extract.lexicon import packaged_gazetteer

    del published
    found = [
        m
        for m in read_mentions(text, gazetteer or packaged_gazetteer())
        if m.usage in {Usage.PLACE, Usage.METONYM}
    ]
    return [m for m in found if m.feature_class != "country" and _is_name(m.text)]


# Names that some papers write in lower case; other lower-case words for areas are no names.
_LOWER_CASE = frozenset(
    ["demilitarized zone", "demilitarised zone", "military demarcation line", "demarcation line",
     "northern limit line", "joint security area", "civilian control line"]
)  # fmt: skip


def _is_name(text: str) -> bool:
    return text[0].isupper() or not text.isascii() or " ".join(text.split()) in _LOWER_CASE
