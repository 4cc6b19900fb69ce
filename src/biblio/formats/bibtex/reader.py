"""Reads BibTeX and biblatex files: entries become references, and each value the type that its field asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from biblio.diagnostics import Diagnostic, Parsed, Span, diagnose
from biblio.formats.bibtex.latex import decode, decode_plain
from biblio.formats.bibtex.names import split_list, split_names
from biblio.formats.bibtex.syntax import Positions, RawEntry, RawField, split
from biblio.formats.text import decode_bytes, normalise
from biblio.model.date import Date, parse_date
from biblio.model.fields import BY_BIBLATEX, FIELDS, STEERING, Kind, language_tag
from biblio.model.link import DocumentLink, is_safe, parse_link
from biblio.model.name import Names
from biblio.model.numbering import Numbering, parse_numbering
from biblio.model.pages import Extent, Pages, parse_extent, parse_pages
from biblio.model.provenance import Provenance, parse_provenance
from biblio.model.reference import Origin, Reference
from biblio.model.types import ENTRY_TYPES
from biblio.richtext import Rich

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FRENCH_MONTHS = ("janv", "fév", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc")


@dataclass(slots=True)
class _Entry:
    """One entry on its way to a reference: where its faults are noted."""

    raw: RawEntry
    positions: Positions
    diagnostics: list[Diagnostic]

    def report(self, code: str, field: RawField, **arguments: str) -> None:
        span = self.positions.span(field.offset, len(field.value.split("\n", 1)[0]))
        self.diagnostics.append(diagnose(code, span, self.raw.key, field=field.name, **arguments))


def read_bibtex(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of one file. ``path`` is the file's name in messages. Never raises for what the file holds."""
    text = decode_bytes(content, path)
    positions = Positions(text.value, path)
    found = split(text.value, positions)
    diagnostics = [*text.diagnostics, *found.diagnostics]
    references = tuple(_reference(raw, positions, diagnostics) for raw in found.entries)
    return Parsed(references, tuple(diagnostics))


def _reference(raw: RawEntry, positions: Positions, diagnostics: list[Diagnostic]) -> Reference:
    entry = _Entry(raw, positions, diagnostics)
    typed = _typed_fields(entry)
    if raw.type not in ENTRY_TYPES:
        span = positions.span(raw.offset, len(raw.type) + 1)
        diagnostics.append(diagnose("R101", span, raw.key, type=raw.type))
    values: dict[str, Any] = {}
    for row in FIELDS:
        field = next((typed[name] for name in row.biblatex if name in typed), None)
        if field is not None and field.value.strip():
            values[row.variable] = _CONVERTERS[row.kind](field, entry)
    if "issued" not in values and "year" in typed:
        values["issued"] = _year_and_month(typed, entry)
    if "language" in values:
        values["language"] = language_tag(values["language"])
    return Reference(
        citekey=normalise(raw.key),
        entry_type=raw.type,
        origin=Origin(
            positions.span(raw.key_offset, len(raw.key)),
            MappingProxyType({name: _span(field, positions) for name, field in typed.items()}),
        ),
        raw=MappingProxyType({name: normalise(field.value) for name, field in typed.items()}),
        **values,
    )


def _span(field: RawField, positions: Positions) -> Span:
    return positions.span(field.offset, len(field.value.split("\n", 1)[0]))


def _typed_fields(entry: _Entry) -> dict[str, RawField]:
    """The fields by name; of two with one name the first is kept and the second reported."""
    typed: dict[str, RawField] = {}
    for field in entry.raw.fields:
        if typed.setdefault(field.name, field) is not field:
            entry.report("P109", field)
        elif field.name not in BY_BIBLATEX and field.name not in STEERING:
            entry.report("R102", field)
    return typed


def _rich(field: RawField, entry: _Entry) -> Rich:
    return _decode(field.value, field, entry)


def _decode(value: str, field: RawField, entry: _Entry) -> Rich:
    decoded = decode(value)
    for command in dict.fromkeys(decoded.unknown):
        entry.report("P110", field, command=command)
    if decoded.too_deep:
        entry.report("P111", field)
    return decoded.rich


def _paragraphs(field: RawField, entry: _Entry) -> tuple[Rich, ...]:
    pieces = re.split(r"\n[ \t]*\n|\\par\b", field.value)
    return tuple(_decode(piece, field, entry) for piece in pieces if piece.strip())


