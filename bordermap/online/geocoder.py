"""Ask a service for names: each once, retried politely, kept, resumed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bordermap.counts import counted
from bordermap.errors import InputError, OnlineError
from bordermap.files import user_cache_path
from bordermap.online.cache import AnswerCache
from bordermap.online.pace import Clock, Pace, Turn
from bordermap.online.services import SERVICES, Bbox, Service

if TYPE_CHECKING:
    from geopy.exc import GeopyError

    from bordermap.online.answer import Answer

__all__ = ["LONGEST_NAME", "Asked", "OnlineGeocoder"]

LONGEST_NAME = 200
"""Characters; what is longer is no name and is not sent."""

_BACK_OFF_S = (1.0, 2.0, 4.0, 8.0)
# So many names in a row without an answer, and the service is down.
_DOWN_AFTER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What came of asking.

    Attributes
    ----------
    answers
        What each name may mean, the service's first choice first; empty where the
        service knows none. Names without any answer are not in it.
    from_cache, from_service
        How many names were answered by the one and the other.
    unanswered
        Names for which the service had no answer but an error, with the last of them.
    """

    answers: dict[str, tuple[Answer, ...]]
    from_cache: int
    from_service: int
    unanswered: dict[str, str]


class OnlineGeocoder:
    """A geocoding service, through geopy, asked as its terms allow.

    Parameters
    ----------
    service
        An id of `SERVICES`.
    user_agent
        What names your application to the service, as its terms ask.
    key
        Key or user name where the service needs one; else its environment variable.
    url
        Where a server of your own speaks the service's protocol, as in
        ``http://localhost:8080``.
    bbox_wsen
        West, south, east, north in degrees: a region to prefer.
    cache_folder
        Where answers are kept; the user's cache folder by default.
    timeout_s
        How long one request may take.
    patience_s
        The longest that the service may ask us to wait.

    Raises
    ------
    InputError
        An unknown service, a missing key, a user agent or URL that cannot be sent.
    """

    def __init__(
        self,
        service: str,
        *,
        user_agent: str,
        key: str | None = None,
        url: str | None = None,
        bbox_wsen: Bbox | None = None,
        cache_folder: Path | None = None,
        timeout_s: float = 10.0,
        patience_s: float = 300.0,
        clock: Clock | None = None,
    ) -> None:
        if service not in SERVICES:
            raise InputError(f'no service "{service}"; use one of {", ".join(SERVICES)}')
        self.service: Service = SERVICES[service]
        self._clock = clock or Clock()
        self._timeout_s = timeout_s
        self._bbox_wsen = bbox_wsen
        self._geopy = _geopy_geocoder(self.service, user_agent=user_agent, key=key, url=url)
        host = self.service.host if url is None else urlsplit(url).netloc
        place = service if url is None else f"{service}@{host}"
        region = "" if bbox_wsen is None else ",".join(f"{v:.2f}" for v in bbox_wsen)
        self._cache_key = f"{place} {region}".strip()
        self.cache = AnswerCache(cache_folder or user_cache_path())
        self._pace = Pace(
            self.cache,
            service=place,
            title=self.service.title,
            interval_s=self.service.interval_s,
            patience_s=patience_s,
            clock=self._clock,
        )

    def ask(
        self, names: Sequence[str], *, on_progress: Callable[[int, int], None] | None = None
    ) -> Asked:
        """Return what the service says of names, from the cache where it said so before.

        Parameters
        ----------
        names
            Any number, any order; each different one is asked once.
        on_progress
            Called with the number of names done and of all.

        Raises
        ------
        OnlineError
            The service stays down, refuses us, or asks to wait too long. What it
            answered until then is kept, and the next run asks for the rest.
        """
        by_query: dict[str, list[str]] = {}
        for name in names:
            if query := _query(name):
                by_query.setdefault(query, []).append(name)
        answers: dict[str, tuple[Answer, ...]] = {}
        unanswered: dict[str, str] = {}
        cached = in_a_row = 0
        for done, (query, same) in enumerate(by_query.items()):
            if on_progress:
                on_progress(done, len(by_query))
            kept = self.cache.get(self._cache_key, query, now=self._clock.now())
            cached += kept is not None
            try:
                found = kept if kept is not None else self._fetch(query)
            except _NoAnswerError as error:
                unanswered[same[0]] = str(error)
                in_a_row += error.may_be_down
                if in_a_row >= _DOWN_AFTER:
                    raise self._stopped(str(error), done=len(answers), of=by_query) from error
                continue
            except OnlineError as error:
                raise self._stopped(str(error), done=len(answers), of=by_query) from error
            in_a_row = 0 if kept is None else in_a_row
            answers |= dict.fromkeys(same, found)
        if on_progress:
            on_progress(len(by_query), len(by_query))
        fresh = len(by_query) - cached - len(unanswered)
        if in_a_row and not fresh:
            raise self._stopped(list(unanswered.values())[-1], done=len(answers), of=by_query)
        return Asked(
            answers=answers,
            from_cache=cached,
            from_service=fresh,
            unanswered=unanswered,
        )

    def _stopped(self, why: str, *, done: int, of: dict[str, list[str]]) -> OnlineError:
        title = self.service.title
        text = why if why.startswith(title) else f"{title} does not answer: {why}"
        return OnlineError(
            f"{text} ({done} of {counted(len(of), 'name')} answered and kept; "
            "the same command asks for the rest)"
        )

    def _fetch(self, query: str) -> tuple[Answer, ...]:
        """Return the service's answers to one query, after as many tries as it takes."""
        with self._pace.locked():
            # Another process may have asked while we waited for the turn.
            kept = self.cache.get(self._cache_key, query, now=self._clock.now())
            if kept is not None:
                return kept
            for back_off_s in (*_BACK_OFF_S, None):
                with self._pace.turn() as turn:
                    try:
                        found = self._once(query)
                    except _AgainError as error:
                        if back_off_s is None:
                            raise _NoAnswerError(str(error), may_be_down=True) from error
                        _back_off(turn, error, back_off_s)
                        continue
                    self.cache.put(self._cache_key, query, found, now=self._clock.now())
                    return found
        raise AssertionError("unreachable: the last try returns or raises")

    def _once(self, query: str) -> tuple[Answer, ...]:
        from geopy.exc import GeopyError

        region = self.service.bias(self._bbox_wsen) if self._bbox_wsen and self.service.bias else {}
        try:
            found = self._geopy.geocode(
                query,
                exactly_one=False,
                timeout=self._timeout_s,
                **self.service.arguments,
                **region,
            )
            return tuple(self.service.read(place.raw) for place in found or () if place is not None)
        except GeopyError as error:
            raise self._what_to_do(error) from error
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            # geopy and our readers take answers apart as if they were well formed.
            raise _AgainError("the answer cannot be read") from error

    def _what_to_do(self, error: GeopyError) -> Exception:
        """Return what an error of geopy means for us: again, never, or the end."""
        from geopy import exc
        from geopy.adapters import get_retry_after

        why = " ".join(str(error).split())[:120] or type(error).__name__
        headers = getattr(error.__cause__, "headers", None)
        if isinstance(error, exc.GeocoderRateLimited):
            return _AgainError("it says that it is asked too often", error.retry_after)
        if isinstance(error, exc.GeocoderQueryError):
            return _NoAnswerError(why, may_be_down=False)
        refusals = (
            exc.GeocoderAuthenticationFailure,
            exc.GeocoderQuotaExceeded,
            exc.GeocoderInsufficientPrivileges,
            exc.ConfigurationError,
        )
        if isinstance(error, refusals):
            return OnlineError(
                f"{self.service.title} refuses us: {why}; see {self.service.terms_url}"
            )
        return _AgainError(why, get_retry_after(headers) if headers else None)


