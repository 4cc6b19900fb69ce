"""One request on the network, without redirects: bounded in bytes and in time, at an address that was checked before.

The only module that knows httpx. What it receives is unpacked here, so that a packed answer cannot grow without bounds.
"""

from __future__ import annotations

import os
import queue
import socket
import threading
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from biblio.online.addresses import Address
from biblio.words.faults import BiblioError, Diagnostic, diagnose

if TYPE_CHECKING:
    import ssl

    import httpx

CONNECTING, READING = 10.0, 20.0  # seconds
_MOST_TRIED = 3  # of the numbers of one host
_PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server sends back: the headers by their names in lower case, and the body, unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Failure(StrEnum):
    """How a server fails to answer."""

    REFUSED = "refused"  # no connection
    CERTIFICATE = "certificate"  # no connection that can be trusted
    TIME_OUT = "time-out"
    BROKEN_OFF = "broken-off"  # something came, and no answer


class Unreached(BiblioError):  # noqa: N818  # an error of that name is a fault's
    """A server that does not answer (E153, E154), and how."""

    def __init__(self, diagnostic: Diagnostic, failure: Failure) -> None:
        super().__init__(diagnostic)
        self.failure = failure


class Wire:
    """Sends requests, each over a connection of its own: two names on one machine never share one.

    ``proxy`` is the address of a proxy that asks in our place. ``transport`` stands for the network in tests.
    """

    def __init__(self, proxy: str = "", transport: httpx.BaseTransport | None = None) -> None:
        self._proxy = proxy
        self._transport = transport
        self._client: httpx.Client | None = None

    def send(
        self,
        address: Address,
        numbers: Sequence[str],
        headers: Mapping[str, str],
        most: int,
        seconds: float,
        *,
        method: str = "GET",
        beginning: bool = False,
    ) -> Reply:
        """The reply of a server at one of its ``numbers``; without any, the proxy finds it.

        With ``beginning``, no more than ``most`` bytes of a body are read, and these are enough. Raises
        ``BiblioError``: E153 when it cannot be reached or breaks off and E154 after ``seconds``, both ``Unreached``,
        E155 beyond ``most`` bytes, E156 for an answer that is packed in another way than asked.
        """
        done: queue.SimpleQueue[Reply | BiblioError] = queue.SimpleQueue()
        given_up = threading.Event()

        def work() -> None:
            try:
                done.put(self._sent(address, numbers, headers, most, given_up, method, beginning=beginning))
            except BiblioError as error:
                done.put(error)
            except Exception as error:  # noqa: BLE001  # whatever the library raises, nobody would be told in a thread
                fault = diagnose("E153", host=address.host, reason=_reason(error))
                done.put(Unreached(fault, _failure(error)))

        # A server that sends a byte from time to time keeps every single wait short: the whole is timed from outside.
        threading.Thread(target=work, daemon=True).start()
        try:
            reply = done.get(timeout=seconds)
        except queue.Empty:
            fault = diagnose("E154", host=address.host, seconds=f"{seconds:g}")
            raise Unreached(fault, Failure.TIME_OUT) from None
        finally:
            given_up.set()
        if isinstance(reply, BiblioError):
            raise reply
        return reply

    def _sent(
        self,
        address: Address,
        numbers: Sequence[str],
        headers: Mapping[str, str],
        most: int,
        given_up: threading.Event,
        method: str,
        *,
        beginning: bool,
    ) -> Reply:
        import httpx  # a tenth of a second, which only those wait for who ask the network

        client = self._opened()
        hosts = tuple(numbers[:_MOST_TRIED]) or (address.host,)
        sent = {**headers, "Host": address.authority, "Accept-Encoding": "gzip", "Connection": "close"}
        for place, host in enumerate(hosts):
            shown = f"[{host}]" if ":" in host else host
            url = f"{address.scheme}://{shown}:{address.port}{address.target}"
            request = client.build_request(method, url, headers=sent, extensions={"sni_hostname": address.host})
            request.extensions["timeout"] = httpx.Timeout(READING, connect=CONNECTING).as_dict()
            try:
                response = client.send(request, stream=True, follow_redirects=False)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if place + 1 < len(hosts) and not given_up.is_set():
                    continue
                raise
            try:
                received = {name.lower(): value for name, value in response.headers.items()}
                if method == "HEAD":
                    return Reply(response.status_code, received, b"")
                if beginning:
                    return Reply(
                        response.status_code, received, _beginning(response.iter_raw(), received, most, given_up)
                    )
                pieces = _counted(response.iter_raw(), address, most, given_up)
                body = _unpacked(pieces, received.get("content-encoding", ""), address, most)
                return Reply(response.status_code, received, body)
            finally:
                response.close()
        raise AssertionError("a host has a number")

    def _opened(self) -> httpx.Client:
        if self._client is None:
            import httpx

            # Nothing is taken from the environment or from a .netrc but, as for every program that speaks TLS, the
            # certificates that it names: some networks have their own.
            limits = httpx.Limits(max_keepalive_connections=0)
            verify = _certificates(os.environ.get("SSL_CERT_FILE", ""), os.environ.get("SSL_CERT_DIR", ""))
            proxy = self._proxy or None
            self._client = httpx.Client(
                trust_env=False, verify=verify, limits=limits, proxy=proxy, transport=self._transport
            )
        return self._client


