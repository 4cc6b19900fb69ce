"""Reads Ovid's text exports: tags, or names of fields on lines of their own, with a citation to be taken apart.

Source: Ovid field guides of MEDLINE, Embase, PsycINFO and BIOSIS, and their display « Ovid » in plain text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from biblio.formats.drafts.dates import date_of
from biblio.formats.drafts.draft import Draft, Meaning
from biblio.formats.drafts.kinds import kind_of
from biblio.formats.tagged.grammar import Grammar
from biblio.formats.tagged.reader import Dialect, Tagged, read_tagged, tags_by
from biblio.formats.text import start_of
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed

TAGS: Mapping[str, Meaning] = tags_by(
    {
        Meaning.KIND: "PT DT",
        Meaning.FRAME: "VN DB SO RO UP ST XL OWN",
        Meaning.PMID: "PM",
        Meaning.AUTHOR: "FA FAU",
        Meaning.AUTHOR_IN_SHORT: "AU",
        Meaning.BODY: "CA",
        Meaning.EDITOR: "FED",
        Meaning.EDITOR_IN_SHORT: "ED",
        Meaning.TITLE: "TI",
        Meaning.HOST_BOOK: "BT",
        Meaning.HOST_IN_FULL: "JT JN",
        Meaning.HOST_IN_SHORT: "TA JA NJ",
        Meaning.SERIES: "SE",
        Meaning.YEAR: "YR",
        Meaning.DATE: "DP DG",
        Meaning.VOLUME: "VI VO",
        Meaning.NUMBER: "IP PN",
        Meaning.PAGES: "PG",
        Meaning.EDITION: "EN",
        Meaning.PUBLISHER: "PB PU",
        Meaning.PLACE: "PL",
        Meaning.DOI: "DI DO",
        Meaning.STANDARD_NUMBER: "IS IB ES",
        Meaning.LANGUAGE: "LG LA",
        Meaning.KEYWORDS: "KW SH MH HW DE",
        Meaning.ABSTRACT: "AB",
        Meaning.KEPT: "UI AN IN AD TT CC CY CL MC DS CB JL PC PA GN RN RF RE CP CM ID MD AG PO SF NT CR MJ MN AA AI "
        "AR AS BA BC BD BE BN BO BP BS CD CF CN CO CT DA DC DF DM DN DR DV EC ED2 EM EX EZ FS FT GE GP "
        "GS HC HP IA IF IO IR IT JC KP LC LM LN LR LS LT LU MA ME MF MK MM MP MS NA NC NM NP NR NS OD "
        "OI OR OT PD PF PH PI PK PP PS PX PY MQ MI IU BR DD CQ OL FO LO TD MO ON OU ET XP TS QN RA RD "
        "RP RS RT RW SB SC SI SN SP SU SY TC TG TM TN TO TR TX TY UA UR US VT VW WM YE",
    }
)
# The names that Ovid writes out, as tags.
_NAMES: Mapping[str, str] = {
    "unique identifier": "UI",
    "accession number": "AN",
    "authors": "AU",
    "author": "AU",
    "authors full name": "FA",
    "author full name": "FA",
    "title": "TI",
    "source": "SO",
    "abstract": "AB",
    "publication type": "PT",
    "document type": "DT",
    "year of publication": "YR",
    "publication year": "YR",
    "language": "LG",
    "issn": "IS",
    "isbn": "IB",
    "digital object identifier": "DI",
    "doi": "DI",
    "journal name": "JN",
    "journal title": "JN",
    "book title": "BT",
    "publisher": "PB",
    "publisher information": "PB",
    "keywords": "KW",
    "keyword heading": "KW",
    "mesh subject headings": "MH",
    "subject headings": "SH",
    "database": "DB",
    "institution": "IN",
    "abbreviated source": "NJ",
    "copyright": "RO",
    "link to the ovid full text or citation": "XL",
    "status": "ST",
}

GRAMMAR = Grammar(
    re.compile(r"[ \t]{0,3}(?P<tag>[A-Z][A-Z0-9]{1,2})[ ]{0,2}- ?(?P<value>.*)"),
    ("VN",),
    frozenset(TAGS),
    parts=re.compile(r"(?<!\s)\s*+<\s*+\d++\s*+\.?\s*+>\s*+$"),
)
_FIRST = re.compile(
    r"^[^\S\n]*+(?:VN {1,2}- Ovid|<\d++\s*+\.?\s*+>[^\S\n]*+\n\s*+(?:[A-Z]{2} {1,2}- |[A-Z][A-Za-z ]+\n {1,3}\S))",
    re.MULTILINE,
)
_NAMED = re.compile(r"^(?P<name>[A-Z][A-Za-z ()/-]{2,50}?)\.?[ \t]*$", re.MULTILINE)
_DEGREES = re.compile(
    r"(?:(?:(?<![\s,])[\s,]+)?\b(?:MDs?|Ph\.?\s?Ds?\.?|[BM]\.?Sc|[BM]\.?A|MPH|MB|BS|MS|RN|DO|FACSM|MBBS|DrPH|Pharm\.?D)\b\.?){1,12}(?=[\s\d,;*+]|$)"
)
_BRACKETS = re.compile(r"(?:(?<!\s)\s+)?\[[^\]]*+\]?")
_MARKS = re.compile(r"(?<![\s,\d*+])[\s,\d*+]*[\d*+]\s*$|(?<=[A-Za-zÀ-ÿ]{2})\.$")
_KINDS_IN_TITLE = re.compile(r"\[(?:Article|Report|Miscellaneous|References|Review|Editorial)\]\.?\s*$")
_EDITOR = re.compile(r"(?P<name>[^\[\];]++)(?P<role>\[Eds?\.?(?:itors?)?\b[^\[\]]*+\][,;.\s]*)?")
_VOLUME = re.compile(
    r"(?:vol\.?\s*+)?(?<!\d)(?P<volume>\d++)\s*+\((?P<number>[^()]{1,12}(?:\([^()]*\))?)\)", re.IGNORECASE
)
_BARE_VOLUME = re.compile(r"(?:vol\.?\s*|\d{4};)(?P<volume>\d+)", re.IGNORECASE)
_PAGES = re.compile(r"(?::|;|\bpp?\.)\s*(?P<pages>[A-Za-z]?\d++(?:\s*-\s*[A-Za-z]?\d++)?)(?!\()", re.IGNORECASE)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Autumn|Fall|Winter)[a-z]*+"
_HOST = re.compile(
    rf"(?P<host>.+?)(?:[.,;]?(?<!\s)\s++(?:{_MONTH}(?>(?:[/-]{_MONTH})*)\s++)?(?:\(?(?:1[89]|20)\d\d|vol\b|\d+\s*\()|[.;,]\s)",
    re.IGNORECASE,
)
_WHEN = re.compile(
    rf"(?:(?<![A-Za-z])(?>(?:{_MONTH}[/-]?){{1,6}}))?(?:(?<!\s)\s+)?(?:\d{{1,2}},?\s*+|,\s*+)?(?<!\d)(?:1[89]|20)\d\d(?!\d)"
    rf"(?:\s++(?>(?:{_MONTH}[/-]?)+)(?:\s+\d{{1,2}}\b(?!\())?)?",
    re.IGNORECASE,
)


def looks_like_ovid(content: bytes) -> bool:
    """Whether a file names Ovid in its first tag, or numbers its records as Ovid does."""
    return _FIRST.search(start_of(content)) is not None


def read_ovid(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of an Ovid file (see ``read_tagged``)."""
    return read_tagged(DIALECT, content, path)


