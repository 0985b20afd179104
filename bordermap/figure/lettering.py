"""Labels that do not touch: where each is set, and which is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["DOT_MM", "Box", "Label", "Placed", "around", "free_spot", "overlaps", "placed"]

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in millimetres."""

DOT_MM = 0.4
"""How far a town's or an incident's dot reaches from its middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words at a point, in the order of their importance.

    ``gap_mm`` is how far the words stand off the point; 0 sets them on it. A
    ``wide`` label is set farther off where it finds no room near; one that is
    ``on_spot`` tries the point itself first.
    """

    words: str
    x: float
    y: float
    size_pt: float
    colour: str
    weight: str = "normal"
    italic: bool = False
    gap_mm: float = 0.0
    dot: str = ""
    wide: bool = False
    on_spot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A label with the middle of its words."""

    label: Label
    x: float
    y: float


def around(x: float, y: float, half_mm: float) -> Box:
    """Return the square box around a point."""
    return (x - half_mm, y - half_mm, x + half_mm, y + half_mm)


def overlaps(a: Box, b: Box) -> bool:
    """Return whether two boxes share any area."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def placed(
    labels: Iterable[Label],
    *,
    taken: list[Box],
    covers: list[Box],
    frame: Box,
    size_of: Callable[[Label], tuple[float, float]],
    most: int,
    avoid: Sequence[Box] = (),
) -> list[Placed]:
    """Return the labels that find room, the first given first; greedy, over eight positions.

    One whose own dot would lie under something is left out; words keep off the dots of others.

    Parameters
    ----------
    labels
        The most important first.
    taken
        Boxes that no words may touch; those of the words and dots that are set are added to it.
    covers
        Boxes under which no dot may lie; those of the words that are set are added to it.
    frame
        Where labels must lie.
    size_of
        Width and height of a label's words, millimetres.
    most
        How many are set at most.
    avoid
        Boxes from which wide labels keep off where they can.
    """
    done: list[Placed] = []
    for label in labels:
        if len(done) == most:
            break
        dot = around(label.x, label.y, DOT_MM) if label.dot else None
        if dot is not None and _meets(dot, covers):
            continue
        width, height = size_of(label)
        free = [
            (x, y)
            for x, y in _positions(label, width, height)
            if _within(box := _box(x, y, width, height), frame) and not _meets(box, taken)
        ]
        clear = (at for at in free if label.wide and not _meets(_box(*at, width, height), avoid))
        spot = next(clear, free[0] if free else None)
        if spot is None:
            continue
        words = _box(*spot, width + 0.8, height + 0.4)
        covers.append(words)
        taken += [words] if dot is None else [words, dot]
        done.append(Placed(label=label, x=spot[0], y=spot[1]))
    return done


def _box(x: float, y: float, width: float, height: float) -> Box:
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _meets(box: Box, others: Iterable[Box]) -> bool:
    return any(overlaps(box, other) for other in others)


def _within(box: Box, frame: Box) -> bool:
    return box[0] > frame[0] and box[1] > frame[1] and box[2] < frame[2] and box[3] < frame[3]


def _positions(label: Label, width: float, height: float) -> list[tuple[float, float]]:
    if not label.gap_mm:
        return [(label.x, label.y)]
    dx, dy = label.gap_mm + width / 2, label.gap_mm + height / 2
    slight = label.gap_mm * 0.7
    # Right is read best, then left, above and below, then the corners.
    offsets = [
        (dx, 0.0), (-dx, 0.0), (0.0, dy), (0.0, -dy),
        (dx - slight, dy - slight), (dx - slight, slight - dy),
        (slight - dx, dy - slight), (slight - dx, slight - dy),
    ]  # fmt: skip
    if label.wide:
        # Above and below are nearest to a line that runs across, then farther each time.
        offsets = [*offsets[2:4], *offsets[:2], *offsets[4:]]
        offsets += [(ox * k, oy * k) for k in (1.5, 2.0, 2.7, 3.5) for ox, oy in offsets[:8]]
    if label.on_spot:
        offsets = [(0.0, 0.0), *offsets]
    return [(label.x + ox, label.y + oy) for ox, oy in offsets]


def free_spot(
    anchor: tuple[float, float],
    size: tuple[float, float],
    *,
    taken: list[Box],
    avoid: list[Box],
    frame: Box,
    step_mm: float = 1.5,
) -> tuple[float, float] | None:
    """Return the middle of the free box nearest to an anchor, or None.

    ``taken`` boxes are never touched; ``avoid`` ones cost 4 mm of way each.
    """
    width, height = size
    best: tuple[float, tuple[float, float]] | None = None
    x = frame[0] + width / 2
    while x <= frame[2] - width / 2:
        y = frame[1] + height / 2
        while y <= frame[3] - height / 2:
            way = ((x - anchor[0]) ** 2 + (y - anchor[1]) ** 2) ** 0.5
            box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
            if best is None or way < best[0]:
                cost = way + 4.0 * sum(overlaps(box, other) for other in avoid)
                if (best is None or cost < best[0]) and not any(
                    overlaps(box, other) for other in taken
                ):
                    best = (cost, (x, y))
            y += step_mm
        x += step_mm
    return best[1] if best else None
