"""Writes several files, all of them or none.

Each is the whole old one or the whole new one, and where one cannot be written, those before it are put back.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from biblio.project.overwrite import overwrite, remove
from biblio.words.faults import BiblioError, Span, diagnose


@dataclass(frozen=True, slots=True)
class Work:
    """A file as it was and as it will be; ``None``: it was not there, or will not be."""

    path: str
    place: Path
    before: bytes | None
    after: bytes | None

    @property
    def inverse(self) -> Work:
        """What makes the file what it was."""
        return Work(self.path, self.place, self.after, self.before)


def write(works: Sequence[Work], within: Path | None) -> None:
    """Puts the files in their places, all of them or none; ``within`` is the folder that links may lead to a file of.

    Folders that are missing are made, and taken away again with the files. Raises ``BiblioError`` (E105, E133, E134):
    every file is then what it was. One that cannot be put back, as the disk may be gone by then, or as somebody may
    have changed it meanwhile, is named (E215).
    """
    done: list[Work] = []
    folders: list[Path] = []
    try:
        for work in works:
            _make_folder_of(work, folders)
            _put(work, within)
            done.append(work)
    except BaseException as error:  # whatever it is, nothing may be left half done
        if not isinstance(error, BiblioError) and len(done) < len(works) and _is_written(works[len(done)]):
            done.append(works[len(done)])  # it was stopped between the writing and the noting
        left = [work.path for work in reversed(done) if not _is_put_back(work, within)]
        for folder in reversed(folders):
            with suppress(OSError):  # what somebody else has put there meanwhile stays
                folder.rmdir()
        if left:
            raise BiblioError(diagnose("E215", Span(left[-1]), files=", ".join(reversed(left)))) from None
        raise


def _make_folder_of(work: Work, made: list[Path]) -> None:
    """Makes the folder of a file that is to be, and those that it is in; the new ones are added to ``made``.

    Raises ``BiblioError`` (E105) with the system's reason, as where a file has the name of one of them.
    """
    if work.after is None:
        return
    parents = [work.place.parent, *work.place.parent.parents]
    try:
        missing = list(takewhile(lambda folder: not folder.exists(), parents))
        for folder in reversed(missing):
            with suppress(FileExistsError):  # somebody has just made it, or it is a link to nowhere
                folder.mkdir()
                made.append(folder)
        if not work.place.parent.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    except OSError as error:
        raise _unwritable(work, error) from error


def _put(work: Work, within: Path | None) -> None:
    """Makes a file what it will be, unless it is no longer what it was."""
    if work.after is None:
        if work.before is not None:
            remove(work.place, work.before)
        return
    try:
        is_there = work.place.is_file()
    except OSError as error:  # in a folder that may not be looked into
        raise _unwritable(work, error) from error
    if work.before is None and is_there:
        raise BiblioError(diagnose("E134", Span(work.path)))
    overwrite(work.place, work.after, work.before, within)


def _unwritable(work: Work, error: OSError) -> BiblioError:
    return BiblioError(diagnose("E105", Span(work.path), reason=error.strerror or str(error)))


def _is_written(work: Work) -> bool:
    """Whether a file is what it is to be, and was not so before."""
    try:
        found = work.place.read_bytes() if work.place.is_file() else None
    except OSError:
        return False
    return found == work.after != work.before


def _is_put_back(work: Work, within: Path | None) -> bool:
    """Puts a file back as it was before, unless it is no longer what was written; whether that is done."""
    try:
        _put(work.inverse, within)
    except (BiblioError, OSError):
        return False
    return True
