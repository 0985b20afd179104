"""What is known of a word by its form alone, found out once for each form."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["Forms", "forget"]

_T = TypeVar("_T")
# English prose has some ten thousand forms a megabyte; longer ones are no words.
_MOST = 50_000
_LONGEST = 40


# A table that nobody uses any more, of a gazetteer of before, is not kept for this.
_TABLES: list[weakref.ref[Forms[Any]]] = []


def forget() -> None:
    """Let go of what all tables hold, once a long text is read: they fill themselves again."""
    for known in _TABLES:
        table = known()
        if table is not None:
            table.clear()


class Forms(dict[str, _T]):
    """A table of word forms that fills itself and never grows beyond a bound.

    Looked up as a plain dictionary it costs a tenth of finding out anew, and
    ``map(forms.__getitem__, words)`` takes a sentence through it without a step
    of Python a word.

    >>> length = Forms(len)
    >>> length["boats"], list(map(length.__getitem__, ["a", "boats"])), len(length)
    (5, [1, 5], 2)
    """

    __slots__ = ("__weakref__", "_find_out")

    def __init__(self, find_out: Callable[[str], _T]) -> None:
        super().__init__()
        self._find_out = find_out
        _TABLES.append(weakref.ref(self))

    def __missing__(self, form: str) -> _T:
        known = self._find_out(form)
        if len(form) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[form] = known
        return known
