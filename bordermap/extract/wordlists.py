"""The word lists of ``words.toml``."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path

__all__ = ["word_set"]


@functools.lru_cache(maxsize=1)
def _lists() -> dict[str, str]:
    data: dict[str, str] = tomllib.loads(
        Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
    )
    return data


def word_set(name: str) -> frozenset[str]:
    """Return a list of ``words.toml`` as a set.

    >>> "county" in word_set("generic")
    True
    """
    return frozenset(_lists()[name].split())
