"""A verb and its object or subject near each other, in whatever order and form.

What no frame foresaw is told of in such a pair: "the shells were seen to plunge
into the water". Frames go first, for they know the words between.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import compress, count
from typing import TYPE_CHECKING, NamedTuple

from bordermap.extract.wordlists import word_set

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence
    from bordermap.table import Kind

__all__ = ["Pair", "PairMatch", "pairs_in", "telling_word"]

# How far a verb may stand from its object or subject, in words.
_REACH = 10
_PARTS = frozenset({";", "said", "says", "told"})
# Words before what is a noun here though it looks like a verb: "the launch".
_BEFORE_NOUN = word_set("before_noun")
# Nouns among the verbs: "the downing of a plane".
_NOMINAL = word_set("nominal")
_NAMES = frozenset({"Mount", "March"})
_HAVE = frozenset({"had", "has", "have"})
_Spot = tuple[int, int]


class _Phrases(NamedTuple):
    """The phrases that begin with a word.

    Attributes
    ----------
    longer
        Those of several words, the longest first.
    seconds
        Their second words.
    is_alone
        Whether the word is one by itself, too.
    """

    longer: list[tuple[str, ...]]
    seconds: frozenset[str]
    is_alone: bool


class Pair:
    """What must stand near each other: the verb's forms first, then one or more others.

    Attributes
    ----------
    kind, rank
        What it tells of, as of a frame.
    parts
        First word -> phrases that begin with it, or None where it only stands alone; one
        mapping a part.
    needs
        The telling words of each part.
    bars
        Words none of which may be in the sentence.
    """

    __slots__ = ("bars", "kind", "needs", "parts", "rank")

    def __init__(
        self,
        kind: Kind,
        rank: int,
        parts: Sequence[Collection[tuple[str, ...]]],
        bars: frozenset[str] = frozenset(),
    ) -> None:
        self.bars = bars
        self.kind = kind
        self.rank = rank
        self.parts = [_by_first(phrases) for phrases in parts]
        self.needs = [frozenset(map(telling_word, phrases)) for phrases in parts]

    def things(self) -> set[str]:
        """Return the words that the second part may be."""
        return {word for word, known in self.parts[1].items() if known is None or known.is_alone}


def telling_word(phrase: Sequence[str]) -> str:
    """Return the word of a phrase that is seldom there without it: the longest.

    >>> telling_word(["put", "ashore"])
    'ashore'
    """
    return max(phrase, key=len)


def _by_first(phrases: Iterable[tuple[str, ...]]) -> dict[str, _Phrases | None]:
    """Return phrases by their first words."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return {
        first: _Phrases(longer, frozenset(p[1] for p in longer), (first,) in known)
        if (longer := [p for p in known if len(p) > 1])
        else None
        for first, known in found.items()
    }


class PairMatch(NamedTuple):
    """Where a pair stands in a sentence; tokens, last inclusive."""

    pair: Pair
    head: int
    first: int
    last: int
    is_noun: bool


def pairs_in(sentence: Sentence, pairs: Iterable[Pair]) -> list[PairMatch]:
    """Return those of some pairs that stand in a sentence, one match each, by their heads."""
    words: Sequence[str] = sentence.words
    if not _NAMES.isdisjoint(sentence.raws):
        # "Mount Kumgang" and "March" are no verbs.
        words = ["" if raw in _NAMES else w for w, raw in zip(words, sentence.raws, strict=True)]
    found: list[tuple[int, int, int, PairMatch]] = []
    for pair in pairs:
        spots = _spots(pair, words)
        match = _match(pair, spots, words) if spots else None
        if match is not None:
            earliest = min(part[0][0] for part in spots)
            found.append((match.head, -pair.rank, earliest, match))
    found.sort(key=lambda f: f[:3])
    return [match for *_, match in found]


def _spots(pair: Pair, words: Sequence[str]) -> list[list[_Spot]]:
    """Return where each part of a pair stands, first and last tokens; nothing if one does not."""
    found: list[list[_Spot]] = []
    for part in pair.parts:
        spots: list[_Spot] = []
        for token in compress(count(), map(part.__contains__, words)):
            phrases = part[words[token]]
            last: int | None = token
            if phrases is not None:
                near = words[token + 1 : token + _PARTED] if not found else words[token + 1 :][:1]
                if not phrases.seconds.isdisjoint(near):
                    last = _last(phrases, words, token, is_verb=not found)
                elif not phrases.is_alone:
                    continue
            if last is not None:
                spots.append((token, last))
        if not spots:
            return []
        found.append(spots)
    return found


