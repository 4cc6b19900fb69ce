"""Writes references as RIS, the tagged lines that every reference manager imports.

Source: RIS format specification (Research Information Systems, 2011). The lines themselves are the work of a
kept library, rispy: it is small, depends on nothing, and reads what it writes, which is how the export is
tested. Choices that the specification leaves open:

- line ends are CR LF, as the specification asks, and every value is one line, so that no value can begin a tag;
- a series stands in ``T3``; in ``T2``, where importers look for that of a book, when nothing else stands there;
- ``SP`` holds the number of pages of a whole document, as Zotero and EndNote expect;
- ``AB`` is the abstract or, without one, the annotation;
- a date without a year of four digits, and a season, stand in the free last part of ``DA``; a range gives its
  start;
- whatever RIS has no tag for becomes a note, ``N1  - field: value``, under the field's biblatex name. So do the
  authors that the source leaves out (« and others »): as a name they would enter the importer's index.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import rispy

from biblio.reference.bodies import joined_again
from biblio.reference.date import SEASONS, Date, edtf
from biblio.reference.fields import FIELDS, Kind
from biblio.reference.link import DocumentLink, is_safe
from biblio.reference.name import Name, Names
from biblio.reference.numbering import Numbering
from biblio.reference.pages import Leaf
from biblio.reference.provenance import Provenance
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.inline import Rich, plain

# The tags in the order in which a person reads a record.
_ORDER = "ID AU A2 A4 TI TT T2 T3 PB CY PY DA VL IS ET SP EP SN CN DO UR Y2 LA M3 KW AB N1".split()

# Line ends, other controls, and what no UTF-8 file can hold, with the blanks around them.
_BREAKS = re.compile("[ \t]*[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+[ \t]*")

# The variables whose place depends on other variables, or on more than their kind.
_PLACED = frozenset(
    "title subtitle journal_title book_title collection_title number issue genre label issued accessed page "
    "number_of_pages url links abstract annotation".split(),
)


class _Writer(rispy.RisWriter):  # type: ignore[misc]  # rispy has no types
    """rispy's writer with the specification's line ends, and without the number that it puts before a record."""

    NEWLINE = "\r\n"

    def set_header(self, count: int) -> str:  # noqa: ARG002  # rispy's signature
        return ""


def write_ris(references: Sequence[Reference]) -> str:
    """The references as RIS records, CR LF behind each line, the last one too; empty for none. Never raises."""
    records = [_record(reference) for reference in references]
    written: str = rispy.dumps(records, implementation=_Writer, list_tags=list(rispy.TAG_KEY_MAPPING))
    return written


def _record(reference: Reference) -> dict[str, str | list[str]]:
    """The values of one record, under rispy's names for the tags."""
    values: dict[str, list[str]] = {tag: [] for tag in _ORDER}
    for tag, value in _lines(reference):
        if (line := _BREAKS.sub(" ", value).strip()) and line not in values[tag]:
            values[tag].append(line)
    named = {rispy.TAG_KEY_MAPPING[tag]: lines for tag, lines in values.items() if lines}
    return {"type_of_reference": reference.type.ris} | named


def _lines(reference: Reference) -> Iterator[tuple[str, str]]:
    """Tags and values in any order, blank values among them."""
    yield "ID", reference.citekey
    # « : » between title and subtitle is ISBD's punctuation, the same in every language.
    yield "TI", " : ".join(filter(None, (plain(reference.title), plain(reference.subtitle))))
    yield from _titles_around(reference)
    yield "IS", ", ".join(filter(None, (*_numbering(reference.number), reference.issue)))
    yield from _dates(reference)
    yield from _pagination(reference)
    yield from _links(reference)
    yield from _texts(reference)
    yield "M3", reference.genre or reference.label
    for row in FIELDS:
        value = getattr(reference, row.variable)
        if row.private:
            continue
        if value and row.variable not in _PLACED:
            for text in _CONVERTERS[row.kind](value):
                yield (row.ris, text) if row.ris else ("N1", f"{row.biblatex[0]}: {text}")
        if row.kind is Kind.NAMES and value.others:
            yield "N1", f"{row.biblatex[0]}: et al."


def _titles_around(reference: Reference) -> Iterator[tuple[str, str]]:
    container = plain(reference.container_title)
    yield "T2", container
    yield "T3" if container else "T2", plain(reference.collection_title)


