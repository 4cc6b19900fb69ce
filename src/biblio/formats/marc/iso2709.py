"""ISO 2709: a leader, a directory of the fields, the fields; and what comes out of real systems under that name.

Source: ISO 2709:2008. The directory's lengths are counted in characters by some systems and in bytes by others, and the
leader may be blank or half there: the separators decide, and the directory gives the tags.
"""

from __future__ import annotations

import re
import unicodedata

from biblio.formats.marc.encodings import Encoding, encoding_of
from biblio.formats.marc.record import Field, MarcRecord, subfields_of
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose

_RECORD_END, _FIELD_END, _SUBFIELD = b"\x1d", b"\x1e", b"\x1f"
_ENTRY = rb"[0-9A-Za-z]{3}[0-9]{9}"
_DIRECTORY = re.compile(rb"(?>(?:%b)+)\Z" % _ENTRY)
# One that something went wrong in: its entries are as long all the same.
_ENTRIES = re.compile(rb"(?>(?:[0-9A-Za-z]{3}[0-9 -]{9}|[0-9 -]{12})+)\Z")
_ONE_ENTRY = re.compile(_ENTRY)
_LENGTH_OF_ENTRY = 12
LEADER = 24
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
    pieces = body.removesuffix(b"\n").removesuffix(b"\r").removesuffix(_FIELD_END).split(_FIELD_END)
    start = _directory(head, len(pieces)) if separator else None
    if start is None:
        return None
    leader = head[:start]
    rows = _rows(head[start:], len(pieces))
    unimarc = any(row[2] == "200" for row in rows) and not any(row[2] == "245" for row in rows)
    encoding = encoding_of(leader, body, unimarc)
    if len(pieces) == len(rows):
        if encoding.name == "UTF-8":
            # Its bytes of separators are nothing else: a record is decoded in one piece.
            texts = encoding.decode(b"\x1e".join(pieces)).split("\x1e")
            fields = [_decoded(row[2], text) for row, text in zip(rows, texts, strict=False)]
            return MarcRecord(leader.decode("latin-1"), fields, number), encoding
    else:
        # A separator inside a field, or one that is missing: the lengths of the directory.
        pieces = [body[start : start + length].replace(_FIELD_END, b"") for start, length, _ in rows]
    fields = [_field(row[2], piece, encoding) for row, piece in zip(rows, pieces, strict=False)]
    return MarcRecord(leader.decode("latin-1"), fields, number), encoding


def _directory(head: bytes, fields: int) -> int | None:
    """Where the directory of a record of so many fields begins, behind a leader or behind what is left of one."""
    if _longer(len(head) - LEADER, fields) and head[LEADER:].isalnum():
        return LEADER
    if _DIRECTORY.match(head, LEADER) or (head[:5].isdigit() and _ENTRIES.match(head, LEADER)):
        return LEADER
    start = len(head)
    while start >= _LENGTH_OF_ENTRY and _ONE_ENTRY.match(head, start - _LENGTH_OF_ENTRY):
        start -= _LENGTH_OF_ENTRY
    return start if start < len(head) else None


def _longer(length: int, fields: int) -> int:
    """How many entries of a directory have a figure more: those of fields that begin behind 99,999 bytes."""
    longer = length - _LENGTH_OF_ENTRY * fields
    return longer if 0 < longer <= fields else 0


def _rows(entries: bytes, fields: int) -> list[tuple[int, int, str]]:
    """The start, the length and the tag of each field, in the order in which they stand."""
    text = entries.decode("latin-1")
    longer = _longer(len(text), fields)
    if longer:
        # One length for all: the address of the others begins with a zero more.
        usual = _LENGTH_OF_ENTRY * (fields - longer)
        head = (text[at : at + 7] + "0" + text[at + 7 : at + 12] for at in range(0, usual, _LENGTH_OF_ENTRY))
        text = "".join(head) + text[usual:]
    width = _LENGTH_OF_ENTRY + bool(longer)
    places = range(0, len(text) - width + 1, width)
    try:
        rows = [(int(text[at + 7 : at + width]), int(text[at + 3 : at + 7]), text[at : at + 3]) for at in places]
    except ValueError:
        return [(0, 0, text[at : at + 3]) for at in places]
    rows.sort(key=_start)
    return rows


def _start(row: tuple[int, int, str]) -> int:
    return row[0]


def _decoded(tag: str, piece: str) -> Field:
    start, *texts = piece.split("\x1f")
    if texts:
        subfields = tuple([(_code(text[0]), value) for text in texts if (value := text[1:].rstrip())])
        return Field(tag, start if len(start) == 2 else start[-2:].ljust(2), subfields)
    if tag < "010":
        return Field(tag, text=piece.rstrip())
    # No subfield at all: all of it but the indicators is the first one.
    return Field(tag, subfields=subfields_of((("a", piece[2:].strip()),)))


def _code(sign: str) -> str:
    """The code of a subfield; one with an accent, which there is not, is the letter below it."""
    return sign if sign.isascii() else unicodedata.normalize("NFD", sign)[:1]


def _field(tag: str, piece: bytes, encoding: Encoding) -> Field:
    head, *parts = piece.split(_SUBFIELD)
    if not parts:
        return _decoded(tag, encoding.decode(piece))
    subfields = [
        (chr(part[0]), encoding.decode(part[1:]).rstrip())
        if part[0] < 0x80
        else (_code((text := encoding.decode(part))[:1]), text[1:].rstrip())
        for part in parts
        if part
    ]
    return Field(tag, head.decode("latin-1")[-2:].ljust(2), subfields_of(subfields))
