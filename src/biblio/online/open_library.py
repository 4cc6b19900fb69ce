"""What Open Library says of a book.

Source: Open Library Books API, ``jscmd=data``: an object of books by their « bibkeys ».
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from biblio.formats.records import Body, Record, month_number, references_of
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed, Span

_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_MONTH = re.compile(r"[A-Za-zéû]{3,}")
_DAY = re.compile(r"(?<!\d)([1-9]|[12]\d|3[01])(?!\d)")
# What stands at the end of a body's name, and hardly of a person's.
_BODY = re.compile(
    r"\b(?:academy|agency|association|center|centre|comité|commission|committee|conseil|council|department|fondation|"
    r"foundation|institut|institute|ministère|ministry|observatoire|office|organisation|organization|press|société|society|"
    r"union|université|university)\b",
    re.IGNORECASE,
)


def read_open_library(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The books in an answer; none in what is no such answer."""
    try:
        answer: Any = json.loads(content)
    except (ValueError, RecursionError):
        return Parsed(())
    books = answer.values() if isinstance(answer, dict) else ()
    records = [_record(book, Span(path)) for book in books if isinstance(book, Mapping) and book.get("title")]
    return references_of(records)


def _record(book: Mapping[str, Any], place: Span) -> Record:
    identifiers = book.get("identifiers")
    numbers = identifiers if isinstance(identifiers, Mapping) else {}
    fields: dict[str, str | Sequence[str]] = {
        "author": [_name(each) for each in _named(book.get("authors"))],
        "title": _text(book.get("title")),
        "subtitle": _text(book.get("subtitle")),
        "publisher": _named(book.get("publishers")),
        "location": _named(book.get("publish_places")),
        "date": _date(_text(book.get("publish_date"))),
        "pagetotal": _text(book.get("number_of_pages")),
        "isbn": next(iter([*_texts(numbers.get("isbn_13")), *_texts(numbers.get("isbn_10"))]), ""),
        "keywords": _named(book.get("subjects"))[:12],
    }
    return Record("book", "", {name: value for name, value in fields.items() if value}, place)


def _text(value: Any) -> str:
    return " ".join(str(value).split()) if isinstance(value, (str, int)) else ""


def _texts(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _named(value: Any) -> list[str]:
    """The names in a list of objects that have one."""
    listed = value if isinstance(value, list) else []
    return [text for each in listed if isinstance(each, Mapping) and (text := _text(each.get("name")))]


def _name(name: str) -> str:
    """A person's name in the order of files; that of a body, or one of a single word, as it stands."""
    words = name.split()
    if "," in name:
        return name
    return Body(name) if len(words) < 2 or _BODY.search(name) else f"{words[-1]}, {' '.join(words[:-1])}"


def _date(text: str) -> str:
    """« June 17, 2019 », « 2019 », « Jun 2019 »."""
    year = _YEAR.search(text)
    if year is None:
        return ""
    word = _MONTH.search(text)
    month = month_number(word[0]) if word else None
    if not month:
        return year[0]
    day = _DAY.search(text.replace(year[0], ""))
    return f"{year[0]}-{int(month):02}" + (f"-{int(day[0]):02}" if day else "")
