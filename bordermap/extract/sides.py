"""Which way across the line, and what the sentence itself says of the side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bordermap.extract.korean import is_hangul
from bordermap.extract.signs import sign
from bordermap.table import Claim, Direction, Kind

if TYPE_CHECKING:
    from bordermap.extract.events import Trigger
    from bordermap.extract.tokens import Sentence

__all__ = ["claim_of", "goes_across", "told_way", "way_of"]

_SOUTHWARD, _NORTHWARD = Direction.NORTH_TO_SOUTH, Direction.SOUTH_TO_NORTH


def way_of(side: str | None, *, is_return: bool = False) -> Direction | None:
    """Return which way a deed goes that goes across, by the side of who does it."""
    if side not in {"north", "south", "us"}:
        return None
    return _SOUTHWARD if (side == "north") != is_return else _NORTHWARD


def is_return(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether who goes over the line goes home: "walked back", "sent home"."""
    near = sentence.words[trigger.head + 1 : trigger.head + 4]
    return trigger.kind in _RETURNS and not _BACK.isdisjoint(near)


_RETURNS = frozenset({Kind.CROSSING, Kind.DIPLOMACY, Kind.DEFECTION})
_BACK = frozenset({"back", "home"})


def told_way(sentence: Sentence, trigger: Trigger) -> Direction | None:
    """Return which way the words themselves tell: "to the South", "southward", "넘어왔다"."""
    kind, words = trigger.kind, sentence.words
    if kind not in _HAVE_A_WAY:
        return None
    if is_hangul(words[trigger.head]):
        return _korean_way(sentence, trigger)
    near = f" {' '.join(words[max(0, trigger.first - 6) : trigger.last + 16])} "
    if kind in {Kind.DEFECTION, Kind.ABDUCTION}:
        near = sentence.plain
    if kind in _BY_VERB and not _crosses(words[trigger.head]):
        return None
    if kind in _FIRE:
        south, north = _FIRED_SOUTH.search(near), _FIRED_NORTH.search(near)
    else:
        south, north = _TO_THE_SOUTH.search(near), _TO_THE_NORTH.search(near)
    if kind is Kind.ABDUCTION:
        return _NORTHWARD if north else None
    if kind is Kind.CROSSING and not (south or north):
        south, north = _SOUTH_OF_IT.search(near), _NORTH_OF_IT.search(near)
    if south and not north:
        return _SOUTHWARD
    if north and not south:
        return _NORTHWARD
    return None


_MOVES = frozenset({Kind.CROSSING, Kind.DEFECTION, Kind.ABDUCTION, Kind.DIPLOMACY, Kind.DRONE,
                    Kind.AIRCRAFT, Kind.NAVAL})  # fmt: skip
_FIRE = frozenset({Kind.GUNFIRE, Kind.ARTILLERY})
_SENT = frozenset({Kind.LEAFLET, Kind.BALLOON, Kind.LOUDSPEAKER, Kind.CYBER_GPS})
_HAVE_A_WAY = _MOVES | _FIRE | _SENT
_TO_THE_SOUTH = re.compile(
    r" (?:to|into|reached|in) (?:the south|south korea|southern (?:territory|soil|custody|side))"
    r"(?! (?:of|korean|sea|side of)) | southwards? | came (?:down )?(?:south|over) |"
    r" (?:out of|left|escaped|fled|from) (?:the north|north korea)(?! (?:of|korean)) |"
    r" to freedom "
)
_TO_THE_NORTH = re.compile(
    r" (?:to|into|reached) (?:the (?:communist )?north|north korea|pyongyang|wonsan|hamhung|haeju|"
    r"kaesong|northern (?:territory|soil|side))(?! (?:of|korean)) | northwards? |"
    r" turn(?:ed)? north |"
    r" land in the north | sent (?:\w+ ){0,6}back | (?:sent|went|gone|walked|walks) north "
)
_THE_LINE = r"(?:\w+ ){0,3}?(?:line|mdl|nll|border|demarcation|frontier)"
_SOUTH_OF_IT = re.compile(rf" south of the {_THE_LINE} ")
_NORTH_OF_IT = re.compile(rf" north of the {_THE_LINE} ")
_FIRED_SOUTH = re.compile(r" southwards? | (?:came|come|flew) over | on the southern side ")
_FIRED_NORTH = re.compile(r" northwards? | toward the north(?!ern) ")
_KOREAN_SOUTHWARD = re.compile(
    r"넘어온|넘어왔|넘어와|내려왔|내려온|내려와|날아온|날아왔|날아와|귀순|탈북해|남하|남쪽으로|남으로|대남|건너왔"
)
_KOREAN_NORTHWARD = re.compile(
    r"넘어갔|넘어간|올라갔|월북|재입북|대북|북쪽으로|북으로|북한으로|평양으로|개성으로|추방|송환했"
)


def _korean_way(sentence: Sentence, trigger: Trigger) -> Direction | None:
    """Return which way a Korean verb of the South's writers goes: 넘어오다 comes, 넘어가다 goes."""
    near = " ".join(sentence.words[max(0, trigger.first - 2) : trigger.last + 3])
    south, north = _KOREAN_SOUTHWARD.search(near), _KOREAN_NORTHWARD.search(near)
    if trigger.kind in _FIRE and south and south[0] not in _COMES_FLYING:
        south = None
    if bool(south) == bool(north):
        return None
    return _SOUTHWARD if south else _NORTHWARD


_COMES_FLYING = frozenset({"날아온", "날아왔", "날아와", "남쪽으로"})

