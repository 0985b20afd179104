"""The drawn signs as small PNG pictures, for programs that show no vector symbols."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np

from bordermap.symbols import BADGES, GLYPHS, SIZE, path_rings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordermap.style import KindStyle

__all__ = ["icon_png"]

# Samples across and down each pixel.
_FINE = 4


def icon_png(style: KindStyle, *, size: int = 64) -> bytes:
    """Return a kind's sign as PNG, ``size`` pixels square; the same bytes each time."""
    badge = _coverage(BADGES[style.badge], size)
    glyph = np.minimum(_coverage(GLYPHS[style.symbol], size), badge)
    rgb = np.array([int(style.colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=float)
    share = (glyph / np.maximum(badge, 1e-9))[:, :, None]
    pixels = np.concatenate([rgb * (1 - share) + 255 * share, badge[:, :, None] * 255], axis=2)
    return _png(np.round(pixels).astype(np.uint8))


def _coverage(path: str, size: int) -> NDArray[np.float64]:
    """Return how much of each pixel a path covers, 0 to 1, by the even-odd rule."""
    fine = size * _FINE
    x = (np.arange(fine) + 0.5) * SIZE / fine
    inside = np.zeros((fine, fine), dtype=bool)
    for ring in path_rings(path):
        corners = _flattened(ring)
        for (x1, y1), (x2, y2) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
            if y1 == y2:
                continue
            rows = np.flatnonzero((x >= min(y1, y2)) & (x < max(y1, y2)))
            crossed = x1 + (x[rows] - y1) * (x2 - x1) / (y2 - y1)
            inside[rows] ^= x[None, :] >= crossed[:, None]
    covered: NDArray[np.float64] = inside.reshape(size, _FINE, size, _FINE).mean(axis=(1, 3))
    return covered


def _flattened(ring: list[tuple[str, tuple[float, ...]]]) -> NDArray[np.float64]:
    """Return a ring's corners, its curves in eight pieces each."""
    points: list[NDArray[np.float64]] = []
    t = np.linspace(0, 1, 9)[1:, None]
    for letter, numbers in ring:
        pairs = np.array(numbers).reshape(-1, 2)
        if letter == "C":
            a, (b, c, d) = points[-1], pairs
            curve = (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d
            points.extend(curve)
        else:
            points.extend(pairs)
    return np.array(points)


def _png(pixels: NDArray[np.uint8]) -> bytes:
    """Return red, green, blue and opacity as a PNG file (ISO 15948)."""
    height, width, _ = pixels.shape
    # Each row begins with its filter, 0 for none.
    rows = np.concatenate([np.zeros((height, 1), np.uint8), pixels.reshape(height, -1)], axis=1)

    def chunk(name: bytes, data: bytes) -> bytes:
        checked = name + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = zlib.compress(rows.tobytes(), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
