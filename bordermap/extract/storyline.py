"""The day that a text goes on with: of what it told of last, and not of what was said of it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from bordermap.extract.verbs import is_past
from bordermap.extract.wordlists import word_set
from bordermap.table import DatePrecision

if TYPE_CHECKING:
    from bordermap.extract.dates import DateFound
    from bordermap.extract.tokens import Sentence

__all__ = ["Told", "go_on", "is_of_deed"]


class Told(NamedTuple):
    """The day of what was told of last.

    Attributes
    ----------
    day
        The day.
    sentence
        The number of the sentence that gave it.
    is_late
        Whether it was told of the evening or the night.
    """

    day: date
    sentence: int
    is_late: bool = False

    def then(self, sentence: Sentence, number: int) -> Told:
        """Return the day of a sentence that gives none: "shortly after 3 a.m." is the next day.

        "Hours before the flight" is the same day, however far back that was told.
        """
        if _HOURS.search(sentence.plain):
            return Told(self.day, number, self.is_late)
        if self.is_late and _EARLY.search(sentence.plain):
            return Told(self.day + timedelta(days=1), number)
        return self


_EARLY = re.compile(
    r" (?:(?:12|[1-9])(?::\d\d)? a ?\.? ?m\.?|(?:before|at) (?:dawn|daybreak)|"
    r"(?:after|past) midnight|새벽[^ ]*) "
)
_HOURS = re.compile(r" (?:hours|minutes|moments) (?:before|after|earlier|later|afterwards?) ")
_LATE = frozenset({"night", "evening", "late", "p.m", "p.m.", "밤", "저녁", "tonight"})


def go_on(
    told: Told | None, sentence: Sentence, number: int, dates: list[DateFound]
) -> Told | None:
    """Return the day that a text goes on with after a sentence.

    Parameters
    ----------
    told
        The day that it went on with before.
    sentence, number
        The sentence and its number in the text.
    dates
        The sentence's expressions of time.
    """
    if told is not None:
        told = told.then(sentence, number)
    for found in dates:
        span = found.span
        if span is None or span.precision is not DatePrecision.DAY:
            continue
        if is_of_deed(found, sentence.words):
            near = sentence.words[max(0, found.first - 1) : found.last + 2]
            told = Told(span.end, number, not _LATE.isdisjoint(near))
    return told


def is_of_deed(found: DateFound, words: list[str]) -> bool:
    """Return whether a day is of what a sentence tells, not of saying it or of another thing."""
    if found.is_saying or found.is_future or found.is_attribute or found.is_before_clause:
        return False
    return not (_tells_which(words, found.first) or _is_of_speech(words, found))


_THINGS = frozenset({"the", "its", "their", "a", "an"})
_SUBJECT_WORDS = 4


def _tells_which(words: list[str], first: int) -> bool:
    """Return whether a date tells which thing is meant: "the test on Jan. 6 had come to six"."""
    first -= words[first - 1 : first] == ["on"]
    return 0 < first <= _SUBJECT_WORDS and words[0] in _THINGS and words[first] in {"on", "of"}


_SPEECH = word_set("said") | word_set("says") | word_set("speech")
_ENDS = word_set("clause_ends")
# "The war is to stop tonight".
_TO_COME, _IS = frozenset({"will", "would"}), frozenset({"is", "are"})


def _is_of_speech(words: list[str], found: DateFound) -> bool:
    """Return whether the verb of a date's own clause is one of saying: "on Monday they agreed"."""
    begin = next((t for t in range(found.first - 1, -1, -1) if words[t] in _ENDS), -1)
    lead = words[begin + 1 : found.first]
    if not _TO_COME.isdisjoint(lead) or any(a in _IS and b == "to" for a, b in pairwise(lead)):
        return True
    before = [t for t in range(begin + 1, found.first) if _is_verb(words[t])]
    after = (t for t in range(found.last + 1, len(words)) if _is_verb(words[t]))
    verb = before[-1] if before else next(after, None)
    return verb is not None and words[verb] in _SPEECH and not _is_bidden(words, verb)


def _is_verb(word: str) -> bool:
    return is_past(word) and word not in _BE


def _is_bidden(words: list[str], verb: int) -> bool:
    """Return whether somebody was told to do something: "the ship was told to go round"."""
    return words[verb - 1] in _BE and words[verb + 1 : verb + 2] == ["to"]


_BE = frozenset({"was", "were"})
