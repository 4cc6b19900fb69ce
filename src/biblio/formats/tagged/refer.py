"""Reads Refer, the ``%`` lines of EndNote (``.enw``) and of library catalogues.

Source: M. E. Lesk, *Some Applications of Inverted Indexes on the UNIX System*, 1978 (refer), as EndNote extends it.
"""

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
        Meaning.KIND: "0",
        Meaning.KEY: "F",
        Meaning.AUTHOR: "A",
        Meaning.BODY: "Q",
        Meaning.EDITOR: "E",
        Meaning.TRANSLATOR: "Y ?",
        Meaning.TITLE: "T",
        Meaning.SHORT_TITLE: "!",
        Meaning.HOST: "J B",
        Meaning.SERIES: "S",
        Meaning.YEAR: "D",
        Meaning.DATE: "8",
        Meaning.ACCESSED: "[",
        Meaning.VOLUME: "V",
        Meaning.NUMBER: "N",
        Meaning.VOLUMES: "6",
        Meaning.PAGES: "P",
        Meaning.ARTICLE_NUMBER: "]",
        Meaning.EDITION: "7",
        Meaning.PUBLISHER: "I",
        Meaning.PLACE: "C",
        Meaning.MAYBE_DOI: "R",
        Meaning.STANDARD_NUMBER: "@",
        Meaning.ADDRESS: "U",
        Meaning.FILE: ">",
        Meaning.CALL_NUMBER: "L",
        Meaning.LANGUAGE: "G",
        Meaning.KEYWORDS: "K",
        Meaning.ABSTRACT: "X",
        Meaning.NOTE: "O Z",
        Meaning.GENRE: "9",
        Meaning.KEPT: "1 2 3 4 ( ) * + & ~ ^ # $ < = H M W",
    }
)
BY_KIND: Mapping[tuple[str, str], Meaning] = {
    ("B", "incollection"): Meaning.HOST_BOOK,
    ("B", "inproceedings"): Meaning.HOST_BOOK,
    ("S", "inproceedings"): Meaning.SERIES,
    ("E", "thesis"): Meaning.KEPT,
    ("Y", "thesis"): Meaning.KEPT,
}

GRAMMAR = Grammar(
    re.compile(r"[ \t]{0,3}%(?P<tag>[0-9A-Z@*+!?~^&<>#=$\[\]()])(?:[ \t](?P<value>.*)|$)"),
    ("0",),
    frozenset(TAGS),
)
_FIRST = re.compile(r"\A\s*%[0-9A-Z@*+!?~^&<>#=$\[\]()][ \t].*\n(?:\s*[^%\s].*\n)*\s*%[0-9A-Z@*+!?~^&<>#=$\[\]()][ \t]")
_TYPED = re.compile(r"^[ \t]{0,3}%0[ \t]+\w.*\n\s*%[A-Z0-9@]", re.MULTILINE)


def looks_like_refer(content: bytes) -> bool:
    """Whether a file begins with two tagged lines, or has a record's type before such a line."""
    start = start_of(content)
    return _FIRST.search(start) is not None or _TYPED.search(start) is not None


def read_refer(content: bytes, path: str) -> Parsed[tuple[Reference, ...]]:
    """The references of a Refer file (see ``read_tagged``)."""
    return read_tagged(DIALECT, content, path)


def _kind(lines: Tagged) -> str:
    said = [kind for line in lines if line.tag == "0" and (kind := kind_of(line.value))]
    tags = {line.tag for line in lines if line.value}
    if said and said[-1] == "proceedings" and tags & {"A", "P"} and "T" in tags and tags & {"B", "S", "J"}:
        # EndNote calls a paper « Conference Proceedings ».
        return "inproceedings"
    if said and said[-1] != "misc":
        return said[-1]
    guessed = "article" if "J" in tags else "incollection" if "B" in tags else "book" if "I" in tags else ""
    return guessed or (said[-1] if said else "")


DIALECT = Dialect("refer", GRAMMAR, TAGS, _kind, BY_KIND, frozenset({"K", "A", "E", ">"}))
