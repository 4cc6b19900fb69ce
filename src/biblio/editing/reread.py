"""A reference with other values, as it would be read from its file, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from biblio.formats.bibtex.reader import read_bibtex
from biblio.formats.bibtex.writer import entry
from biblio.reference.reference import Reference
from biblio.words.faults import Diagnostic

# What names entries from which fields are taken, once these are taken.
_TIES = frozenset({"crossref", "xdata"})


@dataclass(frozen=True, slots=True)
class Reread:
    """The reference, the ``text`` of its entry, which its ``origin`` is of, and the faults of reading it."""

    reference: Reference
    text: str
    diagnostics: tuple[Diagnostic, ...]


def reread(reference: Reference, values: Mapping[str, str | None], entry_type: str = "") -> Reread:
    """A reference with some fields changed, or taken away (``None``), by their names as typed, and of another type.

    What it takes from other entries stands in the text as its own.
    """
    flat = {name: value for name, value in reference.raw.items() if not (reference.inherited and name in _TIES)}
    flat = {**reference.inherited, **flat, **{name: value for name, value in values.items() if value is not None}}
    fields = {name: value for name, value in flat.items() if values.get(name, "") is not None}
    text = entry(entry_type or reference.entry_type, reference.citekey, fields)
    read = read_bibtex(text.encode("utf-8", "replace"), reference.origin.entry.path)
    return Reread(read.value[0], text, read.diagnostics)
