"""A cluster of Dask's that the user has named, behind the interface of ``concurrent.futures``. The one door to it.

The user's address is the only one that is asked; certificates of TLS are those of Dask's own configuration. Workers
that do not run this very program are left aside.
"""

from __future__ import annotations

import logging
import re
import socket
import warnings
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from biblio.build.distant import program, render_order
from biblio.build.parcel import Parcel
from biblio.words.faults import BiblioError, Diagnostic, diagnose, problem_of

PREFIX = "dask:"
ANSWER = 10.0  # seconds that a scheduler may take to answer
_ADDRESS = re.compile(r"(?:(?P<scheme>tcp|tls)://)?(?P<host>[\w.-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\]):(?P<port>\d{1,5})")
_LOGGERS = ("distributed", "distributed.client", "tornado", "tornado.application", "bokeh")

Tell = Callable[[Diagnostic], None]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a scheduler listens."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}"


def address_of(executor: str) -> Address:
    """The scheduler that ``dask:ADDRESS`` names. Raises ``BiblioError`` (E144) for any other word."""
    match = _ADDRESS.fullmatch(executor.removeprefix(PREFIX)) if executor.startswith(PREFIX) else None
    if match is None or not 0 < int(match["port"]) < 65_536:
        raise BiblioError(diagnose("E144", executor=executor))
    return Address(match["scheme"] or "tcp", match["host"], int(match["port"]))


class Cluster:
    """A scheduler, and those of its workers that run this very program; ``tell`` hears of each that does not, once.

    Raises ``BiblioError``: E145 without Dask, E146 when no scheduler answers.
    """

    def __init__(self, address: Address, formats: tuple[str, ...], tell: Tell) -> None:
        if find_spec("distributed") is None:
            raise BiblioError(diagnose("E145"))
        self.address, self._formats, self._tell = address, formats, tell
        self.program = program(formats)
        self._looked_at: dict[str, bool] = {}  # whether a worker runs it, by its address
        self._client = _connected(address)
        self._parts: dict[str, Any] = {}

    def workers(self) -> Mapping[str, int]:
        """How many threads each worker has that runs this program. Raises ``BiblioError`` (E147)."""
        there: Mapping[str, int] = self._asked(self._client.nthreads)
        new = [worker for worker in there if worker not in self._looked_at]
        if new:
            found = self._asked(self._client.run, program, self._formats, workers=new, on_error="return")
            for worker in new:
                self._look_at(worker, found.get(worker))
        return {worker: threads for worker, threads in there.items() if self._looked_at.get(worker)}

    def forget(self) -> None:
        """Has every worker looked at anew."""
        self._looked_at.clear()

    def _look_at(self, worker: str, found: Mapping[str, str] | Exception | None) -> None:
        if isinstance(found, OSError) or found is None:  # it has ended meanwhile
            return
        told = {"biblio": problem_of(found)} if isinstance(found, Exception) else found
        differing = sorted(name for name in {*told, *self.program} if told.get(name) != self.program.get(name))
        self._looked_at[worker] = not differing
        if differing:
            name = "biblio" if "biblio" in differing else differing[0]
            here, there = self.program.get(name) or "–", told.get(name) or "–"
            self._tell(diagnose("E149", worker=worker, name=name, here=here, there=there))

    def submit(self, parcel: Parcel, workers: Mapping[str, int]) -> Future[Parcel | None]:
        """Has an order rendered by one of these workers, and by another one if that ends; a part goes there once."""
        with _quiet():
            for name, part in parcel.parts.items():
                if name not in self._parts:  # a task of Python's own, which is done again where its result is lost
                    self._parts[name] = self._asked(self._client.submit, bytes, part, key=f"biblio-{name}")
            parts = {name: self._parts[name] for name in parcel.parts}
            executor = self._client.get_executor(pure=False, workers=list(workers), allow_other_workers=False)
            done: Future[Parcel | None] = self._asked(
                executor.submit, render_order, parcel.body, parcel.digest, dict(self.program), parts
            )
            return done

    def is_deadly(self, error: Exception) -> bool:
        """Whether a dossier has cost so many workers that the scheduler gave it up."""
        from distributed.scheduler import KilledWorker

        return isinstance(error, KilledWorker)

    def is_lost(self, error: Exception) -> bool:
        """Whether the scheduler is no more."""
        return isinstance(error, CancelledError) or self._client.status != "running"

    def lost(self) -> BiblioError:
        """What to raise where the scheduler is no more."""
        return BiblioError(diagnose("E147", address=str(self.address)))

    def close(self) -> None:
        """Gives up what is still to be done, and leaves."""
        with suppress(Exception):
            self._client.close(timeout=2)

    def _asked(self, function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        if self._client.status != "running":
            raise self.lost()
        try:
            return function(*arguments, **named)
        except Exception as error:
            raise self.lost() from error


def _connected(address: Address) -> Any:
    """A client of the scheduler. Raises ``BiblioError`` (E146)."""
    try:
        # The client would try again and again where nothing listens.
        socket.create_connection((address.host.strip("[]"), address.port), ANSWER).close()
        from distributed import Client

        for name in _LOGGERS:  # what is to be said is said in our words
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        with _quiet():
            return Client(str(address), timeout=ANSWER, set_as_default=False, direct_to_workers=False)
    except (OSError, ValueError, RuntimeError, TypeError) as error:
        reason = getattr(error, "strerror", None) or problem_of(error)
        raise BiblioError(diagnose("E146", address=str(address), reason=reason)) from error


def _quiet() -> warnings.catch_warnings[None]:
    return warnings.catch_warnings(action="ignore")
