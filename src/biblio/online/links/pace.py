"""Keeps the requests of several threads to one host apart, and heeds a host that wants to be left alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 60.0  # seconds that a host may have waited; one that wants more is not asked again in this run
MOST_TIME_OUTS = 3  # one behind the other, before a host is left alone for this run


@dataclass
class Pace:
    """When each host may be asked next; ``pause`` seconds pass between two requests to one."""

    pause: float = 1.0
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.time
    _next: dict[str, float] = field(default_factory=dict)
    _resting: set[str] = field(default_factory=set)
    _time_outs: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, host: str) -> None:
        """Lets the time pass until a host may be asked, and takes that turn."""
        with self._lock:
            now = self.now()
            turn = max(now, self._next.get(host, 0.0))
            self._next[host] = turn + self.pause
        if turn > now:
            self.sleep(turn - now)

    def is_resting(self, host: str) -> bool:
        """Whether a host is to be left alone until the end of this run."""
        return host in self._resting

    def rest(self, host: str) -> None:
        """Leaves a host alone from now on."""
        self._resting.add(host)

    def heed(self, host: str, retry_after: str) -> bool:
        """Heeds ``Retry-After``; whether the host may be asked again in this run. Source: RFC 9110 § 10.2.3."""
        wait = self._seconds(retry_after)
        if wait is None or wait > LONGEST_WAIT:
            self.rest(host)
            return False
        with self._lock:
            self._next[host] = max(self._next.get(host, 0.0), self.now() + wait)
        return True

    def timed_out(self, host: str, *, again: bool) -> None:
        """Counts the time-outs of a host in a row; ``again`` is false for an answer, which ends the row."""
        with self._lock:
            count = self._time_outs.get(host, 0) + 1 if again else 0
            self._time_outs[host] = count
        if count >= MOST_TIME_OUTS:
            self.rest(host)

    def _seconds(self, value: str) -> float | None:
        """The seconds of a ``Retry-After``, a number or a date; ``None`` for anything else."""
        if value.strip().isdecimal():
            return float(value.strip()[:9])
        try:
            return max(0.0, parsedate_to_datetime(value).timestamp() - self.now())
        except (ValueError, TypeError, OverflowError):
            return None
