"""What is found in the project of a desk: looked for in a process beside, once for each version of the files."""

from __future__ import annotations

import asyncio

from biblio.server.desk import Desk
from biblio.server.inspection import Inspected
from biblio.server.workshop import Workshop
from biblio.words.faults import BiblioError, Diagnostic

# Dossiers about which it is known what was found, beside all the project.
MOST_KNOWN = 16


class Findings:
    """It belongs to the event loop of the desk; an event ``work`` tells when more is known."""

    def __init__(self, desk: Desk, workshop: Workshop) -> None:
        self._desk = desk
        self._workshop = workshop
        self._known: dict[str, tuple[int, Inspected | Diagnostic]] = {}
        self._work: dict[str, asyncio.Task[None]] = {}

    def of(self, slug: str = "") -> Inspected | Diagnostic | None:
        """What was last found, in the project or in what a dossier prints, or the fault that kept it from being found.

        ``None`` before the first time. It is looked for anew, in the background, if files have changed.
        """
        known = self._known.get(slug)
        if slug not in self._work and (known is None or known[0] != self._desk.version):
            self._work[slug] = asyncio.create_task(self._look(slug))
        return known[1] if known else None

    def last(self) -> Inspected | None:
        """What was last found in the project, without looking again."""
        known = self._known.get("")
        return known[1] if known and isinstance(known[1], Inspected) else None

    def is_at_work(self, slug: str = "") -> bool:
        """Whether something newer is being looked for."""
        return slug in self._work

    def close(self) -> None:
        """Ends the work."""
        for task in self._work.values():
            task.cancel()

    async def _look(self, slug: str) -> None:
        try:
            while True:
                version = self._desk.version
                try:
                    found: Inspected | Diagnostic = await self._workshop.do("inspect", version, slug)
                except BiblioError as error:
                    found = error.diagnostic
                self._known.pop(slug, None)
                self._known[slug] = version, found
                for each in list(self._known)[:-MOST_KNOWN]:
                    del self._known[each]
                if version == self._desk.version:
                    break
        finally:
            del self._work[slug]
        self._desk.events.say("work", version=self._desk.version, done="faults")
