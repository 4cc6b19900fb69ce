"""What a document is called: the label of its notice, and its kind, its state and its place in words."""

from __future__ import annotations

from collections.abc import Mapping

from biblio.reference.reference import Reference
from biblio.words.tables import term, terms

# Kinds of journals, which biblatex's own styles read in « entrysubtype » and never print.
_NEVER_PRINTED = frozenset({"magazine", "newspaper", "journal"})
# BibTeX's old types stand for a type and a kind (biblatex manual § 2.1.2).
_KIND_OF_TYPE: Mapping[str, str] = {
    "phdthesis": "phdthesis",
    "mastersthesis": "mathesis",
    "techreport": "techreport",
}


def label_of(reference: Reference, lang: str) -> str:
    """The printed type of a reference: what its ``entrysubtype`` says, else the term of its entry type."""
    own = reference.label
    if own and own.lower() not in _NEVER_PRINTED:
        return said(own, lang)
    return reference.type.label_in(lang)


def said(value: str, lang: str) -> str:
    """What a biblatex key stands for in ``lang`` (« phdthesis »: thèse de doctorat); any other text as it is."""
    name = f"key.{value.strip().lower().removeprefix('lang')}"
    return term(name, lang) if name in terms() else value


def kind_of(reference: Reference, lang: str) -> str:
    """The kind of document that its type says: « thèse de doctorat », « brevet français »; empty without one."""
    return said(reference.genre or _KIND_OF_TYPE.get(reference.entry_type.lower(), ""), lang)


def state_of(reference: Reference, lang: str) -> str:
    """What has become of a publication: « à paraître », « sous presse »; empty when it is simply published."""
    return said(reference.status, lang)
