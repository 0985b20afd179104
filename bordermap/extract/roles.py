"""Who did it to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bordermap.extract.cases import is_led, is_led_noun, is_source, is_target
from bordermap.extract.clauses import LEADS, is_passive, object_end, subject_span
from bordermap.extract.korean import is_hangul, korean_actor
from bordermap.extract.memory import Memory
from bordermap.extract.parties import Party, is_thing, other_side
from bordermap.extract.verbs import ANSWERS, IN_RETURN, is_attribute, is_past
from bordermap.extract.wordlists import word_set
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.events import Trigger
    from bordermap.extract.tokens import Sentence

__all__ = ["Memory", "roles_of"]

_GROUPS = word_set("groups")
_FINDS = word_set("finds")
_SAYS = word_set("says")
_BUSY = frozenset({"engaged", "busy", "occupied", "employed"})
_FEW = 5
_SUFFERS = word_set("suffers")
# Who fires at, seizes or sinks what is the South's is of the other side, and the reverse.
_AGAINST = frozenset(
    {Kind.GUNFIRE, Kind.ARTILLERY, Kind.NAVAL, Kind.ABDUCTION, Kind.AIRCRAFT, Kind.EXPLOSION}
)
_FIRE = frozenset({Kind.GUNFIRE, Kind.ARTILLERY, Kind.NAVAL})
# "Ten commandos were stopped": those who are acted upon are those who came.
_COMES = frozenset({Kind.INFILTRATION, Kind.DEFECTION, Kind.DRONE, Kind.BALLOON, Kind.CROSSING})
# "The South's loudspeakers were switched on": whose they are tells who does it.
_OWNED = frozenset(
    {Kind.LOUDSPEAKER, Kind.LEAFLET, Kind.MISSILE, Kind.NUCLEAR, Kind.BALLOON, Kind.DRONE}
)
_FOUND = frozenset(
    {Kind.DRONE, Kind.INFILTRATION, Kind.BALLOON, Kind.LEAFLET, Kind.MISSILE, Kind.ARTILLERY,
     Kind.CROSSING, Kind.CONSTRUCTION, Kind.DEFECTION}
)  # fmt: skip
_SHOT_DOWN = frozenset({"shot", "trapped", "seized", "captured", "caught"})
_PRONOUNS = frozenset(
    ["they", "he", "it", "she", "them", "one", "others", "some", "another", "both", "all", "two",
     "three", "four", "five", "six", "several", "this", "these"]
)  # fmt: skip
# Who tells of himself: "the army said it had fired", but "one of the pilots had".
_SELF = frozenset({"it", "they", "he", "she"})
_OWN = frozenset({"its", "their", "his", "her", "own"})
_SOLDIERS = frozenset({"soldiers", "troops", "men", "pursuers", "comrades", "guards", "soldier"})
_MUTUAL = (" each other ", " both sides ", " the two sides ", " two koreas ", " both koreas ",
           " the navies ", " north and south ")  # fmt: skip


def roles_of(
    sentence: Sentence, trigger: Trigger, parties: list[Party], memory: Memory
) -> tuple[Party | None, Party | None]:
    """Return who did it and to whom, as far as the sentence and those before it say."""
    words, head = sentence.words, trigger.head
    if is_hangul(words[head]):
        actor = korean_actor(sentence, head, parties, trigger.kind)
        is_wrong = actor is not None and actor.side == "south" and trigger.kind in _ONLY_NORTH
        return None if is_wrong else actor, None
    reader = _Reader(sentence, trigger, parties, memory)
    if trigger.kind in _FIRE and any(phrase in sentence.plain for phrase in _MUTUAL):
        return None, None
    return reader.roles()


class _Reader:
    """One trigger in its sentence, with who is named in it and was before."""

    def __init__(
        self, sentence: Sentence, trigger: Trigger, parties: list[Party], memory: Memory
    ) -> None:
        self.sentence, self.trigger, self.memory = sentence, trigger, memory
        self.words, self.head, self.kind = sentence.words, trigger.head, trigger.kind
        if self.words[self.head] in _PARTICLES and is_past(self.words[self.head - 1]):
            self.head -= 1  # "shot down"
        self.parties = parties

    def roles(self) -> tuple[Party | None, Party | None]:
        is_name = self.trigger.is_noun and not self.trigger.is_loose
        if is_name and self.words[self.head] in _CLASHES:
            return None, None  # two sides fight it, whoever speaks of it
        if is_name and (not is_past(self.words[self.head]) or is_attribute(self.words, self.head)):
            actor = self._owner() or self._agent() or self._against(self._target()) or self._busy()
            return actor, None
        subject = self._subject()
        if self.kind in _FIRE and subject not in self.parties:
            subject = self._fired() or subject
        if is_passive(self.words, self.head):
            return self._passive(subject)
        if self.words[self.head] in _FINDS and self.kind in _FOUND and (
            self.words[self.head] not in _SHOT_DOWN or self.kind in _COMES
        ):  # fmt: skip
            return self._found(subject)
        target = self._target()
        if subject is not None and self._suffers(target):
            return self._agent() or self._against(subject), subject
        if subject is None and self.kind in _ADDRESSED and target is not None:
            return other_side(target), target
        if subject is None:
            subject = self._agent() or self._against(target)
        if subject is not None and subject.side == "south" and self.kind in _ONLY_NORTH:
            return self._comer(), subject
        if subject is not None and target is not None and subject.side == target.side:
            target = None
        return subject, target

    def _fired(self) -> Party | None:
        """Return who fires, where no one is named: who answers, or whose bullets come over."""
        if self._is_answer():
            fire = [self.memory.by_kind.get(k) for k in (self.kind, *sorted(_FIRE))]
            return other_side(next((p for p in fire if p is not None), self.memory.actor))
        if self.words[self.head] in {"came", "come", "flew"} and "over" in self._after(3):
            return self.memory.north()
        return None

    def _after(self, count: int) -> list[str]:
        return self.words[self.head + 1 : self.head + 1 + count]

    def _passive(self, subject: Party | None) -> tuple[Party | None, Party | None]:
        agent = self._agent()
        if subject is not None and self._is_by_own():
            agent = other_side(other_side(subject))  # "shot by his comrades"
        if self.kind in _COMES:
            if subject is not None and subject.side == "south" and self.kind in _ONLY_NORTH:
                return self._comer(), subject
            return subject or self._comer(), agent
        if agent is not None:
            return agent, subject
        if self.kind is Kind.NAVAL and self.words[self.head] in _LED:
            return None, subject  # "the trawler was towed to a port"
        if subject is not None and (subject.is_thing or self.kind in _OWNED):
            return subject, None
        if self.kind in _AGAINST and subject is not None:
            return self._against(subject), subject
        return None, subject

    def _is_by_own(self) -> bool:
        """Return whether those of one's own side did it: "shot by his comrades"."""
        after = self._after(_FEW)
        return "by" in after and not _COMRADES.isdisjoint(after[after.index("by") :])

    def _found(self, finder: Party | None) -> tuple[Party | None, Party | None]:
        """Return whose thing was found, or who was met, by one that is not of that side."""
        after = [p for p in self.parties if p.first > self.head]
        theirs = next((p for p in after if finder is None or p.side != finder.side), None)
        if theirs is None and finder is not None and finder.side == "north":
            return finder, None
        return theirs or self._comer(), finder

    def _comer(self) -> Party | None:
        """Return who came, where only those are the subject who met them."""
        north = next((p for p in self.parties if p.side == "north"), None)
        return north or (self.memory.north() if self.kind is Kind.INFILTRATION else None)

    def _against(self, target: Party | None) -> Party | None:
        return _guess(other_side(target)) if self.kind in _AGAINST else None

    def _is_answer(self) -> bool:
        near = self.words[self.head : object_end(self.words, self.head)][:_ANSWER_WORDS]
        near = near[: near.index("and")] if "and" in near else near
        return near[0].startswith(ANSWERS) or not IN_RETURN.isdisjoint(near)

    def _suffers(self, target: Party | None) -> bool:
        """Return whether the verb tells what befell its subject: "came under fire", "sank"."""
        near = self.words[self.head : self.head + 3]
        if "under" in near or (near[0] in {"drew", "took"} and "fire" in near):
            return True
        if self.kind is Kind.MINE:
            return near[0] in _SUFFERS
        if self.kind is Kind.AIRCRAFT:
            return near[0] in _COMES_DOWN
        if self.kind not in {Kind.NAVAL, Kind.EXPLOSION} or target is not None:
            return False
        object_at = 2 if near[1:2] == ["up"] else 1
        return near[0] in _SUFFERS and not _ARTICLES & set(near[object_at : object_at + 1])

    def _subject(self) -> Party | None:
        """Return the one of whom the verb tells."""
        if self.words[self.head].endswith("ing"):
            # "Has observed the North deploying soldiers".
            beside = next((p for p in self.parties if p.last == self.head - 1), None)
            if beside is not None:
                return beside
        begin, end = subject_span(self.words, self.head)
        doing = next((p for p in self.parties if p.last == self.head - 1), None)
        if doing is not None and self.words[self.head].endswith("ing"):
            return doing  # "has observed the North deploying troops"
        if self.words[end : end + 1] in _RELATIVES:
            # "To drive off a North Korean ship that crossed": not the first that is named.
            beside = next((p for p in self.parties if p.last == end - 1), None)
            if beside is not None and self.words[beside.first - 1] not in _PLACED:
                return beside
        return self._who(begin, end)

    def _who(self, begin: int, end: int) -> Party | None:
        """Return whom the words of a subject mean: named, or named before."""
        words = self.words
        inside = [p for p in self.parties if begin <= p.first and p.last < end]
        own = [p for p in inside if p.first == begin or not is_led(words, p, begin)]
        if len(own) > 1 and words[own[0].last + 1] == ",":
            return own[0]  # "Kim Yo Jong, sister of the North's leader, warned"
        if own:
            against = {other.side for p in own if (other := other_side(p)) is not None}
            both = len(own) > 1 and own[-1].side in against
            return None if both and words[own[-1].first - 1] == "and" else own[-1]
        about = [p for p in inside if words[p.first - 1] in {"about", "against"} and p.first]
        if about and self.kind in _ADDRESSED:
            return other_side(about[0])
        nouns = [t for t in range(begin, end) if not is_led_noun(words, t, begin)]
        if any(is_thing(words[t]) for t in nouns) or self.kind is Kind.EXPLOSION:
            source = [p for p in inside if is_source(words, p)]
            return source[-1] if source else self._across(begin, end)
        return self._across(begin, end) or self._recalled(begin, end, nouns)

    def _across(self, begin: int, end: int) -> Party | None:
        """Return who is on "the other side" of the line: the North, as the reports are told."""
        near = " ".join(self.words[begin : end + 1])
        if "the other side" not in near and "across the border" not in near:
            return None
        known = next((p for p in self.parties if p.side in {"south", "us"}), None)
        return other_side(known) or self.memory.north()

    def _recalled(self, begin: int, end: int, nouns: list[int]) -> Party | None:
        words, memory = self.words, self.memory
        for token in range(end - 1, begin - 1, -1):
            if words[token] in _OWN:
                return _guess(self._owned(token))
        for token in reversed(nouns):
            word = words[token]
            known = memory.known(word)
            is_pronoun = word in _PRONOUNS or word in {"man", "men"}
            if self.kind is Kind.CROSSING and (is_pronoun or word in _SOLDIERS):
                return _guess(memory.by_kind.get(Kind.CROSSING) or known or memory.north())
            if known is not None:
                return known
            if is_pronoun:
                speaker = self._speaker(begin) if word in _SELF else None
                if speaker is not None and not is_passive(words, self.head):
                    return speaker
                if self.kind is Kind.LEAFLET and memory.campaigners is not None:
                    return _guess(memory.campaigners)
                return _guess(memory.by_kind.get(self.kind) or memory.actor)
            if word in _GROUPS and word not in {"some", "most", "number"}:
                return memory.by_noun.get("soldier") or memory.actor
        return None

    def _busy(self) -> Party | None:
        """Return whom a noun of work is of: "soldiers engaged in construction"."""
        first = max(0, self.head - _FEW)
        at = next((t for t in range(first, self.head) if self.words[t] in _BUSY), None)
        return None if at is None else self._who(max(0, at - _FEW), at)

    def _speaker(self, begin: int) -> Party | None:
        """Return who says it of himself: "the South's military reported that it had fired"."""
        party = next((p for p in reversed(self.parties) if p.last < begin), None)
        said = self.words[party.last + 1 : begin] if party is not None else []
        return party if len(said) <= 3 and not _SAYS.isdisjoint(said) else None

    def _owned(self, token: int) -> Party | None:
        """Return whom "its" or "their" before a noun means: the side that was spoken of."""
        before = [p for p in self.parties if p.last < token and p.is_country]
        return before[-1] if before else self.memory.topic

    def _owner(self) -> Party | None:
        """Return whose deed a noun names: "North Korea's latest launch"."""
        for party in reversed(self.parties):
            gap = self.words[party.last + 1 : self.head]
            if party.first <= self.head <= party.last:
                return None if _SITE & set(self.words[party.last + 1 : party.last + 2]) else party
            if party.last < self.head and len(gap) <= 4:
                return None if not _BREAKS.isdisjoint(gap) else party
        own = next(
            (t for t in range(max(0, self.head - 3), self.head) if self.words[t] in _OWN), None
        )
        return None if own is None else self._owned(own)

    def _agent(self) -> Party | None:
        """Return by whom it was done, or from where the fire came."""
        words, head = self.words, self.head
        stop = min(len(words), head + 24)
        for token in range(head + 1, stop):
            if words[token] in {";", ":"}:
                break
            if words[token] in _WAS_OR_FROM and "," in words[head + 1 : token]:
                break  # "who was shot in the leg, was flown out by the Americans"
            if words[token] == "by" or (words[token] == "from" and self.kind in _FROM):
                named = next(
                    (p for p in self.parties if token < p.first <= token + 4
                     and LEADS.isdisjoint(words[token + 1 : p.first])), None
                )  # fmt: skip
                if named is not None:
                    return named
                end = next(
                    (t for t in range(token + 1, stop) if words[t] in _BREAKS), min(stop, token + 6)
                )
                found = self._across(token, end)
                if found is None and words[token] == "by":
                    found = self._recalled(token + 1, end, list(range(token + 1, end)))
                if found is not None:
                    return found
        return None

    def _target(self) -> Party | None:
        """Return at whom it was done: the next one named in the words after the verb."""
        end = object_end(self.words, self.head)
        for party in self.parties:
            if self.head < party.first < min(end, self.head + 15):
                return party if is_target(self.words, party, self.head) else None
        return None


