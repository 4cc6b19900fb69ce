"""Reads MEDLINE's tagged format, the ``.nbib`` of PubMed and of ERIC.

Source: National Library of Medicine, *MEDLINE/PubMed Data Element (Field) Descriptions*.
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
        Meaning.KIND: "PT",
        Meaning.FRAME: "OWN STAT DCOM LR SO PST EDAT MHDA CRDT PHST DA SB JID",
        Meaning.PMID: "PMID",
        Meaning.PMCID: "PMC",
        Meaning.AUTHOR: "FAU",
        Meaning.AUTHOR_IN_SHORT: "AU",
        Meaning.BODY: "CN",
        Meaning.EDITOR: "FED",
        Meaning.EDITOR_IN_SHORT: "ED",
        Meaning.TITLE: "TI",
        Meaning.PARALLEL_TITLE: "TT",
        Meaning.HOST_BOOK: "BTI",
        Meaning.HOST_IN_FULL: "JT",
        Meaning.HOST_IN_SHORT: "TA",
        Meaning.SERIES: "CTI",
        Meaning.DATE: "DP",
        # The day of the electronic version, which counts where no issue has a date.
        Meaning.OLD_DATE: "DEP",
        Meaning.VOLUME: "VI",
        Meaning.NUMBER: "IP",
        Meaning.PAGES: "PG",
        Meaning.EDITION: "EN",
        Meaning.PUBLISHER: "PB",
        Meaning.PLACE: "PL",
        Meaning.STANDARD_NUMBER: "IS ISBN ISSN",
        Meaning.IDENTIFIER: "AID LID",
        Meaning.ADDRESS: "URLF URLS",
        Meaning.LANGUAGE: "LA",
        Meaning.KEYWORDS: "MH OT KW",
        Meaning.ABSTRACT: "AB",
        Meaning.KEPT: "AD AUID BPAUID CI CIN CON COI COIS CRF CRI CRTI CTDT DDIN DRIN DRDT ECF ECI EFR EIN FIR FPS FS "
        "GN GR GS IR IRAD IRID MID NM OAB OABL OCI OID OTO ORI OT1 PMCR PS PSD PUBM RIN RF RN RPF RPI SI SPIN UIN UOF "
        "UI DDO ISR OP CDAT CTDATE",
    }
)

GRAMMAR = Grammar(
    # Behind a tag with its blanks, the hyphen needs none of its own.
    re.compile(r"(?P<tag>[A-Z][A-Z0-9]{1,5})(?: {0,3}-(?: |$)| {1,3}-)(?P<value>.*)"),
    ("PMID", "OWN"),
    frozenset(TAGS),
)
_FIRST = re.compile(r"^(?:PMID {0,3}- *\d+|OWN {0,3}- *\w+)", re.MULTILINE)
# The place of publication of a journal is a country in capitals, of which no notice speaks.
_OF_JOURNAL = ("article", "periodical")


def looks_like_medline(content: bytes) -> bool:
    """Whether a file has a record's number, or its owner, on a line of its own."""
    return _FIRST.search(start_of(content)) is not None


def read_medline(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a ``.nbib`` file (see ``read_tagged``)."""
    return read_tagged(DIALECT, content, path)


def _kind(lines: Tagged) -> str:
    said = [line.value for line in lines if line.tag == "PT"]
    tags = {line.tag for line in lines if line.value}
    if "BTI" in tags:
        return "incollection" if "TI" in tags else "book"
    if any("dissertation" in each.lower() or "theses" in each.lower() for each in said):
        return "thesis"
    journal = any(line.tag == "OID" and line.value.startswith("EJ") for line in lines)
    kinds = [kind for each in said if (kind := kind_of(each))]
    if "article" in kinds or journal or "Journal Articles" in said:
        return "article"
    return next(iter(kinds), "report" if any("Report" in each for each in said) else "article")


def _finish(draft: Draft, lines: Tagged) -> None:
    del lines
    # An issue that has a month is dated by it, and not by the day of the electronic version.
    if any(len(date_of(value)) > 4 for value in draft.all(Meaning.DATE)):
        for tag, value in draft.take(Meaning.OLD_DATE):
            draft.keep(tag, value)
    if draft.kind in _OF_JOURNAL:
        for tag, value in draft.take(Meaning.PLACE):
            draft.keep(tag, value)
    if draft.kind in ("book", "report") and Meaning.PUBLISHER not in draft.values:
        # ERIC has the house where the journal would be.
        for tag, value in draft.take(Meaning.HOST_IN_FULL):
            draft.add(Meaning.PUBLISHER, tag, value)


DIALECT = Dialect("medline", GRAMMAR, TAGS, _kind, finish=_finish)
