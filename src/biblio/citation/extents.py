"""Pages in print: where a part stands, how long a whole is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from biblio.citation.options import Options
from biblio.reference.pages import Extent, Leaf, PageRange, parse_extent
from biblio.reference.reference import Reference
from biblio.reference.types import Pattern
from biblio.text.inline import Rich, text
from biblio.words.tables import term

_ROMAN = re.compile(r"[IVXLC]+|[ivxlc]+")
_FEWEST = 20  # pages of a whole that a range of pages stands for


def pages(reference: Reference, options: Options) -> Rich:
    """``pp. 135-147``, ``p. 12``, ``f. 12v``, ``132 p.`` or ``np``; the number of an article where it has no pages."""
    page, extent = reference.page, reference.number_of_pages
    if count := _count_of_whole(reference):
        return text(term("citation.extent", options.lang).format(count=count))
    if page and page.ranges:
        return text(", ".join(_labelled(leaf, ranges, options) for leaf, ranges in page.by_leaf()))
    if reference.article_number:
        return text(_article(reference.article_number, options))
    if (page and page.unknown) or (extent and extent.unknown):
        return text(term("citation.unknown_pages", options.lang))
    return extent_of(extent, options) if extent else ()


def _count_of_whole(reference: Reference) -> str:
    """How many pages a whole has that says them among its pages, as many files do: ``pages = {132}``, ``{1-132}``.

    Nobody numbers a short part of a whole from 1 by chance: below twenty a range stays one.
    """
    ranges = reference.page.ranges if reference.page else ()
    if reference.type.pattern is not Pattern.MONOGRAPH or reference.number_of_pages or len(ranges) != 1:
        return ""
    (only,) = ranges
    count = only.last or only.first
    if only.leaf is not Leaf.PAGE or not count.isdecimal():
        return ""
    if only.last and _ROMAN.fullmatch(only.first):
        return f"{only.first}-{count}"  # « VIII-86 »: no range begins with other figures than it ends with
    is_whole = not only.last or (only.first == "1" and (len(count) > 2 or int(count) >= _FEWEST))
    return count if is_whole else ""


def extent_of(extent: Extent, options: Options) -> Rich:
    """``132 p.``; what the reader could not take for a number of pages is printed as it was typed."""
    form = term("citation.extent", options.lang) if parse_extent(extent.count) else "{count}"
    return text(form.format(count=extent.count))


def volumes(reference: Reference, options: Options) -> Rich:
    """``3 vol.``: how many volumes a document has; what is typed in words stays as it is."""
    count = reference.number_of_volumes
    if not count.isdecimal():
        return text(count)
    several = count.lstrip("0") not in ("", "1")  # however many figures it has
    return text(term("citation.volumes", options.lang).format(count=count)) if several else ()


def _labelled(leaf: Leaf, ranges: Sequence[PageRange], options: Options) -> str:
    """Ranges behind the one label for all of them; without one, what could not be read."""
    printed = ", ".join(map(str, ranges))
    if leaf is Leaf.OTHER:
        return printed
    single = len(ranges) == 1 and not ranges[0].last
    return term(f"citation.{leaf.name.lower()}{'' if single else 's'}", options.lang).format(pages=printed)


def _article(number: str, options: Options) -> str:
    """``e1002`` as it is; a bare number, which could be taken for a page, behind « art. »."""
    return term("citation.article_number", options.lang).format(number=number) if number.isdecimal() else number
