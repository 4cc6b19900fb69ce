"""Runs programs one after the other, round by round, and measures each run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

# The unit of ru_maxrss: kibibytes on Linux, bytes on macOS (getrusage(2) of each).
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a program: seconds elapsed, seconds of processor time, and peak memory in bytes."""

    elapsed: float
    processor: float
    peak: int


def run(command: Sequence[str]) -> Run:
    """Runs a program and waits for it. Raises ``SystemExit`` with what it said when it fails.

    The peak of a program is never below that of the process that starts it, which is why this one stays small: the
    system carries the mark over (execve keeps the greatest resident set of what it replaces).
    """
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=said)
        # wait4 gives the usage of this very process, where getrusage would give the greatest of all.
        _, status, usage = os.wait4(process.pid, 0)
        elapsed = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)}\n{said.read().decode(errors='replace')}")
    return Run(elapsed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _RSS_UNIT)


@dataclass(frozen=True, slots=True)
class Spread:
    """The least, the middle and the greatest of some values."""

    least: float
    middle: float
    greatest: float


def spread(values: Sequence[float]) -> Spread:
    """The spread of at least one value."""
    return Spread(min(values), median(values), max(values))


@dataclass(frozen=True, slots=True)
class Ratio:
    """One quantity over another, round by round, so that what slows the machine down slows both.

    ``spread.middle`` is the median of the ratios of the rounds, not the ratio of two medians. ``target`` is the most
    that it should be; ``None`` for a ratio that is there for comparison.
    """

    name: str
    spread: Spread
    target: float | None = None

    @property
    def verdict(self) -> str:
        """``ok`` or ``over``; empty without a target."""
        return "" if self.target is None else "ok" if self.spread.middle <= self.target else "over"


def ratio(name: str, above: Sequence[float], below: Sequence[float], target: float | None = None) -> Ratio:
    """The ratio of two series of the same rounds."""
    return Ratio(name, spread([a / b for a, b in zip(above, below, strict=True)]), target)


Program = Callable[[int], Sequence[str]]
KeyT = TypeVar("KeyT")


def rounds(programs: Mapping[KeyT, Program], count: int, warm_up: int = 0) -> dict[KeyT, list[Run]]:
    """Runs every program in turn, ``count`` times over (A B A B …), after rounds to warm up that do not count.

    A program is the command of a round, whose number it is given.
    """
    found: dict[KeyT, list[Run]] = {name: [] for name in programs}
    for number in range(warm_up + count):
        for name, command in programs.items():
            measured = run(command(number))
            if number >= warm_up:
                found[name].append(measured)
    return found
