"""Runs the command as a user does, inside limits, and measures what it took."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src"
KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")


@dataclass(frozen=True, slots=True)
class Run:
    """What a command did: its exit code (negative for a signal), seconds, megabytes at most, and what it said.

    ``seconds`` are those of the processor, its own and its children's: another thing at work beside it adds none.
    ``late`` tells that it was killed by the clock.
    """

    code: int
    seconds: float
    megabytes: float
    said: str
    late: bool = False


def environment(home: Path, **more: str) -> dict[str, str]:
    """A quiet environment of its own, in which the program under test is found."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    path = os.pathsep.join(part for part in (more.pop("PYTHONPATH", ""), str(SOURCE)) if part)
    fixed = {"HOME": str(home), "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0", "PYTHONPATH": path}
    return {**kept, **fixed, "PYTHONDONTWRITEBYTECODE": "1", **more}


def run(
    arguments: list[str],
    cwd: Path,
    *,
    seconds: float = 60,
    prepare: Callable[[], None] | None = None,
    kill: tuple[float, int] | None = None,
    **more: str,
) -> Run:
    """Runs ``biblio`` with these arguments.

    It is killed after ``seconds``, which ``late`` then tells. ``kill`` sends a signal after a delay. ``prepare`` is
    called in the child before the program starts.
    """
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "biblio", *arguments],
            cwd=cwd,
            env=environment(cwd, **more),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            preexec_fn=prepare,  # limits are set, and nothing else
        )
        started = time.monotonic()
        late = False
        peak = 0.0
        while True:
            peak = max(peak, _peak(process.pid))
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)
            passed = time.monotonic() - started
            if ended:
                process.returncode = os.waitstatus_to_exitcode(status)
                break
            if kill and passed >= kill[0]:
                os.kill(process.pid, kill[1])
                kill = None
            if passed > seconds and not late:
                late = True
                os.kill(process.pid, signal.SIGKILL)
            time.sleep(0.002)
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
    return Run(process.returncode, usage.ru_utime + usage.ru_stime, peak or usage.ru_maxrss / 1024, text, late)


def _peak(pid: int) -> float:
    """The most memory that a process has had, in megabytes; 0 where the system does not say.

    ``ru_maxrss`` would begin with what its parent had, a test suite perhaps: execve carries that over.
    """
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    found = re.search(r"^VmHWM:\s*(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def limited(megabytes: int) -> Callable[[], None]:
    """For ``prepare``: an address space of so many megabytes."""

    def prepare() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

    return prepare
