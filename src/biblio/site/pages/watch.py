"""The page of the watch: what came in, the latest first, page by page, with facets to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from biblio.site.facets import FACETS, Facet, Value, boxes
from biblio.site.pages.page import Made, framed
from biblio.site.said import said
from biblio.site.view import View

TOGETHER = 12
# The facets beside the watch, in their order.
CHOSEN = ("video", "audience", "theme", "type", "territory", "open")


def pages(view: View) -> Iterator[Made]:
    """As many as the watch fills; none where no notice says when it came in."""
    watched = view.watched
    count = -(-len(watched) // TOGETHER)
    title = said("nav_watch", view.lang)
    for number in range(1, count + 1):
        yield framed(
            view,
            watch_path(number),
            "watch.html.j2",
            title if number == 1 else said("page_of", view.lang, title=title, number=number, count=count),
            description=said("watch_about", view.lang),
            shared=number == 1,
            section="watch",
            feed="watch",
            scripted=True,
            scope="watch",
            entries=watched[(number - 1) * TOGETHER : number * TOGETHER],
            total=len(watched),
            number=number,
            count=count,
            page_path=watch_path,
            chosen=choices(view, CHOSEN, len(watched)),
        )


def watch_path(number: int) -> str:
    """Where a page of the watch is."""
    return "watch/index.html" if number == 1 else f"watch/{number}.html"


def choices(view: View, names: Sequence[str], most: int) -> Sequence[tuple[Facet, str, Sequence[tuple[Value, int]]]]:
    """The facets to choose from, each with its words and its values, with how many of the first notices have them."""
    found = []
    for name in names:
        counted = [
            (value, count)
            for value in boxes(FACETS[name], view.facets[name])
            if (count := sum(number < most for number in value.notices))
        ]
        if counted:
            found.append((FACETS[name], said(f"facet_{name}", view.lang), counted))
    return found
