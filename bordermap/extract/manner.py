"""How an incident is told: as an answer, as a chase, as something told before."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from bordermap.extract.signs import sign
from bordermap.extract.verbs import ANSWERS, IN_RETURN
from bordermap.extract.wordlists import word_set
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.events import Trigger
    from bordermap.extract.tokens import Sentence

__all__ = ["PLAIN", "Manner", "manner_of"]


class Manner(NamedTuple):
    """How an incident is told.

    Attributes
    ----------
    is_answer
        Fire that answers fire: "shot back".
    is_mutual
        By both sides: "exchanged fire".
    is_motion
        Boats only chase or leave each other: no fight.
    is_pursuit
        In a sentence with those who run after another.
    is_retold
        By a noun that points back: "the bombing".
    is_on_stand
        Only an engine was tested, and nothing flew.
    is_release
        Of people let go.
    is_saying
        Only said, told or announced, and nothing threatened or asked for.
    is_another
        One more of its kind: "another 40 rounds", "more shooting"; a ship, of what is deployed.
    about
        What it was done to, where one kind is of several things: signals or sites; a tunnel.
    """

    is_answer: bool = False
    is_mutual: bool = False
    is_motion: bool = False
    is_pursuit: bool = False
    is_retold: bool = False
    is_on_stand: bool = False
    is_release: bool = False
    is_saying: bool = False
    is_another: bool = False
    about: str = ""


PLAIN = Manner()


_RETOLD = word_set("told_as_a_noun")
_POINTS_BACK = frozenset({"the", "this", "that", "these", "those", "its", "their", "same"})
_PURSUES = ("pursu", "chas", "추격", "뒤쫓", "쫓")
_WHOM = frozenset({"him", "her", "them", "the"})
# What boats do to each other on a line without a fight.
_MOVES = (
    "chas", "retreat", "return", "turn", "withdr", "driv", "drov", "repel", "expel", "sail", "push",
    "forc", "warn", "sent", "approach", "도주", "퇴각",
)  # fmt: skip
_FIRES = frozenset({"fire", "shots"})  # "returned the fire"
_ANSWERS = (*ANSWERS, "대응", "응사")
_LETS_GO = ("freed", "releas", "let", "repatriat", "deport", "handed", "return", "sent")
_SAYS = ("said", "say", "told", "announc", "disclos", "report", "charg", "accus", "claim", "admit")
_MUTUAL = word_set("mutual")
_ANOTHER = frozenset(
    ["another", "more", "further", "second", "third", "fourth", "fifth", "sixth", "seventh"]
)  # fmt: skip
_LATER = frozenset({"later", "afterward", "afterwards", "within", "after"})
_UNITS = frozenset({"hour", "hours", "minute", "minutes", "moment", "moments", "seconds", "half"})
# Ships that are sent are not the men who were called up.
_SHIPS = frozenset(
    {"carrier", "carriers", "battleship", "cruiser", "cruisers", "fleet", "submarine"}
)
_HAS_ANOTHER = sign((_ANOTHER | _LATER | _SHIPS | {"too"}).__contains__)
_BEFORE = 4
# What comes in numbers: shots, launches, boats, people.
_COUNTED = frozenset(
    {Kind.GUNFIRE, Kind.ARTILLERY, Kind.MISSILE, Kind.NAVAL, Kind.BALLOON, Kind.LEAFLET, Kind.DRONE,
     Kind.CROSSING, Kind.DEFECTION, Kind.ABDUCTION}
)  # fmt: skip
_HAS_ANSWER = sign(lambda word: word in IN_RETURN or word.startswith(_ANSWERS))


def manner_of(sentence: Sentence, trigger: Trigger) -> Manner:
    """Return how a sentence tells of a trigger's incident."""
    words, head, kind = sentence.words, trigger.head, trigger.kind
    return Manner(
        is_answer=sentence.signs & _HAS_ANSWER != 0 and _is_answer(words, trigger),
        is_mutual=not _MUTUAL.isdisjoint(words[trigger.first : trigger.last + 3]),
        is_motion=kind is Kind.NAVAL
        and words[head].startswith(_MOVES)
        and _FIRES.isdisjoint(words[head + 1 : head + 3]),
        is_pursuit=kind is Kind.CROSSING and _is_pursuit(words),
        is_retold=_is_retold(words, head),
        is_on_stand=kind is Kind.MISSILE and _is_on_stand(words, trigger),
        is_release=kind is Kind.DIPLOMACY and words[head].startswith(_LETS_GO),
        is_saying=kind is Kind.STATEMENT and words[head].startswith(_SAYS),
        is_another=trigger.is_another
        or (sentence.signs & _HAS_ANOTHER != 0 and _is_another(words, trigger)),
        about=_about(words, trigger) if kind in _ABOUT else "",
    )


