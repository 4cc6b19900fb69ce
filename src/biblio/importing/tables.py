"""Tables of references: text between delimiters, and workbooks, with what the user says of their columns."""

from __future__ import annotations

from biblio.formats.tabular.column_map import ColumnMapSpec
from biblio.formats.tabular.reader import Table, read_sheets, read_table
from biblio.importing.imported import Imported
from biblio.project.workbooks import read_workbook
from biblio.words.faults import Parsed

TABLE, WORKBOOK = "csv", "workbook"
# What a table is called whose headings say nothing.
ENDINGS = (".csv", ".tsv", ".tab")


def of_text(content: bytes, name: str, columns: ColumnMapSpec | None) -> Parsed[Imported]:
    """The references of a table of text. Never raises for what the file holds."""
    return _imported(TABLE, read_table(content, name, columns))


def of_workbook(content: bytes, name: str, columns: ColumnMapSpec | None) -> Parsed[Imported]:
    """The references of all the sheets of a workbook. Never raises for what the file holds."""
    opened = read_workbook(content, name)
    read = read_sheets(opened.value, name, columns)
    return _imported(WORKBOOK, Parsed(read.value, (*opened.diagnostics, *read.diagnostics)))


def _imported(format_name: str, read: Parsed[Table]) -> Parsed[Imported]:
    return Parsed(Imported(read.value.references, format_name, columns=read.value.columns), read.diagnostics)
