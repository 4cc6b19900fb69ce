"""Where in a volume a document stands, and how long it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

UNKNOWN_SPELLINGS = frozenset({"np", "n.p.", "n. p.", "s. p.", "non paginé"})

_DASHES = "\u2010-\u2015-"
_RANGE = re.compile(
    rf"(?>(?:pp?(?:\.\s*|\s+|(?=\d)))?)(?P<first>[^\s{_DASHES}]+)(?:\s*(?:---?|[{_DASHES}])\s*(?P<last>\S+))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageRange:
    """Pages ``first`` to ``last``, as printed (roman and lettered folios too); one page when ``last`` is empty."""

    first: str
    last: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a part. ``unknown`` is the documentalist's *np*: the document bears no page numbers."""

    ranges: tuple[PageRange, ...] = ()
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Extent:
    """The number of pages of a whole, as a string because it may be ``XII-132``; ``unknown`` is *np*."""

    count: str = ""
    unknown: bool = False


def parse_pages(value: str) -> Pages | None:
    """Reads ``135-147``, ``12``, ``e1-e5``, ``12-15, 18``, ``pp. 12--15`` or ``np``; anything else gives ``None``."""
    value = value.strip()
    if value.lower() in UNKNOWN_SPELLINGS:
        return Pages(unknown=True)
    ranges = []
    for piece in re.split(r"[,;]", value):
        match = _RANGE.fullmatch(piece.strip())
        if match is None or not any(character.isalnum() for character in match["first"]):
            return None
        ranges.append(PageRange(match["first"], match["last"] or ""))
    return Pages(tuple(ranges))


def parse_extent(value: str) -> Extent | None:
    """Reads ``132``, ``XII-132``, ``132 p.`` or ``np``; ``None`` when it is none of these."""
    value = value.strip()
    if value.lower() in UNKNOWN_SPELLINGS:
        return Extent(unknown=True)
    match = re.fullmatch(
        r"(?P<count>[0-9IVXLCDMivxlcdm]+(?:\s*[-+,]\s*[0-9IVXLCDMivxlcdm]+)*)\s*(?:p\.?|pages)?", value
    )
    return Extent(match["count"]) if match else None
