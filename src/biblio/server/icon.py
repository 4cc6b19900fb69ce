"""The desk behind an icon: a second double click shows the one that is open, which ends when nobody looks any more."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from biblio.project.keep import load, save
from biblio.project.kept import ENDING, user_cache
from biblio.project.lock import held_if_free
from biblio.server.run import serve, show

# Seconds without a page that is open, after which the desk ends: it has no window to close, nor a terminal.
IDLE = 600.0
# Seconds that the desk which is there may take to say its address.
WAIT = 20.0
_KEPT, _LARGEST = 64, 1_000


def serve_once(root: Path, lang: str, *, announce: Callable[[str], None], traceback: bool = False) -> None:
    """Opens in the browser the desk of ``root``: the one that is there, or else a new one, which it then serves.

    The address, with its token, stands meanwhile in the user's cache, for the user alone. Where nothing can be kept
    there, every desk is a new one.
    """
    place, key = _place_of(root)
    with _alone(place, key) as alone:
        address = None if alone else _awaited(place, key)
        if address is not None:
            announce(address)
            show(address)
            return

        def keep(address: str) -> None:
            if alone and place is not None:
                save(place, key, address, _KEPT, _KEPT * _LARGEST)
            announce(address)

        try:
            serve(root, 0, lang, browser=True, announce=keep, traceback=traceback, idle=IDLE)
        finally:
            if alone and place is not None:
                with suppress(OSError):
                    (place / f"{key}{ENDING}").unlink()


def _place_of(root: Path) -> tuple[Path | None, str]:
    """The folder of the addresses, if there can be one, and the name of this project's."""
    cache = user_cache()
    place = Path(cache, "desks") if cache else None
    return place, hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:32]


@contextmanager
def _alone(place: Path | None, key: str) -> Iterator[bool]:
    """Whether no other process has this desk; the system ends that with the process, however it ends."""
    with ExitStack() as stack:
        alone = True
        if place is not None:
            with suppress(OSError):  # a cache that cannot be written to, a disk without locks
                place.mkdir(mode=0o700, parents=True, exist_ok=True)
                alone = stack.enter_context(held_if_free(place, key))
        yield alone


def _awaited(place: Path | None, key: str) -> str | None:
    """The address of the desk that is there; ``None`` when it does not say it."""
    limit = time.monotonic() + WAIT
    while place is not None and time.monotonic() < limit:
        address = load(place, key, _LARGEST)
        if isinstance(address, str):
            return address
        time.sleep(0.1)
    return None
