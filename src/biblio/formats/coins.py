"""Says a reference in one attribute of a web page (COinS), where Zotero and link resolvers look for it.

Sources: NISO Z39.88-2004 (OpenURL), its key/encoded-value formats for journals, books, dissertations and Dublin Core;
the convention *OpenURL COinS* (2009), a ``span`` of the class ``Z3988``.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote_plus

from biblio.formats.plain_values import bare_number, natural_name, whole_title
from biblio.formats.text import without_controls
from biblio.reference.bodies import joined_again
from biblio.reference.date import Date, edtf
from biblio.reference.link import is_safe
from biblio.reference.pages import Leaf
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.inline import plain

CLASS = "Z3988"
_LONGEST = 2000  # characters of one value: what is said is what the document is called, not what it says


def coins(reference: Reference) -> str:
    """The value of the attribute ``title``: keys and values, ``&`` between them, to be escaped like any text."""
    values = (("ctx_ver", "Z39.88-2004"), *_values(reference))
    return "&".join(f"{key}={quote_plus(clean)}" for key, value in values if (clean := _clean(value)))


def _clean(value: str) -> str:
    return without_controls(value).encode("utf-8", "replace").decode()[:_LONGEST].strip()


def _values(reference: Reference) -> Iterator[tuple[str, str]]:
    title = whole_title(reference.title, reference.subtitle)
    container = plain(reference.container_title)
    pattern = reference.type.pattern
    if reference.type.csl == "thesis":
        yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dissertation"
        yield "rft.title", title
        yield "rft.inst", _listed(reference.publisher)
    elif pattern is Pattern.ARTICLE:
        yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"
        yield "rft.genre", "article" if reference.type.csl != "periodical" else "journal"
        yield "rft.atitle" if container else "rft.jtitle", title
        yield "rft.jtitle", container
        yield "rft.stitle", plain(reference.short_journal_title)
        yield "rft.volume", reference.volume.value if reference.volume else ""
        yield "rft.issue", bare_number(reference.number) or reference.issue
        yield "rft.issn", reference.issn
    elif pattern is Pattern.WEB:
        yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"
        yield "rft.type", "webpage"
        yield "rft.title", title
        yield "rft.identifier", reference.url if is_safe(reference.url) else ""
        yield "rft.publisher", _listed(reference.publisher)
        yield "rft.language", reference.language
    else:
        yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:book"
        yield from _book(reference, title, container)
    yield "rft.date", _date(reference.issued)
    if pattern is not Pattern.WEB:
        yield from _pages(reference)
    yield from _people(reference, "rft.creator" if pattern is Pattern.WEB else "rft.au")
    if reference.doi:
        yield "rft_id", f"info:doi/{reference.doi}"
    if reference.pmid:
        yield "rft_id", f"info:pmid/{reference.pmid}"
    if is_safe(reference.url):
        yield "rft_id", reference.url


def _book(reference: Reference, title: str, container: str) -> Iterator[tuple[str, str]]:
    part = reference.type.pattern is Pattern.PART
    genres = {"chapter": "bookitem", "paper-conference": "proceeding", "report": "report"}
    yield "rft.genre", genres.get(reference.type.csl, "bookitem" if part else "book" if reference.isbn else "document")
    yield "rft.atitle" if part else "rft.btitle", title
    yield "rft.btitle", container
    yield "rft.series", plain(reference.collection_title)
    yield "rft.place", _listed(reference.publisher_place)
    yield "rft.pub", _listed(reference.publisher)
    yield "rft.edition", reference.edition
    yield "rft.isbn", reference.isbn
    yield "rft.tpages", reference.number_of_pages.count if reference.number_of_pages else ""


def _pages(reference: Reference) -> Iterator[tuple[str, str]]:
    ranges = reference.page.ranges if reference.page else ()
    if len(ranges) == 1 and ranges[0].leaf is Leaf.PAGE:
        yield "rft.spage", ranges[0].first
        yield "rft.epage", ranges[0].last
    if ranges:
        yield "rft.pages", str(reference.page)


def _people(reference: Reference, key: str) -> Iterator[tuple[str, str]]:
    first = reference.author.people[:1]
    for name in first if key == "rft.au" else ():
        yield "rft.aucorp", name.literal
        yield "rft.aulast", name.full_family
        yield "rft.aufirst", name.given
    for name in reference.author.people:
        yield key, natural_name(name)


def _listed(values: tuple[str, ...]) -> str:
    return " ; ".join(joined_again(values))


def _date(date: Date | None) -> str:
    """A year, a month or a day, which is all that the formats know."""
    point = date.first if date else None
    if date is None or point is None or point.unspecified or point.year < 0:
        return ""
    written = edtf(Date(type(point)(point.year, point.month if point.month < 13 else 0, point.day)))
    return written if "X" not in written else f"{point.year:04d}"
