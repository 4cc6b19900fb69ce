"""A file of another program as references: its content tells its format, or its name where no content does."""

from __future__ import annotations

from biblio.formats import FORMATS, Format
from biblio.project.pybtex_readers import readers as pybtex_readers
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed, Span, diagnose


def format_of(content: bytes, name: str) -> Format | None:
    """The format of a file: the first row that its content looks like, the loose ones last.

    A row of another package that does not look at the content is known by the end of the file's name.
    """
    rows = _read()
    for row in sorted(rows, key=lambda row: row.loose):
        if row.looks_like is not None and row.looks_like(content):
            return row
    named = (row for row in rows if row.looks_like is None and row.extension)
    ending = (row for row in named if name.lower().endswith(row.extension))
    return max(ending, key=lambda row: len(row.extension), default=None)


def read_file(content: bytes, name: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a file, with the faults met; ``name`` is the file's in messages.

    A file of no format that is read is a fault (E124), and so is one that gives no reference (E125).
    """
    row = format_of(content, name)
    if row is None:
        known = ", ".join(row.name for row in _read())
        return Parsed((), (diagnose("E124", Span(name), known=known),))
    assert row.read is not None
    read = row.read(content, name)
    if read.value:
        return read
    return Parsed((), (*read.diagnostics, diagnose("E125", Span(name), format=row.name)))


def _read() -> list[Format]:
    """The rows that can be read."""
    return [row for row in (*FORMATS.values(), *pybtex_readers()) if row.read is not None]
