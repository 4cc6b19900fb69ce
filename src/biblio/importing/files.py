"""A file of another program as references: its content tells its format, or its name where no content does."""

from __future__ import annotations

from biblio.importing.imported import Imported
from biblio.importing.readers import Importer, Options, importers
from biblio.words.faults import Parsed, Span, diagnose


def format_of(content: bytes, name: str) -> Importer | None:
    """The row that reads a file: the first that knows it, the surest signs first."""
    return next((row for row in importers() if row.knows(content, name)), None)


def read_file(content: bytes, name: str, options: Options | None = None) -> Parsed[Imported]:
    """What a file gives, with the faults met; ``name`` is the file's in messages.

    A file of no format that is read is a fault (E124), and so is one that gives no reference (E125).
    """
    row = format_of(content, name)
    if row is None:
        known = ", ".join(each.name for each in importers())
        return Parsed(Imported(), (diagnose("E124", Span(name), known=known),))
    read = row.read(content, name, options or Options())
    if read.value.references:
        return read
    return Parsed(read.value, (*read.diagnostics, diagnose("E125", Span(name), format=row.name)))
