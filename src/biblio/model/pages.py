"""Where in a volume a document stands, and how long it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

UNKNOWN_SPELLINGS = frozenset({"np", "n.p.", "n. p.", "s. p.", "non paginé"})

# A folio: figures, roman figures or a label with them (« S12 », « e1034 », « 10:3 », « A-12 »); « f », « ff », « sq »
# or « + » after it say that the passage goes on.
_IS_FOLIO = re.compile(r"[^\W_][\w.:*+/′'()\[\]-]*+(?<=[\w.*+′')\]])(?: ?(?:ff?|sqq?)\.?)?")
# Two hyphens part a range for sure; a single one may also stand inside a folio (« A-12 »).
_LONG_DASH = re.compile(r" ?(?:[-\u2010-\u2015\u2212]{2,}|[\u2012-\u2015]) ?")
_SHORT_DASH = re.compile(r" ?[-\u2010\u2011\u2212] ?")
# « p. 12 », « pp 3 », « p12 »; but « P12 » is a folio with a label.
_PREFIX = re.compile(r"\A(?:(?i:(?:pages?|pp?) |pp?\. ?)|(?:pages?|pp?)(?=\d))")
_PARTS = re.compile(r" ?[,;] ?(?:and |et |& )?| (?:and|et|&) ")
_EXTENT = re.compile(
    r"(?P<count>[0-9IVXLCDMivxlcdm]+(?: ?[-+,–] ?[0-9IVXLCDMivxlcdm]+)*) ?(?:p\.?|pp\.?|pages?)?",
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
    """Reads ``135-147``, ``12``, ``e1-e5``, ``12-15, 18``, ``pp. 12--15``, ``12--``, ``12 ff.`` or ``np``.

    Anything else gives ``None``.
    """
    value = " ".join(value.split())
    if value.lower() in UNKNOWN_SPELLINGS:
        return Pages(unknown=True)
    ranges = []
    for piece in _PARTS.split(value):
        found = _range(piece)
        if found is None:
            return None
        ranges.append(found)
    return Pages(tuple(ranges))


def _range(piece: str) -> PageRange | None:
    if piece.isdigit():
        return PageRange(piece)
    dash = _LONG_DASH if _LONG_DASH.search(piece) else _SHORT_DASH
    first, *others = (_PREFIX.sub("", part) for part in dash.split(piece))
    if len(others) > 1 or not _IS_FOLIO.fullmatch(first):
        return None
    last = others[0] if others else ""
    if last and not _IS_FOLIO.fullmatch(last):
        return None
    # An open range, « 12-- », is what other sources write « 12 ff. ».
    return PageRange(first, last) if last or not others else PageRange(first + "+")


def parse_extent(value: str) -> Extent | None:
    """Reads ``132``, ``XII-132``, ``xii, 132 p.`` or ``np``; ``None`` when it is none of these."""
    value = " ".join(value.split())
    if value.lower() in UNKNOWN_SPELLINGS:
        return Extent(unknown=True)
    match = _EXTENT.fullmatch(value)
    return Extent(match["count"]) if match else None
