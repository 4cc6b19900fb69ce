"""Builds several dossiers side by side: the library is read once, the layout engine imported once, a process each."""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from biblio.build.pipeline import BuildResult, Progress, Request, build, is_stale, silent
from biblio.outputs.pdf.engine import engine_problem
from biblio.project.project import Project
from biblio.words.faults import BiblioError, Diagnostic, diagnose, problem_of

# multiprocessing takes some 15 ms to import, which every command would wait for: only when processes are started.
if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, ForkProcess

Outcome = BuildResult | Diagnostic
GRACE = 2.0  # seconds that an interrupted process may take to clear up behind itself


def _read_only(arguments: dict[str, str]) -> MappingProxyType[str, str]:
    return MappingProxyType(arguments)


@dataclass(slots=True)
class _Worker:
    """A process at work on one dossier, and the end of the pipe where its outcome comes out, after any news of it."""

    process: ForkProcess
    outcome: Connection


def build_all(
    project: Project, slugs: Sequence[str], request: Request, progress: Progress = silent, workers: int = 0
) -> Iterator[BuildResult]:
    """Builds dossiers as ``build`` does, and gives the results in the order of ``slugs``.

    At most ``workers`` processes work at a time, one for each processor by default. Where processes cannot be forked,
    or one alone has something to do, everything is built here. An interruption ends them all, and so does the end of
    this process, whatever ends it: what they have published is whole, what they have not is as it was. Raises
    ``BiblioError``, at its turn, when the work on a dossier cannot go on (see ``build``), or (E120) when the system has
    ended its process.
    """
    workers = workers or _processors()
    stale = [slug for slug in slugs if is_stale(project, slug, request)] if workers > 1 else []
    if len(stale) < 2 or not hasattr(os, "fork"):
        for slug in slugs:
            yield build(project, slug, request, progress)
        return
    _share(project, request)
    side_by_side = _side_by_side(project, stale, request, workers, progress)
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
        engine_problem()  # where it cannot be loaded, each build tells
    gc.freeze()  # the collector of a process would write to every page, and so copy it


def _side_by_side(
    project: Project, slugs: Sequence[str], request: Request, workers: int, progress: Progress
) -> Generator[tuple[str, Outcome], None, None]:
    """The outcomes, in the order in which the work ends. When the system grants no process, the work is done here."""
    from multiprocessing import get_context
    from multiprocessing.connection import wait

    context = get_context("fork")
    waiting = list(reversed(slugs))
    working: dict[str, _Worker] = {}
    lifeline = os.pipe()  # nobody writes to it: it ends with this process, which alone has its other end
    try:
        while waiting or working:
            while waiting and len(working) < workers:
                slug = waiting.pop()
                try:
                    working[slug] = _start(context, lifeline, project, slug, request)
                except OSError:
                    workers = max(1, len(working))
                    if working:  # one of them will end
                        waiting.append(slug)
                    else:
                        yield slug, _outcome_of(project, slug, request, progress)
            if not working:
                continue
            ready = wait([worker.outcome for worker in working.values()])
            for slug in [slug for slug, worker in working.items() if worker.outcome in ready]:
                worker = working[slug]
                try:
                    outcome: Outcome | str = worker.outcome.recv()
                except (EOFError, OSError):
                    outcome = diagnose("E120", slug=slug)
                if isinstance(outcome, str):
                    progress(slug, outcome)
                    continue
                del working[slug]
                worker.process.join()
                yield slug, outcome
    finally:
        for worker in working.values():
            if worker.process.pid is not None and worker.process.is_alive():
                os.kill(worker.process.pid, signal.SIGINT)
        for worker in working.values():
            worker.process.join()
        for end in lifeline:
            os.close(end)


def _start(context: ForkContext, lifeline: tuple[int, int], project: Project, slug: str, request: Request) -> _Worker:
    """Starts a process. Raises ``OSError`` when the system grants none, or no pipe to it."""
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(sending, lifeline, project, slug, request))
    # An interruption waits until there is somebody in the new process to take it.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    except OSError:
        receiving.close()
        raise
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        sending.close()  # it is the process's now: when that ends, the pipe ends
    return _Worker(process, receiving)


def _work(sending: Connection, lifeline: tuple[int, int], project: Project, slug: str, request: Request) -> None:
    """What a process does. Interrupted, it clears up behind itself and says nothing."""

    def tell(_: str, step: str) -> None:
        if step == "wait":  # the other steps of several at a time would only flicker
            sending.send(step)

    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        _end_with_parent(lifeline)
        outcome = _outcome_of(project, slug, request, tell)
    except KeyboardInterrupt:
        return
    finally:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    with suppress(OSError):  # nobody listens any more
        sending.send(outcome)


def _end_with_parent(lifeline: tuple[int, int]) -> None:
    """Interrupts this process as soon as the one that started it is no more, and ends it if it will not hear of it."""
    os.close(lifeline[1])

    def watch() -> None:
        os.read(lifeline[0], 1)
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(GRACE)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _outcome_of(project: Project, slug: str, request: Request, progress: Progress) -> Outcome:
    try:
        return build(project, slug, request, progress)
    except BiblioError as error:
        return error.diagnostic
    except Exception as error:  # noqa: BLE001  # told in the end by the command, which may be another process
        return diagnose("E122", problem=problem_of(error))
