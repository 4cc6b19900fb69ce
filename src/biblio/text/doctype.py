"""Whether an XML document declares its type, by which entities could be made to grow without end, or name files."""

from __future__ import annotations

from xml.parsers import expat


class _DoctypeError(Exception):
    """The document declares its type."""


def _refuse_doctype(*declaration: object) -> None:
    raise _DoctypeError


def declares_doctype(content: bytes) -> bool:
    """Stops where the declaration begins, before any entity is read. Raises what expat raises for no XML."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(content, True)
    except _DoctypeError:
        return True
    return False
