"""A reference: everything that a file says of one document, as typed values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from biblio.diagnostics import Span
from biblio.model.date import Date
from biblio.model.link import DocumentLink
from biblio.model.name import Names
from biblio.model.numbering import Numbering
from biblio.model.pages import Extent, Pages
from biblio.model.provenance import Provenance
from biblio.model.types import EntryType, entry_type
from biblio.richtext import Rich


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a reference was typed: the span of its key, and of the value of each field by its name in the file."""

    entry: Span
    fields: Mapping[str, Span] = field(default_factory=dict)

    def of(self, *names: str) -> Span:
        """The span of the first of these fields that was typed, else that of the entry."""
        return next((self.fields[name] for name in names if name in self.fields), self.entry)


@dataclass(frozen=True, slots=True)
class Reference:
    """One document. Variables bear their CSL names where CSL has one (see ``model.fields``).

    ``entry_type`` is the biblatex type as typed. ``raw`` keeps every field as it was typed, known or not, so that
    nothing is lost on the way out. ``language`` is a BCP 47 tag. ``annotation`` and ``abstract`` are tuples of
    paragraphs.
    """

    citekey: str
    entry_type: str
    origin: Origin
    raw: Mapping[str, str] = field(default_factory=dict)
    author: Names = Names()
    editor: Names = Names()
    translator: Names = Names()
    title: Rich = ()
    subtitle: Rich = ()
    parallel_title: Rich = ()
    title_addon: Rich = ()
    main_title: Rich = ()
    book_title: Rich = ()
    chapter: str = ""
    event_title: Rich = ()
    event_place: str = ""
    event_date: Date | None = None
    journal_title: Rich = ()
    issue_title: Rich = ()
    collection_title: Rich = ()
    publisher: tuple[str, ...] = ()
    publisher_place: tuple[str, ...] = ()
    volume: Numbering | None = None
    number: Numbering | None = None
    issue: str = ""
    edition: str = ""
    version: str = ""
    genre: str = ""
    issued: Date | None = None
    updated: Date | None = None
    accessed: Date | None = None
    page: Pages | None = None
    number_of_pages: Extent | None = None
    doi: str = ""
    isbn: str = ""
    issn: str = ""
    url: str = ""
    links: tuple[DocumentLink, ...] = ()
    language: str = ""
    label: str = ""
    keyword: tuple[str, ...] = ()
    note: Rich = ()
    abstract: tuple[Rich, ...] = ()
    annotation: tuple[Rich, ...] = ()
    annotation_source: Provenance | None = None

    @property
    def type(self) -> EntryType:
        """The row of the table of types."""
        return entry_type(self.entry_type)

    @property
    def container_title(self) -> Rich:
        """The title of the journal, or of the book that the document is a part of (CSL ``container-title``)."""
        return self.journal_title or self.book_title

    @property
    def all_links(self) -> tuple[DocumentLink, ...]:
        """Every link in the order of print: the address, the DOI's, then the labelled ones."""
        first = (DocumentLink(self.url),) if self.url else ()
        doi = (DocumentLink(doi_url(self.doi), label="DOI"),) if self.doi else ()
        return first + doi + self.links


def doi_url(doi: str) -> str:
    """The address at which a DOI resolves (DOI Handbook § 3.8)."""
    return f"https://doi.org/{doi}"
