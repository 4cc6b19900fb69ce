"""Pages in print: where a part stands, how long a whole is."""

from __future__ import annotations

from collections.abc import Sequence

from biblio.citation.options import Options
from biblio.reference.pages import Extent, Leaf, PageRange, Pages, parse_extent
from biblio.text.inline import Rich, text
from biblio.words.tables import term


def pages(page: Pages | None, extent: Extent | None, options: Options) -> Rich:
    """``pp. 135-147``, ``p. 12``, ``f. 12v``, ``132 p.`` or ``np``."""
    if (page and page.unknown) or (extent and extent.unknown):
        return text(term("citation.unknown_pages", options.lang))
    if page and page.ranges:
        return text(", ".join(_labelled(leaf, ranges, options) for leaf, ranges in page.by_leaf()))
    if extent and extent.count:
        # What the reader could not take for a number of pages is printed as it was typed.
        form = term("citation.extent", options.lang) if parse_extent(extent.count) else "{count}"
        return text(form.format(count=extent.count))
    return ()


def _labelled(leaf: Leaf, ranges: Sequence[PageRange], options: Options) -> str:
    """Ranges behind the one label for all of them; without one, what could not be read."""
    printed = ", ".join(map(str, ranges))
    if leaf is Leaf.OTHER:
        return printed
    single = len(ranges) == 1 and not ranges[0].last
    return term(f"citation.{leaf.name.lower()}{'' if single else 's'}", options.lang).format(pages=printed)
