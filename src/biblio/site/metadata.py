"""What a page says of a document to programs: one description, in the tags of Highwire and in JSON-LD.

Sources: Google Scholar's Inclusion Guidelines for Webmasters (the names of the tags); schema.org. The address of a PDF
is told of documents of the site's own alone: of others' the page is not where they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from biblio.collection.facets import full_name
from biblio.formats import FORMATS
from biblio.formats.plain_values import whole_title
from biblio.reference.reference import Reference
from biblio.site.model import Dossier
from biblio.site.view import View, iso_day
from biblio.text.inline import plain

Tags = Sequence[tuple[str, str]]


def highwire(reference: Reference) -> Tags:
    """The tags of a reference, each with its value."""
    return [(name, value) for name, value in _tags(reference) if value]


def _tags(reference: Reference) -> Iterator[tuple[str, str]]:
    csl = reference.type.csl
    yield "citation_title", whole_title(reference.title, reference.subtitle)
    for name in reference.author.people or reference.editor.people:
        yield "citation_author", full_name(name)
    yield "citation_publication_date", iso_day(reference.issued).replace("-", "/")
    yield "citation_journal_title", plain(reference.journal_title)
    yield "citation_inbook_title", plain(reference.book_title)
    yield "citation_conference_title", plain(reference.event_title)
    yield "citation_volume", str(reference.volume.value) if reference.volume else ""
    yield "citation_issue", str(reference.number.value) if reference.number else reference.issue
    if reference.page and reference.page.ranges:
        first, _, last = str(reference.page).partition("-")
        yield from (("citation_firstpage", first), ("citation_lastpage", last))
    yield "citation_doi", reference.doi
    yield "citation_isbn", reference.isbn
    yield "citation_issn", reference.issn
    publisher = ", ".join(reference.publisher)
    yield (
        {
            "thesis": "citation_dissertation_institution",
            "report": "citation_technical_report_institution",
        }.get(csl, "citation_publisher"),
        publisher,
    )
    yield "citation_language", reference.language
    yield "citation_keywords", "; ".join(reference.keyword)


def highwire_of_dossier(view: View, dossier: Dossier) -> Tags:
    """The tags of a dossier, with the address of its PDF, where the site has one."""
    about = dossier.document.metadata
    tags = [
        ("citation_title", about.title if not about.subtitle else f"{about.title}. {about.subtitle}"),
        *(("citation_author", author) for author in about.authors),
        ("citation_publication_date", about.date.replace("-", "/")),
        ("citation_publisher", about.publisher),
        ("citation_language", str(about.lang)),
    ]
    if view.settings.base:
        pdf = (each for each in dossier.downloads if each.format == "PDF")
        tags += (("citation_pdf_url", f"{view.settings.base}files/{each.name}") for each in pdf)
    return [(name, value) for name, value in tags if value]


def json_ld(reference: Reference) -> str:
    """The reference in the terms of schema.org, in one line; there is no ``<`` in it.

    The abstract is on the page, and not said twice.
    """
    bare = replace(reference, annotation=(), abstract=())
    graph = json.loads(FORMATS["json-ld"].written((bare,)))
    written = json.dumps(graph, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return written.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
