"""The screens of a dossier beside the collection, and beside its earlier edition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from biblio.build.earlier import editions
from biblio.build.freshness import manifest_name, read_manifest
from biblio.dossier.coverage import TABLES, Row, SectionRow, State, coverage, name_of, sums
from biblio.dossier.difference import Difference, compare, field_name
from biblio.dossier.select import Selection
from biblio.project.project import BUILD, Project
from biblio.project.selection import selection_of
from biblio.report.text import message_of
from biblio.server.pages import desk_of, lang_of, page
from biblio.server.plan import Part, Short, plan_of, short
from biblio.words.faults import BiblioError, Parsed, diagnose

MOST = 200  # references of a list that are shown
_REVISION = re.compile(r"[0-9A-Za-z][\w.~^-]*")


@dataclass(frozen=True, slots=True)
class Figures:
    """What a dossier covers: sentences, what it leaves out, what stands in several sections, its thin sections, tables.

    ``doubled`` are references with the titles of their sections, ``thin`` sections with their state.
    """

    title: str
    sentences: tuple[str, ...]
    unplaced: tuple[Short, ...]
    more: int
    doubled: tuple[tuple[Short, tuple[str, ...]], ...]
    thin: tuple[SectionRow, ...]
    bare: tuple[Short, ...]
    tables: tuple[tuple[str, tuple[tuple[str, Row], ...]], ...]


@dataclass(frozen=True, slots=True)
class News:
    """What changed since an edition, which ``since`` names; ``why`` says why it is not known."""

    title: str
    since: str = ""
    difference: Difference | None = None
    why: BiblioError | None = None


async def show(request: Request) -> Response:
    """What the dossier covers of the collection, with a place for what it leaves out."""
    desk, lang, slug = desk_of(request), lang_of(request), request.path_params["slug"]
    figures = await desk.labour(_figures, slug, lang)
    if figures is None:
        return page(request, "coverage_none.html.j2", slug=slug)
    parts: Sequence[Part] = (await desk.ask(plan_of, slug, lang)).sections
    return page(request, "coverage.html.j2", slug=slug, figures=figures, parts=parts, thin=State.THIN)


async def news(request: Request) -> Response:
    """What is new since the edition that was published last, or that is asked for: a date, or a revision."""
    lang, slug = lang_of(request), request.path_params["slug"]
    since = request.query_params.get("since", "").strip()[:100]
    found = await desk_of(request).labour(_news, slug, since, lang)
    if found is None:
        return page(request, "coverage_none.html.j2", slug=slug)
    why = found.why.diagnostic if found.why else None
    return page(
        request,
        "news.html.j2",
        slug=slug,
        news=found,
        why=message_of(why, lang) if why else "",
        asked=since,
        label=lambda name: field_name(name, lang),
    )


def _selected(project: Project, slug: str) -> Parsed[Selection] | None:
    spec = project.dossier(slug).value
    if spec is None:
        return None
    return selection_of(project, spec)


def _figures(project: Project, slug: str, lang: str) -> Figures | None:
    selected = _selected(project, slug)
    if selected is None:
        return None
    themes = project.themes.value
    found = coverage(project.opened.value, selected.value, themes, lang)
    places: dict[str, list[str]] = {}
    for part in selected.value.parts:
        for section in part.walk():
            for placement in (*section.placements, *section.see_also):
                places.setdefault(placement.reference.citekey, []).append(section.title)
    doubled = [
        (short(each, lang), tuple(places[each.citekey])) for each in found.placed if len(places[each.citekey]) > 1
    ]
    tables = [
        (table, tuple((name_of(table, row.name, lang, themes), row) for row in getattr(found, table)))
        for table in TABLES
    ]
    return Figures(
        found.title,
        tuple(sums(found, lang)),
        tuple(short(each, lang) for each in found.unplaced[:MOST]),
        max(0, len(found.unplaced) - MOST),
        tuple(doubled),
        tuple(row for row in found.sections if row.state is not State.FULL),
        tuple(short(each, lang) for each in found.bare[:MOST]),
        tuple(tables),
    )


def _news(project: Project, slug: str, since: str, lang: str) -> News | None:
    selected = _selected(project, slug)
    if selected is None:
        return None
    title = selected.value.spec.title
    published = project.root / BUILD / manifest_name(slug)
    if not since and read_manifest(published.parent, slug) is None:
        return News(title)
    # A date or a revision: a file of this machine is none of a page's business.
    if since and (not _REVISION.fullmatch(since) or Path(since).exists()):
        return News(title, since, why=BiblioError(diagnose("E115", since=since)))
    try:
        both = editions(project, selected.value, since or str(published), lang)
    except BiblioError as error:
        return News(title, since, why=error)
    return News(title, both.since, compare(both.old, both.new))


HOME = "/dossier/{slug}"
ROUTES = (Route(f"{HOME}/coverage", show), Route(f"{HOME}/news", news))
