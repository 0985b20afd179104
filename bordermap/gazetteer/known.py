"""Which of many words are names at all: one pass over the index, no ranking."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from bordermap.gazetteer.folding import parse
from bordermap.gazetteer.ranking import forms, tier_quality

if TYPE_CHECKING:
    from bordermap.gazetteer.index import Index

__all__ = ["Known", "known_names"]


class Known(NamedTuple):
    """What is known of a name before anything is ranked.

    Attributes
    ----------
    quality
        1 for a name as the gazetteer writes it; less without its generic word
        or by its sound alone. Two unlike words may sound alike: ask for 0.97
        or more where the words come from running text.
    importance
        0 to 1: that of the likeliest place with this name.
    country
        ISO code of that place, or None where it is no country's (the DMZ).
    feature_class
        What that place is; see `bordermap.gazetteer.classes.CLASSES`.
    """

    quality: float
    importance: float
    country: str | None
    feature_class: str


def known_names(names: Iterable[str], index: Index) -> dict[str, Known]:
    """Return those of the names that lead to a place by spelling or by sound.

    Misspelt names are not guessed at. Names come back in the order given.
    """
    wanted = {name: forms(parse(name)) for name in dict.fromkeys(names)}
    hits = index.best({key for some in wanted.values() for key, _, _ in some})
    found: dict[str, Known] = {}
    for name, some in wanted.items():
        answers = [
            Known(quality * tier_quality(tier), importance, country, feature_class)
            for key, quality, _ in some
            for tier, importance, country, feature_class in hits.get(key, ())
        ]
        if answers:
            found[name] = max(answers, key=lambda a: (a.quality, a.importance))
    return found
