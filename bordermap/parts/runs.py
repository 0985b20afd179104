"""A run's folder: what it is a run of, and which parts of it are done."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bordermap import __version__
from bordermap.errors import InputError, OutputError
from bordermap.files import written_whole

if TYPE_CHECKING:
    from bordermap.parts.source import Part

__all__ = ["Run", "begun"]

# Names that begin with an underscore are no data to those who read a folder of Parquet.
_ABOUT = "_bordermap.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A folder that the parts of one run are written into.

    A part is done when its note is there; the note is written last.
    """

    folder: str

    def path(self, part: int, ending: str) -> Path:
        """Return where a part's file goes."""
        return Path(self.folder) / f"part-{part:06d}{ending}"

    def note(self, part: int) -> dict[str, Any] | None:
        """Return what was noted of a part that is done, or None."""
        path = self._note_path(part)
        if not path.exists():
            return None
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found

    def finish(self, part: int, note: dict[str, Any]) -> None:
        """Note that a part is done."""
        with written_whole(self._note_path(part)) as partial:
            partial.write_text(json.dumps(note, sort_keys=True), encoding="utf-8")

    def _note_path(self, part: int) -> Path:
        return Path(self.folder) / f"_part-{part:06d}.json"


def begun(folder: Path, parts: Sequence[Part], **settings: object) -> Run:
    """Return the run in a folder, new or to be gone on with.

    Parameters
    ----------
    folder
        Made if it is not there.
    parts
        What the run is to work on.
    settings
        What else makes its results, such as the line.

    Raises
    ------
    InputError
        The folder holds a run over other files, or with other settings, or
        files that no run wrote.
    """
    about = {"bordermap": __version__, "of": _fingerprint(parts, settings)}
    path = folder / _ABOUT
    if path.exists():
        if json.loads(path.read_text(encoding="utf-8")) != about:
            raise InputError(
                f"{folder}: holds the parts of another run; remove it or name another folder"
            )
        return Run(folder=str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made a folder: {error.strerror}") from error
    if any(p.name[0] != "." for p in folder.iterdir()):
        raise InputError(f"{folder}: is not empty; remove it or name another folder")
    with written_whole(path) as partial:
        partial.write_text(json.dumps(about, indent=1), encoding="utf-8")
    return Run(folder=str(folder))


def _fingerprint(parts: Sequence[Part], settings: dict[str, object]) -> str:
    """Return a digest of files (size and time of change), cuts and settings."""
    files: dict[str, Any] = {}
    for path in sorted({part.path for part in parts}):
        if "://" in path:
            files[path] = None
        else:
            stat = Path(path).stat()
            files[str(Path(path).resolve())] = (stat.st_size, stat.st_mtime_ns)
    cuts = [{**asdict(part), "path": Path(part.path).name} for part in parts]
    text = json.dumps([files, cuts, settings], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
