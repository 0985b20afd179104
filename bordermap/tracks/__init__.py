"""Where tracks cross the line: time, place, direction, how deep and for how long.

The rule. Each fix has a signed distance d to the line as published, positive on
the left, and an accuracy a, the radius that holds the true spot with 95 %
probability. A fix is *beyond doubt* on a side where |d| > 2 a, which a jitter
along the line passes once in a million fixes. A crossing is a change of side
between two fixes beyond doubt that follow one another with none such between
(hysteresis); it is dated where the path between them goes over the line, the
last time where it does so more than once. The line's own accuracy takes no
part in finding crossings, but tells whether one is `certain`: whether the track
went deeper beyond the line than the line may be off.
"""

from __future__ import annotations

from bordermap.tracks.crossings import (
    DEFAULT_ACCURACY_M,
    Carry,
    continue_crossings,
    find_crossings,
    finish_crossings,
)
from bordermap.tracks.over import signed_distance

__all__ = [
    "DEFAULT_ACCURACY_M",
    "Carry",
    "continue_crossings",
    "find_crossings",
    "finish_crossings",
    "signed_distance",
]
