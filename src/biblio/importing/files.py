"""A file of another program as references: its format is that of a row of the table that reads."""

from __future__ import annotations

from biblio.formats import FORMATS, Format
from biblio.project.pybtex_readers import readers as pybtex_readers
from biblio.reference.reference import Reference
from biblio.words.faults import BiblioError, Parsed, Span, diagnose


def format_of(name: str) -> Format:
    """The format that a file's name tells. Raises ``BiblioError`` (E124) when no format that is read ends so."""
    readers = [row for row in (*FORMATS.values(), *pybtex_readers()) if row.read is not None]
    for row in sorted(readers, key=lambda row: -len(row.extension)):
        if row.extension and name.lower().endswith(row.extension):
            return row
    known = ", ".join(f"{row.extension} ({row.name})" for row in readers if row.extension)
    raise BiblioError(diagnose("E124", Span(name), known=known))


def read_file(content: bytes, name: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a file, with the faults met; ``name`` is the file's in messages.

    No reference in what is not empty is a fault (E125). Raises ``BiblioError`` as ``format_of`` does.
    """
    row = format_of(name)
    assert row.read is not None
    read = row.read(content, name)
    if read.value or not content.strip():
        return read
    return Parsed((), (*read.diagnostics, diagnose("E125", Span(name), format=row.name)))
