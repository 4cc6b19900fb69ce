"""Reads RIS in the dialects of databases and reference managers.

Sources: RIS format specification (Research Information Systems, 2011, and the older one of Reference Manager); what
EndNote, Zotero, Mendeley, RefWorks, Scopus, EBSCO, Ovid, Cairn and Web of Science write in its name: the tags of the
last stand inside the files of some platforms.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from biblio.formats.drafts.draft import Draft, Meaning
from biblio.formats.drafts.kinds import kind_of
from biblio.formats.tagged.grammar import Grammar
from biblio.formats.tagged.reader import Dialect, Tagged, read_tagged, tags_by
from biblio.formats.text import start_of
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed

# The reference types, as biblatex's.
KINDS: Mapping[str, str] = {
    tag: kind
    for kind, tags in {
        "article": "JOUR EJOUR MGZN NEWS ABST INPR EJOU",
        "periodical": "JFULL",
        "book": "BOOK EBOOK CLSWK ANCIENT SER CTLG",
        "collection": "EDBOOK",
        "incollection": "CHAP ECHAP",
        "inreference": "DICT ENCYC",
        "inproceedings": "CONF CPAPER",
        "thesis": "THES",
        "report": "RPRT GOVDOC",
        "online": "ELEC WEB BLOG WEBP",
        "legislation": "STAT",
        "legmaterial": "BILL UNBILL HEAR",
        "legadminmaterial": "LEGAL",
        "jurisdiction": "CASE",
        "movie": "MPCT ADVS",
        "video": "VIDEO MULTI",
        "audio": "SOUND",
        "music": "MUSIC",
        "image": "FIGURE CHART",
        "artwork": "ART",
        "software": "COMP",
        "dataset": "DATA DBASE AGGR",
        "patent": "PAT",
        "standard": "STAND",
        "letter": "PCOMM ICOMM",
        "booklet": "PAMP",
        "unpublished": "UNPB UNPD",
        "manuscript": "MANSCPT",
        "presentation": "SLIDE",
        "misc": "GEN MAP EQUA GRNT INTV",
    }.items()
    for tag in tags.split()
}

TAGS: Mapping[str, Meaning] = tags_by(
    {
        Meaning.KIND: "TY",
        Meaning.FRAME: "ER PT FN VR EF",
        Meaning.KEY: "ID",
        Meaning.AUTHOR: "AU A1 AF",
        Meaning.EDITOR: "A2 ED",
        Meaning.TRANSLATOR: "A4",
        Meaning.TITLE: "TI T1 CT",
        Meaning.SHORT_TITLE: "ST",
        Meaning.PARALLEL_TITLE: "TT",
        Meaning.HOST_BOOK: "BT C3",
        Meaning.HOST: "T2 SO",
        Meaning.HOST_IN_FULL: "JF",
        Meaning.HOST_IN_SHORT: "JO JA J1 J2 JI",
        Meaning.SERIES: "T3",
        Meaning.DATE: "DA PD",
        Meaning.OLD_DATE: "Y1",
        Meaning.YEAR: "PY YR",
        Meaning.ACCESSED: "Y2",
        Meaning.VOLUME: "VL VO",
        Meaning.NUMBER: "IS CP",
        Meaning.SERIES_NUMBER: "SV",
        Meaning.VOLUMES: "NV",
        Meaning.FIRST_PAGE: "SP BP",
        Meaning.LAST_PAGE: "EP",
        Meaning.PAGES: "PG",
        Meaning.ARTICLE_NUMBER: "C7 AR",
        Meaning.EDITION: "ET",
        Meaning.PUBLISHER: "PB PU",
        Meaning.PLACE: "CY PP PI",
        Meaning.DOI: "DO DI",
        Meaning.MAYBE_DOI: "M3",
        Meaning.STANDARD_NUMBER: "SN BN EI SB",
        Meaning.ADDRESS: "UR LK",
        Meaning.FILE: "L1 L2 L3 L4",
        Meaning.CALL_NUMBER: "CN",
        Meaning.LANGUAGE: "LA",
        Meaning.KEYWORDS: "KW DE",
        Meaning.ABSTRACT: "AB N2",
        Meaning.NOTE: "N1 RN",
        Meaning.PMID: "PM",
        Meaning.PMCID: "C2",
        Meaning.KEPT: "A3 AD AN AV C1 C4 C5 C6 C8 CA CR DB DP DS H1 H2 LB LL M1 M2 NO OP RI RP SE TA U1 U2 U3 U4 U5 "
        "UT WC SC CL IF NR TC Z9 J9 GE RD C9 A5 JC XI",
    }
)

_LAWS = ("legislation", "legmaterial", "legadminmaterial", "jurisdiction")
# What some tags mean for some types, by the specification or as programs use them.
BY_KIND: Mapping[tuple[str, str], Meaning] = {
    ("C1", "inproceedings"): Meaning.EVENT_PLACE,
    ("C2", "incollection"): Meaning.BOOK_AUTHOR,
    ("A2", "thesis"): Meaning.KEPT,
    ("A2", "letter"): Meaning.KEPT,
    ("A2", "patent"): Meaning.KEPT,
    ("A4", "inproceedings"): Meaning.KEPT,
    ("M1", "article"): Meaning.SERIES_NUMBER,  # where IS does not say it
    ("M1", "periodical"): Meaning.SERIES_NUMBER,
    ("M1", "book"): Meaning.SERIES_NUMBER,
    ("M1", "report"): Meaning.SERIES_NUMBER,
    ("M1", "patent"): Meaning.SERIES_NUMBER,
    **{("A2", kind): Meaning.KEPT for kind in _LAWS},
    **{("TI", kind): Meaning.TITLE for kind in _LAWS},
}

GRAMMAR = Grammar(
    re.compile(
        r"[ \t]{0,3}(?P<tag>[A-Z][A-Z0-9])(?:[ ]{2,4}-|\t[ ]?-|(?P<doubtful>[ ]?-)(?=[ \t]|$))[ \t]*(?P<value>.*)"
    ),
    ("TY",),
    frozenset(TAGS),
    frozenset({"ER", "EF"}),
)
_DAY = re.compile(r"\d{4}/\d\d?/\d\d?")
_FIRST = re.compile(r"^[ \t]{0,3}TY[ \t]{0,4}-[ \t]*\w", re.MULTILINE)
# Records without a type: a file that begins with two tags, and an end of a record.
_UNTYPED = re.compile(r"\s*(?:[A-Z][A-Z0-9]  -(?: .*)?\n){2}")
_END = re.compile(r"^ER  - *$", re.MULTILINE)


def looks_like_ris(content: bytes) -> bool:
    """Whether a file has a record's type on a line of its own, whatever words come before, or begins with its tags."""
    start = start_of(content)
    return _FIRST.search(start) is not None or (_UNTYPED.match(start) is not None and _END.search(start) is not None)


