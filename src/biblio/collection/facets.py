"""What one may ask of a reference or of a glance at it: its people, journals, titles and words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from biblio.collection.glance import Glance
from biblio.reference.name import Name
from biblio.reference.reference import Reference
from biblio.text.inline import Rich, Text, plain

Subject = Reference | Glance


SubjectT = TypeVar("SubjectT", Reference, Glance, Reference | Glance)


def full_name(name: Name) -> str:
    """A name with all its parts, or the body that it is."""
    return name.literal or " ".join(filter(None, (name.given, name.full_family, name.suffix)))


def people_of(reference: Subject) -> Iterable[str]:
    """The full names of the authors and editors."""
    if isinstance(reference, Glance):
        return reference.people
    listed = (reference.author, reference.editor, reference.editor_a, reference.editor_b, reference.editor_c)
    return (full_name(name) for names in listed for name in names.people)


def journals_of(reference: Subject) -> Iterable[str]:
    """The title of the journal, and its short form."""
    if isinstance(reference, Glance):
        return reference.journals
    titles = (reference.journal_title, reference.short_journal_title)
    return (plain(title) for title in titles if title)


def characters(rich: Rich) -> str:
    """The same as ``plain``, faster for what is one leaf, as most is."""
    return rich[0].text if len(rich) == 1 and isinstance(rich[0], Text) else plain(rich)


def titles_of(reference: Subject) -> Iterable[str]:
    """The texts of the titles."""
    return map(characters, (reference.title, reference.subtitle, reference.parallel_title))


_TEXTS = (
    *("title", "subtitle", "parallel_title", "title_addon", "main_title", "main_subtitle", "book_title"),
    *("journal_title", "issue_title", "event_title", "collection_title", "note"),
)


_NAMES = ("author", "editor", "editor_a", "editor_b", "editor_c", "translator", "book_author")


def text_of(reference: Subject) -> Iterable[str]:
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
