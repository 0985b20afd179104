"""How wide words are, and how they break into lines, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bordermap.figure.ink import MM_PER_PT

__all__ = ["Pen"]

_DPI = 288
# Height of a line of text in sizes of its letters.
_LEADING = 1.3


@dataclass(frozen=True, kw_only=True)
class Pen:
    """Measures text in the figure's fonts.

    ``families`` are tried in order for each letter.
    """

    families: list[str]
    _renderer: list[Any] = field(default_factory=list)

    def width_mm(self, words: str, size_pt: float, *, weight: str = "normal") -> float:
        """Return how wide the longest line of some words is."""
        from matplotlib.backends.backend_agg import RendererAgg
        from matplotlib.font_manager import FontProperties

        if not self._renderer:
            self._renderer.append(RendererAgg(8, 8, _DPI))  # type: ignore[no-untyped-call]
        font = FontProperties(family=self.families, size=size_pt, weight=weight)
        widths = [
            self._renderer[0].get_text_width_height_descent(part, font, False)[0]
            for part in words.split("\n")
        ]
        return float(max(widths)) / _DPI * 25.4

    def height_mm(self, words: str, size_pt: float) -> float:
        """Return how tall some words are with their leading."""
        return (words.count("\n") + 1) * size_pt * MM_PER_PT * _LEADING

    def wrapped(
        self, words: str, size_pt: float, width_mm: float, *, weight: str = "normal"
    ) -> str:
        """Return the words broken into lines that fit a width; a long word is cut."""
        lines: list[str] = []
        current = ""
        for word in words.split(" "):
            longer = f"{current} {word}" if current else word
            if self.width_mm(longer, size_pt, weight=weight) <= width_mm:
                current = longer
                continue
            if current:
                lines.append(current)
            current = self._cut(word, size_pt, width_mm, weight)
        return "\n".join([*lines, current] if current else lines)

    def _cut(self, word: str, size_pt: float, width_mm: float, weight: str) -> str:
        if self.width_mm(word, size_pt, weight=weight) <= width_mm:
            return word
        while len(word) > 1 and self.width_mm(f"{word}…", size_pt, weight=weight) > width_mm:
            word = word[: max(1, int(len(word) * 0.9))]
        return f"{word}…"
