"""Those who did something else for a document than write it: editors, translators, authors of forewords, holders."""

from __future__ import annotations

from collections.abc import Iterator

from biblio.citation.names import Form, Listing
from biblio.citation.options import Options
from biblio.reference.name import Names
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.inline import Rich, join, merge, text
from biblio.words.tables import term, terms

# The fields whose names have one role, in the order in which they are printed.
_FIXED = ("translator", "annotator", "commentator", "introduction", "foreword", "afterword", "holder")


def secondary(reference: Reference, options: Options, listing: Listing, form: Form) -> Rich:
    """``traduit par Anne ROUX ; préface par Paul VERT``; empty when nobody but the authors had a hand in it."""
    phrases = [
        _phrase(role, listing(names, options, form, reference.language), options) for role, names in _people(reference)
    ]
    return join(phrases, " ; ")


def _people(reference: Reference) -> Iterator[tuple[str, Names]]:
    """Each role with its people, but for those who stand at the head of the notice or of its host."""
    # Who edited his own book is its author.
    if not _editors_stand_first(reference) and reference.editor != reference.author:
        yield reference.editor_type or "editor", reference.editor
    yield reference.editor_a_type or "collaborator", reference.editor_a
    yield reference.editor_b_type or "collaborator", reference.editor_b
    yield reference.editor_c_type or "collaborator", reference.editor_c
    for role in _FIXED:
        yield role, getattr(reference, role)


def _editors_stand_first(reference: Reference) -> bool:
    if reference.type.pattern is Pattern.PART:
        return reference.book_author in (Names(), reference.author)
    return not reference.author


def _phrase(role: str, listed: Rich, options: Options) -> Rich:
    """The people of one role in a phrase; a role that is no word of biblatex's stands behind them in brackets."""
    if not listed:
        return ()
    name = f"by.{role.lower()}"
    if name not in terms():
        return join([listed, text(f"({role})")], " ")
    before, _, after = term(name, options.lang).partition("{names}")
    return merge((*text(before), *listed, *text(after)))
