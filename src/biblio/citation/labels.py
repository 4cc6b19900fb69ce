"""What a document is called: the label of its notice."""

from __future__ import annotations

from biblio.citation.titles import capitalised
from biblio.reference.genres import said
from biblio.reference.reference import Reference

# Kinds of journals, which biblatex's own styles read in « entrysubtype » and never print.
_NEVER_PRINTED = frozenset({"magazine", "newspaper", "journal"})


def label_of(reference: Reference, lang: str) -> str:
    """The printed type of a reference: what its ``entrysubtype`` says, else the term of its entry type."""
    own = reference.label
    if own and own.lower() not in _NEVER_PRINTED:
        return capitalised(said(own, lang))
    return reference.type.label_in(lang)
