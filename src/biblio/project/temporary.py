"""A file on its way: written whole beside its place, under a name that nothing else has, and renamed when done."""

from __future__ import annotations

import errno
import os
import platform
import secrets
import stat
import zlib
from contextlib import suppress
from pathlib import Path

# Never through a link, never into a file that is there already.
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
NO_FILE = "not a regular file"
_DAY = 86_400  # seconds


def beside(folder: Path, slug: str = "") -> Path:
    """A name in ``folder`` for a file on its way; of a dossier's outputs, one that ``sweep_outputs`` knows again.

    It is short whatever the file is called in the end, and says which process of which machine writes it.
    """
    return folder / f".biblio-{slug}.{_machine()}.{os.getpid()}.{secrets.token_hex(4)}.tmp"


def write(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Writes a file that is not there yet, down to the disk. ``mode`` is what the user's mask takes rights from."""
    with os.fdopen(os.open(path, _NEW, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def require_regular(path: Path) -> os.stat_result | None:
    """What stands at ``path`` itself, no link followed, or ``None`` when nothing does.

    Raises ``OSError`` for what a file must not take the place of: a folder, a pipe, a device, a socket.
    """
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISLNK(status.st_mode)):
        raise OSError(errno.EINVAL, NO_FILE, str(path))
    return status


def sweep_outputs(folder: Path, slug: str) -> None:
    """For whoever holds a dossier's lock: no build is then at work. A slug holds no point: the files are its own."""
    for left in folder.glob(f".biblio-{slug}.*.tmp"):
        left.unlink(missing_ok=True)


def sweep_left(folder: Path) -> None:
    """Removes what processes that are no more have left on the way to files of the user's own."""
    with suppress(OSError):
        for path in folder.glob(".biblio-.*.tmp"):
            if _is_left(path):
                path.unlink(missing_ok=True)


def _is_left(path: Path) -> bool:
    """Whether nobody writes a file any more: its process has ended, or, on another machine, had a day to."""
    machine, process = [*path.name.split("."), "", ""][2:4]
    if machine == _machine() and process.isdecimal() and hasattr(os, "fork"):
        return not _is_alive(int(process))
    # The folder's own time is that of the disk's clock, whatever this machine's says.
    return path.parent.stat().st_mtime - path.lstat().st_mtime > _DAY


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # another user's
        return True
    return True


def _machine() -> str:
    """Tells this machine from another one that writes to the same disk."""
    return f"{zlib.crc32(platform.node().encode('utf-8', 'surrogateescape')):08x}"
