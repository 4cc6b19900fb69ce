"""The references of files of catalogues, MARC 21 and UNIMARC told apart record by record.

In ISO 2709 and in XML, in the two forms of programs, lines and JSON, and as catalogues show them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from biblio.formats.marc import marc21, unimarc
from biblio.formats.marc.displayed import displayed_records
from biblio.formats.marc.iso2709 import read_iso2709
from biblio.formats.marc.marc_json import Broken, marc_json_records
from biblio.formats.marc.marcxml import is_deleted_header, marc_elements, marc_record
from biblio.formats.marc.mnemonic import mnemonic_records
from biblio.formats.marc.record import MarcRecord
from biblio.formats.records import Record, references_of
from biblio.formats.text import decode_bytes
from biblio.formats.xml_tree import read_xml
from biblio.reference.reference import Reference
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose

# A leader, or what is left of one, the directory with its entries of twelve figures, and a separator.
_ISO_2709 = re.compile(
    rb"\A[\s\0\xef\xbb\xbf]*(?:[^\x1d\x1e\x1f<{\[]{0,30}?(?:[0-9A-Za-z]{3}[0-9]{9})+"
    rb"|\d{5}[ -~]{19}[0-9A-Za-z]{3}[0-9]{9}[0-9A-Za-z -]+)\x1e"
)
_MARC_XML = re.compile(
    # A tag of four characters is one of PICA's.
    rb"<(?:[\w.-]+:)?(?:data|control)[fF]ield\b[^>]*\btag\s*=\s*[\"']\s*\w{0,3}\s*[\"']|<(?:[\w.-]+:)?f\s+[^>]*\bc\s*=\s*[\"']\d{3}[\"']"
    rb"|<(?:[\w.-]+:)?df\s+[^>]*\bt\s*=\s*[\"']\d{3}[\"']"
    rb"|http://www\.loc\.gov/MARC21/slim|info:lc/xmlns/marcxchange"
)
# What a record of UNIMARC has when it describes a document.
_OF_DOCUMENTS = frozenset("010 101 210 214 215 330 461 463 700 701 710 856 995".split())


def looks_like_iso2709(content: bytes) -> bool:
    """Whether a file begins with a record of ISO 2709."""
    return _ISO_2709.match(content[:100_000]) is not None


def looks_like_marcxml(content: bytes) -> bool:
    """Whether a file holds fields of MARC in XML, however they are wrapped."""
    start = content[:200_000]
    if b"\0" in start[:40]:
        start = start.replace(b"\0", b"")
    return b"<" in start[:200] and _MARC_XML.search(start) is not None


def read_marc(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a file in ISO 2709. Never raises for what the file holds."""
    read = read_iso2709(content, path)
    return _references(read.value, path, read.diagnostics)


def read_marcxml(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a file in MARCXML or MarcXchange. Never raises for what the file holds."""
    tree = read_xml(content, path)
    faults = list(tree.diagnostics)
    records: list[MarcRecord] = []
    for number, (element, leader) in enumerate(marc_elements(tree.value), 1):
        if is_deleted_header(element):
            identifier = element.word("identifier")
            faults.append(diagnose("P302", Span(path, element.line), number=number, id=identifier))
        else:
            records.append(marc_record(element, number, leader))
    return _references(records, path, tuple(faults))


def read_mnemonic(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a file of MarcEdit's, a line for each field. Never raises for what the file holds."""
    text = _text_of(content, path)
    return _references(mnemonic_records(text.value), path, text.diagnostics)


def read_displayed(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of records as a catalogue shows them, a line for each field. Never raises for what it holds."""
    text = _text_of(content, path)
    return _references(displayed_records(text.value), path, text.diagnostics)


def read_marc_json(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a file of MARC-in-JSON; where the JSON breaks off is told (P154). Never raises."""
    decoded = _text_of(content, path)
    text, faults = decoded.value, list(decoded.diagnostics)
    records: list[MarcRecord] = []
    for found in marc_json_records(text):
        if isinstance(found, Broken):
            line = text.count("\n", 0, found.offset) + 1
            faults.append(diagnose("P154", Span(path, line), problem=found.problem))
        else:
            records.append(found)
    return _references(records, path, tuple(faults))


def _text_of(content: bytes, path: str) -> Parsed[str]:
    """The text of a file with line feeds alone for line ends; in UTF-8 C1 controls are marks, and no characters."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode_bytes(content, path)
    return Parsed(text.replace("\r\n", "\n").replace("\r", "\n"))


def _references(
    records: Iterable[MarcRecord], path: str, before: tuple[Diagnostic, ...]
) -> Parsed[tuple[Reference, ...]]:
    faults = list(before)
    made: list[Record] = []
    left: Counter[str] = Counter()
    for record in records:
        span = Span(path, record.line or 1)
        refused = _refused(record, span)
        if refused is not None:
            faults.append(refused)
            continue
        of_its_format = unimarc if record.is_unimarc else marc21
        kind, fields = of_its_format.fields_of(record)
        if not fields:
            faults.append(diagnose("P303", span, number=record.number))
            continue
        left.update(of_its_format.not_taken(record))
        made.append(Record(kind, "", fields, span, record.identifier, record.number))
    if left:
        listed = ", ".join(f"{tag} ({count})" for tag, count in sorted(left.items()))
        faults.append(diagnose("P308", Span(path), fields=listed))
    read = references_of(made)
    return Parsed(read.value, (*faults, *read.diagnostics))


def _refused(record: MarcRecord, span: Span) -> Diagnostic | None:
    """The fault of a record that is no document: deleted (P302), or an authority or holdings (P301)."""
    if record.leader[5:6] == "d":
        return diagnose("P302", span, number=record.number, id=record.identifier or "?")
    if _is_authority(record):
        return diagnose("P301", span, number=record.number, id=record.identifier or "?")
    return None


def _is_authority(record: MarcRecord) -> bool:
    # MARC 21 has z for authorities in the place of a document's type; UNIMARC x and y.
    if record.leader[6:7] in ("x", "y", "z", "q", "w"):
        return True
    tags = record.by_tag.keys()
    if "245" in tags:
        return False
    if record.leader[6:7] in ("u", "v") and "200" not in tags:
        return True  # holdings of MARC 21
    if "200" in tags:
        return bool(tags & {"106", "152", "120"}) and not tags & _OF_DOCUMENTS
    return bool(tags & {"100", "110", "111", "130", "150", "151"} and tags & {"400", "410", "450", "670", "550"})
