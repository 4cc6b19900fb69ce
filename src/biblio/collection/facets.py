"""What one may ask of a reference: its people, journals, titles and words."""

from __future__ import annotations

from collections.abc import Iterable

from biblio.collection.wanted import Shape
from biblio.reference.fields import FIELDS
from biblio.reference.name import Name
from biblio.reference.reference import Reference
from biblio.text.inline import Rich, Text, plain

_VARIABLES = frozenset(row.variable for row in FIELDS)


def shape_of(reference: Reference) -> Shape:
    """What the reference shares with very many others."""
    values = reference.__dict__  # has those variables alone that the reference has
    present = frozenset([name for name, value in values.items() if value and name in _VARIABLES])
    return Shape(reference.entry_type, reference.label, reference.language, reference.is_open, present)


def full_name(name: Name) -> str:
    """A name with all its parts, or the body that it is."""
    return name.literal or " ".join(filter(None, (name.given, name.full_family, name.suffix)))


def people_of(reference: Reference) -> Iterable[str]:
    """The full names of the authors and editors."""
    listed = (reference.author, reference.editor, reference.editor_a, reference.editor_b, reference.editor_c)
    return (full_name(name) for names in listed for name in names.people)


def journals_of(reference: Reference) -> Iterable[str]:
    """The title of the journal, and its short form."""
    titles = (reference.journal_title, reference.short_journal_title)
    return (plain(title) for title in titles if title)


def characters(rich: Rich) -> str:
    """The same as ``plain``, faster for what is one leaf, as most is."""
    return rich[0].text if len(rich) == 1 and isinstance(rich[0], Text) else plain(rich)


def titles_of(reference: Reference) -> Iterable[str]:
    """The texts of the titles."""
    return map(characters, (reference.title, reference.subtitle, reference.parallel_title))


_TEXTS = (
    *("title", "subtitle", "parallel_title", "title_addon", "main_title", "main_subtitle", "book_title"),
    *("journal_title", "issue_title", "event_title", "collection_title", "note"),
)


_NAMES = ("author", "editor", "editor_a", "editor_b", "editor_c", "translator", "book_author")


def text_of(reference: Reference) -> Iterable[str]:
    """Everything that a notice says in words."""
    values = reference.__dict__  # has those variables alone that the reference has
    pieces = [characters(values[name]) for name in _TEXTS if name in values]
    for name in ("annotation", "abstract"):
        pieces += map(characters, values.get(name, ()))
    for name in _NAMES:
        if name in values:
            pieces += map(full_name, values[name].people)
    pieces += reference.publisher
    return pieces
