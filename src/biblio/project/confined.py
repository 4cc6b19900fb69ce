"""Runs a module of ours in a process of its own, with limits: for programs and files of strangers.

The process gets one JSON value on its input and writes lines of JSON; it is given no file and no shell. Its time and
its memory are limited, and what it writes is read up to a size.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from io import StringIO
from threading import Timer
from typing import Any

# Seconds of the clock for each of the processor's: the machine may have other things to do.
PATIENCE = 6
MEMORY = 512 * 1024 * 1024
DEEPEST = 5000  # calls of Python: what calls itself ends, long before the memory does


def run(module: str, job: Mapping[str, Any], seconds: int, most: int) -> tuple[list[Any], str]:
    """The values that ``module`` writes for a job, and why it writes no more when a limit was reached.

    ``most`` is in bytes. The limits are called ``time``, ``memory`` (told by the module) and ``output``.
    """
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    late = Timer(seconds * PATIENCE, process.kill)
    late.daemon = True
    late.start()
    try:
        with process:
            try:
                process.stdin.write(json.dumps({**job, "seconds": seconds, "memory": MEMORY}).encode())  # type: ignore[union-attr]  # it is a pipe
                process.stdin.close()  # type: ignore[union-attr]
            except BrokenPipeError:
                pass  # it ended before it had read everything; its lines, if any, say why
            written = process.stdout.read(most + 1)  # type: ignore[union-attr]
            if len(written) > most:
                process.kill()
                return _values(written[:most]), "output"
    finally:
        process.kill()
        late.cancel()
    # Killed by the clock, or by the system for the processor's time: nothing else kills it.
    return _values(written), "time" if process.returncode < 0 else f"exit {process.returncode}"


def _values(written: bytes) -> list[Any]:
    """The values of the whole lines."""
    return [json.loads(line) for line in written[: written.rfind(b"\n") + 1].splitlines()]


def answer(work: Callable[[Mapping[str, Any]], Iterable[Any]]) -> None:
    """What such a module does: reads its job, puts itself under the limits, and writes what ``work`` gives."""
    job = json.loads(sys.stdin.buffer.read())
    written, sys.stdout, sys.stderr = sys.stdout, StringIO(), StringIO()  # what is run may print
    sys.setrecursionlimit(DEEPEST)
    _limit(job["seconds"], job["memory"])
    for value in work(job):
        written.write(json.dumps(value) + "\n")
        written.flush()


def _limit(seconds: int, memory: int) -> None:
    try:
        import resource  # not on Windows: the clock and the size of what is written still hold
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(what, (most, most))
        except (OSError, ValueError):
            continue  # a stricter limit holds already, or the system knows none of the kind


def reason_of(error: Exception) -> str:
    """What made the work fail, on one line."""
    if isinstance(error, MemoryError):
        return "memory"
    if isinstance(error, RecursionError):
        return "recursion"
    return f"{type(error).__name__}: {' '.join(str(error).split())}"
