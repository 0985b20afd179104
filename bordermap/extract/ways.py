"""Where a way leads: over the line, south, home, into a mission, to a pier.

Each function takes who moves and the words of the way after the verb, and returns what is
told so and how many of these words tell it, or None.
"""

from __future__ import annotations

from itertools import pairwise

from bordermap.extract.wordlists import word_set
from bordermap.table import Kind

__all__ = [
    "PREPOSITIONS", "Way", "homeward", "landing", "out_of", "over_line",
    "southward", "to_mission", "to_other_side", "to_post", "to_seoul", "to_shore", "to_side",
    "vanishing",
]  # fmt: skip

Way = tuple[Kind, int]
PREPOSITIONS = word_set("leads_way")
_PEOPLE = word_set("movers")
_ALONE = word_set("lone_movers")
_BOATS = word_set("mover_boats")
_NORTHERN = frozenset(["north", "northern", "northerners", "northerner"])


def over_line(who: list[str], way: list[str]) -> Way | None:
    """Return that people go over the line, by whatever else their way leads.

    >>> over_line(["a", "private"], "through a minefield and over the truce line".split())[1]
    8
    """
    is_people = not _PEOPLE.isdisjoint(who) or (0 < len(who) <= _NAME and who[-1] in _ALONE)
    if not is_people or way[:1] in (["off"], ["away"]):
        return None
    if way[:1] == ["back"]:
        # Who had been held: "walked back through Panmunjom".
        is_gate = way[1:2] in (["through"], ["over"], ["across"]) and "panmunjom" in way[2:4]
        return (Kind.DIPLOMACY, 3) if is_gate else None
    for at, word in enumerate(way):
        if word not in _OVER:
            continue
        for to in range(at + 1, min(len(way), at + _LINE_REACH)):
            if way[to] in PREPOSITIONS:
                break
            if way[to] in _LINES and way[to - 1] not in _NO_LINE:
                return Kind.CROSSING, to + 1
    return None


_OVER = frozenset(["over", "across", "past", "beyond", "through"])
_LINES = frozenset(
    ["line", "mdl", "border", "frontier", "dmz", "zone", "boundary", "nll", "yalu", "tumen"]
)
_LINE_REACH = 6
_NO_LINE = frozenset(["guard", "front", "supply", "security", "danger", "power", "control"])


def to_other_side(
    word: str, raws: list[str], way: list[str], *, is_known: bool, is_near: bool
) -> Way | None:
    """Return that somebody "went across in May", to the other side.

    Parameters
    ----------
    word, raws, way
        The verb, who moves, as written, and the words after the verb.
    is_known
        Whether the sentences before told of people who moved.
    is_near
        Whether they did, or the sentence is of the border.
    """
    if word not in _GOES_OVER or way[:1] not in (["over"], ["across"]) or not raws:
        return None
    after = way[1:2]
    if after and after[0] not in _AFTER_OVER:
        return None
    if after in (["a"], ["an"]) and _AGO.isdisjoint(way[2:4]):
        return None  # "came over a hill"
    who = [raw.lower() for raw in raws]
    if is_near and not _PEOPLE.isdisjoint(who):
        return Kind.DEFECTION, 1
    if is_known and not _ALONE.isdisjoint(who[:2]):
        return Kind.CROSSING, 1
    is_name = raws[0].istitle() and len(raws) <= _NAME and _WEATHER.isdisjoint(who)
    by_way = after in (["through"], ["via"]) or way[1:3] == ["by", "way"]
    is_told = is_known or by_way or (is_near and way[0] == "across")
    return (Kind.DEFECTION, 1) if is_name and is_told else None


_GOES_OVER = frozenset(
    ["went", "gone", "came", "come", "crossed", "walked", "ran", "slipped", "got", "stole"]
)
_AFTER_OVER = word_set("after_over")
_WEATHER = word_set("weather")
_NAME = 3
_AGO = frozenset(["year", "month", "week", "day", "hour"])


def southward(who: list[str], way: list[str]) -> Way | None:
    """Return that people "came south", or "went north by bus".

    >>> southward(["50", "families"], ["north", "by", "bus"])[0].value
    'crossing'
    """
    at = 1 if way[:1] in (["down"], ["back"], ["up"]) else 0
    if way[at : at + 1] == [] or way[at] not in _WAYS:
        return None
    if not _NO_WAY.isdisjoint(way[at + 1 : at + 2]):
        return None
    if way[at + 1 : at + 2] == ["from"] and way[at + 2 : at + 3] != ["the"]:
        return None  # "came north from Pusan"
    if _PEOPLE.isdisjoint(who) and not ({"north", "south", "others"} & set(who)):
        return None
    return Kind.CROSSING, at + 1


