"""MARC records as files: in ISO 2709 with its lengths and addresses, and in MARCXML.

Sources: ISO 2709:2008 (a record of at most 99,999 bytes, a field of at most 9,999); Library of Congress, MARC 21 XML
Schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from biblio.formats.marc.record import Field, MarcRecord
from biblio.formats.xml_text import Tag, document

_SUBFIELD, _FIELD_END, _RECORD_END = b"\x1f", b"\x1e", b"\x1d"
# A text of words, which may go on in another field of its tag, ends before this.
_LONGEST = 8_000  # bytes
_MOST = 99_999
_MOST_OF_FIELD = 9_999
# Separators, and whatever else no line of a catalogue has.
_BLANKS = re.compile("[\0-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_NAMESPACES = {
    "xmlns": "http://www.loc.gov/MARC21/slim",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "http://www.loc.gov/MARC21/slim http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd",
}


def iso2709(record: MarcRecord) -> bytes:
    """The record in UTF-8, its directory behind its leader.

    A long text goes on in a second field of its tag; what a record has no room for, the last of its longest fields
    first, is left out.
    """
    pieces = [(field.tag, _bytes(field)) for each in record.fields for field in _in_parts(each)]
    pieces = [(tag, content) for tag, content in pieces if len(content) <= _MOST_OF_FIELD]
    while sum(len(content) + 12 for _, content in pieces) + 26 > _MOST:
        longest = max(range(len(pieces)), key=lambda at: (len(pieces[at][1]), at))
        del pieces[longest]
    directory, at = "", 0
    for tag, content in pieces:
        directory += f"{tag}{len(content):04d}{at:05d}"
        at += len(content)
    base = 24 + len(directory) + 1
    leader = f"{base + at + 1:05d}{record.leader[5:12]}{base:05d}{record.leader[17:24]}"
    head = leader.encode("ascii") + directory.encode("ascii") + _FIELD_END
    return head + b"".join(content for _, content in pieces) + _RECORD_END


def marcxml(records: Sequence[MarcRecord]) -> str:
    """The records as one ``collection``, with a final newline."""
    return document(Tag("collection", tuple(map(_element, records)), _NAMESPACES))


def _element(record: MarcRecord) -> Tag:
    return Tag("record", (Tag("leader", record.leader), *map(_field_element, record.fields)))


def _field_element(field: Field) -> Tag:
    if field.tag < "010":
        return Tag("controlfield", _clean(field.text), {"tag": field.tag})
    first, second = field.indicators[0], field.indicators[1]
    inside = tuple([Tag("subfield", _value(field.tag, value), {"code": code}) for code, value in field.subfields])
    return Tag("datafield", inside, {"tag": field.tag, "ind1": first, "ind2": second})


def _clean(value: str) -> str:
    if value.isprintable() and "  " not in value:
        return value.strip(" ")
    return _BLANKS.sub(" ", value).strip()


def _value(tag: str, value: str) -> str:
    """A value in one line; the positions of coded data stay as they are."""
    return value if tag in ("100", "105") else _clean(value)


def _bytes(field: Field) -> bytes:
    if field.tag < "010":
        return _clean(field.text).encode("utf-8") + _FIELD_END
    content = field.indicators.encode("ascii")
    for code, value in field.subfields:
        content += _SUBFIELD + code.encode("ascii") + _value(field.tag, value).encode("utf-8")
    return content + _FIELD_END


def _is_long(value: str) -> bool:
    # A character has at most four bytes.
    return 4 * len(value) > _LONGEST and len(value.encode("utf-8", "replace")) > _LONGEST


def _in_parts(field: Field) -> Iterator[Field]:
    """The field, or several of one subfield each where it is one long text."""
    if len(field.subfields) != 1 or not _is_long(field.subfields[0][1]):
        yield field
        return
    code, value = field.subfields[0]
    part = ""
    for word in _clean(value).split(" "):
        if len(f"{part} {word}".encode()) > _LONGEST:
            yield field._replace(subfields=((code, part),))
            part = word
        else:
            part = f"{part} {word}".lstrip()
    yield field._replace(subfields=((code, part),))
