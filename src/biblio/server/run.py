"""Starts the desk on the loopback, says its address, and serves until it is told to end."""

from __future__ import annotations

import secrets
import socket
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from biblio.server.app import application
from biblio.server.clients import Client
from biblio.server.desk import Desk
from biblio.server.guard import TOKEN, Door
from biblio.server.tickets import TICKET, ticket
from biblio.words.faults import BiblioError, diagnose

HOST = "127.0.0.1"
# Seconds for what is being answered when the desk is told to end.
FAREWELL = 3


def serve(
    root: Path,
    port: int,
    lang: str,
    *,
    browser: bool,
    announce: Callable[[str], None],
    traceback: bool = False,
    idle: float | None = None,
) -> None:
    """Serves the project in ``root``, which may have none yet, at ``port`` (0: any that is free).

    ``announce`` is given the address with the token, once the desk answers there; ``browser`` opens it; ``traceback``
    shows where biblio itself fails. With ``idle``, it ends after so many seconds in which no page was open. Raises
    ``BiblioError`` (E219) when the port is taken.
    """
    listening = listening_at(port)
    port = listening.getsockname()[1]
    token = secrets.token_urlsafe(24)
    door = Door(token, (f"{HOST}:{port}", f"localhost:{port}"), port, lang, traceback)
    desk = Desk(root, lang)
    address = f"http://{HOST}:{port}/?{TOKEN}={token}"
    announce(address)
    if browser:
        show(address)
    Server(desk, door, idle).run([listening])


def show(address: str) -> None:
    """Opens in the browser the desk at an address with its token; what starts the browser has a ticket instead."""
    origin, _, token = address.partition(f"?{TOKEN}=")
    webbrowser.open(f"{origin}?{TICKET}={ticket(token)}")


class Server(uvicorn.Server):
    """Serves a desk; ends when nobody has looked for ``idle`` seconds.

    It ends the streams of events before it waits for what is being answered.
    """

    def __init__(self, desk: Desk, door: Door, idle: float | None = None) -> None:
        config = uvicorn.Config(
            application(desk, door),
            http=Client,
            ws="none",
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=FAREWELL,
        )
        super().__init__(config)
        self._desk = desk
        self._idle = idle
        self._looked_at = time.monotonic()

    async def on_tick(self, counter: int) -> bool:
        """Whether it is time to end. A page that is open holds a connection, that of its events."""
        if self.server_state.connections:
            self._looked_at = time.monotonic()
        if self._idle is not None and time.monotonic() - self._looked_at > self._idle:
            return True
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answers what was asked, and ends."""
        self._desk.events.end()
        await super().shutdown(sockets)


def listening_at(port: int) -> socket.socket:
    """A socket that listens already, so that the address that is said can be opened."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        listening.listen(128)
    except (OSError, OverflowError) as error:
        listening.close()
        raise BiblioError(diagnose("E219", port=port, reason=getattr(error, "strerror", None) or str(error))) from error
    return listening