_WAYS = frozenset(["south", "north", "southward", "northward"])
_NO_WAY = frozenset(
    ["korea", "korean", "koreans", "of", "sea", "coast", "side", "gate", "wind", "'s", "bank"]
)


def landing(who: list[str], word: str, way: list[str]) -> Way | None:
    """Return that men landed from the sea, of no side that is named: "120 men landed between".

    >>> landing(["thirty", "men"], "landed", ["between", "ulchin", "and", "samchok"])[0].value
    'infiltration'
    """
    if word != "landed" or who[-1:] not in (["men"], ["agents"]) or len(who) > _LANDED:
        return None
    return (Kind.INFILTRATION, 1) if way[:1] in (["between"], ["near"], ["on"], ["at"]) else None


_LANDED = 6


def to_side(who: list[str], word: str, way: list[str]) -> Way | None:
    """Return that one who changed sides "arrived from Manila"."""
    if word != "arrived" or way[:1] not in (["from"], ["aboard"], ["via"], ["by"]):
        return None
    at = next((n for n, w in enumerate(who) if w in _CHANGES), None)
    return (Kind.DEFECTION, 1) if at is not None else None


_CHANGES = frozenset(["sides", "defect", "defected", "defector", "defectors"])


def vanishing(word: str, who: list[str], way: list[str]) -> Way | None:
    """Return that one more vanished, or came back, where a text tells of people abducted.

    >>> vanishing("disappeared", ["two", "lovers"], ["from", "a", "beach"])[0].value
    'abduction'
    """
    if word == "seen":
        return (Kind.ABDUCTION, 1) if way[:1] in (["on"], ["at"], ["in"], ["near"]) else None
    if word in _REAPPEARS:
        is_home = not {"home", "house", "gate", "door"}.isdisjoint(way[:_HOME_REACH])
        return (Kind.DIPLOMACY, 1) if is_home else None
    if word == "carried":
        return (Kind.ABDUCTION, 1) if way[:1] in (["off"], ["away"]) else None
    is_gone = word in {"disappeared", "vanished"} and _THINGS.isdisjoint(who)
    return (Kind.ABDUCTION, 0) if is_gone else None


_REAPPEARS = frozenset(["turned", "reappeared"])
_HOME_REACH = 6
_THINGS = frozenset(
    [
        "plane",
        "planes",
        "airliner",
        "jet",
        "flight",
        "aircraft",
        "ship",
        "boat",
        "submarine",
        "radar",
        "missile",
        "troops",
    ]
)


def to_post(word: str, who: list[str], way: list[str], *, is_known: bool) -> Way | None:
    """Return that somebody of the North came to a guard post of the South."""
    if word not in _COMES_UP or way[:1] not in (["to"], ["up"], ["through"], ["down"], ["out"]):
        return None
    at = next((n for n, (a, b) in enumerate(pairwise(way)) if (a, b) in _POSTS), None)
    if at is None or _PEOPLE.isdisjoint(who) or "patrol" in who:
        return None
    is_northern = not _NORTHERN.isdisjoint(who) or (is_known and not _ALONE.isdisjoint(who[:1]))
    return (Kind.DEFECTION, at + 2) if is_northern and "to" in way[:at] else None


_COMES_UP = frozenset(["came", "come", "walked", "ran", "got", "crawled", "went", "made"])
_POSTS = frozenset({("guard", "post"), ("guard", "posts"), ("sentry", "post"), ("sentry", "box")})


def out_of(word: str, who: list[str], way: list[str]) -> Way | None:
    """Return that people "walked out of North Korea": let go, where they were held."""
    is_out = way[:2] == ["out", "of"] and way[2:4] in (["north", "korea"], ["the", "north"])
    if not is_out or word not in _COMES_UP or _PEOPLE.isdisjoint(who):
        return None
    return (Kind.DEFECTION if _NORTHERN & set(who) else Kind.DIPLOMACY), 3


