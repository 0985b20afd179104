"""The spots that sentences without an incident name: "They were launched from near Sunan".

News tells first what happened and then where. Such a sentence goes on with what was told before:
it begins with a word for it ("it", "they", "the shell") and brings neither another day nor
another incident.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from bordermap.extract.mention import Usage
from bordermap.extract.phrases import is_aside, phrase_of
from bordermap.extract.prepositions import KOREAS
from bordermap.extract.standing import is_destination
from bordermap.extract.usage import dateline_end
from bordermap.extract.where import Site, is_met_elsewhere, site_of
from bordermap.table import DatePrecision, Kind

if TYPE_CHECKING:
    from bordermap.extract.dates import DateFound
    from bordermap.extract.naming import Places
    from bordermap.extract.tokens import Sentence

__all__ = ["Course", "Stage"]

# So many sentences after an incident its spot may be told.
_AFTER = 2
_NO_SPOT = frozenset({"country", None})
_OPENINGS = frozenset(
    ["it", "they", "he", "she", "the", "this", "that", "these", "those", "both", "all", "one",
     "its", "their", "his", "a", "an", "another", "two", "three", "about", "some"]
)  # fmt: skip

_SOURCES = frozenset({"from", ""})
_PRONOUNS = frozenset({"it", "they", "he", "she"})


@dataclass(slots=True)
class Stage:
    """One sentence of a text.

    Attributes
    ----------
    days
        The days it tells of, but for days of saying.
    is_dated_wide
        Whether it tells of a month, a year or a week: it looks back.
    goes_on, is_pronoun
        Whether its first word speaks of what was told before; whether it is a pronoun.
    spots, sources
        Places in it where something may have happened, and from where something came.
    """

    days: set[date] = field(default_factory=set)
    is_dated_wide: bool = False
    goes_on: bool = False
    is_pronoun: bool = False
    spots: list[Site] = field(default_factory=list)
    sources: list[Site] = field(default_factory=list)


@dataclass(slots=True)
class Course:
    """The sentences of a text in their order, with their places and dates."""

    sentences: list[tuple[Sentence, Places, Sequence[DateFound]]] = field(default_factory=list)

    def note(self, sentence: Sentence, places: Places, dates: Sequence[DateFound]) -> None:
        """Add the next sentence of the text."""
        self.sentences.append((sentence, places, dates))

    def _stage(self, number: int) -> Stage:
        """Return a sentence as a stage: few are asked for."""
        sentence, places, dates = self.sentences[number]
        begin = sentence.token_from(dateline_end(sentence))
        opening = frozenset(sentence.words[begin : begin + 1])
        stage = Stage(goes_on=bool(opening & _OPENINGS), is_pronoun=bool(opening & _PRONOUNS))
        for found in dates:
            if found.span is None or found.is_saying:
                continue
            if found.span.precision is DatePrecision.DAY:
                stage.days.add(found.span.start)
            else:
                stage.is_dated_wide = True
        for mention, resolution in zip(places.mentions, places.resolutions, strict=True):
            if mention.usage is not Usage.PLACE or mention.lon is None:
                continue
            if mention.feature_class in _NO_SPOT or mention.country not in KOREAS:
                continue
            if is_aside(sentence, mention):
                continue
            first = sentence.token_from(mention.start)
            if is_destination(sentence.words, first):
                continue
            site = site_of(mention, sentence, resolution, places.mentions)
            if not site.is_area:
                phrase = phrase_of(sentence.words, sentence.token_from(mention.start))
                kept = stage.sources if phrase.preposition in _SOURCES else stage.spots
                kept.append(site)
        return stage

    def spot_beside(
        self,
        number: int,
        day: date | None,
        told: set[int],
        *,
        is_close: bool,
        is_sent: bool,
        kind: Kind,
    ) -> Site | None:
        """Return the spot that the sentences beside one name for what it tells, or None.

        Parameters
        ----------
        number
            Of the sentence that tells of an incident.
        day
            On which it was.
        told
            Numbers of the sentences that tell of incidents with a place of their own.
        is_close
            Whether only a pronoun carries it on.
        is_sent
            Whether it happened where something rose from.
        kind
            What it is.
        """
        for at in range(number + 1, min(number + _AFTER + 1, len(self.sentences))):
            if at in told:
                break
            stage = self._stage(at)
            carries = stage.is_pronoun if is_close else stage.goes_on
            if not carries or not self._is_of(stage, day):
                break
            spots = stage.sources + stage.spots if is_sent else stage.spots
            spots = [s for s in spots if not is_met_elsewhere(kind, s)]
            if spots:
                return spots[0]
        return None

    def _is_of(self, stage: Stage, day: date | None) -> bool:
        """Return whether a sentence tells of no other time than a day."""
        return not stage.is_dated_wide and stage.days <= {day}
