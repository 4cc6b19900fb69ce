"""A reference as a COinS: an OpenURL ContextObject in the title of a span, which reference managers look for in pages.

Sources: ANSI/NISO Z39.88-2004, its key/encoded-value formats (journal, book, dissertation) and Dublin Core; what the
readers of such pages make of them, Zotero's first of all: it wants a genre before it takes a book for a part of one,
the whole list of persons as « Family, Given », a body apart from them, and takes ``+`` for a blank.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from biblio.formats.text import without_controls
from biblio.reference.bodies import joined_again
from biblio.reference.date import Date, edtf
from biblio.reference.link import is_safe
from biblio.reference.name import Name
from biblio.reference.numbering import Numbering
from biblio.reference.reference import Reference
from biblio.text.inline import Rich, plain

CLASS = "Z3988"
_FORMATS = "info:ofi/fmt:kev:mtx:"
# The format and the genre of the types of CSL that Z39.88 has a place for.
_PLACES = {
    "article-journal": ("journal", "article"),
    "article-magazine": ("journal", "article"),
    "article-newspaper": ("journal", "article"),
    "review": ("journal", "article"),
    "book": ("book", "book"),
    "pamphlet": ("book", "book"),
    "report": ("book", "report"),
    "chapter": ("book", "bookitem"),
    "entry-encyclopedia": ("book", "bookitem"),
    "paper-conference": ("book", "proceeding"),
    "thesis": ("dissertation", ""),
}
# What the others are called in Dublin Core, by the names that Zotero has for its items.
_TYPES = {
    "bill": "bill",
    "broadcast": "podcast",
    "dataset": "dataset",
    "graphic": "artwork",
    "legal_case": "case",
    "legislation": "statute",
    "manuscript": "manuscript",
    "motion_picture": "film",
    "personal_communication": "letter",
    "software": "computerProgram",
    "song": "audioRecording",
    "speech": "presentation",
    "standard": "standard",
    "webpage": "webpage",
}
_DOCUMENT = "document"
_LONGEST = 2000  # characters of one value: what is said is what the document is called, not what it says


def coins(reference: Reference) -> str:
    """The ContextObject of a reference, its values percent-encoded: what stands in the title of the span.

    Empty for a reference that nothing names, for which a reader of the page would ask catalogues in vain.
    """
    if not _title(reference):
        return ""
    return "&".join(f"{key}={quote(clean, safe='')}" for key, value in _pairs(reference) if (clean := _clean(value)))


def _clean(value: str) -> str:
    """A value without controls, nor anything that is no character, in one line."""
    return " ".join(without_controls(value).encode("utf-8", "replace").decode().split())[:_LONGEST]


def _pairs(reference: Reference) -> Iterator[tuple[str, str]]:
    """Keys and values in the order of the standard, empty values among them."""
    form, genre = _PLACES.get(reference.type.csl, ("dc", ""))
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", _FORMATS + form
    yield "rft_id", f"info:doi/{reference.doi}" if reference.doi else ""
    yield "rft_id", f"info:pmid/{reference.pmid}" if reference.pmid else ""
    yield "rft_id", f"urn:isbn:{reference.isbn}" if reference.isbn else ""
    yield "rft_id", _address(reference)
    yield "rft.genre", genre
    yield "rft.type", _TYPES.get(reference.type.csl, _DOCUMENT) if form == "dc" else ""
    yield from _titles(reference, form, genre)
    yield from _people(reference)
    yield "rft.date", _date(reference.issued)
    yield from _rest(reference, form)


def _address(reference: Reference) -> str:
    """The first address that a browser opens. One that is too long is left out: cut, it would lead nowhere."""
    address = next((link.url for link in reference.all_links if link.url and not link.scheme), "")
    return address if is_safe(address) and address.startswith("http") and len(address) <= _LONGEST else ""


def _titles(reference: Reference, form: str, genre: str) -> Iterator[tuple[str, str]]:
    title = _title(reference)
    host = _joined(reference.container_title, reference.journal_subtitle or reference.book_subtitle)
    if form == "journal":
        yield from (("rft.atitle", title), ("rft.jtitle", host), ("rft.stitle", plain(reference.short_journal_title)))
    elif genre in ("bookitem", "proceeding"):
        yield from (("rft.atitle", title), ("rft.btitle", host or plain(reference.event_title)))
    elif form == "book":
        yield "rft.btitle", title
    else:
        yield from (("rft.title", title), ("rft.source", host))


def _title(reference: Reference) -> str:
    """The title; for a page that has none the body which publishes it, as notices have it."""
    return _joined(reference.title, reference.subtitle) or "; ".join(joined_again(reference.publisher))


def _joined(title: Rich, subtitle: Rich) -> str:
    # « : » between title and subtitle is ISBD's punctuation, the same in every language.
    return " : ".join(filter(None, (plain(title), plain(subtitle))))


def _people(reference: Reference) -> Iterator[tuple[str, str]]:
    """The authors, else the editors: the first person in two parts too, as the standard has it, bodies apart."""
    names = reference.author.people or reference.editor.people
    persons = [name for name in names if not name.literal]
    if persons and persons[0].given:
        yield from (("rft.aulast", persons[0].full_family), ("rft.aufirst", persons[0].given))
    yield from (("rft.au", _person(name)) for name in persons)
    yield from (("rft.aucorp", name.literal) for name in names if name.literal)


def _person(name: Name) -> str:
    """« Family, Given ». Without a given name a comma behind two words keeps them from being taken for both."""
    family = name.full_family
    if name.given:
        return f"{family}, {name.given}"
    return f"{family}," if " " in family else family


def _rest(reference: Reference, form: str) -> Iterator[tuple[str, str]]:
    publisher = "; ".join(joined_again(reference.publisher))
    yield "rft.volume", _number(reference.volume)
    yield "rft.issue", _number(reference.number) or reference.issue if form == "journal" else ""
    yield "rft.pages", str(reference.page) if reference.page and reference.page.ranges else ""
    yield "rft.tpages", reference.number_of_pages.count if reference.number_of_pages else ""
    yield "rft.place", "; ".join(reference.publisher_place)
    yield ("rft.inst", publisher) if form == "dissertation" else ("rft.publisher", publisher)
    yield "rft.edition", reference.edition
    yield "rft.series", plain(reference.collection_title)
    yield "rft.isbn", reference.isbn
    yield "rft.issn", reference.issn
    yield "rft.language", reference.language


def _number(number: Numbering | None) -> str:
    return str(number.value) if number else ""


def _date(date: Date | None) -> str:
    """A year, a month or a day, which is all that the formats know."""
    point = date.first if date else None
    if date is None or point is None or point.unspecified or point.year < 0:
        return ""
    written = edtf(Date(type(point)(point.year, point.month if point.month < 13 else 0, point.day)))
    return written if "X" not in written else f"{point.year:04d}"
