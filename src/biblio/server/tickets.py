"""Tickets with which a browser is opened: what starts it can be read in the list of processes by everybody.

Whoever has the token can write one, in whatever process: a time after which it is dead, and a word of chance, both
signed with the token. It opens the desk once. One that comes twice was read by somebody: what it opened is closed.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable

TICKET = "ticket"  # the name of the parameter
# Seconds for the browser to start.
VALID = 60.0
Clock = Callable[[], float]


def ticket(token: str, clock: Clock = time.time) -> str:
    """A ticket for the desk that has this token."""
    said = f"{int(clock() + VALID)}.{secrets.token_urlsafe(12)}"
    return f"{said}.{_signature(token, said)}"


class Tickets:
    """The tickets that were used of a desk, and the sessions that they opened."""

    def __init__(self, token: str, clock: Clock = time.time) -> None:
        self._token = token
        self._clock = clock
        self._used: dict[str, tuple[float, str]] = {}
        self._sessions: set[str] = set()

    def use(self, ticket: str) -> str | None:
        """The secret of the session that a ticket opens; ``None`` for one that is false, too old or was used."""
        said, _, signature = ticket.rpartition(".")
        if not _is_same(signature, _signature(self._token, said)):
            return None
        now, end = self._clock(), float(said.partition(".")[0])
        self._used = {each: used for each, used in self._used.items() if used[0] >= now}
        if not now <= end <= now + VALID + 1:
            return None
        if said in self._used:
            self._sessions.discard(self._used[said][1])
            return None
        session = secrets.token_urlsafe(24)
        self._used[said] = end, session
        self._sessions.add(session)
        return session

    def opened(self, session: str) -> bool:
        """Whether a ticket has opened a session with this secret."""
        return any(_is_same(session, each) for each in self._sessions)


def _signature(token: str, said: str) -> str:
    return hmac.digest(token.encode(), said.encode("utf-8", "surrogateescape"), "sha256").hex()


def _is_same(one: str, other: str) -> bool:
    """In a time that tells nothing."""
    return hmac.compare_digest(one.encode("utf-8", "surrogateescape"), other.encode())
