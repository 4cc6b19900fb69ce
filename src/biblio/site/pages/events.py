"""The pages of ``site/``: reports of events, with their videos, supports and what to see as well, and other pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from biblio.citation.dates import in_words
from biblio.document.flow import Flow, Subheading
from biblio.reference.date import parse_date
from biblio.site.model import Page, Support
from biblio.site.page_spec import HOME
from biblio.site.pages.page import Made, framed
from biblio.site.said import said
from biblio.site.view import View
from biblio.text.collation import fold, fold_key
from biblio.text.inline import plain


def pages(view: View) -> Iterator[Made]:
    """The list of events and each of them, then the other pages."""
    if view.events:
        yield framed(
            view,
            "events/index.html",
            "events.html.j2",
            said("nav_events", view.lang),
            section="events",
            feed="events",
            events=view.events,
            when=lambda page: when(page, view.lang),
        )
    for page in (*view.events, *view.pages):
        if page.slug != HOME:
            yield _page(view, page)


def _page(view: View, page: Page) -> Made:
    wanted = {word.value for word in page.spec.dossiers}
    return framed(
        view,
        f"{'events' if page.is_event else 'pages'}/{page.slug}.html",
        "event.html.j2",
        page.spec.title,
        description=page.spec.description,
        section="events" if page.is_event else page.slug,
        scripted=bool(page.spec.references),
        page=page,
        pieces=placed(page),
        loose=loose(page),
        when=when(page, view.lang),
        moment=page.spec.date,
        dossiers=[each for each in view.site.dossiers if each.slug in wanted],
        entries=[view.by_key[key] for word in page.spec.references if (key := fold_key(word.value)) in view.by_key],
        themes=[
            (view.facets["theme"][slug].label, f"themes/{slug}.html")
            for word in page.spec.themes
            if (slug := view.site.themes.find(word.value)) in view.facets["theme"]
        ],
        carried=None,
        facets=(),
    )


def placed(page: Page) -> Sequence[tuple[Sequence[Flow], Sequence[Support]]]:
    """The text in pieces that each end with the supports of its heading; those of none are at the end."""
    pieces: list[tuple[list[Flow], list[Support]]] = [([], [])]
    for piece in page.flow:
        if isinstance(piece, Subheading) and pieces[-1][0]:
            pieces.append(([], []))
        pieces[-1][0].append(piece)
    for support in page.supports:
        under = fold(support.under)
        place = next((each for each in pieces if under and under == _heading(each[0])), None)
        if place is not None:
            place[1].append(support)
    return pieces


def loose(page: Page) -> Sequence[Support]:
    """The supports that stand under no heading of the text."""
    kept = {id(support) for _, supports in placed(page) for support in supports}
    return [support for support in page.supports if id(support) not in kept]


def _heading(flow: Sequence[Flow]) -> str:
    first = flow[0] if flow else None
    return fold(plain(first.content)) if isinstance(first, Subheading) else ""


def when(page: Page, lang: str) -> str:
    """The day of an event in words."""
    date = parse_date(page.spec.date) if page.spec.date else None
    return in_words(date, lang) if date else ""
