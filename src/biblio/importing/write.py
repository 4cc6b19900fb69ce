"""Writes what an import brings: into the files of what is merged, and at the end of the one for what is new.

Everything is worked out before the first file is touched. Each of them is then the whole old one or the whole new one,
and where one cannot be written, those before it are put back.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from biblio.editing.entries import appended
from biblio.formats.bibtex.writer import write_bibtex
from biblio.importing.edit import edited
from biblio.importing.plan import Plan
from biblio.project.overwrite import overwrite
from biblio.project.source import SourceFile
from biblio.words.faults import BiblioError, Diagnostic, Span, diagnose


@dataclass(frozen=True, slots=True)
class Work:
    """A file as it was (``None``: it was not there) and as it will be."""

    path: str
    place: Path
    before: bytes | None
    after: bytes


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that is to be written, and the fields that cannot be (E129)."""

    works: tuple[Work, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def prepare(plan: Plan, files: Sequence[SourceFile], into: SourceFile | None) -> Prepared:
    """What a plan makes of the files of the collection; ``into`` is where new references go, empty if it is not there.

    Raises ``BiblioError`` (E171) when nothing can be added to that file.
    """
    faults: list[Diagnostic] = []
    works: list[Work] = []
    everything = [*files, *([into] if into and not any(_is_same(file, into) for file in files) else [])]
    for file in everything:
        content, values = file.content, plan.changed.get(file.path)
        if values:
            made = edited(content, file.path, values)
            content = made.content
            faults += (
                diagnose("E129", Span(file.path), key, field=name, key=key, value=values[key][name])
                for key, name in made.left
            )
        if into is not None and _is_same(file, into) and plan.added:
            longer = appended(content, file.path, write_bibtex(plan.added, private=True))
            if longer is None:
                raise BiblioError(diagnose("E171", Span(file.path)))
            content = longer
        if content != file.content:
            works.append(Work(file.path, file.place, file.content if os.path.lexists(file.place) else None, content))
    return Prepared(tuple(works), tuple(faults))


def write(prepared: Prepared, within: Path | None) -> None:
    """Puts the files in their places, all of them or none; ``within`` is the folder that links may lead to a file of.

    Raises ``BiblioError`` (E105, E133, E134): every file is then what it was. One that cannot be put back, as the disk
    may be gone by then, or as somebody may have changed it meanwhile, is named (E215).
    """
    done: list[Work] = []
    try:
        for work in prepared.works:
            work.place.parent.mkdir(parents=True, exist_ok=True)
            overwrite(work.place, work.after, work.before, within)
            done.append(work)
    except (BiblioError, KeyboardInterrupt):
        if left := [work.path for work in reversed(done) if not _is_put_back(work, within)]:
            raise BiblioError(diagnose("E215", Span(left[-1]), files=", ".join(reversed(left)))) from None
        raise


def _is_put_back(work: Work, within: Path | None) -> bool:
    """Puts a file back as it was before, unless it is no longer what was written; whether that is done."""
    try:
        if work.before is None:
            if work.place.read_bytes() != work.after:
                return False
            work.place.unlink()
        else:
            overwrite(work.place, work.before, work.after, within)
    except (BiblioError, OSError):
        return False
    return True


def _is_same(file: SourceFile, other: SourceFile) -> bool:
    return os.path.realpath(file.place) == os.path.realpath(other.place)
