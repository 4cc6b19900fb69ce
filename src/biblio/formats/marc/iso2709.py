"""ISO 2709: a leader, a directory of the fields, the fields; and what comes out of real systems under that name.

Source: ISO 2709:2008. The directory's lengths are counted in characters by some systems and in bytes by others, and the
leader may be blank or half there: the separators decide, and the directory gives the tags.
"""

from __future__ import annotations

import re

from biblio.formats.marc.encodings import Encoding, encoding_of
from biblio.formats.marc.record import Field, MarcRecord
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose

_RECORD_END, _FIELD_END, _SUBFIELD = b"\x1d", b"\x1e", b"\x1f"
_DIRECTORY = re.compile(rb"(?:[0-9A-Za-z]{3}[0-9]{9})+\Z")
_BLANKS = b" \t\r\n\0\x1a\xef\xbb\xbf"


def read_iso2709(content: bytes, path: str) -> Parsed[tuple[MarcRecord, ...]]:
    """The records of a file, with what is damaged (P303, P307) and what declares a false encoding (P306)."""
    records: list[MarcRecord] = []
    faults: list[Diagnostic] = []
    false: dict[str, list[int]] = {}
    number = 0
    chunks = content.split(_RECORD_END)
    for position, chunk in enumerate(chunks):
        chunk = chunk.lstrip(_BLANKS) if position else chunk.lstrip(_BLANKS[3:])
        if not chunk.strip(_BLANKS):
            continue
        number += 1
        read = _record(chunk, number)
        if read is None:
            faults.append(diagnose("P303", Span(path), number=number))
            continue
        record, encoding = read
        if encoding.contradicts:
            false.setdefault(encoding.name, []).append(number)
        if position == len(chunks) - 1:
            faults.append(diagnose("P307", Span(path), number=number))
        records.append(record)
    faults += (
        diagnose("P306", Span(path), count=len(numbers), number=numbers[0], encoding=name)
        for name, numbers in false.items()
    )
    return Parsed(tuple(records), tuple(faults))


def _record(chunk: bytes, number: int) -> tuple[MarcRecord, Encoding] | None:
    head, separator, body = chunk.partition(_FIELD_END)
    found = _DIRECTORY.search(head)
    if not separator or found is None:
        return None
    leader, entries = head[: found.start()], found[0]
    tags = _tags(entries, body)
    pieces = _pieces(entries, body, tags)
    unimarc = "200" in tags and "245" not in tags
    encoding = encoding_of(leader, body, unimarc)
    fields = tuple(_field(tag, piece, encoding) for tag, piece in zip(tags, pieces, strict=False))
    return MarcRecord(leader.decode("latin-1"), fields, number), encoding


def _tags(entries: bytes, body: bytes) -> list[str]:
    """The tags in the order in which the fields stand."""
    rows = [(int(entries[at + 7 : at + 12]), entries[at : at + 3].decode("ascii")) for at in range(0, len(entries), 12)]
    return [tag for _, tag in sorted(rows, key=lambda row: row[0])]


def _pieces(entries: bytes, body: bytes, tags: list[str]) -> list[bytes]:
    pieces = body.removesuffix(b"\n").removesuffix(b"\r").removesuffix(_FIELD_END).split(_FIELD_END)
    if len(pieces) == len(tags):
        return pieces
    # A separator inside a field, or one that is missing: the lengths of the directory.
    rows = sorted((int(entries[at + 7 : at + 12]), int(entries[at + 3 : at + 7])) for at in range(0, len(entries), 12))
    return [body[start : start + length].replace(_FIELD_END, b"") for start, length in rows]


def _field(tag: str, piece: bytes, encoding: Encoding) -> Field:
    if encoding.name == "UTF-8":
        # Its bytes of separators are nothing else: a field is decoded in one piece.
        start, *texts = encoding.decode(piece).split("\x1f")
        if texts:
            return Field(tag, start[-2:].ljust(2), tuple((text[0], text[1:].rstrip()) for text in texts if text))
    head, *parts = piece.split(_SUBFIELD)
    if not parts:
        if tag < "010":
            return Field(tag, text=encoding.decode(piece).rstrip())
        # No subfield at all: all of it but the indicators is the first one.
        return Field(tag, subfields=(("a", encoding.decode(piece[2:]).strip()),))
    subfields = tuple((chr(part[0]), encoding.decode(part[1:]).rstrip()) for part in parts if part)
    return Field(tag, head.decode("latin-1")[-2:].ljust(2), subfields)
