"""English verbs by their forms: in the past, in the present, or only telling which thing."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from bordermap.extract.wordlists import word_set

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence

__all__ = [
    "ANSWERS",
    "IN_RETURN",
    "KOREAN_TOLD",
    "is_attribute",
    "is_general",
    "is_of_next_clause",
    "is_past",
    "is_present",
    "is_reply",
    "is_verbless",
    "is_way_home",
]  # fmt: skip

# So begin the words that say that fire, or a statement, answers another.
ANSWERS = ("answer", "repl", "respon", "return", "retaliat")
# What stands after a verb of fire that answers fire: "shot back", "in reply".
IN_RETURN = frozenset({"back", "return", "response", "reply", "retaliation", "kind"})

_IN_REPLY = frozenset(["reply", "return", "answer", "response", "retaliation", "kind"])


def is_reply(words: list[str], head: int) -> bool:
    """Return whether a verb, mostly of firing, tells of an answer.

    >>> is_reply("the South sent 40 rounds back".split(), 2)
    True
    >>> is_reply("they drew 15 rounds in reply".split(), 1)
    True
    """
    if words[head].startswith(ANSWERS):
        return True
    after = words[head + 1 : head + _REPLY_REACH]
    for at, word in enumerate(after):
        if word in {",", ".", ";", "and"}:
            return False
        if word == "back" and (at < 2 or after[at + 1 : at + 2] in ([], ["."], [","], [";"])):
            return True
        if word in {"in", "as"} and not _IN_REPLY.isdisjoint(after[at + 1 : at + 3]):
            return True
    return False


_REPLY_REACH = 7
_JOINS = frozenset(["and", "but", "while"])
_HAS = frozenset(["is", "are", "was", "were", "has", "have", "had"])


def is_of_next_clause(words: list[str], last: int, token: int) -> bool:
    """Return whether a clause of its own begins between two tokens.

    >>> is_of_next_clause("he fled, and they shut the city".replace(",", " ,").split(), 1, 7)
    True
    >>> is_of_next_clause("they fired at boats , and ships near it".split(), 1, 8)
    False
    """
    between = words[last + 1 : token]
    for at, (comma, word) in enumerate(pairwise(between)):
        if comma == "," and word in _JOINS:
            return any(w in _HAS or is_past(w) for w in between[at + 3 :])
    return False


_WAYS_HOME = frozenset(
    ["fled", "flee", "fleeing", "retreated", "retreating", "withdrew", "withdrawing", "vanished",
     "escaped", "escaping", "disappeared"]
)  # fmt: skip
_HOMEWARD = frozenset(["home", "back", "off", "away"])


def is_way_home(words: list[str], head: int) -> bool:
    """Return whether those who came over go home.

    >>> is_way_home("they had then walked home across the line".split(), 3)
    True
    """
    return words[head] in _WAYS_HOME or (
        not _HOMEWARD.isdisjoint(words[head + 1 : head + 2]) and not words[head].startswith("c")
    )


_PAST = word_set("past_irregular")
_FINITE = word_set("finite")
_MOST_WORDS = 40
# Ends like a verb in the past and is none, or only qualifies a noun.
_NO_PAST = re.compile(r"(?:un)?armed|guided|suspected|alleged|united|hundred|unmanned")


def is_verbless(sentence: Sentence) -> bool:
    """Return whether a sentence has no verb, as an item of a list or a headline."""
    words = sentence.words
    if len(words) > _MOST_WORDS or not _FINITE.isdisjoint(words):
        return False
    return not any(
        w in _PAST or (w.endswith("ed") and len(w) > 4 and not _NO_PAST.fullmatch(w)) for w in words
    )


def is_present(word: str) -> bool:
    """Return whether a verb stands in the present: what is told so, undated, is a habit.

    >>> is_present("crosses"), is_present("crossed"), is_present("sent")
    (True, False, False)
    """
    return word.isascii() and not word.endswith("ing") and not is_past(word)


def is_general(words: list[str], head: int) -> bool:
    """Return whether a word tells, without a date, of a habit or of a thing and not of a deed.

    >>> is_general("soldiers often cross the line".split(), 2)
    True
    >>> is_general("the hijacking of planes has become rare".split(), 1)
    True
    >>> is_general("they withdrew after crossing the line".split(), 3)
    False
    """
    word, before = words[head], words[head - 1] if head else ""
    if "가" <= word[0] <= "힣":
        return not any(KOREAN_TOLD.fullmatch(w) for w in words[head : head + 8])
    if word.endswith("ing"):
        return before in _BEFORE_GERUND
    if word in _POSTED:
        return before in {"are", "is", "remain", "permanently"}
    is_done = word.endswith("ed") or word in _DONE_TO
    if is_done and _IS & set(words[max(0, head - 2) : head]):
        return True  # "is itself smuggled", "are mostly dropped", "are sent there for road work"
    return before not in _WAS and is_present(word)


_IS = frozenset({"is", "are"})
_DONE_TO = frozenset({"sent", "brought", "taken", "driven", "thrown", "flown", "given", "held"})
# "Others were hurt": no present.
_WAS = frozenset({"was", "were", "been", "being"})
# "28,500 troops are stationed in the South": so it has long been.
_POSTED = frozenset(
    ["stationed", "based", "deployed", "garrisoned", "dug", "massed", "arrayed", "positioned",
     "placed", "concentrated", "hidden", "trained", "emplaced", "kept"]
)  # fmt: skip
_BEFORE_GERUND = frozenset(
    [
        "",
        "the",
        "a",
        "an",
        "of",
        "old",
        "new",
        "its",
        "their",
        "against",
        "for",
        "about",
        "border",
        "s",
        "'s",
        "any",
        "such",
        "no",
    ]
)
# A Korean verb in the past, or one that goes on to the next: "포착돼".
KOREAN_TOLD = re.compile(
    r"[가-힣]*(?:했|됐|었|았|졌|혔|렸|났|왔|갔|쐈|켰|겼|쳤|떴|봤|섰|웠|였|넜|녔|뒀|뺐|썼|탔)[가-힣]*|"
    r"[가-힣]+(?:돼|해|져|와|려|워|혀|한|된|쏘아|쏴|하고|하며|하자|하면서)"
)


def is_past(word: str) -> bool:
    """Return whether an English verb stands in the past.

    >>> is_past("crossed"), is_past("sent"), is_past("sending")
    (True, True, False)
    """
    return word.endswith("ed") or word in _PAST


_BEFORE_ATTRIBUTE = frozenset(
    ["the", "a", "an", "its", "their", "his", "'s", "another", "every", "each", "any", "of", "one",
     "two", "three", "some", "many", "several"]
)  # fmt: skip
_AFTER_VERB = frozenset(
    ["by", "in", "on", "at", "off", "near", "from", "to", "with", "for", "up", "out", "down",
     "back", "over", "into", "across", "through", "after", "before", "when", "while", "as", "and",
     "or", "the", "a", "an", "its", "their", "his", ",", ".", ";"]
)  # fmt: skip


def is_attribute(words: list[str], head: int) -> bool:
    """Return whether a participle only tells which thing is meant.

    >>> is_attribute("the hijacked plane landed".split(), 1)
    True
    >>> is_attribute("the plane hijacked in May landed".split(), 2)
    False
    """
    if not words[head].endswith("ed") or head == 0 or head + 1 >= len(words):
        return False
    if words[head + 1] in _AFTER_VERB:
        return False
    # "The heavily fortified border".
    before = head - 2 if words[head - 1].endswith("ly") and head > 1 else head - 1
    return words[before] in _BEFORE_ATTRIBUTE
