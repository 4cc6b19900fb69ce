"""The pages of facets: the values of each, and the notices of each value, page by page, without any script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from biblio.site.facets import FACETS, Facet, Value, in_order
from biblio.site.pages.page import Made, framed
from biblio.site.said import said
from biblio.site.view import View

TOGETHER = 50  # notices of one page
# As many pages of one value; the year has all of its notices, so that each is reached without a script.
MOST_PAGES = 20


def pages(view: View) -> Iterator[Made]:
    """Those of every facet that has pages and values."""
    for facet in FACETS.values():
        values = view.facets[facet.name]
        if facet.folder and values:
            yield from _facet(view, facet, values)


def _facet(view: View, facet: Facet, values: Mapping[str, Value]) -> Iterator[Made]:
    is_listed = facet.name != "person" or view.settings.indexed
    title = said(f"facet_{facet.folder}", view.lang)
    section = "themes" if facet.name == "theme" else ""
    listed = in_order(facet, values)
    tops = [value for value in listed if value.parent not in values]
    yield framed(
        view,
        f"{facet.folder}/index.html",
        "values.html.j2",
        title,
        listed=is_listed,
        section=section,
        shared=True,
        folder=facet.folder,
        values=tops,
        inner=_inner(listed, values),
    )
    for value in listed:
        count = -(-len(value.notices) // TOGETHER)
        if facet.name != "year":
            count = min(count, MOST_PAGES)
        for number in range(1, count + 1):
            some = value.notices[(number - 1) * TOGETHER : number * TOGETHER]
            yield framed(
                view,
                page_path(f"{facet.folder}/{value.slug}", number),
                "list.html.j2",
                value.label
                if number == 1
                else said("page_of", view.lang, title=value.label, number=number, count=count),
                listed=is_listed,
                section=section,
                feed=f"theme-{value.slug}" if facet.name == "theme" else "",
                scripted=True,
                above=(title, f"{facet.folder}/index.html"),
                value=value,
                inner=[each for each in listed if each.parent == value.slug] if number == 1 else [],
                folder=facet.folder,
                name=facet.name,
                entries=[view.entries[each] for each in some],
                number=number,
                count=count,
                cut=len(value.notices) > count * TOGETHER,
                most=count * TOGETHER,
                page_path=lambda number, value=value: page_path(f"{facet.folder}/{value.slug}", number),
            )


def _inner(listed: list[Value], values: Mapping[str, Value]) -> Mapping[str, list[Value]]:
    """The values right inside each value."""
    found: dict[str, list[Value]] = {}
    for value in listed:
        if value.parent in values:
            found.setdefault(value.parent, []).append(value)
    return found


def page_path(first: str, number: int) -> str:
    """Where a page of a list is: the first one has the name of the list, the others are in a folder of that name."""
    return f"{first}.html" if number == 1 else f"{first}/{number}.html"
