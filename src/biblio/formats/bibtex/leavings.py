"""What other programs leave in a field that is not theirs: « Publisher: … », « Cg_type: … », RefWorks' « Book, Whole ».

Sources: Zotero's « Extra » field and what its translators put there, the exports of RefWorks, ProQuest, Scopus, Cairn
and DBLP, and what public collections hold of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# What a program calls a value, without blanks and signs, and the field that it belongs in.
_FIELDS = {
    "publisher": "publisher",
    "backuppublisher": "publisher",
    "place": "location",
    "placepublisher": "publisher",
    "isbn": "isbn",
    "docisbn": "isbn",
    "issn": "issn",
    "doi": "doi",
    "pmid": "pmid",
    "pmcid": "pmcid",
    "numberofpages": "pagetotal",
    "numpages": "pagetotal",
    "originaldate": "origdate",
    "containertitle": "journaltitle",
    "eventplace": "venue",
    "publisherplace": "location",
    "callnumber": "library",
}
# Those that are of no use outside the program.
_OWN = frozenset(
    "cgtype subjectterm bandieraabtest primaryatype atype cairndomain cairnkey cairnid exportdate citedby citationkey "
    "googlebooksid pageversionid dblplastmodified objecttype sourcetype docid pcid publisherxid provjournalcode "
    "accessionnumber zsccnocitationdata zscc tex texeprinttype texkeywords openaccessstatus subjecttermid citekey "
    "journalabbreviation archivelocation libraryCatalog librarycatalog rightsstatement mendeleygroups s2id".split(),
)
_LONGEST_NAME = 60  # characters, with its colon
_COLON = re.compile(r"[ \t]*:[ \t\n]+(?=\S)")
_WORDS_BEFORE = re.compile(r"(?:(?<![^\s;.])[A-Za-z]+(?:\\?[_ -][A-Za-z]+){0,5})\Z")
_WORD = re.compile(r"(?<![A-Za-z])[A-Za-z]")
# Values of one form end where it ends, and what follows is of a person's hand again.
_FORMS = {
    "isbn": re.compile(r"(?:97[89][-\s]?)?\d[\d\s-]{7,14}[\dXx]"),
    "issn": re.compile(r"\d{4}-?\d{3}[\dXx](?:\s*,\s*\d{4}-?\d{3}[\dXx])*"),
    "doi": re.compile(r"\S+[^\s.,;]"),
    "pmid": re.compile(r"\d+"),
    "pmcid": re.compile(r"(?:PMC)?\d+"),
    "pagetotal": re.compile(r"\d+"),
}
_KINDS_OF_PROGRAMS = frozenset(
    {
        "journal article",
        "journal, electronic",
        "journalarticle",
        "book, whole",
        "book, section",
        "book, edited",
        "book section",
        "magazine article",
        "newspaper article",
        "conference proceedings",
        "dissertation/thesis",
        "dissertation/thesis, unpublished",
        "web page",
        "generic",
        "unpublished material",
        "laws/statutes",
        "case/court decisions",
        "bills/resolutions",
        "video/ dvd",
        "video/dvd",
        "online discussion forum",
        "electronic article",
        "electronic book",
        "monograph",
        "abstract",
        "computer program",
        "jour",
        "rprt",
    },
)


class Leaving(NamedTuple):
    """A value that a program left: its name there, the value, and the field that it belongs in, if any."""

    label: str
    value: str
    field: str


def leavings_of(value: str) -> tuple[str, tuple[Leaving, ...]]:
    """What a person wrote in a field, and what programs left there; a value that begins otherwise is a person's."""
    if ":" not in value:
        return value, ()
    # A note that begins with no such name is a person's, and is not looked through.
    first = next(_marks(value[:_LONGEST_NAME]), None)
    if first is None or value[: first.start].strip(" {}\n\t"):
        return value, ()
    marks = list(_marks(value))
    found: list[Leaving] = []
    rest: list[str] = []
    for match, following in zip(marks, [*marks[1:], None], strict=True):
        typed = value[match.end : following.start if following else len(value)].strip(" \n\t;{}")
        field = _FIELDS.get(_folded(match.label), "")
        form = _FORMS.get(field)
        shaped = form.match(typed) if form else None
        if form and shaped is None:
            return value, ()
        if shaped:
            rest.append(typed[shaped.end() :].lstrip(" .;,\n\t"))
            typed = shaped.group()
        found.append(Leaving(match.label.replace("\\", ""), typed, field))
    return " ".join(filter(None, rest)), tuple(found)


def is_kind_of_program(value: str) -> bool:
    """Whether a ``type`` is the name that a program has for a kind of its own: « Book, Whole »."""
    return " ".join(value.lower().split()) in _KINDS_OF_PROGRAMS


class _Mark(NamedTuple):
    """The name of a value, from where to where it stands with its colon."""

    label: str
    start: int
    end: int


def _marks(value: str) -> Iterator[_Mark]:
    """The names that are known before a colon, each as many words as make one."""
    behind = 0
    for colon in _COLON.finditer(value):
        words = _WORDS_BEFORE.search(value, max(behind, colon.start() - _LONGEST_NAME), colon.start())
        for word in _WORD.finditer(words.group()) if words else ():
            label = words.group()[word.start() :] if words else ""
            if _folded(label) in _FIELDS or _folded(label) in _OWN:
                yield _Mark(label, colon.start() - len(label), colon.end())
                behind = colon.end()
                break


def _folded(label: str) -> str:
    return re.sub(r"[^a-z]", "", label.lower())