_WATER = re.compile(
    r" (?:sea|waters|coast|limit line|nll|gulf|buffer zone|fishing grounds?|"
    r"(?:patrol|torpedo|fishing|spy) (?:boats?|ships?)|gunboats?|"
    r"navy|warships?|vessels?|freighters?|barges?) "
)
_FROM_SEA = re.compile(r" (?:coastal|shore) guns? ")
_ISLAND = re.compile(r" (?:island|islands|islets|yeonpyeong|yonpyong) ")
_KOREAN_WATER = re.compile(r"해상|동해|서해|바다|완충구역|NLL|nll|북방한계선|해안초소|어선")
_OWN_GROUND = re.compile(
    r" (?:shot dead|shot and killed|shot to death|own (?:side|country|comrades|people)|"
    r"into the air|infiltrators?|raiders?|intruders?|commandos?|fugitives?|hunt(?:ed)?|chase|"
    r"firefight|gunfight|manhunt|film|drone|plane|airliner|in the uniform) "
)
_OFF = re.compile(
    r" (?:dismantl\w+|remov\w+|taken? (?:down|away)|took (?:down|away)|pull\w*|unscrew\w*|"
    r"silent|silence|(?:switch|turn)\w* off|stop\w*|halt\w*|ceas\w*|ended|suspend\w*|"
    r"not heard|gone|fell quiet|put(?:ting)? up|install\w*|erect\w*|set(?:ting)? up|disappear\w*) "
)
_KOREAN_OFF = re.compile(r"철거|멈췄|멈춘|중단|중지|사라|설치|정비|끄|껐|내보내지 않")
_JAMS = re.compile(r"jam|navigation|gps|signals?|receivers?|교란|전파", re.IGNORECASE)
_BY_VERB = frozenset({Kind.NAVAL, Kind.AIRCRAFT})
_CROSSES = re.compile(
    r"cross|stray|violat|intrud|ventur|drift|pass(?:ed|es)|slip|.*(?:넘|침범|월선|월경)"
)


def _crosses(word: str) -> bool:
    """Return whether a verb tells that a boat or a plane went over the line."""
    return bool(_CROSSES.match(word))


_ON_SOUTH_SIDE = re.compile(r" (?:south of the line|southern side|south of the mil)")
_ON_LAND = re.compile(r" south of (?:it|the line) | guard posts? | howitzers ")
_ACROSS = frozenset(
    {Kind.CROSSING, Kind.INFILTRATION, Kind.LEAFLET, Kind.BALLOON, Kind.DRONE, Kind.DEFECTION}
)


def goes_across(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether such an incident goes over the line when its side acts."""
    kind, words = trigger.kind, sentence.words
    near = f" {' '.join(words[max(0, trigger.first - 8) : trigger.last + 14])} "
    if kind is Kind.INFILTRATION or kind is Kind.DEFECTION:
        return " tunnel" not in near and "땅굴" not in near
    if kind in _ACROSS:
        return True
    if kind in _FIRE:
        return _is_fired_across(kind, sentence.plain, near)
    if kind is Kind.LOUDSPEAKER:
        return not (_OFF.search(near) or _KOREAN_OFF.search(near))
    if kind is Kind.CYBER_GPS:
        return bool(_JAMS.search(near))
    if kind in _BY_VERB:
        return _crosses(words[trigger.head])
    if kind is Kind.DIPLOMACY:
        return is_return(sentence, trigger)
    if kind is Kind.MINE:
        return bool(_ON_SOUTH_SIDE.search(near))
    return False


def _is_fired_across(kind: Kind, plain: str, near: str) -> bool:
    if kind is Kind.GUNFIRE and _OWN_GROUND.search(near):
        return False
    if _ON_LAND.search(near):
        return True
    wet = _WATER.search(_FROM_SEA.sub(" ", near)) or _KOREAN_WATER.search(near)
    return not wet or bool(kind is Kind.ARTILLERY and _ISLAND.search(near) and " sea " not in near)


_ZONE = r"(?:dmz|demilitarized zone|demilitarised zone)"
_LINE = rf"(?:\w+ ){{0,3}}?(?:mdl|military demarcation line|{_ZONE}|border|line|nll|limit line)"
_HAS_LINE = sign(lambda word: word.startswith(("dmz", "zone", "mdl", "line", "border", "nll")))
_INSIDE = re.compile(rf" (?:inside|within|in) the (?:\w+ ){{0,3}}?{_ZONE} ")
_SOUTH_SIDE = re.compile(
    r" (?:south of the|southern side of the|south side of the|south korean side of the|"
    rf"southern half of the|southern sector of the) {_LINE}"
)
_NORTH_SIDE = re.compile(
    r" (?:north of the|northern side of the|north side of the|north korean side of the|"
    rf"northern half of the|their side of the|its side of the) {_LINE}"
)


_CROSSED = (
    "cross", "step", "stray", "viol", "intrud", "wander", "breach", "walk", "incurs", "move",
    "came", "went",
)  # fmt: skip


def claim_of(sentence: Sentence, trigger: Trigger) -> Claim | None:
    """Return what the sentence says of the position."""
    words = sentence.words
    if trigger.kind is Kind.CROSSING and words[trigger.head].startswith(_CROSSED):
        return Claim.CROSSED_LINE
    if trigger.kind is Kind.NAVAL and words[trigger.head].startswith(("cross", "viol", "intrud")):
        return Claim.CROSSED_LINE
    if trigger.kind is Kind.CROSSING and not words[trigger.head].isascii():
        return Claim.CROSSED_LINE
    if not sentence.signs & _HAS_LINE:
        return None
    span = f" {' '.join(words[max(0, trigger.first - 8) : trigger.last + 16])} "
    if _INSIDE.search(span):
        return Claim.INSIDE_DMZ
    if _SOUTH_SIDE.search(span):
        return Claim.SOUTH_SIDE
    if _NORTH_SIDE.search(span):
        return Claim.NORTH_SIDE
    return None
