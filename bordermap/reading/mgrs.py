"""Grid references of the Military Grid Reference System, as degrees."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyproj import Transformer

__all__ = ["from_mgrs"]

_FORM = re.compile(r"(\d{1,2})([C-HJ-NP-X])([A-HJ-NP-Z])([A-HJ-NP-V])(\d*)", re.ASCII)
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_ROWS = "ABCDEFGHJKLMNPQRSTUV"
_COLUMNS = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")


def from_mgrs(text: str) -> tuple[float, float, float] | None:
    """Return longitude, latitude (degrees, WGS 84) and half the square's diagonal (metres).

    The position is the middle of the square that the digits name: two digits a
    side are one kilometre, five are one metre. None where the text is no grid
    reference of zones 1 to 60 (the polar grid is not read).

    Examples
    --------
    >>> lon, lat, half_m = from_mgrs("52S CH 08 02")
    >>> f"{lon:.3f} {lat:.3f} {half_m:.0f}"
    '126.820 37.950 707'
    """
    found = _FORM.fullmatch(re.sub(r"\s+", "", text.upper()))
    if not found or len(found[5]) % 2 or len(found[5]) > 10:
        return None
    zone, band = int(found[1]), found[2]
    column = _COLUMNS[(zone - 1) % 3].find(found[3])
    if not 1 <= zone <= 60 or column < 0:
        return None
    half = len(found[5]) // 2
    size = 10.0 ** (5 - half)
    east = (column + 1) * 100_000 + (int(found[5][:half] or 0) + 0.5) * size
    # Rows of 100 km repeat every 2,000 km and start at F in even zones.
    row = (_ROWS.index(found[4]) - (5 if zone % 2 == 0 else 0)) % 20
    within = row * 100_000 + (int(found[5][half:] or 0) + 0.5) * size
    low = -80 + 8 * _BANDS.index(band)
    high = 84 if band == "X" else low + 8
    to_degrees = _utm(zone, band < "N")
    for turns in range(6):
        lon, lat = to_degrees.transform(east, within + turns * 2_000_000)
        # Squares at a band's edge reach over it by up to their own size.
        if low - 1.0 <= lat <= high + 1.0:
            return float(lon), float(lat), size * 2**0.5 / 2
    return None


@functools.cache
def _utm(zone: int, is_south: bool) -> Transformer:
    from pyproj import Transformer

    return Transformer.from_crs(32700 + zone if is_south else 32600 + zone, 4326, always_xy=True)
