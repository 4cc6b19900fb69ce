"""What of a reference is compared with the others of its library: found in it when it is asked for, or kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from biblio.check.rules.addresses import comparable
from biblio.check.rules.checksums import is_isbn, isbn13
from biblio.check.rules.identifiers import numbers
from biblio.check.rules.typed_names import Item, items
from biblio.collection.record import numbers as whole_numbers
from biblio.collection.record import texts
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.collation import fold, fold_key, fold_title
from biblio.text.inline import plain
from biblio.words.faults import Span


class Sketch:
    """What is compared of a reference, which is made when a rule has something to say of it.

    ``rank`` is its place among those that it is compared with.
    """

    def __init__(self, rank: int, make: Callable[[], Reference]) -> None:
        self.rank = rank
        self._make = make

    @cached_property
    def reference(self) -> Reference:
        """The reference itself."""
        return self._make()

    @cached_property
    def citekey(self) -> str:
        """The key as typed."""
        return self.reference.citekey

    @cached_property
    def where(self) -> str:
        """The file and the line, as messages name another place."""
        return self.reference.origin.entry.where

    @cached_property
    def former(self) -> tuple[str, ...]:
        """Its other keys."""
        return self.reference.keys[1:]

    @cached_property
    def doi(self) -> str:
        """The DOI as it compares."""
        return self.reference.doi.casefold()

    @cached_property
    def isbns(self) -> tuple[str, ...]:
        """The valid ISBNs of a document, each in its form of thirteen digits; none for a part of one."""
        return tuple(isbns_of(self.reference))

    @cached_property
    def address(self) -> str:
        """The address of a document as it compares; none for a part of one."""
        reference = self.reference
        return comparable(reference.url) if reference.url and reference.type.pattern is not Pattern.PART else ""

    @cached_property
    def title(self) -> str:
        """The titles, with the volume of a book, folded."""
        reference = self.reference
        parts = (reference.main_title, reference.title, reference.subtitle)
        title = " ".join(plain(part) for part in parts if part)
        numbered = reference.volume is not None and reference.type.pattern is Pattern.MONOGRAPH
        return fold_title(f"{title} {reference.volume.value}" if reference.volume and numbered else title)

    @cached_property
    def year(self) -> int:
        """The year; 0 where it is not known."""
        issued = self.reference.issued
        date = issued.first if issued else None
        return date.year if date else 0

    @cached_property
    def author(self) -> str:
        """The family name of the first author, or editor, folded."""
        people = (self.reference.author or self.reference.editor).people
        return fold(people[0].full_family or people[0].literal) if people else ""

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        """The keys, folded, of the entries that it takes fields from."""
        typed = (self.reference.raw.get(name, "").strip() for name in ("crossref", "xref", "xdata"))
        return tuple(fold_key(key) for key in typed if key)

    @cached_property
    def journal(self) -> str:
        """The title of the journal."""
        return plain(self.reference.journal_title)

    @cached_property
    def publisher(self) -> tuple[str, ...]:
        """The publishers and institutions."""
        return self.reference.publisher

    @cached_property
    def keyword(self) -> tuple[str, ...]:
        """The keywords."""
        return self.reference.keyword

    @cached_property
    def names(self) -> tuple[Item, ...]:
        """Every name as typed."""
        return tuple(items(self.reference))

    @property
    def people(self) -> Iterable[Item]:
        """The names that are taken apart (see ``typed_names.people``)."""
        return (item for item in self.names if item.is_taken_apart)

    def said(self, line: int) -> list[Any]:
        """All that is compared but for the key and the file, as a value of JSON; its entry begins on that line."""
        return [
            self.reference.origin.entry.line - line,
            self.year,
            [[item.field, item.start, item.text] for item in self.names],
            *(getattr(self, name) for name in _TEXTS),
            *(list(getattr(self, name)) for name in _LISTS),
        ]

    @classmethod
    def of(cls, rank: int, make: Callable[[], Reference], citekey: str, path: str, line: int, said: Any) -> Sketch:
        """The sketch of the reference of that key that has ``said`` this, when its entry begins on that line.

        Raises one of the errors that wrong values raise.
        """
        below, year, names, *values = said
        typed, lists = values[: len(_TEXTS)], values[len(_TEXTS) :]
        whole_numbers([below, *(start for _, start, _ in names)])
        sketch = cls(rank, make)
        sketch.__dict__.update(zip(_TEXTS, texts(typed), strict=True))
        sketch.__dict__.update((name, tuple(texts(value))) for name, value in zip(_LISTS, lists, strict=True))
        sketch.__dict__.update(
            citekey=citekey,
            where=Span(path, line + below).where,
            year=int(year),
            names=tuple(Item(str(field), start, str(text)) for field, start, text in names),
        )
        return sketch


_TEXTS = ("doi", "address", "title", "author", "journal")
_LISTS = ("former", "isbns", "hosts", "publisher", "keyword")


def sketches_of(references: Iterable[Reference]) -> Sequence[Sketch]:
    """The sketches of references, in their order."""
    return [sketch_of(rank, reference) for rank, reference in enumerate(references)]


def sketch_of(rank: int, reference: Reference) -> Sketch:
    """The sketch of a reference that is at hand."""
    return Sketch(rank, lambda: reference)


def isbns_of(reference: Reference) -> list[str]:
    """The valid ISBNs of a document, each in its form of thirteen digits; none for a part of one."""
    if reference.type.pattern is Pattern.PART or not reference.isbn:
        return []
    found_numbers = (number for _, _, number in numbers(reference.isbn, 13) if is_isbn(number))
    return list(dict.fromkeys(map(isbn13, found_numbers)))
