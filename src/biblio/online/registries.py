"""What the registries of DOIs say of a document: the wording of Crossref and DataCite put into that of CSL.

Sources: Crossref REST API (the object ``work``); DataCite content negotiation; CSL 1.0.2. What only serves the registry
(counts, dates of deposit, lists of references) is left behind.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from typing import Any

from biblio.formats.csl_items import read_csl_json
from biblio.reference.reference import Reference
from biblio.text.figures import number_in
from biblio.words.faults import Parsed

# Crossref's types that CSL has under another name.
_TYPES = {
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "proceedings": "book",
    "book-section": "chapter",
    "book-part": "chapter",
    "book-chapter": "chapter",
    "book-track": "chapter",
    "reference-entry": "entry",
    "reference-book": "book",
    "edited-book": "book",
    "monograph": "book",
    "book-set": "book",
    "dissertation": "thesis",
    "posted-content": "article",
    "peer-review": "review",
    "report-component": "report",
    "report-series": "report",
    "journal": "periodical",
    "journal-issue": "periodical",
    "journal-volume": "periodical",
    "standard": "report",
    "component": "document",
    "other": "document",
}
_NAMES = ("author", "editor", "translator")
_DATES = ("issued", "published-print", "published", "published-online", "posted")
_TEXTS = {
    "publisher": "publisher",
    "publisher-location": "publisher-place",
    "publisher-place": "publisher-place",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "article-number": "eid",
    "edition-number": "edition",
    "edition": "edition",
    "language": "language",
    "number-of-pages": "number-of-pages",
    "collection-title": "collection-title",
    "version": "version",
}
_PARAGRAPH = re.compile(r"</(?:jats:)?(?:p|title|sec)\s*>", re.IGNORECASE)
# The marks of JATS that CSL has under the names of HTML.
_MARKS = {
    "italic": "i",
    "bold": "b",
    "sup": "sup",
    "sub": "sub",
    "sc": "sc",
    "i": "i",
    "b": "b",
    "em": "i",
    "strong": "b",
}
_TAG = re.compile(r"<(/?)(?:jats:|mml:)?([A-Za-z][\w-]*+)[^<>]{0,500}>")
_HEADING = re.compile(r"\A(?:abstract|résumé|resume|summary)\s*+[:.]?\s*+\Z", re.IGNORECASE)


def read_registry(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The reference in an answer of Crossref, of DataCite or of a resolver; none in what is no such answer."""
    try:
        answer: Any = json.loads(content)
    except (ValueError, RecursionError):
        return Parsed(())
    if isinstance(answer, dict) and isinstance(answer.get("message"), dict):
        answer = answer["message"]
    if not isinstance(answer, dict) or not (_first(answer.get("title")) or _first(answer.get("container-title"))):
        return Parsed(())
    return read_csl_json(json.dumps([_item(answer)]).encode(), path)


def _item(work: Mapping[str, Any]) -> dict[str, Any]:
    kind = str(work.get("type", ""))
    item: dict[str, Any] = {"type": _TYPES.get(kind, kind) or "document"}
    custom: dict[str, Any] = {}
    item["title"] = _marked(_first(work.get("title")))
    custom["subtitle"] = _marked(_first(work.get("subtitle")))
    containers = [_marked(each) for each in _list(work.get("container-title")) if isinstance(each, str)]
    if containers:
        # Crossref lists the series before the book.
        item["container-title"] = containers[-1]
        if len(containers) > 1:
            item["collection-title"] = containers[0]
    for name in _NAMES:
        item[name] = [made for each in _list(work.get(name)) if (made := _name(each))]
    item["issued"] = next((date for name in _DATES if (date := _date(work.get(name)))), None)
    for theirs, ours in _TEXTS.items():
        value = work.get(theirs)
        if isinstance(value, (str, int)):
            (custom if ours == "eid" else item)["article-number" if ours == "eid" else ours] = html.unescape(str(value))
    item["DOI"] = str(work.get("DOI", "")).lower()
    item["ISBN"] = _bare_number(_first(work.get("ISBN")))
    item["ISSN"] = _first(work.get("ISSN"))
    event = work.get("event")
    if isinstance(event, Mapping):
        item["event-title"], item["event-place"] = event.get("name"), event.get("location")
        item["event-date"] = _date({"date-parts": [*_parts(event.get("start")), *_parts(event.get("end"))]})
    item["publisher"] = item.get("publisher") or _institution(work.get("institution"))
    item["abstract"] = _abstract(_first(work.get("abstract")))
    item["keyword"] = ", ".join(each for each in _list(work.get("categories")) if isinstance(each, str))
    if not item["DOI"] and isinstance(work.get("URL"), str):
        item["URL"] = work["URL"]
    custom = {name: value for name, value in custom.items() if value}
    return {name: value for name, value in (item | {"custom": custom}).items() if value}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _first(value: Any) -> str:
    return next((each for each in _list(value) if isinstance(each, str) and each.strip()), "")


def _name(person: Any) -> dict[str, str]:
    if not isinstance(person, Mapping):
        return {}
    body = person.get("name") or person.get("literal")
    if isinstance(body, str) and not person.get("family"):
        return {"literal": " ".join(html.unescape(body).split())}
    parts = ("family", "given", "suffix", "non-dropping-particle", "dropping-particle")
    found = {part: " ".join(html.unescape(person[part]).split()) for part in parts if isinstance(person.get(part), str)}
    if not found.get("family"):
        return {"literal": found["given"]} if found.get("given") else {}
    return found


def _date(value: Any) -> dict[str, Any] | None:
    parts = _parts(value)
    return {"date-parts": parts} if parts else None


def _parts(value: Any) -> list[list[int]]:
    """The dates of an object, each a year with what is known of its month and day."""
    found = []
    for each in _list(value.get("date-parts")) if isinstance(value, Mapping) else ():
        numbers: list[int] = []
        for part in each[:3] if isinstance(each, list) else ():
            number = number_in(str(part))
            if not number:
                break
            numbers.append(number)
        if numbers:
            found.append(numbers)
    return found[:2]


def _institution(value: Any) -> str:
    first = next((each for each in _list(value) if isinstance(each, Mapping)), {})
    return str(first.get("name", ""))


def _bare_number(isbn: str) -> str:
    """An ISBN that stood in an address."""
    return isbn.rpartition("/")[2]


def _marked(text: str) -> str:
    """A text with the few marks that CSL knows, and no others."""

    def mark(tag: re.Match[str]) -> str:
        known = _MARKS.get(tag[2].lower())
        return f"<{tag[1]}{known}>" if known else ""

    return " ".join(html.unescape(_TAG.sub(mark, text.replace("&lt;", "<").replace("&gt;", ">"))).split())


def _abstract(text: str) -> str:
    """An abstract in JATS as paragraphs, without the heading that says that it is one."""
    paragraphs = (_marked(part) for part in _PARAGRAPH.split(text))
    return "\n\n".join(part for part in paragraphs if part and not _HEADING.match(part))
