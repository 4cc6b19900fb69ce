"""The table of fields: the name that each variable has in the program, in biblatex files, in CSL-JSON and in RIS.

Sources: biblatex manual § 2.2 (files) and its data model ``blx-dm.def``, CSL 1.0.2 appendix IV (variables), RIS format
specification (tags). The names marked *extension* are biblio's own: biblatex ignores them. ``biblatex`` lists the
spellings in order of preference: the first one present in an entry gives the value, and the first one of all is what
biblio writes. A field that is in none of the tables below is kept as it was typed and reported (R102).
"""

from __future__ import annotations

import re
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
    LANGUAGE = "language"  # a BCP 47 tag, from biblatex's word for it
    VERBATIM = "verbatim"  # an address or an identifier, never decoded
    LINKS = "links"  # one labelled link a line
    PROVENANCE = "provenance"  # where an annotation comes from
    HOLDINGS = "holdings"  # one place and call number a line


@dataclass(frozen=True, slots=True)
class Field:
    """One row of the table; ``csl`` and ``ris`` are empty where those formats have no place for the variable.

    What is ``private`` stays in the files: no output and no export ever carries it.
    """

    variable: str
    kind: Kind
    biblatex: tuple[str, ...]
    csl: str = ""
    ris: str = ""
    extension: bool = False
    private: bool = False


