"""Files without a header, whose source is known by the number and look of their columns."""

from __future__ import annotations

import re

from bordermap.errors import InputError
from bordermap.reading.mapping import mapping_of, mappings

__all__ = ["header_of"]

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def header_of(first: list[str], source: str | None = None) -> list[str] | None:
    """Return the names of the columns of a file without a header, None where it has one.

    Parameters
    ----------
    first
        The first record of the file.
    source
        The mapping that the user names.

    Raises
    ------
    InputError
        The first record is data, and the named source has no file so wide.
    """
    is_data = bool(first) and bool(_NUMBER.fullmatch(first[0].strip()))
    if not is_data:
        return None
    candidates = [mapping_of(source)] if source else list(mappings())
    for mapping in candidates:
        if len(first) in mapping.headers:
            return list(mapping.headers[len(first)])
    if source and candidates[0].headers:
        widths = " or ".join(str(w) for w in sorted(candidates[0].headers))
        raise InputError(
            f"{candidates[0].title} files have {widths} columns, this one has {len(first)}; "
            "give it a header, or leave out --from"
        )
    return None
