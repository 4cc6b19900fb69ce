"""A library: references by their citekeys."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from biblio.diagnostics import Diagnostic, Parsed, diagnose
from biblio.model.reference import Reference


def fold_key(citekey: str) -> str:
    """The form in which two citekeys are the same: NFC, case ignored (as BibTeX does)."""
    return unicodedata.normalize("NFC", citekey).casefold()


@dataclass(frozen=True, slots=True)
class Library:
    """References by citekey, in the order of the files; a key is looked up whatever its case."""

    references: Mapping[str, Reference] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.references)

    def __iter__(self) -> Iterator[Reference]:
        return iter(self.references.values())

    def get(self, citekey: str) -> Reference | None:
        """The reference of that key, if there is one."""
        return self.references.get(fold_key(citekey))

    @property
    def citekeys(self) -> tuple[str, ...]:
        """The keys as typed, in order."""
        return tuple(reference.citekey for reference in self)


def gather(references: Iterable[Reference]) -> Parsed[Library]:
    """The library of these references; of two with one key the first is kept and the second reported (P202)."""
    kept: dict[str, Reference] = {}
    diagnostics: list[Diagnostic] = []
    for reference in references:
        folded = fold_key(reference.citekey)
        first = kept.setdefault(folded, reference)
        if first is not reference:
            place = first.origin.entry
            diagnostics.append(
                diagnose(
                    "P202",
                    reference.origin.entry,
                    reference.citekey,
                    key=reference.citekey,
                    first=f"{place.path}:{place.line}",
                ),
            )
    return Parsed(Library(MappingProxyType(kept)), tuple(diagnostics))
