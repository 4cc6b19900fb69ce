"""The kinds of files that hold a printed list, each from bytes to references and a plan."""

from __future__ import annotations

import re
from collections.abc import Sequence

from biblio.formats.text import decode_bytes, start_of
from biblio.importing.imported import Imported
from biblio.importing.printed.grammars import is_notice
from biblio.importing.printed.labels import label_of
from biblio.importing.printed.light_text import read_light_text
from biblio.importing.printed.opendocument import read_odt
from biblio.importing.printed.pdf_text import read_pdf_text
from biblio.importing.printed.reader import read_printed
from biblio.importing.printed.sources import source_of
from biblio.importing.printed.word import read_docx
from biblio.importing.printed.written import Written
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed

# Text beyond this is cut off: no list of references has so much.
_MOST_TEXT = 20_000_000
# A sign that a text is a list: so many labels, or lines that end as sources do.
_FEWEST = 2
# So many notices tell whether they are any.
_ENOUGH = 5


def read_pdf_list(content: bytes, path: str) -> Parsed[Imported]:
    """The references of a PDF with text, and its plan."""
    paragraphs = read_pdf_text(content, path)
    read = read_printed(Written(paragraphs.value), path, "pdf")
    return Parsed(read.value, (*paragraphs.diagnostics, *read.diagnostics))


def read_docx_list(content: bytes, path: str) -> Parsed[Imported]:
    """The references of a document of Word, those in its notes and field codes too, and its plan."""
    written = read_docx(content, path)
    read = read_printed(written.value, path, "docx")
    return Parsed(read.value, (*written.diagnostics, *read.diagnostics))


def read_odt_list(content: bytes, path: str) -> Parsed[Imported]:
    """The references of a text of LibreOffice, those in its notes and field codes too, and its plan."""
    written = read_odt(content, path)
    read = read_printed(written.value, path, "odt")
    return Parsed(read.value, (*written.diagnostics, *read.diagnostics))


def read_text_list(content: bytes, path: str) -> Parsed[Imported]:
    """The references of a text, with or without light markup, and its plan."""
    decoded = decode_bytes(content[:_MOST_TEXT], path)
    lines = read_light_text(decoded.value)
    notes = tuple(each for each in lines if each.mark.startswith("[^"))
    body = tuple(each for each in lines if not each.mark.startswith("[^"))
    read = read_printed(Written(body, notes), path, "text")
    if _is_prose(read.value.references):
        return Parsed(Imported(format="text"), decoded.diagnostics)
    return Parsed(read.value, (*decoded.diagnostics, *read.diagnostics))


def _is_prose(references: Sequence[Reference]) -> bool:
    """Whether hardly anything was understood of what looked like notices: the clauses of a licence, say."""
    understood = sum(bool(each.author.people or each.editor.people or each.issued or each.url) for each in references)
    return len(references) >= _ENOUGH and understood * 4 < len(references)


# A list in JSON, which has no prose outside of its strings.
_OF_A_PROGRAM = re.compile(r"\s*\[\s*[\[{\"]")


def looks_like_text_list(content: bytes) -> bool:
    """Whether the bytes are text that has labels or sources of notices in it, and is no markup of another kind."""
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    text = start_of(content)
    if text.lstrip()[:1] in ("<", "{") or _OF_A_PROGRAM.match(text) or not text.strip():
        return False
    signs = 0
    for each in read_light_text(text):
        signs += label_of(each.text) is not None or source_of(each.text) is not None
        signs += _FEWEST * is_notice(each)
        if signs >= _FEWEST:
            return True
    return False
