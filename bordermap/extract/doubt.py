"""Whether words say that something happened: not "would", "threatened to", "did not", "if"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from bordermap.extract.korean_doubt import is_asserted_korean
from bordermap.extract.signs import sign
from bordermap.extract.supposed import is_supposed
from bordermap.extract.timewords import MONTHS
from bordermap.extract.verbs import is_past
from bordermap.extract.wordlists import word_set

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence

__all__ = ["is_asserted"]

_CLAUSE_ENDS = word_set("clause_ends")
_MODAL = word_set("modal")
_NEGATION = word_set("negation")
# Words before an infinitive, a gerund or a noun that say it is not (yet) a fact.
_UNREAL = word_set("unreal")
# ... but after these it did happen.
_FACTUAL = word_set("factual")
_HABIT = word_set("habit")
_UNDONE_AFTER = frozenset(
    ["foiled", "thwarted", "prevented", "aborted", "cancelled", "canceled", "averted"]
)
_NOT_YET = frozenset(["scheduled", "planned", "slated", "expected", "next", "tomorrow", "upcoming"])
_HAS_HABIT = sign(_HABIT.__contains__)
_HAS_UNREAL = sign(_UNREAL.__contains__)
_HAS_UNDONE = sign((_UNDONE_AFTER | _NOT_YET).__contains__)


def is_asserted(sentence: Sentence, head: int, first: int, last: int, is_noun: bool) -> bool:
    """Return whether a sentence tells of the word at token ``head`` as of something that happened.

    Parameters
    ----------
    sentence
        The sentence.
    head
        The token of the verb or noun.
    first, last
        The tokens of the whole frame, last inclusive.
    is_noun
        Whether the word only names an incident.
    """
    words, signs = sentence.words, sentence.signs
    if "가" <= words[head][0] <= "힣":
        return is_asserted_korean(words, min(first, head), head)
    if words[-1] == "?" or (signs & _HAS_SPAN and _is_summed_up(words, head)):
        return False
    clause = _without_may(sentence, _clause(words, head), head)
    if is_supposed(words, clause, head, signs):
        return False
    if words[max(0, head - 2) : head] == ["all", "but"]:
        return False  # "all but drifted into northern waters"
    if words[head] in _CAME and words[head + 1 : head + 3] in _TO_BE:
        return False  # "how they came to be north of the line"
    if signs & (_HAS_POSSIBLE | _HAS_WILL) and (
        _is_said_possible(words, head, last) or _is_still_to_come(words, head, is_noun=is_noun)
    ):
        return False
    if signs & _HAS_DENIAL and _is_denied(words, clause, head):
        return _is_double(words, head, clause)
    if clause[-1:] == ["to"] or (clause[-2:-1] == ["to"] and _stands_in_infinitive(clause[-1])):
        return _is_real_infinitive(clause, words[head])
    if not is_noun and _is_habit(words, clause, head, signs):
        return False
    # Words of the frame itself cast no doubt: "warning shots were fired".
    if signs & _HAS_UNREAL and words[head] not in _SAYINGS:
        lead = clause if first >= head else _clause(words, first)
        if _is_unreal(lead, is_noun) and not _is_one_of_two(lead, words[head]):
            return False
    is_named = is_noun or (words[head].endswith("ing") and words[head - 1] == "the")
    if is_named and _is_spoken_of(words, head, last):
        return False
    return not signs & _HAS_UNDONE or not _is_undone(words, head, last)


def _is_habit(words: list[str], clause: list[str], head: int, signs: int) -> bool:
    """Return whether it is told of what is done often, or by whoever it may be."""
    is_gerund = words[head].endswith("ing")
    if is_gerund and not _ANYONE.isdisjoint(clause[-2:]):
        return True  # "orders to shoot anyone crossing the line"
    if is_gerund and clause[-1:] in (["people"], ["those"]) and not _MODAL.isdisjoint(clause):
        return True  # "may shoot at people fleeing to the North"
    start = head - len(clause)
    if (
        words[start - 1 : start] in (["who"], ["that"])
        and "any" in words[max(0, start - 3) : start]
    ):
        return True  # "threatened to wipe out any unit that came over the line"
    if any(a != "a" and b == "few" for a, b in pairwise(["", *clause[:-1]])):
        return True  # "few have gone over to the North"
    if words[start - 1 : start] in (["who"], ["that"]) and words[start - 2] in _ANYONE:
        return True  # "to fire on anybody who crossed the line"
    if not signs & _HAS_HABIT:
        return False
    if not _OFTEN.isdisjoint(words[head + 1 : head + 4]) and not _PERFECT.isdisjoint(clause[-4:]):
        return True  # "fishermen have been taken north often"
    # "Has frequently tested the South by firing": what is done by it is a habit too.
    reach = clause if is_gerund and clause[-1:] == ["by"] else clause[-4:]
    return not _HABIT.isdisjoint(reach)


def _is_denied(words: list[str], clause: list[str], head: int) -> bool:
    """Return whether words before or after a head say that it did not happen."""
    return (
        not _NEGATION.isdisjoint(clause[-4:])
        or not _NOBODY.isdisjoint(clause)
        or _has_no_object(words, head)
    )


def _is_undone(words: list[str], head: int, last: int) -> bool:
    """Return whether what follows says that it was foiled, or is still to come."""
    after = words[head + 1 : last + 8]
    if not _UNDONE_AFTER.isdisjoint(after):
        return True
    near = words[last + 1 : last + 4]
    if "next" in near and _NEXT_DAY.issuperset(words[last + 1 + near.index("next") :][1:2]):
        return False  # "fell silent the next day"
    return not _NOT_YET.isdisjoint(near) and "were" not in after


_NEXT_DAY = frozenset({"day", "morning", "night", "evening", "afternoon", "hour", "minute"})


_CAME = frozenset({"came", "come", "comes"})
_TO_BE = (["to", "be"], ["to", "know"], ["to", "believe"])


def _without_may(sentence: Sentence, clause: list[str], head: int) -> list[str]:
    """Return a clause without the month in it: "in May it had tested a device"."""
    if "may" not in clause:
        return clause
    start = head - len(clause)
    return [
        "" if word == "may" and n and sentence.raws[n] == "May" else word
        for n, word in enumerate(clause, start)
    ]


_OFTEN = frozenset({"often", "frequently", "repeatedly", "regularly"})
_PERFECT = frozenset({"has", "have", "had", "having", "'ve"})
_MANY = frozenset({"weeks", "months", "years", "decades"})
_HAS_SPAN = sign(lambda word: word in _MANY or word == "since")


def _is_summed_up(words: list[str], head: int) -> bool:
    """Return whether many deeds of a long time are told as one: "has fired 22 since May"."""
    is_perfect = not _PERFECT.isdisjoint(words[max(0, head - 3) : head])
    if is_perfect and _is_over_time(words, head):
        return True
    for token in range(head + 1, min(len(words), head + 30)):
        word = words[token]
        if word in {".", ";"} or word in _NEW_CLAUSE:
            return False
        if word == "since" and is_perfect:
            months = set(words[token + 1 : token + 3]) & MONTHS.keys()
            return bool(months) and any(
                w[0].isdigit() or w in _SERIES for w in words[head + 1 : head + 3]
            )
        if word in _MANY and "recent" in words[token - 2 : token]:
            return is_perfect or words[head].endswith("ing")
    return False


_YEAR = re.compile(r"(?:19|20)\d\d")


def _is_over_time(words: list[str], head: int) -> bool:
    """Return whether the words before a verb tell of a long time: "since 1953, it has dug four"."""
    lead = words[:head]
    if "since" in lead:
        after = lead[lead.index("since") + 1 :]
        inner = after[: after.index(",")] if "," in after else ()
        if any(map(_YEAR.fullmatch, inner)) or not _MANY.isdisjoint(lead[: lead.index("since")]):
            return True
    return any(
        a in {"past", "last", "recent"} and not _MANY.isdisjoint((b, c))
        for a, b, c in zip(lead, lead[1:], lead[2:], strict=False)
    )


_SERIES = frozenset({"spate", "series", "string", "barrage", "dozens", "number", "many"})
_NEW_CLAUSE = frozenset({"when", "after", "before", "which", "who", "that", "but"})


_ANYONE = frozenset(["anyone", "anybody", "whoever"])
_POSSIBLE = frozenset(
    ["possible", "likely", "unlikely", "imminent", "impossible", "unthinkable", "inevitable"]
)


_HAS_POSSIBLE = sign(_POSSIBLE.__contains__)


def _is_said_possible(words: list[str], head: int, last: int) -> bool:
    """Return whether it is only said to be likely or not: "a launch is possible at any time"."""
    after = words[head + 1 : last + 7]
    return any(a in _SEEMS and b in _POSSIBLE for a, b in pairwise(after))


def _is_spoken_of(words: list[str], head: int, last: int) -> bool:
    """Return whether a noun names no deed: "a further intrusion would be taken for war".

    "Such intrusions are common", "made the sending of leaflets a crime".
    """
    if not _MODAL.isdisjoint(words[last + 1 : last + 2]):
        return True
    if not _CRIME.isdisjoint(words[last + 1 : last + 5]):
        return True
    after = words[head + 1 : head + 4]
    return "such" in words[max(0, head - 2) : head] and (
        after[:1] in (["are"], ["were"]) and not _COMMON.isdisjoint(after[1:])
    )


_CRIME = frozenset({"crime", "illegal", "offense", "offence", "punishable"})
_COMMON = frozenset({"common", "frequent", "routine", "rare", "usual", "regular", "unusual"})


def _is_still_to_come(words: list[str], head: int, *, is_noun: bool) -> bool:
    """Return whether a deed is one of several that "would" be done: "would cut roads and build"."""
    lead = words[max(0, head - _AHEAD) : head]
    if _WILL.isdisjoint(lead):
        return False
    word = words[head]
    if lead[-1] in {"and", "or"} and not (is_past(word) or word.endswith(("s", "ing"))):
        return True
    # "The exercise will include training against drones and missiles fired at bases".
    begin = max(n for n, w in enumerate(lead) if w in _WILL)
    is_participle = is_noun or word.endswith("ed")
    return is_participle and "training" in lead[begin:] and _NEW_CLAUSE.isdisjoint(lead[begin:])


_WILL = frozenset({"will", "would"})
_HAS_WILL = sign(_WILL.__contains__)
_AHEAD = 22
_SEEMS = frozenset(["is", "are", "was", "seems", "become", "remains"])
_NOBODY = frozenset(["no", "none", "nobody", "neither"])
_HAS_DENIAL = sign((_NEGATION | _NOBODY | {"any"}).__contains__)


def _has_no_object(words: list[str], head: int) -> bool:
    """Return whether a verb is denied by its object: "found no mines"; not "the no-fly zone"."""
    after = words[head + 1 : head + 4]
    if any(w in _NOTHING for w in after[:1]):
        return True
    return any(w in {"no", "any"} and n not in _COMPOUND for w, n in pairwise(after))


_NOTHING = frozenset(["nobody", "nothing", "none"])


_COMPOUND = frozenset(["fly", "sail", "man", "less", "fewer", "more", "casualties", "damage"])


def _stands_in_infinitive(word: str) -> bool:
    """Return whether a word may stand between "to" and its verb: "to be fired"."""
    return word in {"be", "not", "further", "first", "again", "even"} or word.endswith("ly")


# Words that end a clause, but not before these: "would before long be seen", "was after all".
_GOES_ON = {",": {"or"}, "before": {"long"}, "after": {"all"}, "until": {"then", "now"}}


def _clause(words: list[str], head: int) -> list[str]:
    """Return the words before the head in its clause, at most ten."""
    start, least = head, max(0, head - 10)
    while start > least:
        word = words[start - 1]
        if word in _CLAUSE_ENDS and words[start] not in _GOES_ON.get(word, ()):
            break
        start -= 1
    clause = words[start:head]
    if _MEANT_SO.keys().isdisjoint(clause):
        return clause
    after = words[start + 1 : head + 1]
    return ["" if a in _MEANT_SO.get(w, ()) else w for w, a in zip(clause, after, strict=True)]


# Words that cast doubt ("warning of", "set to"), but not before these.
_MEANT_SO = {
    "warning": {"shots", "shot", "fire", "rounds", "broadcasts", "broadcast", "volleys"},
    "set": {"off", "up", "out", "ablaze", "afire", "fire", "foot", "sail", "free", "adrift"},
}


# What was threatened "in a statement" was said.
_SAYINGS = frozenset(["statement", "communique", "declaration"])


def _is_double(words: list[str], head: int, clause: list[str]) -> bool:
    """Return whether a negation near the head does not deny it ("no longer", "not only")."""
    tail = clause[-4:]
    if "not" in tail and words[max(0, head - 3) : head + 1].count("only"):
        return True
    if "no" in tail and tail[-1] not in {"no"} and {"fly", "sail", "longer"} & set(tail):
        return True
    # "nearly 100 balloons", "almost daily": the number is doubted and not the deed.
    return bool({"nearly", "almost"} & set(tail)) and not (_NEGATION - {"nearly", "almost"}) & (
        set(tail) | set(words[head + 1 : head + 3])
    )


def _is_real_infinitive(clause: list[str], verb: str) -> bool:
    """Return whether "to" and a verb tell of a fact: "prompting it to return fire"."""
    before = clause[-8:-1]
    if verb == "kill" and before[-1:] in (["attempt"], ["plot"], ["mission"]):
        return False
    if before[-1:] == ["used"] and not {"is", "was", "were", "are", "been"} & set(before[-2:]):
        return False  # "infiltrators used to swim the river"
    if not before and verb:
        return False
    if not _RANKS.isdisjoint(before[-3:]):
        return True  # "the last pilot to defect", "the third to cross"
    for word in reversed(before):
        if word in _FACTUAL:
            return not (_UNREAL - {"halt"}) & set(before)
        if word in _UNREAL:
            return False
    return False


def _is_one_of_two(clause: list[str], verb: str) -> bool:
    """Return whether a deed stands beside what was only called out: "a warning, and fired"."""
    return clause[-1:] == ["and"] and verb in _SURELY_PAST


_SURELY_PAST = frozenset(
    ["fired", "opened", "shot", "launched", "crossed", "flew", "sank", "sent"]
)  # fmt: skip


_RANKS = frozenset(
    ["first", "second", "third", "fourth", "fifth", "sixth", "last", "latest", "only"]
)  # fmt: skip


def _is_unreal(clause: list[str], is_noun: bool) -> bool:
    """Return whether a word before the head says that it is feared, planned, banned, ..."""
    reach = clause[-5:] if is_noun else clause[-4:]
    if is_noun:
        return not _UNREAL.isdisjoint(reach)
    if not clause:
        return False
    # A finite verb has its own subject: "police stopped them", but "stopped them from sending".
    if clause[-1] == "from" and not _UNREAL.isdisjoint(clause[-8:]):
        return True
    links = {"from", "to", "of", "against", "on", "about", "for", "with"}
    for back, word in enumerate(reversed(reach)):
        if word in _UNREAL:
            between = reach[len(reach) - back :]
            return back == 0 or bool(links & set(between)) or len(between) <= 2
    return False
