"""Writes outputs so that each file is the whole old one or the whole new one, whatever happens.

A file is written beside its place under a temporary name, flushed to the disk, then renamed over the old one, which
POSIX makes atomic (rename(2)). One lock a dossier keeps two builds apart, and whoever holds it sweeps the temporary
files of a killed one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from biblio.words.faults import BiblioError, Span, diagnose

try:
    import fcntl
except ImportError:  # Windows: builds are atomic there too, but two at once are not kept apart
    fcntl = None  # type: ignore[assignment]

_TEMPORARY = ".biblio-{name}.tmp"


def publish(outputs: Mapping[str, bytes], folder: Path, slug: str) -> None:
    """Writes every output of a dossier into ``folder``, which is made if need be; the last one last.

    Raises ``BiblioError`` (E105) with the system's reason; the files that were there are then still there, whole.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _lock(folder / f".biblio-{slug}.lock"):
            _remove_stale(folder, slug)
            temporaries = {name: folder / _TEMPORARY.format(name=name) for name in outputs}
            try:
                # All are written before any is renamed: a full disk then costs no output at all.
                for name, content in outputs.items():
                    _write(temporaries[name], content)
                for name, temporary in temporaries.items():
                    temporary.replace(folder / name)
            finally:
                for temporary in temporaries.values():
                    with suppress(OSError):
                        temporary.unlink(missing_ok=True)
            _flush_folder(folder)
    except OSError as error:
        path = Path(error.filename).name if isinstance(error.filename, str) else folder.name
        path = path.removeprefix(".biblio-").removesuffix(".tmp")
        raise BiblioError(diagnose("E105", Span(path), reason=error.strerror or str(error))) from error


def sweep(folder: Path, slug: str) -> None:
    """Removes the temporary files that a killed build of a dossier has left; leaves those of one at work."""
    with suppress(OSError):
        if any(folder.glob(_TEMPORARY.format(name=f"{slug}.*"))):
            with _lock(folder / f".biblio-{slug}.lock"):
                _remove_stale(folder, slug)


def _remove_stale(folder: Path, slug: str) -> None:
    """For whoever holds the lock: no build is then at work. A slug holds no point, so the files are its own."""
    for stale in folder.glob(_TEMPORARY.format(name=f"{slug}.*")):
        stale.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    try:
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        error.filename = str(path)  # the system names it only when it cannot be opened
        raise


def _flush_folder(folder: Path) -> None:
    """Puts the renames on the disk too, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Waits for, then holds, the lock of one dossier; the system frees it with the process."""
    with path.open("wb") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
