"""Where a document is found, as ISO 690 says it: its medium, its identifiers, its address and the day of the visit."""

from __future__ import annotations

import re

from biblio.citation.dates import in_words
from biblio.citation.links import address
from biblio.citation.options import Options
from biblio.reference.date import Date
from biblio.reference.reference import Reference, doi_url
from biblio.reference.types import Pattern
from biblio.text.inline import Rich, Text, join, merge, text
from biblio.words.tables import term, terms

_BETWEEN = re.compile(r"\s*[,;]\s*|\s+(?![(\[])")  # « 1530-6992 (électronique) » is one
_ISSN = re.compile(r"\d{4}-\d{3}[\dXx](?![\d-])")
_ISBN = re.compile(r"97[89][\d\s-]{10}")
_DAY = re.compile(r"\d{1,2}(?:er|st|nd|rd|th)?[\s/.-].*\d{4}")
_IN_ONE = re.compile(r"^(\d{4})(\d{3}[\dXx])$")  # the hyphen is part of the number
_SHORTEST = 8  # characters of an ISSN without its hyphen


def medium(reference: Reference, options: Options) -> str:
    """``[en ligne]``, ``[vidéo en ligne]``, ``[vidéo]``; nothing for text on paper."""
    online = reference.type.pattern is Pattern.WEB or any(link.url for link in reference.all_links)
    name = f"medium.{reference.type.label}"
    if name in terms():
        form = "citation.medium_online" if online else "citation.medium"
        return term(form, options.lang).format(medium=term(name, options.lang))
    return term("citation.online", options.lang) if online else ""


def standard_numbers(reference: Reference, options: Options) -> str:
    """``ISBN 978-2-…`` of a book, ``ISSN 1635-0421`` of a journal."""
    numbers = zip(("citation.isbn", "citation.issn"), _by_kind(reference), strict=True)
    return ". ".join(term(name, options.lang).format(number=number) for name, number in numbers if number)


def isbn_of(reference: Reference, options: Options) -> str:
    """``ISBN 978-2-…`` alone; empty without one."""
    number, _ = _by_kind(reference)
    return term("citation.isbn", options.lang).format(number=number) if number else ""


def _by_kind(reference: Reference) -> tuple[str, str]:
    """The ISBN and the ISSN, whichever field each stands in: programs put one in the place of the other."""
    books: list[str] = []
    serials: list[str] = []
    for number in _apart(reference.isbn):
        (serials if _ISSN.match(number) else books).append(number)
    for number in _apart(reference.issn):
        (books if _ISBN.match(number) else serials).append(number)
    return ", ".join(books), ", ".join(dict.fromkeys(_IN_ONE.sub(r"\1-\2", number) for number in serials))


def _apart(numbers: str) -> list[str]:
    """Several numbers; one whose parts stand apart is one."""
    found = [number for number in _BETWEEN.split(numbers) if number]
    return found if all(len(number) >= _SHORTEST for number in found) else [numbers]


def availability(reference: Reference, options: Options, before: str) -> Rich:
    """``DOI : 10.1684/…``, else ``before`` and the address; then ``[consulté le 3 mars 2020]``.

    A DOI makes the address superfluous: it leads to the document for good. So does the place of the document in an open
    archive; its number in an index stands beside the address.
    """
    deposits = [each for each in reference.deposits if each.archive.name]
    named = [_identifier(each.archive.name, each.identifier, each.url, options) for each in deposits]
    if reference.doi:
        named.insert(0, _identifier("DOI", reference.doi, doi_url(reference.doi), options))
    elif not any(each.archive.holds for each in deposits):
        # The address of the document, or the one that stands where an identifier would.
        at = reference.url or next((each.url for each in reference.deposits if not each.archive.name), "")
        if at:
            named.insert(0, merge((*text(before), *address(at, options))))
    if not named:
        return ()
    return join([join(named, ". "), text(_accessed(reference.accessed, options))], " ")


def _identifier(scheme: str, identifier: str, url: str, options: Options) -> Rich:
    """``arXiv : 2001.01234``, of which the identifier is the link."""
    before = Text(term("citation.identifier", options.lang).format(scheme=scheme))
    return merge((before, *address(url, options, shown=identifier)))


def _accessed(date: Date | None, options: Options) -> str:
    if date is None:
        return ""
    name, words = accessed_on(date, options)
    return term(f"citation.{name}", options.lang).format(date=words)


def accessed_on(date: Date, options: Options) -> tuple[str, str]:
    """How the term for a day of visit is called, or that for a month, and the date in words."""
    # What could not be read may be a day all the same: « 06/05/2004 ».
    is_day = date.start.day if date.start is not None else _DAY.fullmatch(date.literal)
    return ("accessed" if is_day else "accessed_month"), in_words(date, options.lang)
