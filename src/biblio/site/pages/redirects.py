"""What had another name once: its old address leads to the new one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from biblio.site.addresses import slug_of, up
from biblio.site.frame import render
from biblio.site.pages.page import Made
from biblio.site.view import View
from biblio.yaml_model.slug import is_slug


def pages(view: View) -> Iterator[Made]:
    """The former keys of notices and the former names of dossiers and pages, where nothing else has them now."""
    taken = {entry.path for entry in view.entries}
    taken |= {f"dossiers/{dossier.slug}.html" for dossier in view.site.dossiers}
    taken |= {f"{'events' if page.is_event else 'pages'}/{page.slug}.html" for page in view.site.pages}
    for old, new, title in (*_notices(view), *_named(view)):
        if old not in taken:
            taken.add(old)
            yield _redirect(view, old, new, title)


def _notices(view: View) -> Iterator[tuple[str, str, str]]:
    for entry in view.entries:
        for key in entry.reference.keys[1:]:
            yield f"notices/{slug_of(key)}.html", entry.path, entry.title


def _named(view: View) -> Iterator[tuple[str, str, str]]:
    for dossier in view.site.dossiers:
        names = (word.value for word in dossier.spec.former)
        yield from _of("dossiers", names, dossier.slug, dossier.spec.title)
    for page in (*view.events, *view.pages):
        folder = "events" if page.is_event else "pages"
        yield from _of(folder, (word.value for word in page.spec.former), page.slug, page.spec.title)


def _of(folder: str, names: Iterable[str], slug: str, title: str) -> Iterator[tuple[str, str, str]]:
    for name in names:
        if is_slug(name):
            yield f"{folder}/{name}.html", f"{folder}/{slug}.html", title


def _redirect(view: View, old: str, new: str, title: str) -> Made:
    content = render(
        "redirect.html.j2",
        lang=view.lang,
        title=title,
        href=up(old) + new,
        canonical=f"{view.settings.base}{view.prefix}{new}" if view.settings.base else "",
    )
    return Made(view.prefix + old, content.encode())
