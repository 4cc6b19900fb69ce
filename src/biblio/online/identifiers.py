"""Identifiers of documents in a text that somebody types or pastes, each checked before anybody is asked about it.

Sources: DOI Handbook § 2.2 and 3.8; ISBN Users' Manual; notes of PubMed, arXiv and HAL on their identifiers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

from biblio.check.rules.checksums import bare, is_isbn, isbn13


class Scheme(StrEnum):
    """What kind of identifier one is; its value is what it is called in messages."""

    DOI = "DOI"
    ISBN = "ISBN"
    PMID = "PMID"
    HAL = "HAL"
    ARXIV = "arXiv"
    URL = "URL"


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier in its usual form: a DOI in lower case, an ISBN of thirteen digits, a number without a version."""

    scheme: Scheme
    value: str

    def __str__(self) -> str:
        return self.value if self.scheme is Scheme.URL else f"{self.scheme} {self.value}"


@dataclass(frozen=True, slots=True)
class Found:
    """The identifiers of a text, each once and in its order, and the ISBNs whose check digit does not match."""

    identifiers: tuple[Identifier, ...]
    wrong: tuple[str, ...] = ()


MOST_TEXT = 2_000_000  # characters
_HAL = (
    r"(?:hal[a-z]{0,4}|tel|dumas|inserm|cea|ineris|inria|pasteur|sic|medihal|mem|artxibo|cel|edutice|ensl|ijn|ijdr|in2p3"
    r"|ird|irsn|jpa|lirmm|obspm|peer|pjse|ujm|univ|cirad|anses|ifp|emse|riip|meteo|insu|ineris|hprints)-\d{7,9}"
)
_ARXIV = r"(?:\d{4}\.\d{4,5}|[a-z-]{2,12}(?:\.[A-Z]{2})?/\d{7})"
# In the order of precedence where two begin at one place. What is open ended stops at what no identifier holds.
_ANY = re.compile(
    r"(?P<url>https?://[^\s<>\"«»]{3,2000})"
    r"|(?P<doi>(?<![\d.])10\.\d{4,9}(?:\.\d+){0,9}/[^\s<>\"«»{}|\\^`]{1,500})"
    rf"|(?<![a-z\d-])(?P<hal>{_HAL})(?:v\d{{1,3}})?(?!\d)"
    rf"|(?<![a-z])arxiv[:\s]\s?(?P<arxiv>{_ARXIV})"
    r"|(?<![a-z])pm(?:id)?[:\s]\s?(?P<pmid>\d{1,8})(?!\d)"
    r"|(?<![\d.,/-])(?P<isbn>(?:97[89][\s-]?)?\d(?:[\s\u2010-\u2015-]?\d){8}[\s\u2010-\u2015-]?[\dx])(?![\d-])",
    re.IGNORECASE,
)
# What is an identifier only where nothing else is said.
_ALONE = (
    (Scheme.PMID, re.compile(r"[1-9]\d{3,7}")),
    (Scheme.ARXIV, re.compile(rf"({_ARXIV})(?:v\d+)?")),
)
_SURE_ISBN = re.compile(r"97[89]|\d{1,7}-\d{1,7}-\d{1,7}-[\dxX]\Z")
_LABELLED_ISBN = re.compile(r"isbn(?:-1[03])?\s*+:?\s*+\Z", re.IGNORECASE)
# Addresses that are an identifier written out.
_OF_ADDRESSES = (
    (
        Scheme.DOI,
        re.compile(r"https?://(?:dx\.|www\.)?doi\.org/(?:doi:)?(10\.\d{4,9}(?:\.\d+){0,9}/.+)", re.IGNORECASE),
    ),
    (
        Scheme.PMID,
        re.compile(r"https?://(?:pubmed\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,8})\b.*"),
    ),
    (
        Scheme.ARXIV,
        re.compile(rf"https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/({_ARXIV})(?!\d).*", re.IGNORECASE),
    ),
    (
        Scheme.HAL,
        re.compile(
            rf"https?://(?:[a-z0-9.-]+\.)?(?:hal\.science|archives-ouvertes\.fr)/(?:[a-z0-9-]+/)?({_HAL})(?!\d).*",
            re.IGNORECASE,
        ),
    ),
)
_PAIRS = {")": "(", "]": "[", "}": "{"}


def identifiers_in(text: str) -> Found:
    """The identifiers of a text of at most ``MOST_TEXT`` characters.

    A number alone is a PMID, and what looks like one of arXiv is one; inside a text these need their name before them.
    """
    text = text[:MOST_TEXT]
    alone = text.strip()
    for scheme, form in _ALONE:
        if match := form.fullmatch(alone):
            return Found((Identifier(scheme, match[1] if match.re.groups else match[0]),))
    found: dict[Identifier, None] = {}
    wrong: dict[str, None] = {}
    for match in _ANY.finditer(text):
        number = match["isbn"]
        if number:
            named = alone == number or _LABELLED_ISBN.search(text, max(0, match.start() - 12), match.start())
            # Any ten digits may be a telephone number, even with a check digit that matches by chance.
            if not named and (not is_isbn(bare(number)) or not _SURE_ISBN.match(number)):
                continue
            if not is_isbn(bare(number)):
                wrong[number] = None
                continue
        found.update(dict.fromkeys(_of(match)))
    return Found(tuple(found), tuple(wrong))


def _of(match: re.Match[str]) -> Iterator[Identifier]:
    kind, value = match.lastgroup, match[match.lastgroup or 0]
    match kind:
        case "url":
            yield of_address(_trimmed(value))
        case "doi":
            yield Identifier(Scheme.DOI, _trimmed(value).lower())
        case "hal":
            yield Identifier(Scheme.HAL, value.lower())
        case "arxiv":
            yield Identifier(Scheme.ARXIV, value)
        case "pmid":
            yield Identifier(Scheme.PMID, value)
        case "isbn":
            yield Identifier(Scheme.ISBN, isbn13(bare(value)))


def of_address(address: str) -> Identifier:
    """What an address identifies: a DOI, a deposit of HAL or arXiv, an article of PubMed, or the page itself."""
    for scheme, form in _OF_ADDRESSES:
        if match := form.fullmatch(address):
            value = match[1]
            if scheme is Scheme.DOI:
                value = _trimmed(unquote(value)).lower()
            return Identifier(scheme, value.lower() if scheme is Scheme.HAL else value)
    return Identifier(Scheme.URL, address)


def _trimmed(value: str) -> str:
    """An identifier without the punctuation of the sentence that it stands in."""
    while value:
        last = value[-1]
        if last in ".,;:!?'’…*_" or (last in _PAIRS and value.count(_PAIRS[last]) < value.count(last)):
            value = value[:-1]
        else:
            break
    return value
