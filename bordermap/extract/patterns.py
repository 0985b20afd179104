"""The patterns of ``patterns.toml``, compiled: kind -> frames over a sentence's plain form."""

from __future__ import annotations

import functools
import itertools
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from bordermap.errors import InputError, MissingDataError
from bordermap.extract.needs import Needs
from bordermap.extract.pairs import Pair
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence

__all__ = ["Frame", "Patterns", "inflected", "load_patterns", "packaged_patterns"]

_GAPS = {"..": 4, "...": 9}
# Words that end like a verb in the past and are none.
_NO_VERB = (
    "(?!(?:un|heavily )?armed |demilitari[sz]ed |unidentified |limited |united |hundred |red |"
    "need |speed |indeed |suspected |alleged )"
)
_KOREAN_PAST = (
    "[가-힣]*(?:했|됐|었|았|졌|혔|렸|났|왔|갔|쐈|켰|겼|쳤|떴|봤|섰|웠|였|넜|녔|뒀|뺐|썼|탔)[가-힣]*"
)
_KOREAN = re.compile(r"[가-힣]")


@dataclass(frozen=True, slots=True)
class Frame:
    """One row of words of a kind.

    Attributes
    ----------
    kind, rank
        What it tells of; the higher rank takes a word that two frames share.
    is_noun
        Whether it only names an incident.
    pattern
        Matches a sentence's plain form; the group ``h`` is the word that says
        that it happened.
    needs
        Sets of first words, one of each of which must be in the sentence; of a
        Korean frame one set of first syllables.
    is_item
        Whether it tells of an incident only in a sentence without a verb, as in
        a list: "June 8: two missiles, from Wonsan".
    """

    kind: Kind
    rank: int
    is_noun: bool
    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...]
    is_korean: bool
    is_item: bool = False


class Patterns:
    """All frames and pairs, found by the words that they need, and the phrases for areas."""

    __slots__ = (
        "_area_words",
        "_areas",
        "_by_syllables",
        "_count",
        "_needs",
        "_patterns",
        "_things",
    )

    def __init__(
        self, frames: Sequence[Frame], pairs: Sequence[Pair], areas: Mapping[str, str]
    ) -> None:
        self._patterns: tuple[Frame | Pair, ...] = (*frames, *pairs)
        # No word alone tells that a Korean frame is there: its syllables do.
        self._needs = Needs([[()] if p.is_korean else p.needs for p in self._patterns])
        self._by_syllables: dict[str, list[int]] = {}
        for number, frame in enumerate(frames):
            for syllables in frame.needs[0] if frame.is_korean else ():
                self._by_syllables.setdefault(syllables, []).append(number)
        self._count = len(frames)
        self._things: dict[Kind, set[str]] = {}
        for pair in pairs:
            self._things.setdefault(pair.kind, set()).update(pair.things())
        # The longest word of a phrase -> its place in it, the phrase, the gazetteer's name.
        self._areas: dict[str, list[tuple[int, tuple[str, ...], str]]] = {}
        for row, name in areas.items():
            for words in itertools.product(*(word.split("/") for word in row.split())):
                longest = max(words, key=len)
                self._areas.setdefault(longest, []).append((words.index(longest), words, name))
        self._area_words = frozenset(self._areas)

    def present(self, sentence: Sentence) -> tuple[list[Frame], list[Pair]]:
        """Return the frames and the pairs whose words are all in a sentence, in their order."""
        met = self._needs.met(sentence.words)
        if not sentence.plain.isascii():
            by = self._by_syllables
            met = sorted({*met, *(n for word in sentence.words for n in by.get(word[:2], ()))})
        patterns, count = self._patterns, self._count
        frames = [cast("Frame", patterns[n]) for n in met if n < count]
        return frames, [cast("Pair", patterns[n]) for n in met if n >= count]

    def areas_in(self, sentence: Sentence) -> dict[int, tuple[tuple[str, ...], str]]:
        """Return first token -> the longest phrase for an area there, and the gazetteer's name."""
        if self._area_words.isdisjoint(sentence.words):
            return {}
        found: dict[int, tuple[tuple[str, ...], str]] = {}
        words = sentence.words
        for token, word in enumerate(words):
            for place, phrase, name in self._areas.get(word, ()):
                first = token - place
                if first >= 0 and tuple(words[first : first + len(phrase)]) == phrase:
                    known = found.get(first)
                    if known is None or len(known[0]) < len(phrase):
                        found[first] = phrase, name
        return found

    def thing(self, sentence: Sentence, kind: Kind) -> int | None:
        """Return the first token of a thing that a kind of incident is about, or None."""
        things = self._things.get(kind, ())
        return next((n for n, word in enumerate(sentence.words) if word in things), None)


