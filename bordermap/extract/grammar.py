"""The grammar of ``patterns.toml``: rows of words compiled to frames and pairs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import compress, count
from typing import TYPE_CHECKING

from bordermap.extract.pairs import Pair, telling_word

if TYPE_CHECKING:
    from bordermap.extract.tokens import Sentence
    from bordermap.table import Kind

__all__ = ["Compiler", "Frame", "inflected"]

_GAPS = {"..": 4, "...": 9}
# Words that end like a verb in the past and are none.
_NO_VERB = (
    "(?!(?:un|heavily )?armed |demilitari[sz]ed |unidentified |limited |united |hundred |red |"
    "need |speed |indeed |suspected |alleged )"
)
_KOREAN_PAST = (
    "[가-힣]*(?:했|됐|었|았|졌|혔|렸|났|왔|갔|쐈|켰|겼|쳤|떴|봤|섰|웠|였|넜|녔|뒀|뺐|썼|탔)[가-힣]*"
)
_NUMBER = (
    "(?:[0-9][0-9.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
    "fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|"
    "eighty|ninety|hundred|thousand|dozen|dozens|scores|hundreds|several)"
)
# "Fired about 10 rounds": what makes a number round.
_ABOUT = "(?:(?:about|some|around|nearly|almost|roughly|over|only|just|at least|more than) )?"
_MOST_IN_NUMBER = 3  # "at least 10"
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
        Sets of telling words, one of each of which must be in the sentence; of a
        Korean frame one set of first syllables.
    is_item
        Whether it tells of an incident only in a sentence without a verb, as in
        a list: "June 8: two missiles, from Wonsan".
    bars
        Words none of which may be in the sentence.
    begins
        The words with one of which it begins, where only whole words may.
    rest
        The other sets of words, of which one each must follow.
    reach
        How many words it has at most.
    """

    kind: Kind
    rank: int
    is_noun: bool
    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...]
    is_korean: bool
    is_item: bool = False
    bars: frozenset[str] = frozenset()
    begins: frozenset[str] = frozenset()
    rest: tuple[frozenset[str], ...] = ()
    reach: int = 0

    def matches(self, sentence: Sentence) -> Iterable[re.Match[str]]:
        """Return its matches in a sentence, none overlapping the one before."""
        plain = sentence.plain
        if not self.begins:
            return self.pattern.finditer(plain)
        found: list[re.Match[str]] = []
        words, end = sentence.words, 0
        # Tried only where it begins and all that it needs follows: a fifth of a search's cost.
        for token in compress(count(), map(self.begins.__contains__, words)):
            after = words[token + 1 : token + self.reach]
            for needed in self.rest:
                if needed.isdisjoint(after):
                    break
            else:
                at = sentence.positions()[token]
                match = self.pattern.match(plain, at - 1) if at > end else None
                if match:
                    found.append(match)
                    end = match.end()
        return found


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


class Compiler:
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
            elif "~_" in part:
                verb, after = part.split("~_", 1)
                found += [f"{form}_{after}" for form in inflected(verb, self._forms)]
            elif part.endswith("^"):
                stem = part[:-1]
                bare = {stem, stem + "s", stem + "es", stem[:-1] + "ies"}
                found += [form for form in inflected(stem, self._forms) if form not in bare]
            else:
                found.append(part)
        return list(dict.fromkeys(c.replace("_", " ") for c in found))

    def pair(self, row: str, kind: Kind, rank: int) -> Pair:
        """Return a compiled pair: its parts as phrases."""
        row, bars = self._barred(row)
        parts = [self.phrases(element) for element in row.split(" + ")]
        if len(parts) < 2:
            raise ValueError("it has one part; write VERB + WHAT")
        if len(parts) > 4:
            raise ValueError("it has more than four parts")
        return Pair(kind, rank, parts, bars)

    def _barred(self, row: str) -> tuple[str, frozenset[str]]:
        """Return a row without the words behind " - ", and these."""
        row, *barred = row.split(" - ")
        words = [c for element in barred for c in self.choices(element.strip())]
        for word in words:
            if " " in word:
                raise ValueError(f'only single words can be barred, not "{word}"')
        return row, frozenset(words)

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
        row, bars = self._barred(row)
        elements = row.split()
        if not any(e.startswith("!") for e in elements):
            elements[0] = "!" + elements[0]
        needs, parts, begins, reach = [], [" "], frozenset[str](), 0
        korean = bool(_KOREAN.search(row))
        for element in elements:
            if element in _GAPS:
                # What only names an incident has its verb without a pause.
                no = " ;," if listed == "nouns" else " ;"
                parts.append(rf"(?:[^{no}]+ ){{0,{_GAPS[element]}}}?")
                reach += _GAPS[element]
                continue
            bare = element.lstrip("!?")
            choices = self.choices(bare)
            one = _alternatives(choices)
            reach += max(_MOST_IN_NUMBER if c == "#" else len(c.split()) for c in choices)
            if element.startswith("?"):
                parts.append(f"(?:{one})?")
                continue
            parts.append(f"(?P<h>{one})" if element.startswith("!") else one)
            if not any(c.startswith(("*", "#")) for c in choices):
                needs.append(
                    frozenset(w[0] if korean else telling_word(w) for w in map(str.split, choices))
                )
                if len(parts) == 2 and not korean:
                    begins = frozenset(c.split()[0] for c in choices)
        if not needs:
            raise ValueError("no word of it is known; give it one")
        if korean:
            # Two syllables find a word with whatever is written onto it; one would be too few.
            whole = [n for n in needs if all(len(w) > 1 for w in n if _KOREAN.match(w))]
            needs = [frozenset(w[:2] for w in min(whole or needs, key=len) if _KOREAN.match(w))]
        pattern = re.compile("".join(parts))
        is_noun, is_item = listed == "nouns", listed == "items"
        return Frame(kind, rank, is_noun, pattern, tuple(needs), korean, is_item, bars, begins,
                     tuple(needs[1:]) if begins else (), reach)  # fmt: skip


def _alternatives(choices: Iterable[str]) -> str:
    longest_first = sorted(choices, key=lambda c: (-len(c), c))
    return f"(?:{'|'.join(map(_one, longest_first))}) "


def _one(choice: str) -> str:
    if choice == "*다":
        return _KOREAN_PAST
    if choice == "#":
        return _ABOUT + _NUMBER
    if choice.startswith("*"):
        return _NO_VERB + "[a-z]+" + re.escape(choice[1:])
    # A Korean word has particles and endings written onto it.
    return re.escape(choice) + ("[^ ]*" if _KOREAN.search(choice) else "")
