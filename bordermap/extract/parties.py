"""Who is named in a sentence: soldiers of the North, marines, activists, a leader."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import compress, count
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence

__all__ = ["PEOPLE", "Party", "find_parties"]

PEOPLE = (
    "soldiers|soldier|troops|military|navy|army|air force|forces|marines|marine corps|patrol boats|"
    "patrol boat|fishing boats|fishing boat|vessels|vessel|boats|boat|agents|agent|spies|spy|"
    "infiltrators|infiltrator|commandos|activists|activist|officials|guards|guard|warships|warship|"
    "fighter jets|aircraft|drones|drone|defectors|defector|fishermen|police|leader kim jong un|"
    "leader|artillery|submarine|ship|ships|groups|group|workers|authorities|government|troop|unit|"
    "units|civilians|man|woman|guard post|hackers|helicopters|coast guard|servicemen|sailors|"
    "border guards|sergeant|sergeants|officer|officers|pilot|resident|residents|gunboats|gunboat|"
    "torpedo boats|torpedo boat|marines|army officers|fighters|jets|planes|people|family|"
    "guns|gunners|raiders|raider|batteries|freighter|frogmen|submarines|craft"
)  # fmt: skip
# Adjectives and possessives take a noun after them ("North Korean patrol boats"); bare names
# do not ("North Korea sent a spy satellite").
_NORTH_OF = (
    r"north korean|northern(?= (?:soldiers|troops|army|guards|agents|boats))|north korea 's|"
    r"communist(?= (?:mig |patrol )?(?:soldiers|troops|gunboats|guards|guns|gunners|fighters|boats|"
    r"raiders|agents|commandos|infiltrators|forces|batteries))|"
    r"the north 's|dprk|pyongyang 's|n\.k\.|north 's"
)
_NORTH = (
    r"north koreans|north korea(?! 's)|the north(?! 's)|pyongyang(?! 's)|kpa|korean people 's army|"
    r"rodong sinmun|supreme command|national defen[cs]e commission"
)
_SOUTH_OF = (
    r"south korean|southern(?= (?:soldiers|troops|army|guards|marines))|south korea 's|"
    r"the south 's|rok|roks|seoul 's|south 's|s\.k\."
)
_SOUTH = r"south koreans|south korea(?! 's)|the south(?! 's)|seoul(?! 's)"
_OTHER_OF = r"u\.s\.|us|american|russian|chinese|japanese|un|u\.n\.|soviet"
_OTHER = r"russia|china|japan|united nations command|unc|americans"
_PARTY = re.compile(
    r" (?P<free>fighters for a free north korea)(?= )"
    rf"| (?:(?P<na>{_NORTH_OF})|(?P<su>{_SOUTH_OF})|(?P<ot>{_OTHER_OF}))"
    rf"(?: (?:[a-z]+ ){{0,2}}?(?P<who>{PEOPLE}))?(?= )"
    rf"| (?:(?P<n>{_NORTH})|(?P<s>{_SOUTH})|(?P<o>{_OTHER}))(?= )"
    rf"| (?P<from>(?:{PEOPLE}) (?:from|of) the (?P<fs>north|south))(?= )"
    r"| (?P<sa>(?:(?:the|civilian|civic|defector|led|anti|propaganda) ){0,3}activists|"
    r"kim jong un|kim yo jong|(?:the )?joint chiefs of staff|defectors|the allies|"
    r"korean people 's army|the marines|marines|the navy|the police|police)(?= )"
)
_KOREAN = re.compile(
    r" (?P<n>북한군|북한|북측|인민군|김정은|김여정|무장공비)"
    r"| (?P<s>우리 군|군 당국|합참|"
    r"한국군|군은|군이|해병대|정부는|정부가|자유북한운동연합|"
    r"탈북민|남측|국군|해군|우리 해군|탈북민 단체|탈북민단체|대북단체)"
)


@dataclass(slots=True)
class Party:
    """Someone named in a sentence: which side, the words, the tokens (last inclusive)."""

    side: str | None
    first: int
    last: int
    label: str


def find_parties(sentence: Sentence) -> list[Party]:
    """Return who is named in a sentence, from left to right."""
    if find_parties not in sentence.notes:
        sentence.notes[find_parties] = _parties(sentence)
    return cast("list[Party]", sentence.notes[find_parties])


# The words with which a party begins.
_STARTS = frozenset(
    phrase.split()[0].split("(")[0].replace("\\", "")
    for phrase in f"{_NORTH_OF}|{_NORTH}|{_SOUTH_OF}|{_SOUTH}|{_OTHER_OF}|{_OTHER}".split("|")
) | frozenset(
    ["communist", "northern", "southern", "fighters", "activists", "civilian", "civic", "defector",
     "anti", "propaganda", "kim", "joint", "the", "defectors", "korean", "marines", "police"]
)  # fmt: skip
_STARTS |= frozenset(p.split()[0] for p in PEOPLE.split("|"))
# ... and those that follow where it begins with "the": most of these begin none.
_AFTER_THE = frozenset(
    ["north", "south", "activists", "civilian", "civic", "defector", "led", "anti", "propaganda",
     "the", "joint", "allies", "marines", "navy", "police"]
)  # fmt: skip


def _parties(sentence: Sentence) -> list[Party]:
    plain, words = sentence.plain, sentence.words
    found: list[Party] = []
    starts = list(compress(count(), map(_STARTS.__contains__, words)))
    if starts:
        positions, after = sentence.positions(), 0
        for token in starts:
            if token < after or (
                words[token] == "the" and _AFTER_THE.isdisjoint(words[token + 1 : token + 2])
            ):
                continue
            # Tried only where a party may begin: a search at every word costs much.
            match = _PARTY.match(plain, positions[token] - 1)
            if match:
                found.append(_party(sentence, match, _side(match), _name(match)))
                after = found[-1].last + 1
    if not plain.isascii():
        for match in _KOREAN.finditer(plain):
            side = "north" if match["n"] else "south"
            found.append(_party(sentence, match, side, match[0]))
    return found


def _party(sentence: Sentence, match: re.Match[str], side: str | None, name: str | None) -> Party:
    first = sentence.token_at(match.start() + 1)
    last = max(first, min(sentence.token_at(match.end()) - 1, len(sentence.words) - 1))
    return Party(side, first, last, _label(sentence, side, name, first, last))


def _side(match: re.Match[str]) -> str | None:
    if match["n"] or match["na"]:
        return "north"
    if match["s"] or match["su"] or match["free"]:
        return "south"
    if match["fs"]:
        return match["fs"]
    alone = match["sa"] or ""
    if alone.startswith(("kim", "korean people")):
        return "north"
    return "south" if alone else None


def _name(match: re.Match[str]) -> str | None:
    """Return the name of a side where nothing of it is named: "the North"."""
    return None if match["who"] else match["n"] or match["s"] or match["na"] or match["su"]


def _label(sentence: Sentence, side: str | None, name: str | None, first: int, last: int) -> str:
    if name and side:
        if name in {"kpa", "korean people 's army"}:
            return "Korean People's Army"
        return "North Korea" if side == "north" else "South Korea"
    start, end = sentence.span(first, last)
    words = sentence.text[start:end].split()
    if words[0].lower() == "the" and len(words) > 1:
        words = words[1:]
    return " ".join(words)
