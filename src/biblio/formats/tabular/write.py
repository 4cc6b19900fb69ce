"""Writes references as a table: a row for each, a column for each field that one of them has; and as CSV.

The columns bear the biblatex names of fields, and stand in the order of the table of fields. Several names or keywords
share a cell, a semicolon between them; paragraphs have a blank line between them. Source of the form: RFC 4180.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from biblio.formats.plain_values import plain_value
from biblio.formats.text import without_controls
from biblio.reference.fields import FIELDS
from biblio.reference.reference import Reference

# The columns that every table has, in front of the others.
KEY, TYPE = "citekey", "entrytype"
_ALWAYS = frozenset({"author", "title", "issued"})
# Spreadsheets tell UTF-8 by it.
_MARK = "\ufeff"
# What a spreadsheet takes for the beginning of a formula, in its own letters and in the wide ones of East Asia.
FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]")
_QUOTED = re.compile(r"[\",;\r\n]|\A\s|\s\Z")


def write_csv(references: Sequence[Reference]) -> str:
    """The table as CSV, with a mark of UTF-8 and CR LF behind each row. Never raises.

    A cell that a spreadsheet would take for a formula begins with an apostrophe, which makes text of it.
    """
    return _MARK + "".join(",".join(map(_cell, row)) + "\r\n" for row in table_of(references))


def table_of(references: Sequence[Reference]) -> list[list[str]]:
    """The rows of cells, the headings first; no cell has a control character but for line ends."""
    columns = [
        row
        for row in FIELDS
        if not row.private
        and (row.variable in _ALWAYS or any(getattr(reference, row.variable) for reference in references))
    ]
    rows = [[KEY, TYPE, *(row.biblatex[0] for row in columns)]]
    for reference in references:
        cells = (plain_value(row.kind, getattr(reference, row.variable)) for row in columns)
        rows.append([_clean(cell) for cell in (reference.citekey, reference.entry_type.lower(), *cells)])
    return rows


def _clean(cell: str) -> str:
    return without_controls(cell.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _cell(value: str) -> str:
    value = f"'{value}" if FORMULA.match(value) else value
    return '"' + value.replace('"', '""') + '"' if _QUOTED.search(value) else value
