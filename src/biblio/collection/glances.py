"""Glances at all the references of a library, as a JSON value and back: queries then make only what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import Any

from biblio.collection.facets import journals_of, people_of, text_of, titles_of
from biblio.collection.glance import Glance
from biblio.collection.library import Library
from biblio.collection.record import WRONG, numbers, texts
from biblio.reference.date import Date, edtf, parse_date
from biblio.reference.fields import FIELDS
from biblio.reference.reference import Reference
from biblio.text.collation import searchable

_VARIABLES = tuple(row.variable for row in FIELDS)


def to_record(references: Sequence[Reference]) -> dict[str, Any]:
    """The record of these references, all those of a library in their order.

    A column has one value for each; values that come again and again are numbers into a table.
    """
    return {
        "citekey": [each.citekey for each in references],
        "entry_type": _coded(each.entry_type for each in references),
        "label": _coded(each.label for each in references),
        "language": _coded(each.language for each in references),
        "is_open": _coded(each.is_open for each in references),
        "keyword": _coded(each.keyword for each in references),
        "audience": _coded(each.audience for each in references),
        "collections": _coded(each.collections for each in references),
        "territory": _coded(each.territory for each in references),
        "publisher": _coded(each.publisher for each in references),
        "issued": _coded(_date_text(each.issued) for each in references),
        "added": _coded(_date_text(each.added) for each in references),
        "present": _coded(_present(each) for each in references),
        "people": _coded(tuple(people_of(each)) for each in references),
        "journals": _coded(tuple(journals_of(each)) for each in references),
        "titles": [searchable("\n".join(titles_of(each))) for each in references],
        "text": [searchable("\n".join(text_of(each))) for each in references],
    }


def from_record(record: Any, library: Library) -> tuple[Glance, ...] | None:
    """The glances of a record; ``None`` when the record is not one, or not of this library."""
    try:
        columns = [read(record[name]) for name, read in _COLUMNS.items()]
    except WRONG:
        return None
    if columns[0] != list(library.citekeys) or any(len(column) != len(library) for column in columns):
        return None
    return tuple(map(Glance, repeat(library.get), *columns))


def _present(reference: Reference) -> tuple[str, ...]:
    values = reference.__dict__  # has those variables alone that the reference has
    return tuple(name for name in _VARIABLES if values.get(name))


def _date_text(date: Date | None) -> str:
    text = edtf(date) if date else ""
    return text if text and parse_date(text) == date else ""


def _coded(values: Iterable[Any]) -> list[Any]:
    """The different values, and for each place the number of its value."""
    numbers: dict[Any, int] = {}
    at = [numbers.setdefault(value, len(numbers)) for value in values]
    return [list(numbers), at]


# --- and back: every value is looked at, for nothing in a record is trusted ------------------------------------------


def _table(read: Callable[[Any], Any]) -> Callable[[Any], list[Any]]:
    """Reads a column of numbers into a table whose values ``read`` takes."""

    def column(value: Any) -> list[Any]:
        table, at = value
        return list(map(list(map(read, table)).__getitem__, numbers(at)))

    return column


def _text(value: Any) -> str:
    return texts([value])[0]


def _words(value: Any) -> tuple[str, ...]:
    return tuple(texts(value))


def _answer(value: Any) -> bool | None:
    if value is not None and type(value) is not bool:
        raise TypeError
    return value


def _date(value: Any) -> Date | None:
    return parse_date(_text(value)) if value != "" else None


# In the order of the values of a glance.
_COLUMNS: dict[str, Callable[[Any], list[Any]]] = {
    "citekey": texts,
    "entry_type": _table(_text),
    "label": _table(_text),
    "language": _table(_text),
    "is_open": _table(_answer),
    "keyword": _table(_words),
    "audience": _table(_words),
    "collections": _table(_words),
    "territory": _table(_words),
    "publisher": _table(_words),
    "issued": _table(_date),
    "added": _table(_date),
    "present": _table(lambda value: frozenset(texts(value))),
    "people": _table(_words),
    "journals": _table(_words),
    "titles": texts,
    "text": texts,
}
