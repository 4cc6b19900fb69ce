"""Writes references as simple Dublin Core, in the form of OAI-PMH: the fifteen elements, any of them repeated.

Sources: DCMI Metadata Element Set 1.1; OAI-PMH 2.0, the schema ``oai_dc``. Where a document stands in another is its
``source``; ``description`` is the abstract or, without one, the annotation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from biblio.formats.plain_values import bare_number, paragraphs, plain_name, whole_title
from biblio.formats.xml_text import Tag, document
from biblio.reference.bodies import joined_again
from biblio.reference.date import edtf
from biblio.reference.fields import FIELDS, Kind
from biblio.reference.link import is_safe
from biblio.reference.reference import Reference, doi_url
from biblio.reference.types import Pattern
from biblio.text.inline import plain

_NAMESPACES = {
    "xmlns:oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": (
        "http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
    ),
}
# The DCMI types of what is no text.
_TYPES = {
    "motion_picture": "MovingImage",
    "song": "Sound",
    "broadcast": "Sound",
    "graphic": "StillImage",
    "software": "Software",
    "dataset": "Dataset",
    "event": "Event",
}
_CONTRIBUTORS = tuple(
    row.variable for row in FIELDS if row.kind is Kind.NAMES and row.variable not in ("author", "sort_name")
)
_NOT_PEOPLE = frozenset({"short_author", "short_editor", "book_author", "holder"})


def write_dublin_core(references: Sequence[Reference]) -> str:
    """The references as records in one document, with a final newline. Never raises."""
    return document(Tag("records", tuple(_record(reference) for reference in references)))


def _record(reference: Reference) -> Tag:
    elements: dict[tuple[str, str], None] = {}
    for name, value in _elements(reference):
        if value.strip():
            elements.setdefault((name, value.strip()))
    return Tag("oai_dc:dc", tuple(Tag(f"dc:{name}", value) for name, value in elements), _NAMESPACES)


def _elements(reference: Reference) -> Iterator[tuple[str, str]]:
    """Elements and values, blank ones among them."""
    title = whole_title(reference.title, reference.subtitle)
    main = whole_title(reference.main_title, reference.main_subtitle)
    whole = reference.type.pattern is not Pattern.PART
    yield "title", ". ".join(filter(None, (main if whole else "", title)))
    yield "title", plain(reference.parallel_title)
    yield from (("creator", plain_name(name)) for name in reference.author.people)
    for variable in _CONTRIBUTORS:
        if variable not in _NOT_PEOPLE:
            yield from (("contributor", plain_name(name)) for name in getattr(reference, variable).people)
    yield from (("subject", word) for word in reference.keyword)
    yield "description", paragraphs(reference.abstract or reference.annotation)
    yield "description", plain(reference.note)
    yield from (("publisher", name) for name in joined_again(reference.publisher))
    yield "date", edtf(reference.issued) if reference.issued else ""
    yield "type", reference.label or reference.genre or reference.type.csl
    yield "type", _TYPES.get(reference.type.csl, "Text")
    pages = reference.number_of_pages.count if reference.number_of_pages else ""
    yield "format", f"{pages} p." if pages else ""
    yield "format", reference.duration
    yield from _identifiers(reference)
    yield "source", _source(reference)
    yield "language", reference.language
    yield "relation", " ; ".join(filter(None, (plain(reference.collection_title), _number_in_series(reference))))
    yield from (("coverage", word) for word in reference.territory)
    yield "rights", reference.license
    if reference.is_open is not None:
        yield "rights", f"info:eu-repo/semantics/{'openAccess' if reference.is_open else 'restrictedAccess'}"


def _identifiers(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "identifier", reference.url if is_safe(reference.url) else ""
    yield "identifier", doi_url(reference.doi) if reference.doi else ""
    for name, value in (("ISBN", reference.isbn), ("ISSN", reference.issn), ("PMID", reference.pmid)):
        yield "identifier", f"{name} {value}" if value else ""
    yield from (("identifier", link.url) for link in reference.links if is_safe(link.url))


def _source(reference: Reference) -> str:
    """« Journal, vol. 12, n° 3, p. 45-58 »; empty for what stands by itself."""
    if not reference.container_title:
        return ""
    volume = bare_number(reference.volume)
    number = (bare_number(reference.number) or reference.issue) if reference.type.pattern is Pattern.ARTICLE else ""
    container = plain(reference.journal_title) or whole_title(reference.book_title, reference.book_subtitle)
    pages = str(reference.page) if reference.page and reference.page.ranges else reference.article_number
    parts = (
        container,
        f"vol. {volume}" if volume else "",
        f"n° {number}" if number else "",
        f"p. {pages}" if pages else "",
    )
    return ", ".join(filter(None, parts))


def _number_in_series(reference: Reference) -> str:
    in_series = reference.collection_title and reference.type.pattern is not Pattern.ARTICLE
    return bare_number(reference.number) if in_series else ""
