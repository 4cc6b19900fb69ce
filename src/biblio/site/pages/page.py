"""One page of the site on its way out, and the frame that all of them stand in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from biblio.site.addresses import up
from biblio.site.frame import render
from biblio.site.page_spec import HOME
from biblio.site.said import said
from biblio.site.view import View

MISSING = "404.html"


@dataclass(frozen=True, slots=True)
class Made:
    """A file of the site: its path, its bytes, and whether search engines are told of it."""

    path: str
    content: bytes
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the frame: its words, its address from the root of the view, and whether it leads here."""

    words: str
    href: str
    here: bool = False


def framed(  # what pages say of themselves
    view: View,
    path: str,
    template: str,
    title: str,
    *,
    description: str = "",
    listed: bool = True,
    shared: bool = False,
    section: str = "",
    feed: str = "",
    scripted: bool = False,
    **values: object,
) -> Made:
    """A page of a view at ``path``, in the frame of all pages.

    ``shared`` pages are there in every language, ``section`` is the entry of the menu that they are part of, ``feed``
    the name of the feeds that go with them. ``scripted`` pages have lists that the script of the site works on.
    """
    full = view.prefix + path
    site, root, base = view.site, up(path), up(full)
    if path == MISSING and view.settings.base:  # is shown at whatever address there is no page
        root = base = urlsplit(view.settings.base).path
    content = render(
        template,
        lang=view.lang,
        site=site,
        view=view,
        settings=view.settings,
        title=title,
        description=description,
        root=root,
        base=base,
        path=path,
        canonical=f"{view.settings.base}{full}" if view.settings.base and listed else "",
        others=list(_others(view, path)) if shared else [],
        menu=[
            Link(link.words, link.href, here=link.href == path or (bool(section) and name == section))
            for name, link in sections(view)
        ],
        feed=feed,
        state=view.settings.state,
        noindex=not listed,
        scripted=scripted,
        address=lambda picture: f"{base}files/{picture.name}",
        **values,
    )
    return Made(full, content.encode(), listed)


def _others(view: View, path: str) -> Iterator[tuple[str, str, str]]:
    """The other languages of a page: each with its address from the root of the site, and its name."""
    first = view.settings.languages[0]
    for lang in view.settings.languages:
        if lang != view.lang:
            yield lang, f"{'' if lang == first else f'{lang}/'}{path}", said("in_this_language", lang)


def sections(view: View) -> Sequence[tuple[str, Link]]:
    """The entries of the menu: those that the settings name, else all that are not empty."""
    there: dict[str, Link] = {"home": Link(said("nav_home", view.lang), "index.html")}
    if view.watched:
        there["watch"] = Link(said("nav_watch", view.lang), "watch/index.html")
    if view.site.dossiers:
        there["dossiers"] = Link(said("nav_dossiers", view.lang), "dossiers/index.html")
    if view.events:
        there["events"] = Link(said("nav_events", view.lang), "events/index.html")
    if view.facets["theme"]:
        there["themes"] = Link(said("nav_themes", view.lang), "themes/index.html")
    there["search"] = Link(said("nav_search", view.lang), "search.html")
    for page in view.pages:
        if page.slug != HOME:
            there[page.slug] = Link(page.spec.title, f"pages/{page.slug}.html")
    wanted = ("home", *view.settings.menu) if view.settings.menu else tuple(there)
    return [(name, there[name]) for name in dict.fromkeys(wanted) if name in there]