@cache
def _certificates(file: str, folder: str) -> ssl.SSLContext:  # what httpx reads in the environment
    """The certificates to trust: reading them takes longer than an answer from a server nearby."""
    import httpx

    return httpx.create_ssl_context(trust_env=True)


def resolved(host: str, port: int) -> Sequence[str]:
    """The numbers of a host, as the system finds them. Raises ``OSError``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(str(place[0]) for *_, place in found)


def _counted(pieces: Iterator[bytes], address: Address, most: int, given_up: threading.Event) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > most or given_up.is_set():
            raise _too_large(address, most)
        yield piece


def _unpacked(pieces: Iterator[bytes], coding: str, address: Address, most: int) -> bytes:
    """The body of an answer, unpacked a little at a time: a packed one may be a thousand times as long."""
    coding = coding.strip().lower()
    if coding in ("", "identity"):
        return b"".join(pieces)
    if coding not in ("gzip", "x-gzip"):
        raise BiblioError(diagnose("E156", host=address.host, found=coding[:40]))
    out = bytearray()
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        for piece in pieces:
            rest = piece
            while rest and not unpacker.eof:
                out += unpacker.decompress(rest, _PIECE)
                rest = unpacker.unconsumed_tail
                if len(out) > most:
                    raise _too_large(address, most)
        while not unpacker.eof and (more := unpacker.decompress(b"", _PIECE)):
            out += more
    except zlib.error as error:
        raise BiblioError(diagnose("E156", host=address.host, found="gzip ?")) from error
    if not unpacker.eof:
        raise BiblioError(diagnose("E156", host=address.host, found="gzip …"))
    return bytes(out)


def _beginning(pieces: Iterator[bytes], headers: Mapping[str, str], most: int, given_up: threading.Event) -> bytes:
    """The first bytes of a body, unpacked; as far as they can be, where something is wrong with what comes next."""
    coding = headers.get("content-encoding", "").strip().lower()
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16) if coding in ("gzip", "x-gzip") else None
    out = bytearray()
    try:
        for piece in pieces:
            out += piece if unpacker is None else unpacker.decompress(piece, most)
            if len(out) >= most or given_up.is_set() or (unpacker is not None and unpacker.eof):
                break
    except zlib.error:
        pass
    return bytes(out[:most])


def _failure(error: Exception) -> Failure:
    """How a server failed, by what the library raises."""
    import httpx

    inner: BaseException | None = error
    while inner is not None:
        if type(inner).__name__.startswith("SSL") and "CERTIFICATE_VERIFY_FAILED" in str(inner):
            return Failure.CERTIFICATE
        inner = inner.__cause__ or inner.__context__
    if isinstance(error, httpx.TimeoutException):
        return Failure.TIME_OUT
    return Failure.REFUSED if isinstance(error, httpx.ConnectError) else Failure.BROKEN_OFF


def _too_large(address: Address, most: int) -> BiblioError:
    return BiblioError(diagnose("E155", host=address.host, limit=most // 1_000_000))


def _reason(error: Exception) -> str:
    """What the system says of a failure, in one line, without the numbers of hosts."""
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, OSError) and inner.strerror:
            return inner.strerror
        inner = inner.__cause__ or inner.__context__
    return " ".join(str(error).split())[:200] or type(error).__name__
