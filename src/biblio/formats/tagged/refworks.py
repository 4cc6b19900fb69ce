"""Reads RefWorks' tagged format. Source: RefWorks help, *RefWorks Tagged Format*."""

from __future__ import annotations

import re
from collections.abc import Mapping

from biblio.formats.drafts.draft import Meaning
from biblio.formats.drafts.kinds import kind_of
from biblio.formats.tagged.grammar import Grammar
from biblio.formats.tagged.reader import Dialect, Tagged, read_tagged, tags_by
from biblio.formats.text import start_of
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed

TAGS: Mapping[str, Meaning] = tags_by(
    {
        Meaning.KIND: "RT",
        Meaning.FRAME: "SR ER",
        Meaning.KEY: "ID",
        Meaning.AUTHOR: "A1",
        Meaning.EDITOR: "A2 A3",
        Meaning.TRANSLATOR: "A4",
        Meaning.TITLE: "T1",
        Meaning.SHORT_TITLE: "ST",
        Meaning.PARALLEL_TITLE: "OT",
        Meaning.HOST: "T2",
        Meaning.HOST_IN_FULL: "JF",
        Meaning.HOST_IN_SHORT: "JO",
        Meaning.SERIES: "T3",
        Meaning.YEAR: "YR",
        Meaning.DATE: "FD",
        Meaning.ACCESSED: "RD",
        Meaning.VOLUME: "VO",
        Meaning.NUMBER: "IS",
        Meaning.FIRST_PAGE: "SP",
        Meaning.LAST_PAGE: "OP",
        Meaning.EDITION: "ED",
        Meaning.PUBLISHER: "PB",
        Meaning.PLACE: "PP",
        Meaning.DOI: "DO",
        Meaning.STANDARD_NUMBER: "SN",
        Meaning.ADDRESS: "UL",
        Meaning.FILE: "LK",
        Meaning.CALL_NUMBER: "CN",
        Meaning.LANGUAGE: "LA",
        Meaning.KEYWORDS: "K1",
        Meaning.ABSTRACT: "AB",
        Meaning.NOTE: "NO",
        Meaning.KEPT: "A5 A6 AD AN AV CA CL CR DB DS FG GR IP JW LL LT NR OL PM PN RF RI RN RP SA SF SL SU TA U1 U2 U3 "
        "U4 U5 U6 U7 U8 U9 U10 U11 U12 U13 U14 U15 WP WT WV CD CC DA ES IL OR PA QX PF TT",
    }
)
BY_KIND: Mapping[tuple[str, str], Meaning] = {
    ("U1", "inproceedings"): Meaning.EVENT_PLACE,
    ("U3", "inproceedings"): Meaning.HOST_BOOK,
    ("T2", "incollection"): Meaning.HOST_BOOK,
    **{("CL", kind): Meaning.GENRE for kind in ("thesis", "report", "manuscript", "unpublished", "online")},
    **{("A2", kind): Meaning.KEPT for kind in ("thesis", "letter", "patent", "legislation", "jurisdiction")},
}

GRAMMAR = Grammar(
    re.compile(r"(?P<doubtful>(?P<tag>[A-Z][A-Z0-9]\d?))(?:[ \t]+(?P<value>.*)|$)"),
    ("RT",),
    frozenset(TAGS),
    frozenset({"ER"}),
)
_FIRST = re.compile(r"^RT +\w.*\n(?:.*\n){0,4}(?:SR|ID|A1|T1|JF|YR) ", re.MULTILINE)


def looks_like_refworks(content: bytes) -> bool:
    """Whether a file has a record's type, and another tag soon behind it."""
    return _FIRST.search(start_of(content)) is not None


def read_refworks(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a RefWorks file (see ``read_tagged``)."""
    return read_tagged(DIALECT, content, path)


def _kind(lines: Tagged) -> str:
    said = next((kind_of(line.value) for line in lines if line.tag == "RT"), "")
    if said == "proceedings":
        # RefWorks knows papers alone, under this name.
        return "inproceedings"
    return said


DIALECT = Dialect("refworks", GRAMMAR, TAGS, _kind, BY_KIND, frozenset({"K1"}))
