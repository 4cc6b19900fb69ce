"""Where the index of a project stands, in the user's cache, and whether what stands there may be opened at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import stat
from pathlib import Path
from urllib.parse import quote

from biblio.project.index.schema import create, is_empty, is_ours
from biblio.project.kept import user_cache

KEPT = 32  # indexes in the folder; the oldest others go
LARGEST = 8 * 2**30  # bytes of an index
WAIT = 5.0  # seconds that another process may take to open an index
_MAGIC = b"SQLite format 3\0"
_PASSING = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY),
    *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOMEM),
}
_ENDINGS = ("", "-wal", "-shm", "-journal")


def folder() -> Path | None:
    """The folder of the indexes; ``None`` for a user without a home."""
    found = user_cache()
    return Path(found, "index") if found else None


def open_index(name: str, program: str) -> sqlite3.Connection | None:
    """The index of that name, made anew where this program has not written it; ``None`` where there can be none."""
    path = path_of(name)
    if path is None:
        return None
    place = path.parent
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_own(os.lstat(place), stat.S_ISDIR):
            return None
        return _open(path, program) or _open(path, program)
    except (OSError, sqlite3.Error):
        return None


def path_of(name: str) -> Path | None:
    """Where the index of that name is; ``None`` for a user without a home."""
    place = folder()
    return place and place / f"{hashlib.sha256(os.fsencode(name)).hexdigest()[:32]}.sqlite3"


def is_passing(error: BaseException | None) -> bool:
    """Whether an error says nothing against a database: it is held, there is no room, it may not be written to."""
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(code, int) and code & 0xFF in _PASSING


def remove_index(name: str) -> None:
    """Removes the index of that name, if there is one that may be opened; says nothing when it cannot."""
    path = path_of(name)
    with contextlib.suppress(OSError):
        if path is not None and _is_own(os.lstat(path), stat.S_ISREG):
            remove(path)


def remove(path: Path) -> None:
    """Removes an index with what SQLite has put beside it; says nothing when it cannot."""
    for ending in reversed(_ENDINGS):
        with contextlib.suppress(OSError):
            path.with_name(path.name + ending).unlink()


def _open(path: Path, program: str) -> sqlite3.Connection | None:
    """Opens an index; ``None`` when it had to be removed. Raises ``OSError`` and ``sqlite3.Error``."""
    for ending in _ENDINGS:
        beside = path.with_name(path.name + ending)
        with contextlib.suppress(FileNotFoundError):
            status = os.lstat(beside)
            if not _is_own(status, stat.S_ISREG) or status.st_nlink != 1:
                raise PermissionError  # nothing of ours: it is neither read nor removed
            if status.st_size > LARGEST or (not ending and _head(path) != _MAGIC):
                remove(path)
    flags = os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    os.close(os.open(path, flags, 0o600))
    connection = sqlite3.connect(
        f"file:{quote(os.fsencode(path))}?mode=rw",
        uri=True,
        isolation_level=None,
        timeout=WAIT,
        check_same_thread=False,
    )
    try:
        for setting in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "journal_mode = WAL"):
            connection.execute(f"PRAGMA {setting}")
        for setting in ("synchronous = NORMAL", "temp_store = MEMORY", "cache_size = -65536"):
            connection.execute(f"PRAGMA {setting}")
        if is_empty(connection):
            _make(connection, program, path)
        if is_ours(connection, program):
            return connection
    except sqlite3.Error as error:
        if is_passing(error):
            connection.close()
            raise
    connection.close()
    remove(path)
    return None


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(len(_MAGIC))


def _make(connection: sqlite3.Connection, program: str, path: Path) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if is_empty(connection):  # another process may have been faster
            create(connection, program)
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    _sweep(path)


def _sweep(own: Path) -> None:
    """Removes the oldest indexes beyond what is kept, never the one that is being made."""
    found = [path for path in own.parent.glob("*.sqlite3") if path != own]
    aged = sorted(found, key=lambda path: path.lstat().st_mtime_ns, reverse=True)
    for path in aged[KEPT - 1 :]:
        remove(path)


def _is_own(status: os.stat_result, is_kind: object) -> bool:
    own = not hasattr(os, "geteuid") or status.st_uid == os.geteuid()
    return own and bool(is_kind(status.st_mode))  # type: ignore[operator]
