"""One request at a time to a service, and never sooner than it allows.

The turn is a lock between processes, held from the wait to the answer, so the
pause lies between the end of one request and the start of the next: whatever
the network does, the service never sees two within the interval.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bordermap.errors import OnlineError, OutputError
from bordermap.online.cache import AnswerCache, Pause

__all__ = ["Clock", "Pace", "Turn"]

_LONGEST_BLOCK_S = 86_400.0
_LOOK_AGAIN_S = 0.05


class Clock:
    """The time of day and how to wait; tests bring their own."""

    def now(self) -> float:
        """Return seconds since 1970; all processes of a machine share it."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


@dataclass(slots=True)
class Turn:
    """The right to ask once."""

    retry_after_s: float = 0.0
    """Seconds for which the service asked not to be asked again; set by who asked."""


class Pace:
    """When a service may be asked, kept between threads, processes and runs.

    Parameters
    ----------
    cache
        Where the times are kept.
    service
        The key of the service there.
    title
        What to call it in an error.
    interval_s
        Seconds between two requests.
    patience_s
        The longest that a service may ask us to wait; beyond it the run ends.
    """

    def __init__(
        self,
        cache: AnswerCache,
        *,
        service: str,
        title: str,
        interval_s: float,
        patience_s: float,
        clock: Clock,
    ) -> None:
        self._cache = cache
        self._service = service
        self._title = title
        self._interval_s = interval_s
        self._patience_s = patience_s
        self._clock = clock
        name = re.sub(r"[^A-Za-z0-9.-]+", "_", service)[:100]
        self._lock_path = cache.folder / f"turn-{name}.sqlite"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the only turn there is; ends with the process, however that ends."""
        with _exclusive(self._lock_path):
            yield

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """Wait until the service may be asked, then give the right to ask once.

        Call it while `locked`.

        Raises
        ------
        OnlineError
            The service asked to be left alone for longer than our patience.
        """
        self._wait()
        started = self._clock.now()
        self._cache.set_pause(self._service, Pause(last_at=started, in_flight=True))
        turn = Turn()
        try:
            yield turn
        finally:
            ended = self._clock.now()
            blocked = ended + turn.retry_after_s if turn.retry_after_s > 0 else 0.0
            self._cache.set_pause(self._service, Pause(last_at=ended, blocked_until=blocked))

    def _wait(self) -> None:
        pause, now = self._cache.pause(self._service), self._clock.now()
        # Who began a request and never ended it was killed: the service may have seen it just now.
        since = 0.0 if pause.in_flight else max(0.0, now - pause.last_at)
        wait_s = max(0.0, self._interval_s - since)
        # A clock that was set back must not block for ever.
        blocked_s = pause.blocked_until - now
        if 0 < blocked_s <= _LONGEST_BLOCK_S:
            if blocked_s > self._patience_s:
                raise OnlineError(
                    f"{self._title} asks to wait for another {blocked_s:.0f} s; run again then"
                )
            wait_s = max(wait_s, blocked_s)
        # A sleep may end early by the grain of the clock.
        until = now + wait_s
        while (left := until - self._clock.now()) > 0:
            self._clock.sleep(min(left, wait_s))


@contextmanager
def _exclusive(path: Path) -> Iterator[None]:
    """Lock a file of its own: the one lock that Python has on every platform is SQLite's."""
    try:
        connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    except sqlite3.Error as error:
        raise OutputError(f"{path}: cannot be locked: {error}") from error
    try:
        while True:
            try:
                connection.execute("BEGIN EXCLUSIVE")
                break
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise OutputError(f"{path}: cannot be locked: {error}") from error
                # Real time: the other holder lives in it. Short, so that Ctrl-C is heard.
                time.sleep(_LOOK_AGAIN_S)
        yield
    finally:
        connection.close()
