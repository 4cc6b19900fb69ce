"""Dublin Core in the head of a page.

Source: DCMI, Expressing Dublin Core in HTML.
"""

from __future__ import annotations

from biblio.online.metadata.tags import PageTags
from biblio.online.metadata.values import DOI, Fields, date_of, people, words


def said_in_dublin_core(page: PageTags) -> tuple[str, Fields]:
    """The kind of the document and its fields; empty where the page has nothing of this."""

    def all_of(name: str) -> list[str]:
        return page.all(f"dc.{name}", f"dcterms.{name}")

    def first(name: str) -> str:
        return next(iter(all_of(name)), "")

    identifiers = all_of("identifier")
    return "", {
        "title": first("title"),
        "author": people(all_of("creator")),
        "date": date_of(page.first("dcterms.issued", "dc.date.issued", "dc.date", "dcterms.date", "dcterms.created")),
        "publisher": first("publisher"),
        "langid": first("language"),
        "abstract": first("description") or page.first("dcterms.abstract"),
        "keywords": words(all_of("subject")),
        "doi": next((each for each in identifiers if DOI.search(each)), ""),
        "host": page.first("dcterms.ispartof", "dc.relation.ispartof"),
    }