_SIGNALS = ("gps", "navig", "signal", "jam", "positioning", "receiver", "전파", "교란")
_SITES = ("website", "site", "web", "server", "bank", "comput", "홈페이지", "전산망")
_TUNNEL = ("tunnel", "땅굴")
_ABOUT: dict[Kind, dict[str, tuple[str, ...]]] = {
    Kind.CYBER_GPS: {"signals": _SIGNALS, "sites": _SITES},
    Kind.INFILTRATION: {"tunnel": _TUNNEL},
}


def _about(words: list[str], trigger: Trigger) -> str:
    """Return what the words of a trigger are about, of the things that its kind may be of."""
    own = words[trigger.first : trigger.last + 4]
    things = _ABOUT[trigger.kind].items()
    return next((thing for thing, begins in things if any(w.startswith(begins) for w in own)), "")


def _is_another(words: list[str], trigger: Trigger) -> bool:
    if trigger.kind is Kind.DEPLOYMENT:
        return not _SHIPS.isdisjoint(words[trigger.first : trigger.last + 1])
    if trigger.kind not in _COUNTED or trigger.is_noun:
        return False
    near = words[max(0, trigger.first - _BEFORE) : trigger.head + 5]
    # "More than 1,000" only counts them.
    if any(a in _ANOTHER and b != "than" for a, b in pairwise(near)):
        return True
    return trigger.kind in _SHOTS and _is_next(words, trigger)


_SHOTS = frozenset({Kind.GUNFIRE, Kind.ARTILLERY, Kind.MISSILE})
_LEAD = 9
_STOPS = frozenset({",", ";", ".", "and", "but", "that"})
_FURTHER = 8


def _is_next(words: list[str], trigger: Trigger) -> bool:
    """Return whether shots are the next ones: "an hour later guns opened up", "rang out too"."""
    lead = words[max(0, trigger.first - _LEAD) : trigger.first]
    if any(a in _UNITS and b in _LATER for a, b in pairwise(lead)) or (
        "within" in lead and not _UNITS.isdisjoint(lead)
    ):
        return True
    rest = words[trigger.last + 1 : trigger.last + 1 + _FURTHER]
    for at, (a, b) in enumerate(pairwise(rest)):
        if a in _STOPS:
            break
        if a in _UNITS and b == "later" and at:
            return True
    return "too" in rest and not {",", ";", "and", "but"} & set(rest[: rest.index("too")])


def _is_answer(words: list[str], trigger: Trigger) -> bool:
    """Return whether fire answers fire: "shot back", "returned fire"."""
    if any(
        w.startswith(_ANSWERS)
        for w in (words[trigger.head], *words[trigger.first : trigger.last + 1])
    ):
        return True
    return not IN_RETURN.isdisjoint(words[trigger.head + 1 : trigger.last + 4])


def _is_on_stand(words: list[str], trigger: Trigger) -> bool:
    near = words[max(0, trigger.first - 2) : trigger.last + 2]
    return not _ENGINES.isdisjoint(near) and any(w.startswith("test") for w in near)


_ENGINES = frozenset({"engine", "engines"})


def _is_pursuit(words: list[str]) -> bool:
    if any(word.startswith(_PURSUES) for word in words):
        return True
    return any(a == "after" and b in _WHOM for a, b in pairwise(words))


# "나포 경위", "귀순 당시": what was told before.
_KOREAN_OF = (
    "경위", "사건", "여부", "의혹", "현장", "원인", "책임", "과정", "당시", "직후", "직전", "이후",
)  # fmt: skip


def _is_retold(words: list[str], head: int) -> bool:
    """Return whether a noun speaks of something told before: "the bombing", "that first launch"."""
    word = words[head]
    if "가" <= word[0] <= "힣":
        after = "".join(words[head + 1 : head + 2])
        return after.startswith(_KOREAN_OF) or words[max(0, head - 1) : head] == ["이번"]
    if not (word.endswith("ing") or word in _RETOLD):
        return False
    return not _POINTS_BACK.isdisjoint(words[max(0, head - 2) : head])