FIELDS = (
    # People and bodies.
    Field("author", Kind.NAMES, ("author",), "author", "AU"),
    Field("author_type", Kind.LITERAL, ("authortype",)),
    Field("editor", Kind.NAMES, ("editor",), "editor", "A2"),
    Field("editor_type", Kind.LITERAL, ("editortype",)),
    Field("editor_a", Kind.NAMES, ("editora",)),
    Field("editor_a_type", Kind.LITERAL, ("editoratype",)),
    Field("editor_b", Kind.NAMES, ("editorb",)),
    Field("editor_b_type", Kind.LITERAL, ("editorbtype",)),
    Field("editor_c", Kind.NAMES, ("editorc",)),
    Field("editor_c_type", Kind.LITERAL, ("editorctype",)),
    Field("translator", Kind.NAMES, ("translator",), "translator", "A4"),
    Field("book_author", Kind.NAMES, ("bookauthor",), "container-author"),
    Field("holder", Kind.NAMES, ("holder",)),
    Field("annotator", Kind.NAMES, ("annotator",)),
    Field("commentator", Kind.NAMES, ("commentator",)),
    Field("introduction", Kind.NAMES, ("introduction",)),
    Field("foreword", Kind.NAMES, ("foreword",)),
    Field("afterword", Kind.NAMES, ("afterword",)),
    Field("short_author", Kind.NAMES, ("shortauthor",)),
    Field("short_editor", Kind.NAMES, ("shorteditor",)),
    Field("name_addon", Kind.RICH, ("nameaddon",)),
    # Titles, from the document outwards.
    Field("title", Kind.RICH, ("title",), "title", "TI"),
    Field("subtitle", Kind.RICH, ("subtitle",)),
    Field("parallel_title", Kind.RICH, ("paralleltitle",), "", "TT", extension=True),
    Field("title_addon", Kind.RICH, ("titleaddon",)),
    Field("short_title", Kind.RICH, ("shorttitle",), "title-short"),
    Field("main_title", Kind.RICH, ("maintitle",), "title"),
    Field("main_subtitle", Kind.RICH, ("mainsubtitle",)),
    Field("main_title_addon", Kind.RICH, ("maintitleaddon",)),
    Field("book_title", Kind.RICH, ("booktitle",), "container-title", "T2"),
    Field("book_subtitle", Kind.RICH, ("booksubtitle",)),
    Field("book_title_addon", Kind.RICH, ("booktitleaddon",)),
    Field("chapter", Kind.LITERAL, ("chapter",), "chapter-number"),
    Field("event_title", Kind.RICH, ("eventtitle",), "event-title"),
    Field("event_title_addon", Kind.RICH, ("eventtitleaddon",)),
    Field("event_place", Kind.LITERAL, ("venue",), "event-place"),
    Field("event_date", Kind.DATE, ("eventdate",), "event-date"),
    Field("journal_title", Kind.RICH, ("journaltitle", "fjournal", "journal"), "container-title", "T2"),
    Field("journal_subtitle", Kind.RICH, ("journalsubtitle",)),
    Field("journal_title_addon", Kind.RICH, ("journaltitleaddon",)),
    Field("short_journal_title", Kind.RICH, ("shortjournal",), "container-title-short"),
    Field("issue_title", Kind.RICH, ("issuetitle",)),
    Field("issue_subtitle", Kind.RICH, ("issuesubtitle",)),
    Field("issue_title_addon", Kind.RICH, ("issuetitleaddon",)),
    Field("collection_title", Kind.RICH, ("series",), "collection-title", "T3"),
    Field("short_collection_title", Kind.RICH, ("shortseries",)),
    # By what it is filed, where that is not what is printed.
    Field("sort_name", Kind.NAMES, ("sortname",)),
    Field("sort_title", Kind.LITERAL, ("sorttitle",)),
    Field("sort_key", Kind.LITERAL, ("sortkey", "key")),
    Field("presort", Kind.LITERAL, ("presort",)),
    # Publication.
    Field("publisher", Kind.LIST, ("publisher", "institution", "organization", "school"), "publisher", "PB"),
    Field("publisher_place", Kind.LIST, ("location", "address"), "publisher-place", "CY"),
    Field("how_published", Kind.RICH, ("howpublished",)),
    Field("volume", Kind.NUMBERING, ("volume",), "volume", "VL"),
    Field("number", Kind.NUMBERING, ("number",), "number", "IS"),
    Field("issue", Kind.LITERAL, ("issue",), "issue", "IS"),
    Field("part", Kind.LITERAL, ("part",), "part"),
    Field("number_of_volumes", Kind.LITERAL, ("volumes",), "number-of-volumes"),
    Field("edition", Kind.LITERAL, ("edition",), "edition", "ET"),
    Field("version", Kind.LITERAL, ("version",), "version"),
    Field("genre", Kind.LITERAL, ("type",), "genre", "M3"),
    Field("status", Kind.LITERAL, ("pubstate",), "status"),
    Field("issued", Kind.DATE, ("date",), "issued"),
    Field("updated", Kind.DATE, ("updated",), extension=True),
    Field("accessed", Kind.DATE, ("urldate",), "accessed", "Y2"),
    Field("page", Kind.PAGES, ("pages",), "page"),
    Field("article_number", Kind.LITERAL, ("eid",)),
    Field("number_of_pages", Kind.EXTENT, ("pagetotal",), "number-of-pages"),
    # The work that this one translates or reprints.
    Field("original_title", Kind.RICH, ("origtitle",), "original-title"),
    Field("original_date", Kind.DATE, ("origdate",), "original-date"),
    Field("original_publisher", Kind.LIST, ("origpublisher",), "original-publisher"),
    Field("original_publisher_place", Kind.LIST, ("origlocation",), "original-publisher-place"),
    Field("original_language", Kind.LIST, ("origlanguage",)),
    Field("reprint_title", Kind.RICH, ("reprinttitle",)),
    # Identifiers and addresses.
    Field("doi", Kind.VERBATIM, ("doi",), "DOI", "DO"),
    Field("isbn", Kind.VERBATIM, ("isbn",), "ISBN", "SN"),
    Field("issn", Kind.VERBATIM, ("issn",), "ISSN", "SN"),
    Field("isan", Kind.VERBATIM, ("isan",)),
    Field("ismn", Kind.VERBATIM, ("ismn",)),
    Field("isrn", Kind.VERBATIM, ("isrn",)),
    Field("iswc", Kind.VERBATIM, ("iswc",)),
    Field("eprint", Kind.VERBATIM, ("eprint",)),
    Field("eprint_type", Kind.LITERAL, ("eprinttype", "archiveprefix")),
    Field("eprint_class", Kind.LITERAL, ("eprintclass", "primaryclass")),
    Field("pmid", Kind.VERBATIM, ("pmid",), "PMID", extension=True),
    Field("pmcid", Kind.VERBATIM, ("pmcid",), "PMCID", extension=True),
    Field("url", Kind.VERBATIM, ("url",), "URL", "UR"),
    Field("links", Kind.LINKS, ("links",), extension=True),
    Field("call_number", Kind.LITERAL, ("library",), "call-number", "CN"),
    Field("holdings", Kind.HOLDINGS, ("holdings",), extension=True),
    Field("loan_terms", Kind.LITERAL, ("loanterms",), extension=True),
    # What it is, for whom, and what is said of it.
    Field("language", Kind.LANGUAGE, ("langid", "hyphenation", "language"), "language", "LA"),
    Field("label", Kind.LITERAL, ("entrysubtype",), "genre", "M3"),
    Field("keyword", Kind.KEYWORDS, ("keywords",), "keyword", "KW"),
    Field("audience", Kind.KEYWORDS, ("audience",), extension=True),
    # The folders that a reference is filed in elsewhere, in Zotero say.
    Field("collections", Kind.KEYWORDS, ("collections",), extension=True),
    Field("territory", Kind.KEYWORDS, ("territory",), extension=True),
    Field("open_access", Kind.LITERAL, ("openaccess",), extension=True),
    Field("license", Kind.LITERAL, ("license", "licence"), extension=True),
    Field("programme", Kind.RICH, ("programme",), extension=True),
    Field("duration", Kind.LITERAL, ("duration",), "dimensions", extension=True),
    Field("contents", Kind.PARAGRAPHS, ("contents",), extension=True),
    # The names behind the first are those of BibDesk, Zotero and JabRef.
    Field("added", Kind.DATE, ("added", "dateadded", "date-added", "creationdate", "timestamp"), extension=True),
    Field("related", Kind.KEYWORDS, ("related",)),
    Field("related_type", Kind.LITERAL, ("relatedtype",)),
    Field("related_string", Kind.RICH, ("relatedstring",)),
    Field("addendum", Kind.RICH, ("addendum",)),
    Field("note", Kind.RICH, ("note",), "note", "N1"),
    Field("abstract", Kind.PARAGRAPHS, ("abstract",), "abstract", "AB"),
    Field("annotation", Kind.PARAGRAPHS, ("annotation", "annote"), "annote", "AB"),
    Field("annotation_source", Kind.PROVENANCE, ("annotationsource",), extension=True),
    # ``langid`` is the language of the document; neither biblatex nor CSL knows one of what is said of it.
    Field("annotation_language", Kind.LANGUAGE, ("annotationlanguage",), extension=True),
    Field("abstract_rights", Kind.LITERAL, ("abstractrights",), extension=True),
    Field("internal_note", Kind.PARAGRAPHS, ("internalnote",), extension=True, private=True),
    Field("imported_from", Kind.VERBATIM, ("importedfrom",), extension=True, private=True),
)

