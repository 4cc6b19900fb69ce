"""The value of a field by its kind: one function a kind, which reports what it cannot understand and keeps it typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from biblio.formats.bibtex.dates import noted_date, year_and_month
from biblio.formats.bibtex.entry import Entry
from biblio.formats.bibtex.journal_macros import with_titles
from biblio.formats.bibtex.latex import Decoded, decode, decode_plain
from biblio.formats.bibtex.links import links, verbatim
from biblio.formats.bibtex.names import split_list, split_names
from biblio.formats.bibtex.syntax import RawField
from biblio.reference.date import Date, parse_date
from biblio.reference.fields import BY_BIBLATEX, Kind
from biblio.reference.holding import Holding, parse_holding
from biblio.reference.languages import language_tag
from biblio.reference.name import Names
from biblio.reference.numbering import Numbering, parse_numbering
from biblio.reference.pages import Extent, Leaf, PageRange, Pages, parse_extent, parse_pages
from biblio.reference.provenance import Provenance, parse_provenance
from biblio.text.inline import Rich, Text

_PARAGRAPH = re.compile(r"\n[ \t]*\n|\\par(?![A-Za-z])")
_DAY = re.compile(r"(\d{4})[-./](\d{2})[-./](\d{2})(?!\d)", re.ASCII)
_STAMPS = frozenset(name for name, row in BY_BIBLATEX.items() if row.variable == "added" and name != "added")
# A word of biblatex's by its key, which stays the value: what prints it knows the language.
_KEY = re.compile(r"\\bib(?:cp|ucp|lcp|cs|s|l)?string\s*\{(\w+)\}")
_OPEN_FIGURES = re.compile(r"\b\d{2}(?:\du|uu)\b")
_JOURNALS = frozenset({"journal", "journaltitle"})
_KEYWORD = re.compile(r"(?>(?:[^,;{}]++|\{(?>(?:[^{}]++|\{[^{}]*+\})*)\}|[{}])+)")
# Journals, publishers, keywords and languages come again and again in a collection: of so many values of a kind, what
# they are read as is kept.
_MOST_KNOWN = 4096


def _rich(field: RawField, entry: Entry) -> Rich:
    if field.plain:
        value = field.value.strip()
        if not ("  " in value or "--" in value or "''" in value):
            return (Text(value),) if value else ()
    if field.name == "series" and "\\bib" in field.value:
        field = field.with_value(_with_keys(field.value))
    elif field.name in _JOURNALS and "\\" in field.value:
        field = field.with_value(with_titles(field.value))
    return _decoded(decode(field.value), field, entry)


def _decoded(decoded: Decoded, field: RawField, entry: Entry) -> Rich:
    if decoded.unknown:
        for command in dict.fromkeys(decoded.unknown):
            entry.report("P110", field, command=command)
    if decoded.too_deep:
        entry.report("P111", field)
    if decoded.too_long:
        entry.report("P120", field)
    return decoded.rich


def _paragraphs(field: RawField, entry: Entry) -> tuple[Rich, ...]:
    if field.plain or ("\n" not in field.value and "\\par" not in field.value):
        rich = _rich(field, entry)
        return (rich,) if rich else ()
    pieces = [piece for piece in _PARAGRAPH.split(field.value) if piece.strip()]
    return tuple(filter(None, (_decoded(decode(piece), field, entry) for piece in pieces)))


def _names(field: RawField, entry: Entry) -> Names:
    parsed = split_names(field.value)
    for name in parsed.faulty:
        entry.report("R401", field, name=name)
    return parsed.names


def _list(field: RawField, entry: Entry) -> tuple[str, ...]:
    return _items_of(field.value)


@lru_cache(maxsize=_MOST_KNOWN)
def _items_of(value: str) -> tuple[str, ...]:
    return tuple(filter(None, map(decode_plain, split_list(_with_keys(value)))))


def _keywords(field: RawField, entry: Entry) -> tuple[str, ...]:
    return _keywords_of(field.value)


@lru_cache(maxsize=_MOST_KNOWN)
def _keywords_of(value: str) -> tuple[str, ...]:
    return tuple(filter(None, map(decode_plain, split_keywords(value))))


def split_keywords(value: str) -> list[str]:
    """The words between commas and semicolons outside braces, as typed."""
    return _KEYWORD.findall(value) if "{" in value else re.split(r"[,;]", value)


def _date(field: RawField, entry: Entry) -> Date | None:
    value = field.value.strip()
    date = parse_date(value)
    if date is not None:
        return date
    if field.name in _STAMPS:
        # What programs write of their own accord, each in its way, is nobody's fault; the hour behind is left out.
        day = _DAY.match(value)
        return parse_date("-".join(day.groups())) if day else None
    drafted = parse_date(_as_edtf_is(value))
    if drafted is not None:
        return drafted
    entry.report("R301", field, value=value)
    return noted_date(value) or Date(literal=decode_plain(value))


def _as_edtf_is(value: str) -> str:
    """A date in the words of EDTF's drafts, which biblatex's first manuals had: ``open``, ``unknown``, ``199u``."""
    value = value.replace("open", "..").replace("unknown", "")
    return _OPEN_FIGURES.sub(lambda match: match.group().replace("u", "X"), value)


def old_date(typed: Mapping[str, RawField], entry: Entry, prefix: str = "") -> Date:
    """The date of BibTeX's old fields, or of those whose names begin with ``prefix``."""
    year, month = typed[f"{prefix}year"], typed.get(f"{prefix}month")
    value = decode_plain(year.value)
    day = decode_plain(typed[f"{prefix}day"].value) if f"{prefix}day" in typed else ""
    date, understood = year_and_month(value, decode_plain(month.value) if month else "", day)
    if month and not understood:
        entry.report("R301", month, value=decode_plain(month.value))
    if date is None:
        entry.report("R301", year, value=value)
        return noted_date(value) or Date(literal=value)
    return date


