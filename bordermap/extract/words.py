"""Words that tell names of places from other names."""

from __future__ import annotations

from bordermap.extract.wordlists import word_set

__all__ = [
    "AREA_NOUNS",
    "GENERIC",
    "LOCATIVE",
    "NEVER_PLACES",
    "ORGANISATION",
    "ROUTE",
    "SHIP",
    "SURNAMES",
    "TITLES",
]

NEVER_PLACES = word_set("never_places")
"""Folded names that are never looked for: common words, ships, weapons, bare syllables."""

SURNAMES = word_set("surnames")
"""Korean and a few Chinese surnames in the spellings of news."""

TITLES = word_set("titles")
"""Words before a person's name."""

ORGANISATION = word_set("organisation")
"""Words that make a name with a place in it the name of something else."""

ROUTE = word_set("route")
"""Words that make it a road's or a railway's name."""

SHIP = word_set("ship")
"""Words before a ship's name."""

GENERIC = word_set("generic")
"""Words after a name that say what kind of place it is."""

AREA_NOUNS = word_set("area_nouns")
"""Words after the name of a capital that show that the town is meant."""

LOCATIVE = word_set("locative")
"""Words before the name of a capital or country that show that the place is meant."""
