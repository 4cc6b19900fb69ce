"""References as a workbook for spreadsheets: a sheet with a row for each, every cell a text.

Source of the form: ECMA-376 (SpreadsheetML), whose cells hold at most 32,767 characters.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from xlsxwriter import Workbook

from biblio.formats.tabular.write import FORMULA, table_of
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed

MOST = 32_767  # characters of a cell
_WIDTHS = {"citekey": 28, "title": 60, "author": 36, "annotation": 60, "abstract": 60, "url": 36}
_WIDTH = 16
# The day that files have which have none: the first that a ZIP file knows.
_NO_DAY = datetime(1980, 1, 1)  # noqa: DTZ001  # a property of a workbook has no time zone


def write_references(references: Sequence[Reference], _: object = None) -> Parsed[bytes]:
    """The workbook, the same bytes for the same references. Nothing in it is a formula, nor a link."""
    content = io.BytesIO()
    workbook = Workbook(
        content,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    workbook.set_properties({"created": _NO_DAY, "title": "references"})
    sheet = workbook.add_worksheet("references")
    plain = workbook.add_format({"text_wrap": False, "valign": "top", "num_format": "@"})
    # What would begin a formula elsewhere is marked as text, as the apostrophe does that people type.
    guarded = workbook.add_format({"valign": "top", "num_format": "@", "quote_prefix": True})
    heading = workbook.add_format({"bold": True, "valign": "top"})
    rows = table_of(references)
    for column, name in enumerate(rows[0]):
        sheet.set_column(column, column, _WIDTHS.get(name, _WIDTH), plain)
        sheet.write_string(0, column, name, heading)
    for number, row in enumerate(rows[1:], 1):
        for column, value in enumerate(row):
            if value:
                cell = value if len(value) <= MOST else value[: MOST - 1] + "…"
                sheet.write_string(number, column, cell, guarded if FORMULA.match(value) else plain)
    sheet.freeze_panes(1, 1)
    if len(rows) > 1:
        sheet.autofilter(0, 0, len(rows) - 1, len(rows[0]) - 1)
    workbook.close()
    return Parsed(content.getvalue())
