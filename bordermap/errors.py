"""The errors that bordermap raises, each also the builtin a caller would expect."""

from __future__ import annotations

__all__ = [
    "BordermapError",
    "InputError",
    "LineError",
    "MissingDataError",
    "OnlineError",
    "OutputError",
    "at",
]


_LONGEST = 1000


class BordermapError(Exception):
    """Anything that goes wrong and that a user can mend; its text is one line.

    Names and values of a hostile file that find their way into it cannot break
    the line, nor make it longer than a thousand characters.
    """

    def __str__(self) -> str:
        """Return the message on one line."""
        text = "".join(c if c.isprintable() else " " for c in super().__str__())
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


class InputError(BordermapError, ValueError):
    """A file, row, column or value that cannot be read as what it should be."""


class LineError(InputError):
    """A demarcation line that cannot be used: a gap, a self-crossing, a wrong CRS."""


class MissingDataError(BordermapError, FileNotFoundError):
    """A data file or an optional package that is not there."""


class OutputError(BordermapError, OSError):
    """A file that cannot be written."""


class OnlineError(BordermapError, ConnectionError):
    """A geocoding service that does not answer, or not as it should."""


def at(
    path: object, *, row: int | None = None, column: str | None = None, value: object = None
) -> str:
    """Return where a fault lies, as every message begins: ``file:row: column "value"``.

    Parameters
    ----------
    path
        The file's name as the user gave it; ``-`` is standard input.
    row
        The row as a spreadsheet or an editor numbers it: 1 is the header.
    column
        The column's name.
    value
        What stands there; long values are cut to 60 characters.

    Examples
    --------
    >>> at("a.csv", row=7, column="lat", value=95)
    'a.csv:7: lat "95"'
    """
    text = str(path) if row is None else f"{path}:{row}"
    if column is None:
        return text
    text = f"{text}: {column}"
    if value is None:
        return text
    # A value may hold line breaks or control characters; the message stays one line.
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(value))
    return f'{text} "{shown[:57] + "..." if len(shown) > 60 else shown}"'
