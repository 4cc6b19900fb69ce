"""Servers on the loopback that answer as real ones do, and a client that takes them for the hosts of the network.

The hosts that tests name have a public number; the transport that is handed down leads all of them to one server.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

from biblio.online.answers import Answers
from biblio.online.client import Client
from biblio.online.wire import Wire

PUBLIC = "93.184.215.14"
Answering = Callable[["Asked"], "Given | None"]


@dataclass(frozen=True)
class Asked:
    """A request as a server saw it; ``handler`` sends bytes by hand where an answer is meant to be broken."""

    host: str
    target: str
    headers: Mapping[str, str]
    handler: Any
    method: str = "GET"

    @property
    def address(self) -> str:
        return self.host + self.target


@dataclass(frozen=True)
class Given:
    """An answer."""

    body: str | bytes = b""
    type: str = "text/plain"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class Elsewhere(httpx.BaseTransport):
    """The network of a test: every connection, wherever it was meant to go, ends at one server on the loopback."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connected: list[str] = []
        self._inner = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.connected.append(request.url.host)
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self.port)
        return self._inner.handle_request(request)


@dataclass
class Served:
    """A server that runs, what it was asked, and the transport that leads there."""

    port: int
    asked: list[Asked]
    transport: Elsewhere

    @property
    def addresses(self) -> list[str]:
        return [each.address for each in self.asked]


@contextmanager
def serving(answer: Answering) -> Iterator[Served]:
    """Runs a server that gives what ``answer`` makes of a request, or nothing more than it has sent by hand."""
    asked: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            request = Asked(self.headers.get("Host", ""), self.path, dict(self.headers.items()), self, self.command)
            asked.append(request)
            given = answer(request)
            if given is None:
                return
            body = given.body.encode() if isinstance(given.body, str) else given.body
            self.send_response(given.status)
            headers = {"Content-Type": given.type, "Content-Length": str(len(body)), **given.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815  # as the library calls it

        def log_message(self, *_: object) -> None:
            pass

        def handle(self) -> None:
            with suppress(OSError):  # the client has heard enough
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield Served(server.server_port, asked, Elsewhere(server.server_port))
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Clock:
    """A clock that stands still but for what is slept."""

    time: float = 1_000_000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def now(self) -> float:
        return self.time


def client_of(served: Served, *, answers: Answers | None = None, offline: bool = False, contact: str = "") -> Client:
    """A client for whom every host is public and leads to the server; it never really sleeps."""
    clock = Clock()
    return Client(
        Wire(transport=served.transport),
        lambda host, port: (PUBLIC,),  # noqa: ARG005
        contact,
        answers,
        offline,
        clock.sleep,
        clock.now,
    )
