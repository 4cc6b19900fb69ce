"""Runs a session from its beginning to its end, where the pages are those of a build of somebody who comes anew."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import httpx

from biblio.build.pipeline import Request, build
from biblio.project.project import Project
from biblio.server.app import application
from biblio.server.desk import Desk
from biblio.server.guard import Door
from robustness.sessions.deeds import BAG, DEEDS
from robustness.sessions.project import SLUGS, make
from robustness.sessions.session import Session

TOKEN, HOST = "jeton-des-sessions", "127.0.0.1:8017"


async def _session(root: Path, seed: int, until: Callable[[int], bool]) -> Session:
    desk, door = Desk(root, "fr"), Door(TOKEN, (HOST,), 8017, "fr")
    transport = httpx.ASGITransport(application(desk, door), raise_app_exceptions=False)
    headers = {"origin": f"http://{HOST}", "cookie": f"{door.cookie}={TOKEN}"}
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}", headers=headers) as client:
        session = Session(root, seed, desk, client)
        try:
            while until(session.number):
                name = session.chance.choice(BAG)
                try:
                    await session.do(name, DEEDS[name])
                except AssertionError as error:
                    raise AssertionError(f"{name}: {error}") from error
            session.tell()
            for slug in SLUGS:  # by the project that the desk has kept, and by one that has just been opened
                await desk.labour(build, slug, Request(root / "kept", ("html",), force=True))
        except AssertionError as error:
            last = "\n".join(session.said[-8:])
            raise AssertionError(f"seed {seed}, after {session.number} deeds: {error}\n{last}") from error
        finally:
            await asyncio.to_thread(desk.close)
    return session


def run(seed: int, until: Callable[[int], bool]) -> Counter[str]:
    """A session for as long as ``until`` wants, told how much was done; what was done, and how often.

    Raises ``AssertionError`` for anything that is not as the oracle says, or a build that is not that of a cold one.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "projet"
        make(root)
        session = asyncio.run(_session(root, seed, until))
        kept = {path.name: path.read_bytes() for path in (root / "kept").glob("*.html")}
        cold = Path(folder) / "froid"
        shutil.copytree(root, cold, ignore=shutil.ignore_patterns("kept"))
        for slug in SLUGS:
            build(Project(cold), slug, Request(cold / "build", ("html",), force=True))
        made = {path.name: path.read_bytes() for path in (cold / "build").glob("*.html")}
        assert made == kept, f"seed {seed}: the pages are not those of a cold build"
        left = [
            str(path)
            for path in root.rglob("*")
            if path.is_file() and path.suffix not in (".bib", ".yaml", ".html", ".json")
        ]
        assert not [path for path in left if "kept" not in path], left
    return session.counts
