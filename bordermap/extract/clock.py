"""At what time of day: "around 11 a.m." as HH:MM, local to the line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bordermap.extract.signs import sign

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence

__all__ = ["find_time"]

# What every time of day has; a quick look before the whole pattern.
_HINT = sign(re.compile(r"[ap]\.m\.|\d*[ap]m$|noon|midnight|오전|오후|\d+:\d\d$").search)
_TIME = re.compile(
    r"(?<= )(?:(?P<h>\d{1,2})(?:[:.](?P<m>\d\d))? ?(?P<half>a\.m\.|p\.m\.|am|pm|a m|p m)"
    r"|(?P<h24>[01]\d|2[0-3]):(?P<m24>[0-5]\d)(?= (?:kst|local|on|hours))"
    r"|(?P<word>noon|midnight)"
    r"|(?P<ko_half>오전|오후) (?P<ko_h>\d{1,2})시(?:[^ \d]* (?P<ko_m>\d{1,2})분)?)"
    r"(?P<zone> \(?(?:et|est|edt|gmt|utc|pt|pst))?"
)


def find_time(sentence: Sentence, *, near: int) -> tuple[str, int, int] | None:
    """Return the time of day nearest to a token, with its own tokens (last inclusive).

    Times in the zones of other places are left out.

    >>> from bordermap.extract.tokens import sentences
    >>> find_time(sentences("It came at 1:20 p.m. on Friday.")[0], near=0)
    ('13:20', 3, 4)
    """
    if find_time not in sentence.notes:
        sentence.notes[find_time] = list(_times(sentence))
    found: list[tuple[str, int, int]] = sentence.notes[find_time]
    return min(found, key=lambda t: abs(t[1] - near)) if found else None


def _times(sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    if not sentence.signs & _HINT:
        return
    for match in _TIME.finditer(sentence.plain):
        value = _value(match)
        if value is not None and not match["zone"]:
            first = sentence.token_at(match.start())
            yield value, first, max(first, sentence.token_at(match.end()) - 1)


def _value(match: re.Match[str]) -> str | None:
    if match["word"]:
        return "12:00" if match["word"] == "noon" else "00:00"
    if match["h24"]:
        return f"{match['h24']}:{match['m24']}"
    if match["ko_h"]:
        hour, minute, late = int(match["ko_h"]), int(match["ko_m"] or 0), match["ko_half"] == "오후"
    else:
        hour, minute, late = int(match["h"]), int(match["m"] or 0), match["half"][0] == "p"
    if not 1 <= hour <= 12 or minute > 59:
        return None
    return f"{hour % 12 + 12 * late:02d}:{minute:02d}"
