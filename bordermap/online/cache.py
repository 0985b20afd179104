"""Answers that services gave, and when each may be asked again: on disk, between runs."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bordermap.errors import OutputError
from bordermap.online.answer import Answer, answers_from_json, answers_to_json

__all__ = ["AnswerCache", "Pause"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS answer (
  service TEXT NOT NULL, query TEXT NOT NULL, found TEXT NOT NULL, asked_at REAL NOT NULL,
  PRIMARY KEY (service, query)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pause (
  service TEXT PRIMARY KEY, last_at REAL NOT NULL, in_flight INTEGER NOT NULL,
  blocked_until REAL NOT NULL
) WITHOUT ROWID;
"""
_FILE = "answers-1.sqlite"  # the number is the version of the schema
_WAIT_S = 30.0
# What was not found may be there later; what was found stays.
_FORGET_NOT_FOUND_S = 30 * 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """When a service was last asked, in seconds since 1970.

    Attributes
    ----------
    last_at
        The end of the last request, or its start while it runs.
    in_flight
        Whether a request was begun whose end nobody wrote down.
    blocked_until
        Before this the service asked not to be asked; 0 where it did not.
    """

    last_at: float = 0.0
    in_flight: bool = False
    blocked_until: float = 0.0


class AnswerCache:
    """The answers in one folder, safe between threads and processes.

    Each answer is committed before the next name is asked, so a run that is
    killed loses at most the request that was under way.

    Parameters
    ----------
    folder
        Made if it is not there.

    Raises
    ------
    OutputError
        The folder or the file in it cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / _FILE
        self._lock = threading.Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(
                self.path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False
            )
            self._db.executescript(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise OutputError(
                f"{self.path}: the cache of answers cannot be used: {error}; "
                "remove it, or set BORDERMAP_CACHE_DIR to another folder"
            ) from error

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def get(self, service: str, query: str, *, now: float) -> tuple[Answer, ...] | None:
        """Return the answers kept for a query; empty for "not found", None where it is not kept."""
        rows = self._do(
            "SELECT found, asked_at FROM answer WHERE service = ? AND query = ?", (service, query)
        )
        if not rows:
            return None
        found, asked_at = rows[0]
        answers = answers_from_json(str(found))
        if not answers and now - float(asked_at) > _FORGET_NOT_FOUND_S:
            return None
        return answers

    def put(self, service: str, query: str, answers: tuple[Answer, ...], *, now: float) -> None:
        """Keep the answers to a query; none is an answer too."""
        row = (service, query, answers_to_json(answers), now)
        self._do("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)", row)

    def pause(self, service: str) -> Pause:
        """Return when a service was last asked."""
        rows = self._do(
            "SELECT last_at, in_flight, blocked_until FROM pause WHERE service = ?", (service,)
        )
        if not rows:
            return Pause()
        last_at, in_flight, blocked_until = rows[0]
        return Pause(
            last_at=float(last_at), in_flight=bool(in_flight), blocked_until=float(blocked_until)
        )

    def set_pause(self, service: str, pause: Pause) -> None:
        """Keep when a service was last asked."""
        row = (service, pause.last_at, pause.in_flight, pause.blocked_until)
        self._do("INSERT OR REPLACE INTO pause VALUES (?, ?, ?, ?)", row)

    def _do(self, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._db.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise OutputError(
                f"{self.path}: the cache of answers cannot be used: {error}"
            ) from error
