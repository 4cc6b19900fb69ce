"""Keeps what waits for a person's word in memory, under names that nobody guesses, within bounds, for a while."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from biblio.words.faults import BiblioError, diagnose

# What waits at once, the bytes of all of it, and the seconds after which nobody comes back.
MOST, MOST_BYTES, PATIENCE = 6, 192_000_000, 4 * 3600.0


class Waiting(Protocol):
    """What can wait: it has a ``size`` in bytes, and stops what it is doing when it is given up."""

    @property
    def size(self) -> int:
        """The bytes that it keeps."""

    def give_up(self) -> None:
        """Nobody will ask for it any more."""


W = TypeVar("W", bound=Waiting)


@dataclass(slots=True)
class _Kept:
    value: Waiting
    seen: float


class Pending:
    """What waits, the one that was asked for longest ago first: it is the first to be forgotten."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[str, _Kept] = {}

    def put(self, value: Waiting) -> str:
        """Keeps a value, and gives its name."""
        name = secrets.token_urlsafe(16)
        self._kept[name] = _Kept(value, self._clock())
        self._tidy()
        return name

    def get(self, name: str, kind: type[W]) -> W:
        """What was kept under a name, of a kind. Raises ``BiblioError`` (E227) for what is no longer there."""
        self._tidy()
        kept = self._kept.pop(name, None)
        if kept is None or not isinstance(kept.value, kind):
            raise BiblioError(diagnose("E227"))
        kept.seen = self._clock()
        self._kept[name] = kept
        return kept.value

    def drop(self, name: str) -> None:
        """Forgets what was kept under a name, if it is still there."""
        kept = self._kept.pop(name, None)
        if kept is not None:
            kept.value.give_up()

    def clear(self) -> None:
        """Forgets everything."""
        for name in list(self._kept):
            self.drop(name)

    def _tidy(self) -> None:
        """Forgets what is too old, and the oldest of what is too much; the last that came stays."""
        names = list(self._kept)
        for place, name in enumerate(names[:-1]):
            size = sum(self._kept[each].value.size for each in names[place:])
            is_old = self._clock() - self._kept[name].seen > PATIENCE
            if is_old or len(names) - place > MOST or size > MOST_BYTES:
                self.drop(name)
