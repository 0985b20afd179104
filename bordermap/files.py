"""Where packaged data lies, and files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bordermap.errors import MissingDataError, OutputError

__all__ = [
    "geodata_path",
    "packaged",
    "seeds_path",
    "user_cache_path",
    "user_data_path",
    "without_sqlite_versions",
    "written_whole",
]

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


def user_data_path() -> Path:
    """Return the folder of what a user adds: ``$BORDERMAP_DATA_DIR``, or the platform's own.

    It need not exist.
    """
    return _user_path("BORDERMAP_DATA_DIR", "user_data_path")


def user_cache_path() -> Path:
    """Return the folder of what can be fetched again: ``$BORDERMAP_CACHE_DIR`` or the platform's.

    It need not exist.
    """
    return _user_path("BORDERMAP_CACHE_DIR", "user_cache_path")


def _user_path(variable: str, function: str) -> Path:
    if given := os.environ.get(variable):
        return Path(given)
    import platformdirs

    found: Path = getattr(platformdirs, function)("bordermap", appauthor=False)
    return found


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


def without_sqlite_versions(path: Path) -> None:
    """Overwrite the fields of a SQLite file's header that name what wrote it.

    So the same rows give the same bytes with any SQLite. Bytes 24..28 and 92..96
    must be equal (file format, section 1.3.7); 96..100 is the version.
    """
    with path.open("r+b") as file:
        file.seek(24)
        file.write((1).to_bytes(4, "big"))
        file.seek(92)
        file.write((1).to_bytes(4, "big") + (3_040_000).to_bytes(4, "big"))
