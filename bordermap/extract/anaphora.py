"""Which place "there", "here" and "the island" stand for."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import compress, count, pairwise
from typing import TYPE_CHECKING

from bordermap.extract.mention import Usage
from bordermap.extract.phrases import phrase_of
from bordermap.extract.standing import is_backdrop
from bordermap.extract.where import Site, site_of
from bordermap.extract.wordlists import word_set
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.events import Trigger
    from bordermap.extract.mention import Mention
    from bordermap.extract.tokens import Sentence
    from bordermap.gazetteer import Resolution

__all__ = ["PlaceMemory", "is_existential"]

_NOUNS = word_set("anaphoric_places")
_THE = frozenset(["the", "same", "that", "this", "those", "these"])
_SETTLED = frozenset({"settlement", "village", "town", "city", "crossing", "area", "county"})
_TOWNS = frozenset({"city", "town", "county", "settlement", "port", "capital", "district"})
_MOUNTAIN = frozenset({"mountain", "nuclear_site"})
# Nouns -> classes of places that may be called so; others: any.
_CLASSES = {
    "island": {"island"}, "islet": {"island"}, "islands": {"island"}, "river": {"river", "area"},
    "estuary": {"area", "river"}, "village": _SETTLED, "hamlet": _SETTLED, "town": _SETTLED,
    "waters": {"sea", "line", "island"}, "sea": {"sea"}, "strait": {"sea"},
    "city": _TOWNS, "county": {"county"},
    "port": {"port", "city", "town"}, "harbor": {"port", "city", "town"},
    "harbour": {"port", "city", "town"}, "post": {"post", "observatory", "base"},
    "base": {"base", "airfield"}, "airfield": {"airfield", "base"}, "cape": {"cape"},
    "mountain": _MOUNTAIN, "hill": _MOUNTAIN, "ridge": _MOUNTAIN, "tunnel": {"tunnel"},
    "capital": {"capital"}, "bridge": {"crossing", "area"},
    "beach": {"settlement", "city", "county", "town", "beach"},
    "line": {"line"}, "zone": {"area"}, "compound": {"area", "village", "post"},
}  # fmt: skip
# What is so called without its name is one of these.
_CALLED = {"zone": {"dmz", "ccz"}, "compound": {"jsa", "panmunjom"}}
_BEFORE = 12
_KOREAN = re.compile(
    r" (?:이|그|해당|같은) (?P<n>섬|마을|지역|곳|장소|해역)[^ ]* | (?:이곳|그곳)[^ ]* "
)
# Those who speak "here" tell of what happened elsewhere.
_SPEAKERS = word_set("sources") | {
    "said", "officers", "newspapers", "newsmen", "noticed", "headquarters", "embassy", "believed",
    "known", "received", "told", "announced", "reported", "allies", "americans",
}  # fmt: skip
# "This port" is where the report was written.
_HERE = frozenset({"city", "town", "port", "village"})
# So a text calls the place of what it told.
_SCENES = frozenset({"place", "scene", "site", "spot"})
_STANDS_FOR = _NOUNS | _HERE | {"here", "there", "sea"}
# So many sentences later a place is no longer meant.
_REACH = 4
_REACH_OF_CLASS = 12
_MOST = 12
# So near to a trigger "here" is of it.
_CLOSE = 3
# Words after "there" that make it no place.
_NOT_THERE = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "will",
        "would",
        "may",
        "might",
        "could",
        "can",
        "must",
        "should",
        "'s",
        "seems",
        "remains",
        "came",
    ]
)


def is_existential(words: Sequence[str], token: int) -> bool:
    """Return whether "there" stands for no place: "there was a clash"."""
    return "".join(words[token + 1 : token + 2]) in _NOT_THERE


def _is_of_clause_before(words: Sequence[str], token: int, first: int) -> bool:
    """Return whether a clause ends between a word and a trigger after it."""
    between = words[token + 1 : first]
    return ";" in between or (",", "and") in pairwise(between)


_STANDS = frozenset(
    ["at", "in", "near", "off", "on", "across", "along", "around", "inside", "over"]
)
_WIDE = frozenset({"capital", "country", "province", "sea"})
_OTHER_GROUND = frozenset(["front", "border", "coast", "sea", "elsewhere", "everywhere", "zone"])


def _is_scene(mention: Mention, sentence: Sentence) -> bool:
    """Return whether a name may tell where the sentences after it play as well."""
    first, last = sentence.token_from(mention.start), sentence.token_from(mention.end) - 1
    if mention.feature_class in _WIDE or is_backdrop(sentence, first, last):
        return False
    return phrase_of(sentence.words, first).preposition in _STANDS


@dataclass(slots=True)
class PlaceMemory:
    """The places named so far in a text.

    Attributes
    ----------
    known
        Sentence's number, and the place as it stood there, the last one last.
    dateline
        Where the report was written: "here".
    number
        Of the sentence that comes next.
    used
        Places where something happened, and what: of two islands "the island" is that one.
    spot
        The spot named last and the number of its paragraph.
    """

    known: list[tuple[int, Site]] = field(default_factory=list)
    dateline: Site | None = None
    number: int = 0
    used: dict[str | None, set[Kind]] = field(default_factory=dict)
    spot: tuple[int, Site] | None = None

    def scene(self, sentence: Sentence) -> Site | None:
        """Return the spot that a paragraph named last, one or two sentences before, or None."""
        if self.spot is None or self.spot[0] != sentence.paragraph:
            return None
        if not _OTHER_GROUND.isdisjoint(sentence.words):
            return None  # "along the front"
        return self.spot[1]

    def use(self, site: Site, kind: Kind) -> None:
        """Remember what happened at a place."""
        self.used.setdefault(site.mention.place_id, set()).add(kind)
        self.known.append((self.number, site))  # what "the island" means is spoken of again

    def begin(
        self,
        sentence: Sentence,
        mentions: Sequence[Mention],
        resolutions: Sequence[Resolution | None],
    ) -> None:
        """Remember where a sentence says that the report was written."""
        if self.dateline is not None:
            return
        for mention, resolution in zip(mentions, resolutions, strict=True):
            if mention.usage is Usage.DATELINE and mention.place_id is not None:
                self.dateline = site_of(mention, sentence, resolution, mentions)
                return

    def note(
        self,
        sentence: Sentence,
        mentions: Sequence[Mention],
        resolutions: Sequence[Resolution | None],
    ) -> None:
        """Remember the places of a sentence, which is the next one of the text."""
        spot: Site | None = None
        for mention, resolution in zip(mentions, resolutions, strict=True):
            if mention.lon is None or mention.feature_class == "country":
                continue
            if mention.usage is Usage.PLACE:
                site = site_of(mention, sentence, resolution, mentions)
                self.known.append((self.number, site))
                is_finer = spot is None or spot.is_area or not site.is_area
                if is_finer and _is_scene(mention, sentence):
                    spot = site
        if spot is not None:
            self.spot = sentence.paragraph, spot
        del self.known[:-_MOST]
        self.number += 1

    def here(self, sentence: Sentence, trigger: Trigger) -> Site | None:
        """Return where the report was written if a trigger is followed by "here"."""
        words = sentence.words
        for token in range(trigger.first + 1, min(trigger.last + _CLOSE, len(words))):
            if words[token] == "here" and words[token - 1] not in _SPEAKERS:
                return self.dateline
        return None

    def meant(self, sentence: Sentence, trigger: Trigger, end: int, kind: Kind) -> Site | None:
        """Return the place that a word near the trigger stands for, or None.

        Its own words reach to token ``end``, which they leave out.
        """
        words = sentence.words
        end = max(trigger.last + 9, min(end, trigger.last + 17))
        begin = max(1, trigger.first - _BEFORE)
        for token in compress(count(begin), map(_STANDS_FOR.__contains__, words[begin:end])):
            if _is_of_clause_before(words, token, trigger.first):
                continue
            found = self._by_word(words, token, kind)
            if found is not None:
                return found
        if not sentence.plain.isascii() and (match := _KOREAN.search(sentence.plain)):
            if match["n"] == "섬":
                return self._last({"island"})
            return self._of_kind(kind) or self._last(None)
        return None

    def _by_word(self, words: Sequence[str], token: int, kind: Kind) -> Site | None:
        """Return the place that one word stands for, or None."""
        word, before = words[token], words[token - 1]
        if word == "here":
            # "Officers here could not say".
            return None if before in _SPEAKERS else self.dateline
        is_this = "this" in words[max(0, token - 2) : token]  # "this southern port"
        if is_this and word in _HERE and self.dateline is not None:
            return self.dateline
        if word == "there":
            return None if is_existential(words, token) else self._last(None)
        if word == "sea":
            return self._last(_CLASSES["sea"]) if before == "same" else None
        if before not in _THE or words[token + 1 : token + 2] == ["of"]:
            return None
        if word == "tunnel":  # "in the tunnel": where it was found
            return self._of_kind(Kind.INFILTRATION) or self._last(_CLASSES[word])
        if word in _SCENES or (before == "same" and word not in _CLASSES):
            return self._of_kind(kind) or self._last(None)
        if word == "coast" or word not in _NOUNS:
            return None
        found = self._last(_CLASSES.get(word), _CALLED.get(word, ()))
        return found or (self._last(None) if before == "same" else None)

    def _of_kind(self, kind: Kind) -> Site | None:
        """Return the last place where something of a kind happened, or None."""
        for number, site in reversed(self.known):
            if self.number - number > _REACH_OF_CLASS:
                break
            if kind in self.used.get(site.mention.place_id, ()):
                return site
        return None

    def _last(self, classes: Collection[str] | None, only: Collection[str] = ()) -> Site | None:
        """Return the last place of some classes, one where something happened before others.

        With ``only`` it is one of these places.
        """
        found: list[Site] = []
        for number, site in reversed(self.known):
            if self.number - number > (_REACH_OF_CLASS if classes else _REACH):
                break
            if only and site.mention.place_id not in only:
                continue
            if classes is None or site.mention.feature_class in classes:
                found.append(site)
        if classes is None:
            # "The military in Seoul said. Guards there fired": where something was, not said.
            return next(
                (s for s in found if s.mention.feature_class != "capital"), (*found, None)[0]
            )
        told = [s for s in found if s.mention.place_id in self.used]
        return next(iter(told or found), None)
