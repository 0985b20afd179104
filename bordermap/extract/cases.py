"""What the words before a party make it: a subject, an object, or led by a preposition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bordermap.extract.clauses import LEADS, NOT_SUBJECT
from bordermap.extract.timewords import MONTHS
from bordermap.extract.wordlists import word_set

if TYPE_CHECKING:
    from bordermap.extract.parties import Party

__all__ = ["is_led", "is_led_noun", "is_source", "is_target"]

_GROUPS = word_set("groups")
_GROUPS_OF = _GROUPS | {"of"}
_AIMS = frozenset({"at", "toward", "towards", "against", "on", "into", "over", "upon"})


def is_led(words: list[str], party: Party, begin: int) -> bool:
    """Return whether a preposition leads a party, so that it is no subject."""
    before = words[party.first - 1] if party.first else ""
    if before in {"the", "a", "an", "several", "two", "three", "some", "four"}:
        before = words[party.first - 2] if party.first - 2 >= begin else ""
    if before == "of" and words[max(0, party.first - 2)] in _GROUPS_OF:
        return False
    if before == "of" and words[max(0, party.first - 3)] in _GROUPS:
        return False
    return before in NOT_SUBJECT


def is_led_noun(words: list[str], token: int, begin: int) -> bool:
    """Return whether a noun is part of what a preposition leads: "a post in the zone"."""
    for before in range(token - 1, max(begin, token - 4) - 1, -1):
        if words[before] in _DATES or words[before].isdigit():
            return False  # "in February gunboats"
        if words[before] in NOT_SUBJECT:
            return not (words[before] == "of" and before and words[before - 1] in _GROUPS)
    return False


_DATES = frozenset(MONTHS) | frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "year", "month",
     "week", "night", "morning", "afternoon", "evening", "dawn", "today", "yesterday", ","]
)  # fmt: skip


def is_source(words: list[str], party: Party) -> bool:
    """Return whether a party is where something came from: "bullets from the North"."""
    return not {"from", "of", "by"}.isdisjoint(words[max(0, party.first - 2) : party.first])


def is_target(words: list[str], party: Party, head: int) -> bool:
    """Return whether a party after the verb is its object, or what it is aimed at."""
    led = words[max(0, party.first - 2) : party.first]
    if not _AIMS.isdisjoint(led):
        return True
    if not party.is_country and LEADS.isdisjoint(led):
        return True
    return party.first - head <= 2 and party.is_country