def _dates(reference: Reference) -> Iterator[tuple[str, str]]:
    if reference.issued and (year := _year(reference.issued)):
        yield "PY", year
    if reference.issued:
        yield "DA", _date(reference.issued)
    if reference.accessed:
        yield "Y2", _date(reference.accessed)


def _year(date: Date) -> str:
    """The four digits of the year; empty when they are not known or not four."""
    point = date.first
    return f"{point.year:04d}" if point and not point.unspecified and 0 <= point.year <= 9999 else ""


def _date(date: Date) -> str:
    """``YYYY/MM/DD/`` and free text."""
    point, year = date.first, _year(date)
    if not (point and year):
        return "///" + edtf(date).replace("/", "-")
    season = SEASONS.get(point.month, "")
    month = f"{point.month:02d}" if point.month and not season else ""
    day = f"{point.day:02d}" if point.day and month else ""
    return f"{year}/{month}/{day}/{season}"


def _pagination(reference: Reference) -> Iterator[tuple[str, str]]:
    ranges = reference.page.ranges if reference.page else ()
    if len(ranges) == 1 and ranges[0].leaf is Leaf.PAGE:
        yield "SP", ranges[0].first
        yield "EP", ranges[0].last
    elif reference.page and ranges:
        # Several ranges have neither one start nor one end; folios and plates have a label, which SP and EP lack.
        yield "SP", str(reference.page)
    if reference.number_of_pages and (count := reference.number_of_pages.count):
        whole = reference.type.pattern is Pattern.MONOGRAPH and not ranges
        yield ("SP", count) if whole else ("N1", f"pagetotal: {count}")


def _links(reference: Reference) -> Iterator[tuple[str, str]]:
    """Addresses that may become links in the importer's window as such; labels and other addresses as notes."""
    if reference.url:
        yield ("UR", reference.url) if is_safe(reference.url) else ("N1", f"url: {reference.url}")
    for link in reference.links:
        safe, described = is_safe(link.url), _described(link)
        if safe:
            yield "UR", link.url
        if not safe or described != f"<{link.url}>":
            yield "N1", f"links: {described}"


def _described(link: DocumentLink) -> str:
    """A link in one line, as bibliography files write it."""
    details = ", ".join(filter(None, (link.format, link.size, "résumé" if link.abstract_only else "")))
    parts = (link.label, f"<{link.url}>" if link.url else "", f"({details})" if details else "")
    return " ".join(filter(None, parts))


def _texts(reference: Reference) -> Iterator[tuple[str, str]]:
    abstract, annotation = _paragraphs(reference.abstract), _paragraphs(reference.annotation)
    if abstract and annotation:
        yield "AB", abstract
        yield "N1", f"annotation: {annotation}"
    else:
        yield "AB", abstract or annotation


def _paragraphs(paragraphs: Sequence[Rich]) -> str:
    return " ".join(map(plain, paragraphs))


def _names(names: Names) -> list[str]:
    return [_name(name) for name in names.people]


def _name(name: Name) -> str:
    """``Family, Given, Suffix``; a literal stands alone."""
    return name.literal or ", ".join((name.full_family, name.given, name.suffix)).rstrip(", ")


def _numbering(number: Numbering | None) -> list[str]:
    """The number without its label (*vol.*, *tome*), which the importer brings along."""
    return [" ".join(filter(None, (number.value, number.supplement)))] if number else []


def _provenance(provenance: Provenance) -> list[str]:
    """The words that ``parse_provenance`` reads."""
    words = ("extrait" if provenance.extract else "", "d'après" if provenance.adapted else "", provenance.source.value)
    return [" ".join(filter(None, words))]


_CONVERTERS: Mapping[Kind, Callable[[Any], Sequence[str]]] = {
    Kind.RICH: lambda rich: [plain(rich)],
    Kind.NAMES: _names,
    Kind.LIST: lambda values: ["; ".join(joined_again(values))],
    Kind.KEYWORDS: list,
    Kind.DATE: lambda date: [edtf(date)],
    Kind.NUMBERING: _numbering,
    Kind.LITERAL: lambda value: [value],
    Kind.LANGUAGE: lambda value: [value],
    Kind.VERBATIM: lambda value: [value],
    Kind.PROVENANCE: _provenance,
    Kind.HOLDINGS: lambda holdings: list(map(str, holdings)),
    Kind.PARAGRAPHS: lambda paragraphs: [_paragraphs(paragraphs)],
}
