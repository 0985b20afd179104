"""Who was named before in a text, for "the soldiers", "they", "its gunners"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bordermap.extract.clauses import NOT_SUBJECT
from bordermap.extract.forms import Forms
from bordermap.extract.signs import sign
from bordermap.extract.wordlists import word_set

if TYPE_CHECKING:
    from bordermap.extract.parties import Party
    from bordermap.extract.tokens import Sentence
    from bordermap.table import Kind

__all__ = ["Memory"]

_NOUNS = frozenset(w.split("_")[-1].removesuffix("s") for w in word_set("people"))
_CAMPAIGN = re.compile(r"(?i)activist|defectors?\b.* group|defectors$|free north")
_IS_CAMPAIGN: Forms[bool] = Forms(lambda label: _CAMPAIGN.search(label) is not None)
_HAS_BLAME = sign(word_set("blames").__contains__)


@dataclass(slots=True)
class Memory:
    """Who was named before in a text.

    Attributes
    ----------
    by_noun
        "soldier", "boat", ... -> who was last called so with a side.
    actor
        Who last did something.
    by_kind
        Who last did what.
    last
        The last one of each side that was named.
    campaigners
        The activists, or the group of defectors, that were named last.
    topic
        The side that was last spoken of by its name, for "its" and "their".
    norths, blamed
        Where the North is named, and where it is in a sentence of blame: offsets, sentence by
        sentence.
    """

    by_noun: dict[str, Party] = field(default_factory=dict)
    actor: Party | None = None
    by_kind: dict[Kind, Party] = field(default_factory=dict)
    last: dict[str, Party] = field(default_factory=dict)
    campaigners: Party | None = None
    topic: Party | None = None
    norths: list[tuple[int, int]] = field(default_factory=list)
    blamed: list[tuple[int, int]] = field(default_factory=list)

    def note(self, sentence: Sentence, parties: list[Party]) -> None:
        """Remember the parties of a sentence."""
        topic: Party | None = None
        for party in parties:
            if party.side is None:
                continue
            if party.side == "north":
                self.norths.append(party.at)
                if sentence.signs & _HAS_BLAME:
                    self.blamed.append(party.at)
            self.last[party.side] = party
            if _IS_CAMPAIGN[party.label]:
                self.campaigners = party
                continue
            if party.is_country and (topic is None or not _is_led(sentence, party)):
                topic = party
            for token in range(party.first, party.last + 1):
                noun = sentence.words[token].removesuffix("s")
                if noun in _NOUNS:
                    self.by_noun[noun] = party
        self.topic = topic or self.topic

    def known(self, word: str) -> Party | None:
        """Return who was last called by a noun, or None."""
        return self.by_noun.get(word.removesuffix("s"))

    def north(self) -> Party | None:
        """Return who of the North was named last, or None."""
        return self.last.get("north")

    def did(self, actor: Party, kind: Kind) -> None:
        """Remember who did what."""
        self.actor = self.by_kind[kind] = actor


def _is_led(sentence: Sentence, party: Party) -> bool:
    """Return whether a preposition leads a party: "on the North"."""
    return party.first > 0 and sentence.words[party.first - 1] in NOT_SUBJECT
