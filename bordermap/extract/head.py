"""What a report says of itself at its head: the day of publication."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from bordermap.extract.dates import full_date

if TYPE_CHECKING:
    from bordermap.extract.dates import DateFound
    from bordermap.extract.tokens import Sentence

__all__ = ["is_of_head", "published_in"]

_HEAD = 700
_DATED = re.compile(r"\b(?:19|20)\d\d\b")
_LONGEST_LINE = 90


def published_in(text: str) -> date | None:
    r"""Return the day in a short line at a text's head ("June 22, 2024 by ..."), or None.

    >>> published_in("Title\n\nJune 22, 2024 by A. Writer\n\nSoldiers crossed the line.")
    datetime.date(2024, 6, 22)
    >>> published_in("On June 22, 2024 soldiers crossed the line, and then they went back.")
    """
    for line in text[:_HEAD].splitlines():
        short = line.strip()
        if not _DATED.search(short) or len(short) > _LONGEST_LINE:
            continue
        if short.endswith((".", "\u3002")) and len(short.split()) > 8:
            continue
        found = full_date(short)
        if found is not None:
            return found
    return None


_LONGEST_BYLINE = 60


def is_of_head(found: DateFound, sentence: Sentence) -> bool:
    """Return whether a date is that of the report: "BBC, Thursday 17 July" below the headline."""
    text = sentence.text
    begin, last = sentence.span(found.first, found.last)
    start = text.rfind("\n", 0, begin) + 1
    if start > _HEAD:
        return False
    end = text.find("\n", last)
    line = text[start : end if end >= 0 else len(text)].strip()
    if len(line) > _LONGEST_BYLINE or line.endswith((".", "\u3002", "!", "?")):
        return False
    # A list's item goes on after its date: "June 8: two missiles".
    return last >= start + len(line.rstrip()) - 1
