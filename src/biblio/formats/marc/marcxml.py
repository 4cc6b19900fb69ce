"""MARCXML and MarcXchange, alone or in the answers of SRU, OAI-PMH and library systems, with or without a namespace.

Sources: Library of Congress, MARC 21 XML Schema; ISO 25577 (MarcXchange); PMB's ``unimarc`` and ``notice`` elements;
UNIMARC slim of Italy's national libraries, whose names are short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from biblio.formats.marc.record import Field, MarcRecord, subfields_of
from biblio.formats.xml_tree import Element

_LINE_END = re.compile(r"(?:(?<!\s)\s+)?[\n\r]\s*")
_LEADERS = frozenset({"leader", "lab"})
_CONTROL_FIELDS = frozenset({"controlfield", "controlField", "cf"})
_DATA_FIELDS = frozenset({"datafield", "dataField", "df"})
_FIELDS = _DATA_FIELDS | _CONTROL_FIELDS
_SUBFIELDS = frozenset({"subfield", "subField", "sf"})
_EMBEDDED = "s1"


def marc_elements(top: Element, leader: str = "") -> Iterator[tuple[Element, str]]:
    """The elements that hold fields of MARC, and the headers of deleted records, in the order of the document.

    Whatever they are called; with each the leader that stands beside it and not inside.
    """
    for child in top.children:
        if child.name in _LEADERS:
            leader = child.raw_text
        elif is_deleted_header(child):
            yield child, ""
        elif _is_record(child):
            yield child, leader
            leader = ""
        else:
            yield from marc_elements(child, leader)


def is_deleted_header(element: Element) -> bool:
    """Whether this is OAI-PMH's header of a record that is gone."""
    return element.name == "header" and element.attributes.get("status") == "deleted"


def marc_record(element: Element, number: int, leader: str = "") -> MarcRecord:
    """The record of an element; ``leader`` is the one that stands outside, for a record without any."""
    if _is_pmb(element):
        return _of_pmb(element, number)
    leader = next((child.raw_text for child in element.children if child.name in _LEADERS), leader)
    fields = [_field(child) for child in element.children if child.name in _FIELDS]
    return MarcRecord(leader.strip("\n\r\t"), [field for field in fields if field is not None], number, element.line)


def _is_record(element: Element) -> bool:
    return any(inside.name in _FIELDS for inside in element.children) or _is_pmb(element)


def _field(element: Element) -> Field | None:
    attributes = element.attributes
    tag = (attributes.get("tag") or attributes.get("t", "")).strip().zfill(3)
    if tag == "000":
        return None
    parts: list[tuple[str, str]] = []
    for child in element.children:
        if child.name in _SUBFIELDS:
            code = child.attributes.get("code") or child.attributes.get("c", "")
            parts.append((code.strip()[:1], _coded(child)))
        elif child.name == _EMBEDDED:
            parts += _embedded(child)
    if not parts:
        text = _coded(element)
        if tag < "010":
            return Field(tag, text=text)
        parts = [("a", text)]
    return Field(tag, _indicators(attributes), subfields_of(parts))


def _embedded(element: Element) -> Iterator[tuple[str, str]]:
    """The fields of another record as ISO 2709 has them: « $1200 1 » before the subfields of each."""
    for inside in filter(None, (_field(child) for child in element.children if child.name in _FIELDS)):
        yield "1", f"{inside.tag}{inside.text or inside.indicators}"
        yield from inside.subfields


def _coded(element: Element) -> str:
    """A text in which blanks count, as they do in coded data, but for the ends of lines."""
    text = element.raw_text.strip("\n\r\t") if element.children else element.head.strip("\n\r\t")
    return (_LINE_END.sub(" ", text) if "\n" in text or "\r" in text else text).rstrip()


def _indicators(attributes: Mapping[str, str]) -> str:
    get = attributes.get
    first, second = get("ind1") or get("i1") or " ", get("ind2") or get("i2") or " "
    return first[0] + second[0]


def _is_pmb(element: Element) -> bool:
    """Whether this is a ``notice`` of PMB's own: fields are ``f`` with a code ``c``, subfields ``s``."""
    return any(child.name == "f" and "c" in child.attributes for child in element.children)


def _of_pmb(element: Element, number: int) -> MarcRecord:
    codes = {child.name: child.text for child in element.children if child.name in ("rs", "dt", "bl", "hl", "el", "ru")}
    leader = "     " + "".join((codes.get(name) or " ")[:1] for name in ("rs", "dt", "bl", "hl"))
    fields: list[Field] = []
    for child in element.children:
        if child.name != "f":
            continue
        tag = child.attributes.get("c", "").strip().zfill(3)
        parts = [part for part in child.children if part.name == "s"]
        indicators = (child.attributes.get("ind", "") + "  ")[:2]
        if parts:
            values = ((part.attributes.get("c", "").strip()[:1], part.text) for part in parts)
            fields.append(Field(tag, indicators, subfields_of(values)))
        else:
            fields.append(Field(tag, text=child.text))
    return MarcRecord(leader, tuple(fields), number, element.line)
