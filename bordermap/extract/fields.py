"""What a sentence is about by its words, and whatever is told of it in the past.

No list holds every verb: "the balloons dotted the fields on Sunday", "somebody emptied
a clip at the sentry". Where neither a frame nor a pair is in a sentence, words of one
field tell its kind: one thing that is seldom told of otherwise, or a few hints, each the weaker
the more fields share it. The
verb in the past nearest to them says that it happened, unless it is one of saying,
thinking or planning. What is found so only names an incident: it adds to one that is
told plainly, and counts alone where its sentence has a date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from bordermap.extract.wordlists import word_set

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence
    from bordermap.table import Kind

__all__ = ["Field", "FieldIndex", "FieldMatch"]

# What a thing and a hint count, and what is enough.
_THING = 2.0
_HINTS = (1.0, 0.7, 0.5, 0.35)  # of one field, of two, three, more
_ENOUGH = 2.0
# Of the border, with no other field near: so much.
_ENOUGH_NEAR, _AHEAD = 1.4, 0.6
# Words that stand in reports of all kinds.
_FAINT = word_set("faint")
# How far the verb may stand from the nearest of the words.
_REACH = 14
# Verbs of saying, thinking, planning, showing: what they tell of a thing is no incident.
_IDLE = word_set("idle")
_BREAKS = frozenset([";", ":", "\u201c", "\u201d", '"', "(", ")"])
_Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """The words that tell of a kind."""

    kind: Kind
    rank: int
    things: Sequence[_Phrase]
    hints: Sequence[_Phrase]


class FieldMatch(NamedTuple):
    """The kind of the words in a sentence and the verb; tokens, last inclusive."""

    kind: Kind
    rank: int
    head: int
    first: int
    last: int


class FieldIndex:
    """The fields, by the first words of their phrases."""

    __slots__ = ("_by_word", "_fields", "_words")

    def __init__(self, fields: Iterable[Field]) -> None:
        self._fields = tuple(fields)
        by_word: dict[str, list[tuple[_Phrase, int, float]]] = {}
        shared = Counter(phrase for field in self._fields for phrase in set(field.hints))
        for number, field in enumerate(self._fields):
            for phrase in field.things:
                by_word.setdefault(phrase[0], []).append((phrase, number, _THING))
            for phrase in field.hints:
                weight = _HINTS[min(shared[phrase], len(_HINTS)) - 1]
                if len(phrase) == 1 and phrase[0] in _FAINT:
                    weight = _HINTS[-1]
                by_word.setdefault(phrase[0], []).append((phrase, number, weight))
        self._by_word: Mapping[str, list[tuple[_Phrase, int, float]]] = by_word
        self._words = frozenset(by_word)

    def match(
        self, sentence: Sentence, is_past: Callable[[str], bool], *, is_near: bool = False
    ) -> FieldMatch | None:
        """Return the field that most words are of and the verb nearest to them, or None.

        Parameters
        ----------
        sentence, is_past
            Where to look, and what a verb in the past is.
        is_near
            Whether the sentence is of the border anyway: fewer words are enough then.
        """
        words = sentence.words
        counts: dict[int, dict[_Phrase, float]] = {}
        spots: dict[int, list[tuple[int, int]]] = {}
        for token, form in enumerate(words):
            word = form if form in self._words else self._stem(form)
            for phrase, number, weight in self._by_word.get(word, ()):
                end = token + len(phrase)
                if len(phrase) == 1 or tuple(words[token:end]) == phrase:
                    known = counts.setdefault(number, {})
                    known[phrase] = max(known.get(phrase, 0), weight)
                    spots.setdefault(number, []).append((token, end - 1))
        ranked = sorted(
            ((sum(c.values()), self._fields[n].rank, n) for n, c in counts.items()), reverse=True
        )
        if not ranked:
            return None
        best, after = ranked[0][0], ranked[1][0] if len(ranked) > 1 else 0.0
        is_enough = best >= _ENOUGH or (is_near and best >= _ENOUGH_NEAR and best - after >= _AHEAD)
        if not is_enough:
            return None
        told = [
            token for token, word in enumerate(words)
            if _tells(words, token, is_past) and not word.startswith(_SAYING)
        ]  # fmt: skip
        verbs = [token for token in told if words[token] not in _IDLE]
        for count, _, number in ranked:
            if count < min(best, _ENOUGH):
                break
            match = _nearest(self._fields[number], spots[number], verbs, words)
            if match is not None:
                return match
        return None

    def _stem(self, word: str) -> str:
        """Return the known word that a Korean one begins with, or nothing."""
        if "가" <= word[0] <= "힣":
            for length in range(min(len(word), _LONGEST_STEM), 1, -1):
                if word[:length] in self._words:
                    return word[:length]
        return ""


_LONGEST_STEM = 6
_NOMINAL = word_set("nominal")
_GOING_ON = frozenset(["is", "are", "was", "were", "been", "began", "started", "been", "kept"])
_SAYING = ("밝혔", "말했", "전했", "발표했", "설명했", "보도했", "덧붙", "강조했", "추정", "알려")


def _tells(words: list[str], token: int, is_past: Callable[[str], bool]) -> bool:
    """Return whether a word may say that something happened: a verb in the past, "the removal"."""
    word, before = words[token], words[token - 1] if token else ""
    if word in _NOMINAL:
        return True
    if word.endswith("ing"):
        return before in _GOING_ON
    # "The suspected vessel": a participle that only describes a noun.
    return is_past(word) and before not in {"", "the", "a", "an", "its", "their", "'s"}


def _nearest(
    field: Field, spots: Sequence[tuple[int, int]], verbs: Sequence[int], words: list[str]
) -> FieldMatch | None:
    """Return the verb nearest to the words of a field, with the word that it is near to."""
    near = [
        (abs(head - token), head, token, last)
        for token, last in spots
        for head in verbs
        if _is_near(words, head, token, last)
    ]
    if not near:
        return None
    _, head, token, last = min(near)
    return FieldMatch(field.kind, field.rank, head, min(head, token), max(head, last))


def _is_near(words: list[str], head: int, first: int, last: int) -> bool:
    between = words[last + 1 : head] if head > last else words[head + 1 : first]
    return len(between) <= _REACH and _BREAKS.isdisjoint(between)
