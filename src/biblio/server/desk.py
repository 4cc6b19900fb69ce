"""The project on the desk: read and written in one thread, in which nothing meets anything else.

What takes long has a thread of its own, with a project of its own, so that a search need not wait for a check.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from biblio.collection.bulk import watched
from biblio.editing.journal import Journal, Step, Turn
from biblio.editing.works import Work, write
from biblio.project.changes import Seen, changes, look
from biblio.project.project import DOSSIERS, Project
from biblio.server.events import Events
from biblio.server.pending import Pending
from biblio.words.faults import BiblioError

P = ParamSpec("P")
T = TypeVar("T")


class _Reader:
    """A thread with a project, which is read anew when it is not that of the version asked for."""

    def __init__(self, root: Path, name: str) -> None:
        self._root = root
        self._thread = ThreadPoolExecutor(1, name)
        self._project: tuple[int, Project] | None = None
        self.far = (0, 0)

    async def run(
        self, version: int, function: Callable[Concatenate[Project, P], T], *rest: P.args, **n: P.kwargs
    ) -> T:
        """What a function says of the project, in the thread."""

        def asked() -> T:
            if self._project is None or self._project[0] != version:
                self._project = version, Project(self._root)
            with watched(self._hear):
                return function(self._project[1], *rest, **n)

        return await asyncio.get_running_loop().run_in_executor(self._thread, asked)

    def _hear(self, number: int, count: int) -> None:
        self.far = number, count

    def close(self) -> None:
        self._thread.shutdown(wait=True, cancel_futures=True)


class Desk:
    """One project, ``root``, and the session.

    ``version`` counts the changes of its files, ``events`` tells of them, ``journal`` has the steps of the session, and
    ``pending`` what waits for a person's word.
    """

    def __init__(self, root: Path, lang: str) -> None:
        self.root = root
        self.lang = lang
        self.version = 1
        self.events = Events()
        self.journal = Journal()
        self.pending = Pending()
        self._writing = asyncio.Lock()
        self._quick = _Reader(root, "desk")
        self._slow = _Reader(root, "desk-slow")
        self._closed = threading.Event()
        self._seen: Seen = look(root)
        self._asked: dict[Callable[..., Any], tuple[int, asyncio.Future[Any]]] = {}
        self._made: dict[Callable[..., Any], Any] = {}

    @property
    def has_project(self) -> bool:
        """Whether there is a project in the folder already."""
        return (self.root / DOSSIERS).is_dir()

    @property
    def far(self) -> tuple[int, int]:
        """How many of how many references the reading of a large project has come to."""
        return self._quick.far

    async def ask(self, function: Callable[Concatenate[Project, P], T], *arguments: P.args, **named: P.kwargs) -> T:
        """What ``function`` says of the project as it is now. Raises what it raises."""
        return await self._quick.run(self.version, function, *arguments, **named)

    async def labour(self, function: Callable[Concatenate[Project, P], T], *arguments: P.args, **named: P.kwargs) -> T:
        """The same, for what may take longer than a second: it does not hold up what is asked meanwhile."""
        return await self._slow.run(self.version, function, *arguments, **named)

    def known(self, make: Callable[[Project, T | None], T], *, slow: bool = False) -> asyncio.Future[T]:
        """What ``make`` says of the project as it is now, which it is asked once for each version of the files.

        It is given what it last said, of an earlier version, to make its answer of. With ``slow`` it is asked as by
        ``labour``, and all pages are told when it has answered. Shield it from who waits for it.
        """
        version, made = self._asked.get(make, (0, None))
        if made is None or version != self.version:

            def asked(project: Project) -> T:
                answer = make(project, self._made.get(make))
                self._made[make] = answer
                return answer

            reader = self._slow if slow else self._quick
            made = asyncio.ensure_future(reader.run(self.version, asked))
            self._asked[make] = self.version, made
            if slow:
                made.add_done_callback(lambda _: self.events.say("work", known=make.__name__))
        return made

    def last_known(self, make: Callable[[Project, T | None], T]) -> T | None:
        """What ``make`` last said, perhaps of an earlier version; ``None`` when it has not answered yet."""
        return self._made.get(make)

    async def change(self, said: str, works: Sequence[Work], subject: str = "") -> None:
        """Writes files, all of them or none, as one step that can be undone; ``said`` is what it did, in words.

        Steps about one ``subject`` that follow each other are one step; what writes nothing is none.
        Raises ``BiblioError`` (E105, E133, E134): every file is then what it was. Of one that somebody else has changed
        (E134) all pages are told.
        """
        if not works:
            return
        step = Step(said, tuple(works), subject)
        await self._take(lambda: Turn(step, self.journal.done(step)))

    async def edit(self, said: str, made: Callable[[Project], Sequence[Work]], subject: str = "") -> bool:
        """Writes what ``made`` makes of the project as it is, as ``change`` does; whether there was anything to write.

        Where somebody else has written one of the files, and nobody has told yet, it is made anew of that. Raises what
        ``made`` raises, and as ``change``.
        """
        for is_last in (False, True):
            works = await self.ask(made)
            try:
                if works:
                    await self.change(said, works, subject)
                return bool(works)
            except BiblioError as error:
                if is_last or error.diagnostic.code != "E134":
                    raise
        return False

    async def undo(self) -> str:
        """Undoes the last step, and says what it was; the empty string when there is none. Raises as ``change``."""
        return await self._take(lambda: self.journal.undo())

    async def redo(self) -> str:
        """Does again what was undone last, and says what it was; the empty string for nothing. Raises as ``change``."""
        return await self._take(lambda: self.journal.redo())

    async def _take(self, turned: Callable[[], Turn | None]) -> str:
        async with self._writing:  # who waits finds the journal of who went before
            turn = turned()
            if turn is None:
                return ""
            try:
                await self.ask(_write, turn.step.works)
            except BiblioError as error:
                if error.diagnostic.code == "E134":  # nobody has told yet
                    self.changed()
                raise
            self.journal = turn.journal
            self.changed(turn.step.said)
            return turn.step.said

    def changed(self, said: str = "") -> None:
        """Says that files are no longer what they were; in the event loop."""
        self.version += 1
        self.events.say("changed", version=self.version, said=said)

    def watch(self) -> None:
        """Looks, in a thread, whether somebody else changes the files, until the desk is closed."""
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._follow, args=(loop,), name="desk-watch", daemon=True).start()

    def close(self) -> None:
        """Ends what goes on, once what is being written is written."""
        self._closed.set()
        self.events.end()
        self.pending.clear()
        self._quick.close()
        self._slow.close()

    def _follow(self, loop: asyncio.AbstractEventLoop) -> None:
        for changed in changes(self.root, self._seen):
            if self._closed.is_set() or loop.is_closed():
                return
            if changed:
                loop.call_soon_threadsafe(self.changed)


def _write(project: Project, works: Sequence[Work]) -> None:
    write(works, project.root)
