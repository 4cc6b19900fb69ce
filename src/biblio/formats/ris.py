"""Writes references as RIS, the tagged lines that every reference manager imports.

Source: RIS format specification (Research Information Systems, 2011). The lines themselves are the work of a
kept library, rispy: it is small, depends on nothing, and reads what it writes, which is how the export is
tested. Which tag holds a variable depends on the type of the record: ``ris_places`` knows. Choices that the
specification leaves open:

- line ends are CR LF, as the specification asks, and every value is one line, so that no value can begin a tag;
- ``SP`` holds the number of pages of a whole document, as Zotero and EndNote expect;
- ``AB`` is the abstract or, without one, the annotation;
- a date without a year of four digits, and a season, stand in the free last part of ``DA``; a range gives its
  start. What importers do not read of a date is said again in a note, in EDTF;
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
from biblio.reference.fields import FIELDS, Field, Kind
from biblio.reference.genres import genre_of, series_in_words, spoken
from biblio.reference.keys import in_language
from biblio.reference.link import DocumentLink, is_safe
from biblio.reference.name import Name, Names
from biblio.reference.numbering import Numbering
from biblio.reference.pages import Leaf
from biblio.reference.provenance import Provenance
from biblio.reference.reference import Reference
from biblio.reference.ris_places import TAGS, ris_type, tag_of
from biblio.reference.types import Pattern
from biblio.text.inline import Rich, plain

# The tags with rispy's names for them; it has none for these, which the specification or Zotero has.
_NAMES = {**rispy.TAG_KEY_MAPPING, "ED": "editors", "SV": "series_volume"}
# In the order in which a person reads a record.
_ORDER = (
    "ID AU A2 A3 ED A4 C2 TI ST TT T2 C3 T3 J2 PB CY PY DA VL IS SV M1 NV ET SP EP SN CN DO UR Y2 LA M3 KW AB N1"
).split()

# Line ends, other controls, and what no UTF-8 file can hold, with the blanks around them.
_BREAKS = re.compile("(?:(?<![ \t])[ \t]+)?[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+[ \t]*")

# The variables whose place depends on other variables, or on more than their kind.
_PLACED = frozenset(
    "author editor title subtitle journal_title book_title event_title collection_title number issue isbn issn "
    "genre label issued accessed page article_number number_of_pages url links abstract annotation".split(),
)


class _Writer(rispy.RisWriter):  # type: ignore[misc]  # rispy has no types
    """rispy's writer with the specification's line ends, and without the number that it puts before a record."""

    NEWLINE = "\r\n"

    def set_header(self, count: int) -> str:  # noqa: ARG002  # rispy's signature
        return ""


def write_ris(references: Sequence[Reference]) -> str:
    """The references as RIS records, CR LF behind each line, the last one too; empty for none. Never raises."""
    records = [_record(reference) for reference in references]
    written: str = rispy.dumps(records, implementation=_Writer, mapping=_NAMES, list_tags=list(_NAMES))
    return written


def _record(reference: Reference) -> dict[str, str | list[str]]:
    """The values of one record, under rispy's names for the tags."""
    values: dict[str, list[str]] = {tag: [] for tag in _ORDER}
    for tag, value in _lines(reference):
        if (line := _BREAKS.sub(" ", value).strip()) and line not in values[tag]:
            values[tag].append(line)
    named = {_NAMES[tag]: lines for tag, lines in values.items() if lines}
    return {"type_of_reference": ris_type(reference)} | named


