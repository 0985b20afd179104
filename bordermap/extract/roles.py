"""Who did it to whom, who says so, which way across the line, on which side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bordermap.extract.wordlists import word_set
from bordermap.table import Claim, Direction, Kind

if TYPE_CHECKING:
    from bordermap.extract.events import Trigger
    from bordermap.extract.tokens import Sentence

__all__ = ["Party", "claim_of", "claimed_by", "direction_of", "find_parties", "roles_of"]

_PEOPLE = (
    "soldiers|soldier|troops|military|navy|army|air force|forces|marines|marine corps|patrol boats|"
    "patrol boat|fishing boats|fishing boat|vessels|vessel|boats|boat|agents|agent|spies|spy|"
    "infiltrators|infiltrator|commandos|activists|activist|officials|guards|guard|warships|warship|"
    "fighter jets|aircraft|drones|drone|defectors|defector|fishermen|police|leader kim jong un|"
    "leader|artillery|submarine|ship|ships|groups|group|workers|authorities|government|troop|unit|"
    "units|civilians|man|woman|guard post|hackers|helicopters|coast guard|servicemen|sailors|"
    "border guards"
)  # fmt: skip
_NORTH = (
    r"north koreans|north korean|northern(?= (?:soldiers|troops|army|guards|agents|boats))|"
    r"north korea 's|north korea|the north 's|the north|dprk|pyongyang 's|pyongyang|"
    r"n\.k\.|north 's|kpa|korean people 's army"
)
_SOUTH = (
    r"south koreans|south korean|southern(?= (?:soldiers|troops|army|guards|marines))|"
    r"south korea 's|south korea|the south 's|the south|rok|roks|seoul 's|seoul|"
    r"south 's|s\.k\."
)
_OTHER = (
    r"u\.s\.|us|american|russian|russia|chinese|china|japanese|japan|un|u\.n\.|"
    r"united nations command|unc"
)
_PARTY = re.compile(
    rf"(?<= )(?:(?P<n>{_NORTH})|(?P<s>{_SOUTH})|(?P<o>{_OTHER}))"
    rf"(?: (?:[a-z]+ ){{0,2}}?(?P<who>{_PEOPLE}))?(?= )"
    rf"|(?<= )(?P<from>(?:{_PEOPLE}) (?:from|of) the (?P<fs>north|south))(?= )"
    r"|(?<= )(?P<sa>(?:(?:the|civilian|civic|defector|led|anti|propaganda) ){0,3}activists|"
    r"kim jong un|kim yo jong|(?:the )?joint chiefs of staff|the unc|defectors)(?= )"
)
_KOREAN = re.compile(
    r"(?<= )(?P<n>북한군|북한|북측|인민군)"
    r"|(?<= )(?P<s>우리 군|군 당국|합참|"
    r"한국군|남측|국군|해군|우리 해군|탈북민 단체|탈북민단체|대북단체)"
)
_PASSIVE = frozenset({"is", "are", "was", "were", "been", "being", "be"})
_GROUPS = word_set("groups")
_NOT_SUBJECT = word_set("not_subject")
_SAYS = word_set("says")
_SOURCES = (
    (r"joint chiefs|jcs|join chiefs|합참|합동참모본부", "Joint Chiefs of Staff"),
    (r"kcna|korean central news agency|조선중앙통신", "KCNA"),
    (r"state media|rodong sinmun", "North Korean state media"),
    (r"united nations command|u\.n\. command|un command|unc|유엔사", "United Nations Command"),
    (r"(?:south korea 's|south korean|seoul 's|the south 's) defen[sc]e ministry|국방부",
     "South Korean Defense Ministry"),
    (r"south korean officials", "South Korean officials"),
    (r"(?:south korea 's|south korean|the south 's|seoul 's) (?:military|army|navy|marines)",
     "South Korean military"),
    (r"(?:south korea 's|the south 's) (?:spy agency|unification ministry)|unification ministry",
     "South Korean government"),
    (r"japan 's defen[sc]e ministry|japan 's coast guard|japan coast guard|japanese", "Japan"),
    (r"activists|defector group|civic group|fighters for a free north korea", "activists"),
    (r"police|경찰", "police"),
    (r"seoul", "South Korean government"),
    (r"pyongyang|north korea|the north", "North Korean government"),
    (r"the military|the army|the navy", "South Korean military"),
)  # fmt: skip
_SOURCE = tuple((re.compile(rf"(?<= )(?:{p})(?=[^ ]* )"), label) for p, label in _SOURCES)


@dataclass(slots=True)
class Party:
    """Someone named in a sentence: which side, the words, the tokens (last inclusive)."""

    side: str | None
    first: int
    last: int
    label: str


def find_parties(sentence: Sentence) -> list[Party]:
    """Return who is named in a sentence, from left to right."""
    found = []
    patterns = (_PARTY, _KOREAN) if not sentence.plain.isascii() else (_PARTY,)
    for pattern in patterns:
        for match in pattern.finditer(sentence.plain):
            first = sentence.token_at(match.start())
            last = sentence.token_at(match.end()) - (pattern is _PARTY)
            last = max(first, min(last, len(sentence.words) - 1))
            found.append(Party(_side(match), first, last, _label(sentence, match, first, last)))
    return found


def _side(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    if groups.get("n"):
        return "north"
    if groups.get("s"):
        return "south"
    if groups.get("fs"):
        return str(groups["fs"])
    alone = groups.get("sa") or ""
    if alone.startswith("kim"):
        return "north"
    return "south" if alone else None


def _label(sentence: Sentence, match: re.Match[str], first: int, last: int) -> str:
    groups = match.groupdict()
    if not groups.get("who") and (groups.get("n") or groups.get("s")):
        if groups.get("n") in {"kpa", "korean people 's army"}:
            return "Korean People's Army"
        return "North Korea" if groups.get("n") else "South Korea"
    start, end = sentence.spans[first][0], sentence.spans[last][1]
    words = sentence.text[start:end].split()
    if words[0].lower() == "the" and len(words) > 1:
        words = words[1:]
    return " ".join(words)


def roles_of(
    sentence: Sentence, trigger: Trigger, parties: list[Party]
) -> tuple[Party | None, Party | None]:
    """Return who did it and to whom, as far as the sentence says."""
    words = sentence.words
    head = trigger.head
    if "가" <= words[head][0] <= "힣":
        return _korean_subject(words, head, parties), None
    is_passive = bool(_PASSIVE & set(words[max(0, head - 3) : head])) and not words[head].endswith(
        "ing"
    )
    after = [p for p in parties if p.first > head]
    if is_passive:
        by = next((p for p in after if words[p.first - 1] in {"by", "the"} and "by" in words[
            max(0, p.first - 3) : p.first]), None)  # fmt: skip
        before = [p for p in parties if p.last < head and _is_subject(words, p)]
        return by, (before[-1] if before else None)
    before = [p for p in parties if p.last < head and _is_subject(words, p)]
    actor = _subject(sentence, trigger, before)
    target = next((p for p in after if p.first - head <= 14 and _is_target(words, p)), None)
    if actor is None and trigger.is_noun:
        by = next((p for p in after if "by" in words[max(0, p.first - 2) : p.first]), None)
        return by, None
    if actor is not None and target is not None and actor.side == target.side:
        target = None
    return actor, target


def _korean_subject(words: list[str], head: int, parties: list[Party]) -> Party | None:
    """Return the last party before a Korean verb with a particle of the subject."""
    for party in reversed(parties):
        after = " ".join(words[party.last : party.last + 3])
        source = any(s in after for s in ("따르면", "밝혔", "설명", "전했", "보도", "말했"))
        if party.last < head and words[party.last].endswith(_SUBJECT) and not source:
            return party
    return None


_SUBJECT = ("이", "가", "은", "는", "에서", "군")


def _is_subject(words: list[str], party: Party) -> bool:
    before = words[party.first - 1] if party.first else ""
    if before in {"the", "a", "an", "several", "two", "three", "some"} and party.first > 1:
        before = words[party.first - 2]
    if before == "of" and words[max(0, party.first - 2)] in _GROUPS:
        return True
    return before not in _NOT_SUBJECT


def _subject(sentence: Sentence, trigger: Trigger, before: list[Party]) -> Party | None:
    """Return the last party before the verb that is not only the one who says so."""
    words = sentence.words
    for party in reversed(before):
        between = words[party.last + 1 : trigger.head]
        says = [w for w in between if w in _SAYS]
        if not says:
            return party
        # "The South's military said it had fired": the same one acts.
        tail = between[len(between) - 1 - between[::-1].index(says[-1]) + 1 :]
        if {"it", "they", "its"} & set(tail[:3]):
            return party
    return None


def _is_target(words: list[str], party: Party) -> bool:
    return bool(
        {"at", "toward", "towards", "against", "on", "to", "into", "over"}
        & set(words[max(0, party.first - 3) : party.first])
    ) or words[party.last].endswith(("soldiers", "soldier", "boat", "boats", "marines", "vessel"))


def direction_of(sentence: Sentence, trigger: Trigger, actor: Party | None) -> Direction | None:
    """Return which way across the line it went, where the kind and the actor tell."""
    words = set(sentence.words[max(0, trigger.first - 4) : trigger.last + 16])
    text = sentence.plain
    if trigger.kind in {Kind.DEFECTION, Kind.ABDUCTION}:
        if "to the south" in text or "to south korea" in text or (
            trigger.kind is Kind.DEFECTION and actor is not None and actor.side == "north"
        ):  # fmt: skip
            return Direction.NORTH_TO_SOUTH
        if "to the north" in text or "to north korea" in text:
            return Direction.SOUTH_TO_NORTH
        return None
    if trigger.kind not in _DIRECTED:
        return None
    if "southward" in words or "southwards" in words:
        return Direction.NORTH_TO_SOUTH
    if "northward" in words or "northwards" in words:
        return Direction.SOUTH_TO_NORTH
    if actor is None or actor.side is None or not _goes_across(trigger.kind, text):
        return None
    return Direction.NORTH_TO_SOUTH if actor.side == "north" else Direction.SOUTH_TO_NORTH


_DIRECTED = frozenset(
    {Kind.CROSSING, Kind.INFILTRATION, Kind.LEAFLET, Kind.BALLOON, Kind.LOUDSPEAKER, Kind.DRONE,
     Kind.ARTILLERY, Kind.GUNFIRE, Kind.NAVAL, Kind.MINE, Kind.CYBER_GPS}
)  # fmt: skip
_AT_SEA = re.compile(r" (?:into|toward|towards|in|off) the (?:\w+ ){0,3}?(?:sea|waters|coast) ")


def _goes_across(kind: Kind, text: str) -> bool:
    """Return whether such an incident goes over the line when its side acts."""
    if kind is Kind.ARTILLERY:
        return not _AT_SEA.search(text)
    if kind is Kind.MINE:
        return " south" in text
    if kind is Kind.LOUDSPEAKER:
        return not re.search(r" (?:dismantl|remov|taken? down|took down|pull)", text)
    return True


_ZONE = r"(?:dmz|demilitarized zone|demilitarised zone)"
_LINE = rf"(?:\w+ ){{0,3}}?(?:mdl|military demarcation line|{_ZONE}|border|line|nll|limit line)"
_INSIDE = re.compile(rf" (?:inside|within|in) the (?:\w+ ){{0,3}}?{_ZONE} ")
_SOUTH_SIDE = re.compile(
    r" (?:south of the|southern side of the|south side of the|south korean side of the|"
    rf"southern half of the|southern sector of the) {_LINE}"
)
_NORTH_SIDE = re.compile(
    r" (?:north of the|northern side of the|north side of the|north korean side of the|"
    rf"northern half of the|their side of the|its side of the) {_LINE}"
)
_ACROSS = frozenset({Kind.CROSSING})


def claim_of(sentence: Sentence, trigger: Trigger) -> Claim | None:
    """Return what the sentence says of the position."""
    words = sentence.words
    span = f" {' '.join(words[max(0, trigger.first - 8) : trigger.last + 16])} "
    if trigger.kind in _ACROSS and words[trigger.head].startswith(("cross", "step", "stray", "viol",
        "intrud", "wander", "breach", "walk", "incurs", "move", "came", "went")):  # fmt: skip
        return Claim.CROSSED_LINE
    if trigger.kind is Kind.NAVAL and words[trigger.head].startswith(("cross", "viol", "intrud")):
        return Claim.CROSSED_LINE
    if trigger.kind is Kind.CROSSING and not words[trigger.head].isascii():
        return Claim.CROSSED_LINE
    if _INSIDE.search(span):
        return Claim.INSIDE_DMZ
    if _SOUTH_SIDE.search(span):
        return Claim.SOUTH_SIDE
    if _NORTH_SIDE.search(span):
        return Claim.NORTH_SIDE
    return None


def claimed_by(sentence: Sentence) -> tuple[str, int, int] | None:
    """Return who is said to say it, with the tokens (last inclusive)."""
    words = sentence.words
    if not _SAYS & set(words) and sentence.plain.isascii():
        return None
    for pattern, label in _SOURCE:
        for match in pattern.finditer(sentence.plain):
            first = sentence.token_at(match.start())
            last = max(first, sentence.token_at(match.end()) - 1)
            near = words[max(0, first - 4) : first] + words[last + 1 : last + 7]
            if _SAYS & set(near) or not words[first].isascii():
                return label, first, last
    return None
