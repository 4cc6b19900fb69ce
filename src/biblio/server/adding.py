"""References that are not in the collection yet, typed or found: what each probably is already, and how it is added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from biblio.check.config import configuration
from biblio.editing.entries import appended
from biblio.editing.works import Work
from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.bibtex.writer import entry
from biblio.importing.imported import Imported
from biblio.importing.keys import Keys
from biblio.importing.plan import OnDuplicate, plan
from biblio.importing.same import sames
from biblio.importing.settings import key_pattern
from biblio.importing.write import prepare
from biblio.project.project import BIBTEX, REFERENCES, Project
from biblio.project.settings import settings_file
from biblio.reference.reference import Reference
from biblio.server.bringing import files_of, target_of
from biblio.words.faults import BiblioError, Span, diagnose

FIRST = f"{REFERENCES}/references{BIBTEX}"
_NO_KEY = "x"


class Same(NamedTuple):
    """The reference that another one probably is, and the field by which."""

    reference: Reference
    by: str


def draft(kind: str, fields: Mapping[str, str]) -> Reference:
    """A reference that stands nowhere yet, without a key, as it would be read."""
    (read,) = read_bibtex(entry(kind, _NO_KEY, fields).encode("utf-8", "replace"), "").value
    return Reference.of({**read.__dict__, "citekey": ""})


def same_as(project: Project, references: Sequence[Reference]) -> tuple[Same | None, ...]:
    """What each reference probably is of those that the collection has."""
    known = list(project.opened.value)
    found = sames(known, references, configuration(project.root).accepted_pairs)
    return tuple(Same(known[each.number], each.by) if each and each.number < len(known) else None for each in found)


def key_for(project: Project, reference: Reference) -> str:
    """The key that the project's pattern gives a reference."""
    return Keys(key_pattern(settings_file(project.root)), project.opened.value.__contains__).for_(reference)


def files_for(project: Project) -> Sequence[str]:
    """The files that a reference may go to: those that there are, else the first."""
    return files_of(project) or (FIRST,)


def added(project: Project, reference: Reference, key: str, path: str) -> Sequence[Work]:
    """The work of adding one reference under a key. Raises ``BiblioError``: E228, E171, E225."""
    file = target_of(project, path)
    other = project.opened.value.get(key)
    if other is not None:
        raise BiblioError(diagnose("E225", None, key, key=key, first=other.origin.entry.where))
    content = appended(file.content, file.path, entry(reference.entry_type, key, reference.raw))
    if content is None:
        raise BiblioError(diagnose("E171", Span(file.path)))
    return [Work(file.path, file.place, file.content if file.place.exists() else None, content)]


def all_added(project: Project, found: Sequence[tuple[str, Reference]], path: str) -> Sequence[Work]:
    """The work of adding references, each with the name of who gave it, whatever they look like."""
    pattern = key_pattern(settings_file(project.root))
    read = [(source, Imported((reference,), source)) for source, reference in found]
    made = plan(project.opened.value, read, OnDuplicate.KEEP, pattern)
    return prepare(made, project.reference_files, target_of(project, path)).works