def _with_tags(text: str) -> str:
    """The text with tags instead of the names that stand on lines of their own."""

    def tag(match: re.Match[str]) -> str:
        name = " ".join(match["name"].lower().replace("(", " ").replace(")", " ").split())
        return f"{_NAMES[name]}  -" if name in _NAMES else match[0]

    return _NAMED.sub(tag, text)


def _kind(lines: Tagged) -> str:
    said = [line.value.strip(" .") for line in lines if line.tag in ("DT", "PT")]
    if any(line.tag == "DB" and "Books@Ovid" in line.value for line in lines):
        return "book"
    kinds = [kind for each in said if (kind := kind_of(each))]
    tags = {line.tag for line in lines if line.value}
    for kind in ("incollection", "thesis", "patent"):
        if kind in kinds:
            return kind
    if "inproceedings" in kinds and "article" not in kinds and "BT" in tags:
        return "inproceedings"
    return next(iter(kinds), "article")


def _finish(draft: Draft, lines: Tagged) -> None:
    titles = draft.take(Meaning.TITLE)
    for tag, value in titles:
        title = _KINDS_IN_TITLE.sub("", value.strip()).rstrip()
        quoted = re.fullmatch(r'"(.+)"\.?', title)
        draft.add(Meaning.TITLE, tag, (quoted[1] if quoted else title).removesuffix("."))
    for meaning in (Meaning.AUTHOR, Meaning.AUTHOR_IN_SHORT, Meaning.EDITOR, Meaning.EDITOR_IN_SHORT):
        for tag, value in draft.take(meaning):
            for part in _BRACKETS.sub("", value).split(";"):
                if name := _person(part):
                    draft.add(meaning, tag, name)
    if draft.kind in ("incollection", "inproceedings"):
        _take_host_apart(draft)
    else:
        source = next((line.value for line in lines if line.tag == "SO"), "")
        _take_apart(draft, " ".join(source.split()))
    if draft.kind == "patent":
        for tag, value in draft.take(Meaning.HOST_IN_FULL):
            draft.keep(tag, value)
    for tag, value in draft.take(Meaning.PAGES):
        if re.search(r"\d", value):
            draft.add(Meaning.PAGES, tag, value)
        else:
            draft.keep(tag, value)


