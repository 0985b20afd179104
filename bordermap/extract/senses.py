"""What a word means here: a spy plane is no spy, a shot on the film set no gunfire."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from bordermap.extract.drills import DRILLED, HAS_DRILL, is_drill
from bordermap.extract.idioms import MAY_BE_IDIOM, is_idiom, is_way_through
from bordermap.extract.mere import MERE
from bordermap.extract.signs import sign
from bordermap.extract.wordlists import word_set
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.events import Trigger
    from bordermap.extract.tokens import Sentence

__all__ = ["is_another_thing", "is_staged"]


def is_another_thing(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether a word means something else here: a spy plane, an anti-aircraft gun."""
    if trigger.kind is Kind.STATEMENT:
        return _is_warning_shot(sentence, trigger)
    signs = sentence.signs
    if (
        _is_no_verb(sentence, trigger.head)
        or (trigger.kind in _QUALIFY and _is_of_a_thing(sentence.words, trigger))
        or _is_in_passing(sentence.words, trigger)
    ):
        return True
    if signs & _HAS_STAGE and is_staged(sentence, trigger.head):
        return True
    if signs & MAY_BE_IDIOM and is_idiom(sentence, trigger.head):
        return True
    if signs & _HAS_ANIMAL and not _ANIMALS.isdisjoint(
        sentence.words[max(0, trigger.head - 6) : trigger.head]
    ):
        return True
    if signs & HAS_DRILL and trigger.kind in DRILLED and is_drill(sentence, trigger.head):
        return True
    is_other = _OF_A_KIND.get(trigger.kind)
    if is_other is not None and is_other(sentence, trigger):
        return True
    pairs = _OTHER_THINGS.get(trigger.kind)
    if pairs is None:
        return False
    words = sentence.words[max(0, trigger.first - 1) : trigger.last + 4]
    return not pairs.isdisjoint(pairwise(words))