BY_BIBLATEX = {name: field for field in FIELDS for name in field.biblatex}

# The old spellings that biblatex takes for its own fields (manual § 2.2.5).
FIELD_ALIASES = {
    "address": "location",
    "annote": "annotation",
    "archiveprefix": "eprinttype",
    "hyphenation": "langid",
    "journal": "journaltitle",
    "key": "sortkey",
    "pdf": "file",
    "primaryclass": "eprintclass",
    "school": "institution",
}

# Fields of biblatex that other fields replace, that tie entries together, that steer sorting and labels or that each
# user defines: known, so never reported as unknown, and kept as they were typed.
STEERING = frozenset(
    "year month day crossref xref xdata ids entryset relatedoptions options execute sortyear sortshorthand "
    "label shorthand shorthandintro indextitle indexsorttitle gender langidopts origyear origmonth origday eventyear "
    "eventmonth eventday urlyear urlmonth urlday "
    "pagination bookpagination file pdf usera userb userc userd usere userf lista listb listc listd liste listf verba "
    "verbb verbc namea nameb namec nameatype namebtype namectype".split(),
)

# Those of them that name other entries, by their keys.
TIES = frozenset({"crossref", "xref", "xdata", "related", "entryset"})

# Fields in which reference managers and catalogues keep their own books: kept, never reported.
BOOKKEEPING = frozenset(
    "abbr acmid added-at adsnote adsurl affiliation article-number articleno author_keywords bibcode bibdate bibsource "
    "biburl citationkey comment comments copyright created date_added mdate hal_id hal_version hal_local_reference "
    "arxivid slaccitation s2id openalex citedby times-cited cited-references number-of-cited-references unique-id "
    "doc-delivery-number keywords-plus subject-category research-areas web-of-science-categories journal-iso "
    "posted-at x-fetchedfrom duplicatedprimaryclass medline-pst pubmodel date-modified description ee groups "
    "interhash intrahash isbn-10 isbn-13 issn-linking issue_date lccn mendeley-groups mendeley-tags "
    "modificationdate mrclass mrnumber mrreviewer nlm-id numpages owner pii ppn_gvk printed priority qualityassured "
    "ranking readstatus relevance review rights search urldate-added username zblnumber zmnumber "
    "__markedentry".split(),
)

# The last are values that an import kept under their tags, for which there is no field.
_BOOKKEEPING_FORMS = re.compile(
    r"bdsk-(?:url|file|color)(?:-\d+)?|(?:citeulike|zotero|mendeley)-[\w-]+|[\w-]+\+an(?::[\w-]+)?"
    r"|(?:ris|medline|wos|ovid|refer|refworks|csl|cff|table)-[\w-]+",
)


def is_known(name: str) -> bool:
    """Whether a field, by its name in lower case, is in one of the tables; ``…+an``, a note on a field, always is."""
    return (
        name in BY_BIBLATEX or name in STEERING or name in BOOKKEEPING or _BOOKKEEPING_FORMS.fullmatch(name) is not None
    )
