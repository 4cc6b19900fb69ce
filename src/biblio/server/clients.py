"""Keeps clients that are slow, or many at once, from holding up the desk.

uvicorn closes a connection on which nothing comes; one on which something comes, a byte a minute, it keeps for ever.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

# Seconds for the head of a request to come, whole, and for what is answered to be taken.
HEAD, TAKEN = 10.0, 60.0
# Connections. Beyond them, the one that has asked for nothing for longest is closed.
MOST_OPEN = 128
# Bytes that are asked ahead of the answers.
MOST_AHEAD = 1_000_000


class Client(H11Protocol):
    """A connection: either it is being answered, or it has until a deadline to ask for something."""

    waiting_since: float | None = None
    _deadline: asyncio.TimerHandle | None = None
    _taken: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Makes room for a connection, and waits for what it asks."""
        super().connection_made(transport)
        self._wait()
        if len(self.connections) > MOST_OPEN:
            _idlest(self).close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Waits for nothing any more."""
        self._wait_no_more()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Takes some bytes, unless they are of more questions than one could wait for the answers of."""
        super().data_received(data)
        if len(self.conn.trailing_data[0]) > MOST_AHEAD:
            self.transport.abort()

    def handle_events(self) -> None:
        """Takes what has come: perhaps a whole head, which begins an answer."""
        before = self.cycle
        super().handle_events()
        if self.cycle is not before and not self.cycle.response_complete:
            self._wait_no_more()

    def on_response_complete(self) -> None:
        """Waits for the next request, whatever is still to come of this one."""
        self._wait()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Waits, not for ever, for a client who does not take what it is sent."""
        super().pause_writing()
        self._taken = self.loop.call_later(TAKEN, self.transport.abort)

    def resume_writing(self) -> None:
        """Goes on sending."""
        if self._taken is not None:
            self._taken.cancel()
            self._taken = None
        super().resume_writing()

    def close(self) -> None:
        """Ends the connection, without a word: nothing was asked yet."""
        self.connections.discard(self)
        self.transport.abort()

    def _wait(self) -> None:
        self._wait_no_more()
        self.waiting_since = self.loop.time()
        self._deadline = self.loop.call_later(HEAD, self.transport.abort)

    def _wait_no_more(self) -> None:
        self.waiting_since = None
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def _idlest(newest: Client) -> Client:
    """The connection that has asked for nothing for longest."""
    clients = [each for each in newest.connections if isinstance(each, Client)]
    return min(clients, key=lambda each: float("inf") if each.waiting_since is None else each.waiting_since)
