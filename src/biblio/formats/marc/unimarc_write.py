"""Writes references as UNIMARC records, which French catalogues take in: in ISO 2709 or in XML.

Source: IFLA, UNIMARC Manual: Bibliographic Format, 3rd edition, with the updates up to 2021. What biblio reads of a
field (``unimarc.TAKEN``) it writes there. Choices that the manual leaves open:

- the publication stands in 210, which every system reads, and not in 214;
- an article has its journal in 461 with its volume, issue and pages, a chapter its book in 463;
- 330 is the abstract or, without one, the annotation; where there are both the annotation is the second 330;
- the date on which a record was made, which 100 wants, is that of its entry (``added``), else the first of Unix time;
- roles are the figures of the manual's appendix C.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter

from biblio.formats.marc.record import Field, MarcRecord, subfields_of
from biblio.formats.marc.written import iso2709, marcxml
from biblio.formats.plain_values import bare_number, natural_name, plain_name
from biblio.reference.bodies import joined_again
from biblio.reference.date import Date, DatePoint, edtf
from biblio.reference.languages import code_of, language_tag
from biblio.reference.link import is_safe
from biblio.reference.name import Name, Names
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.inline import Rich, plain

# Roles (manual, appendix C).
_AUTHOR, _EDITOR, _TRANSLATOR, _FOREWORD, _AFTERWORD, _COMMENTATOR, _ADVISOR = "070 340 730 080 075 212 727".split()
_RECORD_TYPES = {
    "motion_picture": "g",
    "song": "j",
    "broadcast": "i",
    "graphic": "k",
    "manuscript": "b",
    "software": "l",
    "dataset": "l",
    "webpage": "l",
}
# The contents of 105 $a/4 that tell a type.
_CONTENTS = {"thesis": "m", "report": "p", "standard": "l", "patent": "k", "legislation": "n"}
# The day on which a record without any was made.
_NO_DAY = "19700101"

# What catalogues print in the place of a title that is missing: no record is without one.
_UNTITLED = "[s. t.]"

_TAG = attrgetter("tag")
Subfields = tuple[tuple[str, str], ...]


def write_unimarc(references: Sequence[Reference]) -> bytes:
    """The records in ISO 2709, in UTF-8; none for no references. Never raises."""
    return b"".join(iso2709(unimarc_record(reference)) for reference in references)


def write_unimarc_xml(references: Sequence[Reference]) -> str:
    """The records as one collection of MARCXML, with a final newline. Never raises."""
    return marcxml([unimarc_record(reference) for reference in references])


def unimarc_record(reference: Reference) -> MarcRecord:
    """The record of a reference, its fields by their tags; those without any subfield are left out."""
    fields = [found for found in _fields(reference) if found.text or found.subfields]
    return MarcRecord(_leader(reference), sorted(fields, key=_TAG), 1)


def _leader(reference: Reference) -> str:
    """The 24 positions of a leader; lengths and addresses are filled where the record is written."""
    level = "s" if reference.type.csl == "periodical" else "a" if _has_host(reference) else "m"
    return f"00000n{_RECORD_TYPES.get(reference.type.csl, 'a')}{level}0 2200000   450 "


def _has_host(reference: Reference) -> bool:
    return bool(reference.container_title)


def _field(tag: str, indicators: str, *subfields: tuple[str, str]) -> Field:
    return Field(tag, indicators, subfields_of(subfields))


def _fields(reference: Reference) -> Iterator[Field]:
    yield Field("001", text=reference.citekey)
    yield from _numbers(reference)
    yield _field("100", "  ", ("a", _coded_data(reference)))
    yield _languages(reference)
    contents = _CONTENTS.get(reference.type.csl, "")
    meeting = "1" if reference.entry_type.lower() in ("proceedings", "mvproceedings") else "0"
    if contents or meeting == "1":
        yield _field("105", "  ", ("a", f"    {contents or 'z':<4}{meeting}00yy"))
    yield from _description(reference)
    if _has_host(reference):
        yield _host(reference)
    yield from (_field("333", "  ", ("a", word)) for word in reference.audience)
    yield from (_field("610", "0 ", ("a", word)) for word in reference.keyword)
    yield from (_field("607", "  ", ("a", word)) for word in reference.territory)
    yield from _people(reference)
    yield _field("801", " 3", ("b", "biblio"))
    yield from _addresses(reference)
    yield _field("930", "  ", ("a", reference.call_number))
    for each in reference.holdings:
        yield _field("995", "  ", ("b", each.place), ("k", each.call_number))


def _numbers(reference: Reference) -> Iterator[Field]:
    in_host = _has_host(reference)
    if not (in_host and reference.type.pattern is Pattern.PART):
        yield from (_field("010", "  ", ("a", code.strip())) for code in reference.isbn.split(","))
    if not in_host or reference.type.pattern is Pattern.PART:
        yield _field("011", "  ", ("a", reference.issn))
    yield _field("013", "  ", ("a", reference.ismn))
    yield _field("015", "  ", ("a", reference.isrn))
    yield _field("017", "70", ("a", reference.doi), *((("2", "DOI"),) if reference.doi else ()))
    yield _field("035", "  ", ("a", f"(PMID){reference.pmid}" if reference.pmid else ""))


def _coded_data(reference: Reference) -> str:
    """The 36 positions of 100 $a: when the record was made, the date of publication, UTF-8 (50), the Latin script."""
    added = reference.added.start if reference.added else None
    made = f"{added.year:04d}{added.month:02d}{added.day:02d}" if added and added.day else _NO_DAY
    kind, first, second = _coded_date(reference.issued)
    return f"{made}{kind}{first}{second}   y0frey50      ba"


def _coded_date(issued: Date | None) -> tuple[str, str, str]:
    start, end = (issued.start, issued.end) if issued else (None, None)
    if issued is None or start is None or not 0 < start.year <= 9999:
        return "u", "    ", "    "
    if issued.open_end:
        return "a", _year(start), "9999"
    if end is not None:
        return "g", _year(start), _year(end)
    return ("f", _year(start), _year(start).replace(" ", "9")) if start.unspecified else ("d", _year(start), "    ")


def _year(point: DatePoint) -> str:
    year = f"{point.year:04d}"
    return year[: -point.unspecified] + " " * point.unspecified if point.unspecified else year


def _languages(reference: Reference) -> Field:
    original = [language_tag(word) for word in reference.original_language]
    codes = [code_of(tag) for tag in original if tag]
    return _field(
        "101",
        "1 " if codes else "0 ",
        ("a", code_of(reference.language) if reference.language else ""),
        *(("c", code) for code in codes),
    )


def _description(reference: Reference) -> Iterator[Field]:
    part = _has_host(reference)
    volume = "" if part else bare_number(reference.volume)
    statement = ("f", ", ".join(map(natural_name, reference.author.people)))
    parallel = ("d", plain(reference.parallel_title))
    if reference.main_title and not part:
        whole: Subfields = (("a", plain(reference.main_title)), ("e", plain(reference.main_subtitle)))
        titles = (*whole, ("h", volume), ("i", _joined(reference.title, reference.subtitle)))
    else:
        titles = (("a", plain(reference.title) or _UNTITLED), ("e", plain(reference.subtitle)), ("h", volume))
    yield _field("200", "1 ", *titles, parallel, statement)
    yield _field("205", "  ", ("a", reference.edition))
    yield _field(
        "210",
        "  ",
        *(("a", place) for place in joined_again(reference.publisher_place)),
        *(("c", name) for name in joined_again(reference.publisher)),
        ("d", _printed(reference.issued)),
    )
    pages = reference.number_of_pages.count if reference.number_of_pages else ""
    volumes = reference.number_of_volumes
    extent = f"{volumes} vol." if volumes else ""
    if pages:
        extent = f"{extent} ({pages} p.)" if extent else f"{pages} p."
    yield _field("215", "  ", ("a", extent or reference.duration))
    number = "" if reference.type.pattern is Pattern.ARTICLE else bare_number(reference.number)
    yield _field(
        "225", "2 ", ("a", plain(reference.collection_title)), ("v", number if reference.collection_title else "")
    )
    yield _field("300", "  ", ("a", plain(reference.note)))
    yield from (_field("327", "1 ", ("a", plain(each))) for each in reference.contents)
    if reference.type.csl == "thesis":
        institution = "; ".join(joined_again(reference.publisher))
        yield _field("328", " 0", ("b", reference.genre), ("e", institution), ("d", _printed(reference.issued)))
    for paragraphs in (reference.abstract, reference.annotation):
        yield from (_field("330", "  ", ("a", plain(each))) for each in paragraphs)
    yield _field("454", " 1", ("t", plain(reference.original_title)))
    yield _field("517", "1 ", ("a", plain(reference.title_addon)))
    yield _field("531", "  ", ("a", plain(reference.short_journal_title)))


def _joined(title: Rich, subtitle: Rich) -> str:
    return " : ".join(filter(None, (plain(title), plain(subtitle))))


def _printed(issued: Date | None) -> str:
    """The date of a statement, as catalogues write it: ``2018-2020``, ``2019-``, ``[2019?]``, ``[ca 2019]``."""
    if issued is None:
        return ""
    if issued.is_range:
        start, end = (_printed_point(point) if point else "" for point in (issued.start, issued.end))
        whole = len(start) == 4 and len(end) in (0, 4) and start != ""
        return f"{start}-{end}" if whole else f"avant {end}" if not start else edtf(issued)
    return _printed_point(issued.start) if issued.start else issued.literal


def _printed_point(point: DatePoint) -> str:
    certain = edtf(Date(DatePoint(point.year, point.month, point.day, point.unspecified)))
    if point.approximate:
        return f"[ca {certain}]"
    return f"[{certain}?]" if point.uncertain else certain


def _host(reference: Reference) -> Field:
    """The journal of an article, with where it stands in it; or the book of a chapter."""
    pages = str(reference.page) if reference.page and reference.page.ranges else ""
    pages = f"p. {pages}" if pages else ""
    volume = bare_number(reference.volume)
    if reference.journal_title or reference.type.pattern is Pattern.ARTICLE:
        number = bare_number(reference.number) or reference.issue
        place = ", ".join(filter(None, (f"vol. {volume}" if volume else "", f"n° {number}" if number else "")))
        title = plain(reference.journal_title)
        return _field("461", " 1", ("t", title), ("x", reference.issn), ("v", place), ("p", pages))
    return _field(
        "463",
        " 1",
        ("t", plain(reference.book_title)),
        ("o", plain(reference.book_subtitle)),
        ("v", f"vol. {volume}" if volume else ""),
        ("p", pages),
        ("y", reference.isbn),
        *(("c", place) for place in joined_again(reference.publisher_place)),
        *(("n", name) for name in joined_again(reference.publisher)),
    )


def _people(reference: Reference) -> Iterator[Field]:
    first = True
    groups = (
        (reference.author, _AUTHOR),
        (reference.editor, _EDITOR),
        (reference.translator, _TRANSLATOR),
        (reference.foreword, _FOREWORD),
        (reference.afterword, _AFTERWORD),
        (reference.commentator, _COMMENTATOR),
        (reference.editor_a if reference.editor_a_type == "supervisor" else Names(), _ADVISOR),
    )
    for names, role in groups:
        for name in names.people:
            last = "0" if first and role == _AUTHOR else "1" if role == _AUTHOR else "2"
            first = False
            yield _person(name, last, role)
    if reference.event_title:
        date = edtf(reference.event_date) if reference.event_date else ""
        yield _field("712", "12", ("a", plain(reference.event_title)), ("e", reference.event_place), ("f", date))


def _person(name: Name, last: str, role: str) -> Field:
    if name.literal:
        return _field(f"71{last}", "02", ("a", name.literal), ("4", role))
    given = ", ".join(filter(None, (name.given, name.suffix)))
    return _field(f"70{last}", " 1", ("a", name.full_family or plain_name(name)), ("b", given), ("4", role))


def _addresses(reference: Reference) -> Iterator[Field]:
    links = dict.fromkeys([("", reference.url), *((link.label, link.url) for link in reference.links)])
    for label, url in links:
        if is_safe(url):
            yield _field("856", "4 ", ("u", url), ("z", label))
