"""What an import brings to a collection: what is new to it, and what has a key that it knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from biblio.collection.library import Library
from biblio.reference.reference import Reference
from biblio.text.collation import fold_key
from biblio.words.faults import Diagnostic, diagnose


@dataclass(frozen=True, slots=True)
class Brought:
    """The references to be added, in their order, and what is said of the others (E126), which stay as they are."""

    added: tuple[Reference, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def new_to(library: Library, references: Iterable[Reference]) -> Brought:
    """The references whose key neither the library nor an earlier one of them has."""
    taken = {fold_key(key) for key in library.citekeys}
    added: list[Reference] = []
    known: list[Diagnostic] = []
    for reference in references:
        key = fold_key(reference.citekey)
        if key in taken:
            known.append(diagnose("E126", reference.origin.entry, reference.citekey, key=reference.citekey))
        else:
            taken.add(key)
            added.append(reference)
    return Brought(tuple(added), tuple(known))


def appended(content: bytes, text: str) -> bytes:
    """A file of references with some more at its end, after an empty line; every byte of it stays."""
    gap = b"" if not content else b"\n" if content.endswith(b"\n") else b"\n\n"
    return content + gap + text.encode()
