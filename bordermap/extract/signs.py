"""Signs: what a sentence must have in it for a rule to have any work there.

A rule registers a test of word forms and gets a bit; each form is tested once,
and the bits of a sentence's words, or-ed, tell which rules may pass it over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_
from typing import Any

from bordermap.extract.forms import Forms

__all__ = ["hold_signs", "sign", "signs_of"]

_TESTS: list[Callable[[str], object]] = []
_SIGNS: Forms[int] = Forms(
    lambda word: sum(1 << number for number, test in enumerate(_TESTS) if test(word))
)
_HOLD_SIGNS: list[Forms[Any]] = [_SIGNS]


def sign(test: Callable[[str], object]) -> int:
    """Return the bit of the words that pass a test; called as a module is loaded.

    >>> fire = sign({"fire", "fired"}.__contains__)
    >>> bool(signs_of(["they", "fired"]) & fire), bool(signs_of(["they", "left"]) & fire)
    (True, False)
    """
    _TESTS.append(test)
    for table in _HOLD_SIGNS:
        table.clear()
    return 1 << (len(_TESTS) - 1)


def hold_signs(table: Forms[Any]) -> None:
    """Tell of a table that holds signs: with a new one it begins anew."""
    _HOLD_SIGNS.append(table)


def signs_of(words: Iterable[str]) -> int:
    """Return the bits of all words together."""
    return reduce(or_, map(_SIGNS.__getitem__, words), 0)
