"""Where in a volume a document stands, and how long it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

UNKNOWN_SPELLINGS = frozenset({"np", "n.p.", "n. p.", "s. p.", "non paginé"})

# A folio: figures, roman figures or a label with them (« S12 », « e1034 », « 10:3 », « A-12 »); « f », « ff », « sq »
# or « + » after it say that the passage goes on.
_IS_FOLIO = re.compile(r"[^\W_][\w.:*+/′'()\[\]-]*+(?<=[\w.*+′')\]])(?: ?(?:ff?|sqq?)\.?)?")
# Two hyphens part a range for sure; a single one may also stand inside a folio (« A-12 »).
_LONG_DASH = re.compile(r" ?(?:[-\u2010-\u2015\u2212]{2,}|[\u2012-\u2015]) ?")
_TO = re.compile(r"(?<=\d) (?:à|to|bis) (?=\d)")
_SHORT_DASH = re.compile(r" ?[-\u2010\u2011\u2212] ?")
# « p. 12 », « pp 3 », « p12 »; but « P12 » is a folio with a label.
_PREFIX = re.compile(r"\A(?:(?i:(?:pages?|pp?) |pp?\. ?)|(?:pages?|pp?)(?=\d))")
# The leaves that stand for pages in manuscripts (« fol. 12v », « ff. 3-5 », « f° 12 ») and the plates of a book.
_LEAVES = re.compile(
    r"\A(?:(?P<folio>folios?|fols?|feuillets?|ff?|f?fos?)|(?P<plate>pl(?:anche|ate)?s?))(?:\.? |\.(?=\w)|[°º] ?(?=\w))",
    re.IGNORECASE,
)
_SIDE = re.compile(r"(?<=[\d-]) ?([rv])[°ºo]?(?!\w)")  # « 12 v° » is 12v
# « passim », « préface », « online »: a word is its own label; roman figures and a letter or two are folios.
_WORD = re.compile(r"(?![ivxlcdm]+\Z)[^\W\d_]{3,}", re.IGNORECASE)
_PARTS = re.compile(r" ?[,;] ?(?:and |et |& )?| (?:and|et|&) ")
# Roman and arabic figures, those that the document does not print in brackets: « [4]-XII-132 ».
_COUNT = r"(?:[0-9IVXLCDMivxlcdm]+|\[[0-9IVXLCDMivxlcdm]+\])"
_EXTENT = re.compile(
    rf"(?P<count>{_COUNT}(?: ?[-+,–] ?{_COUNT})*) ?(?:p\.?|pp\.?|pages?)?",
)


_DASH = r" ?[-\u2010-\u2015\u2212]{1,3} ?"
_LABELLED = r"(?:pp?\.? ?)?"


def _thousands(mark: str) -> re.Pattern[str]:
    """Places with a range both ends of which have groups of three figures; « 999-1,004 » has them where it can."""
    number = rf"[1-9]\d{{0,2}}(?:{mark}\d{{3}})+"
    ranged = rf"(?:{number}|[1-9]\d{{2}}(?={_DASH}\d{{1,2}}{mark})){_DASH}{number}"
    item = rf"(?:{number}|\d{{1,4}})(?:{_DASH}(?:{number}|\d{{1,4}}))?"
    return re.compile(rf"(?=(?:.*[^\d{mark}])?{ranged}){_LABELLED}{item}(?:(?:, |; ?| (?:and|et|&) ){item})*")


# « 11,991--12,007 », « 1 234-1 240 »: marks that part thousands, as both ends have them; else a comma parts two places.
_THOUSANDS = tuple((_thousands(mark), re.compile(rf"(?<=\d){mark}(?=\d{{3}}(?!\d))")) for mark in ", ")
_ONE_NUMBER = re.compile(r"([1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?: \d{3})+)( ?p(?:\.|ages?)?)?")


class Leaf(StrEnum):
    """What is counted, and how its label is typed."""

    PAGE = "p."
    FOLIO = "f."
    PLATE = "pl."
    OTHER = ""  # a word, or what could not be read: it is its own label


@dataclass(frozen=True, slots=True)
class PageRange:
    """Pages ``first`` to ``last``, as printed (roman and lettered folios too); one page when ``last`` is empty."""

    first: str
    last: str = ""
    leaf: Leaf = Leaf.PAGE

    def __str__(self) -> str:
        return f"{self.first}-{self.last}" if self.last else self.first


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a part. ``unknown`` is the documentalist's *np*: the document bears no page numbers."""

    ranges: tuple[PageRange, ...] = ()
    unknown: bool = False

    def by_leaf(self) -> Iterator[tuple[Leaf, tuple[PageRange, ...]]]:
        """The ranges in their order, those that one label may stand before together."""
        return ((leaf, tuple(group)) for leaf, group in groupby(self.ranges, key=lambda each: each.leaf))

    def __str__(self) -> str:
        """The pages as they are typed: ``135-147``, ``12-15, pl. III``, ``np``."""
        if self.unknown:
            return "np"
        typed: list[str] = []
        for leaf, ranges in self.by_leaf():
            label = leaf if typed or leaf is not Leaf.PAGE else ""
            typed.append(f"{label} {', '.join(map(str, ranges))}".lstrip())
        return ", ".join(typed)