def read_ris(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a RIS file (see ``read_tagged``)."""
    return read_tagged(DIALECT, content, path)


def _kind(lines: Tagged) -> str:
    types = [line.value.strip() for line in lines if line.tag == "TY" and line.value.strip()]
    kind = KINDS.get(types[-1].upper(), "") or kind_of(types[-1]) if types else ""
    tags = {line.tag for line in lines if line.value}
    if kind in ("", "misc") and (tags & {"JF", "JO", "JA"} or {"T2", "VL", "IS"} <= tags):
        return "article"
    # « CONF » is the paper for those who export, the proceedings for the specification.
    if kind == "inproceedings" and types[-1].upper() == "CONF" and not tags & {"T2", "C3", "BT", "JF", "JO", "EP"}:
        return "proceedings"
    return kind


def _finish(draft: Draft, lines: Tagged) -> None:
    _of_a_filter(draft)
    types = [line.value.strip() for line in lines if line.tag == "TY"]
    if types and not (KINDS.get(types[-1].upper()) or kind_of(types[-1])):
        draft.keep("TY", types[-1])
    if "INPR" in types:
        draft.fields["pubstate"] = "inpress"


def _of_a_filter(draft: Draft) -> None:
    """Keeps apart what EndNote's filter for PubMed leaves in tags that mean another thing.

    The day of the first publication as the edition; the full names, the language and the type as lines of a note.
    """
    if Meaning.EDITION in draft.values:
        for tag, value in draft.take(Meaning.EDITION):
            draft.add(Meaning.KEPT if _DAY.fullmatch(value.strip()) else Meaning.EDITION, tag, value)
    if any("\n" in value for _, value in draft.values.get(Meaning.NOTE, ())):
        family = draft.first(Meaning.AUTHOR).partition(",")[0].strip()
        for tag, value in draft.take(Meaning.NOTE):
            first, _, rest = value.partition("\n")
            names = rest and family and first.startswith(f"{family}, ")
            draft.add(Meaning.KEPT if names else Meaning.NOTE, tag, value)


DIALECT = Dialect("ris", GRAMMAR, TAGS, _kind, BY_KIND, frozenset({"KW", "L1", "L2", "L3", "L4"}), _finish)
