"""Files that are known and not read: what each of them is, and the way round, by the fault that says it.

Sources: the first bytes and elements of each format as its documentation or its program gives them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import PurePath

from biblio.formats.text import start_of
from biblio.words.faults import Diagnostic, Span, diagnose

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SQLITE = b"SQLite format 3\0"
_LOOKED_AT = 300_000
_PAGE = r"(?i)\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?s:.){0,2000}?-->\s*)?<(?:!doctype html|html[\s>])"


class _Way(Enum):
    """What to do instead."""

    MANAGER = auto()
    GRAPH = auto()
    DOCUMENT = auto()
    OFFICE = auto()
    CATALOGUE = auto()
    ANSWER = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row: the name of a kind of file, the way round, and what tells it by its bytes or its name."""

    kind: str
    way: _Way
    tells: Callable[[bytes, str], bool]


def _starts(*beginnings: bytes) -> Callable[[bytes, str], bool]:
    return lambda content, _: content.startswith(beginnings)


def _has(pattern: str) -> Callable[[bytes, str], bool]:
    """By what stands near the beginning of a text."""
    form = re.compile(pattern)

    def tells(content: bytes, _: str) -> bool:
        return form.search(start_of(content[:_LOOKED_AT])) is not None

    return tells


def _ends(*endings: str) -> Callable[[bytes, str], bool]:
    return lambda _, name: name.lower().endswith(endings)


def _database(*tables: bytes) -> Callable[[bytes, str], bool]:
    """By the tables of a database of SQLite, whose names stand in its first pages."""
    return lambda content, _: content.startswith(_SQLITE) and all(table in content[:_LOOKED_AT] for table in tables)


def _compound(*words: str) -> Callable[[bytes, str], bool]:
    """By the streams of a compound file of Microsoft's."""
    return lambda content, _: content.startswith(_OLE) and any(word.encode("utf-16-le") in content for word in words)


def _is_lock(content: bytes, name: str) -> bool:
    """Whether a file is what Word or LibreOffice leaves beside a document that is open."""
    base = PurePath(name).name
    return (base.startswith("~$") and len(content) < 1000) or (base.startswith(".~lock.") and base.endswith("#"))


