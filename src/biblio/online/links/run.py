"""Looks at many addresses side by side: one thread a host, as many at once as there are threads."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from biblio.collection.link_history import Cause, Sighting
from biblio.online.links.observe import Observer, PutOff
from biblio.words.faults import BiblioError, diagnose

THREADS = 8
# What answers for as long as there is a network: asked when nothing else did.
WITNESS = "https://doi.org/"
_WITHOUT_NETWORK = frozenset({Cause.UNKNOWN_HOST, Cause.UNREACHABLE, Cause.TIME_OUT, Cause.BROKEN_OFF})


@dataclass(frozen=True, slots=True)
class PutOffAddress:
    """An address that was not looked at, for its host wants to be left alone."""

    address: str


Looked = Sighting | PutOffAddress


def look_at_all(observer: Observer, addresses: Iterable[str], day: str, threads: int = THREADS) -> Iterator[Looked]:
    """What is at some addresses, as it is found. Whoever stops asking for more ends the work.

    Nothing that failed is given before something has answered, were it only the witness: without a network every
    address would have failed. Raises ``BiblioError`` (E242) when there is none.
    """
    held: list[Sighting] = []
    answered = False
    for each in _looked(observer, addresses, day, threads):
        if isinstance(each, Sighting) and not answered:
            if each.cause in _WITHOUT_NETWORK and not each.status:
                held.append(each)
                continue
            answered = each.cause not in (Cause.ODD, Cause.LOCAL)
        yield each
    if held and not answered and not observer.answers_at_all(WITNESS):
        raise BiblioError(diagnose("E242", count=len(held)))
    yield from held


def _looked(observer: Observer, addresses: Iterable[str], day: str, threads: int) -> Iterator[Looked]:
    hosts: dict[str, list[str]] = {}
    for address in addresses:
        hosts.setdefault(_host(address), []).append(address)
    # The longest rows first: they take longest.
    waiting: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    for row in sorted(hosts.values(), key=len, reverse=True):
        waiting.put(row)
    found: queue.SimpleQueue[Looked | BaseException | None] = queue.SimpleQueue()
    stop = threading.Event()

    def work() -> None:
        try:
            while not stop.is_set():
                for address in waiting.get_nowait():
                    if stop.is_set():
                        break
                    try:
                        found.put(observer.look(address, day))
                    except PutOff:
                        found.put(PutOffAddress(address))
        except queue.Empty:
            pass
        except BaseException as error:  # noqa: BLE001  # told where it is looked at: nobody hears a thread
            found.put(error)
        found.put(None)

    running = min(threads, len(hosts))
    for _ in range(running):
        threading.Thread(target=work, daemon=True).start()
    try:
        while running:
            each = found.get()
            if each is None:
                running -= 1
            elif isinstance(each, BaseException):
                raise each
            else:
                yield each
    finally:
        stop.set()


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
