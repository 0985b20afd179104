"""Where packaged data lies, and files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bordermap.errors import MissingDataError, OutputError

__all__ = ["geodata_path", "packaged", "seeds_path", "written_whole"]

_PACKAGE = Path(__file__).resolve().parent


def packaged(folder: str, name: str = "") -> Path:
    """Return the path of a packaged data folder or of a file in it.

    A wheel carries ``geodata`` and ``seeds`` inside the package; in a source
    checkout (an editable install) they stand beside it.

    Raises
    ------
    MissingDataError
        The file is in neither place.
    """
    for base in (_PACKAGE, _PACKAGE.parent):
        path = base / folder / name
        if path.exists():
            return path
    raise MissingDataError(f"{folder}/{name} is not installed; reinstall bordermap")


def geodata_path(name: str = "") -> Path:
    """Return the path of a file in ``geodata``."""
    return packaged("geodata", name)


def seeds_path(name: str = "") -> Path:
    """Return the path of a file in ``seeds``."""
    return packaged("seeds", name)


@contextmanager
def written_whole(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give a temporary path beside ``path`` and rename it there when the block ends well.

    The temporary file is named ``.NAME.RANDOM.partial`` plus the same ending,
    so that drivers which look at the ending see the right one. On an error it
    is removed and an older file at ``path`` stays as it was; after a SIGKILL
    it is the only debris.

    Raises
    ------
    OutputError
        The folder does not exist, cannot be written, or the disk is full.
    """
    target = Path(path)
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{target.stem}.", suffix=f".partial{target.suffix}", dir=target.parent
        )
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {error.strerror}") from error
    os.close(handle)
    partial = Path(name)
    try:
        yield partial
        # mkstemp makes files for the owner alone; a new file follows the umask.
        umask = os.umask(0)
        os.umask(umask)
        partial.chmod(0o666 & ~umask)
        partial.replace(target)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise OutputError(f"{target}: cannot be written: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)
