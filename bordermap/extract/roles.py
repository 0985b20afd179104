"""Who did it to whom, and who says so."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from bordermap.extract.wordlists import word_set
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.events import Trigger
    from bordermap.extract.tokens import Sentence

__all__ = ["Memory", "Party", "claimed_by", "find_parties", "roles_of"]

_PEOPLE = (
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
    r"north koreans|north korea(?! 's)|the north(?! 's)|pyongyang(?! 's)|kpa|korean people 's army"
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
    rf"(?: (?:[a-z]+ ){{0,2}}?(?P<who>{_PEOPLE}))?(?= )"
    rf"| (?:(?P<n>{_NORTH})|(?P<s>{_SOUTH})|(?P<o>{_OTHER}))(?= )"
    rf"| (?P<from>(?:{_PEOPLE}) (?:from|of) the (?P<fs>north|south))(?= )"
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
# One pass for all; the group's number says which, the first before the rest.
_SOURCE = re.compile(" (?:" + "|".join(f"({p})" for p, _ in _SOURCES) + ")(?=[^ ]* )")


@dataclass(slots=True)
class Party:
    """Someone named in a sentence: which side, the words, the tokens (last inclusive)."""

    side: str | None
    first: int
    last: int
    label: str


@dataclass(slots=True)
class Memory:
    """Who was named before in a text, for "the soldiers", "they", "another group".

    Attributes
    ----------
    by_noun
        "soldiers", "boats", ... -> who was last called so with a side.
    actor
        Who last did something.
    """

    by_noun: dict[str, Party] = field(default_factory=dict)
    actor: Party | None = None

    def note(self, sentence: Sentence, parties: list[Party]) -> None:
        """Remember the parties of a sentence."""
        for party in parties:
            if party.side is not None:
                for token in range(party.first, party.last + 1):
                    noun = sentence.words[token].removesuffix("s")
                    if noun in _NOUNS:
                        self.by_noun[noun] = party

    def north(self) -> Party | None:
        """Return someone of the North who was named before, or None."""
        return next((p for p in self.by_noun.values() if p.side == "north"), None)

    def recall(self, words: list[str], head: int, kind: Kind) -> Party | None:
        """Return whom the subject before a verb stands for, or None."""
        for token in range(head - 1, max(-1, head - 9), -1):
            word = words[token]
            if word in {".", ";", ":", "that", "as", "when", "where", "because", "by", "at"}:
                return None
            if word in _PRONOUNS:
                activists = self.by_noun.get("activist") or self.by_noun.get("defector")
                if kind is Kind.LEAFLET and activists is not None:
                    return activists
                return self.actor
            before = words[token - 1] if token else ""
            if before in _NOT_SUBJECT and before != "of":
                continue
            known = self.by_noun.get(word.removesuffix("s"))
            if known is not None:
                return known
            if word in _SOLDIERS and kind is Kind.CROSSING and self.north() is not None:
                return self.north()
            if word in _GROUPS and word not in {"some", "most", "number"}:
                return self.by_noun.get("soldier") or self.actor
        return None


_NOUNS = frozenset(_PEOPLE.replace("|", " ").replace("s ", " ").split()) - {"leader", "force"}
_SOLDIERS = frozenset({"soldiers", "troops", "men", "pursuers", "comrades", "guards", "soldier"})
_PRONOUNS = frozenset(["they", "he", "it", "she", "them", "man", "one", "others", "who", "some"])


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
_STARTS |= frozenset(p.split()[0] for p in _PEOPLE.split("|"))


def _parties(sentence: Sentence) -> list[Party]:
    found: list[Party] = []
    if not _STARTS.isdisjoint(sentence.words):
        positions, after = sentence.positions(), 0
        for token, word in enumerate(sentence.words):
            # Tried only where a party may begin: a search at every word costs much.
            if token >= after and word in _STARTS:
                match = _PARTY.match(sentence.plain, positions[token] - 1)
                if match:
                    found.append(_party(sentence, match))
                    after = found[-1].last + 1
    if not sentence.plain.isascii():
        found += [_party(sentence, m) for m in _KOREAN.finditer(sentence.plain)]
    return found


def _party(sentence: Sentence, match: re.Match[str]) -> Party:
    first = sentence.token_at(match.start() + 1)
    last = max(first, min(sentence.token_at(match.end()) - 1, len(sentence.words) - 1))
    return Party(_side(match), first, last, _label(sentence, match, first, last))


def _side(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    if groups.get("n") or groups.get("na"):
        return "north"
    if groups.get("s") or groups.get("su"):
        return "south"
    if groups.get("fs"):
        return str(groups["fs"])
    if groups.get("free"):
        return "south"
    alone = groups.get("sa") or ""
    if alone.startswith(("kim", "korean people")):
        return "north"
    return "south" if alone else None


def _label(sentence: Sentence, match: re.Match[str], first: int, last: int) -> str:
    groups = match.groupdict()
    side = _side(match)
    named = groups.get("n") or groups.get("s") or groups.get("na") or groups.get("su")
    if not groups.get("who") and named and side:
        if named in {"kpa", "korean people 's army"}:
            return "Korean People's Army"
        return "North Korea" if side == "north" else "South Korea"
    start, end = sentence.span(first, last)
    words = sentence.text[start:end].split()
    if words[0].lower() == "the" and len(words) > 1:
        words = words[1:]
    return " ".join(words)


def roles_of(
    sentence: Sentence, trigger: Trigger, parties: list[Party], memory: Memory
) -> tuple[Party | None, Party | None]:
    """Return who did it and to whom, as far as the sentence and those before it say."""
    words = sentence.words
    head = trigger.head
    if "가" <= words[head][0] <= "힣":
        return _korean_subject(words, head, parties), None
    is_passive = bool(_PASSIVE & set(words[max(0, head - 3) : head])) and not words[head].endswith(
        "ing"
    )
    after = [p for p in parties if p.first > head]
    if is_passive:
        by = next((p for p in after if "by" in words[max(0, p.first - 3) : p.first]), None)
        before = [p for p in parties if p.last < head and _is_subject(words, p)]
        if by is None and trigger.kind in _DONE_BY_SUBJECT:
            return (before[-1] if before else memory.recall(words, head, trigger.kind)), None
        return by, (before[-1] if before else None)
    before = [p for p in parties if p.last < head and _is_subject(words, p)]
    actor = _subject(sentence, trigger, before) or memory.recall(words, head, trigger.kind)
    if actor is None and words[head].startswith(_ANSWERS):
        actor = _other_side(memory.actor)
    target = next((p for p in after if p.first - head <= 14 and _is_target(words, p)), None)
    if actor is None and trigger.is_noun:
        by = next((p for p in after if "by" in words[max(0, p.first - 2) : p.first]), None)
        return by, None
    is_found = trigger.kind is Kind.DRONE and words[head] in _FINDS
    if actor is not None and actor.side == "south" and (
        is_found or trigger.kind is Kind.INFILTRATION
    ):  # fmt: skip
        # "The police stopped them": those who came are those who did it.
        came = next((p for p in parties if p.side == "north"), None)
        return came or (None if is_found else memory.north()), actor
    if actor is not None and target is not None and actor.side == target.side:
        target = None
    return actor, target


_FINDS = frozenset(
    ["found", "finds", "discovered", "recovered", "spotted", "detected", "shot", "downed",
     "tracked", "picked", "located", "retrieved", "intercepted", "seized"]
)  # fmt: skip
_ANSWERS = ("answer", "repl", "respond", "return", "retaliat")


def _other_side(party: Party | None) -> Party | None:
    """Return the side that answers, or None where nobody is known to have acted."""
    if party is None or party.side not in {"north", "south"}:
        return None
    other, label = ("south", "South Korea") if party.side == "north" else ("north", "North Korea")
    return Party(other, party.first, party.last, label)


# "Ten commandos were stopped": those who are acted upon are those who came.
_DONE_BY_SUBJECT = frozenset({Kind.INFILTRATION, Kind.DEFECTION, Kind.DRONE, Kind.BALLOON})


def _korean_subject(words: list[str], head: int, parties: list[Party]) -> Party | None:
    """Return the last party before a Korean verb with a particle of the subject."""
    for party in reversed(parties):
        after = " ".join(words[party.last : party.last + 3])
        source = any(s in after for s in ("따르면", "밝혔", "설명", "전했", "보도", "말했"))
        if party.last < head and not source and _has_subject_particle(words, party.last, head):
            return party
    return None


_SUBJECT = ("이", "가", "은", "는", "에서", "께서")
_OBJECT = ("을", "를", "에", "의", "에게", "로", "과", "와")


def _has_subject_particle(words: list[str], token: int, head: int) -> bool:
    """Return whether a name, or the words that it goes with, has a particle of the subject."""
    for word in words[token : min(token + 4, head)]:
        if word.endswith(_OBJECT):
            return False
        if word.endswith(_SUBJECT):
            return True
    return False


def _is_subject(words: list[str], party: Party) -> bool:
    after = words[party.last + 1 : party.last + 2]
    if after and after[0] in {"who", "that", "which"}:
        return True
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
        if ";" in between:
            return None
        says = [w for w in between if w in _SAYS]
        if not says:
            return party
        # "The South's military said it had fired": the same one acts.
        tail = between[len(between) - 1 - between[::-1].index(says[-1]) + 1 :]
        if {"it", "they", "its"} & set(tail[:6]):
            return party
    return None


def _is_target(words: list[str], party: Party) -> bool:
    return bool(
        {"at", "toward", "towards", "against", "on", "to", "into", "over"}
        & set(words[max(0, party.first - 3) : party.first])
    ) or words[party.last].endswith(("soldiers", "soldier", "boat", "boats", "marines", "vessel"))


def claimed_by(sentence: Sentence) -> tuple[str, int, int] | None:
    """Return who is said to say it, with the tokens (last inclusive)."""
    if claimed_by not in sentence.notes:
        sentence.notes[claimed_by] = _claimed_by(sentence)
    return cast("tuple[str, int, int] | None", sentence.notes[claimed_by])


def _claimed_by(sentence: Sentence) -> tuple[str, int, int] | None:
    words = sentence.words
    if _SAYS.isdisjoint(sentence.words) and sentence.plain.isascii():
        return None
    best: tuple[int, int, int] | None = None
    for match in _SOURCE.finditer(sentence.plain):
        first = sentence.token_at(match.start() + 1)
        last = max(first, sentence.token_at(match.end()) - 1)
        near = words[max(0, first - 4) : first] + words[last + 1 : last + 7]
        number = (match.lastindex or 1) - 1
        if not _SAYS.isdisjoint(near) or not words[first].isascii():
            best = min(best or (99, 0, 0), (number, first, last))
    return None if best is None else (_SOURCES[best[0]][1], best[1], best[2])
