"""Asks for silence about a fault of a reference: a comment above its entry, with the reason before it."""

from __future__ import annotations

from biblio.check.finding import Change
from biblio.check.source import SourceText, rewrite
from biblio.formats.text import decode_bytes
from biblio.reference.reference import Reference


def silenced(content: bytes, reference: Reference, code: str, reason: str) -> bytes | None:
    """The bytes of a file in which ``check`` says ``code`` of a reference no more; every other byte is as it was.

    ``None`` where the file's encoding has no place for the reason.
    """
    span = reference.origin.entry
    source = SourceText(span.path, decode_bytes(content, span.path).value)
    start = source.text.rfind("@", 0, source.offset(span))  # the span is that of the key
    if start < 0:
        return None
    # An entry that follows another one on its line gets a line of its own: a comment reaches to the end of one.
    margin = source.text[source.text.rfind("\n", 0, start) + 1 : start]
    before = "\n" if margin.strip() else ""
    # What follows an at sign is read as an entry, in comments too.
    words = " ".join(reason.replace("@", "(at)").split())
    lines = f"% {words}\n" if words else ""
    return rewrite(content, source.text, [Change(start, start, f"{before}{lines}% biblio: ignore {code}\n{margin}")])
