"""The first screen of an empty folder: a new project, with or without examples."""

from __future__ import annotations

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from biblio.project.project import DOSSIERS, REFERENCES
from biblio.project.starter import create
from biblio.server.pages import desk_of, lang_of, page
from biblio.words.faults import BiblioError, Span, diagnose

HOME = "/collection"


async def show(request: Request) -> Response:
    """Says where a project would be made, and of what."""
    desk = desk_of(request)
    if desk.has_project:
        return RedirectResponse(HOME, 303)
    return page(request, "start.html.j2", folder=desk.root.name or str(desk.root))


async def make(request: Request) -> Response:
    """Makes the project: the small one of ``biblio init``, or empty folders."""
    desk = desk_of(request)
    form = await request.form()
    if form.get("with") == "examples":
        await run_in_threadpool(create, desk.root, lang_of(request))
    else:
        await run_in_threadpool(_make_empty, desk.root)
    desk.changed()
    return RedirectResponse(HOME, 303)


def _make_empty(root: Path) -> None:
    """The folders of a project, whatever else stands there. Raises ``BiblioError`` (E105)."""
    try:
        for name in (REFERENCES, DOSSIERS):
            (root / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BiblioError(diagnose("E105", Span(root.name or "."), reason=error.strerror or str(error))) from error


ROUTES = (Route("/start", show), Route("/start", make, methods=["POST"]))
