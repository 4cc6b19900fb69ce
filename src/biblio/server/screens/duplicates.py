"""The probable duplicates: listed, compared two by two, united, or noted as two documents."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from biblio.editing.works import Work
from biblio.project.project import Project
from biblio.server.compared import Compared, chosen_values, compared, turned
from biblio.server.doubles import Pair, doubles_of, two_documents, unite_dois, unite_one
from biblio.server.entry import reference_of
from biblio.server.pages import desk_of, gone_to, lang_of, page, text
from biblio.server.printed import Printed, printed
from biblio.server.sections import naming
from biblio.server.words import said
from biblio.words.faults import BiblioError, Span, diagnose

PAGE = 20
PATIENCE = 0.6  # seconds that a page waits for the comparison before it says that it goes on
HOME = "/duplicates"


class Row(NamedTuple):
    """A pair with the two notices that it prints."""

    pair: Pair
    first: Printed
    second: Printed


class Both(NamedTuple):
    """Two references side by side, and the dossiers that name the one that goes."""

    first: Printed
    second: Printed
    compared: Sequence[Compared]
    dossiers: Sequence[str]


async def show(request: Request) -> Response:
    """The list, whole or alone, as it is known of the collection as it is."""
    desk = desk_of(request)
    if not desk.has_project:
        return RedirectResponse("/start", 303)
    template = "duplicates_list.html.j2" if "hx-request" in request.headers else "duplicates.html.j2"
    asked = request.query_params.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1
    found = await _found(request)
    if found is None:
        return page(request, template, waiting=True, query=f"page={number}")
    pages = max(1, -(-len(found) // PAGE))
    number = min(max(1, number), pages)
    dois = [pair for pair in found if pair.by == "doi"]
    values: dict[str, Any] = {
        "waiting": False,
        "query": f"page={number}",
        "total": len(found),
        "rows": await desk.ask(_rows, found[(number - 1) * PAGE : number * PAGE]),
        "dois": sum(not pair.differ for pair in dois),
        "differing": sum(pair.differ for pair in dois),
        "page_number": number,
        "pages": pages,
    }
    return page(request, template, **values)


async def show_pair(request: Request) -> Response:
    """Two references side by side: what stays, what comes, what is to be chosen."""
    desk, query, lang = desk_of(request), request.query_params, lang_of(request)
    kept, lost = query.get("kept", ""), query.get("lost", "")
    version = desk.version
    both = await desk.ask(_both, kept, lost, lang)
    return page(request, "duplicates_pair.html.j2", kept=kept, lost=lost, version=version, **both._asdict())


async def unite(request: Request) -> Response:
    """Unites two references as it was chosen, in one step with the dossiers."""
    form = await request.form()
    desk = desk_of(request)
    kept, lost = text(form, "kept"), text(form, "lost")
    if text(form, "version") != str(desk.version):  # it may not be what was looked at
        raise BiblioError(diagnose("E134", Span(kept)))
    works = await desk.labour(_united, kept, lost, turned(form))
    await desk.change(said("duplicates_step_unite", lang_of(request), kept=kept, lost=lost), works)
    return gone_to(request, HOME)


async def unite_all(request: Request) -> Response:
    """Unites all that have one DOI, in one step."""
    form = await request.form()
    desk = desk_of(request)
    found = await asyncio.shield(desk.known(doubles_of, slow=True))
    made = await desk.labour(unite_dois, found, with_differing=bool(text(form, "differing")))
    count = sum(len(each.lost) for each in made.made)
    step = said("duplicates_step_all", lang_of(request), count=count)
    if made.works:
        await desk.change(step, made.works)
    return page(request, "duplicates_done.html.j2", step=step, left=len(made.left))


async def differ(request: Request) -> Response:
    """Notes in the settings of the project that two references are two documents."""
    form = await request.form()
    desk = desk_of(request)
    first, second = text(form, "first") or text(form, "kept"), text(form, "second") or text(form, "lost")
    works = await desk.ask(two_documents, first, second)
    await desk.change(said("duplicates_step_differ", lang_of(request), first=first, second=second), works)
    return gone_to(request, HOME)


async def _found(request: Request) -> Sequence[Pair] | None:
    """The pairs; ``None`` while they are being looked for."""
    asked = desk_of(request).known(doubles_of, slow=True)
    await asyncio.wait({asked}, timeout=PATIENCE)
    return asked.result() if asked.done() else None


def _rows(project: Project, pairs: Sequence[Pair]) -> Sequence[Row]:
    library = project.opened.value
    found = [(pair, library.get(pair.first), library.get(pair.second)) for pair in pairs]
    there = [(pair, first, second) for pair, first, second in found if first and second]
    notices = printed(project, [each for _, first, second in there for each in (first, second)])
    return [Row(pair, *notices[2 * place : 2 * place + 2]) for place, (pair, _, _) in enumerate(there)]


def _both(project: Project, kept: str, lost: str, lang: str) -> Both:
    first, second = (reference_of(project, key) for key in (kept, lost))
    rows = compared(first, second, (), lang, with_type=True)
    one, other = printed(project, [first, second])
    return Both(one, other, rows, tuple(naming(project, [lost])))


def _united(project: Project, kept: str, lost: str, fields: frozenset[str]) -> Sequence[Work]:
    values = chosen_values(reference_of(project, kept), reference_of(project, lost), fields)
    return unite_one(project, kept, lost, values)


ROUTES = (
    Route("/duplicates", show),
    Route("/duplicates/pair", show_pair),
    Route("/duplicates/unite", unite, methods=["POST"]),
    Route("/duplicates/dois", unite_all, methods=["POST"]),
    Route("/duplicates/differ", differ, methods=["POST"]),
)