def _last(phrases: _Phrases, words: Sequence[str], token: int, *, is_verb: bool) -> int | None:
    """Return the last token of the longest of some phrases that begins at a token, or None."""
    for phrase in phrases.longer:
        end = token + len(phrase)
        if tuple(words[token:end]) == phrase:
            return end - 1
        if is_verb and phrase[-1] in _PARTICLES and _is_parted(phrase, words, token):
            return token
    return token if phrases.is_alone else None


# What may stand after the object of its verb: "switched the loudspeakers on".
_PARTICLES = frozenset(
    ["up", "down", "on", "off", "out", "away", "back", "over", "aground", "ashore", "apart", "open",
     "loose", "adrift", "aloft", "ablaze", "home", "aboard", "captive", "prisoner", "hostage"]
)  # fmt: skip
_MOST_BETWEEN = 5
_PARTED = _MOST_BETWEEN + 2
_STOPS = frozenset([",", ";", ":", ".", "and", "but", "when", "while", "after", "before", "as"])


def _is_parted(phrase: tuple[str, ...], words: Sequence[str], token: int) -> bool:
    """Return whether a verb's particle follows a few words later, in the same clause."""
    if len(phrase) != 2:
        return False
    for word in words[token + 2 : token + 2 + _MOST_BETWEEN]:
        if word == phrase[1]:
            return True
        if word in _STOPS:
            return False
    return False


def _match(pair: Pair, spots: Sequence[Sequence[_Spot]], words: Sequence[str]) -> PairMatch | None:
    """Return the match of the first verb that has all else near it, nouns last."""
    noun: PairMatch | None = None
    heads, *others = spots
    for head in heads:
        first, last = head
        for part in others:
            near = _nearest(head, part, words)
            if near is None:
                break
            first, last = min(first, near[0]), max(last, near[1])
        else:
            word = words[head[0]]
            is_noun = word in _NOMINAL or (
                head[0] > 0
                and words[head[0] - 1] in _BEFORE_NOUN
                and words[head[0] - 2] not in _HAVE  # "had last flown"
                and not word.endswith("ed")
            )
            match = PairMatch(pair, head[0], first, last, is_noun)
            if not is_noun:
                return match
            noun = noun or match
    return noun


def _nearest(head: _Spot, spots: Sequence[_Spot], words: Sequence[str]) -> _Spot | None:
    """Return the spot nearest to a verb, none too far from it, nor past another statement."""
    nearest, least = None, _REACH + 1
    for spot in spots:
        if spot[0] > head[1]:
            begin, end = head[1], spot[0]
        elif head[0] > spot[1]:
            begin, end = spot[1], head[0]
        else:
            continue  # a word of the verb itself
        between = words[begin + 1 : end]
        steps = end - begin
        if steps >= least:
            steps -= _aside(between) if spot[1] <= begin else 0
            if _REACH < steps <= _REACH + _FURTHER and _STOPS.isdisjoint(between):
                steps = _REACH
        if steps < least and _PARTS.isdisjoint(between):
            nearest, least = spot, steps
    return nearest


# So much farther within one clause: "the charge that was being wired to the gate went off".
_FURTHER = 3
# "The corvette, which was on patrol with 104 aboard, sank": what stands between two commas
# does not part a verb from its subject.
_LONGEST_ASIDE = 14


def _aside(between: Sequence[str]) -> int:
    """Return how many words between two stand in commas of their own, at most so many."""
    if len(between) > _REACH + _LONGEST_ASIDE or between.count(",") != _BOTH_COMMAS:
        return 0
    first = between.index(",")
    second = between.index(",", first + 1)
    # The verb follows the second comma at once: "..., was sunk", not "..., by men who sank".
    rest = between[second + 1 :]
    is_one = len(rest) <= _MOST_BEFORE_VERB and _OPENERS.isdisjoint(rest)
    return second - first + 1 if is_one and second - first < _LONGEST_ASIDE else 0


_BOTH_COMMAS, _MOST_BEFORE_VERB = 2, 3
_OPENERS = _STOPS | frozenset(
    ["by", "who", "which", "that", "where", "with", "for", "to", "it", "they", "he", "she"]
)
