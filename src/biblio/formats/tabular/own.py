"""Reads back the tables that biblio writes (``write.py``), whose columns bear the names of fields."""

from __future__ import annotations

from collections.abc import Sequence

from biblio.formats.records import Body, Record
from biblio.formats.tabular.sheet import Row
from biblio.formats.tabular.write import FORMULA, KEY, TYPE
from biblio.reference.fields import BY_BIBLATEX, Kind
from biblio.words.faults import Span

_LISTS = frozenset({Kind.NAMES, Kind.LIST, Kind.KEYWORDS})
OTHERS = "et al."


def is_own(headings: Sequence[str]) -> bool:
    """Whether the headings of a table are those that biblio writes."""
    fields = [heading for heading in headings if heading not in (KEY, TYPE)]
    return list(headings[:2]) == [KEY, TYPE] and all(heading in BY_BIBLATEX for heading in fields)


def own_record(headings: Sequence[str], row: Row, path: str) -> Record:
    """The record of one row under such headings."""
    fields: dict[str, str | Sequence[str]] = {}
    for heading, typed in zip(headings[2:], row.cells[2:], strict=False):
        value = typed[1:] if typed.startswith("'") and FORMULA.match(typed, 1) else typed
        field = BY_BIBLATEX[heading]
        if not value:
            continue
        if field.kind not in _LISTS:
            fields[heading] = value
            continue
        parts = [part for part in map(str.strip, value.split(";")) if part]
        fields[heading] = tuple(_name(part) if field.kind is Kind.NAMES else part for part in parts)
    return Record(row[1] or "misc", row[0], fields, Span(path, row.number))


def _name(part: str) -> str:
    if part == OTHERS:
        return "others"
    return part if "," in part else Body(part)
