"""Who is named in a sentence: soldiers of the North, marines, activists, a leader."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from itertools import compress, count
from typing import TYPE_CHECKING

from bordermap.extract.verbs import is_past
from bordermap.extract.wordlists import word_set

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence

__all__ = ["COUNTRY", "Party", "find_parties", "is_thing", "other_side"]

COUNTRY = {"north": "North Korea", "south": "South Korea", "us": "United States"}
_ADJECTIVE = {"north": "North Korean", "south": "South Korean", "us": "American"}


@dataclass(slots=True)
class Party:
    """Someone named in a sentence.

    Attributes
    ----------
    side
        north, south, us, other; None where it is not told.
    first, last
        Its tokens, last inclusive.
    label
        What a reader is shown; it says the side.
    is_thing
        Whether only a thing of that side is named: "North Korean shells".
    is_country
        Whether the side itself is named: "the North", "Seoul".
    is_implied
        Whether only what it is tells its side, and no name of it: "raiders", "marines".
    at
        Where its words begin and end in the text.
    """

    side: str | None
    first: int
    last: int
    label: str
    is_thing: bool = False
    is_country: bool = False
    is_implied: bool = False
    at: tuple[int, int] = (0, 0)


def other_side(party: Party | None, *, at: Party | None = None) -> Party | None:
    """Return the side that is against one, resting on the same words; None where unknown.

    Parameters
    ----------
    party
        Someone of one side.
    at
        Whose words to rest on, if not those of ``party``.
    """
    side = None if party is None else _AGAINST.get(party.side or "")
    if party is None or side is None:
        return None
    words = at or party
    return Party(side, words.first, words.last, COUNTRY[side], is_country=True, at=words.at)


_AGAINST = {"north": "south", "south": "north", "us": "north"}

_PEOPLE = frozenset(word.replace("_", " ") for word in word_set("people"))
_THINGS = frozenset(word.replace("_", " ") for word in word_set("things"))
_THING_LAST = frozenset(word.split()[-1] for word in _THINGS)
_NOUN_LAST = frozenset(word.split()[-1] for word in _PEOPLE) | _THING_LAST


def is_thing(word: str) -> bool:
    """Return whether a noun is something fired, flown or laid, and nobody who acts."""
    return word in _THING_LAST


def _any(phrases: frozenset[str]) -> str:
    return "|".join(sorted((re.escape(p.replace("_", " ")) for p in phrases), key=len)[::-1])


_NOUN = _any(_PEOPLE | _THINGS)
# Adjectives and possessives take a noun after them ("North Korean patrol boats"); bare names
# do not ("North Korea sent a spy satellite").
_NORTH_OF = r"north korean|north korea 's|the north 's|dprk|pyongyang 's|n\.k\.|north 's|kpa"
_SOUTH_OF = r"south korean|south korea 's|the south 's|rok|roks|seoul 's|south 's|s\.k\."
_US_OF = r"u\.s\.|us|american|united states"
_OTHER_OF = r"russian|chinese|japanese|un|u\.n\.|united nations|soviet|allied"
# These are sides only before somebody: "northern guards", but not "the northern half".
_NORTH_ADJECTIVE = r"northern|communist|red(?! cross)"
_SOUTH_ADJECTIVE = r"southern"
# "The north wind", "the south bank": no side.
_NO_SIDE = r"(?! 's| korea| wind| wall| end| face| side| bank| coast)"
_NORTH = (
    rf"north koreans|north korea(?! 's)|the north{_NO_SIDE}|"
    r"pyongyang(?! 's)|kpa|korean people 's army|people 's army|rodong sinmun|supreme command|"
    r"national defen[cs]e commission|kim jong un|kim yo jong|kim jong il|kim il sung"
)
_SOUTH = (
    rf"south koreans|south korea(?! 's)|the south{_NO_SIDE}|"
    r"seoul(?! 's)"
)
_OTHER = r"russia|china|japan|united nations command|u\.n\. command|unc"
_ARMED = r"navy|army|air force|military|coast guard|police"
_PARTY = re.compile(
    r" (?P<free>fighters for a free north korea)(?= )"
    r"| (?P<al>the allies|south korean and (?:american|u\.s\.) (?:troops|forces))(?= )"
    rf"| (?:(?P<na>{_NORTH_OF})|(?P<su>{_SOUTH_OF})|(?P<ua>{_US_OF})|(?P<ot>{_OTHER_OF}))"
    rf"(?P<gap>(?: (?!of |and |in |to |by |on |at |from |that |with )[a-z0-9]+){{0,2}}?)"
    rf" (?P<who>{_NOUN})(?= )"
    rf"| (?:(?P<nj>{_NORTH_ADJECTIVE})|(?P<sj>{_SOUTH_ADJECTIVE}))(?: [a-z0-9]+)??"
    rf" (?:{_NOUN})(?= )"
    rf"| (?P<np>{_any(word_set('northern_people'))})(?= )"
    rf"| (?P<up>{_any(word_set('american_people'))})(?= )"
    rf"| (?:(?P<n>{_NORTH})|(?P<s>{_SOUTH})|(?P<o>{_OTHER}))(?= )"
    rf"| (?:(?P<nb>{_NORTH_OF})|(?P<sb>{_SOUTH_OF})|(?P<ub>u\.s\.|american|united states)|"
    r"(?P<ob>russian|chinese|japanese))(?= )"
    r"| (?P<sa>(?:(?:civilian|civic|defector|led|anti|propaganda) ){0,3}activists|"
    rf"joint chiefs of staff|the (?:{_ARMED})(?! demarcation| armistice| commission)|"
    r"defectors|marines|police|coast guard|"
    rf"{_any(word_set('southern_people'))})(?= )"
    rf"| (?P<st>{_any(word_set('things_of_south'))})(?= )"
)
_KOREAN = re.compile(
    r" (?P<n>북한군|북한|북측|인민군|조선인민군|김정은|김여정|무장공비|공비|간첩|"
    r"평양은|평양이|북이|북은)"
    r"| (?P<u>주한미군|미군|미국)"
    r"| (?P<s>우리 [가-힣]+|군 당국|합동참모본부|합참|한국군|군은|군이|군의|해병대|정부는|정부가|"
    r"국방부|자유북한운동연합|탈북민 ?단체|탈북자 ?단체|대북단체|시민단체|민간단체|"
    r"남측|국군|해군|공군|육군|남한|한국|서울은|서울이)"
)
# The words with which a party begins.
_STARTS = frozenset(
    re.sub(r"\\|\(.*", "", phrase.split()[0])
    for phrase in "|".join(
        (_NORTH_OF, _NORTH, _SOUTH_OF, _SOUTH, _US_OF, _OTHER_OF, _OTHER, _NORTH_ADJECTIVE,
         _any(word_set("northern_people")), _any(word_set("american_people")),
         _any(word_set("southern_people")), _any(word_set("things_of_south")))
    ).replace(_NO_SIDE, "").split("|")
) | frozenset(
    ["fighters", "civilian", "civic", "defector", "led", "anti", "propaganda", "joint", "the",
     "police", "coast", "southern", "national"]
)  # fmt: skip


def find_parties(sentence: Sentence) -> list[Party]:
    """Return who is named in a sentence, from left to right."""
    found: list[Party] | None = sentence.notes.get(find_parties)
    if found is None:
        found = sentence.notes[find_parties] = _parties(sentence)
    return found


def _parties(sentence: Sentence) -> list[Party]:
    plain = sentence.plain
    found: list[Party] = []
    starts = list(compress(count(), map(_STARTS.__contains__, sentence.words)))
    if starts:
        positions, after = sentence.positions(), 0
        for token in starts:
            # Tried only where a party may begin: a search at every word costs much.
            match = _PARTY.match(plain, positions[token] - 1) if token >= after else None
            if match:
                found.append(_party(sentence, match, token))
                after = found[-1].last + 1
            elif token >= after and sentence.raws[token] in _BARE:
                found += _bare(sentence, token)
    if not plain.isascii():
        found += [_korean(sentence, match) for match in _KOREAN.finditer(plain)]
    return found


_BARE = frozenset({"North", "South"})
_BEFORE_BARE = frozenset(
    ["", "and", "after", "but", "while", "when", "as", ",", ";", ":", "-", "before", "that", "says"]
)


def _bare(sentence: Sentence, token: int) -> list[Party]:
    """Return the side that a headline names without its article: "South returns fire"."""
    words = sentence.words
    before = words[token - 1] if token else ""
    after = sentence.raws[token + 1] if token + 1 < len(words) else ""
    is_verb = after.islower() and (after.endswith("s") or is_past(after))
    if before not in _BEFORE_BARE or not is_verb:
        return []
    side = words[token]
    return [
        Party(side, token, token, COUNTRY[side], is_country=True, at=sentence.span(token, token))
    ]


_SIDE_OF_GROUP = {
    "n": "north", "na": "north", "nj": "north", "np": "north", "nb": "north",
    "s": "south", "su": "south", "sj": "south", "sb": "south", "sa": "south", "free": "south",
    "st": "south", "al": "south", "ua": "us", "up": "us", "ub": "us", "u": "us",
    "ot": "other", "o": "other", "ob": "other",
}  # fmt: skip


def _party(sentence: Sentence, match: re.Match[str], first: int) -> Party:
    group = match.lastgroup or ""
    if group in {"who", "gap"}:
        group = next(g for g in ("na", "su", "ua", "ot") if match[g])
    side = _SIDE_OF_GROUP[group]
    last = first + match[0].count(" ") - 1
    if sentence.words[last] == "civilian" and sentence.words[last + 1 : last + 2] == ["activists"]:
        last += 1
    thing = sentence.words[last] in _THING_LAST and (match["who"] is not None or group in _ADJ)
    is_country = group in {"n", "s"}
    if not thing and not is_country and group not in {"nb", "sb", "ub", "ob"}:
        implied = group in {"np", "up", "st"}
        return _grown(sentence, Party(side, first, last, "", is_implied=implied))
    party = Party(side, first, last, "", is_thing=thing, is_country=is_country)
    grown = _grown(sentence, party)
    if grown.first == first:
        grown.label = _name(side, match[0].strip())
    return grown


_ADJ = frozenset({"nj", "sj"})
_ARMY = frozenset({"kpa", "korean people 's army", "people 's army"})
_LEADERS = frozenset({"kim jong un", "kim yo jong", "kim jong il", "kim il sung"})


def _name(side: str, words: str) -> str:
    """Return the name of a side where nobody of it is named: "the North"."""
    if words in _ARMY:
        return "Korean People's Army"
    if words in _LEADERS:
        return words.title()
    return COUNTRY.get(side, words.title())


def _tokens(sentence: Sentence, match: re.Match[str]) -> tuple[int, int]:
    first = sentence.token_at(match.start() + 1)
    last = max(first, min(sentence.token_at(match.end()) - 1, len(sentence.words) - 1))
    return first, last


_LINKS = frozenset({"of", "from"})
_ARTICLES = frozenset({"the", "a", "an", "its", "their"})


def _grown(sentence: Sentence, party: Party) -> Party:
    """Add who is said to be of the party: "soldiers of the North", "an airman of the U.S. Army"."""
    words = sentence.words
    token = party.first - 1
    if token >= 0 and words[token] in _ARTICLES:
        token -= 1
    if token >= 1 and words[token] in _LINKS and words[token - 1] in _NOUN_LAST:
        first, last = token - 1, party.last
        thing = words[first] in _THING_LAST
        party = Party(party.side, first, last, "", is_thing=thing)
    party.at = start, end = sentence.span(party.first, party.last)
    if party.is_thing:
        party.label = COUNTRY.get(party.side or "", "")
    if not party.label:
        party.label = _label(party.side or "", sentence.text[start:end])
    return party


_SAYS_SIDE = {
    "north": re.compile(r"\b(?:north|dprk|kpa|pyongyang|n\.k|people's army)", re.IGNORECASE),
    "south": re.compile(r"\b(?:south|rok|seoul|s\.k)", re.IGNORECASE),
    "us": re.compile(r"\b(?:u\.s|us\b|america|united states)", re.IGNORECASE),
}


# A text names the same few over and over.
@functools.lru_cache(maxsize=1000)
def _label(side: str, text: str) -> str:
    """Return the words of a party without an article, its side added where they do not say it."""
    words = text.split()
    if words[0].lower() in {"the", "a", "an"} and len(words) > 1:
        words = words[1:]
    if words[0].lower() in {"communist", "red"}:
        words = words[1:]
    label = " ".join(words)
    said = _SAYS_SIDE.get(side)
    if said is None or said.search(label):
        return label[0].upper() + label[1:] if label.startswith(("north", "south")) else label
    if not words or label.lower() in {"communists", "communist side", "reds", "side", "allies"}:
        return COUNTRY[side or "north"] + (" and allies" if label == "allies" else "")
    if "free north korea" in label.lower():
        return label
    return f"{_ADJECTIVE[side or 'north']} {label}"


def _korean(sentence: Sentence, match: re.Match[str]) -> Party:
    side = _SIDE_OF_GROUP[match.lastgroup or "n"]
    first, last = _tokens(sentence, match)
    at = sentence.span(first, last)
    return Party(side, first, last, COUNTRY[side], is_country=True, at=at)
