"""Text as sentences and tokens, every one with its offsets in the text.

A sentence also has a plain form: its tokens in lower case with one space
between (`` north korea fired two missiles , the south said . ``). Patterns are
matched against the plain form, where hyphens, quotes and line breaks no longer
matter, and the token numbers lead back to the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import reduce
from itertools import accumulate, chain, pairwise
from operator import or_
from typing import Any

from bordermap.extract.forms import Forms
from bordermap.extract.signs import hold_signs, signs_of

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
# Written so that it begins with one sign of a set, which is looked for fast.
_BREAK = re.compile(
    r"[.!?\u2026\u3002\n](?:"
    r"(?<!\n)[.!?\u2026\u3002]*[\"\u201d\u2019')\]]*(?=\s)"
    # No space after it, as on many pages: "on Thursday.Officials said"; not "U.S.Army", "a.Co.kr".
    r"|(?<=[a-z0-9%)\"\u201d\u2019'][.!?])[\"\u201d\u2019')\]]*"
    r"(?=[\u201c\u2018(]?(?:[A-Z][a-z]+(?![\w.@/])|[A-Z]{2,}(?![\w.@/])|[AI] ))"
    # Lines this long are not wrapped: each is a paragraph, and a headline needs no full stop.
    r"|(?<=\n)(?=[^\n]{120})|(?<=[^\n]{120}\n)"
    r"|(?<=\n)(?:[ \t\r]*\n|(?=[#*>\-])"
    r"|(?=[ \t]*(?:[\u2022\u2023\u25aa\u25cf\u2013\u2014]|\(?(?:\d{1,2}|[a-z])[.)][ \t]))))"
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
    r"ca|cf|Pvt|Pfc|Spc|Cmdt|Comdr|Brig|Ft|Rev|Prof|Hon|Ens|Amb|Msgr|Nos|Supt|Ltd|Lieut))$"
)
_SHORTENED: Forms[bool] = Forms(lambda word: bool(_ABBREVIATION.search(word)))
_AFTER_DOT = re.compile(r"\s+[\"\u201c\u2018'(\[]*([^\W\d_])?")
_QUOTES = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u02bb": "'", "`": "'"}
    # "Communiqué", "attaché" and "détente" are also written without.
    | dict(zip("éèêëáàâäíîïóôöúûüñç", "eeeeaaaaiiiooouuunc", strict=True))
)
_DAY_OR_MONTH = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"|KST|Korea|Local|Seoul"
)
# Abbreviations that may end a sentence too: they do where a capital follows.
_MAY_END = ("a.m", "p.m")
# "At 7:46 p.m. North Korea fired two more".
_BEGINS_SO = re.compile(
    r"(?:[.!?\n]\s*|\A)(?:At|Around|About|By|From|Until|Shortly after|Just before|Just after)"
    r"\s+(?:about |around )?\d{1,2}(?:[:.]\d\d)?\s[ap]\.m\Z"
)


_Piece = tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...], tuple[int, ...], int]


def _piece(piece: str) -> _Piece:
    """Return the tokens of a piece between white space: as patterns see them, and as written.

    And how far it is from each to the next, one space after the piece; nothing where the piece
    does not begin with a token: its steps do not add up. And how far it is in the plain form, and
    their signs. No token goes over white space: what is around a piece does not change them.
    """
    found = list(_TOKEN.finditer(piece))
    raws = tuple(m[0] for m in found)
    starts = [m.start() for m in found]
    steps = () if not starts or starts[0] else tuple(
        b - a for a, b in pairwise([*starts, len(piece) + 1])
    )  # fmt: skip
    words = tuple(raw.lower().translate(_QUOTES) for raw in raws)
    widths = tuple(len(word) + 1 for word in words)
    # Equal ones are kept once: there are few, and thousands of pieces.
    return (
        raws if words == raws else words,
        raws,
        _STEPS.setdefault(steps, steps),
        _STEPS.setdefault(widths, widths),
        _SIGNS.setdefault(signs := signs_of(words), signs),
    )


_STEPS: dict[tuple[int, ...], tuple[int, ...]] = {}
_SIGNS: dict[int, int] = {}


_PIECES: Forms[_Piece] = Forms(_piece)
hold_signs(_PIECES)


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
    signs
        What rules may find work in it; see `bordermap.extract.signs`.
    plain
        The tokens in one line, a space before and after each.
    notes
        What was found in it already, by the function that found it.
    """

    __slots__ = (
        "_at", "_starts", "_steps", "_widths", "end", "notes", "paragraph", "plain", "raws",
        "signs", "start", "text", "words",
    )  # fmt: skip

    def __init__(self, text: str, start: int, end: int, paragraph: int) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.paragraph = paragraph
        pieces = list(map(_PIECES.__getitem__, text[start:end].split()))
        words, raws, steps, widths, signs = zip(*pieces, strict=True) if pieces else ((),) * 5
        self.words: list[str] = list(chain.from_iterable(words))
        self.raws: list[str] = list(chain.from_iterable(raws))
        self.signs: int = reduce(or_, signs, 0)
        self.plain = f" {' '.join(self.words)} "
        self.notes: dict[object, Any] = {}
        self._steps: tuple[tuple[int, ...], ...] = steps
        self._widths: tuple[tuple[int, ...], ...] = widths
        self._starts: list[int] | None = None
        self._at: list[int] | None = None

    def starts(self) -> list[int]:
        """Return where each token begins in the text."""
        if self._starts is None:
            starts = list(accumulate(chain.from_iterable(self._steps), initial=self.start))
            # Not so where a piece has no steps, or more than one space stands between two.
            if starts.pop() != self.end + 1 or () in self._steps:
                starts = [m.start() for m in _TOKEN.finditer(self.text, self.start, self.end)]
            self._starts = starts
        return self._starts

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
            self._at = list(accumulate(chain.from_iterable(self._widths), initial=1))
            self._at.pop()
        return self._at

    def token_at(self, position: int) -> int:
        """Return the number of the token that begins at a position of ``plain`` or after it."""
        # One space stands before each token, and the one of this token is not counted.
        return self.plain.count(" ", 0, max(0, position - 1))


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text in order; together they cover every word of it.

    >>> [s.words[-2] for s in sentences("Gen. Kim spoke at 9 a.m. on June 3. He left.")]
    ['3', 'left']
    """
    found: list[Sentence] = []
    start, paragraph = 0, 0
    for mark in _BREAK.finditer(text):
        is_paragraph = text[mark.start()] == "\n"
        if is_paragraph or _ends(text, mark):
            end = mark.end()
            _add(found, text, start, end, paragraph)
            start = end
            # Blank lines between two paragraphs are none.
            paragraph += is_paragraph and bool(found) and found[-1].paragraph == paragraph
    _add(found, text, start, len(text), paragraph)
    return found


def _add(found: list[Sentence], text: str, start: int, end: int, paragraph: int) -> None:
    """Add a span without outer white space, in pieces where it is too long for a sentence."""
    while end - start > _LONGEST:
        space = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = space if space > 0 else start + _LONGEST
        found.append(Sentence(text, start, cut, paragraph))
        start = cut
    piece = text[start:end].rstrip()
    end = start + len(piece)
    start = end - len(piece.lstrip())
    if start < end:
        found.append(Sentence(text, start, end, paragraph))


def _ends(text: str, mark: re.Match[str]) -> bool:
    """Return whether a full stop ends a sentence, and not an abbreviation."""
    start, end = mark.span()
    if text[start] != ".":
        return True
    after = _AFTER_DOT.match(text, end)
    letter = after[1] if after else None
    if letter is not None and letter.islower():
        return False
    line = max(text.rfind("\n", 0, start) + 1, start - 40)
    if _HEADS_ITEM.match(text, line, start):
        return False
    before = text[max(0, start - 12) : start]
    if not _SHORTENED[before.rpartition(" ")[2]]:
        return True
    return (
        before.endswith(_MAY_END)
        and not _BEGINS_SO.search(text, max(0, start - 40), start)
        and letter is not None
        and letter.isupper()
        and not _DAY_OR_MONTH.match(text, after.start(1) if after else end)
    )
