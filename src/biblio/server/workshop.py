"""A process beside the desk, for long work: started when it is first needed, and again when it ends."""

from __future__ import annotations

import asyncio
import pickle
import subprocess
import sys
import threading
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from biblio.words.faults import BiblioError, Diagnostic, diagnose

MODULE = "biblio.server.workshop_process"
# How often some work is begun before it is given up: what the system ends once for want of memory, it may end again.
TRIES = 2


class _EndedError(Exception):
    """The process is no more."""


class Workshop:
    """The process, for the project in ``root``. It belongs to one event loop."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._process: subprocess.Popen[bytes] | None = None
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._numbers = count()

    async def do(self, name: str, *arguments: object) -> Any:
        """What a work of ``workshop_process.py`` gives. Raises ``BiblioError``."""
        for _ in range(TRIES):
            number = next(self._numbers)
            self._waiting[number] = asyncio.get_running_loop().create_future()
            try:
                self._tell((number, name, arguments))
                value = await self._waiting[number]
            except _EndedError:
                continue
            finally:
                self._waiting.pop(number, None)
            if isinstance(value, Diagnostic):
                raise BiblioError(value)
            return value
        raise BiblioError(diagnose("E122", problem=MODULE))

    def close(self) -> None:
        """Ends the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()

    def _tell(self, request: object) -> None:
        """Sends a request, which is some hundred bytes. Raises ``_EndedError`` where the process has just ended."""
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", MODULE, str(self._root)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            arguments = self._process, asyncio.get_running_loop()
            threading.Thread(target=self._listen, args=arguments, name="desk-workshop", daemon=True).start()
        try:
            pickle.dump(request, self._process.stdin)  # type: ignore[arg-type]  # it is a pipe
            self._process.stdin.flush()  # type: ignore[union-attr]
        except OSError as error:
            self._process = None
            raise _EndedError from error

    def _listen(self, process: subprocess.Popen[bytes], loop: asyncio.AbstractEventLoop) -> None:
        """Hands on what the process answers, until it ends."""
        try:
            while True:
                number, value = pickle.load(process.stdout)  # type: ignore[arg-type]  # it is a pipe
                loop.call_soon_threadsafe(self._answered, number, value)
        except Exception:  # noqa: BLE001  # it has ended, in the middle of an answer perhaps; or the loop has
            process.kill()
        with suppress(OSError), process:  # what it was still to be told
            pass
        if not loop.is_closed():
            loop.call_soon_threadsafe(self._ended, process)

    def _answered(self, number: int, value: object) -> None:
        waiting = self._waiting.get(number)
        if waiting is not None and not waiting.done():
            waiting.set_result(value)

    def _ended(self, process: subprocess.Popen[bytes]) -> None:
        """Has everybody who waits ask again, of a new process."""
        if self._process is process:
            self._process = None
            for waiting in self._waiting.values():
                if not waiting.done():
                    waiting.set_exception(_EndedError())
