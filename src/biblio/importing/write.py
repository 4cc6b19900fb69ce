"""What an import makes of files: of those of what is merged, and of the one at whose end new references go.

Everything is worked out before the first file is touched (``editing.works`` writes them).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from biblio.collection.library import Library
from biblio.editing.entries import appended
from biblio.editing.works import Work
from biblio.formats.bibtex.writer import write_bibtex
from biblio.importing.corrected import Correction
from biblio.importing.edit import Edited, Values, edited
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
            faults += _left(made, file.path, values)
        if into is not None and _is_same(file, into) and plan.added:
            longer = appended(content, file.path, write_bibtex(plan.added, private=True))
            if longer is None:
                raise BiblioError(diagnose("E171", Span(file.path)))
            content = longer
        if content != file.content:
            works.append(Work(file.path, file.place, file.content if os.path.lexists(file.place) else None, content))
    return Prepared(tuple(works), tuple(faults))


def prepare_corrections(corrections: Iterable[Correction], library: Library, files: Iterable[SourceFile]) -> Prepared:
    """What the corrections that are sure make of the files of the collection, and the fields that cannot be written."""
    values: dict[str, dict[str, dict[str, str | None]]] = {}
    for each in corrections:
        reference = library.get(each.key) if each.field else None
        if reference is not None:
            entries = values.setdefault(reference.origin.entry.path, {})
            entries.setdefault(reference.citekey, {})[each.field] = each.value
    works, faults = [], []
    for file in files:
        if file.path in values:
            made = edited(file.content, file.path, values[file.path])
            faults += _left(made, file.path, values[file.path])
            if made.content != file.content:
                works.append(Work(file.path, file.place, file.content, made.content))
    return Prepared(tuple(works), tuple(faults))


def _left(made: Edited, path: str, values: Values) -> list[Diagnostic]:
    """The fields that could not be written (E129)."""
    return [
        diagnose("E129", Span(path), key, field=name, key=key, value=values[key][name] or "") for key, name in made.left
    ]


def _is_same(file: SourceFile, other: SourceFile) -> bool:
    return os.path.realpath(file.place) == os.path.realpath(other.place)
