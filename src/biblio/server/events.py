"""Tells all the pages that are open what has changed, as server-sent events.

The pages of one browser share a connection (``static/events.js``): a browser opens six to a host, no more.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from typing import Any

# Seconds of silence before a line is sent that says nothing, and tells whether anybody is still there.
PULSE = 15.0
# Events that wait for a reader who is slow, and readers: beyond the first, a reader is told to look at everything anew.
MOST_WAITING, MOST_READERS = 100, 64

Event = tuple[str, Mapping[str, Any]]


class Events:
    """Those who listen, and what is said to them. It belongs to one event loop."""

    def __init__(self) -> None:
        self._readers: set[asyncio.Queue[Event]] = set()
        self._ended = asyncio.Event()

    def say(self, kind: str, **values: Any) -> None:
        """Tells everybody of a ``kind`` of event: ``changed`` with the ``version`` of the project, say."""
        for reader in self._readers:
            if reader.full():
                while not reader.empty():
                    reader.get_nowait()
                reader.put_nowait(("changed", {}))
            else:
                reader.put_nowait((kind, values))

    @property
    def is_full(self) -> bool:
        """Whether nobody more can listen."""
        return len(self._readers) >= MOST_READERS

    def end(self) -> None:
        """Ends all the streams: the desk closes."""
        self._ended.set()

    async def stream(self, first: Event) -> AsyncGenerator[str, None]:
        """The lines of one reader, who is told ``first`` how things stand."""
        reader: asyncio.Queue[Event] = asyncio.Queue(MOST_WAITING)
        if self.is_full:
            return
        self._readers.add(reader)
        ended, said = asyncio.ensure_future(self._ended.wait()), asyncio.ensure_future(reader.get())
        try:
            yield _line(first)
            while not self._ended.is_set():
                await asyncio.wait({said, ended}, timeout=PULSE, return_when=asyncio.FIRST_COMPLETED)
                if said.done():
                    event, said = said.result(), asyncio.ensure_future(reader.get())
                    yield _line(event)
                else:
                    yield ":\n\n"
        finally:  # also when the reader has gone away
            ended.cancel()
            said.cancel()
            self._readers.discard(reader)


def _line(event: Event) -> str:
    kind, values = event
    return f"event: {kind}\ndata: {json.dumps(values, ensure_ascii=True)}\n\n"
