"""A spec as the bytes of its file: edited as a text, with its own line ends, and never made a worse one than it was."""

from __future__ import annotations

from codecs import BOM_UTF8

from biblio.dossier.loader import load_dossier
from biblio.editing.yaml_text import Edit
from biblio.formats.text import decode_bytes
from biblio.words.faults import Diagnostic, Parsed
from biblio.words.tables import Severity


def edited(content: bytes, path: str, slug: str, edit: Edit) -> Parsed[bytes]:
    """The bytes of a spec after an edit; the old ones, with the faults, where it is refused.

    A fault that the edit would bring about refuses it, as does a file that is not in UTF-8 (P001 and its kin).
    """
    mark = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
    try:
        text = content.removeprefix(mark).decode("utf-8")
    except UnicodeDecodeError:
        return Parsed(content, decode_bytes(content, path).diagnostics)
    made = edit(text)
    if made.diagnostics:
        return Parsed(content, made.diagnostics)
    if worse := _worse(text, made.value, path, slug):
        return Parsed(content, worse)
    return Parsed(mark + made.value.encode("utf-8"))


def _worse(old: str, new: str, path: str, slug: str) -> tuple[Diagnostic, ...]:
    """The errors that the new text has and the old one has not."""
    known = {(each.code, *each.arguments.items()) for each in load_dossier(old, path, slug).diagnostics}
    return tuple(
        each
        for each in load_dossier(new, path, slug).diagnostics
        if each.severity is Severity.ERROR and (each.code, *each.arguments.items()) not in known
    )
