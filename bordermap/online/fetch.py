"""Fetch one answer over HTTP for geopy: bounded in size and time, no redirects."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import (
    GeocoderParseError,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)

__all__ = ["LONGEST_ANSWER_BYTES", "BoundedAdapter", "adapter_factory"]

LONGEST_ANSWER_BYTES = 1_000_000
"""Five places of Nominatim with all their names are 30 kB."""

_CHUNK_BYTES = 65_536


class _NoRedirects(HTTPRedirectHandler):
    # Following one would be a second request within the same second, perhaps to another host.
    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


class BoundedAdapter(BaseSyncAdapter):  # type: ignore[misc]
    """The HTTP client that geopy's geocoders use here.

    Parameters
    ----------
    proxies
        URLs by scheme; None for those of the system.
    ssl_context
        None for the interpreter's.
    is_whole
        Tells whether decoded JSON has the shape that the service documents.
    """

    def __init__(self, *, proxies: Any, ssl_context: Any, is_whole: Callable[[Any], bool]) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        handlers = [_NoRedirects(), HTTPSHandler(context=ssl_context), ProxyHandler(proxies)]
        self._opener = build_opener(*handlers)
        self._is_whole = is_whole

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        """Return the decoded JSON of an answer; see `geopy.adapters.BaseAdapter`."""
        text = self.get_text(url, timeout=timeout, headers=headers)
        try:
            page = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise GeocoderParseError("the answer is no JSON") from error
        if not self._is_whole(page):
            raise GeocoderParseError("the answer is JSON of another shape")
        return page

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        """Return the text of an answer; see `geopy.adapters.BaseAdapter`."""
        deadline = time.monotonic() + timeout
        request = Request(url, headers={**headers, "Accept": "application/json"})  # noqa: S310
        try:
            with self._opener.open(request, timeout=timeout) as page:
                body = _read(page, deadline)
        except HTTPError as error:
            with error:
                raise AdapterHTTPError(
                    f"HTTP status {error.code}",
                    status_code=error.code,
                    headers={name.lower(): value for name, value in error.headers.items()},
                    text=None,
                ) from error
        except TimeoutError as error:
            raise GeocoderTimedOut(f"no answer within {timeout:g} s") from error
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise GeocoderTimedOut(f"no answer within {timeout:g} s") from error
            raise GeocoderUnavailable(f"cannot be reached: {error.reason}") from error
        except (OSError, HTTPException) as error:
            raise GeocoderServiceError("the connection broke off") from error
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError as error:
            raise GeocoderParseError("the answer is no UTF-8") from error


def _read(page: Any, deadline: float) -> bytes:
    """Return the body; a server that sends too much, too slowly or too little is refused."""
    parts: list[bytes] = []
    length = 0
    # read1 returns what has come, so that a server which drips is found out.
    while part := page.read1(_CHUNK_BYTES):
        parts.append(part)
        length += len(part)
        if length > LONGEST_ANSWER_BYTES:
            raise GeocoderParseError(f"the answer is longer than {LONGEST_ANSWER_BYTES} bytes")
        if time.monotonic() > deadline:
            raise TimeoutError
    said = page.headers.get("Content-Length", "")
    if said.isdecimal() and length < int(said):
        raise GeocoderServiceError("the connection broke off")
    return b"".join(parts)


def adapter_factory(is_whole: Callable[[Any], bool]) -> Callable[..., BoundedAdapter]:
    """Return what geopy calls to make its HTTP client."""

    def make(*, proxies: Any, ssl_context: Any) -> BoundedAdapter:
        return BoundedAdapter(proxies=proxies, ssl_context=ssl_context, is_whole=is_whole)

    return make
