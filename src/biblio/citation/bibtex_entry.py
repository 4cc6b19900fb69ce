"""A reference as an entry of BibTeX, which BibTeX's own styles and pybtex's know how to set.

Sources: O. Patashnik, *BibTeXing*, 1988, § 3 (types and fields); biblatex manual § 2.1.2 and § 2.2.5 (what its types
and fields are in BibTeX); the styles of pybtex (``doi``, ``pubmed``, ``urldate``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from biblio.citation.dates import in_words
from biblio.citation.hiding import Hiding, hide_characters
from biblio.citation.options import Options
from biblio.citation.processed import LABELLED
from biblio.citation.sentences import ends_phrase
from biblio.reference.date import Date
from biblio.reference.genres import kind_of
from biblio.reference.name import Names
from biblio.reference.ordinal import ordinal
from biblio.reference.pages import Leaf
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.inline import Rich, join, text
from biblio.words.tables import term

# What stands for a type in BibTeX, the nearest first; ``misc`` always does.
_TYPES: Mapping[str, tuple[str, ...]] = {
    "report": ("techreport",),
    "thesis": ("phdthesis", "mastersthesis"),
    "suppperiodical": ("article",),
    "review": ("article",),
    "collection": ("book",),
    "reference": ("book",),
    "mvbook": ("book",),
    "mvcollection": ("book",),
    "mvreference": ("book",),
    "mvproceedings": ("proceedings",),
    "bookinbook": ("incollection",),
    "suppbook": ("incollection",),
    "suppcollection": ("incollection",),
    "conference": ("inproceedings",),
    "inreference": ("incollection",),
    "softwareversion": ("software",),
    "softwaremodule": ("software",),
    "codefragment": ("software",),
    "electronic": ("online",),
    "www": ("online",),
    "presentation": ("unpublished",),
}
_OTHERWISE = {Pattern.ARTICLE: "article", Pattern.PART: "incollection"}


class Person(NamedTuple):
    """The parts of a name, each hidden; a body has its ``literal`` alone, as have those whom the source leaves out."""

    given: str = ""
    particle: str = ""
    family: str = ""
    suffix: str = ""
    literal: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry.

    ``types`` are those it may be set as, the best first. The values of ``fields`` are hidden (``hiding.py``), in braces
    where no style may change their case. ``others`` are the roles in which the source leaves people out. ``missing``
    has what stands for a field that a style cannot do without.
    """

    key: str
    types: tuple[str, ...]
    fields: Mapping[str, str]
    people: Mapping[str, tuple[Person, ...]] = field(default_factory=dict)
    others: frozenset[str] = frozenset()
    missing: Mapping[str, str] = field(default_factory=dict)


def entry_of(reference: Reference, options: Options, hiding: Hiding) -> Entry:
    """The entry of a reference, what a style could harm hidden in ``hiding``.

    Titles that are not in English keep their capitals: to take them away is a custom of English, and would take those
    of names. A document without a title goes by the body that publishes it, one that only its update dates by that.
    """
    english = (reference.language or options.lang).partition("-")[0] == "en"
    fields: dict[str, str] = {}
    for name, rich in _titles(reference):
        if rich:
            hidden = hiding.hide(rich)
            fields[name] = hidden if english else f"{{{hidden}}}"
    for name, value in (*_publication(reference, options), *_dates(reference, options)):
        if value:
            fields[name] = hide_characters(value)
    if reference.page and not reference.page.unknown:
        label = "" if all(each.leaf is Leaf.PAGE for each in reference.page.ranges[:1]) else LABELLED
        fields["pages"] = label + hide_characters(str(reference.page)).replace("-", "--")
    people = {"author": reference.author, "editor": reference.editor, "translator": reference.translator}
    return Entry(
        reference.citekey,
        _types(reference),
        fields,
        {role: _people(names) for role, names in people.items() if names},
        frozenset(role for role, names in people.items() if names and names.others),
        {"year": term("citation.no_date", options.lang)},
    )


def _types(reference: Reference) -> tuple[str, ...]:
    own = reference.type.biblatex
    if own in ("proceedings", "mvproceedings") and reference.author and not reference.editor:
        # Proceedings have editors alone in BibTeX.
        return ("book", own, "proceedings", "misc")
    # The title of an « inbook » is that of the book in BibTeX, of the part in biblatex.
    first = ("incollection",) if own == "inbook" and reference.book_title else ()
    general = _OTHERWISE.get(reference.type.pattern)
    return tuple(dict.fromkeys((*first, own, *_TYPES.get(own, ()), *([general] if general else []), "misc")))


def _titles(reference: Reference) -> Iterator[tuple[str, Rich]]:
    own = join([reference.title, reference.subtitle], " : ") or text(", ".join(reference.publisher))
    journal = join([reference.journal_title, reference.journal_subtitle], " : ")
    yield "title", join([own, reference.title_addon], " " if ends_phrase(own) else ". ")
    yield "booktitle", join([reference.book_title, reference.book_subtitle], " : ")
    yield "journal", journal
    yield "journaltitle", journal
    yield "series", reference.collection_title
    yield "howpublished", reference.how_published


def _publication(reference: Reference, options: Options) -> Iterator[tuple[str, str]]:
    publisher = ", ".join(reference.publisher) if reference.title else ""
    place = ", ".join(reference.publisher_place)
    yield "publisher", publisher
    yield "institution", publisher
    yield "school", publisher
    if reference.type.biblatex == "manual":
        yield "organization", publisher
    yield "address", place
    yield "location", place
    for name, number in (("volume", reference.volume), ("number", reference.number)):
        if number:
            yield name, " ".join(filter(None, (number.value, number.supplement)))
    if not reference.number:
        yield "number", reference.issue
    yield "edition", _ordinal(reference.edition, options.lang)
    yield "chapter", reference.chapter
    yield "type", kind_of(reference, options.lang)
    yield "eid", reference.article_number
    yield "isbn", reference.isbn
    yield "issn", reference.issn
    yield "doi", reference.doi
    yield "url", reference.url
    yield "pubmed", reference.pmid
    if reference.eprint_type.lower() in ("", "arxiv"):
        yield "eprint", reference.eprint


def _ordinal(edition: str, lang: str) -> str:
    """« 2e », « 2nd »: styles put « edition » or « éd. » behind it. An edition described in words stays as it is."""
    return ordinal(int(edition), lang) if edition.isdecimal() and len(edition) < 9 else edition


def _dates(reference: Reference, options: Options) -> Iterator[tuple[str, str]]:
    if reference.accessed:
        yield "urldate", in_words(reference.accessed, options.lang)
    date = reference.issued or reference.updated
    if date is None:
        return
    point = date.start
    if point is None or not _is_plain(date):
        yield "year", in_words(date, options.lang)
        return
    yield "year", str(point.year)
    if point.month:
        yield "month", term(f"month.{point.month}", options.lang)
        yield "day", str(point.day or "")


def _is_plain(date: Date) -> bool:
    """Whether a year, a month and a day say the whole date."""
    point = date.start
    return (
        point is not None
        and not (date.literal or date.is_range)
        and point.year > 0
        and not (point.unspecified or point.uncertain or point.approximate)
    )


def _people(names: Names) -> tuple[Person, ...]:
    return tuple(
        Person(*map(hide_characters, (each.given, each.particle, each.family, each.suffix, each.literal)))
        for each in names.people
    )
