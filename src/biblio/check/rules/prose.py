"""The running text of a notice: which fields hold it, whose words they are, and what in it no rule may touch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from biblio.check.rules.languages import may_be_french
from biblio.reference.reference import Reference

# What a notice copies from the document, and what the documentalist wrote.
TRANSCRIBED = (
    "title",
    "subtitle",
    "titleaddon",
    "paralleltitle",
    "maintitle",
    "booktitle",
    "eventtitle",
    "issuetitle",
    "journaltitle",
    "journal",
    "series",
    "publisher",
    "institution",
    "organization",
    "school",
    "venue",
    "links",
)
OWN = ("annotation", "annote", "abstract", "note")
# These are in the language of the document, which ``langid`` names; the others are mostly in that of the dossier.
_IN_LANGUAGE_OF_DOCUMENT = frozenset(
    {"title", "subtitle", "titleaddon", "maintitle", "booktitle", "issuetitle", "eventtitle", "journaltitle", "journal"}
)

MASK = "_"
_MASKED = re.compile(
    r"\\(?:url|href|texttt|verb)\s*\{[^{}]*\}"
    r"|\\[A-Za-z@]+\*?"  # commands
    r"|\\[^A-Za-z\s]"  # escapes and accents
    r"|\$[^$\n]{0,200}\$"  # mathematics
    r"|\b(?:https?|ftp):(?://)?[^\s{}<>\"«»]*"
    r"|\bwww\.[^\s{}<>\"«»]*"
    r"|\b10\.\d{4,9}/[^\s{}<>\"«»]*"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w&])[@#][^\W\d]\w*"  # accounts and hashtags
    r"|(?<![\w.@-])[\w-]+(?:\.[\w-]+)*\.(?:fr|com|org|net|eu|info|be|ch|ca|gouv|re|int|edu)\b",  # hosts
    re.IGNORECASE,
)
_HINT = re.compile(r"[\\$@#/]|\w\.\w", re.IGNORECASE)
_LINK = re.compile(r"<[^<>\n]*>")


@dataclass(frozen=True, slots=True)
class Passage:
    """One value of running text.

    In ``text`` what is not prose (addresses, commands, mathematics) is masked by as many ``_``; ``own`` says whose
    words it holds, and ``french`` whether they are French.
    """

    field: str
    text: str
    own: bool
    french: bool


def passages(reference: Reference) -> Iterator[Passage]:
    """The running text of a reference, field by field in the order typed."""
    native = is_french(reference)
    for field, value in reference.raw.items():
        if not value or not (field in _OWN or field in _TRANSCRIBED):
            continue
        own_language = field not in _IN_LANGUAGE_OF_DOCUMENT
        french = native or (own_language and may_be_french(value))
        text = _LINK.sub(_mask, value) if field == "links" else value
        yield Passage(field, masked(text), field in _OWN, french)


def is_french(reference: Reference) -> bool:
    """Whether a document is in French: its ``langid`` says so, or it has none and its title is not foreign."""
    if reference.language:
        return reference.language.partition("-")[0] == "fr"
    return may_be_french(reference.raw.get("title", ""))


def masked(value: str) -> str:
    """A value of the same length in which what is not prose is masked."""
    return _MASKED.sub(_mask, value) if _HINT.search(value) else value


def _mask(match: re.Match[str]) -> str:
    return MASK * len(match.group())


_OWN = frozenset(OWN)
_TRANSCRIBED = frozenset(TRANSCRIBED)
