"""The pages of dossiers: the list of all of them, and each as a page with its files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from biblio.citation.dates import in_words
from biblio.dossier.kinds import KINDS
from biblio.outputs.coins import coins
from biblio.reference.date import parse_date
from biblio.site.addresses import slug_of
from biblio.site.metadata import highwire_of_dossier
from biblio.site.model import Dossier
from biblio.site.pages.page import Made, framed
from biblio.site.said import said
from biblio.site.view import View
from biblio.text.collation import fold, fold_key


def pages(view: View) -> Iterator[Made]:
    """The list, then each dossier."""
    if not view.site.dossiers:
        return
    yield framed(
        view,
        "dossiers/index.html",
        "dossiers.html.j2",
        said("nav_dossiers", view.lang),
        shared=True,
        section="dossiers",
        feed="dossiers",
        groups=[
            (kind, chosen)
            for kind in KINDS
            if (chosen := [each for each in view.site.dossiers if each.spec.kind == kind])
        ],
        when=lambda dossier: when(dossier, view.lang),
    )
    for dossier in view.site.dossiers:
        yield _page(view, dossier)


def _page(view: View, dossier: Dossier) -> Made:
    series = issues(view, dossier)
    place = series.index(dossier)
    lang = dossier.spec.lang
    entries = {key: view.by_key.get(fold_key(key)) for key in dossier.references}
    return framed(
        view,
        f"dossiers/{dossier.slug}.html",
        "dossier.html.j2",
        dossier.spec.title,
        description=dossier.document.metadata.description,
        shared=True,
        section="dossiers",
        scripted=True,
        dossier=dossier,
        document=dossier.document,
        own_lang=str(lang),
        metadata=highwire_of_dossier(view, dossier),
        coins={key: coins(reference) for key, reference in dossier.references.items()},
        entries={key: entry for key, entry in entries.items() if entry},
        notice_path=lambda key: f"notices/{slug_of(key)}.html",
        newer=series[place - 1] if place else None,
        older=series[place + 1] if place + 1 < len(series) else None,
        when=when(dossier, view.lang),
        themes=[
            (view.site.themes.label(slug, view.lang), f"themes/{slug}.html")
            for word in dossier.spec.themes
            if (slug := view.site.themes.find(word.value)) in view.facets["theme"]
        ],
        carried=None,
        facets=(),
    )


def issues(view: View, dossier: Dossier) -> Sequence[Dossier]:
    """The issues of what a dossier is an issue of, the latest first: those of its kind and its title."""
    if not dossier.spec.edition:
        return [dossier]
    same = (dossier.spec.kind, fold(dossier.spec.title))
    return [each for each in view.site.dossiers if (each.spec.kind, fold(each.spec.title)) == same]


def when(dossier: Dossier, lang: str) -> str:
    """The date of a dossier in words."""
    date = parse_date(dossier.spec.date)
    return in_words(date, lang) if date else dossier.spec.date
