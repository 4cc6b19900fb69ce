"""Writes a file of the user's back in its place, or takes it away, so that nobody's work is lost.

The rules, which docs/guide.md has in words for users:

- The file is the whole old one or the whole new one: the new text is written beside it and renamed.
- Whoever read it says what they read; a file that is no longer that is left alone (E134).
- The new file has the owner, the group, the rights and the extended attributes of the old one.
- A file with other names (hard links), or whose owner or group a new file could not have, is written in place, so that
  all its names go on naming the same file.
- A symbolic link stays one. Its file is written when it is inside ``within``, and refused otherwise (E133).
- A file that may not be written to is left alone, whoever asks; so are folders, pipes and devices (E105).
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from biblio.project.read import read_plainly
from biblio.project.temporary import beside, require_regular, sweep_left, write
from biblio.words.faults import BiblioError, Span, diagnose

_AS_IT_IS = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class _ChangedError(Exception):
    """The file is not what it was when it was read."""


def overwrite(path: Path, content: bytes, before: bytes | None = None, within: Path | None = None) -> None:
    """Puts ``content`` in place of a file, or makes it.

    ``before`` is what was read there, for a content that was made of it; ``within`` is the folder that links may lead
    to a file of, and without it no link is followed. Raises ``BiblioError``: E105 with the system's reason, E133 for a
    link that leads elsewhere, E134 for a file that has changed. It is then what it was.
    """
    try:
        target = _followed(path, within)
        status = require_regular(target)
        if status is not None and not _may_be_written(target, status):
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        sweep_left(target.parent)
        temporary = beside(target.parent)
        try:
            write(temporary, content, 0o666 if status is None else 0o600)
            alike = status is None or _dress(temporary, target, status)
            # Looked at again as late as can be.
            if before is not None and (status is None or read_plainly(target) != before):
                raise _ChangedError
            if alike and (status is None or status.st_nlink == 1):
                temporary.replace(target)
            else:
                _write_in_place(target, content, before)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    except _ChangedError as error:
        raise BiblioError(diagnose("E134", Span(_shown(path)))) from error
    except OSError as error:
        raise BiblioError(diagnose("E105", Span(_shown(path)), reason=error.strerror or str(error))) from error


def remove(path: Path, before: bytes) -> None:
    """Takes a file away in which stands what was read there.

    Raises ``BiblioError``: E105 with the system's reason, as for a link or for a file that may not be written to, E134
    for a file that has changed or is gone. It is then what it was.
    """
    try:
        target = _followed(path, None)
        status = require_regular(target)
        if status is None or read_plainly(target) != before:
            raise BiblioError(diagnose("E134", Span(_shown(path))))
        if not _may_be_written(target, status):
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        target.unlink()
    except OSError as error:
        raise BiblioError(diagnose("E105", Span(_shown(path)), reason=error.strerror or str(error))) from error


def _shown(path: Path) -> str:
    return os.fsencode(path.name).decode(errors="replace")


def _followed(path: Path, within: Path | None) -> Path:
    """The file itself, at the end of its links. Raises ``BiblioError`` (E133) when they lead out of ``within``."""
    if within is None:
        if path.is_symlink():
            raise OSError(errno.ELOOP, "a symbolic link")
        return path
    target = Path(os.path.realpath(path))
    if not target.is_relative_to(os.path.realpath(within)):
        raise BiblioError(diagnose("E133", Span(_shown(path))))
    return target


def _may_be_written(path: Path, status: os.stat_result) -> bool:
    """Whether somebody may write to the file, and this user may. A rename would not ask; neither does root."""
    return bool(status.st_mode & 0o222) and os.access(path, os.W_OK)


def _dress(new: Path, old: Path, status: os.stat_result) -> bool:
    """Gives a new file the owner, group, rights and attributes of an old one; whether the first two took."""
    made = new.lstat()
    if hasattr(os, "chown") and (made.st_uid, made.st_gid) != (status.st_uid, status.st_gid):
        try:
            os.chown(new, status.st_uid, status.st_gid)
        except OSError:
            return False
    new.chmod(stat.S_IMODE(status.st_mode))
    if hasattr(os, "listxattr"):  # Linux; access control lists are among them
        with suppress(OSError):
            for name in os.listxattr(old):
                with suppress(OSError):  # some are the system's alone to give
                    os.setxattr(new, name, os.getxattr(old, name))
    return True


def _write_in_place(path: Path, content: bytes, before: bytes | None) -> None:
    """Writes into the file itself. Its old text is put back when that fails; the new one stands beside it meanwhile."""
    with os.fdopen(os.open(path, _AS_IT_IS), "r+b", buffering=0) as file:
        old = file.read()
        if before is not None and old != before:
            raise _ChangedError
        try:
            _put(file.fileno(), content)
        except BaseException:  # Ctrl-C as well
            with suppress(OSError):
                _put(file.fileno(), old)
            raise


def _put(descriptor: int, content: bytes) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.ftruncate(descriptor, len(content))
    os.fsync(descriptor)
