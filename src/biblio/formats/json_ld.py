"""Writes references as JSON-LD in the terms of schema.org, for web pages and search engines.

Sources: schema.org (its types and properties of creative works), JSON-LD 1.1. A date is ISO 8601 where it is a year, a
month or a day, and EDTF else; a name that is one literal is an organization's. ``abstract`` is the abstract or, without
one, the annotation. The text may stand inside a ``script`` of a page: it has no ``<``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from biblio.formats.plain_values import bare_number, natural_name, paragraphs, whole_title
from biblio.formats.text import without_controls
from biblio.reference.bodies import joined_again
from biblio.reference.date import edtf
from biblio.reference.link import is_safe
from biblio.reference.name import Name, Names
from biblio.reference.pages import Leaf
from biblio.reference.reference import Reference, doi_url
from biblio.reference.types import Pattern
from biblio.text.inline import plain

# The types of schema.org, by CSL type.
_TYPES = {
    "article-journal": "ScholarlyArticle",
    "review": "Review",
    "periodical": "Periodical",
    "book": "Book",
    "pamphlet": "Book",
    "chapter": "Chapter",
    "entry-encyclopedia": "Chapter",
    "paper-conference": "ScholarlyArticle",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "WebPage",
    "dataset": "Dataset",
    "software": "SoftwareApplication",
    "motion_picture": "VideoObject",
    "song": "AudioObject",
    "broadcast": "AudioObject",
    "graphic": "ImageObject",
    "legislation": "Legislation",
    "treaty": "Legislation",
    "regulation": "Legislation",
    "bill": "Legislation",
    "manuscript": "Manuscript",
    "speech": "PresentationDigitalDocument",
    "event": "ExhibitionEvent",
}
# Properties that some of those types have not: a wholly generic work says them as well.
_GENERIC = "CreativeWork"


def write_json_ld(references: Sequence[Reference]) -> str:
    """The references as one graph, keys sorted, with a final newline. Never raises."""
    graph = {"@context": "https://schema.org", "@graph": [_clean(_work(reference)) for reference in references]}
    written = json.dumps(graph, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    return written.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n"


def _clean(value: Any) -> Any:
    """The value without what is empty, and without characters that print nothing."""
    if isinstance(value, str):
        return without_controls(value).strip()
    if isinstance(value, Mapping):
        cleaned = {name: _clean(inner) for name, inner in value.items()}
        return {name: inner for name, inner in cleaned.items() if inner not in ("", [], {}, None)}
    if isinstance(value, list):
        return [inner for inner in map(_clean, value) if inner not in ("", [], {}, None)]
    return value


def _work(reference: Reference) -> dict[str, Any]:
    pages = reference.number_of_pages.count if reference.number_of_pages else ""
    urls = [url for url in (reference.url, *(link.url for link in reference.links)) if is_safe(url)]
    title = whole_title(reference.title, reference.subtitle)
    whole = whole_title(reference.main_title, reference.main_subtitle)
    work: dict[str, Any] = {
        "@type": _TYPES.get(reference.type.csl, _GENERIC),
        "name": ". ".join(filter(None, (whole, title))) if reference.type.pattern is not Pattern.PART else title,
        "alternateName": plain(reference.parallel_title),
        "author": _people(reference.author),
        "editor": _people(reference.editor),
        "translator": _people(reference.translator),
        "publisher": _publishers(reference),
        "datePublished": edtf(reference.issued) if reference.issued else "",
        "inLanguage": reference.language,
        "isbn": reference.isbn,
        "identifier": _identifiers(reference),
        "url": urls[0] if urls else "",
        "sameAs": list(dict.fromkeys([*([doi_url(reference.doi)] if reference.doi else []), *urls[1:]])),
        "bookEdition": reference.edition,
        "numberOfPages": int(pages) if pages.isascii() and pages.isdigit() and len(pages) < 7 else pages,
        "abstract": paragraphs(reference.abstract or reference.annotation),
        "keywords": list(reference.keyword),
        "audience": [{"@type": "Audience", "audienceType": word} for word in reference.audience],
        "spatialCoverage": list(reference.territory),
        "license": reference.license,
        "isAccessibleForFree": reference.is_open,
        "genre": reference.genre or reference.label,
        **_pages(reference),
    }
    if reference.type.csl == "periodical":
        work["issn"] = reference.issn
    part_of = _part_of(reference)
    return {**work, **({"isPartOf": part_of} if part_of else {})}


def _people(names: Names) -> list[dict[str, str]]:
    return [_person(name) for name in names.people]


def _person(name: Name) -> dict[str, str]:
    if name.literal:
        return {"@type": "Organization", "name": name.literal}
    return {
        "@type": "Person",
        "name": natural_name(name),
        "familyName": name.full_family,
        "givenName": name.given,
        "honorificSuffix": name.suffix,
    }


def _publishers(reference: Reference) -> list[dict[str, Any]]:
    names = joined_again(reference.publisher)
    places = joined_again(reference.publisher_place)
    return [
        {"@type": "Organization", "name": name, "location": list(places) if number == 0 else []}
        for number, name in enumerate(names)
    ]


def _identifiers(reference: Reference) -> list[dict[str, str]]:
    known = (("citekey", reference.citekey), ("doi", reference.doi), ("pmid", reference.pmid), ("isrn", reference.isrn))
    return [{"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in known if value]


def _pages(reference: Reference) -> dict[str, str]:
    ranges = reference.page.ranges if reference.page else ()
    if len(ranges) == 1 and ranges[0].leaf is Leaf.PAGE:
        return {"pageStart": ranges[0].first, "pageEnd": ranges[0].last, "pagination": str(reference.page)}
    return {"pagination": str(reference.page) if ranges else reference.article_number}


def _part_of(reference: Reference) -> dict[str, Any]:
    """What the work stands in, from the issue outwards; or the series that it belongs to."""
    series = plain(reference.collection_title)
    if reference.type.pattern is Pattern.ARTICLE and reference.type.csl != "periodical":
        periodical = {
            "@type": "Periodical",
            "name": whole_title(reference.journal_title, reference.journal_subtitle),
            "issn": reference.issn,
        }
        volume = bare_number(reference.volume)
        if volume:
            periodical = {"@type": "PublicationVolume", "volumeNumber": volume, "isPartOf": periodical}  # type: ignore[dict-item]  # a level more
        number = bare_number(reference.number) or reference.issue
        issue = {"@type": "PublicationIssue", "issueNumber": number, "name": plain(reference.issue_title)}
        return {**issue, "isPartOf": periodical} if number or reference.issue_title else periodical
    if reference.type.pattern is Pattern.PART and reference.book_title:
        return {
            "@type": "Book",
            "name": whole_title(reference.book_title, reference.book_subtitle),
            "isbn": reference.isbn,
            "volumeNumber": bare_number(reference.volume),
        }
    if series:
        return {"@type": "BookSeries", "name": series, "position": bare_number(reference.number)}
    return {}
