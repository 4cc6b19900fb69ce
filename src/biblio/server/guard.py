"""Stands at the door of the desk: who may ask, from where, how much at a time, and what a page may then do.

Other pages of the browser, and other people of the machine, can reach every address of the loopback: each of these
tests keeps one of them out. See docs/security.md.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from biblio.server.tickets import TICKET, Tickets
from biblio.server.words import said

TOKEN = "token"  # the name of the parameter
# Bytes of one request: a collection of 50,000 references, or a Word file with its pictures.
MOST_SENT = 64_000_000
# Seconds for a request to come, and the bytes that earn it another.
PATIENCE, PACE = 20.0, 100_000
METHODS = frozenset({"GET", "HEAD", "POST"})
# Nothing from elsewhere, nothing that is typed into a page is run, and no page has ours within it.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    # "no-referrer" would make the origin of our own forms "null".
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Door:
    """What opens the desk: its ``token``, and the hosts that it goes by, ``127.0.0.1:8017``.

    With ``traceback``, a fault of ours is raised once it has been answered, for who mends it.
    """

    token: str
    hosts: Collection[str]
    port: int
    lang: str
    traceback: bool = False

    @property
    def cookie(self) -> str:
        """The name of the cookie that has the token; cookies do not tell ports apart, names do."""
        return f"biblio-{self.port}"


class TooMuchError(Exception):
    """More was sent than is taken, or nothing came for too long: ``status`` is what is answered."""

    def __init__(self, status: int) -> None:
        self.status = status


class Guard:
    """Lets in what comes from the desk's own pages, and refuses everything else in a sentence."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door
        self._tickets = Tickets(door.token)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, as ASGI asks."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        # What is neither is left unanswered: there are no sockets here.

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        answered = False

        async def guarded(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refusal(scope)
        if refused is not None:
            await refused(scope, receive, guarded)
            return
        try:
            await self._app(scope, _bounded(receive), guarded)
        except Exception:
            if not answered or self._door.traceback:  # else it has been said in the answer
                raise

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        """What is answered to a request that is not let in; ``None`` for one that is."""
        headers = _headers(scope)
        hosts = headers.get("host", ())
        if len(hosts) != 1 or hosts[0] not in self._door.hosts:
            return self._refused(421, "foreign_host")
        if scope["method"] not in METHODS:
            return self._refused(405, "foreign_method")
        sites = headers.get("sec-fetch-site", ())
        if any(each not in {"same-origin", "none"} for each in sites):
            return self._refused(403, "foreign_page")
        origins = headers.get("origin", ())
        own = f"http://{hosts[0]}"
        if any(each != own for each in origins) or (scope["method"] == "POST" and len(origins) != 1):
            return self._refused(403, "foreign_page")
        if any(not each.isdecimal() or int(each) > MOST_SENT for each in headers.get("content-length", ())):
            return self._refused(413, "too_much")
        return self._unknown(scope, headers)

    def _unknown(self, scope: Scope, headers: Mapping[str, tuple[str, ...]]) -> ASGIApp | None:
        """The answer to who is not known: a refusal, or a cookie for who has the token or a ticket in the address."""
        given = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        token, ticket = (next((value for name, value in given if name == key), None) for key in (TOKEN, TICKET))
        if token is not None and scope["method"] != "POST":
            return self._opened(scope, given, token) if self._is_token(token) else self._refused(403, "no_token")
        if ticket is not None and scope["method"] == "GET":
            session = self._tickets.use(ticket)
            return self._refused(403, "no_ticket") if session is None else self._opened(scope, given, session)
        cookies = _cookies(headers.get("cookie", ()), self._door.cookie)
        if not any(self._is_token(each) or self._tickets.opened(each) for each in cookies):
            return self._refused(403, "no_token")
        return None

    def _opened(self, scope: Scope, given: Collection[tuple[str, str]], secret: str) -> ASGIApp:
        """A cookie with what opens the desk, and the address without it."""
        rest = urlencode([each for each in given if each[0] not in (TOKEN, TICKET)])
        path = "/" + scope["path"].lstrip("/\\")  # two strokes, and it would be another host's
        answer = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
        answer.set_cookie(self._door.cookie, secret, httponly=True, samesite="strict")
        return answer

    def _is_token(self, value: str) -> bool:
        return hmac.compare_digest(value.encode("utf-8", "surrogateescape"), self._door.token.encode())

    def _refused(self, status: int, sentence: str) -> ASGIApp:
        return refusal(sentence, status, self._door.lang)


def refusal(sentence: str, status: int, lang: str) -> PlainTextResponse:
    """An answer that is a sentence of ``words/desk.toml``."""
    return PlainTextResponse(said(sentence, lang) + "\n", status)


def _bounded(receive: Receive) -> Receive:
    """Receives a request that may neither be endless nor take for ever."""
    taken = 0
    whole = False
    clock = asyncio.get_running_loop().time
    began = 0.0

    async def bounded() -> Message:
        nonlocal began, taken, whole
        if whole:  # waits for who asked to go away, which may take as long as it likes
            return await receive()
        began = began or clock()
        try:
            message = await asyncio.wait_for(receive(), began + PATIENCE + taken / PACE - clock())
        except TimeoutError:
            raise TooMuchError(408) from None
        taken += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if taken > MOST_SENT:
            raise TooMuchError(413)
        return message

    return bounded


def _headers(scope: Scope) -> Mapping[str, tuple[str, ...]]:
    """All the values of each header: one that is there twice is no less than one of them."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        found[key] = (*found.get(key, ()), value.decode("latin-1"))
    return found


def _cookies(headers: Collection[str], name: str) -> Collection[str]:
    """The values of one cookie; a header that cannot be read has none."""
    values = []
    for header in headers:
        try:
            cookie = SimpleCookie(header).get(name)
        except CookieError:
            continue
        if cookie is not None:
            values.append(cookie.value)
    return values
