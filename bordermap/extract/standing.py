"""What the words before a name say of its part: where it was, or only where someone is from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from bordermap.extract.wordlists import word_set
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.events import Trigger
    from bordermap.extract.tokens import Sentence

__all__ = [
    "is_backdrop", "is_bound_for", "is_destination", "is_fired_from", "is_home", "is_left_behind",
    "is_left_for", "is_locator", "is_meanwhile", "is_of_day_before", "is_of_subject", "is_origin",
    "is_southern_korean", "is_spoken_at", "side_told",
]  # fmt: skip

_COMERS = word_set("comers")
_COMPASS = frozenset(
    ["north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"]
)
_SIDES = frozenset({"front", "side", "part", "parts", "coast", "sea", "line", "half", "zone"})


def is_home(sentence: Sentence, first: int) -> bool:
    """Return whether a name is where a person comes from: "Bobby Hall of Brooksville"."""
    words = sentence.words
    if words[max(0, first - 1) : first] != ["of"] or first < 3:
        return False
    before, lead = sentence.raws[first - 2], sentence.raws[first - 3]
    is_name = before[0].isupper() and before[1:].islower() and words[first - 2] not in _SIDES
    # "Bobby Hall of", "Ben W. Stutts of".
    return is_name and (lead[0].isupper() or lead == ".")


def is_bound_for(words: list[str], first: int) -> bool:
    """Return whether a name is an end of a journey: "bound from Pusan to Seoul"."""
    before = words[max(0, first - 5) : first]
    if words[first - 1] in {"in", "at", "near"} and not (
        "from" in words[max(0, first - 4) : first] and not _TRIPS.isdisjoint(before)
    ):
        return False  # "on her way home from school in Niigata"
    for word in ("bound", "route", "way", "flight", "trip", "voyage", "journey"):
        if word in before:
            if word in _TRIPS and _ON.isdisjoint(words[max(0, first - 9) : first]):
                return False  # "his flight to Suwon" is what happened
            return bool({"for", "from", "to"} & set(before[before.index(word) + 1 :]))
    return False


_TRIPS = frozenset({"flight", "trip", "voyage", "journey"})
_ON = frozenset({"on", "during", "in"})


def is_origin(words: list[str], first: int) -> bool:
    """Return whether a name is where those come from who act elsewhere: "boats from Wonsan"."""
    return words[max(0, first - 1) : first] == ["from"] and bool(
        _COMERS & set(words[max(0, first - 2) : first - 1])
    )


_FORCES = frozenset(
    ["battery", "batteries", "base", "bases", "airfield", "airfields", "squadron", "squadrons",
     "unit", "units", "garrison", "radar", "radars", "station", "stations", "shipyard", "barracks",
     "headquarters", "hangar", "hangars", "wing", "fleet"]
)  # fmt: skip
_KOREAN_HOME = ("선적", "소속", "출신", "주재", "병원", "의료원")
_KOREAN_PLIES = re.compile(
    r"(?:오가|잇|오고가|왕복하)(?:는|던)|(?:떠난|출발한|출항한|향하던|있던|머물던|정박한|주둔하는)"
)


def is_backdrop(sentence: Sentence, first: int, last: int) -> bool:
    """Return whether a name only tells where somebody belongs, comes from or plies.

    "A boat out of Jangsangot", "a missile battery at Inchon", "포항 선적 어선".
    """
    words = sentence.words
    after = (words[last + 1 : last + 2] or [""])[0]
    if after.startswith(_KOREAN_HOME) or _KOREAN_PLIES.fullmatch(after):
        return True
    if words[max(0, first - 2) : first] == ["out", "of"] and first >= 3:
        return words[first - 3] in _COMERS
    if first < 2 or words[first - 1] not in {"at", "in", "near", "outside"}:
        return False
    if words[first - 2] in _ROOTED or (
        words[first - 2] in _OFFICES and words[max(0, first - 3)] in _OWN
    ):
        return True  # "a group with its office in Seoul", "who had lived in Gimpo"
    if words[first - 2] not in _FORCES:
        return False
    return words[first - 1] == "at" or "from" in words[max(0, first - 5) : first - 2]


def is_left_for(words: list[str], first: int, trigger: Trigger) -> bool:
    """Return whether a name is where somebody went afterwards: "before making off to Sinuiju"."""
    if words[first - 1] in _STANDS:
        return trigger.kind not in _ARRIVES and is_destination(words, first, trigger.last + 1)
    if trigger.kind is Kind.ABDUCTION:
        return False  # "seized by agents aboard it and flown to Pyongyang"
    if words[first - 1] not in {"to", "toward", "towards", "for", "into"}:
        return False
    return any(w.startswith(_LEAVES_FOR) for w in words[trigger.last + 1 : first - 1])


def is_destination(words: list[str], first: int, begin: int = 0) -> bool:
    """Return whether somebody went or was brought there: "driven to a hotel in Seoul".

    The verb stands at token ``begin`` or after it.
    """
    begin = max(begin, first - _LODGING)
    gone = [n for n in range(begin, first - 1) if words[n].startswith(_BROUGHT)]
    return bool(gone) and "to" in words[gone[-1] + 1 : gone[-1] + 3]


_STANDS = frozenset({"in", "at", "near", "of", "on"})
_ARRIVES = frozenset({Kind.ABDUCTION, Kind.AIRCRAFT, Kind.DEFECTION})
_LODGING = 9
_BROUGHT = ("driven", "taken", "flown", "brought", "led", "escort", "rushed", "moved", "returned")


def is_meanwhile(words: list[str], first: int, trigger: Trigger) -> bool:
    """Return whether somebody else was there: "killed six while the president was in Seoul"."""
    if first <= trigger.last or words[first - 1] not in {"in", "at", "visiting"}:
        return False
    between = words[trigger.last + 1 : first - 1]
    return between[-1:] in (["was"], ["were"]) and not _WHILE.isdisjoint(between[-8:])


_WHILE = frozenset({"while", "when", "as"})
_SETS_OUT = frozenset(["sail", "sailed", "departed", "started", "left", "leaving", "leave"])
_NEXT = frozenset({"when", "and", "while", "but", "before"})


def is_left_behind(words: list[str], first: int, trigger: Trigger) -> bool:
    """Return whether a journey began there: "they sailed from A and were at sea when ..."."""
    if first >= trigger.first or _SETS_OUT.isdisjoint(words[max(0, first - 2) : first]):
        return False
    return not _NEXT.isdisjoint(words[first : trigger.first])


def is_of_subject(words: list[str], first: int, trigger: Trigger) -> bool:
    """Return whether a name only tells of the doer: "a drone that had risen from A was found".

    Or of the place: "in the hills, where the line bends toward A".
    """
    if first >= trigger.head:
        return (",", "where") in pairwise(words[trigger.last + 1 : first])
    lead = words[max(0, first - 8) : first]
    return any(a in _WHO and b == "had" for a, b in pairwise(lead))


_ROOTED = frozenset(
    ["based", "headquartered", "lived", "living", "lives", "born", "registered", "employed"]
)
_OFFICES = frozenset({"office", "offices", "home", "homes", "headquarters"})
_OWN = frozenset({"its", "their", "his", "her", "an", "with"})
_WHO = frozenset({"who", "that", "which"})
_LEAVES_FOR = (
    "making", "fled", "flee", "return", "head", "withdr", "escap", "retreat", "turned", "raced",
    "sped", "ran", "flew", "flown", "taken", "sailed", "limped",
)  # fmt: skip


_KOREAN_DAY = re.compile(r"(?:\d{1,2}일|[월화수목금토일]요일|이튿날|다음날|같은날|이날)")


def is_of_day_before(words: list[str], begin: int, end: int) -> bool:
    """Return whether a new day is named between two deeds of a Korean sentence."""
    return any(map(_KOREAN_DAY.match, words[begin:end]))


_SAYING = frozenset(["said", "says", "reported", "announced", "confirmed"])
_PASSIVE = frozenset({"was", "were", "been", "being", "is", "are"})
_SPEECH = frozenset(
    ["said", "says", "announced", "reported", "condemned", "denounced", "deplored", "discussed",
     "criticized", "criticised", "protested", "told"]
)  # fmt: skip


def is_spoken_at(words: list[str], first: int, last: int, trigger: Trigger) -> bool:
    """Return whether a place is where somebody spoke of it: "In Seoul, officials said that ..."."""
    if words[max(0, first - 1) : first] in (["in"], ["from"], ["at"]):
        if words[last + 1 : last + 2] and words[last + 1] in _SAYING and words[first - 1] == "in":
            return True  # "the Joint Chiefs of Staff in Seoul reported"
        # "Officials said in Seoul", "told reporters in Seoul"; not "shots were reported in Paju".
        lead = words[max(0, first - 4) : first - 1]
        verbs = [n for n, word in enumerate(lead) if word in _SPEECH]
        if verbs and verbs[-1] >= len(lead) - 2 and not _PASSIVE & set(lead[: verbs[-1]]):
            return True
    if _SPEECH.isdisjoint(words[last + 1 : trigger.first]):
        return False
    return any(
        words[token] in _SPEECH
        and words[token + 1] not in {",", "."}
        and _OTHER_CLAUSE.isdisjoint(words[last + 1 : token])
        for token in range(last + 1, trigger.first)
    )


# "A tremor in Kilju, minutes before Pyongyang told the world": it was not told there.
_OTHER_CLAUSE = frozenset({"before", "after", "when", "while", "since", "until"})


def is_locator(words: list[str], first: int) -> bool:
    """Return whether a name only tells where another is: "in Paju, northwest of Seoul"."""
    before = words[max(0, first - 6) : first]
    if before[-2:] == ["across", "from"] or before[-1:] in (["opposite"], ["facing"]):
        return True
    if before[-1:] != ["of"] or before[-2:-1] == [] or before[-2] not in _COMPASS:
        return False
    # ", northwest of Seoul", ", some 100 miles south of Seoul".
    lead = before[:-2]
    return lead[-1:] == [","] or (len(lead) > 2 and lead[-2][0].isdigit() and "," in lead[:-2])


# Words that only writers in the South use of the North, and the other way round.
_SOUTHERN_WORDS = re.compile(r"북한|북측|우리 군|합참|국방부|군사분계선|통일부")
_NORTHERN_WORDS = re.compile(r"괴뢰|우리 공화국|남조선 ?(?:괴뢰|당국|것들)")
_SOUTH = re.compile(
    r" (?:south of the (?:\w+ )?(?:demarcation line|demilitari[sz]ed zone|mdl|dmz|line|border)"
    r"|southern side|southern half|on the south korean side|south korea 's|the south 's) "
)
_NORTH = re.compile(
    r" (?:north of the (?:\w+ )?(?:demarcation line|demilitari[sz]ed zone|mdl|dmz|line|border)"
    r"|northern side|northern half|on the north korean side|in north korea|north korea 's|"
    r"the north 's|kangwon) "
)


# Where the North's rockets rise, and where those come ashore who leave it.
_LAUNCHED = re.compile(
    r" (?:missiles?|rockets?|projectiles?|(?:artillery )?(?:shells?|rounds)) "
    r"(?!.* south)(?:[^ ;]+ ){0,6}from (?:near |the )?$"
)
_CAME_OVER = re.compile(
    r" (?:landed|landing|came|put|swam|slipped|crept|stepped|drifted) (?:[^ ;]+ ){0,8}"
    r"(?:ashore|coast|beach) (?:[^ ;]+ ){0,4}(?:near|at|in|of) (?:the )?$"
)


def is_southern_korean(parts: Sequence[Sentence]) -> bool:
    """Return whether a text is written in Korean in the South."""
    if all(s.plain.isascii() for s in parts):
        return False
    texts = [s.plain for s in parts]
    return any(map(_SOUTHERN_WORDS.search, texts)) and not any(map(_NORTHERN_WORDS.search, texts))


_NORTH_ACTS = re.compile(r" (?:북한|북한군|북측|인민군)(?:군)?(?:은|는|이|가) ")
_SOUTH_ACTS = re.compile(r" (?:우리 군|군|국군|합참|남측|우리)(?:은|는|이|가) ")
_FROM_THERE = re.compile(r"[^ ]*에서 |[^ ]* (?:일대|지역|인근|부근|해안|앞바다)에서 ")
_FIRES = re.compile(r"쏘|쐈|쏜|발사|포격|(?<!경고)(?<!대응)사격")


def is_fired_from(sentence: Sentence, first: int) -> bool:
    """Return whether a Korean sentence tells that the North fired from the place at a token."""
    lead = f" {' '.join(sentence.words[:first])} "
    rest = f"{' '.join(sentence.words[first:])} "
    north = [m.start() for m in _NORTH_ACTS.finditer(lead)]
    south = [m.start() for m in _SOUTH_ACTS.finditer(lead)]
    acts = bool(north) and (not south or south[-1] < north[-1])
    return acts and bool(_FROM_THERE.match(rest)) and bool(_FIRES.search(rest))


def side_told(sentence: Sentence, first: int, *, is_southern: bool) -> str | None:
    """Return the country of two namesakes that the words before a name tell, or None."""
    before = f" {' '.join(sentence.words[max(0, first - 14) : first])} "
    if not sentence.raws[first].isascii():
        if "북한 " in before[-8:] or "북측 " in before[-8:] or is_fired_from(sentence, first):
            return "KP"
        return "KR" if is_southern else None
    south, north = bool(_SOUTH.search(before)), bool(_NORTH.search(before))
    if south == north:
        south, north = bool(_CAME_OVER.search(before)), bool(_LAUNCHED.search(before))
    if south == north:
        return None
    return "KR" if south else "KP"