def homeward(word: str, who: list[str], way: list[str], words: list[str]) -> Way | None:
    """Return that those who had been kept on the other side "came home"."""
    if word not in _GOES_HOME or way[:1] != ["home"] or not _DEFECTORS.isdisjoint(who):
        return None
    to_side = way[1:3] == ["to", "the"] and way[3:4] in (["north"], ["south"])
    if not to_side and (_PEOPLE.isdisjoint(who) or _KEPT.isdisjoint(words)):
        return None
    return Kind.DIPLOMACY, 1


_DEFECTORS = frozenset(["defector", "defectors", "runaway"])
_KEPT = frozenset(
    ["north", "south", "northern", "panmunjom", "captivity", "captors", "pyongyang", "koreans",
     "released", "freed", "held"]
)  # fmt: skip
_GOES_HOME = frozenset(["came", "come", "went", "gone", "sailed", "flew", "flown", "got"])


def to_seoul(word: str, who: list[str], way: list[str]) -> Way | None:
    """Return that somebody of the North arrived in the South with his family, or from abroad."""
    if word not in _ARRIVES or _NORTHERN.isdisjoint(who) or not _ENVOYS.isdisjoint(who + way):
        return None
    at = 1 + (way[:1] == ["up"]) if word != "reached" else 0
    at = 0 if way[:1] == ["here"] else at
    if not any(way[at : at + len(name)] == name for name in _SOUTHERN):
        return None
    by_way = "koreans" in who and not _BY_WAY.isdisjoint(way[at:])
    return (Kind.DEFECTION, at) if by_way or not _LEFT_HOME.isdisjoint(who + way) else None


_BY_WAY = frozenset(["from", "via", "way"])

_SOUTHERN = (
    ["seoul"], ["the", "south"], ["south", "korea"], ["kimpo"], ["gimpo"], ["inchon"], ["incheon"],
    ["here"],
)  # fmt: skip
_ARRIVES = frozenset(["arrived", "came", "reached", "landed", "turned", "got"])
_ENVOYS = word_set("envoys")
_LEFT_HOME = word_set("left_home")


def to_mission(word: str, who: list[str], way: list[str]) -> Way | None:
    """Return that somebody "walked into the South's mission in Beijing" to stay from home."""
    if word not in _ENTERS or _MISSIONS.isdisjoint(way) or not _CALLERS.isdisjoint(who):
        return None
    at = next(n for n, w in enumerate(way) if w in _MISSIONS)
    lead = way[:at]
    if at > _MISSION_REACH or not who or (word not in _ENTERED and _INTO.isdisjoint(lead)):
        return None
    is_northern = not _FROM_NORTH.isdisjoint(who)
    return (Kind.DEFECTION, at + 1) if is_northern or not _HOSTS.isdisjoint(lead) else None


_MISSIONS = frozenset(["embassy", "consulate", "mission", "legation"])
_ENTERS = word_set("enters")
_ENTERED = frozenset(["entered", "fled"])
_INTO = frozenset(["into", "inside", "over", "through"])
_CALLERS = word_set("callers")
_MISSION_REACH = 9
_FROM_NORTH = _NORTHERN | {"defector", "defectors", "koreans"}
_HOSTS = frozenset(["south", "korean", "american", "u.s", "u.s."])


def to_shore(word: str, who: list[str], way: list[str], *, is_known: bool) -> Way | None:
    """Return that a boat from the North, or people in one, came to a pier or an island.

    Parameters
    ----------
    word, who, way
        The verb, who moves, and the words after the verb.
    is_known
        Whether the sentences before told of people who moved: a boat may be meant that is not
        said to be of the North.
    """
    if word not in _LANDS or _SHORES.isdisjoint(way) or _BOATS.isdisjoint(who + way):
        return None
    if not _WARSHIPS.isdisjoint(who) or _WITH.get(word, way[0]) not in {way[0], "into"}:
        return None
    is_northern = not _NORTHERN.isdisjoint(who) and "south" not in who
    if not is_northern and not _BOATS.isdisjoint(who):
        is_northern = is_known and not _ABOARD.isdisjoint(who) and "south" not in who
    if _PEOPLE.isdisjoint(who) or not is_northern:
        return None
    return Kind.DEFECTION, next(n for n, w in enumerate(way) if w in _SHORES) + 1


_LANDS = word_set("lands")
_SHORES = word_set("shores")
_WARSHIPS = frozenset(["patrol", "navy", "naval", "torpedo", "spy", "coast", "guard", "ferry"])
_ABOARD = frozenset(["with", "carrying", "bearing", "aboard", "bringing"])
_WITH = {"tied": "up", "turned": "up", "put": "in", "pulled": "in"}
