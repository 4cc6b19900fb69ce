"""Builds dossiers on a cluster: read, composed and published here, rendered by whichever worker is free.

The library, which may hold a million references, is read once, and stays here; a composed dossier is a small value. Any
worker may end: what it had in hand is given to another one.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass

from biblio.build.cluster import Address, Cluster, Tell
from biblio.build.distant import order
from biblio.build.parcel import Parcel, unpack
from biblio.build.pipeline import Begun, BuildResult, Progress, Request, begin, finish, silent
from biblio.build.stamp import stamp_of
from biblio.project.project import Project
from biblio.words.faults import BiblioError, Diagnostic, diagnose, problem_of

Outcome = BuildResult | Diagnostic
PATIENCE = 10.0  # seconds for workers to come, or to come again
GLANCE = 1.0  # seconds between two looks at who is there


def build_elsewhere(
    project: Project, slugs: Sequence[str], request: Request, address: Address, tell: Tell, progress: Progress = silent
) -> Iterator[BuildResult]:
    """Builds dossiers as ``build`` does, to the byte, and gives the results in the order of ``slugs``.

    ``tell`` hears of workers that are left aside. Nobody is asked for anything while nothing is to be rendered. Raises
    ``BiblioError`` as ``build_all`` does, and where the cluster is not there, or no more (E145 to E148).
    """
    work = _Work(project, request, address, tell, progress)
    waiting = list(reversed(slugs))
    outcomes: dict[str, Outcome] = {}
    try:
        for slug in slugs:
            while slug not in outcomes:
                while waiting and work.has_room:
                    outcomes.update(work.begin(waiting.pop()))
                if slug not in outcomes:
                    outcomes.update(work.done())
            found = outcomes.pop(slug)
            if isinstance(found, Diagnostic):
                raise BiblioError(found)
            yield found
    finally:
        work.close()


@dataclass(frozen=True, slots=True)
class _Sent:
    """A dossier that is being rendered, and the workers of whom one was to do it."""

    begun: Begun
    parcel: Parcel
    workers: frozenset[str]


class _Work:
    """What is under way on the cluster, which is asked for once there is something to render."""

    def __init__(self, project: Project, request: Request, address: Address, tell: Tell, progress: Progress) -> None:
        self._project, self._request, self._progress = project, request, progress
        self._address, self._tell = address, tell
        self._cluster: Cluster | None = None
        self._sent: dict[Future[Parcel | None], _Sent] = {}
        self._workers: Mapping[str, int] = {}

    @property
    def has_room(self) -> bool:
        """Whether another dossier should be on its way: each worker has one in hand and one behind it, no more."""
        return len(self._sent) < max(1, 2 * len(self._workers))

    def begin(self, slug: str) -> Iterator[tuple[str, Outcome]]:
        """Composes a dossier, and sends it where it is to be rendered; else gives its outcome."""
        try:
            begun = begin(self._project, slug, self._request, self._progress)
        except BiblioError as error:
            yield slug, error.diagnostic
            return
        except Exception as error:  # noqa: BLE001  # told at its turn
            yield slug, diagnose("E122", problem=problem_of(error))
            return
        if isinstance(begun, BuildResult):
            yield slug, begun
            return
        if self._cluster is None:
            self._cluster = Cluster(self._address, self._request.formats, self._tell)
        composed = begun.composed
        parcel = order(composed, self._request.formats, stamp_of(composed.document.metadata.date))
        self._send(self._cluster, begun, parcel)

    def done(self) -> Iterator[tuple[str, Outcome]]:
        """Waits for a while, and gives what was rendered meanwhile, published; something must be under way."""
        cluster = self._cluster
        if cluster is None:
            return
        ended = wait(self._sent, GLANCE, FIRST_COMPLETED).done
        for future in ended:
            sent = self._sent.pop(future)
            slug = sent.begun.composed.spec.slug
            outcome = self._outcome(cluster, sent, future)
            if outcome is not None:
                yield slug, outcome
        if not ended:
            self._look_after(cluster)

    def close(self) -> None:
        """Gives up what is still under way."""
        if self._cluster is not None:
            self._cluster.close()

    def _send(self, cluster: Cluster, begun: Begun, parcel: Parcel) -> None:
        """Has a dossier rendered. Raises ``BiblioError`` (E148) when nobody comes who could."""
        workers, since = cluster.workers(), time.monotonic()
        while not workers:
            if time.monotonic() - since > PATIENCE:
                raise BiblioError(diagnose("E148", address=str(self._address)))
            time.sleep(GLANCE / 4)
            workers = cluster.workers()
        self._workers = workers
        self._sent[cluster.submit(parcel, workers)] = _Sent(begun, parcel, frozenset(workers))

    def _look_after(self, cluster: Cluster) -> None:
        """Sends again what none of those that it was sent to can do any more; others may have come."""
        there = cluster.workers()
        for future, sent in list(self._sent.items()):
            if sent.workers.isdisjoint(there):
                del self._sent[future]
                future.cancel()
                self._send(cluster, sent.begun, sent.parcel)

    def _outcome(self, cluster: Cluster, sent: _Sent, future: Future[Parcel | None]) -> Outcome | None:
        """What became of a dossier that was rendered; ``None`` when it was sent again."""
        slug = sent.begun.composed.spec.slug
        try:
            made = future.result()
            rendered = None if made is None else unpack(made)
        except Exception as error:
            if cluster.is_lost(error):
                raise cluster.lost() from error
            deadly = cluster.is_deadly(error)
            return diagnose("E120", slug=slug) if deadly else diagnose("E122", problem=problem_of(error))
        if rendered is None:  # another program answers at the address of one that was looked at
            cluster.forget()
            self._send(cluster, sent.begun, sent.parcel)
            return None
        if isinstance(rendered, Diagnostic):
            return rendered
        try:
            return finish(sent.begun, rendered, self._request, self._progress)
        except BiblioError as error:
            return error.diagnostic
