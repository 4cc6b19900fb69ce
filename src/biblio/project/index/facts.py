"""What the index knows of a reference beside where it stands: its row, its words, and its faults as it tells them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from biblio.collection.facets import journals_of, people_of, shape_of, text_of, titles_of
from biblio.collection.record import texts
from biblio.collection.wanted import Column, Shape, words_in, words_of
from biblio.dossier.conditions import days_between
from biblio.reference.date import Date
from biblio.reference.reference import Reference
from biblio.reference.types import HELPERS
from biblio.text.collation import fold
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose, is_sayable

Day = tuple[int, int, int]
_FURTHEST = 2**40  # years beyond which one is as far away as another
# Of the values that are compared as a whole, the letter that stands before their marks.
FACETS = {"keyword": "k", "audience": "a", "collections": "c", "territory": "t"}
# The columns of words, as the table ``search`` has them; what is in none of the others is in the last.
WORDS = (Column.TITLES, Column.PEOPLE, Column.PUBLISHER, Column.JOURNALS)


class Facts(NamedTuple):
    """What a reference gives to its row and to the table of words."""

    helper: bool
    shape: str
    issued: tuple[int, int] | tuple[None, None]
    added: tuple[int, int] | tuple[None, None]
    keywords: str
    faults: str
    loose: bool
    seal: bytes | None
    words: tuple[str, ...]


def facts_of(made: Parsed[Reference], path: str, line: int, height: int) -> Facts:
    """The facts of the reference of an entry, which begins on that line of the file and has so many lines more."""
    reference = made.value
    told = [record_of(fault, reference.citekey, path, line, height) for fault in made.diagnostics]
    shape = shape_of(reference)
    return Facts(
        reference.entry_type.lower() in HELPERS,
        _said(shape),
        _days(reference.issued),
        _days(reference.added),
        dumps(reference.keyword) if reference.keyword else "",
        dumps(told) if told else "",
        None in told,
        seal_of(reference.citekey, dumps(told)) if told else None,
        _words(reference),
    )


def seal_of(citekey: str, faults: str) -> bytes:
    """The hash of what a row tells of an entry of that key."""
    return hashlib.blake2b(f"{citekey}\0{faults}".encode("utf-8", "surrogatepass"), digest_size=8).digest()


def number_of(day: Day) -> int:
    """A day as a number that has its place among those of others."""
    year, month, of_month = day
    return max(-_FURTHEST, min(_FURTHEST, year)) * 512 + min(month, 15) * 32 + min(of_month, 31)


@lru_cache(maxsize=4096)
def mark(variable: str, folded: str) -> str:
    """A word that stands for a value of a variable in the table of words."""
    return FACETS[variable] + hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def shape_from(said: str) -> Shape:
    """The shape that a row tells. Raises one of the errors that wrong values raise."""
    entry_type, label, language, is_open, present = json.loads(said)
    texts([entry_type, label, language])
    if is_open is not None and type(is_open) is not bool:
        raise TypeError
    return Shape(entry_type, label, language, is_open, frozenset(texts(present)))


def keywords_from(said: str) -> Sequence[str]:
    """The keywords that a row tells. Raises one of the errors that wrong values raise."""
    return texts(json.loads(said))


def faults_from(said: str, citekey: str, path: str, line: int) -> list[Diagnostic]:
    """The faults that a row tells, of the entry of that key on that line. Raises one of those errors."""
    found = []
    for code, below, column, length, arguments in json.loads(said):
        texts([code, *arguments.keys(), *arguments.values()])
        fault = diagnose(code, Span(path, line + _count(below), _count(column), _count(length)), citekey, **arguments)
        if not is_sayable(fault):
            raise ValueError(code)
        found.append(fault)
    return found


def file_faults_from(said: str, path: str, below: int = 0) -> list[Diagnostic]:
    """The faults of reading that the row of a file tells. Raises one of those errors."""
    found = []
    for code, place, citekey, arguments in json.loads(said):
        texts([code, *arguments.keys(), *arguments.values(), *([] if citekey is None else [citekey])])
        span = None if place is None else Span(path, *map(_count, place))
        fault = diagnose(code, span, citekey, **arguments)
        if not is_sayable(fault):
            raise ValueError(code)
        found.append(fault)
    return found


def file_faults(faults: Iterable[Diagnostic]) -> str:
    """The faults of reading a file, for its row."""
    return dumps(
        [
            [each.code, each.span and [each.span.line, each.span.column, each.span.length], each.citekey,
             dict(each.arguments)]
            for each in faults
        ]
    )  # fmt: skip


def dumps(value: Any) -> str:
    """A value as JSON, in ASCII: half a character is written like any other."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


@lru_cache(maxsize=4096)
def _said(shape: Shape) -> str:
    return dumps([shape.entry_type, shape.label, shape.language, shape.is_open, sorted(shape.present)])


def record_of(fault: Diagnostic, key: str, path: str, line: int, height: int) -> list[Any] | None:
    """A fault whose place is counted from the first line of its entry; ``None`` for one of another place or key."""
    span = fault.span
    if span is None or span.path != path or fault.citekey != key or not 0 <= span.line - line <= height:
        return None
    return [fault.code, span.line - line, span.column, span.length, dict(fault.arguments)]


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError
    return value


def _days(date: Date | None) -> tuple[int, int] | tuple[None, None]:
    days = days_between(date) if date else None
    return (number_of(days[0]), number_of(days[1])) if days else (None, None)


def _words(reference: Reference) -> tuple[str, ...]:
    """The words of each column of the table of words."""
    facets = [_mark(variable, value) for variable in FACETS for value in getattr(reference, variable)]
    columns = [
        words_in("\n".join(titles_of(reference))),
        *(_words_of_names(names) for names in (people_of(reference), reference.publisher, journals_of(reference))),
    ]
    rest = words_in("\n".join(text_of(reference))).difference(*columns)
    return (" ".join(facets), *map(_joined, (*columns, rest)))


@lru_cache(maxsize=4096)
def _mark(variable: str, value: str) -> str:
    return mark(variable, fold(value))


def _words_of_names(names: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        found.update(_words_of_name(name))
    return frozenset(found)


@lru_cache(maxsize=4096)
def _words_of_name(name: str) -> frozenset[str]:
    return words_of(fold(name))


def _joined(words: Iterable[str]) -> str:
    """Words as SQLite may be given them: half a character is none."""
    joined = " ".join(words)
    return joined if joined.isascii() else joined.encode("utf-8", "ignore").decode()
