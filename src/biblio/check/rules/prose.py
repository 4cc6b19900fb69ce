"""The running text of a notice: which fields hold it, whose words they are, and what in it no rule may touch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from biblio.check.rules.languages import language_of, looks_french
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
_CLOSING = re.compile(r"(?<![.,;:!?)\]])[.,;:!?]*+(?P<kept>[)\]][.,;:!?)\]]*+)\Z")
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
    declared = reference.language.partition("-")[0]
    for field, value in reference.raw.items():
        if not value or not (field in _OWN or field in _TRANSCRIBED):
            continue
        of_document = field in _IN_LANGUAGE_OF_DOCUMENT
        text = _LINK.sub(_mask, value) if field == "links" else value
        yield Passage(field, masked(text), field in _OWN, is_french(value, declared if of_document else ""))


def is_french(text: str, declared: str = "") -> bool:
    """Whether a text is French: its ``langid`` says so and it does not look otherwise, or it looks so of itself."""
    if declared:
        return declared == "fr" and language_of(text) in ("fr", "")
    return looks_french(text)


def masked(value: str) -> str:
    """A value of the same length in which what is not prose is masked."""
    return _MASKED.sub(_mask, value) if _HINT.search(value) else value


def _mask(match: re.Match[str]) -> str:
    """As many signs as there are characters, but for a bracket that closes what was opened before an address."""
    text = match.group()
    kept = _CLOSING.search(text) if "(" not in text and "[" not in text and text[0] not in "\\$<" else None
    return MASK * (kept.start("kept") if kept else len(text)) + (kept["kept"] if kept else "")


_OWN = frozenset(OWN)
_TRANSCRIBED = frozenset(TRANSCRIBED)
