"""Reads Web of Science's tagged format (``.ciw``, ``savedrecs.txt``).

Source: Clarivate, *Web of Science Core Collection Field Tags*, and those of its other databases (BIOSIS, MEDLINE,
Derwent).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from biblio.formats.drafts.draft import Draft, Meaning
from biblio.formats.drafts.kinds import kind_of
from biblio.formats.records import references_of
from biblio.formats.tagged.grammar import Grammar, Line
from biblio.formats.tagged.reader import Dialect, Tagged, read_tagged, record_of_lines, tags_by, unknown_tags
from biblio.formats.text import decode_bytes, start_of
from biblio.reference.reference import Reference
from biblio.words.faults import Parsed

TAGS: Mapping[str, Meaning] = tags_by(
    {
        Meaning.KIND: "PT DT",
        Meaning.FRAME: "FN VR ER EF GA NR TC Z9 Z1 Z2 Z3 Z4 Z5 Z6 Z7 Z8 ZA ZB ZR ZS U1 U2 SC WC WE ES DA HC HP OA",
        Meaning.AUTHOR: "AF BF",
        Meaning.AUTHOR_IN_SHORT: "AU BA",
        Meaning.BODY: "CA GP",
        Meaning.EDITOR: "ED BE",
        Meaning.TRANSLATOR: "TR",
        Meaning.TITLE: "TI",
        Meaning.PARALLEL_TITLE: "FT",
        Meaning.HOST_IN_FULL: "SO",
        Meaning.HOST_IN_SHORT: "JI",
        Meaning.SERIES: "SE",
        Meaning.EVENT: "CT",
        Meaning.EVENT_PLACE: "CL",
        Meaning.EVENT_DATE: "CY",
        Meaning.YEAR: "PY",
        Meaning.DATE: "PD",
        Meaning.VOLUME: "VL",
        Meaning.NUMBER: "IS",
        Meaning.FIRST_PAGE: "BP",
        Meaning.LAST_PAGE: "EP",
        Meaning.PAGES: "PS",
        Meaning.ARTICLE_NUMBER: "AR",
        Meaning.EDITION: "CE",
        Meaning.PUBLISHER: "PU",
        Meaning.PLACE: "PI PV",
        Meaning.DOI: "DI",
        Meaning.STANDARD_NUMBER: "SN BN EI",
        Meaning.PMID: "PM",
        Meaning.ADDRESS: "UR AW",
        Meaning.LANGUAGE: "LA",
        Meaning.KEYWORDS: "DE ID BD MC MQ OR",
        Meaning.ABSTRACT: "AB",
        Meaning.NOTE: "NO NT",
        Meaning.KEPT: "AA AE BS BU C1 C3 CC CN CO CP CR CZ D2 DG DL DN DS EA EC EM EY FD FP FU FX GB GD GE GN GT HO "
        "IO IP J9 JC LS LT MA MI MN NM NU OI P1 P2 PA PC PE PG PL PN PP PR RC RI RID RN RP SI SP SU TA TM TX UT VN WP "
        "X1 X4 X5 Y1 Y4 Y5 SS TN MH CB ME",
    }
)
BY_KIND: Mapping[tuple[str, str], Meaning] = {
    ("PG", "book"): Meaning.PAGE_COUNT,
    ("SO", "book"): Meaning.HOST_BOOK,
    ("PN", "patent"): Meaning.NUMBER,
    ("SO", "patent"): Meaning.KEPT,
    ("CA", "patent"): Meaning.KEPT,
    ("GP", "inproceedings"): Meaning.KEPT,
    ("GP", "incollection"): Meaning.KEPT,
}

GRAMMAR = Grammar(
    re.compile(r"(?P<tag>[A-Z][A-Z0-9])(?: (?P<value>.*)|$)"),
    ("PT",),
    frozenset(TAGS),
    frozenset({"ER", "EF"}),
)
_FIRST = re.compile(
    r"\A\s*+(?>(?:FN .*\n|VR .*\n)*)\s*+(?:PT [A-Z]\b|FN (?:Thomson|Clarivate|ISI|Web of)|FN *\nVR *\n)"
    r"|^PT [A-Z]\n(?:AU|UT|DT|TI|BA|CA) ",
    re.MULTILINE,
)
# What all files of tabs have among their headings.
_IN_EVERY_ROW = frozenset({"PT", "AU", "TI", "SO", "PY"})
_LETTERS = {"J": "article", "S": "incollection", "B": "book", "P": "patent", "C": "inproceedings"}


def looks_like_wos(content: bytes) -> bool:
    """Whether a file begins as Web of Science's do, has a publication type before its first tags, or a row of tags."""
    start = start_of(content)
    return _FIRST.search(start) is not None or _tags_in_a_row(start) > 0


def read_wos(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a Web of Science file (see ``read_tagged``), or of one with a record on each line."""
    if _tags_in_a_row(start_of(content)):
        return _read_rows(content, path)
    return read_tagged(DIALECT, content, path)


def _tags_in_a_row(text: str) -> int:
    """The number of the line that is tags between tabs, over a record on each of the next ones; 0 without one."""
    for number, line in enumerate(text.split("\n", 4)[:4], 1):
        tags = {cell.strip() for cell in line.split("\t")}
        if len(tags & _IN_EVERY_ROW) > 3 and len(tags & TAGS.keys()) > 8:
            return number
    return 0


def _read_rows(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a file of tabs, whose headings are the tags of the other files."""
    decoded = decode_bytes(content, path)
    lines = decoded.value.replace("\ufeff", "").split("\n")
    above = _tags_in_a_row("\n".join(lines[:4]))
    tags = [cell.strip() for cell in lines[above - 1].split("\t")]
    unknown: dict[str, list[Line]] = {}
    records = []
    for number, line in enumerate(lines[above:], above + 1):
        tagged = [
            Line(tag, value.strip().replace(";", "\n") if tag in DIALECT.apart else value.strip(), number)
            for tag, value in zip(tags, line.split("\t"), strict=False)
            if tag and value.strip()
        ]
        record = record_of_lines(DIALECT, tagged, path, unknown) if tagged else None
        if record is not None:
            records.append(record)
    read = references_of(records)
    return Parsed(read.value, (*decoded.diagnostics, *unknown_tags(unknown, path), *read.diagnostics))


def _kind(lines: Tagged) -> str:
    """The type, by that of the publication and of the document in it."""
    letter = next((_LETTERS.get(line.value.strip(), "") for line in lines if line.tag == "PT"), "")
    tags = {line.tag for line in lines if line.value}
    said = [part.strip() for line in lines if line.tag == "DT" for part in line.value.split(";")]
    kinds = [kind for each in said if (kind := kind_of(each))]
    if letter == "patent" or "patent" in kinds:
        return "patent"
    if "inproceedings" in kinds and letter != "article":
        return "inproceedings"
    if letter == "book":
        # A chapter has pages and the book's title beside its own.
        return "incollection" if {"TI", "SO", "BP"} <= tags and "incollection" in kinds else "book"
    return letter or next(iter(kinds), "article")


def _finish(draft: Draft, lines: Tagged) -> None:
    del lines
    for _, value in draft.take(Meaning.BODY):
        draft.add(Meaning.AUTHOR, "CA", value)
    if draft.kind == "book" and Meaning.TITLE in draft.values:
        for tag, value in draft.take(Meaning.HOST_BOOK):
            draft.keep(tag, value)


DIALECT = Dialect(
    "wos", GRAMMAR, TAGS, _kind, BY_KIND, frozenset({"AU", "AF", "BA", "BF", "BE", "ED", "CA", "GP", "TR"}), _finish
)
