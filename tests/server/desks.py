"""Desks for the tests: one that is asked in this process, and one that runs as a user starts it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.testclient import TestClient

from biblio.editing.works import Work
from biblio.project.starter import create
from biblio.server.app import application
from biblio.server.desk import Desk
from biblio.server.guard import Door

ROOT = Path(__file__).parents[2]
TOKEN = "the-token-of-a-test"
PORT = 8017
HOST = f"127.0.0.1:{PORT}"
ORIGIN = f"http://{HOST}"


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
