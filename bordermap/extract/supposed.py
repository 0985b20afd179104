"""Whether a clause is only supposed: feared, a condition, or meant for later."""

from __future__ import annotations

from itertools import pairwise

from bordermap.extract.signs import sign
from bordermap.extract.verbs import is_present
from bordermap.extract.wordlists import word_set

__all__ = ["is_supposed"]

_NEGATION = word_set("negation")
_MODAL = word_set("modal")
_IF = frozenset({"if", "unless", "whether", "should", "suppose", "lest"})
_HAS_IF = sign(_IF.__contains__)
_HAS_MODAL = sign(_MODAL.__contains__)


def is_supposed(words: list[str], clause: list[str], head: int, signs: int) -> bool:
    """Return whether a clause tells of what is feared, set as a condition, or meant for later."""
    start = head - len(clause)
    if (
        start
        and words[start - 1] in _BEFORE_SUPPOSED
        and (
            _is_feared(words, start, head)
            or _is_as_though(words, start)
            or _is_before_it(words, start, head)
        )
    ):
        return True
    if signs & _HAS_IF and _is_conditional(words, head):
        return True
    if signs & _HAS_MODAL:
        if not _MODAL.isdisjoint(clause[-5:]) and not _is_past_modal(clause):
            return True
        if _is_over_aside(words, start) or _is_of_whoever(words, head):
            return True
        if head and words[head - 1] in _GOES_ON and _is_listed_plan(words, head):
            return True
    if not clause:
        return False
    if signs & _HAS_ASKED and _is_asked(clause):
        return True
    if clause[-1] == "be" and "to" not in clause[-3:]:
        return True  # "demanded that the drones be shot down"
    if clause[-2:] == ["have", "been"] and clause[-4:-2] in (["was", "to"], ["were", "to"]):
        return True  # "leaflets were to have been let go"
    # "Had the alarm been raised", "thought they had been fired at".
    if clause[0] == "had" and len(clause) > 1 and clause[1] in _SUBJECT:
        return True
    if _THOUGHT.isdisjoint(clause):
        return False
    # "He is thought to have crawled through".
    return any(
        word in _THOUGHT and clause[at + 1 : at + 3] != ["to", "have"]
        for at, word in enumerate(clause)
    )


def _is_asked(clause: list[str]) -> bool:
    """Return whether a clause is only asked about, or provided for.

    >>> _is_asked("they were asking him how he".split())
    True
    >>> _is_asked("they searched the beach in case agents had been".split())
    True
    """
    if any(a == "in" and b == "case" for a, b in pairwise(clause)):
        return True
    at = next((n for n, word in enumerate(clause) if word in _QUESTIONS), None)
    return at is not None and not _ASKS.isdisjoint(clause[:at])


_QUESTIONS = frozenset(["how", "why"])
_HAS_ASKED = sign((_QUESTIONS | {"case"}).__contains__)
_ASKS = frozenset(
    ["ask", "asks", "asked", "asking", "find", "finding", "learn", "know", "look", "looking",
     "looked", "determine", "understand", "investigate", "investigating", "wondered", "questioned",
     "explain", "unclear"]
)  # fmt: skip


_BEFORE_SUPPOSED = frozenset(["that", "though", "if", "before"])
_GOES_ON = frozenset(["and", "or", ","])
_SUBJECT = frozenset(["the", "a", "an", "they", "it", "he", "she", "its", "their", "any", "no"])
_THOUGHT = frozenset(["thought", "imagined", "dreamed", "dreamt", "mistook", "pretended"])
_FEARED = frozenset(
    ["feared", "fear", "fears", "suspected", "denied", "denies", "deny", "doubted", "threatened",
     "rumor", "rumors", "rumour", "rumours", "speculation", "fabricated", "groundless", "supposes",
     "supposed", "assumes", "assumed", "imagines", "imagined", "envisages", "pretends", "scenario"]
)  # fmt: skip
_CLAIMS = frozenset(
    ["claim", "claims", "report", "reports", "allegation", "allegations", "charge", "charges",
     "accusation", "accusations", "story", "suggestion", "suggestions", "word", "notion", "idea"]
)  # fmt: skip
_FALSE = frozenset(
    ["false", "untrue", "wrong", "unfounded", "lie", "lies", "fabrication", "invention", "nonsense",
     "dismissed", "dismisses", "rejected", "rejects", "denied", "denies", "refuted", "groundless",
     "baseless", "mistaken"]
)  # fmt: skip


