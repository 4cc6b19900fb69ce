"""The home page: the latest dossiers, the watch, bulletins and newsletters, events, and the themes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from biblio.citation.dates import in_words
from biblio.site.facets import FACETS, Value, in_order
from biblio.site.page_spec import HOME
from biblio.site.pages.events import when
from biblio.site.pages.page import Made, framed
from biblio.site.view import View

_ISSUES = frozenset({"bulletin", "newsletter"})
LATEST = 4
WATCHED = 5


def pages(view: View) -> Iterator[Made]:
    """The page at the root."""
    groups = [
        (name, chosen[:LATEST])
        for name, are_issues in (("dossiers", False), ("issues", True))
        if (chosen := [each for each in view.site.dossiers if (each.spec.kind in _ISSUES) is are_issues])
    ]
    welcome = next((page for page in view.pages if page.slug == HOME), None)
    yield framed(
        view,
        "index.html",
        "home.html.j2",
        view.site.title,
        description=view.settings.description,
        shared=True,
        section="home",
        feed="all",
        groups=groups,
        watched=view.watched[:WATCHED],
        events=view.events[:LATEST],
        themes=roots(view),
        welcome=welcome,
        day_of=lambda entry: in_words(entry.reference.added, view.lang),
        when=lambda page: when(page, view.lang),
    )


def roots(view: View) -> Sequence[tuple[Value, Sequence[Value]]]:
    """The themes that are in none, in the order of a dictionary, each with those right inside it.

    Where the collection has a tree of themes, keywords that are no theme are left to the page of themes.
    """
    values = view.facets["theme"]
    declared = {slug: value for slug, value in values.items() if slug in view.site.themes.rows}
    listed = in_order(FACETS["theme"], declared or values)
    return [
        (value, [each for each in listed if each.parent == value.slug])
        for value in listed
        if not value.parent or value.parent not in values
    ]
