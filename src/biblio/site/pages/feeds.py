"""What is new, for programs: feeds in Atom and JSON, of everything, of each kind and of each theme.

Sources: RFC 4287 (Atom), JSON Feed 1.1. An identifier is a URN: neither the address of the site nor the name of a page
is in it. A feed is dated by what is in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from biblio.dossier.kinds import KINDS
from biblio.site.addresses import urn
from biblio.site.frame import render
from biblio.site.model import Dossier, Page
from biblio.site.pages.page import Made
from biblio.site.said import said
from biblio.site.view import Entry, View
from biblio.text.collation import fold
from biblio.text.inline import plain

MOST = 50  # what a feed has at most
_DAWN = "1970-01-01"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a feed: its identifier, title, page, day (``YYYY-MM-DD``), summary, authors and themes."""

    id: str
    title: str
    path: str
    day: str
    summary: str = ""
    authors: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()

    @property
    def moment(self) -> str:
        """Its day as a moment (RFC 3339)."""
        return f"{self.day}T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: the name of its files, what it is called, the page that it goes with, and what is in it."""

    name: str
    title: str
    path: str
    items: Sequence[Item]

    @property
    def updated(self) -> str:
        """The moment of the last thing in it."""
        return max((item.moment for item in self.items), default=f"{_DAWN}T00:00:00Z")


def pages(view: View) -> Iterator[Made]:
    """Every feed in both forms."""
    for feed in feeds(view):
        base = view.settings.base + view.prefix
        name = f"{view.prefix}feeds/{feed.name}"
        atom = render(
            "feed.xml.j2",
            lang=view.lang,
            feed=feed,
            id=urn("feed", f"{view.lang}:{feed.name}"),
            base=base or "../",
            publisher=view.site.publisher or view.site.title,
        )
        yield Made(f"{name}.xml", atom.encode())
        yield Made(f"{name}.json", _json(view, feed, base or "../"))


def feeds(view: View) -> Iterator[Feed]:
    """The feeds of a view, those that have something in them."""
    site, lang = view.site, view.lang
    notices = [of_notice(view, entry) for entry in view.watched[:MOST]]
    dossiers = [(dossier, of_dossier(dossier)) for dossier in site.dossiers]
    events = [of_event(page) for page in view.events if page.spec.date]
    everything = _latest([*notices, *(item for _, item in dossiers), *events])
    yield Feed("all", site.title, "index.html", everything)
    if notices:
        yield Feed("watch", said("nav_watch", lang), "watch/index.html", notices)
    if dossiers:
        yield Feed(
            "dossiers", said("nav_dossiers", lang), "dossiers/index.html", _latest([item for _, item in dossiers])
        )
    for kind in KINDS:
        chosen = [item for dossier, item in dossiers if dossier.spec.kind == kind]
        if chosen:
            yield Feed(
                f"kind-{kind}", said(f"feed_{kind.replace('-', '_')}", lang), "dossiers/index.html", _latest(chosen)
            )
    if events:
        yield Feed("events", said("nav_events", lang), "events/index.html", _latest(events))
    for slug, value in sorted(view.facets["theme"].items()):
        about = [item for dossier, item in dossiers if slug in themes_of(view, dossier)]
        watched = (view.entries[number] for number in value.notices[:MOST])
        found = [*(of_notice(view, entry) for entry in watched if entry.day), *about]
        yield Feed(f"theme-{slug}", value.label, f"themes/{slug}.html", _latest(found))


def themes_of(view: View, dossier: Dossier) -> frozenset[str]:
    """The themes of a dossier and those around them."""
    themes = view.site.themes
    own = {slug for word in dossier.spec.themes if (slug := themes.find(word.value))}
    return frozenset({*own, *(each for slug in own for each in themes.ancestors(slug))})


def of_notice(view: View, entry: Entry) -> Item:
    """A notice, by the first key that it had."""
    reference = entry.reference
    first = reference.keys[-1]
    return Item(
        urn("notice", first),
        entry.title,
        entry.path,
        whole_day(entry.day),
        "\n\n".join(map(plain, reference.annotation or reference.abstract)),
        tuple(name.literal or f"{name.given} {name.full_family}".strip() for name in reference.author.people),
        tuple(view.facets["theme"][slug].label for slug in entry.values.get("theme", ())),
    )


def of_dossier(dossier: Dossier) -> Item:
    """A dossier, by the first name that it had."""
    about = dossier.document.metadata
    title = f"{about.title}. {about.subtitle}" if about.subtitle else about.title
    return Item(
        urn("dossier", dossier.origin),
        title,
        f"dossiers/{dossier.slug}.html",
        whole_day(about.date),
        about.description,
        about.authors,
        tuple(about.keywords),
    )


def of_event(page: Page) -> Item:
    """The report of an event, by the first name that it had."""
    spec = page.spec
    return Item(
        urn("event", page.origin), spec.title, f"events/{page.slug}.html", whole_day(spec.date), spec.description
    )


def whole_day(day: str) -> str:
    """A day for what may be a month or a year: the first one of it."""
    return (day + "-01-01"[len(day) - 4 :]) if len(day) in (4, 7, 10) else _DAWN


def _latest(items: Sequence[Item]) -> Sequence[Item]:
    """The latest ones, those of a day in the order of their titles."""
    ordered = sorted(items, key=lambda item: (fold(item.title), item.id))
    return sorted(ordered, key=lambda item: item.day, reverse=True)[:MOST]


def _json(view: View, feed: Feed, base: str) -> bytes:
    written = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "language": view.lang,
        "home_page_url": f"{base}{feed.path}",
        "feed_url": f"{base}feeds/{feed.name}.json",
        "items": [
            {
                "id": item.id,
                "url": f"{base}{item.path}",
                "title": item.title,
                "content_text": item.summary,
                "date_published": item.moment,
                "authors": [{"name": author} for author in item.authors],
                "tags": list(item.themes),
            }
            for item in feed.items
        ],
    }
    return (json.dumps(written, ensure_ascii=False, indent=1) + "\n").encode()
