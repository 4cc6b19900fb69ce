"""The page on which everything is searched, and the index that its script searches in."""

from __future__ import annotations

from collections.abc import Iterator

from biblio.document.flow import flow_texts
from biblio.document.tree import Document
from biblio.formats import FORMATS
from biblio.site.facets import FACETS, boxes
from biblio.site.frame import render
from biblio.site.index import TOGETHER_EXPORTED, Box, Index, index_files, script
from biblio.site.model import Page
from biblio.site.pages.page import Made, framed
from biblio.site.pages.watch import choices
from biblio.site.said import said
from biblio.site.view import ROOT, Entry, View
from biblio.text.inline import plain

# The facets beside the search, in their order.
CHOSEN = ("kind", "type", "theme", "audience", "territory", "year", "open", "video")
LATEST = 20
# What the script says, which it loads once and no page carries.
SAID = (
    *("select", "select_about", "selection", "chosen", "chosen_one", "clear", "print", "choose_none"),
    *("found", "found_one", "found_none", "failed", "pager", "previous", "next"),
)


def pages(view: View) -> Iterator[Made]:
    """The page of the search, and the files of the index."""
    yield framed(
        view,
        "search.html",
        "search.html.j2",
        said("nav_search", view.lang),
        shared=True,
        section="search",
        scripted=True,
        scope="all",
        entries=view.entries[:LATEST],
        chosen=choices(view, [name for name in CHOSEN if name in FACETS], len(view.entries)),
        kinds=[(slug, label, len(numbers)) for slug, label, numbers in _kinds(view)],
        folders=[
            (said(f"facet_{facet.folder}", view.lang), f"{facet.folder}/index.html")
            for facet in FACETS.values()
            if facet.folder and view.facets[facet.name]
        ],
    )
    words = {name: said(name, view.lang) for name in SAID} | {"page": said("page", view.lang, number="#", count="##")}
    yield Made(f"{view.prefix}data/words.js", script("words", words))
    yield from index(view)


def index(view: View) -> Iterator[Made]:
    """The files of the index: everything in the order of its numbers, notices first."""
    made = Index()
    briefs = []
    for entry in view.entries:
        made.add(*words_of(view, entry))
        briefs.append(entry.brief)
    for row, head, body in _others(view):
        made.add(head, body)
        briefs.append(row)
    found = [Box("kind", said("facet_kind", view.lang), _kinds(view))]
    found += (
        Box(
            facet.name,
            said(f"facet_{facet.name}", view.lang),
            [(value.slug, value.label, value.notices) for value in boxes(facet, view.facets[facet.name])],
        )
        for facet in FACETS.values()
        if facet.boxed and view.facets[facet.name]
    )
    for name, content in index_files(made, found, briefs, [entry.whole for entry in view.watched]):
        yield Made(view.prefix + name, content)
    ris, bibtex = FORMATS["ris"], FORMATS["biblatex"]
    for start in range(0, len(view.entries), TOGETHER_EXPORTED):
        rows = [
            [ris.written((each.reference,)).decode(), bibtex.written((each.reference,)).decode()]
            for each in view.entries[start : start + TOGETHER_EXPORTED]
        ]
        name = f"export-{start // TOGETHER_EXPORTED}"
        yield Made(f"{view.prefix}data/{name}.js", script(name, rows))


def words_of(view: View, entry: Entry) -> tuple[str, str]:
    """The words by which a notice is found: those of its head, which count more, and those of its abstract.

    The themes are said in every language that they have.
    """
    reference = entry.reference
    head = [
        entry.title,
        entry.label,
        *map(plain, (reference.parallel_title, reference.journal_title, reference.book_title)),
    ]
    head += [
        name.literal or f"{name.given} {name.full_family}"
        for names in (reference.author, reference.editor)
        for name in names.people
    ]
    head += (*reference.publisher, *reference.territory, *reference.audience)
    for word in reference.keyword:
        row = view.site.themes.rows.get(view.site.themes.find(word))
        head += (word, *row.labels.values(), *row.also) if row else (word,)
    body = [*map(plain, reference.annotation), *map(plain, reference.abstract), plain(reference.event_title)]
    return " ".join(head), " ".join(body)


def _kinds(view: View) -> list[tuple[str, str, list[int]]]:
    """What things are, with their numbers: notices first, then dossiers, events and pages."""
    found, start = [], 0
    for name, count in (
        ("notice", len(view.entries)),
        ("dossier", len(view.site.dossiers)),
        ("event", len(view.events)),
        ("page", len(view.pages)),
    ):
        if count:
            found.append((name, said(f"kind_{name}", view.lang), list(range(start, start + count))))
        start += count
    return found


def _others(view: View) -> Iterator[tuple[str, str, str]]:
    """The rows of what is no notice, with the words of their heads and of their texts."""
    for dossier in view.site.dossiers:
        spec = dossier.spec
        row = _row(view, "dossier", f"dossiers/{dossier.slug}.html", spec.title, spec.subtitle, spec.lang)
        yield (
            row,
            f"{spec.title} {spec.subtitle} {' '.join(word.value for word in spec.keywords)}",
            _text(dossier.document),
        )
    for page in (*view.events, *view.pages):
        yield _page_row(view, page)


def _page_row(view: View, page: Page) -> tuple[str, str, str]:
    spec = page.spec
    kind, folder = ("event", "events") if page.is_event else ("page", "pages")
    row = _row(view, kind, f"{folder}/{page.slug}.html", spec.title, spec.description, view.lang)
    words = " ".join(plain(text) for text in flow_texts(page.flow))
    return row, f"{spec.title} {' '.join(support.title for support in page.supports)}", f"{spec.description} {words}"


def _text(document: Document) -> str:
    return " ".join((document.metadata.description, *(plain(text) for text in document.texts)))


def _row(view: View, kind: str, path: str, title: str, about: str, lang: str) -> str:
    label = said(f"of_kind_{kind}", view.lang)
    tag = "" if lang == view.lang else lang
    return render("other.html.j2", lang=view.lang, label=label, address=ROOT + path, title=title, about=about, tag=tag)
