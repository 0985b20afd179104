"""Verbs that tell of no incident of their kind: "flew by helicopter", "building material"."""

from __future__ import annotations

import re
from collections.abc import Callable

from bordermap.extract.verbs import is_attribute
from bordermap.table import Kind

__all__ = ["MERE"]


def _is_carried(words: list[str], head: int) -> bool:
    """Return whether only people flew: "the wounded were flown by helicopter"."""
    if words[head] not in _CARRIED:
        return False
    if words[head] == "flew":  # "flew to the town by helicopter for a briefing"
        return ["by", "helicopter"] in (words[n : n + 2] for n in range(head + 1, head + 6))
    if words[head + 1 : head + 2] == ["by"]:
        return True
    is_passive = not _WERE.isdisjoint(words[max(0, head - 2) : head])
    return is_passive and not _PLANE.search(" ".join(words[max(0, head - 9) : head]))


def _is_no_work(words: list[str], head: int) -> bool:
    """Return whether nothing was built: "building material", "cut the fence" and came through."""
    after = words[head + 1 : head + 6]
    if words[head] == "cut":
        return not _FENCE.isdisjoint(after)
    if words[head] == "building":
        return not _STUFF.isdisjoint(after[:1])
    return words[head] == "fortified" and is_attribute(words, head)


def _is_not_taken(words: list[str], head: int) -> bool:
    """Return whether nobody was taken: "boarded their own boat", "kin of abducted fishermen"."""
    if words[head] == "boarded":
        return "own" in words[head + 1 : head + 4]
    if words[head] not in _TAKEN:
        return False
    is_plane = words[head - 1] == "a" and not _PLANES.isdisjoint(words[head + 1 : head + 2])
    return is_plane or words[head - 1] in {"of", "for", "about"}


_WERE = frozenset({"was", "were", "been"})
_PLANE = re.compile(r"plane|jet|fighter|bomber|helicopter|mig|aircraft|drone|airliner|balloon")


_CARRIED = frozenset({"flew", "flown", "taken", "airlifted", "evacuated", "carried"})
_TAKEN = frozenset(
    {"hijacked", "abducted", "kidnapped", "captured", "seized", "detained", "missing"}
)
_PLANES = frozenset({"airliner", "plane", "jet"})
_FENCE = frozenset({"fence", "fences", "wire", "hole", "mesh"})
_STUFF = frozenset({"material", "materials", "supplies", "blocks"})

MERE: dict[Kind, Callable[[list[str], int], bool]] = {
    Kind.AIRCRAFT: _is_carried,
    Kind.CONSTRUCTION: _is_no_work,
    Kind.ABDUCTION: _is_not_taken,
    Kind.MINE: lambda words, head: words[head] == "mined" and words[head - 1] == "heavily",
    Kind.GUNFIRE: lambda words, head: (
        words[head] == "shot" and "down" in words[head + 1 : head + 3]
    ),
}
"""By kind: whether the verb at a token means something else."""
