"""A local server that speaks Nominatim's search protocol, with faults on order."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


def place(name: str, lon: float, lat: float, **more: Any) -> dict[str, Any]:
    """Return a place as Nominatim writes it."""
    return {
        "osm_type": "relation", "osm_id": abs(hash((lon, lat))) % 10**7, "name": name,
        "display_name": f"{name}, Somewhere", "lat": str(lat), "lon": str(lon),
        "class": "place", "type": "village", "addresstype": "village", "importance": 0.3,
        "boundingbox": [str(lat - 0.01), str(lat + 0.01), str(lon - 0.01), str(lon + 0.01)],
        "address": {"country_code": "kr"}, "namedetails": {"name": name}, **more,
    }  # fmt: skip


@dataclass
class Server:
    """What the server knows, what faults are to come, and what it was asked.

    Faults are taken one a request, in order: ``429:3`` (with Retry-After),
    ``500``, ``503:2``, ``403``, ``slow`` (no answer), ``drip``, ``huge``,
    ``cut`` (half an answer), ``drop`` (connection closed), ``junk`` (no
    JSON), ``null``, ``shape``, ``nan`` (coordinates), ``redirect``; ``ok``
    is none.
    """

    places: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    page: Any = None  # what to answer to everything, for other services' protocols
    faults: list[str] = field(default_factory=list)
    always: str | None = None
    delay_s: float = 0.0
    asked: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    viewboxes: set[str] = field(default_factory=set)
    times: list[float] = field(default_factory=list)
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)
    closing: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Server:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.0"

            def do_GET(self) -> None:
                server.handle(self)

            def log_message(self, *args: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def counts(self) -> Counter[str]:
        with self.lock:
            return Counter(self.asked)

    def handle(self, to: BaseHTTPRequestHandler) -> None:
        parts = parse_qs(urlsplit(to.path).query)
        query = (parts.get("q") or parts["text"])[0]
        with self.lock:
            self.times.append(time.time())
            self.asked.append(query)
            self.agents.add(str(to.headers["User-Agent"]))
            self.viewboxes |= set(parts.get("viewbox", []))
            fault = self.faults.pop(0) if self.faults else (self.always or "ok")
        self.closing.wait(self.delay_s)
        page = self.places.get(query, []) if self.page is None else self.page
        body = json.dumps(page).encode()
        try:
            self.answer(to, fault, body)
        except OSError:
            return
        if fault == "ok":
            with self.lock:
                self.answered.append(query)

    def answer(self, to: BaseHTTPRequestHandler, fault: str, body: bytes) -> None:
        kind, _, more = fault.partition(":")
        if kind == "drop":
            return
        if kind == "slow":
            self.closing.wait(5)
            return
        bodies = {"junk": b"<html>busy</html>", "null": b"null", "shape": b'{"results": []}',
                  "cut": body[: len(body) // 2], "huge": b"[" + b" " * 2_000_000 + b"]",
                  "deep": b"[" * 100_000,
                  "nan": b'[{"osm_id": 1, "name": "x", "lat": NaN, "lon": 1e999}]'}  # fmt: skip
        if kind.isdecimal():
            to.send_response(int(kind))
            if more:
                to.send_header("Retry-After", more)
            body = b"{}"
        elif kind == "redirect":
            to.send_response(302)
            to.send_header("Location", self.url + to.path)
        else:
            to.send_response(200)
        sent = bodies.get(kind, body)
        to.send_header("Content-Length", str(len(body) if kind == "cut" else len(sent)))
        to.end_headers()
        if kind == "drip":
            for byte in sent * 50:
                to.wfile.write(bytes([byte]))
                if self.closing.wait(0.02):
                    return
        to.wfile.write(sent)


def known(names: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """Return places of these names, each somewhere else in Korea."""
    return {n: [place(n, 127 + i / 100, 37 + i / 100)] for i, n in enumerate(names)}
