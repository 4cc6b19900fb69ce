"""A process beside the desk, for long work: started when it is first needed, and again when it ends."""

from __future__ import annotations

import asyncio
import pickle
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from biblio.words.faults import BiblioError, Diagnostic, diagnose

MODULE = "biblio.server.workshop_process"
# How often some work is begun before it is given up: what the system ends once for want of memory, it may end again.
TRIES = 2
# Seconds for a process that is killed to be gone.
FAREWELL = 5.0


class _EndedError(Exception):
    """The process is no more, or could not be started; why, as the system says it."""


@dataclass(frozen=True, slots=True)
class _Started:
    """A process, and the thread that listens to it: the only one to close what leads to the process and from it."""

    process: subprocess.Popen[bytes]
    listener: threading.Thread


class Workshop:
    """The process, for the project in ``root``. It belongs to one event loop."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._now: _Started | None = None
        self._waiting: dict[int, tuple[subprocess.Popen[bytes], asyncio.Future[Any]]] = {}
        self._numbers = count()
        self._is_closed = False

    async def do(self, name: str, *arguments: object) -> Any:
        """What a work of ``workshop_process.py`` gives.

        Raises ``BiblioError``: its fault, and E243 where the process ended each time before it had answered.
        """
        reason = ""
        for _ in range(TRIES):
            if self._is_closed:
                break
            number = next(self._numbers)
            try:
                value = await self._asked(number, name, arguments)
            except _EndedError as error:
                reason = str(error)
                continue
            finally:
                self._waiting.pop(number, None)
            if isinstance(value, Diagnostic):
                raise BiblioError(value)
            return value
        raise BiblioError(diagnose("E243", reason=reason))

    def close(self) -> None:
        """Ends the process; who still waits for it is told so, and nobody starts another."""
        self._is_closed = True
        started, self._now = self._now, None
        if started is not None:
            started.process.kill()
            started.listener.join(FAREWELL)
        self._tell_those_who_wait(None, "")

    async def _asked(self, number: int, name: str, arguments: tuple[object, ...]) -> Any:
        """What the process answers to a request, which is some hundred bytes. Raises ``_EndedError``."""
        process = self._process()
        answer = asyncio.get_running_loop().create_future()
        self._waiting[number] = process, answer
        try:
            process.stdin.write(pickle.dumps((number, name, arguments)))  # type: ignore[union-attr]  # it is a pipe
            process.stdin.flush()  # type: ignore[union-attr]  # the same
        except (OSError, ValueError):  # it has just ended, and its listener will tell; or has closed the pipe already
            process.kill()
        return await answer

    def _process(self) -> subprocess.Popen[bytes]:
        """The process, started if there is none. Raises ``_EndedError`` where it cannot be."""
        if self._now is None:
            try:
                process = subprocess.Popen(
                    [sys.executable, "-P", "-m", MODULE, str(self._root)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
            except OSError as error:
                raise _EndedError(error.strerror or str(error)) from error
            arguments = process, asyncio.get_running_loop()
            listener = threading.Thread(target=self._listen, args=arguments, name="desk-workshop", daemon=True)
            self._now = _Started(process, listener)
            listener.start()
        return self._now.process

    def _listen(self, process: subprocess.Popen[bytes], loop: asyncio.AbstractEventLoop) -> None:
        """Hands on what the process answers, until it ends."""
        try:
            while True:
                number, value = pickle.load(process.stdout)  # type: ignore[arg-type]  # it is a pipe
                loop.call_soon_threadsafe(self._answered, number, value)
        except Exception:  # noqa: BLE001  # it has ended, in the middle of an answer perhaps; or the loop has
            process.kill()
        process.wait()
        with suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(self._ended, process)
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError, ValueError):  # what it was still to be told
                pipe.close()  # type: ignore[union-attr]  # it is a pipe

    def _answered(self, number: int, value: object) -> None:
        _, waiting = self._waiting.get(number, (None, None))
        if waiting is not None and not waiting.done():
            waiting.set_result(value)

    def _ended(self, process: subprocess.Popen[bytes]) -> None:
        """Has everybody who waits for a process ask again, of a new one."""
        if self._now is not None and self._now.process is process:
            self._now = None
        self._tell_those_who_wait(process, _reason(process.returncode))

    def _tell_those_who_wait(self, process: subprocess.Popen[bytes] | None, reason: str) -> None:
        """For that process, or for any."""
        for asked_of, waiting in self._waiting.values():
            if process in (asked_of, None) and not waiting.done():
                waiting.set_exception(_EndedError(reason))


def _reason(code: int) -> str:
    """Why a process ended, by what it leaves: the name of a signal, or a number."""
    try:
        return signal.Signals(-code).name
    except ValueError:
        return str(code)
