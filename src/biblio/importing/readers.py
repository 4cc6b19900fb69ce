"""The table of what ``biblio import`` reads: the formats, pybtex's readers, and those that live in this room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from biblio.collection.bulk import collector_paused
from biblio.formats import FORMATS, Format
from biblio.formats.tabular.column_map import ColumnMapSpec
from biblio.formats.tabular.reader import looks_like_table
from biblio.importing import tables
from biblio.importing.imported import Imported
from biblio.places import at
from biblio.project.pybtex_readers import readers as pybtex_readers
from biblio.project.workbooks import looks_like_workbook
from biblio.words.faults import Parsed


@dataclass(frozen=True, slots=True)
class Options:
    """What the user says of the files beside their names.

    ``columns`` is what the columns of tables hold.
    """

    columns: ColumnMapSpec | None = None


class Sign(IntEnum):
    """By what a file is known to be of a format; the surer signs are looked for first."""

    CONTENT = 0
    LOOSE = 1  # by its content, which may have any text around it
    NAME = 2  # by the end of its name
    PROSE = 3  # by a likeness of its text, which any text may have


@dataclass(frozen=True, slots=True)
class Importer:
    """One row: ``read`` takes the bytes of a file, its name in messages and the options, and never raises for them.

    ``looks_like`` says whether the bytes are of the format, unless the sign is the name, whose end is then ``ending``.
    """

    name: str
    read: Callable[[bytes, str, Options], Parsed[Imported]]
    sign: Sign = Sign.CONTENT
    looks_like: Callable[[bytes], bool] | None = None
    ending: str = ""

    def knows(self, content: bytes, name: str) -> bool:
        """Whether a file is of this format, as far as its sign says."""
        if self.looks_like is not None:
            return self.looks_like(content)
        return bool(self.ending) and name.lower().endswith(self.ending)


def _table(content: bytes, name: str, options: Options) -> Parsed[Imported]:
    return tables.of_text(content, name, options.columns)


def _without_options(place: str) -> Callable[[bytes, str, Options], Parsed[Imported]]:
    """The reader at a place, which knows no options."""
    read = at(place)
    return lambda content, name, _: read(content, name)


_ARCHIVE = b"PK\x03\x04"
# Those that give more than references, or need the options.
_OWN: tuple[Importer, ...] = (
    Importer(
        tables.WORKBOOK,
        lambda content, name, options: tables.of_workbook(content, name, options.columns),
        looks_like=looks_like_workbook,
    ),
    Importer(tables.TABLE, _table, Sign.LOOSE, looks_like_table),
    *(Importer(tables.TABLE, _table, Sign.NAME, ending=ending) for ending in tables.ENDINGS),
    Importer(
        "pdf",
        _without_options("biblio.importing.printed.documents:read_pdf_list"),
        Sign.CONTENT,
        at("biblio.importing.printed.pdf_text:looks_like_pdf"),
        ".pdf",
    ),
    Importer(
        "docx",
        _without_options("biblio.importing.printed.documents:read_docx_list"),
        Sign.CONTENT,
        at("biblio.importing.printed.word:looks_like_docx"),
        ".docx",
    ),
    Importer(
        "odt",
        _without_options("biblio.importing.printed.documents:read_odt_list"),
        Sign.CONTENT,
        at("biblio.importing.printed.opendocument:looks_like_odt"),
        ".odt",
    ),
    Importer(
        "text",
        _without_options("biblio.importing.printed.documents:read_text_list"),
        Sign.PROSE,
        at("biblio.importing.printed.documents:looks_like_text_list"),
        ".txt",
    ),
)


def importers() -> tuple[Importer, ...]:
    """All the rows, in the order in which a file is tried with them."""
    own = {row.name for row in _OWN}
    formats = [row for row in (*FORMATS.values(), *pybtex_readers()) if row.read is not None and row.name not in own]
    # What is known by its content alone comes before a table, which may hold anything in its cells.
    rows = (*map(_of_format, formats), *_OWN)
    return tuple(sorted(rows, key=lambda row: (row.sign, -len(row.ending) if row.sign is Sign.NAME else 0)))


def _of_format(row: Format) -> Importer:
    """The row of a format, whose reader knows no options and gives references alone."""
    reader = row.read
    assert reader is not None

    def read(content: bytes, name: str, options: Options) -> Parsed[Imported]:
        with collector_paused():
            found = reader(content, name)
        return Parsed(Imported(found.value, row.name), found.diagnostics)

    looks_like = row.looks_like
    if looks_like is None:
        return Importer(row.name, read, Sign.NAME, ending=row.extension)

    def knows(content: bytes) -> bool:
        # What is packed in an archive may stand in it as it is; the archive is another thing.
        return not content.startswith(_ARCHIVE) and looks_like(content)

    return Importer(row.name, read, Sign.LOOSE if row.loose else Sign.CONTENT, knows, row.extension)