_CLASHES = frozenset(
    ["battle", "battles", "clash", "clashes", "skirmish", "skirmishes", "firefight", "gunbattle",
     "gunfight", "exchange", "exchanges"]
)  # fmt: skip
_WAS = frozenset({"was", "were"})
_COMRADES = frozenset(["comrades", "comrade", "colleagues", "colleague", "fellow"])
_RELATIVES = (["who"], ["that"], ["which"])
_WAS_OR_FROM = _WAS | {"from"}
_LED = frozenset({"towed", "led", "escorted", "taken", "steered"})
# "A rocket over Japan that landed in the ocean": it is the rocket that landed.
_PLACED = frozenset({"over", "past", "across", "off", "near", "toward"})
_FROM = _AGAINST | {
    Kind.CROSSING, Kind.BALLOON, Kind.LEAFLET, Kind.DRONE, Kind.MISSILE, Kind.CYBER_GPS
}  # fmt: skip
# What is meant for the other side: "loudspeakers turned on the North".
_ADDRESSED = frozenset({Kind.LOUDSPEAKER, Kind.LEAFLET})
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "one", "two", "three"})
_ONLY_NORTH = frozenset({Kind.INFILTRATION, Kind.NUCLEAR, Kind.DEFECTION})
_COMES_DOWN = frozenset({"came", "went", "fell", "limped", "disappeared"})
_PARTICLES = frozenset({"down", "up", "off", "away", "out", "over", "back"})
_SITE = frozenset({"ground", "grounds", "site", "sites", "range", "facility", "center", "centre"})
_ANSWER_WORDS = 10
_BREAKS = frozenset(
    [",", ";", ":", ".", "of", "in", "on", "at", "from", "to", "by", "after", "before", "and",
     "who", "that", "which", "for", "with", "because", "said", "was", "were"]
)  # fmt: skip


def _guess(party: Party | None) -> Party | None:
    """Return a party as one that only its kind or the sentences before tell."""
    if party is None or party.is_implied:
        return party
    p = party
    return Party(p.side, p.first, p.last, p.label, p.is_thing, p.is_country, True, p.at)
