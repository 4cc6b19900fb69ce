"""Reads BibTeX and biblatex files: one file to its references, or several to a library."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from biblio.collection.bulk import collector_paused
from biblio.collection.glance import Glance
from biblio.collection.library import Library, duplicate
from biblio.formats.bibtex.convert import convert
from biblio.formats.bibtex.file import BibFile, open_bibtex
from biblio.formats.bibtex.inherit import Source
from biblio.formats.text import start_of
from biblio.reference.reference import Reference
from biblio.text.collation import fold_key
from biblio.words.faults import Parsed, Span

_ENTRY = re.compile(r"^[ \t]*@[ \t]*[A-Za-z][\w-]*\s*[{(]", re.MULTILINE)


def read_bibtex(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of one file. ``path`` is the file's name in messages. Never raises for what the file holds."""
    with collector_paused():
        file = open_bibtex(content, path)
        shelf = _Shelf([file])
        built = [shelf.build(number) for number in range(len(file))]
        faults = (fault for parsed in built for fault in parsed.diagnostics)
        return Parsed(tuple(parsed.value for parsed in built), (*file.index.diagnostics, *faults))


def looks_like_bibtex(content: bytes) -> bool:
    """Whether a file has an entry at the start of a line: whatever stands between entries is a comment."""
    return _ENTRY.search(start_of(content)) is not None


def open_library(
    files: Sequence[BibFile],
    glance: Callable[[Library], Sequence[Glance] | None] | None = None,
) -> Parsed[Library]:
    """The library of some files with the faults of reading them; those of its values are the library's own to tell.

    ``glance`` is the library's. Of two entries with one key the first is kept and the second reported (P202), unless
    its key was made up.
    """
    shelf = _Shelf(files)
    diagnostics = [fault for file in files for fault in file.index.diagnostics]
    diagnostics += [
        duplicate(shelf.keys[second], shelf.place(second), shelf.place(first)) for second, first in shelf.duplicates
    ]
    kept = shelf.kept
    renumbered = {old: new for new, old in enumerate(kept)}
    aliases = {key: renumbered[number] for key, number in shelf.numbers.items() if number in renumbered}

    def build(number: int) -> Parsed[Reference]:
        return shelf.build(kept[number])

    return Parsed(Library([shelf.keys[number] for number in kept], build, aliases, glance), tuple(diagnostics))


def open_files(
    contents: Sequence[tuple[bytes, str]],
    opened: Callable[..., BibFile] = open_bibtex,
) -> list[BibFile]:
    """Several files of one library, each a content and a name, which may use each other's ``@string`` macros."""
    files = [opened(content, path) for content, path in contents]
    for number, file in enumerate(files):
        wanted = set(file.index.undefined)
        others = (each for other in files if other is not file for each in other.index.definitions)
        shared = {each.name: each.value for each in others if each.name in wanted} if wanted else {}
        if shared:
            files[number] = opened(*contents[number], shared)
    return files


class _Shelf:
    """The entries of some files, numbered through, and their keys."""

    def __init__(self, files: Sequence[BibFile]) -> None:
        self.places = [(file, number) for file in files for number in range(len(file))]
        self.keys: list[str] = []
        self.numbers: dict[str, int] = {}
        self.duplicates: list[tuple[int, int]] = []
        self.kept: list[int] = []
        first = 0
        for file in files:
            made_up = set(file.index.keyless)
            for number, key in enumerate(file.index.keys, first):
                unique = self._unique(key) if number - first in made_up else key
                self.keys.append(unique)
                other = self.numbers.setdefault(fold_key(unique), number)
                if other == number:
                    self.kept.append(number)
                else:
                    self.duplicates.append((number, other))
            first += len(file)
        first = 0
        for file in files:
            for alias, number in file.index.aliases.items():
                self.numbers.setdefault(fold_key(alias), first + number)
            first += len(file)

    def _unique(self, key: str) -> str:
        number, unique = 1, key
        while fold_key(unique) in self.numbers:
            number += 1
            unique = f"{key}-{number}"
        return unique

    def source(self, number: int) -> Source:
        file, place = self.places[number]
        source = file.entry(place)
        key = self.keys[number]
        return source if source.entry.key == key else replace(source, entry=source.entry._replace(key=key))

    def place(self, number: int) -> Span:
        """Where the key of an entry stands."""
        source = self.source(number)
        return source.positions.span(source.entry.key_offset, len(source.entry.key))

    def find(self, key: str) -> Source | None:
        number = self.numbers.get(fold_key(key))
        return None if number is None else self.source(number)

    def build(self, number: int) -> Parsed[Reference]:
        file, place = self.places[number]
        entry, positions = file.typed(place)
        if entry.key != self.keys[number]:
            entry = entry._replace(key=self.keys[number])
        return convert(entry, positions, self.find, ties=file.index.tied, controls=file.index.controls)
