"""A reference: everything that a file says of one document, as typed values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import quote, unquote

from biblio.reference.archives import Deposit, deposit, deposited
from biblio.reference.date import Date
from biblio.reference.holding import Holding
from biblio.reference.link import DocumentLink
from biblio.reference.name import Names
from biblio.reference.numbering import Numbering
from biblio.reference.pages import Extent, Pages
from biblio.reference.provenance import Provenance
from biblio.reference.types import HELPERS, EntryType, as_thesis, entry_type, without_event
from biblio.text.inline import Rich
from biblio.words.faults import Span

# What a DOI may hold as it stands in an address: the rest of it is written in code.
_DOI = re.compile(r"10\.\d{2}")
_IN_ADDRESS = "/:;()-._~!$&'*+=,@"
_SAID = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a reference was typed: the span of its key, and of the value of each field by its name in the file.

    ``record`` is what the record is called in a file of another program, ``number`` its place among those of the file,
    from 1; a ``.bib`` file has neither.
    """

    entry: Span
    fields: Mapping[str, Span] = field(default_factory=dict)
    record: str = ""
    number: int = 0

    def of(self, *names: str) -> Span:
        """The span of the first of these fields that was typed, else that of the entry."""
        return next((self.fields[name] for name in names if name in self.fields), self.entry)