def _names(field: RawField, entry: _Entry) -> Names:
    parsed = split_names(field.value)
    for name in parsed.faulty:
        entry.report("R401", field, name=name)
    return parsed.names


def _list(field: RawField, entry: _Entry) -> tuple[str, ...]:
    return tuple(filter(None, map(decode_plain, split_list(field.value))))


def _keywords(field: RawField, entry: _Entry) -> tuple[str, ...]:
    return tuple(filter(None, map(decode_plain, re.split(r"[,;]", field.value))))


def _date(field: RawField, entry: _Entry) -> Date:
    value = field.value.strip()
    date = parse_date(value)
    if date is None:
        entry.report("R301", field, value=value)
        return Date(literal=decode_plain(value))
    return date


def _year_and_month(typed: Mapping[str, RawField], entry: _Entry) -> Date:
    """The date of BibTeX's old pair of fields (biblatex manual § 2.3.9)."""
    year = typed["year"]
    value = decode_plain(year.value)
    month = typed.get("month")
    if month is not None:
        number = _month_number(month.value)
        if number is None:
            entry.report("R301", month, value=month.value.strip())
        else:
            value = f"{value}-{number:02d}"
    date = parse_date(value)
    if date is None:
        entry.report("R301", year, value=value)
        return Date(literal=value)
    return date


def _month_number(value: str) -> int | None:
    value = decode_plain(value).strip().lower().rstrip(".")
    if value.isdigit():
        return int(value) if 1 <= int(value) <= 12 else None
    for names in (_MONTHS, _FRENCH_MONTHS):
        for number, name in enumerate(names, 1):
            if value.startswith(name):
                return number
    return None


def _pages(field: RawField, entry: _Entry) -> Pages | None:
    pages = parse_pages(decode_plain(field.value))
    if pages is None:
        entry.report("R302", field, value=field.value.strip())
    return pages


def _extent(field: RawField, entry: _Entry) -> Extent:
    value = decode_plain(field.value)
    extent = parse_extent(value)
    if extent is None:
        entry.report("R303", field, value=value)
        return Extent(value)
    return extent


def _numbering(field: RawField, entry: _Entry) -> Numbering:
    return parse_numbering(decode_plain(field.value))


def _provenance(field: RawField, entry: _Entry) -> Provenance | None:
    provenance = parse_provenance(decode_plain(field.value))
    if provenance is None:
        entry.report("R304", field, value=field.value.strip()[:60])
    return provenance


def _literal(field: RawField, entry: _Entry) -> str:
    return decode_plain(field.value)


def _verbatim(field: RawField, entry: _Entry) -> str:
    value = normalise(re.sub(r"\s+", "" if field.name in ("url", "doi") else " ", field.value.strip()))
    value = re.sub(r"\\([%#&_~])", r"\1", value)
    if field.name == "url":
        wrapped = re.fullmatch(r"\\url\{(.*)\}", value)
        value = wrapped[1] if wrapped else value
        if not is_safe(value):
            entry.report("R201", field, value=value[:200])
    elif field.name == "doi":
        value = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)", "", value, flags=re.IGNORECASE)
    return value


def _links(field: RawField, entry: _Entry) -> tuple[DocumentLink, ...]:
    links: list[DocumentLink] = []
    cluster, gap = 0, False
    offset = field.offset
    for line in field.value.split("\n"):
        if line.strip():
            cluster += 1 if gap and links else 0
            gap = False
            link = parse_link(normalise(line), cluster)
            here = RawField(field.name, line.strip(), offset + len(line) - len(line.lstrip()))
            if link is None:
                entry.report("R202", here, value=line.strip()[:200])
                link = DocumentLink(label=normalise(line.strip()), cluster=cluster)
            elif link.url and not is_safe(link.url):
                entry.report("R201", here, value=link.url[:200])
            links.append(link)
        else:
            gap = True
        offset += len(line) + 1
    return tuple(links)


_CONVERTERS: Mapping[Kind, Callable[[RawField, _Entry], Any]] = {
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
    Kind.VERBATIM: _verbatim,
    Kind.LINKS: _links,
    Kind.PROVENANCE: _provenance,
}
