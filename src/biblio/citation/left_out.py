"""What each grammar leaves out of a notice by choice, of all that describes a document.

What serves to keep and to find the document (call numbers, audiences, keywords, dates of entry …) is no part of the
description, and is not counted here. A test holds the table to what the grammars print.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from biblio.reference.reference import Reference
from biblio.reference.types import Pattern

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
# What a grammar prints of other documents, and has no place for in those of a pattern.
_IN_NONE: Mapping[Pattern, str] = {
    Pattern.ARTICLE: "part",
    Pattern.MONOGRAPH: "issue issue_title",
    Pattern.PART: "issue issue_title",
    Pattern.LEGAL: "issue issue_title collection_title part",
    Pattern.WEB: "issue issue_title collection_title part number",
}
_LONG: Mapping[Pattern, str] = {
    Pattern.ARTICLE: "book_author how_published number_of_volumes version",
    Pattern.MONOGRAPH: "book_author",
    Pattern.PART: "",
    Pattern.LEGAL: "book_author how_published number_of_volumes version status updated",
    Pattern.WEB: "book_author how_published number_of_volumes version article_number number_of_pages",
}
_EVENT = "event_title event_place event_date"
_ISO_690: Mapping[Pattern, str] = {
    Pattern.ARTICLE: f"{_EVENT} publisher_place genre",
    Pattern.PART: "version",
    Pattern.LEGAL: f"{_EVENT} publisher_place genre {' '.join(sorted(_ROLES))}",
    Pattern.WEB: f"{_EVENT} genre",
}
_IN_NOTES: Mapping[Pattern, str] = {
    Pattern.ARTICLE: "updated",
    Pattern.MONOGRAPH: "updated",
    Pattern.PART: "updated",
    Pattern.WEB: "publisher_place",
}
_BY_PATTERN: Mapping[str, tuple[Mapping[Pattern, str], ...]] = {
    "cres": (
        _IN_NONE,
        _LONG,
        {
            Pattern.ARTICLE: "updated",
            Pattern.MONOGRAPH: "updated",
            Pattern.PART: "updated",
            Pattern.LEGAL: "page article_number number_of_pages",
            Pattern.WEB: "status",
        },
    ),
    "iso690-fr": (_IN_NONE, _LONG, _ISO_690),
    "iso690-note-fr": (_IN_NONE, _LONG, _ISO_690, _IN_NOTES),
    "reading-list": (
        _IN_NONE,
        {
            Pattern.ARTICLE: "issue_title",
            Pattern.MONOGRAPH: "number",
            Pattern.PART: "volume number editor",
            Pattern.LEGAL: "volume",
        },
    ),
    "bulletin": (
        _IN_NONE,
        {
            Pattern.ARTICLE: "issue_title collection_title",
            Pattern.PART: "volume number collection_title editor",
            Pattern.LEGAL: "volume",
        },
    ),
}


def variables_left_out(grammar: str) -> frozenset[str]:
    """The variables that a grammar never prints; none of a grammar that is not ours, as a CSL style."""
    return _BY_GRAMMAR.get(grammar, frozenset())


def left_out(reference: Reference, grammar: str, *, roles: bool = False) -> Iterator[str]:
    """The variables that this reference carries and a grammar leaves out; ``roles`` is the style's knob."""
    left = variables_left_out(grammar)
    of_pattern = {
        variable
        for table in _BY_PATTERN.get(grammar, ())
        for variable in table.get(reference.type.pattern, "").split()
        if reference.entry_type != "periodical" or not variable.startswith("issue")
    }
    for variable in sorted((left - _ROLES if roles else left) | of_pattern):
        if getattr(reference, variable) and not (variable == "genre" and _is_in_label(reference)):
            yield variable
    if reference.eprint and reference.eprint_deposit is None:
        yield "eprint"  # of which archive it is a number, nobody says
    # Editors stand for the authors; beside authors they have a role of their own.
    if "translator" in left and not roles and reference.author and reference.editor and not _in_host(reference):
        yield "editor"


def _is_in_label(reference: Reference) -> bool:
    """Whether the kind of a thesis is one word, which its label says: « Thèse », « Mémoire »."""
    return reference.type.csl == "thesis" and len(reference.genre.split()) == 1


def _in_host(reference: Reference) -> bool:
    return bool(reference.book_title) and not reference.book_author
