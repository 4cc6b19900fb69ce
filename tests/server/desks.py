"""Desks for the tests: one that is asked in this process, and one that runs as a user starts it."""

from __future__ import annotations

import asyncio
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from starlette.testclient import TestClient

from biblio.editing.works import Work
from biblio.project.starter import create
from biblio.server.app import application
from biblio.server.desk import Desk
from biblio.server.guard import Door
from biblio.server.run import HOST as ADDRESS
from biblio.server.run import Server, listening_at

T = TypeVar("T")

ROOT = Path(__file__).parents[2]
TOKEN = "the-token-of-a-test"
PORT = 8017
LONG = 30.0  # seconds in which whatever is waited for must come, on a machine that has other work
SHEET = "/static/desk.css"
HOST = f"127.0.0.1:{PORT}"
ORIGIN = f"http://{HOST}"
HX = {"hx-request": "true"}  # asked by htmx, which is sent on by a header


def small_project(folder: Path, lang: str = "fr") -> Path:
    """The project that ``biblio init`` makes."""
    create(folder, lang)
    return folder


def real_project(folder: Path) -> Path:
    """A copy of the project of this repository."""
    for name in ("references", "dossiers", "styles"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


class Asked(TestClient):
    """A client with the ``desk`` that it asks."""

    desk: Desk

    def edited(self) -> None:
        """Tells the desk that somebody else has changed files, as its watcher does in a while."""
        assert self.portal is not None
        self.portal.call(self.desk.changed)

    def change(self, said: str, works: Sequence[Work]) -> None:
        """Makes the desk take a step, in its event loop."""
        assert self.portal is not None
        self.portal.call(self.desk.change, said, works)


@contextmanager
def asked(root: Path, lang: str = "fr", *, known: bool = True) -> Iterator[Asked]:
    """A desk on a project, asked as a page of its own asks it; without ``known``, as somebody without the token."""
    door = Door(TOKEN, (HOST, f"localhost:{PORT}"), PORT, lang, traceback=True)
    headers = {"origin": ORIGIN, "accept-language": lang}
    desk = Desk(root, lang)
    with Asked(application(desk, door), base_url=ORIGIN, headers=headers) as client:
        client.desk = desk
        if known:
            client.cookies.set(door.cookie, TOKEN)
        yield client


@dataclass(frozen=True)
class Served:
    """A desk that runs: its address with the token, and its process."""

    address: str
    process: subprocess.Popen[str]

    @property
    def origin(self) -> str:
        return self.address.partition("/?")[0]


@contextmanager
def served(root: Path, *words: str, lang: str = "fr_FR.UTF-8") -> Iterator[Served]:
    """``biblio serve`` on a project, ended by Ctrl-C."""
    command = [sys.executable, "-m", "biblio", "serve", "-C", str(root), "--no-browser", *words]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ, "LANG": lang}
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{20,}", address), address
        yield Served(address, process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        if process.stdout is not None:
            process.stdout.close()


def whole(connection: socket.socket) -> bytes:
    found = b""
    with suppress(ConnectionResetError):  # ended in the middle of what was still being sent
        while part := connection.recv(65536):
            found += part
    return found


def aside(work: Callable[[], T]) -> T:
    """What some work gives, in a thread of its own: the browser of other tests has an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


def concluded(work: Coroutine[Any, Any, T]) -> T:
    """What comes of some work, in an event loop of its own."""
    return aside(lambda: asyncio.run(work))


@dataclass(frozen=True)
class Reached:
    """A desk on a port, in a thread of this process."""

    port: int
    desk: Desk

    @property
    def host(self) -> str:
        return f"{ADDRESS}:{self.port}"

    @property
    def head(self) -> bytes:
        """The headers of who is let in, but for the empty line that ends them."""
        return f"Host: {self.host}\r\nOrigin: http://{self.host}\r\nCookie: biblio-{self.port}={TOKEN}\r\n".encode()

    @property
    def listeners(self) -> int:
        """How many streams of events are open."""
        return len(self.desk.events._readers)

    def call(self, *sent: bytes) -> socket.socket:
        connection = socket.create_connection((ADDRESS, self.port), LONG)
        with suppress(ConnectionError):  # who is refused may be cut off while it still sends
            for each in sent:
                connection.sendall(each)
        return connection

    def answer(self, sent: bytes) -> bytes:
        """All that is answered until the connection ends."""
        with self.call(sent) as connection:
            return whole(connection)

    def status(self) -> int:
        """What a well-behaved reader is answered."""
        connection = http.client.HTTPConnection(ADDRESS, self.port, timeout=LONG)
        connection.request("GET", SHEET, headers={"Cookie": f"biblio-{self.port}={TOKEN}"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status


@contextmanager
def reachable(root: Path) -> Iterator[Reached]:
    """A desk on a project, which clients of all kinds can reach."""
    listening = listening_at(0)
    port = listening.getsockname()[1]
    door = Door(TOKEN, (f"{ADDRESS}:{port}", f"localhost:{port}"), port, "fr")
    desk = Desk(root, "fr")
    server = Server(desk, door)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        yield Reached(port, desk)
    finally:
        server.should_exit = True
        thread.join(LONG)
        assert not thread.is_alive()