def _is_false(words: list[str], start: int, head: int) -> bool:
    """Return whether a claim is said to be false, before it is told or after.

    "Dismissed reports that ...", "no truth in the claim that ...", "a report that ... was false".
    """
    lead = words[max(0, start - 9) : start - 2]
    return (
        not _FALSE.isdisjoint(lead)
        or ("no" in lead and "truth" in lead)
        or not _FALSE.isdisjoint(words[head + 1 : head + 12])
    )


def _is_feared(words: list[str], start: int, head: int) -> bool:
    """Return whether a clause is what someone fears or denies: "feared that a bomb had ..."."""
    if words[start - 1 : start] != ["that"]:
        return False
    if words[start - 2] in _WRONGLY or words[start - 3 : start - 1] in _RULED_OUT:
        return True
    if words[start - 2] in _CLAIMS and _is_false(words, start, head):
        return True
    # "Could not confirm that", "no sign that".
    unsure = bool(_UNCONFIRMED & set(words[max(0, start - 3) : start - 1])) and bool(
        _NEGATION & set(words[max(0, start - 6) : start - 1])
    )
    return unsure or bool(_FEARED & set(words[max(0, start - 5) : start - 1]))


_WRONGLY = frozenset({"wrongly", "falsely", "mistakenly", "incorrectly", "erroneously"})
_RULED_OUT = (["ruled", "out"], ["rules", "out"], ["ruling", "out"])
_UNCONFIRMED = frozenset(
    ["confirm", "confirmed", "prove", "proof", "evidence", "sign", "signs", "indication", "verify",
     "established", "establish", "certain", "sure", "clear", "report", "word", "believe"]
)  # fmt: skip


def _is_as_though(words: list[str], start: int) -> bool:
    """Return whether a clause only compares: "as though no ship had ever been sunk"."""
    return words[start - 2 : start] in (["as", "though"], ["as", "if"])


_REACHED = frozenset(["got", "reached", "entered", "crossed", "approached", "came", "neared"])


def _is_before_it(words: list[str], start: int, head: int) -> bool:
    """Return whether somebody was stopped in time: "turned back before they reached the line"."""
    return (
        words[start - 1 : start] == ["before"]
        and head - start <= 2
        and words[head] in _REACHED
        and words[start] in {"they", "it", "he", "she", "the", "any"}
    )


def _is_conditional(words: list[str], head: int) -> bool:
    """Return whether an "if" before the head is not closed by a comma and a main clause."""
    for token in range(head - 1, max(-1, head - 13), -1):
        if words[token] in _IF:
            return words[token] != "should" or token == 0
        if words[token] in {",", ";", "."}:
            return False
    return False


def _is_past_modal(clause: list[str]) -> bool:
    """Return whether a modal is followed by its own verb ("would be able after it fired")."""
    tail = clause[-5:]
    at = max(i for i, word in enumerate(tail) if word in _MODAL)
    # "may 3" is a month, "will" and "can" stand right before their verb or its adverb.
    following = tail[at + 1 :]
    if tail[at] == "must" and following[:1] == ["have"] and "been" not in following:
        return True  # "the pilot must have crossed the line by mistake"
    if tail[at] == "may" and following and following[0][0].isdigit():
        return True
    return len(following) >= 3 and not {"and", "or", "be", "have", "not"} & set(following)


def _is_of_whoever(words: list[str], head: int) -> bool:
    """Return whether it is told of whoever may do it: "would fire on ships that cross the line"."""
    if words[head - 1] not in _RELATIVE or not is_present(words[head]):
        return False
    return not _MODAL.isdisjoint(words[max(0, head - _MEANT) : head - 1])


_RELATIVE = frozenset({"that", "which", "who"})
_MEANT = 12
_ASIDE = 9


def _is_over_aside(words: list[str], start: int) -> bool:
    """Return whether only an aside parts a verb from its modal: "could, with effort, have sunk"."""
    if words[start - 1 : start] != [","]:
        return False
    for token in range(start - 2, max(0, start - _ASIDE), -1):
        if words[token] == ",":
            return words[token - 1] in _MODAL
    return False


def _is_listed_plan(words: list[str], head: int) -> bool:
    """Return whether a verb goes on a list that "would" began: "would send men, put up walls"."""
    for token in range(head - 2, max(-1, head - 26), -1):
        if words[token] in {".", ";", ":", "that", "who", "after", "said"}:
            return False
        if words[token] in _MODAL and not words[token + 1][0].isdigit():  # "on May 6"
            return True
    return False