# In the order in which a file is tried with them.
ROWS = (
    Refusal("~$", _Way.OTHER, _is_lock),
    Refusal("Citavi", _Way.MANAGER, _ends(".ctv6", ".ctv5", ".ctv4", ".ctv6bak", ".ctv5bak")),
    Refusal("Citavi", _Way.MANAGER, _database(b"CREATE TABLE", b"ReferenceAuthor")),
    Refusal("Citavi", _Way.MANAGER, _has(r"<CitaviExchangeData[\s>]|<Citavi[\s>]")),
    Refusal("Zotero", _Way.MANAGER, _database(b"itemCreators", b"itemDataValues")),
    Refusal("Mendeley", _Way.MANAGER, _database(b"DocumentContributors")),
    Refusal("Papers", _Way.MANAGER, _ends(".papers", ".papers2", ".papers3", ".papersarchive", ".papers2archive")),
    Refusal("EndNote", _Way.MANAGER, _ends(".enl", ".enlx")),
    Refusal("SQLite", _Way.MANAGER, _starts(_SQLITE)),
    Refusal("OpenAlex", _Way.ANSWER, _has(r'\A\s*[\[{](?s:.){0,3000}"https://openalex\.org/W\d')),
    Refusal("DataCite", _Way.ANSWER, _has(r'"type"\s*:\s*"dois"')),
    Refusal("Semantic Scholar", _Way.ANSWER, _has(r'\A\s*[\[{](?s:.){0,3000}"paperId"\s*:')),
    Refusal("BibJSON", _Way.ANSWER, _has(r'\A\s*[\[{](?s:.){0,3000}(?i:"[^"\n]{0,40}bibjson)')),
    Refusal("BIBFRAME", _Way.GRAPH, _has(r"id\.loc\.gov/ontologies/bibframe")),
    Refusal("BIBO", _Way.GRAPH, _has(r"purl\.org/ontology/bibo/")),
    Refusal("schema.org", _Way.GRAPH, _has(r'"@context"\s*:\s*(?:\[\s*)?"https?://(?:www\.)?schema\.org')),
    Refusal("Turtle", _Way.GRAPH, _has(r"(?m)^[^\S\n]*+@prefix\s+[\w-]*:\s*<")),
    Refusal("RDF", _Way.GRAPH, _has(r"<(?:\w+:)?RDF[\s>]")),
    Refusal(
        "PICA", _Way.CATALOGUE, _has(r"info:srw/schema/5/pica|<(?:\w+:)?datafield\b[^<>]*\btag\s*=\s*[\"']\d{3}[@A-Z]")
    ),
    Refusal("PICA", _Way.CATALOGUE, _has(r"(?m)^(?:[\x1d\x1e]*)(?:00[0-4]|02[018])[@A-Z](?:/\d\d)? (?:[$ƒ]|\x1f)[0a]")),
    Refusal("Aleph", _Way.CATALOGUE, _has(r"(?m)^\d{9} (?:LDR|FMT|\d{3}[\w ]{2}) L ")),
    Refusal("MAB", _Way.CATALOGUE, _has(r"ddb\.de/professionell/mabxml|<mab:|<feld\s+nr=|\A\d{5}[a-z]M2\.")),
    Refusal("CSL", _Way.OTHER, _has(r"<style[^<>]*purl\.org/net/xbiblio/csl")),
    Refusal("TEI", _Way.DOCUMENT, _has(r"<(?:\w+:)?(?:TEI|teiCorpus)(?:\.2)?[\s>]")),
    Refusal("JATS", _Way.DOCUMENT, _has(r"<article[\s>](?s:.){0,5000}<(?:front|article-meta|journal-meta)[\s>]|JATS-")),
    Refusal("EAD", _Way.DOCUMENT, _has(r"<(?:\w+:)?ead[\s>]")),
    Refusal("METS", _Way.DOCUMENT, _has(r"<(?:\w+:)?mets[\s>]")),
    Refusal("ONIX", _Way.DOCUMENT, _has(r"<ONIX[Mm]essage[\s>]|<ONIX[Mm]essage\b")),
    Refusal("Atom / RSS", _Way.DOCUMENT, _has(r"<(?:\w+:)?(?:feed|rss)[\s>]")),
    Refusal("DocBook", _Way.DOCUMENT, _has(r"docbook\.org/ns/docbook")),
    Refusal("HTML", _Way.DOCUMENT, _has(_PAGE)),
    Refusal("RTF", _Way.OFFICE, _starts(b"{\\rtf")),
    Refusal("Office", _Way.OFFICE, _compound("EncryptedPackage", "EncryptionInfo")),
    Refusal("Word (.doc)", _Way.OFFICE, _compound("WordDocument")),
    Refusal("PowerPoint (.ppt)", _Way.OFFICE, _compound("PowerPoint Document")),
    Refusal("PNG", _Way.OTHER, _starts(b"\x89PNG\r\n")),
    Refusal("JPEG", _Way.OTHER, _starts(b"\xff\xd8\xff")),
    Refusal("GIF", _Way.OTHER, _starts(b"GIF87a", b"GIF89a")),
    Refusal("TIFF", _Way.OTHER, _starts(b"II*\0", b"MM\0*")),
    Refusal("SVG", _Way.OTHER, _has(r"<svg[\s>]")),
)


def refusal_of(content: bytes, name: str) -> Diagnostic | None:
    """What is said of a file that is known and not read (E191 to E195, E216, E217); ``None`` for any other."""
    row = next((row for row in ROWS if row.tells(content, name)), None)
    return _SAID[row.way](Span(name), row.kind) if row else None


_SAID: Mapping[_Way, Callable[[Span, str], Diagnostic]] = {
    _Way.MANAGER: lambda place, kind: diagnose("E191", place, kind=kind),
    _Way.GRAPH: lambda place, kind: diagnose("E192", place, kind=kind),
    _Way.DOCUMENT: lambda place, kind: diagnose("E193", place, kind=kind),
    _Way.OFFICE: lambda place, kind: diagnose("E194", place, kind=kind),
    _Way.CATALOGUE: lambda place, kind: diagnose("E216", place, kind=kind),
    _Way.ANSWER: lambda place, kind: diagnose("E217", place, kind=kind),
    _Way.OTHER: lambda place, kind: diagnose("E195", place, kind=kind),
}
