"""Reads sheets as references, and the text files that are one sheet: CSV, TSV and their kin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from biblio.collection.bulk import collector_paused
from biblio.formats.drafts.named_kinds import kind_named
from biblio.formats.records import Record, references_of
from biblio.formats.tabular.column_map import ColumnMapSpec, Told
from biblio.formats.tabular.columns import Layout, layout_of, unmatched, weight_of
from biblio.formats.tabular.delimited import read_delimited
from biblio.formats.tabular.own import is_own, own_record
from biblio.formats.tabular.rows import Sheets, record_of_row
from biblio.formats.tabular.sheet import Row, Sheet
from biblio.formats.text import MOST_LOOKED_AT, start_of
from biblio.reference.reference import Reference
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose

# What other formats begin with, and no table.
_OTHERS = re.compile(r"\s*(?:[<{\[@%]|FN |PT |TY  ?-|PMID-|\\|---|cff-version)")
# The row under the others that sums them up.
_TOTAL = re.compile(r"(?:sous-?)?(?:total|totaux|somme|nombre)\b[^\n]{0,60}", re.IGNORECASE)
_FIGURE = re.compile(r"[\d\s.,]{1,20}[€$%]?")
MOST_LISTED = 40


@dataclass(frozen=True, slots=True)
class Table:
    """What sheets give: their references, and what each column was taken for."""

    references: tuple[Reference, ...] = ()
    columns: tuple[Told, ...] = ()


def looks_like_table(content: bytes) -> bool:
    """Whether a file is a table of text whose headings are those of references, over at least one row of values."""
    start = start_of(content)
    if "\0" in start or _OTHERS.match(start):
        return False
    first = start.split("\n", 1)[0].lower()
    if not (first.startswith("sep=") or any(sign in start[:4000] for sign in "\t;,|")):
        return False
    # The last line of a start may be cut.
    whole = start if len(content) <= MOST_LOOKED_AT else start[: start.rfind("\n") + 1] or start
    sheet = read_delimited(whole.encode("utf-8", "replace"), "", weight_of).value
    return len(sheet.rows) > 1 and layout_of(sheet).are_references()


def read_table(content: bytes, path: str, told: ColumnMapSpec | None = None) -> Parsed[Table]:
    """The references of a table of text. Never raises for what the file holds."""
    with collector_paused():
        read = read_delimited(content, path, weight_of)
        made = read_sheets((read.value,), path, told)
        return Parsed(made.value, (*read.diagnostics, *made.diagnostics))


def read_csv(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a table of text, its columns told by their headings and values (see ``read_table``)."""
    read = read_table(content, path)
    return Parsed(read.value.references, read.diagnostics)


def read_sheets(sheets: Sequence[Sheet], path: str, told: ColumnMapSpec | None = None) -> Parsed[Table]:
    """The references of the sheets of a file, one for each row, with the faults met; ``path`` is its name in messages.

    It is said what each column was taken for (P321), which columns have no field and are kept (P322), which sheets
    (P324) and rows (P326) are no references.
    """
    references: list[Reference] = []
    faults: list[Diagnostic] = []
    layouts: list[Layout] = []
    columns: dict[tuple[str, str], Told] = {}
    several = len([sheet for sheet in sheets if sheet.rows]) > 1
    for sheet in sheets:
        if not sheet.rows:
            continue
        place = f"{path} [{sheet.name}]" if several else path
        if told is None and is_own(sheet.rows[0].cells):
            read = references_of([own_record(sheet.rows[0].cells, row, place) for row in sheet.rows[1:]])
            references += read.value
            faults += read.diagnostics
            continue
        layout = layout_of(sheet, told)
        layouts.append(layout)
        if not layout.are_references() and not (told and _is_told(layout, told)):
            faults.append(diagnose("P324", Span(place), rows=len(sheet.rows)))
            continue
        read = _read_sheet(sheet, layout, place)
        references += read.value
        faults += (*_said(layout, place, guessed=told is None), *read.diagnostics)
        for column in layout.columns:
            sample = next((row[column.index] for row in layout.rows if row[column.index].strip()), "")
            letter = "" if column.heading.strip() else column.letter
            told_of = Told(column.heading, letter, column.field, column.separator, sample)
            columns.setdefault((column.heading, letter), told_of)
    if told:
        faults += unmatched(told, layouts)
    return Parsed(Table(tuple(references), tuple(columns.values())), tuple(faults))


