"""What an import makes of files: of those of what is merged, and of the one at whose end new references go.

Everything is worked out before the first file is touched (``editing.works`` writes them).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from biblio.editing.entries import appended
from biblio.editing.works import Work
from biblio.formats.bibtex.writer import write_bibtex
from biblio.importing.edit import edited
from biblio.importing.plan import Plan
from biblio.project.source import SourceFile
from biblio.words.faults import BiblioError, Diagnostic, Span, diagnose


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


def _is_same(file: SourceFile, other: SourceFile) -> bool:
    return os.path.realpath(file.place) == os.path.realpath(other.place)
