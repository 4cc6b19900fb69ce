"""Does pieces of work side by side, each in a process that is forked: it begins with all that is in memory here."""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections.abc import Callable, Generator, Hashable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

# multiprocessing takes some 15 ms to import, which every command would wait for: only when processes are started.
if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, ForkProcess

GRACE = 2.0  # seconds that an interrupted process may take to clear up behind itself

PieceT = TypeVar("PieceT", bound=Hashable)
ValueT = TypeVar("ValueT")
OutcomeT = TypeVar("OutcomeT")
Tell = Callable[[str], None]
Work = Callable[[PieceT, Tell], OutcomeT]


class Undone(Enum):
    """Why a piece of work has no outcome."""

    REFUSED = "refused"  # the system granted no process for it
    ENDED = "ended"  # its process ended without one: by the system, or by an error that nobody caught


@dataclass(frozen=True, slots=True)
class _Outcome:
    """The last thing that a process sends; all before it is news."""

    value: object


@dataclass(slots=True)
class _Worker:
    """A process at work on one piece, and the end of the pipe where its outcome comes out, after any news of it."""

    process: ForkProcess
    outcome: Connection


def can_fork() -> bool:
    """Whether the system forks processes at all."""
    return hasattr(os, "fork")


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_lots(
    values: Sequence[ValueT], size: int, work: Callable[[Sequence[ValueT]], OutcomeT]
) -> Iterator[tuple[int, OutcomeT]]:
    """What ``work`` makes of so many values at a time, with the number of the lot, as soon as it is there.

    Done here, in order, where there is one lot or one processor, or where this is a thread beside others, which no
    process may be forked from; and where a process has none to give.
    """
    lots = [values[start : start + size] for start in range(0, len(values), size)]
    workers = processors()
    is_apart = threading.current_thread() is not threading.main_thread()
    if workers < 2 or len(lots) < 2 or is_apart or not can_fork():
        yield from ((number, work(lot)) for number, lot in enumerate(lots))
        return
    with closing(side_by_side(range(len(lots)), lambda number, _: work(lots[number]), workers)) as outcomes:
        for number, outcome in outcomes:
            yield number, work(lots[number]) if isinstance(outcome, Undone) else outcome


def side_by_side(
    pieces: Sequence[PieceT],
    work: Work[PieceT, OutcomeT],
    workers: int,
    told: Callable[[PieceT, str], None] = lambda _, __: None,
) -> Generator[tuple[PieceT, OutcomeT | Undone], None, None]:
    """The outcomes of pieces of work, in the order in which it ends, at most ``workers`` at a time.

    ``told`` hears what ``work`` tells. An interruption ends all the processes, and so does the end of this one,
    whatever ends it, or of this generator.
    """
    from multiprocessing import get_context
    from multiprocessing.connection import wait
    from multiprocessing.reduction import ForkingPickler

    # The arguments of faults are read-only mappings, which have no pickled form of their own.
    ForkingPickler.register(MappingProxyType, lambda mapping: (_read_only, (dict(mapping),)))
    gc.freeze()  # the collector of a process would write to every page, and so copy it
    context = get_context("fork")
    waiting = list(reversed(pieces))
    working: dict[PieceT, _Worker] = {}
    lifeline = os.pipe()  # nobody writes to it: it ends with this process, which alone has its other end
    try:
        while waiting or working:
            while waiting and len(working) < workers:
                piece = waiting.pop()
                try:
                    working[piece] = _start(context, lifeline, piece, work)
                except OSError:
                    workers = max(1, len(working))
                    if working:  # one of them will end
                        waiting.append(piece)
                    else:
                        yield piece, Undone.REFUSED
            if not working:
                continue
            ready = wait([worker.outcome for worker in working.values()])
            for piece in [piece for piece, worker in working.items() if worker.outcome in ready]:
                worker = working[piece]
                try:
                    said = worker.outcome.recv()
                except (EOFError, OSError):
                    said = _Outcome(Undone.ENDED)
                if not isinstance(said, _Outcome):
                    told(piece, said)
                    continue
                del working[piece]
                worker.process.join()
                worker.outcome.close()
                yield piece, said.value  # type: ignore[misc]  # what ``work`` has given
    finally:
        for worker in working.values():
            if worker.process.pid is not None and worker.process.is_alive():
                os.kill(worker.process.pid, signal.SIGINT)
        for worker in working.values():
            worker.process.join()
        for end in lifeline:
            os.close(end)


def _read_only(arguments: dict[str, str]) -> MappingProxyType[str, str]:
    return MappingProxyType(arguments)


def _start(context: ForkContext, lifeline: tuple[int, int], piece: PieceT, work: Work[PieceT, OutcomeT]) -> _Worker:
    """Starts a process. Raises ``OSError`` when the system grants none, or no pipe to it."""
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(sending, lifeline, piece, work))
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


def _work(sending: Connection, lifeline: tuple[int, int], piece: PieceT, work: Work[PieceT, OutcomeT]) -> None:
    """What a process does. Interrupted, it clears up behind itself and says nothing."""
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        _end_with_parent(lifeline)
        outcome = work(piece, sending.send)
    except KeyboardInterrupt:
        return
    except Exception:  # noqa: BLE001  # who waits for the outcome sees that there is none
        return
    finally:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    with suppress(OSError):  # nobody listens any more
        sending.send(_Outcome(outcome))


def _end_with_parent(lifeline: tuple[int, int]) -> None:
    """Interrupts this process as soon as the one that started it is no more, and ends it if it will not hear of it."""
    os.close(lifeline[1])

    def watch() -> None:
        os.read(lifeline[0], 1)
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(GRACE)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
