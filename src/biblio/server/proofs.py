"""The proofs of dossiers: their pages as they would be published, laid out anew when files change and somebody looks.

While a layout is made, changes wait, and the next one is made of the last of them.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace

from biblio.project.project import Project
from biblio.server.desk import Desk
from biblio.server.laid_out import Page, Pages
from biblio.server.workshop import Workshop
from biblio.words.faults import BiblioError, Diagnostic, is_blocked

# Seconds without a change before the whole is laid out anew: nothing is believed for longer.
CALM = 20.0
# Dossiers whose proofs are known, and drawn pages that are at hand, in bytes.
MOST_DOSSIERS, MOST_DRAWN = 16, 30_000_000
# Pages that are asked for and not drawn yet: those asked for last may be the only ones that are still looked at.
MOST_DRAWING = 4
# How wide a page may be drawn, in pixels.
LEAST_WIDTH, MOST_WIDTH = 100, 4000


@dataclass(frozen=True, slots=True)
class Proofs:
    """The proofs of a dossier.

    ``revision`` counts how often they changed, and ``since`` tells for each page at which revision it became what it
    is. ``version`` is that of the project that they are of, 0 before the first. ``faults`` are those met, and pages are
    ``stale`` where faults forbid to publish what the files say by now.
    """

    slug: str
    revision: int = 0
    pages: tuple[Page, ...] = ()
    since: tuple[int, ...] = ()
    version: int = 0
    faults: tuple[Diagnostic, ...] = ()
    stale: bool = False

    @property
    def blocked(self) -> bool:
        """Whether a fault forbids to publish."""
        return is_blocked(self.faults, strict=False)

    def changed_since(self, revision: int) -> tuple[int, ...]:
        """The numbers, from 1, of the pages that became what they are after a revision."""
        return tuple(number for number, since in enumerate(self.since, 1) if since > revision)

    def followed_by(self, pages: tuple[Page, ...]) -> Proofs:
        """These proofs once the pages are those."""
        if pages == self.pages:
            return self
        revision = self.revision + 1
        kept = dict(enumerate(zip(self.pages, self.since, strict=True)))
        since = tuple(
            kept[place][1] if place in kept and kept[place][0] == page else revision for place, page in enumerate(pages)
        )
        return replace(self, revision=revision, pages=pages, since=since)


class Proofing:
    """The proofs of the dossiers of a desk. It belongs to the event loop of the desk."""

    def __init__(self, desk: Desk, workshop: Workshop) -> None:
        self._desk = desk
        self._workshop = workshop
        self._drawing = asyncio.Semaphore(MOST_DRAWING)
        self._known: dict[str, Proofs] = {}
        self._work: dict[str, asyncio.Task[None]] = {}
        self._calm: dict[str, asyncio.Task[None]] = {}
        self._drawn: dict[tuple[str, int], bytes] = {}

    async def of(self, slug: str) -> Proofs:
        """The proofs of a dossier as they are known; they are made anew, in the background, if files have changed.

        An event ``pages`` tells when that is done. Raises ``BiblioError`` (E102) for a name that no dossier has.
        """
        if slug not in self._known:
            await self._desk.ask(_require, slug)
            self._known[slug] = Proofs(slug)
            for each in list(self._known)[:-MOST_DOSSIERS]:
                if each not in self._work:
                    del self._known[each]
        if slug not in self._work and self._known[slug].version != self._desk.version:
            self._work[slug] = asyncio.create_task(self._follow(slug))
        return self._known[slug]

    def is_at_work(self, slug: str) -> bool:
        """Whether newer proofs are being made."""
        return slug in self._work and self._known[slug].version != self._desk.version

    async def drawn(self, slug: str, digest: str, width: int) -> bytes | None:
        """A page of this digest as a PNG of this width; ``None`` where it is no page of the dossier any more."""
        width = min(max(width, LEAST_WIDTH), MOST_WIDTH)
        if (digest, width) not in self._drawn:
            drawn = await self._draw(slug, digest, width)
            if drawn is None and digest in {page.digest for page in (await self.of(slug)).pages}:
                # Another dossier took its place, or the process is a new one.
                await self._workshop.do("look", slug, False)
                drawn = await self._draw(slug, digest, width)
            if drawn is None:
                return None
            self._drawn[digest, width] = drawn
            while sum(map(len, self._drawn.values())) > MOST_DRAWN:
                del self._drawn[next(iter(self._drawn))]
        return self._drawn[digest, width]

    async def _draw(self, slug: str, digest: str, width: int) -> bytes | None:
        async with self._drawing:
            drawn: bytes | None = await self._workshop.do("draw", slug, digest, width)
            return drawn

    def close(self) -> None:
        """Ends the work."""
        for task in (*self._work.values(), *self._calm.values()):
            task.cancel()

    async def _follow(self, slug: str) -> None:
        """Makes proofs until they are of the project as it is, and once more when it has been so for a while."""
        if slug in self._calm:
            self._calm.pop(slug).cancel()
        try:
            while self._known[slug].version != self._desk.version:
                version, whole = self._desk.version, True
                before = self._known[slug]
                try:
                    made: Pages = await self._workshop.do("look", slug, False)
                    after, whole = _made(before, made), made.whole
                except BiblioError as error:  # the last pages stay
                    after = replace(before, faults=(error.diagnostic,), stale=True)
                self._known[slug] = replace(after, version=version)
                self._tell(slug)
        finally:
            del self._work[slug]
        if not whole:
            self._calm[slug] = asyncio.create_task(self._settle(slug))

    async def _settle(self, slug: str) -> None:
        """Lays the whole out, when there is time. That its pages look otherwise is a fault of ours, which is mended."""
        await asyncio.sleep(CALM)
        before = self._known[slug]
        with suppress(BiblioError):  # the next look says it
            after = _made(before, await self._workshop.do("look", slug, True))
            if self._known[slug] == before != after:
                self._known[slug] = after
                self._tell(slug)

    def _tell(self, slug: str) -> None:
        revision = self._known[slug].revision
        self._desk.events.say("pages", version=self._desk.version, slug=slug, revision=revision)


def _made(before: Proofs, made: Pages) -> Proofs:
    return replace(before.followed_by(made.pages), faults=made.faults, stale=made.stale)


def _require(project: Project, slug: str) -> None:
    project.dossier_file(slug)
