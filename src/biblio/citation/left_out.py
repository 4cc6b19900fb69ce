"""What each grammar leaves out of a notice by choice, of all that describes a document.

What serves to keep and to find the document (call numbers, audiences, keywords, dates of entry …) is no part of the
description, and is not counted here. A test holds the table to what the grammars print.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from biblio.reference.reference import Reference

# No grammar prints the first edition or the original of what it describes, a short form of what it prints in full, or
# numbers that only their own trades ask for.
_NOWHERE = frozenset(
    "name_addon original_title original_date original_publisher original_publisher_place original_language"
    " reprint_title isan ismn isrn iswc".split()
)
_ROLES = frozenset(
    "editor_a editor_b editor_c translator holder annotator commentator introduction foreword afterword".split()
)
# A notice that a reader looks through in a hurry says neither where, in which form nor in how many volumes.
_SHORT = _ROLES | frozenset(
    "book_author publisher_place how_published number_of_volumes edition version genre accessed isbn issn"
    " event_title event_title_addon event_place issue_title_addon".split()
)
_BY_GRAMMAR: Mapping[str, frozenset[str]] = {
    "cres": _NOWHERE | _ROLES | frozenset({"publisher_place", "genre", "accessed", "isbn", "issn"}),
    "iso690-fr": _NOWHERE,
    "iso690-note-fr": _NOWHERE | frozenset({"isbn", "issn", "links", "note", "annotation", "abstract", "addendum"}),
    "reading-list": _NOWHERE | _SHORT | {"collection_title"},
    "bulletin": _NOWHERE | _SHORT,
}


def variables_left_out(grammar: str) -> frozenset[str]:
    """The variables that a grammar never prints; none of a grammar that is not ours, as a CSL style."""
    return _BY_GRAMMAR.get(grammar, frozenset())


def left_out(reference: Reference, grammar: str, *, roles: bool = False) -> Iterator[str]:
    """The variables that this reference carries and a grammar leaves out; ``roles`` is the style's knob."""
    left = variables_left_out(grammar)
    for variable in sorted(left - _ROLES if roles else left):
        if getattr(reference, variable):
            yield variable
    # Editors stand for the authors; beside authors they have a role of their own.
    if "translator" in left and not roles and reference.author and reference.editor and not _in_host(reference):
        yield "editor"


def _in_host(reference: Reference) -> bool:
    return bool(reference.book_title) and not reference.book_author
