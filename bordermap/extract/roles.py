"""Who did it to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bordermap.extract.parties import PEOPLE, Party
from bordermap.extract.verbs import ANSWERS
from bordermap.extract.wordlists import word_set
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.events import Trigger
    from bordermap.extract.tokens import Sentence

__all__ = ["Memory", "roles_of"]

_PASSIVE = frozenset({"is", "are", "was", "were", "been", "being", "be"})
_GROUPS = word_set("groups")
_NOT_SUBJECT = word_set("not_subject")
_SAYS = word_set("says")


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


_NOUNS = frozenset(PEOPLE.replace("|", " ").replace("s ", " ").split()) - {"leader", "force"}
_SOLDIERS = frozenset({"soldiers", "troops", "men", "pursuers", "comrades", "guards", "soldier"})
_PRONOUNS = frozenset(["they", "he", "it", "she", "them", "man", "one", "others", "who", "some"])


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
    if actor is None and words[head].startswith(ANSWERS):
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
