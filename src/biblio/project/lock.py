"""One lock a dossier in a folder: of several builds, one at a time puts its files in place."""

from __future__ import annotations

import errno
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from biblio.words.faults import BiblioError, Span, diagnose

# Seconds. Files are put in place in a fraction of one: whoever holds a lock so long is not going to give it back.
PATIENCE = 20.0


def nobody_told() -> None:
    """For those who do not say that they wait."""


@contextmanager
def held(
    folder: Path, slug: str, waiting: Callable[[], None] = nobody_told, patience: float | None = None
) -> Iterator[None]:
    """Holds the lock of a dossier in ``folder``; the system frees it with the process.

    When another process has it, ``waiting`` is called at once, and after ``patience`` seconds (``PATIENCE``) the work
    is given up: ``BiblioError`` (E131). Raises ``OSError`` where no lock can be had. The lock's file is opened without
    following a link, and nothing is written to it.
    """
    # Some 60 ms, for those commands alone that write something.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where the system has no locks, a file that is there or not does their work
        from filelock import FileLock, Timeout

    lock = FileLock(folder / f".biblio-{slug}.lock")
    limit = PATIENCE if patience is None else patience
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            waiting()
            lock.acquire(timeout=limit)
    except Timeout as error:
        name = Span(Path(lock.lock_file).name)
        raise BiblioError(diagnose("E131", name, slug=slug, seconds=round(limit))) from error
    except NotImplementedError as error:  # a disk without locks
        raise OSError(errno.ENOSYS, str(error), lock.lock_file) from error
    except OSError as error:  # the system names no file where it has no lock to give (ENOLCK)
        raise OSError(error.errno, error.strerror or str(error), lock.lock_file) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def held_if_free(folder: Path, slug: str) -> Iterator[bool]:
    """The lock of a dossier, if nobody has it: whether it is held."""
    try:
        with held(folder, slug, patience=0):
            yield True
    except BiblioError as error:
        if error.diagnostic.code != "E131":
            raise
        yield False