def _pages(field: RawField, entry: Entry) -> Pages:
    value = decode_plain(field.value)
    pages = parse_pages(value)
    if pages is None:
        entry.report("R302", field, value=value)
        return Pages((PageRange(value, leaf=Leaf.OTHER),)) if value else Pages()
    return pages


def _extent(field: RawField, entry: Entry) -> Extent:
    value = decode_plain(field.value)
    extent = parse_extent(value)
    if extent is None:
        entry.report("R303", field, value=value)
        return Extent(value)
    return extent


def _numbering(field: RawField, entry: Entry) -> Numbering:
    return _numbering_of(field.value)


@lru_cache(maxsize=_MOST_KNOWN)
def _numbering_of(value: str) -> Numbering:
    return parse_numbering(decode_plain(value))


def _provenance(field: RawField, entry: Entry) -> Provenance | None:
    provenance = _provenance_of(field.value)
    if provenance is None:
        entry.report("R304", field, value=field.value.strip()[:60])
    return provenance


@lru_cache(maxsize=_MOST_KNOWN)
def _provenance_of(value: str) -> Provenance | None:
    return parse_provenance(decode_plain(value))


def _literal(field: RawField, entry: Entry) -> str:
    return decode_plain(_with_keys(field.value))


def _with_keys(value: str) -> str:
    return _KEY.sub(r"\1", value) if "\\bib" in value else value


def _language(field: RawField, entry: Entry) -> str:
    """The tag of the first language that the field names."""
    return _tag_of(field.value)


@lru_cache(maxsize=_MOST_KNOWN)
def _tag_of(value: str) -> str:
    return language_tag(next(iter(split_list(decode_plain(value))), ""))


def _holdings(field: RawField, entry: Entry) -> tuple[Holding, ...]:  # as any converter
    lines = (parse_holding(decode_plain(line)) for line in field.value.split("\n"))
    return tuple(holding for holding in lines if holding is not None)


CONVERTERS: Mapping[Kind, Callable[[RawField, Entry], Any]] = {
    Kind.RICH: _rich,
    Kind.PARAGRAPHS: _paragraphs,
    Kind.NAMES: _names,
    Kind.LIST: _list,
    Kind.KEYWORDS: _keywords,
    Kind.DATE: _date,
    Kind.PAGES: _pages,
    Kind.EXTENT: _extent,
    Kind.NUMBERING: _numbering,
    Kind.LITERAL: _literal,
    Kind.LANGUAGE: _language,
    Kind.VERBATIM: verbatim,
    Kind.LINKS: links,
    Kind.PROVENANCE: _provenance,
    Kind.HOLDINGS: _holdings,
}
