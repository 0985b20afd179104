"""The patterns of ``patterns.toml``, compiled: kind -> frames over a sentence's plain form."""

from __future__ import annotations

import functools
import itertools
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bordermap.errors import InputError, MissingDataError
from bordermap.extract.fields import Field, FieldIndex
from bordermap.extract.grammar import Compiler, Frame
from bordermap.extract.needs import Needs
from bordermap.table import Kind

if TYPE_CHECKING:
    from bordermap.extract.pairs import Pair
    from bordermap.extract.tokens import Sentence

__all__ = ["Patterns", "load_patterns", "packaged_patterns"]


class Patterns:
    """All frames and pairs, found by the words that they need, and the phrases for areas."""

    __slots__ = (
        "_area_words",
        "_areas",
        "_by_syllables",
        "_frames",
        "_needs",
        "_pairs",
        "_things",
        "fields",
    )

    def __init__(
        self,
        frames: Sequence[Frame],
        pairs: Sequence[Pair],
        areas: Mapping[str, str],
        fields: FieldIndex,
    ) -> None:
        self.fields = fields
        self._frames, self._pairs = tuple(frames), tuple(pairs)
        # No word alone tells that a Korean frame is there: its syllables do.
        needs = [[()] if frame.is_korean else frame.needs for frame in frames]
        self._needs = Needs([*needs, *(pair.needs for pair in pairs)])
        self._by_syllables: dict[str, list[int]] = {}
        for number, frame in enumerate(frames):
            for syllables in frame.needs[0] if frame.is_korean else ():
                self._by_syllables.setdefault(syllables, []).append(number)
        self._things: dict[Kind, set[str]] = {}
        for pair in pairs:
            self._things.setdefault(pair.kind, set()).update(pair.things())
        # The longest word of a phrase -> its place in it, the phrase, the gazetteer's name.
        self._areas: dict[str, list[tuple[int, tuple[str, ...], str]]] = {}
        for row, name in areas.items():
            for words in itertools.product(*(word.split("/") for word in row.split())):
                longest = max(reversed(words), key=len)  # of equals not "the"
                self._areas.setdefault(longest, []).append((words.index(longest), words, name))
        self._area_words = frozenset(self._areas)

    def present(self, sentence: Sentence) -> tuple[list[Frame], list[Pair]]:
        """Return the frames and the pairs whose words are all in a sentence, in their order."""
        met = self._needs.met(sentence.words)
        if not sentence.plain.isascii():
            by = self._by_syllables
            met = sorted({*met, *(n for word in sentence.words for n in by.get(word[:2], ()))})
        count, words = len(self._frames), sentence.words
        of_frames = bisect_left(met, count)
        frames = [self._frames[number] for number in met[:of_frames]]
        pairs = [self._pairs[number - count] for number in met[of_frames:]]
        return (
            [f for f in frames if not f.bars or f.bars.isdisjoint(words)],
            [p for p in pairs if not p.bars or p.bars.isdisjoint(words)],
        )

    def areas_in(self, sentence: Sentence) -> dict[int, tuple[tuple[str, ...], str]]:
        """Return first token -> the longest phrase for an area there, and the gazetteer's name."""
        if self._area_words.isdisjoint(sentence.words):
            return {}
        found: dict[int, tuple[tuple[str, ...], str]] = {}
        words = sentence.words
        areas = self._areas
        for token in itertools.compress(itertools.count(), map(areas.__contains__, words)):
            for place, phrase, name in areas[words[token]]:
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
    compiler = Compiler(data.get("words", {}), data.get("forms", {}))
    return Patterns(
        list(_frames(data, compiler, path)),
        list(_pairs(data, compiler, path)),
        data.get("areas", {}),
        FieldIndex(_fields(data, compiler, path)),
    )


def _frames(data: Mapping[str, Any], compiler: Compiler, path: Path) -> Iterator[Frame]:
    for name, block in data.get("kinds", {}).items():
        for row, listed in _rows(block):
            try:
                yield compiler.frame(row, Kind(name), block.get("rank", 0), listed)
            except (ValueError, KeyError, IndexError) as error:
                raise InputError(f'{path}: kinds.{name}: "{row}" is no frame: {error}') from error


def _pairs(data: Mapping[str, Any], compiler: Compiler, path: Path) -> Iterator[Pair]:
    for name, rows in data.get("pairs", {}).items():
        rank = data.get("kinds", {}).get(name, {}).get("rank", 0)
        for row in rows:
            try:
                yield compiler.pair(row, Kind(name), rank)
            except (ValueError, KeyError) as error:
                raise InputError(f'{path}: pairs.{name}: "{row}" is no pair: {error}') from error


def _fields(data: Mapping[str, Any], compiler: Compiler, path: Path) -> Iterator[Field]:
    for name, block in data.get("fields", {}).items():
        rank = data.get("kinds", {}).get(name, {}).get("rank", 0)
        try:
            things, hints = (
                [p for row in block.get(key, []) for p in compiler.phrases(row)]
                for key in ("things", "hints")
            )
            yield Field(Kind(name), rank, things, hints)
        except (ValueError, KeyError) as error:
            raise InputError(f"{path}: fields.{name}: {error}") from error


def _rows(block: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(row, name) for name in ("frames", "nouns", "items") for row in block.get(name, [])]


@functools.lru_cache(maxsize=1)
def packaged_patterns() -> Patterns:
    """Return the patterns that come with bordermap, compiled once."""
    return load_patterns(Path(__file__).with_name("patterns.toml"))