def _person(value: str) -> str:
    """A name without the degrees, the marks of institutions and the roles behind it; never in capitals alone."""
    name = _MARKS.sub("", value.strip())
    name = _MARKS.sub("", _DEGREES.sub("", name)).strip(" ,")
    family, comma, given = name.partition(",")
    return (family.title() if len(family) > 3 and family.isupper() else family) + comma + given


def _take_apart(draft: Draft, source: str) -> None:
    """What a citation says that no tag does: the journal, its date, volume, issue and pages."""
    if not source:
        return
    host = _HOST.match(source)
    if host and not {Meaning.HOST_IN_FULL, Meaning.HOST_BOOK} & set(draft.values):
        draft.add(Meaning.HOST_IN_FULL, "SO", host["host"].strip(" .,;"))
    rest = source[host.end("host") :] if host else source
    if Meaning.VOLUME not in draft.values:
        if volume := _VOLUME.search(rest):
            draft.add(Meaning.VOLUME, "SO", volume["volume"])
            if draft.kind != "patent":
                draft.add(Meaning.NUMBER, "SO", volume["number"])
        elif volume := _BARE_VOLUME.search(rest):
            draft.add(Meaning.VOLUME, "SO", volume["volume"])
    if Meaning.PAGES not in draft.values and (pages := _PAGES.search(rest)):
        draft.add(Meaning.PAGES, "SO", pages["pages"].replace(" ", ""))
    when = _WHEN.search(rest)
    if when and date_of(when[0]):
        draft.add(Meaning.DATE, "SO", when[0])


def _take_host_apart(draft: Draft) -> None:
    """The host of a chapter: editors, the book's title, pages."""
    hosts = draft.take(Meaning.HOST_BOOK)
    sources = hosts or draft.take(Meaning.FRAME)
    for tag, value in sources:
        if hosts or tag == "SO":
            text = " ".join(value.split())
            edited = [match for match in _EDITOR.finditer(text) if match["role"]]
            for editor in edited:
                for name in editor["name"].split(";"):
                    draft.add(Meaning.EDITOR, tag, _person(name.strip().lstrip(" .,")))
            rest = text[edited[-1].end() :] if edited else text
            rest = re.sub(r"^\(\d{4}\)\.?\s*", "", rest)
            title = re.match(r"(?:\[[^\[\]]+\]|[^.]|\.(?=\w)){4,}", rest)
            if title:
                draft.add(Meaning.HOST_BOOK, tag, title[0].strip(" ."))
            if Meaning.PAGES not in draft.values and (pages := _PAGES.search(rest)):
                draft.add(Meaning.PAGES, tag, pages["pages"].replace(" ", ""))


DIALECT = Dialect("ovid", GRAMMAR, TAGS, _kind, finish=_finish, before=_with_tags)
