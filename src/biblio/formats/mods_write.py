"""Writes references as MODS records, in one collection.

Source: Library of Congress, MODS schema 3.8 and user guidelines; roles are MARC relators. Where biblio reads an element
(``mods.TAKEN``), it writes the same. Choices that the schema leaves open: ``abstract`` is the abstract or, without one,
the annotation; the key of a reference is the identifier of its record; dates that no calendar has are in EDTF.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from biblio.formats.plain_values import bare_number, paragraphs
from biblio.formats.xml_text import Tag, document
from biblio.reference.bodies import joined_again
from biblio.reference.date import Date, DatePoint, edtf
from biblio.reference.link import is_safe
from biblio.reference.name import Name, Names
from biblio.reference.pages import Leaf
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.inline import Rich, plain

_NAMESPACES = {
    "xmlns": "http://www.loc.gov/mods/v3",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "http://www.loc.gov/mods/v3 http://www.loc.gov/standards/mods/v3/mods-3-8.xsd",
}
_RESOURCES = {
    "motion_picture": "moving image",
    "song": "sound recording",
    "broadcast": "sound recording",
    "graphic": "still image",
    "software": "software, multimedia",
}
# Genres in words, MARC's where it has one, by CSL type.
_GENRES = {
    "article-journal": "article",
    "review": "article",
    "periodical": "periodical",
    "book": "book",
    "pamphlet": "book",
    "chapter": "book chapter",
    "entry-encyclopedia": "book chapter",
    "paper-conference": "conference publication",
    "thesis": "thesis",
    "report": "technical report",
    "webpage": "web site",
    "legislation": "legislation",
    "treaty": "legislation",
    "regulation": "legislation",
    "bill": "legislation",
    "patent": "patent",
    "standard": "standard or specification",
    "dataset": "dataset",
    "personal_communication": "letter",
    "manuscript": "manuscript",
    "motion_picture": "motion picture",
}


def write_mods(references: Sequence[Reference]) -> str:
    """The references as one ``modsCollection``, with a final newline. Never raises."""
    return document(Tag("modsCollection", tuple(map(_record, references)), _NAMESPACES))


def _record(reference: Reference) -> Tag:
    return Tag("mods", tuple(_elements(reference)), {"version": "3.8"})


def _elements(reference: Reference) -> Iterator[Tag]:
    part = bool(reference.container_title)
    yield from _titles(reference, part)
    yield from _people(reference)
    yield Tag("typeOfResource", _RESOURCES.get(reference.type.csl, "text"))
    yield Tag("genre", _GENRES.get(reference.type.csl, ""))
    yield _origin(reference)
    yield Tag("language", (Tag("languageTerm", reference.language, {"type": "code", "authority": "rfc5646"}),))
    pages = reference.number_of_pages.count if reference.number_of_pages else ""
    extent = "; ".join(filter(None, (f"{pages} p." if pages else "", reference.duration)))
    yield Tag("physicalDescription", (Tag("extent", extent),))
    yield from (Tag("abstract", plain(each)) for each in reference.abstract or reference.annotation)
    yield Tag("tableOfContents", paragraphs(reference.contents))
    yield from (Tag("targetAudience", word) for word in reference.audience)
    yield Tag("note", plain(reference.note))
    if reference.abstract and reference.annotation:
        yield Tag("note", paragraphs(reference.annotation))
    yield from (Tag("subject", (Tag("topic", word),)) for word in reference.keyword)
    yield from (Tag("subject", (Tag("geographic", word),)) for word in reference.territory)
    if part:
        yield _host(reference)
    elif reference.collection_title:
        yield _series(reference, bare_number(reference.number))
    if part and reference.collection_title and reference.type.pattern is Pattern.PART:
        yield _series(reference, bare_number(reference.number))
    yield from _identifiers(reference, part)
    yield from (Tag("location", (Tag("url", address),)) for address in _addresses(reference))
    yield Tag("location", (Tag("shelfLocator", reference.call_number),))
    yield Tag("accessCondition", reference.license, {"type": "use and reproduction"})
    yield Tag("recordInfo", (Tag("recordIdentifier", reference.citekey),))


def _title_info(title: Rich, subtitle: Rich = (), kind: str = "", number: str = "", name: str = "") -> Tag:
    inside = (
        Tag("title", plain(title)),
        Tag("subTitle", plain(subtitle)),
        Tag("partNumber", number),
        Tag("partName", name),
    )
    return Tag("titleInfo", inside, {"type": kind} if kind else {})


def _titles(reference: Reference, part: bool) -> Iterator[Tag]:
    volume = "" if part else bare_number(reference.volume)
    if reference.main_title and not part:
        name = " : ".join(filter(None, (plain(reference.title), plain(reference.subtitle))))
        yield _title_info(reference.main_title, reference.main_subtitle, number=volume, name=name)
    else:
        yield _title_info(reference.title, reference.subtitle, number=volume)
    yield _title_info(reference.parallel_title, kind="translated")
    yield _title_info(reference.short_title, kind="abbreviated")
    yield _title_info(reference.title_addon, kind="alternative")


def _people(reference: Reference) -> Iterator[Tag]:
    groups = ((reference.author, "aut"), (reference.editor, "edt"), (reference.translator, "trl"))
    for names, role in groups:
        yield from _names(names, role)
    if reference.editor_a_type == "supervisor":
        yield from _names(reference.editor_a, "ths")


def _names(names: Names, role: str) -> Iterator[Tag]:
    term = Tag("role", (Tag("roleTerm", role, {"type": "code", "authority": "marcrelator"}),))
    for name in names.people:
        yield Tag("name", (*_name_parts(name), term), {"type": "corporate" if name.literal else "personal"})


def _name_parts(name: Name) -> tuple[Tag, ...]:
    if name.literal:
        return (Tag("namePart", name.literal),)
    parts = (("family", name.full_family), ("given", name.given), ("termsOfAddress", name.suffix))
    return tuple(Tag("namePart", value, {"type": kind}) for kind, value in parts if value)


def _origin(reference: Reference) -> Tag:
    places = tuple(
        Tag("place", (Tag("placeTerm", place, {"type": "text"}),)) for place in joined_again(reference.publisher_place)
    )
    publishers = tuple(Tag("publisher", name) for name in joined_again(reference.publisher))
    dates = tuple(_dates(reference.issued)) if reference.issued else ()
    issuance = "serial" if reference.type.csl == "periodical" else ""
    return Tag(
        "originInfo",
        (*places, *publishers, *dates, Tag("edition", reference.edition), Tag("issuance", issuance)),
    )


def _dates(issued: Date) -> Iterator[Tag]:
    if not issued.is_range:
        simple = issued.start is not None and _is_calendar(issued.start)
        yield Tag("dateIssued", edtf(issued), {"encoding": "w3cdtf" if simple else "edtf"})
        return
    for point, name in ((issued.start, "start"), (issued.end, "end")):
        if point is not None:
            encoding = "w3cdtf" if _is_calendar(point) else "edtf"
            yield Tag("dateIssued", edtf(Date(point)), {"encoding": encoding, "point": name})


def _is_calendar(point: DatePoint) -> bool:
    """Whether a year, month or day is one that W3CDTF can say."""
    told = point.unspecified or point.uncertain or point.approximate or point.month > 12
    return not told and 0 < point.year <= 9999 and (bool(point.month) or not point.day)


def _host(reference: Reference) -> Tag:
    title = (
        _title_info(reference.journal_title, reference.journal_subtitle)
        if reference.journal_title
        else _title_info(reference.book_title, reference.book_subtitle)
    )
    short = _title_info(reference.short_journal_title, kind="abbreviated")
    number = bare_number(reference.number) if reference.type.pattern is Pattern.ARTICLE else ""
    details = (
        Tag("detail", (Tag("number", bare_number(reference.volume)),), {"type": "volume"}),
        Tag("detail", (Tag("number", number or reference.issue),), {"type": "issue"}),
        *_extent(reference),
    )
    codes = (("issn", reference.issn), ("isbn", reference.isbn))
    return Tag(
        "relatedItem",
        (
            title,
            short,
            *_names(reference.book_author, "aut"),
            *(Tag("identifier", value, {"type": kind}) for kind, value in codes),
            Tag("part", details),
        ),
        {"type": "host"},
    )


def _extent(reference: Reference) -> Iterator[Tag]:
    ranges = reference.page.ranges if reference.page else ()
    if len(ranges) == 1 and ranges[0].leaf is Leaf.PAGE:
        inside: tuple[Tag, ...] = (Tag("start", ranges[0].first), Tag("end", ranges[0].last))
    else:
        inside = (Tag("list", str(reference.page) if ranges else reference.article_number),)
    yield Tag("extent", inside, {"unit": "pages"})


def _series(reference: Reference, number: str) -> Tag:
    return Tag("relatedItem", (_title_info(reference.collection_title, number=number),), {"type": "series"})


def _identifiers(reference: Reference, part: bool) -> Iterator[Tag]:
    codes = (("isbn", reference.isbn), ("issn", reference.issn))
    others = (("doi", reference.doi), ("ismn", reference.ismn), ("isrn", reference.isrn), ("pmid", reference.pmid))
    for kind, value in (*(() if part else codes), *others):
        yield Tag("identifier", value, {"type": kind})


def _addresses(reference: Reference) -> Iterator[str]:
    yield from dict.fromkeys(url for url in (reference.url, *(link.url for link in reference.links)) if is_safe(url))
