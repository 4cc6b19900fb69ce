"""The table of fields: the name that each variable has in the program, in biblatex files, in CSL-JSON and in RIS.

Sources: biblatex manual § 2.2 (files), CSL 1.0.2 appendix IV (variables), RIS format specification (tags). The names
marked *extension* are biblio's own: biblatex ignores them. ``biblatex`` lists the spellings in order of preference:
the first one present in an entry gives the value, and the first one of all is what biblio writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How the text of a field becomes a value."""

    RICH = "rich"  # inline text with LaTeX markup
    PARAGRAPHS = "paragraphs"  # rich text, a blank line between paragraphs
    NAMES = "names"  # personal and corporate names joined by « and »
    LIST = "list"  # literals joined by « and »
    KEYWORDS = "keywords"  # literals separated by commas or semicolons
    DATE = "date"  # EDTF
    PAGES = "pages"
    EXTENT = "extent"  # a number of pages
    NUMBERING = "numbering"  # a number with its label and supplement
    LITERAL = "literal"  # plain text
    VERBATIM = "verbatim"  # an address or an identifier, never decoded
    LINKS = "links"  # one labelled link a line
    PROVENANCE = "provenance"  # where an annotation comes from


@dataclass(frozen=True, slots=True)
class Field:
    """One row of the table; ``csl`` and ``ris`` are empty where those formats have no place for the variable."""

    variable: str
    kind: Kind
    biblatex: tuple[str, ...]
    csl: str = ""
    ris: str = ""
    extension: bool = False


FIELDS = (
    Field("author", Kind.NAMES, ("author",), "author", "AU"),
    Field("editor", Kind.NAMES, ("editor",), "editor", "A2"),
    Field("translator", Kind.NAMES, ("translator",), "translator", "A4"),
    Field("title", Kind.RICH, ("title",), "title", "TI"),
    Field("subtitle", Kind.RICH, ("subtitle",)),
    Field("parallel_title", Kind.RICH, ("paralleltitle",), "", "TT", extension=True),
    Field("title_addon", Kind.RICH, ("titleaddon",)),
    Field("main_title", Kind.RICH, ("maintitle",), "volume-title"),
    Field("book_title", Kind.RICH, ("booktitle",), "container-title", "T2"),
    Field("chapter", Kind.LITERAL, ("chapter",), "chapter-number"),
    Field("event_title", Kind.RICH, ("eventtitle",), "event-title"),
    Field("event_place", Kind.LITERAL, ("venue",), "event-place"),
    Field("event_date", Kind.DATE, ("eventdate",), "event-date"),
    Field("journal_title", Kind.RICH, ("journaltitle", "journal"), "container-title", "T2"),
    Field("issue_title", Kind.RICH, ("issuetitle",)),
    Field("collection_title", Kind.RICH, ("series",), "collection-title", "T3"),
    Field("publisher", Kind.LIST, ("publisher", "institution", "organization", "school"), "publisher", "PB"),
    Field("publisher_place", Kind.LIST, ("location", "address"), "publisher-place", "CY"),
    Field("volume", Kind.NUMBERING, ("volume",), "volume", "VL"),
    Field("number", Kind.NUMBERING, ("number",), "number", "IS"),
    Field("issue", Kind.LITERAL, ("issue",), "issue", "IS"),
    Field("edition", Kind.LITERAL, ("edition",), "edition", "ET"),
    Field("version", Kind.LITERAL, ("version",), "version"),
    Field("genre", Kind.LITERAL, ("type",), "genre", "M3"),
    Field("issued", Kind.DATE, ("date",), "issued"),
    Field("updated", Kind.DATE, ("updated",), extension=True),
    Field("accessed", Kind.DATE, ("urldate",), "accessed", "Y2"),
    Field("page", Kind.PAGES, ("pages",), "page"),
    Field("number_of_pages", Kind.EXTENT, ("pagetotal",), "number-of-pages"),
    Field("doi", Kind.VERBATIM, ("doi",), "DOI", "DO"),
    Field("isbn", Kind.VERBATIM, ("isbn",), "ISBN", "SN"),
    Field("issn", Kind.VERBATIM, ("issn",), "ISSN", "SN"),
    Field("url", Kind.VERBATIM, ("url",), "URL", "UR"),
    Field("links", Kind.LINKS, ("links",), extension=True),
    Field("language", Kind.LITERAL, ("langid", "language"), "language", "LA"),
    Field("label", Kind.LITERAL, ("entrysubtype",), "genre", "M3"),
    Field("keyword", Kind.KEYWORDS, ("keywords",), "keyword", "KW"),
    Field("note", Kind.RICH, ("note",), "note", "N1"),
    Field("abstract", Kind.PARAGRAPHS, ("abstract",), "abstract", "AB"),
    Field("annotation", Kind.PARAGRAPHS, ("annotation", "annote"), "annote", "AB"),
    Field("annotation_source", Kind.PROVENANCE, ("annotationsource",), extension=True),
)

# Fields that other fields replace or that steer the reader; known, so never reported as unknown.
STEERING = frozenset({"year", "month", "day", "shorttitle", "sortkey", "sorttitle", "sortname", "options", "file"})

BY_BIBLATEX = {name: field for field in FIELDS for name in field.biblatex}


# The languages that biblatex names in words (manual § 2.3.15, babel and polyglossia identifiers), as BCP 47 tags.
LANGUAGES = {
    "french": "fr",
    "francais": "fr",
    "français": "fr",
    "english": "en",
    "american": "en-US",
    "usenglish": "en-US",
    "british": "en-GB",
    "ukenglish": "en-GB",
    "german": "de",
    "ngerman": "de",
    "spanish": "es",
    "catalan": "ca",
    "italian": "it",
    "portuguese": "pt",
    "portuges": "pt",
    "brazilian": "pt-BR",
    "dutch": "nl",
    "arabic": "ar",
    "latin": "la",
    "greek": "el",
    "polish": "pl",
    "russian": "ru",
    "turkish": "tr",
    "swedish": "sv",
    "danish": "da",
    "norwegian": "no",
    "finnish": "fi",
    "romanian": "ro",
    "basque": "eu",
    "breton": "br",
    "occitan": "oc",
}


def language_tag(value: str) -> str:
    """The BCP 47 tag of a language written in biblatex's words or already as a tag; empty when it is neither."""
    value = value.strip()
    if value.lower() in LANGUAGES:
        return LANGUAGES[value.lower()]
    primary, _, region = value.partition("-")
    if 2 <= len(primary) <= 3 and primary.isascii() and primary.isalpha():
        return f"{primary.lower()}-{region}" if region else primary.lower()
    return ""
