"""Text as sentences and tokens, every one with its offsets in the text.

A sentence also has a plain form: its tokens in lower case with one space
between (`` north korea fired two missiles , the south said . ``). Patterns are
matched against the plain form, where hyphens, quotes and line breaks no longer
matter, and the token numbers lead back to the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate, chain

from bordermap.extract.forms import Forms

__all__ = ["Sentence", "sentences"]

# A sentence of a report has at most a few hundred words; what is longer is no
# prose, and is cut so that no pattern ever sees an endless line.
_LONGEST = 1500
_WORD = r"[^\W_\u0300-\u036f][^\W_]*(?:[\u0300-\u036f][^\W_]*)*"
_TOKEN = re.compile(
    # Plain words first: they are most of a text, and other alternatives cost time.
    r"[A-Za-z]{2,}(?![\w'\u2019\u2018\u02bc\u02bb`\u0300-\u036f])"
    r"|\d+(?:[.,:]\d+)*[^\W\d_]*"
    r"|(?:[^\W\d_]\.){2,}"
    r"|['\u2019]s\b"
    rf"|{_WORD}(?:['\u2019\u2018\u02bc\u02bb`](?!s\b){_WORD})*"
    r"|[.,;:!?()\"\u201c\u201d\u2014\u2013$]"
)
_PIECE = re.compile(r"\S+")
_BREAK = re.compile(
    r"[.!?\u2026\u3002]+[\"\u201d\u2019')\]]*(?=\s)|\n[ \t\r]*\n|\n(?=[#*>\-])"
    r"|\n(?=[ \t]*(?:[\u2022\u2023\u25aa\u25cf\u2013\u2014]|\(?(?:\d{1,2}|[a-z])[.)][ \t]))"
)
# A date that heads an item of a list is no sentence of its own: "* June 8. Two missiles fell."
_HEADS_ITEM = re.compile(
    r"\s*(?:[*#>\-\u2022\u2023\u25aa\u25cf\u2013\u2014]|\(?(?:\d{1,2}|[a-z])[.)])[ \t]*"
    r"(?:\w+day,? )?(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}"
    r"|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*|\w+day)(?:,? \d{4})?$"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|[A-Za-z](?:\.[A-Za-z])+|Gen|Lt|Col|Maj|Capt|Sgt|Cpl|Adm|Cmdr|Mr|Mrs|Ms|Dr|"
    r"Rep|Sen|Gov|St|Mt|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|vs|Inc|Co|Corp|approx|"
    r"ca|cf|Pvt|Brig|Ft))$"
)
_AFTER_DOT = re.compile(r"\s+[\"\u201c\u2018'(\[]*([^\W\d_])?")
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u02bb": "'", "`": "'"})
_DAY_OR_MONTH = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"|KST|Korea|Local|Seoul"
)
# Abbreviations that may end a sentence too: they do where a capital follows.
_MAY_END = ("a.m", "p.m")


# A piece between white space -> its tokens as written, as the patterns see them, and where they
# begin in it. No token goes over white space: what is around a piece does not change them.
_RAW: Forms[tuple[str, ...]] = Forms(lambda piece: tuple(_TOKEN.findall(piece)))
_WORDS: Forms[tuple[str, ...]] = Forms(
    lambda piece: tuple(raw.lower().translate(_QUOTES) for raw in _TOKEN.findall(piece))
)
_STARTS: Forms[tuple[int, ...]] = Forms(
    lambda piece: tuple(m.start() for m in _TOKEN.finditer(piece))
)


class Sentence:
    """One sentence: its place in the text and its tokens.

    Attributes
    ----------
    text
        The whole text, in which offsets count.
    start, end
        Offsets in the text, end exclusive.
    paragraph
        Number of its paragraph.
    words
        Tokens in lower case, as the patterns see them.
    raws
        Tokens as written.
    plain
        The tokens in one line, a space before and after each.
    notes
        What was found in it already, by the function that found it.
    """

    __slots__ = (
        "_at", "_pieces", "_starts", "end", "notes", "paragraph", "plain", "raws", "start", "text",
        "words",
    )  # fmt: skip

    def __init__(self, text: str, start: int, end: int, paragraph: int) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.paragraph = paragraph
        self._pieces = pieces = text[start:end].split()
        self.words: list[str] = list(chain.from_iterable(map(_WORDS.__getitem__, pieces)))
        self.raws: list[str] = list(chain.from_iterable(map(_RAW.__getitem__, pieces)))
        self.plain = f" {' '.join(self.words)} "
        self.notes: dict[object, object] = {}
        self._starts: list[int] | None = None
        self._at: list[int] | None = None

    def starts(self) -> list[int]:
        """Return where each token begins in the text."""
        if self._starts is None:
            self._starts = [
                at + start
                for at, starts in zip(
                    self._piece_starts(), map(_STARTS.__getitem__, self._pieces), strict=True
                )
                for start in starts
            ]
        return self._starts

    def _piece_starts(self) -> list[int]:
        """Return where each piece between white space begins in the text."""
        pieces = self._pieces
        if sum(map(len, pieces)) + len(pieces) - 1 == self.end - self.start:  # one space between
            steps = accumulate(map(len, pieces[:-1]), initial=self.start)
            return [at + number for number, at in enumerate(steps)]
        return [m.start() for m in _PIECE.finditer(self.text, self.start, self.end)]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where some tokens, the last inclusive, begin and end in the text."""
        starts = self._starts or self.starts()
        return starts[first], starts[last] + len(self.raws[last])

    def gap(self, token: int) -> str:
        """Return what stands in the text between a token and the next one."""
        starts = self._starts or self.starts()
        return self.text[starts[token] + len(self.raws[token]) : starts[token + 1]]

    def token_from(self, offset: int) -> int:
        """Return the number of the first token that begins at an offset of the text or later."""
        return bisect_left(self._starts or self.starts(), offset)

    def positions(self) -> list[int]:
        """Return where each token begins in ``plain``."""
        if self._at is None:
            steps = accumulate(map(len, self.words), initial=1)
            self._at = [at + number for number, at in enumerate(steps)][:-1]
        return self._at

    def token_at(self, position: int) -> int:
        """Return the number of the token that begins at a position of ``plain`` or after it."""
        return bisect_left(self._at or self.positions(), position)


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text in order; together they cover every word of it.

    >>> [s.words[-2] for s in sentences("Gen. Kim spoke at 9 a.m. on June 3. He left.")]
    ['3', 'left']
    """
    return [Sentence(text, start, end, number) for start, end, number in _spans(text)]


def _spans(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and paragraph of each sentence."""
    start, paragraph = 0, 0
    for found in _BREAK.finditer(text):
        is_paragraph = found[0][0] == "\n"
        if not is_paragraph and not _ends(text, found):
            continue
        yield from _cut(text, start, found.end(), paragraph)
        start = found.end()
        paragraph += is_paragraph
    yield from _cut(text, start, len(text), paragraph)


def _ends(text: str, found: re.Match[str]) -> bool:
    """Return whether a full stop ends a sentence, and not an abbreviation."""
    if found[0][0] != ".":
        return True
    after = _AFTER_DOT.match(text, found.end())
    letter = after[1] if after else None
    if letter is not None and letter.islower():
        return False
    line = max(text.rfind("\n", 0, found.start()) + 1, found.start() - 40)
    if _HEADS_ITEM.match(text, line, found.start()):
        return False
    before = text[max(0, found.start() - 12) : found.start()]
    if not _ABBREVIATION.search(before):
        return True
    return (
        before.endswith(_MAY_END)
        and letter is not None
        and letter.isupper()
        and not _DAY_OR_MONTH.match(text, after.start(1) if after else found.end())
    )


def _cut(text: str, start: int, end: int, paragraph: int) -> Iterator[tuple[int, int, int]]:
    """Yield a span without outer white space, in pieces where it is too long for a sentence."""
    while end - start > _LONGEST:
        space = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = space if space > 0 else start + _LONGEST
        yield start, cut, paragraph
        start = cut
    piece = text[start:end]
    if piece.strip():
        lead = len(piece) - len(piece.lstrip())
        yield start + lead, start + len(piece.rstrip()), paragraph