def inflected(word: str, forms: Mapping[str, str]) -> list[str]:
    """Return the forms of an English verb or noun.

    >>> inflected("carry", {})
    ['carry', 'carries', 'carried', 'carrying']
    >>> inflected("fire", {})
    ['fire', 'fires', 'fired', 'firing']
    >>> inflected("lob", {})
    ['lob', 'lobs', 'lobbed', 'lobbing']
    """
    *lead, stem = word.split("_")
    before = "_".join([*lead, ""])
    if stem in forms:
        return [before + form for form in forms[stem].split()]
    if stem.endswith("e"):
        found = [stem, stem + "s", stem + "d", stem[:-1] + "ing"]
    elif stem.endswith("y") and stem[-2] not in "aeou":
        found = [stem, stem[:-1] + "ies", stem[:-1] + "ied", stem + "ing"]
    else:
        third = "es" if stem.endswith(("s", "sh", "ch", "x", "z")) else "s"
        found = [stem, stem + third]
        doubles = _DOUBLES.search(stem)
        if doubles:
            found += [stem + stem[-1] + "ed", stem + stem[-1] + "ing"]
        if not doubles or not _ONE_SYLLABLE.fullmatch(stem):  # "travelled" and "traveled"
            found += [stem + "ed", stem + "ing"]
    return [before + form for form in found]


# Ends in one short vowel and one consonant, which is written twice: "lobbed", "slipped".
_DOUBLES = re.compile(r"(?:[^aeiou]|qu)[aeiou][bdgklmnprtz]$")
_ONE_SYLLABLE = re.compile(r"(?:qu|[^aeiou])*[aeiou][^aeiou]")