class _AgainError(Exception):
    """A fault that may pass; ``retry_after_s`` where the service said when."""

    def __init__(self, why: str, retry_after_s: float | None = None) -> None:
        super().__init__(why)
        self.retry_after_s = retry_after_s


class _NoAnswerError(Exception):
    """No answer to this name, after all tries."""

    def __init__(self, why: str, *, may_be_down: bool) -> None:
        super().__init__(why)
        self.may_be_down = may_be_down


def _back_off(turn: Turn, error: _AgainError, back_off_s: float) -> None:
    turn.retry_after_s = max(back_off_s, error.retry_after_s or 0.0)


def _query(name: str) -> str | None:
    """Return a name as it is sent, or None where it is none."""
    line = unicodedata.normalize("NFC", name)
    line = " ".join("".join(c if c.isprintable() else " " for c in line).split())
    if len(line) > LONGEST_NAME or not any(c.isalpha() for c in line):
        return None
    return line


def _geopy_geocoder(service: Service, *, user_agent: str, key: str | None, url: str | None) -> Any:
    import os

    from geopy import geocoders
    from geopy.exc import ConfigurationError

    from bordermap.online.fetch import adapter_factory

    agent = user_agent.strip()
    fits = agent and len(agent) <= 200 and agent.isascii() and agent.isprintable()
    if not fits or agent.lower().startswith("geopy/"):
        raise InputError(
            f"{service.title} needs a user agent that names your application, in ASCII, "
            'as in "border-study/1.0 (me@example.org)"'
        )
    options: dict[str, Any] = {"user_agent": agent, "scheme": "https", "domain": service.host}
    if url is not None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query:
            raise InputError(f'"{url}" is no address of a service, as in http://localhost:8080')
        options |= {"scheme": parts.scheme, "domain": parts.netloc + parts.path.rstrip("/")}
    if service.key_argument:
        found = key or os.environ.get(service.key_variable or "")
        if not found:
            raise InputError(
                f"{service.title} needs a key: give --online-key or set {service.key_variable}"
            )
        options[service.key_argument] = found
    make = getattr(geocoders, service.geopy_class)
    try:
        return make(**options, adapter_factory=adapter_factory(service.is_whole))
    except ConfigurationError as error:
        raise InputError(f"{service.title}: {str(error).split(chr(10))[0][:200]}") from error
