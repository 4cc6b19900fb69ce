"""Builds several dossiers side by side: the library is read once, the layout engine imported once, a process each."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from biblio.build.pipeline import BuildResult, Progress, Request, build, is_stale, silent
from biblio.outputs.pdf.engine import load_engine
from biblio.project.project import Project
from biblio.words.faults import BiblioError, Diagnostic, diagnose, problem_of

# multiprocessing takes some 15 ms to import, which every command would wait for: only when processes are started.
if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, ForkProcess

Outcome = BuildResult | Diagnostic


def _read_only(arguments: dict[str, str]) -> MappingProxyType[str, str]:
    return MappingProxyType(arguments)


@dataclass(slots=True)
class _Worker:
    """A process at work on one dossier, and the end of the pipe where its outcome comes out."""

    process: ForkProcess
    outcome: Connection


def build_all(
    project: Project, slugs: Sequence[str], request: Request, progress: Progress = silent, workers: int = 0
) -> Iterator[BuildResult]:
    """Builds dossiers as ``build`` does, and gives the results in the order of ``slugs``.

    At most ``workers`` processes work at a time, one for each processor by default. Where processes cannot be forked,
    or one alone has something to do, everything is built here. An interruption ends them all: what they have published
    is whole, what they have not is as it was. Raises ``BiblioError``, at its turn, when the work on a dossier cannot go
    on (see ``build``), or (E120) when the system has ended its process.
    """
    workers = workers or _processors()
    stale = [slug for slug in slugs if is_stale(project, slug, request)] if workers > 1 else []
    if len(stale) < 2 or not hasattr(os, "fork"):
        for slug in slugs:
            yield build(project, slug, request, progress)
        return
    _share(project, request)
    side_by_side = _side_by_side(project, stale, request, workers)
    outcomes: dict[str, Outcome] = {}
    try:
        for slug in slugs:
            if slug not in stale:
                yield build(project, slug, request, progress)
                continue
            while slug not in outcomes:
                done, outcome = next(side_by_side)
                outcomes[done] = outcome
            found = outcomes[slug]
            if isinstance(found, Diagnostic):
                raise BiblioError(found)
            yield found
    finally:
        side_by_side.close()


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _share(project: Project, request: Request) -> None:
    """Does what every process needs before there are any: they begin with what is in memory here."""
    from multiprocessing.reduction import ForkingPickler

    # The arguments of faults are read-only mappings, which have no pickled form of their own.
    ForkingPickler.register(MappingProxyType, lambda mapping: (_read_only, (dict(mapping),)))
    _ = project.opened, project.themes
    if "pdf" in request.formats:
        load_engine()
    gc.freeze()  # the collector of a process would write to every page, and so copy it


def _side_by_side(
    project: Project, slugs: Sequence[str], request: Request, workers: int
) -> Generator[tuple[str, Outcome], None, None]:
    """The outcomes, in the order in which the work ends."""
    from multiprocessing import get_context
    from multiprocessing.connection import wait

    context = get_context("fork")
    waiting = list(reversed(slugs))
    working: dict[str, _Worker] = {}
    try:
        while waiting or working:
            while waiting and len(working) < workers:
                slug = waiting.pop()
                working[slug] = _start(context, project, slug, request)
            ready = wait([worker.outcome for worker in working.values()])
            for slug in [slug for slug, worker in working.items() if worker.outcome in ready]:
                worker = working.pop(slug)
                try:
                    outcome: Outcome = worker.outcome.recv()
                except EOFError:
                    outcome = diagnose("E120", slug=slug)
                worker.process.join()
                yield slug, outcome
    finally:
        for worker in working.values():
            if worker.process.pid is not None and worker.process.is_alive():
                os.kill(worker.process.pid, signal.SIGINT)
        for worker in working.values():
            worker.process.join()


def _start(context: ForkContext, project: Project, slug: str, request: Request) -> _Worker:
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(sending, project, slug, request))
    # An interruption waits until there is somebody in the new process to take it.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    process.start()
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    sending.close()  # it is the process's now: when that ends, the pipe ends
    return _Worker(process, receiving)


def _work(sending: Connection, project: Project, slug: str, request: Request) -> None:
    """What a process does. Interrupted, it clears up behind itself and says nothing."""
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        outcome: Outcome = build(project, slug, request)
    except BiblioError as error:
        outcome = error.diagnostic
    except KeyboardInterrupt:
        return
    except Exception as error:  # noqa: BLE001  # told in the end by the command, which is another process
        outcome = diagnose("E122", problem=problem_of(error))
    finally:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    sending.send(outcome)