def _is_told(layout: Layout, told: ColumnMapSpec) -> bool:
    """Whether the user has said of a column of this sheet that it has titles."""
    return bool(told.columns) and any(column.field == "title" for column in layout.columns)


def _read_sheet(sheet: Sheet, layout: Layout, path: str) -> Parsed[tuple[Reference, ...]]:
    together = Sheets(sheet, layout, path, kind_named(sheet.name)[0])
    records: list[Record] = []
    others: list[Row] = []
    titled = {column.index for column in layout.columns if column.field in ("title", "reference", "citation")}
    for row in layout.rows:
        filled = row.filled
        alone = len(filled) == 1 and len(layout.columns) > 2 and filled[0] not in titled
        aside = alone or row.number in sheet.banners or _is_total(row)
        record = None if aside else record_of_row(row, together)
        if record is not None and record.fields:
            records.append(record)
        elif filled:
            others.append(row)
    faults: list[Diagnostic] = []
    wide = [row for row in layout.rows if len(row.cells) > layout.width] if layout.width else []
    if wide:
        faults.append(diagnose("P329", Span(path, wide[0].number), count=len(wide), width=layout.width))
    if others:
        text = " ".join(" ".join(others[0].cells).split())
        faults.append(diagnose("P326", Span(path, others[0].number), count=len(others), text=text[:60]))
    read = references_of(records)
    return Parsed(read.value, (*faults, *together.spoilt, *_placed(read.diagnostics, layout)))


def _is_total(row: Row) -> bool:
    """Whether a row sums up those above it: « Total », and a figure or two."""
    words = [row.cells[place].strip() for place in row.filled]
    return 1 < len(words) < 5 and _TOTAL.fullmatch(words[0]) is not None and all(map(_FIGURE.fullmatch, words[1:]))


def _said(layout: Layout, path: str, *, guessed: bool) -> Iterator[Diagnostic]:
    """What the columns of a sheet were taken for, when that was ``guessed``, and those that are kept as they are."""
    heading = Span(path, max(1, layout.heading))
    if guessed:
        taken = (f"{each.called} → {each.field}" for each in layout.columns if each.field not in ("keep", "ignore"))
        yield diagnose("P321", heading, columns=_listed(taken))
    kept = {each.called: sum(bool(row[each.index].strip()) for row in layout.rows)
            for each in layout.columns if each.field == "keep"}  # fmt: skip
    if any(kept.values()):
        yield diagnose("P322", heading, columns=_listed(f"{name} ({count})" for name, count in kept.items() if count))


def _listed(each: Iterable[str]) -> str:
    found = list(each)
    return " ; ".join(found[:MOST_LISTED]) + (" ; …" if len(found) > MOST_LISTED else "")


def _placed(faults: Sequence[Diagnostic], layout: Layout) -> list[Diagnostic]:
    """The faults of values, each at the column that the value came from."""
    columns: dict[str, int] = {}
    for column in layout.columns:
        for name in (column.field, *_ALSO.get(column.field, ())):
            columns.setdefault(name, column.index + 1)
    placed = []
    for fault in faults:
        name = fault.arguments.get("field", "")
        found = columns.get(name)
        place = fault.span
        if place is not None and found is not None:
            fault = replace(fault, span=replace(place, column=found))  # the same fault, with its column
        placed.append(fault)
    return placed


# The fields that a column may have become.
_ALSO: Mapping[str, tuple[str, ...]] = {
    "host": ("journaltitle", "booktitle", "series"),
    "journaltitle": ("booktitle", "series"),
    "year": ("date",),
    "firstpage": ("pages", "pagetotal"),
    "pages": ("pagetotal",),
    "author-family": ("author",),
    "author-body": ("author",),
    "standardnumber": ("isbn", "issn"),
    "advisor": ("editora",),
}
