"""Writes references as EndNote's XML, which EndNote, Zotero and Mendeley import.

Source: the elements that EndNote writes (RSXML), in its order; the numbers of types are EndNote's. Where biblio reads
an element (``endnote_xml.TAKEN``), it writes the same. Choices that the form leaves open:

- the key of a reference is its ``label``;
- a date that is no day, month or year stands in ``year`` as it is;
- the notice's own words, the annotation, are ``research-notes``: ``abstract`` is the document's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from biblio.formats.plain_values import bare_number, paragraphs, plain_name, whole_title
from biblio.formats.xml_text import Tag, document
from biblio.reference.bodies import joined_again
from biblio.reference.date import Date, edtf
from biblio.reference.link import is_safe
from biblio.reference.name import Name, Names
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.inline import plain

# The number and the name of a type of EndNote, by our types, else by their CSL types. That of proceedings has no name
# here: importers take it for that of a paper.
_TYPES = {
    "proceedings": ("10", ""),
    "mvproceedings": ("10", ""),
    "collection": ("28", "Edited Book"),
    "mvcollection": ("28", "Edited Book"),
}
_ENDNOTE_TYPES = {
    "article-journal": ("17", "Journal Article"),
    "review": ("17", "Journal Article"),
    "book": ("6", "Book"),
    "pamphlet": ("6", "Book"),
    "chapter": ("5", "Book Section"),
    "entry-encyclopedia": ("53", "Encyclopedia"),
    "paper-conference": ("47", "Conference Paper"),
    "thesis": ("32", "Thesis"),
    "report": ("27", "Report"),
    "webpage": ("12", "Web Page"),
    "legislation": ("31", "Statute"),
    "treaty": ("31", "Statute"),
    "regulation": ("31", "Statute"),
    "bill": ("4", "Bill"),
    "legal_case": ("7", "Case"),
    "software": ("9", "Computer Program"),
    "dataset": ("59", "Dataset"),
    "motion_picture": ("21", "Film or Broadcast"),
    "broadcast": ("21", "Film or Broadcast"),
    "song": ("3", "Audiovisual Material"),
    "graphic": ("2", "Artwork"),
    "patent": ("25", "Patent"),
    "personal_communication": ("26", "Personal Communication"),
    "standard": ("58", "Standard"),
    "manuscript": ("36", "Manuscript"),
    "speech": ("34", "Unpublished Work"),
}
_GENERIC = ("13", "Generic")


def write_endnote_xml(references: Sequence[Reference]) -> str:
    """The references as one document, with a final newline. Never raises."""
    records = tuple(_record(number, reference) for number, reference in enumerate(references, 1))
    return document(Tag("xml", (Tag("records", records),)))


def _record(number: int, reference: Reference) -> Tag:
    return Tag(
        "record",
        (
            Tag("source-app", "biblio", {"name": "biblio"}),
            Tag("rec-number", str(number)),
            _type(reference),
            _contributors(reference),
            _titles(reference),
            Tag("periodical", _periodical(reference)),
            Tag("pages", _pages(reference)),
            Tag("volume", bare_number(reference.volume)),
            Tag("number", bare_number(reference.number) or reference.issue),
            Tag("num-vols", reference.number_of_volumes),
            Tag("edition", reference.edition),
            Tag("section", reference.chapter),
            Tag("keywords", tuple(Tag("keyword", word) for word in reference.keyword)),
            Tag("dates", _dates(reference.issued)),
            Tag("pub-location", "; ".join(joined_again(reference.publisher_place))),
            Tag("publisher", "; ".join(joined_again(reference.publisher))),
            Tag("isbn", reference.isbn or reference.issn),
            Tag("accession-num", reference.pmid),
            Tag("call-num", reference.call_number),
            Tag("electronic-resource-num", reference.doi),
            Tag("abstract", paragraphs(reference.abstract)),
            Tag("label", reference.citekey),
            Tag("notes", plain(reference.note)),
            Tag("research-notes", paragraphs(reference.annotation)),
            Tag("work-type", reference.genre or reference.label),
            Tag("urls", _urls(reference)),
            Tag("remote-database-name", "PubMed" if reference.pmid else ""),
            Tag("language", reference.language),
            Tag("access-date", edtf(reference.accessed) if reference.accessed else ""),
        ),
    )


def _type(reference: Reference) -> Tag:
    kind = _TYPES.get(reference.entry_type.lower()) or _ENDNOTE_TYPES.get(reference.type.csl, _GENERIC)
    return Tag("ref-type", kind[0], {"name": kind[1]} if kind[1] else {})


def _contributors(reference: Reference) -> Tag:
    advises = reference.type.csl == "thesis" and not reference.editor
    second = reference.editor_a if advises and reference.editor_a_type == "supervisor" else reference.editor
    groups = (
        ("authors", reference.author),
        ("secondary-authors", second),
        ("subsidiary-authors", reference.translator),
    )
    return Tag("contributors", tuple(Tag(name, _people(names)) for name, names in groups))


def _people(names: Names) -> tuple[Tag, ...]:
    return tuple(Tag("author", _name(name)) for name in names.people)


def _name(name: Name) -> str:
    # A comma at its end says that a name is not to be taken apart.
    return f"{name.literal.rstrip(', ')}," if name.literal else plain_name(name)


def _titles(reference: Reference) -> Tag:
    container, series = plain(reference.container_title), plain(reference.collection_title)
    if reference.book_title and reference.book_subtitle:
        container = whole_title(reference.book_title, reference.book_subtitle)
    return Tag(
        "titles",
        (
            Tag("title", whole_title(reference.title, reference.subtitle)),
            Tag("secondary-title", container or series),
            Tag("tertiary-title", series if container else ""),
            Tag("short-title", plain(reference.short_title)),
            Tag("translated-title", plain(reference.parallel_title)),
        ),
    )


def _periodical(reference: Reference) -> tuple[Tag, ...]:
    full, short = plain(reference.journal_title), plain(reference.short_journal_title)
    return (Tag("full-title", full), Tag("abbr-1", short))


def _pages(reference: Reference) -> str:
    if reference.page and reference.page.ranges:
        return str(reference.page)
    if reference.type.pattern is Pattern.ARTICLE:
        return reference.article_number
    return reference.number_of_pages.count if reference.number_of_pages else ""


def _dates(issued: Date | None) -> tuple[Tag, ...]:
    if issued is None:
        return ()
    point, written = issued.start, edtf(issued)
    if issued.is_range or point is None or not written[:4].isdigit() or not written.replace("-", "").isdigit():
        return (Tag("year", written),)
    more = written if "-" in written and point.month < 13 else ""
    return (Tag("year", written if point.month > 12 else written[:4]), Tag("pub-dates", (Tag("date", more),)))


def _urls(reference: Reference) -> tuple[Tag, ...]:
    return (Tag("related-urls", tuple(Tag("url", address) for address in _addresses(reference))),)


def _addresses(reference: Reference) -> Iterable[str]:
    return dict.fromkeys(url for url in (reference.url, *(link.url for link in reference.links)) if is_safe(url))