def _lines(reference: Reference) -> Iterator[tuple[str, str]]:
    """Tags and values in any order, blank values among them."""
    reference = in_language(reference, spoken(reference))
    kind = ris_type(reference)
    yield "ID", reference.citekey
    yield from _people(reference, kind)
    # « : » between title and subtitle is ISBD's punctuation, the same in every language.
    yield "TI", " : ".join(filter(None, (plain(reference.title), plain(reference.subtitle))))
    yield from _titles_around(reference, kind)
    yield from _numbers(reference, kind)
    yield from _dates(reference)
    yield from _pagination(reference, kind)
    yield from _links(reference)
    yield from _texts(reference)
    yield "M3", genre_of(reference)
    if reference.genre and reference.label:
        yield "N1", f"entrysubtype: {reference.label}"
    for row in FIELDS:
        value = getattr(reference, row.variable)
        if row.private:
            continue
        if value and row.variable not in _PLACED:
            for text in _CONVERTERS[row.kind](value):
                yield _tagged(row, kind, text)
        if row.kind is Kind.NAMES and value.others:
            yield "N1", f"{row.biblatex[0]}: et al."


def _tagged(row: Field, kind: str, text: str) -> tuple[str, str]:
    """A value of a variable under its tag, or in a note under its name in files; nothing for an empty one."""
    tag = tag_of(row, kind)
    return (tag, text) if tag or not text else ("N1", f"{row.biblatex[0]}: {text}")


def _people(reference: Reference, kind: str) -> Iterator[tuple[str, str]]:
    """The authors and editors: those of a collection are its authors."""
    yield from (("AU", name) for name in _names(reference.author))
    editors = "AU" if kind == "EDBOOK" else tag_of(TAGS["editor"], kind)
    yield from ((editors, name) for name in _names(reference.editor))


def _titles_around(reference: Reference, kind: str) -> Iterator[tuple[str, str]]:
    container, event = plain(reference.container_title), plain(reference.event_title)
    if kind in ("CPAPER", "CONF", "SLIDE"):
        yield "T2", event or container
        yield "C3", container
    else:
        yield "T2", container
        if event:
            yield "N1", f"eventtitle: {event}"
    series = series_in_words(reference, spoken(reference)) or plain(reference.collection_title)
    yield "T3" if container else tag_of(TAGS["collection_title"], kind), series


def _numbers(reference: Reference, kind: str) -> Iterator[tuple[str, str]]:
    """The number and the issue, which periodicals have in one; then the standard numbers, of which ``SN`` holds one."""
    place = tag_of(TAGS["number"], kind)
    number, issue = "".join(_numbering(reference.number)), reference.issue
    if place == "IS":
        number, issue = ", ".join(filter(None, (number, issue))), ""
    yield _tagged(TAGS["number"], kind, number)
    yield _tagged(TAGS["issue"], kind, issue)
    standard = [row for row in (TAGS["isbn"], TAGS["issn"]) if getattr(reference, row.variable)]
    for row in reversed(standard) if place == "IS" else standard:
        value = getattr(reference, row.variable)
        yield ("SN", value) if place != "SN" else ("N1", f"{row.variable}: {value}")
        place = "SN"


def _dates(reference: Reference) -> Iterator[tuple[str, str]]:
    if reference.issued and (year := _year(reference.issued)):
        yield "PY", year
    if reference.issued:
        yield "DA", _date(reference.issued)
        if not _is_whole(reference.issued):
            yield "N1", f"date: {edtf(reference.issued)}"
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


def _is_whole(date: Date) -> bool:
    """Whether an importer that reads no more than year, month and day has it all."""
    point = date.start
    return point is not None and not date.is_range and edtf(date) == _date(date).rstrip("/").replace("/", "-")


def _pagination(reference: Reference, kind: str) -> Iterator[tuple[str, str]]:
    ranges = reference.page.ranges if reference.page else ()
    if len(ranges) == 1 and ranges[0].leaf is Leaf.PAGE:
        yield "SP", ranges[0].first
        yield "EP", ranges[0].last
    elif reference.page and ranges:
        # Several ranges have neither one start nor one end; folios and plates have a label, which SP and EP lack.
        yield "SP", str(reference.page)
    if reference.article_number:
        in_place = not ranges and tag_of(TAGS["number"], kind) == "IS"
        yield ("SP", reference.article_number) if in_place else ("N1", f"eid: {reference.article_number}")
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
