"""Which installed fonts a figure is lettered in."""

from __future__ import annotations

import functools
from typing import Any

from bordermap.errors import MissingDataError

__all__ = ["families"]

# In order of liking; the first that is installed is taken.
_LATIN = (
    "Source Sans 3", "Source Sans Pro", "Noto Sans", "Open Sans", "Helvetica Neue", "Arial",
    "Liberation Sans", "Noto Sans CJK KR", "Noto Sans CJK JP", "DejaVu Sans",
)  # fmt: skip
_HANGUL = (
    "Pretendard", "Source Han Sans KR", "Noto Sans KR", "Noto Sans CJK KR", "Noto Sans CJK JP",
    "Apple SD Gothic Neo", "Malgun Gothic", "NanumGothic", "Nanum Gothic", "UnDotum", "Baekmuk",
)  # fmt: skip


def families(lang: str) -> list[str]:
    """Return font families to letter a figure with, the first the one of the language.

    The others stand in where the first lacks a letter.

    Raises
    ------
    MissingDataError
        The language is Korean and no installed font has hangul.
    """
    latin, hangul = _first(_LATIN, "A"), _first(_HANGUL, "가")
    if lang == "ko" and hangul is None:
        raise MissingDataError(
            "no installed font has hangul, which lang ko needs; install one, such as Noto Sans "
            "CJK (Debian: fonts-noto-cjk), or use lang en"
        )
    wanted = [hangul, latin] if lang == "ko" else [latin, hangul]
    return list(dict.fromkeys([*(f for f in wanted if f), "DejaVu Sans"]))


def _first(names: tuple[str, ...], letter: str) -> str | None:
    return next((name for name in names if _has(name, letter)), None)


@functools.cache
def _has(name: str, letter: str) -> bool:
    """Return whether a font of this name is installed and has the letter."""
    from matplotlib.font_manager import fontManager, get_font

    found = [entry for entry in fontManager.ttflist if entry.name == name]
    return any(ord(letter) in _charmap(get_font, entry.fname) for entry in found[:1])


def _charmap(get_font: Any, path: str) -> dict[int, int]:
    charmap: dict[int, int] = get_font(path).get_charmap()
    return charmap
