"""The table of the kinds of pages, a row each, and all the files of a site made by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from biblio.places import at
from biblio.site.model import Site
from biblio.site.pages.files import of_site
from biblio.site.pages.page import Made
from biblio.site.pages.sitemap import sitemap
from biblio.site.view import View, view_of


@dataclass(frozen=True, slots=True)
class PageKind:
    """One row: what makes the pages of a kind from a view of the site."""

    name: str
    pages: Callable[[View], Iterable[Made]]


KINDS = (
    PageKind("home", at("biblio.site.pages.home:pages")),
    PageKind("watch", at("biblio.site.pages.watch:pages")),
    PageKind("dossiers", at("biblio.site.pages.dossiers:pages")),
    PageKind("events", at("biblio.site.pages.events:pages")),
    PageKind("lists", at("biblio.site.pages.lists:pages")),
    PageKind("search", at("biblio.site.pages.search:pages")),
    PageKind("notices", at("biblio.site.pages.notices:pages")),
    PageKind("about", at("biblio.site.pages.about:pages")),
    PageKind("feeds", at("biblio.site.pages.feeds:pages")),
    PageKind("redirects", at("biblio.site.pages.redirects:pages")),
)


def site_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every file of a site, as its path and its bytes, in an order that is always the same. Pure."""
    listed: list[str] = []
    for lang in site.settings.languages:
        view = view_of(site, lang)
        for kind in KINDS:
            for made in kind.pages(view):
                if made.listed:
                    listed.append(made.path)
                yield made.path, made.content
    for made in (*of_site(site), *sitemap(site.settings.base, listed)):
        yield made.path, made.content
