"""Writes several files, all of them or none.

Each is the whole old one or the whole new one, and where one cannot be written, those before it are put back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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

    Raises ``BiblioError`` (E105, E133, E134): every file is then what it was. One that cannot be put back, as the disk
    may be gone by then, or as somebody may have changed it meanwhile, is named (E215).
    """
    done: list[Work] = []
    try:
        for work in works:
            _put(work, within)
            done.append(work)
    except (BiblioError, KeyboardInterrupt):
        if left := [work.path for work in reversed(done) if not _is_put_back(work, within)]:
            raise BiblioError(diagnose("E215", Span(left[-1]), files=", ".join(reversed(left)))) from None
        raise


def _put(work: Work, within: Path | None) -> None:
    """Makes a file what it will be, unless it is no longer what it was."""
    if work.after is None:
        if work.before is not None:
            remove(work.place, work.before)
        return
    if work.before is None and work.place.is_file():
        raise BiblioError(diagnose("E134", Span(work.path)))
    work.place.parent.mkdir(parents=True, exist_ok=True)
    overwrite(work.place, work.after, work.before, within)


def _is_put_back(work: Work, within: Path | None) -> bool:
    """Puts a file back as it was before, unless it is no longer what was written; whether that is done."""
    try:
        _put(work.inverse, within)
    except (BiblioError, OSError):
        return False
    return True
