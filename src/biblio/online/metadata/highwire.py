"""The « Highwire » tags ``citation_…`` of publishers and archives.

Source: Google Scholar's inclusion guidelines.
"""

from __future__ import annotations

from biblio.online.metadata.tags import PageTags
from biblio.online.metadata.values import Fields, date_of, pages_of, people, words


def said_in_highwire(page: PageTags) -> tuple[str, Fields]:
    """The kind of the document and its fields; empty where the page has nothing of this."""
    first = page.first
    if not first("citation_title"):
        return "", {}
    fields: Fields = {
        "title": first("citation_title"),
        "author": people(page.all("citation_author", "citation_authors")),
        "editor": people(page.all("citation_editor")),
        "date": date_of(
            first(
                "citation_publication_date",
                "citation_cover_date",
                "citation_date",
                "citation_year",
                "citation_online_date",
            )
        ),
        "volume": first("citation_volume"),
        "number": first("citation_issue"),
        "pages": pages_of(first("citation_firstpage"), first("citation_lastpage")),
        "publisher": first("citation_publisher"),
        "doi": first("citation_doi"),
        "isbn": first("citation_isbn"),
        "issn": first("citation_issn"),
        "pmid": first("citation_pmid"),
        "langid": first("citation_language"),
        "abstract": first("citation_abstract"),
        "keywords": words(page.all("citation_keywords", "citation_keyword")),
    }
    for kind, name, institution in (
        ("article", "citation_journal_title", ""),
        ("inproceedings", "citation_conference_title", ""),
        ("incollection", "citation_inbook_title", ""),
        ("incollection", "citation_book_title", ""),
        ("thesis", "", "citation_dissertation_institution"),
        ("report", "", "citation_technical_report_institution"),
        ("report", "", "citation_technical_report_number"),
    ):
        if name and first(name) and first(name) != fields["title"]:
            return kind, fields | {"host": first(name)}
        if institution and first(institution):
            if institution.endswith("number"):
                return kind, fields | {"number": first(institution)}
            return kind, fields | {"institution": first(institution), "publisher": ""}
    return "book" if fields["isbn"] else "", fields