@dataclass(frozen=True, slots=True)
class Extent:
    """The number of pages of a whole, as a string because it may be ``XII-132``; ``unknown`` is *np*."""

    count: str = ""
    unknown: bool = False


def parse_pages(value: str) -> Pages | None:
    """Reads ``135-147``, ``e1-e5``, ``12, 18``, ``pp. 12--15``, ``12--``, ``12 ff.``, ``f. 12v``, ``pl. III``, ``np``.

    A label holds for what follows it: ``ff. 3, 5``. Anything else gives ``None``.
    """
    value = " ".join(value.split())
    if value.lower() in UNKNOWN_SPELLINGS:
        return Pages(unknown=True)
    value = without_thousands(value) or value
    ranges: list[PageRange] = []
    leaf = Leaf.PAGE
    for piece in _PARTS.split(value):
        if label := _LEAVES.match(piece):
            leaf = Leaf.FOLIO if label["folio"] else Leaf.PLATE
        elif _PREFIX.match(piece):
            leaf = Leaf.PAGE
        found = _range(piece, leaf)
        if found is None:
            return None
        ranges.append(found)
    return Pages(tuple(ranges))


def without_thousands(value: str) -> str:
    """Places without the marks between their groups of three figures; empty where there are none of these."""
    for pattern, mark in _THOUSANDS:
        if pattern.fullmatch(value):
            return mark.sub("", value)
    return ""


def extent_without_thousands(value: str) -> str:
    """A number of pages without the marks between its groups of three figures; empty where it has none."""
    match = _ONE_NUMBER.fullmatch(value)
    return re.sub("[, ]", "", match[1]) + (match[2] or "") if match else ""


def _range(piece: str, leaf: Leaf) -> PageRange | None:
    if piece.isdigit():
        return PageRange(piece, leaf=leaf)
    label = _PREFIX if leaf is Leaf.PAGE else _LEAVES
    if leaf is Leaf.FOLIO:
        piece = _SIDE.sub(r"\1", piece)
    piece = _TO.sub("--", label.sub("", piece))
    dash = _LONG_DASH if _LONG_DASH.search(piece) else _SHORT_DASH
    first, *others = (label.sub("", part) for part in dash.split(piece))
    if dash is _SHORT_DASH and len(others) == 3 and first == others[1]:  # « 169-1-169-5 »
        first, others = f"{first}-{others[0]}", [f"{others[1]}-{others[2]}"]
    if len(others) > 1 or not _IS_FOLIO.fullmatch(first):
        return None
    if _WORD.fullmatch(first):
        leaf = Leaf.OTHER
    last = others[0] if others else ""
    if last and not _IS_FOLIO.fullmatch(last):
        return None
    if last == first:
        return PageRange(first, leaf=leaf)
    last = completed(first, last) or last
    # An open range, « 12-- », is what other sources write « 12 ff. ».
    return PageRange(first if last or not others else first + "+", last, leaf)


def completed(first: str, last: str) -> str:
    """The last page of a range with the figures that it shares with the first: « 665--86 » is 665-686; or nothing.

    Nothing where the last page is not shortened, or not a number of the same kind.
    """
    if not (first.isdecimal() and last.isdecimal()) or len(last) >= len(first):
        return ""
    whole = first[: len(first) - len(last)] + last
    return whole if whole > first else ""  # as many figures in both


def parse_extent(value: str) -> Extent | None:
    """Reads ``132``, ``XII-132``, ``xii, 132 p.`` or ``np``; ``None`` when it is none of these."""
    value = " ".join(value.split())
    if value.lower() in UNKNOWN_SPELLINGS:
        return Extent(unknown=True)
    value = extent_without_thousands(value) or value
    match = _EXTENT.fullmatch(value)
    return Extent(match["count"]) if match else None
