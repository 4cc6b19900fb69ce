"""Reads a file whole: a regular one, of a size that its kind may have, without waiting for anybody."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from biblio.project.temporary import NO_FILE
from biblio.words.faults import BiblioError, Span, diagnose

MAX_FILE = 200_000_000  # bytes of any file
MAX_SETTINGS = 1_000_000  # of settings, themes, a spec, the knobs of a style: what people type
MAX_RECORD = 32_000_000  # of what biblio writes for itself: manifests, known faults

# A pipe that nobody writes to would keep the reader waiting.
_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def read_bytes(path: Path, shown: str = "", most: int = MAX_FILE) -> bytes:
    """The bytes of a file. Raises ``BiblioError`` (E104) with the system's reason when it cannot be read.

    ``shown`` is the file's name in messages, when that is not its last part; a file beyond ``most`` bytes is refused
    by its size.
    """
    try:
        return read_plainly(path, most)
    except OSError as error:
        name = shown or os.fsencode(path.name).decode(errors="replace")
        raise BiblioError(diagnose("E104", Span(name), reason=error.strerror or str(error))) from error


def read_plainly(path: Path, most: int = MAX_FILE) -> bytes:
    """The same, with the system's own ``OSError``."""
    # A device may do something when it is opened: it is looked at first, and again once it is open.
    _require_file(path.stat(), most)
    with os.fdopen(os.open(path, _READING), "rb") as file:
        _require_file(os.fstat(file.fileno()), most)
        content = file.read(most + 1)
    if len(content) > most:  # it grew meanwhile
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return content


def read_part(path: Path, start: int, stop: int) -> bytes:
    """The bytes of a file between two offsets, as far as it has them. Raises ``OSError`` and ``ValueError``."""
    if not 0 <= start <= stop <= MAX_FILE:
        raise ValueError(start, stop)
    _require_file(path.stat(), MAX_FILE)
    with os.fdopen(os.open(path, _READING), "rb", buffering=0) as file:
        _require_file(os.fstat(file.fileno()), MAX_FILE)
        file.seek(start)
        return file.read(stop - start) or b""


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a path, its links followed, is in a folder, its own links followed."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _require_file(status: os.stat_result, most: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):  # a device never ends
        raise OSError(errno.EINVAL, NO_FILE)
    if status.st_size > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
