"""Tables of references: text between delimiters, and workbooks, with what the user says of their columns.

Where a column has whole references as text, or a table has one column alone, its cells are read as a printed list is.
"""

from __future__ import annotations

from collections.abc import Sequence

from biblio.formats.records import Record, Typed, references_of
from biblio.formats.tabular.column_map import ColumnMapSpec
from biblio.formats.tabular.columns import weight_of
from biblio.formats.tabular.delimited import read_delimited
from biblio.formats.tabular.reader import Table, read_sheets, read_table
from biblio.formats.tabular.sheet import Sheet
from biblio.importing.imported import Imported
from biblio.importing.printed.grammars import ENOUGH, read_whole
from biblio.importing.printed.paragraph import Run, paragraph
from biblio.importing.printed.reader import read_printed
from biblio.importing.printed.written import Written
from biblio.project.workbooks import read_workbook
from biblio.reference.reference import Reference
from biblio.text.inline import plain
from biblio.words.faults import Diagnostic, Parsed, diagnose

TABLE, WORKBOOK = "csv", "workbook"
# What a table is called whose headings say nothing.
ENDINGS = (".csv", ".tsv", ".tab")


def of_text(content: bytes, name: str, columns: ColumnMapSpec | None) -> Parsed[Imported]:
    """The references of a table of text. Never raises for what the file holds."""
    read = read_table(content, name, columns)
    if not read.value.references and columns is None:
        listed = _as_list((read_delimited(content, name, weight_of).value,), name, TABLE)
        if listed.value.references:
            return listed
    return _imported(TABLE, read)


def of_workbook(content: bytes, name: str, columns: ColumnMapSpec | None) -> Parsed[Imported]:
    """The references of all the sheets of a workbook. Never raises for what the file holds."""
    opened = read_workbook(content, name)
    read = read_sheets(opened.value, name, columns)
    if not read.value.references and columns is None:
        listed = _as_list(opened.value, name, WORKBOOK)
        if listed.value.references:
            return Parsed(listed.value, (*opened.diagnostics, *listed.diagnostics))
    return _imported(WORKBOOK, Parsed(read.value, (*opened.diagnostics, *read.diagnostics)))


def _as_list(sheets: Sequence[Sheet], name: str, format_name: str) -> Parsed[Imported]:
    """The references of sheets of one column, each cell a paragraph; none of any other."""
    if any(sheet.width != 1 for sheet in sheets if sheet.rows):
        return Parsed(Imported())
    cells = [(row.number, row.cells[0]) for sheet in sheets for row in sheet.rows]
    paragraphs = tuple(paragraph((Run(cell),), number, f"{number}") for number, cell in cells)
    return read_printed(Written(paragraphs), name, format_name)


def _imported(format_name: str, read: Parsed[Table]) -> Parsed[Imported]:
    columns = read.value.columns
    fields = {column.field for column in columns}
    references, faults = read.value.references, list(read.diagnostics)
    if "reference" in fields and "title" not in fields:
        whole = _of_whole(references)
        references = whole.value
        faults += whole.diagnostics
    return Parsed(Imported(references, format_name, columns=columns), tuple(faults))


def _of_whole(references: Sequence[Reference]) -> Parsed[tuple[Reference, ...]]:
    """The references whose titles are whole notices, each in its fields; one that is not understood stays (P341)."""
    records: dict[int, Record] = {}
    faults: list[Diagnostic] = []
    for place, reference in enumerate(references):
        origin = reference.origin
        text = plain(reference.title)
        reading = read_whole(paragraph((Run(text),), origin.entry.line, f"{origin.entry.line}"))
        if reading.share < ENOUGH:
            told = text if len(text) < 120 else f"{text[:119]}…"
            faults.append(diagnose("P341", origin.entry, where=f"{origin.entry.line}", text=told))
            continue
        if reading.left:
            reading.put({"note": ". ".join(reading.left)})
        # What the other columns say counts.
        beside = {name: Typed(value) for name, value in reference.raw.items() if name != "title"}
        fields = {**reading.fields, **beside}
        records[place] = Record(reading.entry_type, "", fields, origin.entry, origin.record, origin.number)
    read = references_of(list(records.values()))
    made = dict(zip(records, read.value, strict=True))
    found = tuple(made.get(place, reference) for place, reference in enumerate(references))
    return Parsed(found, (*faults, *read.diagnostics))
