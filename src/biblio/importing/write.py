"""Writes what an import brings: into the files of what is merged, and at the end of the one for what is new.

Everything is worked out before the first file is touched; each of them is then the whole old one or the whole new one.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from biblio.formats.bibtex.writer import write_bibtex
from biblio.importing.edit import appended, edited
from biblio.importing.plan import Plan
from biblio.project.overwrite import overwrite
from biblio.project.project import SourceFile
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
    """Puts the files in their places; ``within`` is the folder that links may lead to a file of.

    Raises ``BiblioError`` (E105, E133, E134): that file and those behind it are then what they were.
    """
    for work in prepared.works:
        work.place.parent.mkdir(parents=True, exist_ok=True)
        overwrite(work.place, work.after, work.before, within)


def _is_same(file: SourceFile, other: SourceFile) -> bool:
    return os.path.realpath(file.place) == os.path.realpath(other.place)
