"""How many, in Korean: "풍선 10여 개", "3척", "한 명"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bordermap.extract.numbers import number_of

if TYPE_CHECKING:
    from bordermap.extract.quantities import Quantity
    from bordermap.extract.tokens import Sentence

__all__ = ["korean_counts"]

_KOREAN_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열"], 1
    )
}
_KOREAN = re.compile(
    rf"(?<= )(\d[\d,]*|{'|'.join(_KOREAN_NUMBERS)})(?:여)? ?(발|개|명|척|대|장|기)(?=[^ ]* )"
)
_KOREAN_KEY = {"명": "people", "척": "boats", "장": "leaflets", "발": "shells"}


def korean_counts(sentence: Sentence) -> Iterator[Quantity]:
    """Yield the counts of a Korean sentence, each with its token."""
    for match in _KOREAN.finditer(sentence.plain):
        number = _KOREAN_NUMBERS.get(match[1]) or number_of(match[1])
        token = sentence.token_at(match.start())
        before = " ".join(sentence.words[max(0, token - 2) : token])
        key = _KOREAN_KEY.get(match[2])
        if match[2] in {"대", "기"}:
            key = "drones" if "무인기" in before else None
            key = "loudspeakers" if "확성기" in before else key
        if "풍선" in before:
            key = "balloons"
        elif "미사일" in before:
            key = "missiles"
        if number is not None and key:
            yield key, number, token, token
