"""Pages in print: where a part stands, how long a whole is."""

from __future__ import annotations

from biblio.catalogue import term
from biblio.citation.options import Options
from biblio.model.pages import Extent, Pages, parse_extent
from biblio.richtext import Rich, text


def pages(page: Pages | None, extent: Extent | None, options: Options) -> Rich:
    """``pp. 135-147``, ``p. 12``, ``132 p.`` or ``np``."""
    if (page and page.unknown) or (extent and extent.unknown):
        return text(term("citation.unknown_pages", options.lang))
    if page and page.ranges:
        printed = ", ".join(f"{each.first}-{each.last}" if each.last else each.first for each in page.ranges)
        single = len(page.ranges) == 1 and not page.ranges[0].last
        name = "citation.page" if single else "citation.pages"
        return text(term(name, options.lang).format(pages=printed))
    if extent and extent.count:
        # What the reader could not take for a number of pages is printed as it was typed.
        form = term("citation.extent", options.lang) if parse_extent(extent.count) else "{count}"
        return text(form.format(count=extent.count))
    return ()
