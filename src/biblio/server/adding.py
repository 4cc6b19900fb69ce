"""References that are not in the collection yet, typed or found: what each probably is already, and how it is added."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from operator import attrgetter
from typing import NamedTuple

from biblio.check.config import configuration
from biblio.collection.wanted import NOTHING, Column, Wanted, Worded, either, words_in
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
from biblio.text.inline import plain
from biblio.words.faults import BiblioError, Span, diagnose

FIRST = f"{REFERENCES}/references{BIBTEX}"
FEW = 2_000  # references that are all compared
LONGEST = 4  # words of a title
LONG_ENTRY = 20_000  # bytes
_MARKS = attrgetter("doi", "isbn", "pmid", "pmcid", "eprint", "url")
_HEAD = re.compile(rb"^@\w+\s*\{\s*(?P<key>[^,\s]+)\s*,", re.MULTILINE)
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
    known = _near(project, references)
    found = sames(known, references, configuration(project.root).accepted_pairs)
    return tuple(Same(known[each.number], each.by) if each and each.number < len(known) else None for each in found)


def _near(project: Project, references: Sequence[Reference]) -> Sequence[Reference]:
    """The references that these may be, by identifiers or by words of their titles; of a small collection, all."""
    library = project.opened.value
    if len(library) <= FEW:
        return list(library)
    titled = either([_titled(each) for each in references])
    marks = {mark.casefold().encode() for each in references for mark in _MARKS(each) if mark}
    keys = (key for file in project.reference_files for key in _keys_with(file.content, marks))
    named = (library.get(key) for key in keys)
    return list({each.citekey: each for each in (*library.wanted(titled), *named) if each}.values())


def _titled(reference: Reference) -> Wanted:
    """References whose titles have two of the longest words of its title, or the only one."""
    words = sorted(words_in(plain(reference.title)), key=lambda word: (-len(word), word))[:LONGEST]
    ways = tuple(combinations(words, 2)) or ((words[0],),) if words else ()
    return Worded(Column.TITLES, ways) if ways else NOTHING


def _keys_with(content: bytes, marks: Collection[bytes]) -> Iterator[str]:
    """The keys of the entries in whose text one of these stands."""
    folded = content.lower()
    for mark in marks:
        at = folded.find(mark)
        while at >= 0:
            heads = list(_HEAD.finditer(content, max(0, at - LONG_ENTRY), at))
            if heads:
                yield heads[-1]["key"].decode("utf-8", "replace")
            at = folded.find(mark, at + len(mark))


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