@dataclass(frozen=True)
class Reference:
    """One document. Variables bear their CSL names where CSL has one (see ``reference.fields``).

    ``entry_type`` is the biblatex type as typed. ``raw`` keeps every field as it was typed, known or not, so that
    nothing is lost on the way out; ``inherited`` has those that it takes from other entries, as they stand there, under
    the names that they get here. ``language`` and ``annotation_language`` are BCP 47 tags. ``annotation`` and
    ``abstract`` are tuples of paragraphs.
    """

    citekey: str
    entry_type: str
    origin: Origin
    raw: Mapping[str, str] = field(default_factory=dict)
    inherited: Mapping[str, str] = field(default_factory=dict)
    author: Names = Names()
    author_type: str = ""
    editor: Names = Names()
    editor_type: str = ""
    editor_a: Names = Names()
    editor_a_type: str = ""
    editor_b: Names = Names()
    editor_b_type: str = ""
    editor_c: Names = Names()
    editor_c_type: str = ""
    translator: Names = Names()
    book_author: Names = Names()
    holder: Names = Names()
    annotator: Names = Names()
    commentator: Names = Names()
    introduction: Names = Names()
    foreword: Names = Names()
    afterword: Names = Names()
    short_author: Names = Names()
    short_editor: Names = Names()
    name_addon: Rich = ()
    title: Rich = ()
    subtitle: Rich = ()
    parallel_title: Rich = ()
    title_addon: Rich = ()
    short_title: Rich = ()
    main_title: Rich = ()
    main_subtitle: Rich = ()
    main_title_addon: Rich = ()
    book_title: Rich = ()
    book_subtitle: Rich = ()
    book_title_addon: Rich = ()
    chapter: str = ""
    event_title: Rich = ()
    event_title_addon: Rich = ()
    event_place: str = ""
    event_date: Date | None = None
    journal_title: Rich = ()
    journal_subtitle: Rich = ()
    journal_title_addon: Rich = ()
    short_journal_title: Rich = ()
    issue_title: Rich = ()
    issue_subtitle: Rich = ()
    issue_title_addon: Rich = ()
    collection_title: Rich = ()
    short_collection_title: Rich = ()
    sort_name: Names = Names()
    sort_title: str = ""
    sort_key: str = ""
    presort: str = ""
    publisher: tuple[str, ...] = ()
    publisher_place: tuple[str, ...] = ()
    how_published: Rich = ()
    volume: Numbering | None = None
    number: Numbering | None = None
    issue: str = ""
    part: str = ""
    number_of_volumes: str = ""
    edition: str = ""
    version: str = ""
    genre: str = ""
    status: str = ""
    issued: Date | None = None
    updated: Date | None = None
    accessed: Date | None = None
    page: Pages | None = None
    article_number: str = ""
    number_of_pages: Extent | None = None
    original_title: Rich = ()
    original_date: Date | None = None
    original_publisher: tuple[str, ...] = ()
    original_publisher_place: tuple[str, ...] = ()
    original_language: tuple[str, ...] = ()
    reprint_title: Rich = ()
    doi: str = ""
    isbn: str = ""
    issn: str = ""
    isan: str = ""
    ismn: str = ""
    isrn: str = ""
    iswc: str = ""
    eprint: str = ""
    eprint_type: str = ""
    eprint_class: str = ""
    pmid: str = ""
    pmcid: str = ""
    url: str = ""
    links: tuple[DocumentLink, ...] = ()
    call_number: str = ""
    holdings: tuple[Holding, ...] = ()
    loan_terms: str = ""
    language: str = ""
    label: str = ""
    keyword: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    territory: tuple[str, ...] = ()
    open_access: str = ""
    license: str = ""
    programme: Rich = ()
    duration: str = ""
    contents: tuple[Rich, ...] = ()
    added: Date | None = None
    related: tuple[str, ...] = ()
    related_type: str = ""
    related_string: Rich = ()
    addendum: Rich = ()
    note: Rich = ()
    abstract: tuple[Rich, ...] = ()
    annotation: tuple[Rich, ...] = ()
    annotation_source: Provenance | None = None
    annotation_language: str = ""
    abstract_rights: str = ""
    internal_note: tuple[Rich, ...] = ()
    imported_from: str = ""

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """The reference of these values, which name at least the first five variables.

        The same as ``Reference(**values)`` and many times faster: most of the hundred variables keep their default,
        which is the class's.
        """
        reference = object.__new__(cls)
        reference.__dict__.update(values)
        return reference

    @property
    def type(self) -> EntryType:
        """The row of the table of types, by what the reference says of itself: a thesis, or an unpublished work."""
        row = entry_type(self.entry_type)
        if row.label == "unpublished":
            return row if self.event_title or self.event_place or self.event_date else without_event(row)
        return as_thesis(row, self.genre) if row.csl == "thesis" and self.genre else row

    @property
    def keys(self) -> tuple[str, ...]:
        """The citekey, and the former ones that lead to the reference too (biblatex ``ids``, manual § 2.2.3)."""
        former = (" ".join(key.split()) for key in self.raw.get("ids", "").split(","))
        return (self.citekey, *filter(None, former))

    @property
    def is_document(self) -> bool:
        """Whether this is a document, and not an entry that helps others (``@xdata``, ``@set``, ``@bibnote``)."""
        return self.entry_type.lower() not in HELPERS

    @property
    def is_open(self) -> bool | None:
        """Whether everyone may read the document freely, as its file says (``yes`` or ``no``); ``None``: not said."""
        return _SAID.get(self.open_access.casefold())

    @property
    def container_title(self) -> Rich:
        """The title of the journal, or of the book that the document is a part of (CSL ``container-title``)."""
        return self.journal_title or self.book_title

    @property
    def all_links(self) -> tuple[DocumentLink, ...]:
        """Every link in the order of print: the address, those of the identifiers, then the labelled ones."""
        first = (DocumentLink(self.url),) if self.url and not self.is_at_doi else ()
        doi = (DocumentLink(doi_url(self.doi), scheme="DOI"),) if self.doi else ()
        deposits = tuple(DocumentLink(each.url, scheme=each.archive.name) for each in self.deposits)
        return first + doi + deposits + self.links

    @property
    def is_at_doi(self) -> bool:
        """Whether the address is that of the DOI, however it is written."""
        return bool(self.url and self.doi) and _bare(self.url) == _bare(doi_url(self.doi))

    @property
    def eprint_deposit(self) -> Deposit | None:
        """The document in the archive that ``eprint`` is about; ``None`` where that is not known, and no address."""
        return deposited(self.eprint_type, self.eprint)

    @property
    def deposits(self) -> tuple[Deposit, ...]:
        """The document in open archives and indexes, each once, but for the address and the DOI that it has anyway."""
        if not (self.eprint or self.pmid or self.pmcid):
            return ()
        named = (self.eprint_deposit, deposit("pubmed", self.pmid), deposit("pmc", self.pmcid))
        found = [each for each in named if each]
        known = {_bare(self.url), _bare(doi_url(self.doi))}
        return tuple({_bare(each.url): each for each in found if _bare(each.url) not in known}.values())


def _bare(url: str) -> str:
    """An address without what two addresses of one document may differ in."""
    return unquote(url).partition("://")[2].removeprefix("www.").removeprefix("dx.").rstrip("/").lower()


def doi_url(doi: str) -> str:
    """The address at which a DOI resolves, what an address cannot hold in its code (DOI Handbook § 3.8).

    What is typed for a DOI and is none resolves nowhere: it stays as it is, and becomes no link.
    """
    if not _DOI.match(doi):
        return doi
    return f"https://doi.org/{quote(doi, safe=_IN_ADDRESS)}"
