"""Whether a date is of another clause than a deed's, and is only lent to it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bordermap.extract.verbs import is_past
from bordermap.extract.wordlists import word_set

if TYPE_CHECKING:
    from bordermap.extract.dates import DateFound
    from bordermap.extract.events import Trigger

__all__ = ["is_just_before", "is_lent", "is_of_blame"]

_SAYS = word_set("says") | word_set("said") | word_set("speech") | {"saying", "claiming", "telling"}
_WHO = frozenset({"who", "whom", "which", "that", "whose"})
_AUXILIARY = frozenset(["was", "were", "is", "are", "had", "has", "have", "been", "be"])
_STOPS = frozenset([",", ";", ":", "(", ")", "and", "but", "when", "after", "before", "while"])
_JOINS = frozenset(["and", "but", "while"])


def is_lent(found: DateFound, trigger: Trigger, words: list[str]) -> bool:
    """Return whether a date is of another clause than a trigger: another may be better.

    The clause that tells of whom the other speaks ("searched on Monday for two men who shot
    him"), or one joined to it ("came over, and were in port on Monday").
    """
    if not words[trigger.head].isascii():
        return found.first > trigger.head and _is_what_of(words, trigger.head)
    if is_of_blame(words, found, trigger) or _is_of_charge(words, found, trigger):
        return True
    if trigger.is_noun or found.is_before_clause:
        return False
    if found.last < trigger.head:
        return _is_relative(words, found.last + 1, trigger.head) or (
            _is_answered(words, found, trigger.head)
        )
    return _is_of_joined(words[trigger.last + 1 : found.first]) or (
        _is_of_main(words, trigger, found.first)
    )


def is_of_blame(words: list[str], found: DateFound, trigger: Trigger) -> bool:
    """Return whether a date tells when somebody was blamed, thanked or mourned for a deed.

    "Was condemned last week for firing a rocket", "apologised on Monday for the sinking".
    """
    begin = max(0, trigger.first - _BLAME_REACH)
    for token in range(trigger.first - 1, begin - 1, -1):
        word = words[token]
        if word in {";", ":"} or word in _WHO:
            return False
        if word in _FOR and found.last < token:
            lead = words[max(0, token - _BLAME_REACH) : token]
            return any(w.startswith(_BLAMES) for w in lead)
    return False


def _is_of_charge(words: list[str], found: DateFound, trigger: Trigger) -> bool:
    """Return whether a date is of the charge: "accused the South on Saturday of firing at it"."""
    between = words[found.last + 1 : trigger.first]
    lead = words[max(0, found.first - _BLAME_REACH) : found.first]
    return between[:1] == ["of"] and any(w.startswith("accus") for w in lead)


_BLAME_REACH = 12
_FOR = frozenset({"for", "over", "into"})
_BLAMES = (
    "condemn", "denounc", "deplor", "blam", "accus", "criticiz", "criticis", "rebuk", "protest",
    "apolog", "regret", "sanction", "punish", "sentenc", "jail", "indict", "charg", "thank",
    "prais", "rewarded", "return", "retaliat", "reveng", "honor", "honour", "decorat", "mourn",
    "welcomed", "sorry", "inquir", "investigat", "probe",
)  # fmt: skip


def _is_answered(words: list[str], found: DateFound, head: int) -> bool:
    """Return whether a day is of what followed a deed: "on alert on Friday after a bomb fell"."""
    between = words[found.last + 1 : head]
    if "after" not in between:
        return False
    before = between[: between.index("after")]
    return _AFTER_DAYS.isdisjoint(before[-2:])  # but "two days after"


_AFTER_DAYS = frozenset({"day", "days", "week", "weeks", "month", "months", "hours", "soon"})


def _is_what_of(words: list[str], head: int) -> bool:
    """Return whether Korean words name what another thing is about: "사격 지시에 대해 항의했다"."""
    return any(
        a.endswith("에") and b.startswith(("대해", "대한", "대응", "항의", "맞서", "반발"))
        for a, b in pairwise(words[head : head + 4])
    )


def _is_relative(words: list[str], begin: int, head: int) -> bool:
    """Return whether a verb is that of a relative clause which begins after a date."""
    if is_just_before(words, head):
        return True
    for token in range(head - 1, begin, -1):
        word = words[token]
        if word in _WHO:
            return words[token - 1] not in _SAYS and not _is_time(words[token - 1])
        if word in _STOPS or (is_past(word) and word not in _AUXILIARY):
            return False
    return False


_ONCE_DONE = frozenset({"after", "when", "once"})
_MET = (
    "fired", "shot", "shoot", "opened", "chas", "pursu", "drove", "driv", "turned", "warned",
    "shell", "seiz", "captur", "intercept", "stopped", "halted", "caught", "detain", "arrest",
)  # fmt: skip
_SHORT = 9


def is_just_before(words: list[str], head: int) -> bool:
    """Return whether what "had" been done was so just before what is told with it.

    >>> is_just_before("they went back after guards had fired into the air".split(), 6)
    True
    >>> is_just_before("they fired at boats that had crossed the line".split(), 6)
    True
    >>> is_just_before("they sent back the boat that it had seized".split(), 8)
    False
    """
    for token in range(head - 1, max(0, head - _SHORT), -1):
        word = words[token]
        if word in _ONCE_DONE:
            # "Three days after two had been killed".
            return "had" in words[token:head] and not words[token - 1].startswith(_UNITS)
        if word in {"that", "which", "who"}:
            lead = words[max(0, token - 12) : token]
            return "had" in words[token:head] and any(w.startswith(_MET) for w in lead)
        if word in {",", ";"}:
            return False
    return False


_UNITS = ("day", "week", "month", "year", "hour", "decade")


def _is_time(word: str) -> bool:
    return word.endswith("day") or word in {",", "it"}


def _is_of_joined(between: list[str]) -> bool:
    """Return whether a clause with a verb of its own is joined on before a date."""
    for at, (comma, word) in enumerate(pairwise(between)):
        if comma == "," and word in _JOINS:
            return any(w in _AUXILIARY or is_past(w) for w in between[at + 2 :])
    return False


def _is_of_main(words: list[str], trigger: Trigger, date: int) -> bool:
    """Return whether the main verb stands between a relative clause and a date.

    "Pilots whose helicopter came down there were the subject of messages on Monday".
    """
    for token in range(trigger.first - 1, max(-1, trigger.first - 8), -1):
        if words[token] in _STOPS:
            return False
        if words[token] in _WHO:
            break
    else:
        # "Officials killed in a blast were flown home on Tuesday".
        if trigger.is_noun or not is_past(words[trigger.head]):
            return False
    for token in range(trigger.last + 1, date):
        if words[token] in _STOPS or words[token] in _WHO:
            return False
        if words[token] in _MAIN:
            return True
    return False


_MAIN = frozenset(
    ["was", "were", "is", "are", "has", "have", "remained", "stayed", "died", "arrived", "appeared",
     "returned", "underwent", "left"]
)  # fmt: skip
