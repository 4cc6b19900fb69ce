"""Reads BibTeX and biblatex files: one file to its references, or several to a library."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from biblio.collection.bulk import collector_paused
from biblio.collection.library import Library, duplicate
from biblio.formats.bibtex.convert import convert
from biblio.formats.bibtex.file import BibFile, open_bibtex
from biblio.formats.bibtex.inherit import Source
from biblio.formats.bibtex.syntax import Definition
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
        return Parsed(tuple(parsed.value for parsed in built), (*file.diagnostics, *faults))


def looks_like_bibtex(content: bytes) -> bool:
    """Whether a file has an entry at the start of a line: whatever stands between entries is a comment."""
    return _ENTRY.search(start_of(content)) is not None


def open_library(
    files: Sequence[BibFile],
) -> Parsed[Library]:
    """The library of some files with the faults of reading them; those of its values are the library's own to tell.

    Of two entries with one key the first is kept and the second reported (P202), unless its key was made up.
    """
    shelf = _Shelf(files)
    diagnostics = [fault for file in files for fault in file.diagnostics]
    diagnostics += [
        duplicate(shelf.keys[second], shelf.place(second), shelf.place(first)) for second, first in shelf.duplicates
    ]
    kept = shelf.kept
    renumbered = {old: new for new, old in enumerate(kept)}
    aliases = {key: renumbered[number] for key, number in shelf.numbers.items() if number in renumbered}

    def build(number: int) -> Parsed[Reference]:
        return shelf.build(kept[number])

    return Parsed(Library([shelf.keys[number] for number in kept], build, aliases), tuple(diagnostics))


def open_files(
    contents: Sequence[tuple[bytes, str]],
) -> list[BibFile]:
    """Several files of one library, each a content and a name, which may use each other's ``@string`` macros."""
    files = [open_bibtex(content, path) for content, path in contents]
    for number, file in enumerate(files):
        others = (other.definitions for other in files if other is not file)
        shared = lent(file.undefined, others) if file.undefined else {}
        if shared:
            files[number] = open_bibtex(*contents[number], shared)
    return files


def lent(undefined: Collection[str], others: Iterable[Iterable[Definition]]) -> dict[str, str]:
    """The macros that a file uses and does not define, as the definitions of other files have them, in their order."""
    return {each.name: each.value for definitions in others for each in definitions if each.name in undefined}


class _Shelf:
    """The entries of some files, numbered through, and their keys."""

    def __init__(self, files: Sequence[BibFile]) -> None:
        self.places = [(file, number) for file in files for number in range(len(file))]
        self.keys: list[str] = []
        self.numbers: dict[str, int] = {}
        self.duplicates: list[tuple[int, int]] = []
        self.kept: list[int] = []
        self.counted: dict[str, int] = {}  # how often a key was made up already
        first = 0
        for file in files:
            for number, (key, entry) in enumerate(zip(file.keys, file.entries, strict=True), first):
                unique = self._unique(key) if entry.keyless else key
                self.keys.append(unique)
                other = self.numbers.setdefault(fold_key(unique), number)
                if other == number:
                    self.kept.append(number)
                else:
                    self.duplicates.append((number, other))
            first += len(file)
        first = 0
        for file in files:
            for alias, number in file.aliases.items():
                self.numbers.setdefault(fold_key(alias), first + number)
            first += len(file)

    def _unique(self, key: str) -> str:
        number, unique = self.counted.get(key, 1), key
        while fold_key(unique) in self.numbers:
            number += 1
            unique = f"{key}-{number}"
        self.counted[key] = number
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
        entry = file.typed(place)
        if entry.key != self.keys[number]:
            entry = entry._replace(key=self.keys[number])
        return convert(entry, file.positions, self.find, ties=file.tied, controls=file.controls)
