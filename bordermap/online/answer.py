"""What a service says a name may mean, checked: its text is as hostile as any."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["Answer", "answers_from_json", "answers_to_json", "as_bbox_wsen", "as_number", "as_text"]

_LONGEST_TEXT = 200
_NOT_REFERENCE = re.compile(r"[^A-Za-z0-9/._-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One place that a service offers for a name.

    Attributes
    ----------
    reference
        The service's own number for it, as in ``relation/3795586``.
    name, names
        What the service calls it, and every other name it gives.
    lon, lat
        Degrees, EPSG:4326.
    bbox_wsen
        West, south, east, north in degrees, or None where the service gives none.
    kind
        The service's word for what it is (``city``, ``island``), lower case, or None.
    country
        ISO 3166-1 code of two letters, or None.
    """

    reference: str
    name: str
    lon: float
    lat: float
    names: tuple[str, ...] = ()
    bbox_wsen: tuple[float, float, float, float] | None = None
    kind: str | None = None
    country: str | None = None

    def __post_init__(self) -> None:
        if not (abs(self.lon) <= 180 and abs(self.lat) <= 90):
            raise ValueError(f"no place on Earth: {self.lon}, {self.lat}")
        object.__setattr__(self, "reference", _NOT_REFERENCE.sub("_", self.reference)[:80])


def as_text(value: object) -> str | None:
    """Return a value as one line of at most 200 printable characters, or None."""
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        return None
    text = str(value)[: 4 * _LONGEST_TEXT]
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line[:_LONGEST_TEXT].strip() or None


def as_number(value: object) -> float:
    """Return a value as a finite number.

    Raises
    ------
    ValueError
        It is none.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError(f"no number: {value!r:.40}")
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"no finite number: {value!r:.40}")
    return number


def as_bbox_wsen(
    west: object, south: object, east: object, north: object
) -> tuple[float, float, float, float] | None:
    """Return a bounding box in degrees, or None where the four make none."""
    try:
        w, s, e, n = (as_number(v) for v in (west, south, east, north))
    except ValueError:
        return None
    fits = -180 <= w <= 180 and -180 <= e <= 180 and -90 <= s <= n <= 90
    return (w, s, e, n) if fits else None


def answers_to_json(answers: Iterable[Answer]) -> str:
    """Return answers as they are kept in the cache."""
    return json.dumps([asdict(a) for a in answers], ensure_ascii=False, separators=(",", ":"))


def answers_from_json(text: str) -> tuple[Answer, ...]:
    """Return answers as they were kept."""
    rows: list[dict[str, Any]] = json.loads(text)
    return tuple(
        Answer(
            **{
                **row,
                "names": tuple(row["names"]),
                "bbox_wsen": None if row["bbox_wsen"] is None else tuple(row["bbox_wsen"]),
            }
        )
        for row in rows
    )
