"""One reference at the desk: read with the file that it stands in, looked at, and changed there."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from biblio.check.config import configuration
from biblio.check.directives import Directive, read_directives
from biblio.check.one import Told, faults_of_one
from biblio.check.source import SourceText
from biblio.compose import compose_notice
from biblio.document.tree import Notice
from biblio.dossier.kinds import DEFAULT_STYLE
from biblio.editing.entries import EntryChange, changed_entry
from biblio.editing.reread import reread
from biblio.editing.works import Work
from biblio.formats.bibtex.file import open_bibtex
from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.text import decode_bytes
from biblio.project.project import Project
from biblio.project.source import SourceFile
from biblio.reference.reference import Reference
from biblio.server.sections import naming
from biblio.text.nearest import nearest
from biblio.words.faults import BiblioError, diagnose, required

DEFAULT_LANGUAGE = "fr"


@dataclass(frozen=True, slots=True)
class Entry:
    """A reference and its file."""

    reference: Reference
    file: SourceFile

    @property
    def key(self) -> str:
        """Its citekey."""
        return self.reference.citekey

    def stamp(self, name: str) -> str:
        """What tells whether a field is still what it was."""
        return stamp(self.reference.raw.get(name))

    def works(self, change: EntryChange) -> Sequence[Work]:
        """The work of changing it; none when nothing is to change. Raises ``BiblioError`` as ``changed_entry``."""
        made = changed_entry(self.file.content, self.file.path, self.key, change)
        if made.diagnostics:
            raise BiblioError(made.diagnostics[0])
        return works_of(self.file, made.content)


def reference_of(project: Project, key: str) -> Reference:
    """The reference that a key leads to. Raises ``BiblioError`` (E109) when there is none."""
    reference = project.opened.value.get(key)
    if reference is None:
        alike = nearest(key, project.opened.value.citekeys_alike(key))
        raise BiblioError(diagnose("E109", key=key, known=alike or "–"))
    return reference


def entry_of(project: Project, key: str) -> Entry:
    """The entry that a key leads to. Raises ``BiblioError`` (E109) when there is none."""
    reference = reference_of(project, key)
    path = reference.origin.entry.path
    return Entry(reference, next(file for file in project.reference_files if file.path == path))


def works_of(file: SourceFile, content: bytes) -> Sequence[Work]:
    """The work of giving a file another content; none when it has it."""
    return () if content == file.content else (Work(file.path, file.place, file.content, content),)


def source_of(entry: Entry) -> str:
    """The text of a reference as it stands in its file."""
    file = open_bibtex(entry.file.content, entry.file.path)
    found = file.entries[file.keys.index(entry.key)]
    return file.text[found.offset : found.end]


def stamp_after(entry: Entry, works: Sequence[Work], name: str) -> str:
    """The stamp of a field once its file is written: of the value as it will be read, which need not be as typed."""
    if not works:
        return entry.stamp(name)
    text = source_of(Entry(entry.reference, SourceFile(entry.file.path, works[0].after)))
    return stamp(read_bibtex(text.encode("utf-8", "replace"), entry.file.path).value[0].raw.get(name))


def stamp(value: str | None) -> str:
    """A short digest of a value as typed; empty for none."""
    return "" if value is None else hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:16]


# --- how it looks ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Look:
    """A reference as it would be printed, and what is to be said of it."""

    reference: Reference
    notice: Notice
    faults: Sequence[Told]


def look_at(project: Project, entry: Entry, values: Mapping[str, str | None], slug: str) -> Look:
    """How a reference would look with other values, in the style of a dossier. Nothing is written."""
    read = reread(entry.reference, values)
    return Look(read.reference, notice_of(project, read.reference, slug), faults_of(project, entry, values))


def notice_of(project: Project, reference: Reference, slug: str) -> Notice:
    """The notice of a reference in the style and the language of a dossier. Raises ``BiblioError`` as ``style``."""
    spec = project.dossier(slug).value if slug in project.slugs else None
    style = required(project.style(spec.style if spec else DEFAULT_STYLE))
    return compose_notice(reference, style, spec.lang if spec else DEFAULT_LANGUAGE).value


def faults_of(project: Project, entry: Entry, values: Mapping[str, str | None]) -> Sequence[Told]:
    """The faults that a reference would have with other values, but for those that a comment of its file silences."""
    read = reread(entry.reference, values)
    settings = configuration(project.root)
    line = entry.reference.origin.entry.line
    silent = tuple(code for each in _directives(entry.file) if each.first <= line <= each.last for code in each.codes)
    return tuple(
        told
        for told in faults_of_one(read.reference, read.text, read.diagnostics, settings)
        if not told.diagnostic.code.startswith(silent) and settings.wants_in(told.diagnostic.code, entry.file.path)
    )


@lru_cache(maxsize=4)
def _directives(file: SourceFile) -> Sequence[Directive]:
    return read_directives(SourceText(file.path, decode_bytes(file.content, file.path).value))[0]


def dossier_for(project: Project, reference: Reference) -> str:
    """The dossier in whose style a reference is shown first: one that names it, else the first; empty for none."""
    return next(naming(project, reference.keys), next(iter(project.slugs), ""))