class _Compiler:
    """Turns rows of words into frames."""

    def __init__(self, words: Mapping[str, list[str]], forms: Mapping[str, str]) -> None:
        self._forms = forms
        self._lists = words

    def choices(self, element: str) -> list[str]:
        """Return the phrases that an element stands for, words apart by spaces."""
        found: list[str] = []
        for part in element.split("/"):
            if part.startswith("<") and part.endswith(">"):
                found += [c for e in self._lists[part[1:-1]] for c in self.choices(e)]
            elif part.endswith("~"):
                found += inflected(part[:-1], self._forms)
            else:
                found.append(part)
        return list(dict.fromkeys(c.replace("_", " ") for c in found))

    def pair(self, row: str, kind: Kind, rank: int) -> Pair:
        """Return a compiled pair: its parts as phrases."""
        parts = [self.phrases(element) for element in row.split(" + ")]
        if len(parts) < 2:
            raise ValueError("it has one part; write VERB + WHAT")
        if len(parts) > 4:
            raise ValueError("it has more than four parts")
        return Pair(kind, rank, parts)

    def phrases(self, element: str) -> tuple[tuple[str, ...], ...]:
        """Return the phrases of a part as words; a verb may have words after it."""
        found: list[tuple[str, ...]] = []
        for part in element.split("/"):
            verb, tilde, after = part.partition("~_")
            heads = self.choices(verb + "~") if tilde else self.choices(part)
            found += [(*head.split(), *after.split("_")) if after else tuple(head.split())
                      for head in heads]  # fmt: skip
        return tuple(dict.fromkeys(found))

    def frame(self, row: str, kind: Kind, rank: int, listed: str = "frames") -> Frame:
        """Return a compiled frame."""
        elements = row.split()
        if not any(e.startswith("!") for e in elements):
            elements[0] = "!" + elements[0]
        needs, parts = [], [" "]
        for element in elements:
            if element in _GAPS:
                # What only names an incident has its verb without a pause.
                no = " ;," if listed == "nouns" else " ;"
                parts.append(rf"(?:[^{no}]+ ){{0,{_GAPS[element]}}}?")
                continue
            bare = element.lstrip("!?")
            choices = self.choices(bare)
            one = _alternatives(choices)
            if element.startswith("?"):
                parts.append(f"(?:{one})?")
                continue
            parts.append(f"(?P<h>{one})" if element.startswith("!") else one)
            if not any(c.startswith("*") for c in choices):
                needs.append(frozenset(c.split()[0] for c in choices))
        if not needs:
            raise ValueError("no word of it is known; give it one")
        korean = bool(_KOREAN.search(row))
        if korean:
            needs = [frozenset(w[:2] for w in min(needs, key=len) if _KOREAN.match(w))]
        pattern = re.compile("".join(parts))
        is_noun, is_item = listed == "nouns", listed == "items"
        return Frame(kind, rank, is_noun, pattern, tuple(needs), korean, is_item)


def _alternatives(choices: Iterable[str]) -> str:
    longest_first = sorted(choices, key=lambda c: (-len(c), c))
    return f"(?:{'|'.join(map(_one, longest_first))}) "


def _one(choice: str) -> str:
    if choice == "*다":
        return _KOREAN_PAST
    if choice.startswith("*"):
        return _NO_VERB + "[a-z]+" + re.escape(choice[1:])
    # A Korean word has particles and endings written onto it.
    return re.escape(choice) + ("[^ ]*" if _KOREAN.search(choice) else "")


def load_patterns(path: Path) -> Patterns:
    """Return the patterns of a file.

    Raises
    ------
    InputError
        The file is no TOML, names a kind or a list that does not exist, or
        holds a frame that cannot be compiled.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: is no valid TOML: {error}") from error
    except FileNotFoundError as error:
        raise MissingDataError(f"{path}: no such file") from error
    compiler = _Compiler(data.get("words", {}), data.get("forms", {}))
    return Patterns(
        list(_frames(data, compiler, path)),
        list(_pairs(data, compiler, path)),
        data.get("areas", {}),
    )


def _frames(data: Mapping[str, Any], compiler: _Compiler, path: Path) -> Iterator[Frame]:
    for name, block in data.get("kinds", {}).items():
        for row, listed in _rows(block):
            try:
                yield compiler.frame(row, Kind(name), block.get("rank", 0), listed)
            except (ValueError, KeyError, IndexError) as error:
                raise InputError(f'{path}: kinds.{name}: "{row}" is no frame: {error}') from error


def _pairs(data: Mapping[str, Any], compiler: _Compiler, path: Path) -> Iterator[Pair]:
    for name, rows in data.get("pairs", {}).items():
        rank = data.get("kinds", {}).get(name, {}).get("rank", 0)
        for row in rows:
            try:
                yield compiler.pair(row, Kind(name), rank)
            except (ValueError, KeyError) as error:
                raise InputError(f'{path}: pairs.{name}: "{row}" is no pair: {error}') from error


def _rows(block: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(row, name) for name in ("frames", "nouns", "items") for row in block.get(name, [])]


@functools.lru_cache(maxsize=1)
def packaged_patterns() -> Patterns:
    """Return the patterns that come with bordermap, compiled once."""
    return load_patterns(Path(__file__).with_name("patterns.toml"))
