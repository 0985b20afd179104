"""Whether a time only counts: "the sixth pair since late July", "the third case in 1998"."""

from __future__ import annotations

import re

__all__ = ["is_counted_since", "is_korean_count", "is_of_count"]


def is_korean_count(after: list[str]) -> bool:
    """Return whether days are counted in Korean: both of "지난달 9일 이후 39일 만이다"."""
    since = after[:1] in (["이후"], ["이래"])
    return any(w.startswith("만") for w in after[: 4 if since else 1])


_ORDINAL = re.compile(
    r"first|second|third|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf)th|latest|only|"
    r"\d+(?:st|nd|rd|th)"
)
_COUNT_REACH = 12


def is_of_count(words: list[str], first: int, last: int, *, year: str) -> bool:
    """Return whether a time only tells what is counted: "the third ambush of this month".

    Or "the third such case in 1998", where that is the year of the report.
    """
    if words[last - 1] != "this" and words[first : last + 1] != ["in", year]:
        return False
    lead = words[max(0, first - _COUNT_REACH) : first]
    return any(map(_ORDINAL.fullmatch, lead)) and not {";", "when"} & set(lead)


def is_counted_since(words: list[str], first: int, last: int) -> bool:
    """Return whether things are counted from a time: "the sixth pair since late July"."""
    lead = words[max(0, first - _COUNT_REACH) : first]
    return any(map(_ORDINAL.fullmatch, lead)) and words[last + 1 : last + 3] != [",", "when"]
