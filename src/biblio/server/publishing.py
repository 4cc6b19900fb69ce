"""Publishes dossiers in a process beside the desk, a format after the other, and tells how far that is."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from biblio.build.pipeline import BuildResult
from biblio.server.desk import Desk
from biblio.server.workshop import Workshop
from biblio.words.faults import BiblioError, Diagnostic, in_order


@dataclass(frozen=True, slots=True)
class Published:
    """The formats ``asked`` for, those ``done``, and the faults that were told. ``failed`` where one was not made."""

    asked: tuple[str, ...]
    done: tuple[str, ...] = ()
    faults: tuple[Diagnostic, ...] = ()
    failed: bool = False

    @property
    def now(self) -> str:
        """The format that is being made; empty at the end."""
        return "" if self.failed or len(self.done) == len(self.asked) else self.asked[len(self.done)]


class Publishing:
    """It belongs to the event loop of the desk; events ``work`` tell how far it is."""

    def __init__(self, desk: Desk, workshop: Workshop) -> None:
        self._desk = desk
        self._workshop = workshop
        self._last: dict[str, Published] = {}
        self._work: dict[str, asyncio.Task[None]] = {}

    def last(self, slug: str) -> Published | None:
        """How the last publication of a dossier in this session went, or how far it is."""
        return self._last.get(slug)

    def begin(self, slug: str, formats: Sequence[str]) -> None:
        """Publishes a dossier; nothing where that is being done."""
        if slug not in self._work and formats:
            self._last[slug] = Published(tuple(formats))
            self._work[slug] = asyncio.create_task(self._publish(slug))

    def close(self) -> None:
        """Ends the work: what is being written is whole, or not there."""
        for task in self._work.values():
            task.cancel()

    async def _publish(self, slug: str) -> None:
        try:
            for name in self._last[slug].asked:
                self._tell()
                try:
                    result: BuildResult = await self._workshop.do("publish", slug, name)
                except BiblioError as error:
                    self._last[slug] = replace(self._last[slug], faults=(error.diagnostic,), failed=True)
                    return
                last = self._last[slug]
                faults = in_order((*last.faults, *result.diagnostics))
                if result.state == "failed":
                    self._last[slug] = replace(last, faults=faults, failed=True)
                    return
                self._last[slug] = replace(last, faults=faults, done=(*last.done, name))
        finally:
            del self._work[slug]
            self._tell()

    def _tell(self) -> None:
        self._desk.events.say("work", version=self._desk.version, done="publish")