def _is_no_blast(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether what went off was of a house, an exchange of fire, or a rocket."""
    words = sentence.words
    if not _HOUSEHOLD.isdisjoint(words[max(0, trigger.head - 4) : trigger.head]):
        return True
    if "bomb" in words[trigger.head + 1 : trigger.last + 1] and (
        words[trigger.last + 1 : trigger.last + 2] in (["that"], ["which"])
    ):
        return True  # "planted the bomb that killed 17": the second verb tells of it
    if "exchange" in words[trigger.first : trigger.last + 1]:
        return True  # "set off an exchange of fire"
    # "The rocket blew up minutes after lift-off": a launch that failed.
    return not _ROCKETS.isdisjoint(words[max(0, trigger.head - 20) : trigger.head])


def _is_no_verb(sentence: Sentence, head: int) -> bool:
    """Return whether a word that could be a verb is none: "March 18", "men on board"."""
    words = sentence.words
    if words[head] == "row":
        return words[head - 1 : head] == ["a"]  # "the third day in a row"
    if words[head] == "board":
        return words[head - 1 : head] in (["on"], ["the"])
    if words[head] == "put":
        return not _SUMS.isdisjoint(words[head + 2 : head + 3])  # "put the toll at 30"
    if words[head] == "held":  # "after being held for a year"
        after = words[head + 1 : head + 8]
        return "for" in after and not _LONG.isdisjoint(after[after.index("for") :])
    if words[head] in {"stationed", "based"}:
        return words[head - 1] in {"is", "are"}
    return words[head] == "march" and sentence.raws[head] != "march"


_LONG = frozenset({"year", "years", "month", "months", "weeks", "days"})
_SUMS = frozenset({"number", "toll", "yield", "figure", "total", "cost", "strength", "range"})


# A word that says that it happened and what follows it or stands near it: then it did not.
_THINGS = {
    (Kind.MISSILE, "launch"): frozenset(
        ["pad", "pads", "date", "dates", "site", "sites", "window", "windows", "facility",
         "facilities", "preparations", "plan", "plans", "tower", "vehicles"]
    ),
    (Kind.NUCLEAR, "test"): frozenset(
        ["ground", "grounds", "site", "sites", "facility", "facilities", "range", "ban", "tunnels"]
    ),
    (Kind.AIRCRAFT, "flight"): frozenset(
        ["distance", "distances", "time", "times", "path", "paths", "range", "trajectory", "test",
         "tests", "or", "ban", "bans", "restrictions", "altitude", "data", "duration"]
    ),
}  # fmt: skip
_TESTS = frozenset(["test", "tests", "launches", "missile", "missiles", "insults", "criticism"])


_FLYING = frozenset({Kind.DRONE, Kind.AIRCRAFT})
_QUALIFY = _FLYING | {
    Kind.MISSILE, Kind.NUCLEAR, Kind.ARTILLERY, Kind.CONSTRUCTION, Kind.GUNFIRE, Kind.MINE,
    Kind.ABDUCTION,
}  # fmt: skip


def _is_of_a_thing(words: list[str], trigger: Trigger) -> bool:
    """Return whether a word only qualifies another: "launch dates", "a volley of tests"."""
    kind, head = trigger.kind, trigger.head
    things = _THINGS.get((kind, words[head]))
    if things is not None and words[head + 1 : head + 2] and words[head + 1] in things:
        return True
    if kind is Kind.AIRCRAFT and words[trigger.first] == "flight":
        return words[trigger.first + 1] in _THINGS[kind, "flight"]
    if kind is Kind.ARTILLERY and words[head + 1 : head + 2] == ["of"]:
        return not _TESTS.isdisjoint(words[head + 2 : head + 6])
    if kind in _FLYING and words[head].startswith(_ANSWERED):
        # "Fired warning shots after drones crossed", "and scrambled jets": not at them.
        between = words[head + 1 : trigger.last]
        if not _NOT_AT.isdisjoint(between):
            return True
        return "to" in between and not words[head].startswith("fire")
    is_mere = MERE.get(kind)
    return is_mere is not None and is_mere(words, head)


_ANSWERED = ("fire", "scrambl", "launch", "deploy", "dispatch")
_NOT_AT = frozenset({"after", "when", "as", "and", "before", "because"})


_HOUSEHOLD = word_set("household")
_STAGE = word_set("stage")
_HAS_STAGE = sign(_STAGE.__contains__)
_OF_FILM = frozenset(
    ["director", "directors", "crew", "maker", "makers", "star", "festival", "studio", "studios"]
)


def is_staged(sentence: Sentence, head: int) -> bool:
    """Return whether a deed is one of a film, a novel, a museum, named before it or "on the"."""
    words = sentence.words
    return any(
        word in _STAGE
        and after not in _OF_FILM
        and (at < head or not _ON_STAGE.isdisjoint(words[at - 2 : at]))
        for at, (word, after) in enumerate(pairwise(words))
    )


_ANIMALS = word_set("animals")
_HAS_ANIMAL = sign(_ANIMALS.__contains__)


_ON_STAGE = frozenset(["in", "on", "at"])


_SEARCH = frozenset({"search", "searching", "searched", "combing", "combed", "scouring", "rescue"})
_FLIES = re.compile(
    r" (?:mig|migs|plane|planes|jet|jets|fighters|bomber|aircraft|helicopter|helicopters|drone|"
    r"drones|balloon|balloons|[^ ]*(?:미사일|발사체|무인기|전투기|헬기|풍선|미그기|군용기|정찰기|"
    r"폭격기|항공기)[^ ]*) "
)
_SAILS = re.compile(r" (?:[a-z]*boats?|ships?|vessels?|[^ ]*(?:경비정|함정|어선|목선|선박)[^ ]*) ")


_FLUNG = re.compile(
    r" (?:missiles?|rockets?|projectiles?|balloons?|leaflets?|"
    r"[^ ]*(?:미사일|발사체|무인기|풍선|전단|로켓|미그기|군용기|정찰기|전투기|폭격기)[^ ]*) "
)


_HAS_FLYING = sign(lambda word: _FLIES.match(f" {word} ") or _FLUNG.match(f" {word} "))
_FLUNG_OR_FLOWN = re.compile(f"{_FLUNG.pattern}| (?:helicopters?|drones?|migs?|jets?) ")


def _is_of_group(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether those who once defected do something else: "a defectors' group flew ..."."""
    own = sentence.words[trigger.first : trigger.head + 1]
    return any(a in _DEFECTORS and b in _GROUPS for a, b in pairwise(own))


_DEFECTORS = frozenset({"defector", "defectors", "refugee", "refugees"})
_GROUPS = frozenset({"group", "groups", "organization", "organizations", "activists", "activist"})


def _is_search(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether aircraft only look for somebody."""
    words = sentence.words[max(0, trigger.first - 1) : trigger.last + 4]
    return not _SEARCH.isdisjoint(words)


def _is_over_sea(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether what crossed a line at sea flew; or "torpedo" only names a boat."""
    at = trigger.head
    if sentence.words[at] == "torpedo" and sentence.words[at + 1 : at + 2] in (["boat"], ["boats"]):
        return True
    return _is_flown(sentence, trigger, _FLIES)


def _is_flown(sentence: Sentence, trigger: Trigger, flying: re.Pattern[str]) -> bool:
    """Return whether what crossed a line at sea flew: a MIG, a drone, a missile."""
    if not sentence.signs & _HAS_FLYING:
        return False
    lead = f" {' '.join(sentence.words[max(0, trigger.head - 9) : trigger.head])} "
    return bool(flying.search(lead)) and not _SAILS.search(lead)


def _is_errand(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether soldiers only went out for a task: "sent out to look after the fence".

    Or only went back: "crossed the line, and withdrew when they were fired at".
    """
    words, head = sentence.words, trigger.head
    after = words[head + 1 : head + 3]
    if words[head] == "withdrew" and (not after or after[0] in _WHEN):
        return True
    if words[head] == "armed":
        return {"the", "its", "their"}.isdisjoint(after[:1])
    if words[head] in {"sent", "flown", "flew"} and not _SHELLS.isdisjoint(
        words[max(0, head - 3) : head + 4]
    ):
        return True  # "sent a missile 300 miles from a submarine"
    return words[head] == "sent" and (
        after[:1] in (["out"], ["one"]) or (after[:1] == ["to"] and not _ERRANDS.isdisjoint(after))
    )


_ERRANDS = frozenset(
    ["stop", "find", "search", "help", "look", "meet", "investigate", "catch", "arrest", "rescue"]
)  # fmt: skip
_SHELLS = frozenset({"missile", "missiles", "rocket", "rockets", "shell", "shells"})
_WHEN = frozenset({"when", "after", "as", "once", "only", "northward", "back", ",", "."})
_BROKEN = ("violat", "breach")
_ACCORDS = frozenset({"armistice", "truce", "agreement", "accord", "pact", "treaty"})
_MET = frozenset(["a", "an", "another", "two", "three", "four", "five", "six", "seven", "trouble"])


def _is_no_crossing(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether what crossed flew, or somebody was met: "a patrol ran into another team"."""
    if _is_flown(sentence, trigger, _FLUNG_OR_FLOWN):
        return True
    words, head = sentence.words, trigger.head
    after = words[head + 1 : head + 4]
    if after[:2] == ["to", "the"] and not _GROUND.isdisjoint(after[2:]):
        return True  # "a ship sped to the line but was too late"
    if words[head].startswith(_BROKEN):  # "violated the armistice": an agreement
        after = words[head + 1 : head + 5]
        return not _ACCORDS.isdisjoint(after) and _GROUND.isdisjoint(after)
    if words[head] == "came" and words[head + 1 : head + 2] in (["down"], ["from"]):
        return True  # "one came down south of the line", "the flood came from a dam north of it"
    return words[head] in {"run", "ran", "runs", "running"} and (
        words[head + 1 : head + 2] == ["into"] and not _MET.isdisjoint(words[head + 2 : head + 3])
    )


_INSTRUMENTS = frozenset(["navigation", "instruments", "compass", "positioning", "receivers"])
_JAMS = re.compile(r"jam|gps|gnss|satellit|signal|interfer|spoof|disturb|disrupt|교란|전파|항법")
_AT_ARMS = frozenset({"gun", "guns", "boat", "boats", "patrol", "shots", "rifles"})
_MANY = frozenset(["ships", "vessels", "boats", "flights", "airliners", "planes", "hundreds"])
_HAS_JAMMING = sign(_JAMS.search)
_DISTURBS = re.compile(r"jam|interfer|spoof|disturb|disrupt").match


def _is_own_failure(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether instruments only failed, and nobody is told to have jammed them."""
    own = sentence.words[trigger.first : trigger.last + 1]
    if "intruders" in own and not _AT_ARMS.isdisjoint(sentence.words):
        return True
    if "failed" in own and not any(map(_DISTURBS, own)) and _MANY.isdisjoint(sentence.words):
        return True
    if sentence.signs & _HAS_JAMMING:
        return False
    return not _INSTRUMENTS.isdisjoint(sentence.words[trigger.first : trigger.last + 1])


_WARNING = frozenset(["warning", "warnings"])
_GROUND = frozenset(
    ["border", "frontier", "demilitarized", "demilitarised", "inter", "land", "sea", "dmz", "line",
     "zone", "boundary", "demarcation", "front"]
)  # fmt: skip


def _is_in_passing(words: list[str], trigger: Trigger) -> bool:
    """Return whether it is no deed here: "the fortified border", "returned after the shots"."""
    head = trigger.head
    if trigger.kind in _SHOTS:
        return _is_after_shots(words, trigger)
    if trigger.kind is Kind.CONSTRUCTION:
        return words[head] == "fortified" and not _GROUND.isdisjoint(words[head + 1 : head + 2])
    if trigger.kind is not Kind.LOUDSPEAKER:
        return False
    if words[head] == "broadcast" and words[head + 1 : head + 2] == ["by"]:
        return True  # "a statement broadcast by a news agency"
    if words[head] == "carrying" and words[head + 1 : head + 2] in (["balloons"], ["balloon"]):
        return True
    if words[head] == "heard" and words[head - 3 : head] == ["in", "a", "broadcast"]:
        return True  # "maintained in a broadcast heard in Tokyo"
    return not _WARNING.isdisjoint(words[trigger.first : trigger.last + 3])


_SHOTS = frozenset({Kind.GUNFIRE, Kind.ARTILLERY, Kind.NAVAL})
_GONE = ("retreat", "return", "withdr", "turn", "went", "came", "fled", "left", "moved")
_SHOT = frozenset(["shot", "shots", "fire", "fired", "rounds"])
_THEREAFTER = frozenset(["after", "when", "once", "as", "following", "despite", "only"])


def _is_after_shots(words: list[str], trigger: Trigger) -> bool:
    """Return whether somebody only went back after shots were fired: no shots of their own."""
    head = trigger.head
    if words[head] == "fire":
        # "Returned fire after noon" was told of by its verb.
        return words[head - 1 : head] in (["returned"], ["return"], ["returning"], ["opened"])
    after = words[head + 1 : head + 9]
    if not words[head].startswith(_GONE) or _SHOT.isdisjoint(after):
        return False
    shot = next(n for n, word in enumerate(after) if word in _SHOT)
    return not _THEREAFTER.isdisjoint(after[: min(shot, 5)])  # but "10 rounds at once"


_ROCKETS = frozenset({"rocket", "missile", "satellite", "launcher", "launch", "booster", "stage"})
# What else a word of a kind may mean.
_OF_A_KIND: dict[Kind, Callable[[Sentence, Trigger], bool]] = {
    Kind.AIRCRAFT: _is_search, Kind.DEFECTION: _is_of_group, Kind.CROSSING: _is_no_crossing,
    Kind.DEPLOYMENT: _is_errand,
    Kind.CYBER_GPS: _is_own_failure, Kind.MINE: is_way_through,
    Kind.EXPLOSION: _is_no_blast, Kind.NAVAL: _is_over_sea,
}  # fmt: skip
_OTHER_THINGS = {
    Kind.GUNFIRE: {("fire", "power"), ("fire", "drill"), ("fire", "brigade"), ("fire", "engines")},
    Kind.AIRCRAFT: {
        ("attack", "helicopters"), ("attack", "helicopter"), ("anti", "aircraft"),
        ("aircraft", "carrier"), ("aircraft", "carriers"),
    },
    Kind.CROSSING: {("cross", "border"), ("red", "cross")} | {
        (a, b) for a in ("heavy", "machine") for b in ("guns", "gun", "weapons", "machine", "arms")
    },
    Kind.NAVAL: {("anti", "ship"), ("ship", "captains"), ("ship", "missile"), ("ship", "missiles")},
    Kind.INFILTRATION: {
        ("spy", word) for word in
        ("plane", "planes", "satellite", "satellites", "agency", "chief", "chiefs", "balloon")
    },
    Kind.MISSILE: {
        (thing, word) for thing in ("satellite", "satellites", "satellites'") for word in
        ("receivers", "navigation", "images", "imagery", "image", "phones", "signals", "pictures",
         "photos", "dishes", "television", "positioning")
    } | {
        ("anti", "missile"), ("missile", "battery"), ("missile", "batteries"),
        ("missile", "defense"), ("missile", "defence"),
        ("the", "nuri"), ("the", "naro"),
    } | {
        ("missile", ship + end) for end in ("", "s") for ship in
        ("submarine", "cruiser", "destroyer", "frigate", "boat", "ship")
    } | {
        # A launch is also a boat.
        (what, "launch") for what in ("intruding", "motor", "steam", "police", "naval", "harbor")
    },
}  # fmt: skip


def _is_warning_shot(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether "warning" is not said but fired or broadcast."""
    words, head = sentence.words, trigger.head
    return words[head] == "warning" and not _WARNED_BY.isdisjoint(words[head + 1 : head + 3])


_WARNED_BY = frozenset(["shot", "shots", "fire", "broadcast", "broadcasts", "rounds", "volleys"])
