"""A file of another program as references: its content tells its format, or its name where no content does."""

from __future__ import annotations

import re

from biblio.formats.skos import looks_like_skos
from biblio.formats.text import start_of
from biblio.importing.imported import Imported
from biblio.importing.readers import Importer, Options, Sign, importers
from biblio.importing.refused import refusal_of
from biblio.words.faults import Diagnostic, Parsed, Span, diagnose

# How archives and what is packed begin (PKWARE's APPNOTE § 4.3; RFC 1952; the formats of 7-Zip, RAR, bzip2, xz).
_ARCHIVES = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!\x1a\x07": "rar",
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
}
# Files of a project, by what only they have.
_OWN = {
    "dossiers/*.yaml": re.compile(r"^(?:sections|sitography):\s*(?:\n|\[)", re.MULTILINE),
    "themes.yaml": re.compile(
        r"\A(?>(?:\s++|#[^\n]*+\n)*)^[\w-]++:(?:[^\S\n]*+\n\s++|\s*+\{)(?:fr|en): ", re.MULTILINE
    ),
    "style.yaml": re.compile(r"^extends: [\w-]+\s*$", re.MULTILINE),
    "manifest.json": re.compile(r'^  "dossier": "[\w-]+",$', re.MULTILINE),
    "biblio.toml": re.compile(
        r"^(?:accepted-duplicates|per-file-ignores|\[per-file-ignores\]|\[import\])", re.MULTILINE
    ),
}
# A line with an identifier and nothing else, perhaps in quotes or under its name; the first line may be a heading.
_IDENTIFIER = re.compile(
    r"[\s\"';,]*+(?:(?:doi|isbn|pmid|arxiv|hal)[\s:]*+)?(?:https?://(?:dx\.)?doi\.org/)?"
    r"(?:10\.\d{4,9}/\S{1,300}?|97[89][\d -]{10,14}|(?:\d[ -]?){9}[\dX]|[1-9]\d{6,7}|[a-z]{3,6}-\d{7,9}|\d{4}\.\d{4,5})"
    r"[\s\"';,]*",
    re.IGNORECASE,
)
_MOST_LINES = 2_000
# Of a text, few characters are controls; a database has many.
_CONTROLS = re.compile(r"[\0-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROLS = 0.02


def format_of(content: bytes, name: str) -> Importer | None:
    """The row that reads a file: the first that knows it, the surest signs first."""
    return next((row for row in importers() if row.knows(content, name)), None)


def read_file(content: bytes, name: str, options: Options | None = None) -> Parsed[Imported]:
    """What a file gives, with the faults met; ``name`` is the file's in messages.

    A file of no format that is read is a fault (E124, E172, E174 to E176, E249), as is one without a reference (E125).
    """
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return Parsed(Imported(), (diagnose("E172", Span(name)),))
    row = format_of(content, name)
    if row is None or row.sign > Sign.LOOSE:
        # What is known and not read is said by its name, before a guess.
        if looks_like_skos(content):
            return Parsed(Imported(), (diagnose("E196", Span(name), file=name),))
        refused = refusal_of(content, name)
        if refused is not None:
            return Parsed(Imported(), (refused,))
    if row is None:
        return Parsed(Imported(), (_unknown(content, name),))
    read = row.read(content, name, options or Options())
    if read.value.references:
        return read
    if _has_identifiers_alone(start_of(content)):
        return Parsed(Imported(), (diagnose("E249", Span(name), file=name),))
    if not read.diagnostics and (refused := refusal_of(content, name)):
        return Parsed(Imported(), (refused,))
    return Parsed(read.value, (*read.diagnostics, diagnose("E125", Span(name), format=row.name)))


def _has_identifiers_alone(text: str) -> bool:
    """Whether each line of a text is an identifier, but for a heading."""
    lines = [line for line in text.splitlines()[:_MOST_LINES] if line.strip()]
    found = [_IDENTIFIER.fullmatch(line) is not None for line in lines]
    return any(found) and all(found[1:])


def _unknown(content: bytes, name: str) -> Diagnostic:
    """What is said of a file that no row knows."""
    for start, kind in _ARCHIVES.items():
        if content.startswith(start):
            return diagnose("E174", Span(name), kind=kind)
    text = start_of(content)
    for kind, form in _OWN.items():
        if form.search(text):
            return diagnose("E176", Span(name), kind=kind)
    if _has_identifiers_alone(text):
        return diagnose("E249", Span(name), file=name)
    known = ", ".join(dict.fromkeys(each.name for each in importers()))
    if len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text):
        return diagnose("E175", Span(name), known=known)
    return diagnose("E124", Span(name), known=known)
