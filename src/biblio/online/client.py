"""Asks addresses politely: who asks is said, what a server wants waited is waited, and what it said is kept a while.

Each address is checked before it is asked, and so is each that a server sends on to. Source: RFC 9110 (statuses,
``Retry-After``, redirects).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

from biblio import __version__
from biblio.online.addresses import Address, Resolver, checked, parse_address, require_public_name
from biblio.online.answers import Answers, is_fresh
from biblio.online.wire import Reply, Wire, resolved
from biblio.words.faults import BiblioError, Diagnostic, diagnose

MOST_HOPS = 5
MOST_TRIES = 4
MOST_BYTES = 32_000_000
SECONDS = 60.0  # for one request
LONGEST_WAIT = 60.0  # that a server may ask for
_REDIRECTS = (301, 302, 303, 307, 308)
_AGAIN = (429, 500, 502, 503, 504)
# What is an answer although it brings nothing: there is no such thing, or nothing new.
_NOTHING = (304, 404, 410)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, from where at last, and when (in seconds since 1970): now, or when it was kept."""

    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    when: float

    @property
    def media_type(self) -> str:
        """The type of the body, in lower case, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass
class Client:
    """Asks, one request after another.

    ``contact`` is an address of mail that servers may write to. Without ``resolve`` the proxy of ``wire`` finds the
    hosts. ``answers`` keeps what was said; ``offline`` asks nothing and gives what was kept.
    """

    wire: Wire
    resolve: Resolver | None = resolved
    contact: str = ""
    answers: Answers | None = None
    offline: bool = False
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.time
    _last: dict[str, float] = field(default_factory=dict)

    @property
    def agent(self) -> str:
        """How the program calls itself."""
        return f"biblio/{__version__}" + (f" (mailto:{self.contact})" if self.contact else "")

    def get(
        self,
        address: str,
        accept: str = "*/*",
        *,
        headers: Mapping[str, str] | None = None,
        kept: bool = True,
        pause: float = 0.0,
        most: int = MOST_BYTES,
        local: bool = False,
    ) -> Answer:
        """What is answered at an address: with status 200, or 304, 404 or 410.

        ``headers`` go to that server alone. An answer is kept, and a kept one given, unless ``kept`` is
        false. ``pause`` seconds pass between two requests to one host. ``local`` is for what the user runs on this
        machine: an address of the loopback, which may then not send elsewhere. Raises ``BiblioError`` (E151 to E160).
        """
        first = parse_address(address)
        known = self.answers.get(str(first), accept) if self.answers and kept else None
        if known is not None and (self.offline or is_fresh(known.when, self.now())):
            return Answer(known.address, 200, {"content-type": known.media_type}, known.body, known.when)
        if self.offline:
            raise BiblioError(diagnose("E160", host=first.host))
        answer = self._followed(first, accept, headers or {}, pause, most, local=local)
        if self.answers and kept and answer.status == 200 and not headers:
            media_type = answer.headers.get("content-type", "")
            self.answers.put(str(first), accept, answer.address, media_type, answer.body, answer.when)
        return answer

    def _followed(
        self, address: Address, accept: str, more: Mapping[str, str], pause: float, most: int, *, local: bool
    ) -> Answer:
        origin = address.origin
        for _ in range(MOST_HOPS + 1):
            headers = {"User-Agent": self.agent, "Accept": accept}
            if address.origin == origin:
                headers |= more
            reply = self._answered(address, headers, pause, most, local=local)
            if reply.status in _REDIRECTS and not local:
                address = parse_address(reply.headers.get("location", ""), address)
                continue
            if reply.status == 200 or reply.status in _NOTHING:
                return Answer(str(address), reply.status, reply.headers, reply.body, self.now())
            raise BiblioError(_refusal(address, reply.status))
        raise BiblioError(diagnose("E157", host=address.host, count=MOST_HOPS))

    def _answered(self, address: Address, headers: Mapping[str, str], pause: float, most: int, *, local: bool) -> Reply:
        """The reply to one address, asked again when the server asks for that or fails for a moment."""
        for tries in range(1, MOST_TRIES + 1):
            self._wait_for(address.host, pause)
            try:
                reply = self.wire.send(address, self._numbers(address, local=local), headers, most, SECONDS)
            except BiblioError as error:
                # Nothing is gained by asking again for what is too large, too slow or not to be asked.
                if error.diagnostic.code != "E153" or tries == MOST_TRIES:
                    raise
                self.sleep(2.0 ** (tries - 1))
                continue
            self._heed(address.host, reply.headers.get("backoff", ""))
            if reply.status not in _AGAIN:
                return reply
            wait = self._asked_wait(reply.headers.get("retry-after", ""))
            if wait is not None and wait > LONGEST_WAIT:
                raise BiblioError(diagnose("E159", host=address.host, seconds=f"{wait:.0f}"))
            if tries < MOST_TRIES:
                self.sleep(2.0 ** (tries - 1) if wait is None else wait)
        raise BiblioError(_refusal(address, reply.status))

    def _numbers(self, address: Address, *, local: bool) -> Sequence[str]:
        if local:
            if address.host != "127.0.0.1":
                raise BiblioError(diagnose("E152", host=address.host))
            return (address.host,)
        if self.resolve is None:
            require_public_name(address)
            return ()
        return checked(address, self.resolve)

    def _wait_for(self, host: str, pause: float) -> None:
        """Lets the time pass that a host wants between two requests."""
        wait = self._last.get(host, 0.0) + pause - self.now()
        if wait > 0.0:
            self.sleep(min(wait, LONGEST_WAIT))
        self._last[host] = self.now()

    def _heed(self, host: str, backoff: str) -> None:
        """Zotero's ``Backoff``: so many seconds before the next request, though this one is answered."""
        wait = self._asked_wait(backoff)
        if wait:
            self._last[host] = self.now() + min(wait, LONGEST_WAIT)

    def _asked_wait(self, value: str) -> float | None:
        """The seconds that a server wants waited: a number of them, or a date; ``None`` when it says nothing."""
        if value.strip().isdecimal():
            return float(value[:9])
        try:
            return max(0.0, parsedate_to_datetime(value).timestamp() - self.now())
        except (ValueError, TypeError, OverflowError):
            return None


def _refusal(address: Address, status: int) -> Diagnostic:
    return diagnose("E158", host=address.host, status=status)
