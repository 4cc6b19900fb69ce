"""Does once what a form asks for, however often it is sent: a second click is answered as the first was."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response

TOKEN = "once"  # the name of the field
MOST = 200  # answers that are remembered

Handler = Callable[[Request], Awaitable[Response]]


def token() -> str:
    """What tells one filling in of a form from another."""
    return secrets.token_urlsafe(12)


class Once:
    """The answers to forms that were sent, the last of them; it belongs to one event loop."""

    def __init__(self) -> None:
        self._answers: dict[str, asyncio.Future[Response]] = {}

    async def answer(self, name: str, make: Callable[[], Awaitable[Response]]) -> Response:
        """What ``make`` answers; asked again for the same ``name``, what it answered, also while it still works.

        What it raises is raised to whoever waits, and forgotten: who sends the form again is heard again.
        """
        if name not in self._answers:
            self._answers[name] = asyncio.ensure_future(make())
            for old in list(self._answers)[:-MOST]:
                del self._answers[old]
        made = self._answers[name]
        try:
            return await asyncio.shield(made)
        except Exception:
            self._answers.pop(name, None)
            raise


def once(handler: Handler) -> Handler:
    """A handler of forms that does what one asks for but once: one with a token of its own, sent again unchanged."""

    @wraps(handler)
    async def handled(request: Request) -> Response:
        form = await request.form()
        if not form.get(TOKEN):
            return await handler(request)
        said = repr((request.url.path, sorted((name, str(value)) for name, value in form.multi_items())))
        name = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
        kept: Once = request.app.state.once
        return await kept.answer(name, lambda: handler(request))

    return handled
