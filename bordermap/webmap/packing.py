"""Numbers and words in one compact block that a page unpacks without a library.

A pack is a header in JSON (its length first, as an unsigned 32-bit integer) and
little-endian arrays, each beginning at a multiple of eight bytes. Above a size it
is deflated, which browsers undo with ``DecompressionStream``.
"""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["FORMAT", "Pack", "varints"]

FORMAT = 1
"""The page's bundle and the packs must be of one format; build.mjs writes the bundle's."""

# Under this many bytes deflating saves less than the page's wait for it.
_DEFLATE_ABOVE = 8192
# Above, level 5 takes a third of the time of level 6 for a tenth more bytes.
_PATIENT_BELOW = 4_000_000
_CODES = {"u1": "u1", "u2": "u2", "u4": "u4", "i4": "i4", "f8": "f8"}
_NO_ENTRY = {"u1": 0xFF, "u2": 0xFFFF, "u4": 0xFFFFFFFF}


class Pack:
    """A block in the making: facts for its header, and named arrays."""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        self._arrays: dict[str, tuple[str, bytes]] = {}

    def add(self, name: str, values: NDArray[Any], code: str) -> None:
        """Add an array as ``u1``, ``u2``, ``u4``, ``i4`` or ``f8``."""
        self._arrays[name] = (_CODES[code], np.ascontiguousarray(values, f"<{code}").tobytes())

    def add_words(self, name: str, words: list[str]) -> None:
        """Add a table of strings: their text run together, and each one's length.

        Lengths count UTF-16 units, for that is how a page slices text.
        """
        joined = "".join(words)
        try:
            text = joined.encode()
        except UnicodeEncodeError:  # half of a surrogate pair, from a badly decoded file
            words = [w.encode("utf-8", "replace").decode() for w in words]
            text = "".join(words).encode()
        if len(text) == len(joined):
            lengths = [len(w) for w in words]
        else:
            lengths = [len(w) if w.isascii() else len(w.encode("utf-16-le")) // 2 for w in words]
        self.add(f"{name}.text", np.frombuffer(text, dtype="u1"), "u1")
        self.add(f"{name}.lengths", np.asarray(lengths, dtype="u4"), "u4")

    def add_column(self, name: str, values: pd.Series) -> dict[str, Any]:
        """Add a column of strings, each different one once; return its entry for the header."""
        import pandas as pd

        codes, words = pd.factorize(values)
        self.add_words(name, words.to_numpy(dtype=object).tolist())
        if len(words) == len(values):  # each row its own: the table is the column
            return {"type": "text"}
        code = next(c for c, top in _NO_ENTRY.items() if len(words) < top)
        self.add(f"{name}.rows", np.where(codes < 0, _NO_ENTRY[code], codes), code)
        return {"type": "text", "none": _NO_ENTRY[code]}

    def to_bytes(self) -> bytes:
        """Return the block."""
        places, at = {}, 0
        for name, (code, data) in self._arrays.items():
            places[name] = [code, at, len(data) // int(code[1])]
            at += -(-len(data) // 8) * 8
        header = json.dumps(
            {**self.facts, "format": FORMAT, "arrays": places},
            ensure_ascii=False, separators=(",", ":"),
        ).encode("utf-8", "replace")  # fmt: skip
        begin = -(-(4 + len(header)) // 8) * 8
        parts = [len(header).to_bytes(4, "little"), header.ljust(begin - 4, b" ")]
        parts += [data.ljust(-(-len(data) // 8) * 8, b"\0") for _, data in self._arrays.values()]
        return b"".join(parts)

    def to_text(self) -> tuple[str, str]:
        """Return the block in base64, and its encoding: ``deflate`` or ``plain``."""
        data = self.to_bytes()
        if len(data) <= _DEFLATE_ABOVE:
            return base64.b64encode(data).decode(), "plain"
        level = 9 if len(data) < _PATIENT_BELOW else 5
        return base64.b64encode(zlib.compress(data, level)).decode(), "deflate"


def varints(values: NDArray[Any]) -> NDArray[np.uint8]:
    """Return signed integers in zigzag and seven bits a byte, small ones in one byte.

    Parameters
    ----------
    values
        n integers of less than 2**34.

    Examples
    --------
    >>> varints(np.array([0, -1, 1, 300])).tolist()
    [0, 1, 2, 216, 4]
    """
    signed = np.asarray(values, dtype=np.int64)
    zigzag = (signed << 1) ^ (signed >> 63)
    sizes = np.ones(zigzag.shape, dtype=np.int64)
    for k in range(1, 5):
        sizes += zigzag >> (7 * k) > 0
    ends = np.cumsum(sizes)
    out = np.zeros(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    for k in range(5):
        has = sizes > k
        more = np.where(sizes[has] > k + 1, 0x80, 0)
        out[(ends - sizes)[has] + k] = (zigzag[has] >> (7 * k)) & 0x7F | more
    return out
